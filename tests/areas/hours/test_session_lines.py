"""Session lines: who of a closed session took part, when and for how many minutes."""

from __future__ import annotations

from app.areas.attendance.marks import Status
from app.areas.hours.session_lines import (
    APPROVED,
    VISITED,
    SessionLine,
    session_lines,
    with_approvals,
)
from app.areas.people.person import StandingKind
from app.areas.sessions.facts import (
    LectureGiven,
    SessionEnteredLate,
    SessionPrepared,
    VisitMade,
)
from app.domain.ids import PersonId
from app.domain.personal import Personal
from tests.areas.sessions.facts_in_line import EIGHT_MS, MINUTE_MS, Line, S

DAY_MS = 86_400_000


def of(line: Line) -> dict[str, SessionLine]:
    return {one.person: one for one in session_lines(line.fold().report, "site")}


def test_whoever_came_has_the_minutes_from_the_opening_to_the_close() -> None:
    line = Line()
    line.prepare()
    line.minute = 0
    line.open("p1", "p2", "p3", left_out={"p4": StandingKind.AWAY})
    line.mark("p1")
    line.minute = 30
    line.mark("p2", Status.LATE)
    line.mark("p3", Status.ON_LEAVE)
    line.minute = 90
    line.close()
    told = of(line)
    assert {who: (one.status, one.minutes) for who, one in told.items()} == {
        "p1": ("present", 90),
        "p2": ("late", 90),
        "p3": ("on_leave", 0),
        "p4": ("", 0),
    }
    assert (told["p4"].standpoint, told["p4"].left_out) == ("left_out", "away")
    assert (told["p1"].day, told["p1"].site, told["p1"].plan) == ("2026-11-18", "site", "plan")
    assert not told["p1"].is_pending


def test_a_session_that_is_not_closed_has_no_lines() -> None:
    line = Line()
    line.prepare()
    line.open("p1")
    line.mark("p1")
    assert session_lines(line.fold().report, "site") == ()


def test_a_session_entered_late_was_when_it_is_said_and_waits_for_approval() -> None:
    line = Line()
    line.prepare()
    line.open("p1")
    start_ms = EIGHT_MS - 3 * DAY_MS
    late = SessionEnteredLate(S, start_ms, start_ms + 45 * MINUTE_MS)
    line.write(late, Personal(reason="停电"))
    line.mark("p1")
    line.close()
    told = of(line)["p1"]
    assert (told.day, told.minutes, told.late_of) == ("2026-11-15", 45, S)
    assert told.is_pending
    (approved,) = with_approvals([told], {S: APPROVED})
    assert approved.counts
    assert not approved.is_pending


def test_a_mark_entered_late_waits_by_itself() -> None:
    line = Line()
    line.prepare()
    line.open("p1", "p2")
    line.mark("p1")
    line.close()
    mark = line.mark("p2", Status.LATE_ENTRY, personal=Personal(reason="漏记"))
    told = of(line)
    assert (told["p1"].late_of, told["p2"].late_of) == ("", mark.hash)
    assert [one.is_pending for one in told.values()] == [False, True]


def test_a_home_visit_counts_for_both_who_is_visited_and_who_goes() -> None:
    line = Line()
    line.write(SessionPrepared(S, None, "home_visit", "送学上门", (), (), None, 15))
    line.minute = 0
    line.open("old", left_out={"frail": StandingKind.FRAIL})
    for person in ("frail", "other"):
        line.write(VisitMade(S, PersonId(person), 20, PersonId("young")))
    line.minute = 60
    line.close()
    told = of(line)
    assert told["old"].status == "absent"
    assert (told["frail"].status, told["frail"].minutes, told["frail"].standpoint) == (
        VISITED,
        20,
        "left_out",
    )
    assert (told["other"].status, told["other"].standpoint) == (VISITED, "")
    assert (told["young"].status, told["young"].minutes) == ("present", 40)


def test_an_imported_class_counts_what_its_list_says() -> None:
    line = Line()
    line.write(SessionPrepared(S, None, "outside_training", "杭州培训", (), (), None, 15))
    line.open("p1")
    line.write(SessionEnteredLate(S, EIGHT_MS, EIGHT_MS + 6 * DAY_MS))
    line.write(LectureGiven(S, "乡村振兴", 7 * 480))
    line.mark("p1")
    line.close()
    assert of(line)["p1"].minutes == 3360
