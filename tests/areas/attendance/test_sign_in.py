"""Signing in: four lanes into one slot, corrections with a trail, and no dead end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.attendance.views import PersonCard
from app.areas.attendance.visitors import VisitorLooksKnown
from app.areas.people.person import StandingKind
from app.areas.sessions.session import Step
from app.bootstrap import OpenStation, open_station
from app.domain.errors import AlreadySignedIn, BadInput, NotFound, NotPossibleNow
from app.domain.ids import PersonId, PlanId, SessionId
from app.domain.personal import LeaveKind
from app.usecases.station import Station
from tests.support.small_sessions import begin
from tests.support.stations import SetClock, station_at


@dataclass(frozen=True, slots=True)
class Scene:
    """An open session of 30 people: p9, p19 and p29 are away."""

    station: Station
    session: SessionId
    clock: SetClock
    opened: OpenStation

    def sign_in(self, person: str, lane: Lane = Lane.NAME_WALL) -> PersonCard:
        """Sign someone in; the card that is shown."""
        return self.station.attendance.sign_in(self.session, PersonId(person), lane, "member").card

    def card(self, person: str) -> PersonCard:
        """The card of someone in the session."""
        cards = self.station.sessions.show(self.session).cards
        return next(card for card in cards if card.id == person)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    clock = SetClock()
    with station_at(tmp_path / "home", clock=clock) as opened:
        yield Scene(opened.station, begin(opened), clock, opened)


def test_the_frozen_list_leaves_out_those_who_are_away_with_the_reason(scene: Scene) -> None:
    view = scene.station.sessions.show(scene.session)
    assert (view.turnout.expected, view.turnout.left_out) == (27, 3)
    assert scene.card("p9").standpoint is RosterStatus.LEFT_OUT
    assert scene.card("p9").left_out is StandingKind.AWAY


@pytest.mark.parametrize("first", list(Lane))
@pytest.mark.parametrize("second", list(Lane))
def test_every_lane_fills_the_same_slot_and_the_second_is_told_the_first_time(
    first: Lane, second: Lane, scene: Scene
) -> None:
    scene.clock.pass_minutes(3)
    card = scene.sign_in("p0", first)
    assert (card.status, card.lane, card.by) == (Status.PRESENT, first, "member")
    scene.clock.pass_minutes(30)
    with pytest.raises(AlreadySignedIn) as refused:
        scene.sign_in("p0", second)
    assert refused.value.values == {"name": "陈桂英", "first_at": "20:03"}
    assert scene.station.sessions.show(scene.session).turnout.arrived == 1


def test_late_is_after_the_grace_from_the_planned_or_the_real_start(tmp_path: Path) -> None:
    clock = SetClock()
    clock.pass_minutes(-30)  # 19:30, as planned
    with station_at(tmp_path / "home", clock=clock) as opened:
        session = opened.station.sessions.prepare(PlanId("plan1")).session.id
        clock.pass_minutes(-20)
        opened.station.sessions.open_sign_in(session)
        early = Scene(opened.station, session, clock, opened)
        assert early.sign_in("p0").status is Status.PRESENT
        clock.pass_minutes(20 + 15)
        assert early.sign_in("p1").status is Status.PRESENT
        clock.pass_minutes(0.01)
        assert early.sign_in("p2").status is Status.LATE


def test_nobody_is_late_because_the_session_began_late(tmp_path: Path) -> None:
    clock = SetClock()  # 20:00, half an hour after the plan
    with station_at(tmp_path / "home", clock=clock) as opened:
        session = opened.station.sessions.prepare(PlanId("plan1")).session.id
        opened.station.sessions.open_sign_in(session)
        clock.pass_minutes(15)
        assert Scene(opened.station, session, clock, opened).sign_in("p1").status is Status.PRESENT


def test_same_tail_and_same_name_are_shown_side_by_side_and_never_picked(
    scene: Scene,
) -> None:
    both = [
        card for card in scene.station.sessions.show(scene.session).cards if card.name == "陈平"
    ]
    assert len({(card.group, card.birth_year) for card in both}) == 2
    assert [card.id for card in scene.station.attendance.by_phone_tail(scene.session, "0003")] == [
        "p3"
    ]
    assert scene.station.attendance.by_phone_tail(scene.session, "9999") == ()
    for wrong in ("", "12", "12345", "12a4", "１２３４", "-123"):
        with pytest.raises(BadInput):
            scene.station.attendance.by_phone_tail(scene.session, wrong)


def test_a_card_that_nobody_has_is_said(scene: Scene) -> None:
    assert scene.station.attendance.by_card(scene.session, " YJ1-00005 ").id == "p5"
    with pytest.raises(NotFound):
        scene.station.attendance.by_card(scene.session, "YJ1-99999")
    with pytest.raises(NotFound):
        scene.station.attendance.by_card(scene.session, "")


def test_who_was_left_out_is_welcome_and_does_not_change_the_rate(scene: Scene) -> None:
    before = scene.station.sessions.show(scene.session).turnout
    scene.sign_in("p9")
    after = scene.station.sessions.show(scene.session).turnout
    assert (after.left_out_present, after.in_room) == (1, 1)
    assert (after.expected, after.arrived) == (before.expected, 0)


def test_a_visitor_needs_a_name_only_and_is_signed_in_at_once(scene: Scene) -> None:
    done = scene.station.attendance.admit_visitor(scene.session, " 老王 ")
    assert (done.card.name, done.card.status) == ("老王", Status.PRESENT)
    assert done.card.standpoint is RosterStatus.VISITOR
    with pytest.raises(VisitorLooksKnown):
        scene.station.attendance.admit_visitor(scene.session, "老王", "6217", "邻村")
    first = done.card.id
    scene.station.attendance.admit_visitor(
        scene.session, "老王", "6217", "邻村", not_people=[first]
    )
    view = scene.station.sessions.show(scene.session)
    assert (view.turnout.visitors, view.turnout.expected) == (2, 27)
    for wrong in (("", ""), ("老李", "62"), ("老李", "abcd")):
        with pytest.raises(BadInput):
            scene.station.attendance.admit_visitor(scene.session, *wrong)
    assert scene.station.sessions.show(scene.session).turnout.visitors == 2


def test_leave_has_a_kind_and_gives_way_to_presence(scene: Scene) -> None:
    with pytest.raises(BadInput):
        scene.station.attendance.mark(scene.session, PersonId("p1"), Status.ON_LEAVE)
    leave = scene.station.attendance.mark(
        scene.session, PersonId("p1"), Status.ON_LEAVE, leave=LeaveKind.SICK, reason="住院"
    )
    assert leave.turnout.on_leave == 1
    came = scene.sign_in("p1")
    assert came.status is Status.PRESENT
    turnout = scene.station.sessions.show(scene.session).turnout
    assert (turnout.present, turnout.on_leave) == (1, 0)
    undone = scene.station.attendance.undo(scene.session)
    assert (undone.was, undone.card.status) == (Status.PRESENT, Status.ON_LEAVE)


def test_undo_takes_back_the_newest_or_the_named_mark_and_the_trail_stays(
    scene: Scene,
) -> None:
    first, second = scene.sign_in("p0"), scene.sign_in("p1")
    undone = scene.station.attendance.undo(scene.session)
    assert (undone.card.id, undone.card.status, undone.was) == ("p1", None, Status.PRESENT)
    assert undone.undoable is not None
    assert undone.undoable.mark == first.mark
    scene.station.attendance.undo(scene.session, first.mark)
    for gone in (first.mark, second.mark, None):
        with pytest.raises(NotFound):
            scene.station.attendance.undo(scene.session, gone)
    again = scene.sign_in("p1")
    assert again.mark != second.mark
    kinds = [line.kind for line in scene.opened.station.tools.store.newest_facts(5)]
    assert kinds == [
        "attendance.marked", "attendance.marked", "attendance.voided", "attendance.voided",
        "attendance.marked",
    ]  # fmt: skip


def test_a_visitor_who_is_taken_back_leaves_the_room_but_keeps_the_name(
    scene: Scene,
) -> None:
    scene.station.attendance.admit_visitor(scene.session, "老王")
    undone = scene.station.attendance.undo(scene.session)
    assert (undone.card.name, undone.turnout.visitors) == ("老王", 0)


def test_a_mark_of_another_session_can_not_be_taken_back_here(scene: Scene) -> None:
    mark = scene.sign_in("p0").mark
    scene.station.sessions.close(scene.session)
    other = begin(scene.opened, "第二场")
    with pytest.raises(NotFound):
        scene.station.attendance.undo(other, mark)
    with pytest.raises(NotPossibleNow):
        scene.station.attendance.undo(scene.session, mark)


def test_after_the_close_only_a_late_entry_with_a_reason_goes_in_and_shows_for_ever(
    scene: Scene,
) -> None:
    closed = scene.station.sessions.close(scene.session).turnout
    assert closed.absent == 27
    with pytest.raises(NotPossibleNow):
        scene.sign_in("p1")
    for reason in ("", "   "):
        with pytest.raises(BadInput):
            scene.station.attendance.mark(
                scene.session, PersonId("p1"), Status.LATE_ENTRY, reason=reason
            )
    done = scene.station.attendance.mark(
        scene.session, PersonId("p1"), Status.LATE_ENTRY, reason="忘了签", claimed_ms=1
    )
    assert done.card.status is Status.LATE_ENTRY
    assert (done.card.by, done.turnout.absent, done.turnout.late_entry) == ("operator", 26, 1)
    with pytest.raises(NotPossibleNow):
        scene.station.attendance.mark(scene.session, PersonId("p2"), Status.PRESENT)


def test_absence_is_never_marked_it_is_what_is_left(scene: Scene) -> None:
    with pytest.raises(NotPossibleNow):
        scene.station.attendance.mark(scene.session, PersonId("p1"), Status.ABSENT)
    assert scene.card("p1").status is None
    scene.station.sessions.close(scene.session)
    assert scene.card("p1").status is Status.ABSENT
    assert scene.card("p9").status is None, "who was left out is not absent"


def test_people_may_sign_in_during_the_film_and_the_discussion(scene: Scene) -> None:
    for person, step in (("p0", Step.PLAY), ("p1", Step.DISCUSS), ("p2", Step.SIGN_IN)):
        scene.station.sessions.move(scene.session, step)
        assert scene.sign_in(person).status is Status.PRESENT


def test_what_was_confirmed_is_there_after_a_restart(scene: Scene, tmp_path: Path) -> None:
    scene.sign_in("p0")
    scene.station.attendance.admit_visitor(scene.session, "老王")
    before = scene.station.sessions.show(scene.session)
    scene.opened.close()
    again = open_station(tmp_path / "home", clock=scene.clock)
    try:
        assert again.station.sessions.show(scene.session) == before
        running = again.station.sessions.running()
        assert running is not None
        assert running.session.id == scene.session
    finally:
        again.close()
