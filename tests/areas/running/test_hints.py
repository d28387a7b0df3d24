"""Hints of empty play: simple facts, told to the operator first, with the answer beside them."""

from __future__ import annotations

from app.areas.attendance.marks import Status
from app.areas.playback.facts import PlaybackStarted
from app.areas.running.facts import HintAnswered
from app.areas.running.hints import HintKind, hints_of, list_mark
from app.areas.running.running import FaultKind, PowerOn, running_book
from app.domain.ids import CourseId, PlayId
from app.domain.personal import Personal
from tests.areas.sessions.facts_in_line import EIGHT_MS, MINUTE_MS, Line, S

PEOPLE = tuple(f"p{number}" for number in range(1, 9))


def session(at: int = 0, *, minutes: int = 90, signs_in: int = 5, plays: bool = False) -> Line:
    """A session from ``at`` minutes after 20:00 on; everybody signs in ``signs_in`` minutes later."""
    line = Line(minute=at - 10)
    line.prepare()
    line.minute = at
    line.open(*PEOPLE)
    if plays:
        line.write(PlaybackStarted(PlayId("y"), S, CourseId("k"), "0" * 64, 0, 60_000))
    if signs_in:
        for place, person in enumerate(PEOPLE):
            line.minute = at + signs_in + place / 10
            line.mark(person)
    line.minute = at + minutes
    line.close()
    return line


def kinds(line: Line, *others: str) -> list[str]:
    return [one.kind.value for one in hints_of(line.fold().report, others)]


def test_an_ordinary_session_gives_no_hint() -> None:
    assert kinds(session(plays=True)) == []


def test_a_play_to_nobody_is_noticed() -> None:
    assert kinds(session(plays=True, signs_in=0)) == [HintKind.NOBODY_SIGNED_IN]


def test_all_signing_in_at_the_end_of_a_long_session_is_noticed() -> None:
    assert kinds(session(signs_in=85)) == [HintKind.SIGNED_IN_AT_END]
    assert kinds(session(minutes=30, signs_in=25)) == [], "a short session has one moment only"


def test_play_in_the_small_hours_is_noticed() -> None:
    assert kinds(session(7 * 60, plays=True)) == [HintKind.PLAYED_AT_NIGHT]


def test_the_same_people_in_the_same_order_as_another_time_are_noticed() -> None:
    mark = list_mark(session().fold().report)
    assert kinds(session(3 * 1440), mark) == [HintKind.SAME_LIST]
    other = session(3 * 1440)
    other.mark("p99", Status.LATE_ENTRY)
    assert mark == list_mark(other.fold().report), "who was entered afterwards changes no order"


def test_the_operators_word_stands_beside_the_hint() -> None:
    line = session(plays=True, signs_in=0)
    for note in ("试机", "停电前试机"):
        line.write(HintAnswered(S, HintKind.NOBODY_SIGNED_IN), Personal(note=note))
    (hint,) = hints_of(line.fold().report)
    assert (hint.is_answered, hint.answer) == (True, "停电前试机")


def test_the_running_book_tells_each_day() -> None:
    report = session(plays=True, signs_in=0).fold().report
    on = PowerOn("a", EIGHT_MS - 60 * MINUTE_MS, EIGHT_MS + 95 * MINUTE_MS)
    (day,) = running_book([on], [report], [("a", EIGHT_MS)])
    assert (day.day, day.on) == ("2026-11-18", (on,))
    assert [(one.session, one.step, one.in_room) for one in day.sessions] == [(S, "closed", 0)]
    assert [one.kind for one in day.faults] == [FaultKind.STORE_MENDED]
    assert [one.kind for one in day.hints] == [HintKind.NOBODY_SIGNED_IN]
