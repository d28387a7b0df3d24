"""Sessions written down afterwards: the list of that day, drafts, and where they are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.areas.attendance.marks import Lane, Status
from app.areas.catalogue.values import Approval, ApprovalState
from app.areas.people.person import Standing, StandingKind
from app.areas.sessions.activity_lines import activity_lines
from app.areas.sessions.approval import LateState
from app.areas.sessions.facts import AgendaTicked, HeadsCounted
from app.areas.sessions.kinds import SessionKind
from app.areas.sessions.late_verbs import LateSheet, SheetMark, SheetVisitor
from app.areas.sessions.session import SessionSetting, Step
from app.bootstrap import OpenStation
from app.domain.errors import BadInput, NotPossibleNow
from app.domain.ids import PersonId, SessionId
from app.domain.personal import LeaveKind, Personal
from app.domain.time import local_date
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.support.small_sessions import begin
from tests.support.stations import SCOPE, SetClock, sample_people, station_at

DAY_MS = 86_400_000


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def opened(tmp_path: Path, clock: SetClock) -> Iterator[OpenStation]:
    with station_at(tmp_path / "home", clock=clock) as opened:
        yield opened


def sheet_of(clock: SetClock, *people: int, days_ago: int = 3, **more: object) -> LateSheet:
    from_ms = clock.wall_ms - days_ago * DAY_MS
    return LateSheet(
        title="大坪水库现场课",
        held_from_ms=from_ms,
        held_to_ms=from_ms + 90 * 60_000,
        by="丁一",
        reason="在工地上开的，没有电脑",
        kind=SessionKind.MOBILE_CLASS,
        marks=tuple(SheetMark(PersonId(f"p{one}"), Lane.NAME_WALL) for one in people),
        **more,  # type: ignore[arg-type]
    )


def test_a_sheet_is_one_closed_session_that_waits_to_be_approved(
    opened: OpenStation, clock: SetClock
) -> None:
    sheet = sheet_of(
        clock,
        *(1, 2, 9),
        setting=SessionSetting(place="大坪水库工地"),
        visitors=(SheetVisitor("周来宾", "1234", "邻村"),),
        activities=((HeadsCounted(SessionId(""), "villager", 23), Personal()),),
    )
    view = opened.station.late.enter(sheet)
    assert (view.session.step, view.late) == (Step.CLOSED, LateState.PENDING)
    assert view.session.minutes == 90
    assert view.session.activities.heads[0].count == 23
    assert {(one.id, one.status) for one in view.cards if one.status is Status.LATE_ENTRY} >= {
        ("p1", Status.LATE_ENTRY),
        ("p2", Status.LATE_ENTRY),
        ("p9", Status.LATE_ENTRY),
    }
    assert (view.turnout.late_entry, view.turnout.left_out_present, view.turnout.visitors) == (
        *(2, 1, 1),
    )
    assert view.pending == view.turnout.in_room == 4
    late = view.session.activities.late
    assert late is not None
    assert (late.by, late.reason) == ("丁一", "在工地上开的，没有电脑")
    assert (late.held_from_ms, late.written_ms) == (sheet.held_from_ms, clock.wall_ms)


def test_expected_is_who_stood_on_the_list_that_day(opened: OpenStation, clock: SetClock) -> None:
    then = local_date(clock.wall_ms - 3 * DAY_MS).isoformat()
    sample = sample_people()
    ill = Standing(StandingKind.ON_LEAVE, since=then, until=then)
    person = replace(sample[1], standings=(ill,))
    row = FeedRow("person", person.id, 900, write_row(person))
    opened.station.tools.store.apply_page(FeedPage(SCOPE, 900, (row,)))
    late = opened.station.late.enter(sheet_of(clock, 2))
    assert ("p1", StandingKind.ON_LEAVE) in {(one.id, one.left_out) for one in late.cards}
    today = opened.station.sessions.show(begin(opened))
    assert today.turnout.expected == late.turnout.expected + 1


def test_it_stands_on_the_day_it_was_held_and_disturbs_no_running_session(
    opened: OpenStation, clock: SetClock
) -> None:
    running = begin(opened)
    before = opened.station.today.overview()
    opened.station.late.enter(sheet_of(clock, 1, days_ago=2))
    opened.station.late.enter(sheet_of(clock, 2, days_ago=1), hand_in=False)
    shown = opened.station.sessions.running()
    assert shown is not None
    assert shown.session.id == running
    overview = opened.station.today.overview()
    assert overview.ended is None
    held = local_date(clock.wall_ms - 2 * DAY_MS)
    in_month = held.month == local_date(clock.wall_ms).month
    assert overview.month_sessions - before.month_sessions == int(in_month)
    assert overview.month_minutes - before.month_minutes == (90 if in_month else 0)
    assert overview.month is not None
    if in_month:
        assert overview.month.days[held.day - 1].value == "held"


def test_a_draft_is_gone_on_with_and_whoever_was_a_slip_is_taken_back(
    opened: OpenStation, clock: SetClock
) -> None:
    draft = opened.station.late.enter(sheet_of(clock, 1, 2), hand_in=False)
    assert draft.late is LateState.DRAFT
    assert [one.session.id for one in opened.station.late.drafts()] == [draft.session.id]
    marks = (
        SheetMark(PersonId("p2"), Lane.NAME_WALL),
        SheetMark(PersonId("p3"), Lane.SCANNER),
        SheetMark(PersonId("p5"), leave=LeaveKind.SICK),
    )
    done = opened.station.late.go_on(draft.session.id, marks)
    stands = {str(one.id): one.status for one in done.cards}
    assert (stands["p1"], stands["p2"], stands["p3"]) == (
        *(Status.ABSENT, Status.LATE_ENTRY, Status.LATE_ENTRY),
    )
    assert stands["p5"] is Status.ON_LEAVE
    assert done.late is LateState.PENDING
    assert opened.station.late.drafts() == ()
    with pytest.raises(NotPossibleNow, match="no_draft"):
        opened.station.late.go_on(draft.session.id, ())


def test_a_draft_that_was_given_up_says_nothing_of_its_day(
    opened: OpenStation, clock: SetClock
) -> None:
    before = opened.station.today.overview().month
    draft = opened.station.late.enter(sheet_of(clock, 1), hand_in=False)
    dropped = opened.station.late.drop(draft.session.id, "记错了")
    assert (dropped.late, dropped.session.step) == (LateState.DROPPED, Step.NOT_HELD)
    assert opened.station.today.overview().month == before


def test_the_word_about_it_comes_down_and_ends_the_waiting(
    opened: OpenStation, clock: SetClock
) -> None:
    late = opened.station.late.enter(sheet_of(clock, 1, 2)).session.id
    here = begin(opened)
    opened.station.sessions.close(here)
    marked = opened.station.attendance.mark(
        here, PersonId("p4"), Status.LATE_ENTRY, reason="忘了签"
    )
    pending = {one.session.id: one.pending for one in opened.station.today.records()}
    assert (pending[late], pending[here]) == (2, 1)
    assert marked.card.mark is not None
    words = (
        Approval(late, ApprovalState.RETURNED, "镇组织办", clock.wall_ms, "没有照片"),
        Approval(marked.card.mark, ApprovalState.APPROVED, "镇组织办", clock.wall_ms),
    )
    rows = tuple(FeedRow("approval", one.id, 901, write_row(one)) for one in words)
    opened.station.tools.store.apply_page(FeedPage(SCOPE, 901, rows))
    records = {one.session.id: one for one in opened.station.today.records()}
    assert (records[late].late, records[late].pending) == (LateState.RETURNED, 0)
    assert (records[here].late, records[here].pending) == (None, 0)
    shown = activity_lines(opened.station.sessions.show(late))
    assert shown[-1] == "已退回（镇组织办）：没有照片"


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"title": " "}, "needs_title"),
        ({"by": ""}, "needs_writer"),
        ({"reason": ""}, "needs_reason"),
        ({"held_to_ms": 0}, "bad_span"),
    ],
)
def test_what_lacks_or_cannot_be_is_refused_whole(
    opened: OpenStation, clock: SetClock, wrong: dict[str, object], key: str
) -> None:
    sheet = sheet_of(clock, 1)
    with pytest.raises(BadInput, match=key):
        opened.station.late.enter(replace(sheet, **wrong))  # type: ignore[arg-type]
    assert opened.station.today.records() == ()


def test_a_future_time_and_an_activity_of_another_kind_are_refused_whole(
    opened: OpenStation, clock: SetClock
) -> None:
    with pytest.raises(BadInput, match="not_yet_held"):
        opened.station.late.enter(sheet_of(clock, 1, days_ago=-1))
    odd = ((AgendaTicked(SessionId(""), "oath", is_done=True), Personal()),)
    with pytest.raises(NotPossibleNow, match="no_activity"):
        opened.station.late.enter(sheet_of(clock, 1, activities=odd))
    assert opened.station.today.records() == ()
