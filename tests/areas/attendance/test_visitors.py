"""Somebody who is known is never counted again as a visitor without a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.areas.attendance.marks import Capacity, Lane, RosterStatus, Status
from app.areas.attendance.visitors import Lookalike, VisitorLooksKnown
from app.areas.people.person import Person, PersonKind
from app.domain.errors import BadInput
from app.domain.ids import PersonId, SessionId
from app.domain.personal import LeaveKind
from app.usecases.station import Station
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.support.small_sessions import begin
from tests.support.stations import SCOPE, SetClock, sample_people, station_at


class Door:
    """An open session, and what is asked when a visitor comes."""

    def __init__(self, station: Station, session: SessionId, clock: SetClock) -> None:
        self.station, self.session, self.clock = station, session, clock

    def asked(self, name: str, tail: str = "") -> tuple[Lookalike, ...]:
        """Whom the station asks about; the visitor is taken in if nobody."""
        before = self.visitors
        try:
            self.station.attendance.admit_visitor(self.session, name, tail)
        except VisitorLooksKnown as known:
            assert self.visitors == before, "a question takes nobody in"
            return known.who
        assert self.visitors == before + 1
        return ()

    @property
    def visitors(self) -> int:
        return self.station.sessions.show(self.session).turnout.visitors


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    clock = SetClock()
    with station_at(tmp_path / "home", clock=clock) as opened:
        store = opened.station.tools.store
        more = (
            replace(sample_people()[0], name="丙一", phone_tail="0021"),
            Person(PersonId("q1"), "外村人", phone_tail="5555", active=False),
            Person(PersonId("q2"), "\u2ed3山", kind=PersonKind.VILLAGER),
            Person(PersonId("q3"), "阿依古丽\u30fb热合曼", active=False, phone_tail="7777"),
        )
        rev = store.cursors((SCOPE,))[SCOPE]
        rows = [
            FeedRow("person", one.id, rev + at, write_row(one)) for at, one in enumerate(more, 1)
        ]
        store.apply_page(FeedPage(SCOPE, rev + len(rows), tuple(rows), from_rev=rev))
        yield Door(opened.station, begin(opened), clock)


@pytest.mark.parametrize(
    ("name", "tail"),
    [("丙一", "0021"), ("丙一", ""), ("丙\u200b一", "００２１"), (" 丙 一 ", ""), ("丙一", "9999")],
)
def test_somebody_on_the_list_is_asked_about_and_can_be_signed_in(
    door: Door, name: str, tail: str
) -> None:
    (one,) = door.asked(name, tail)
    assert (one.person, one.name, one.phone_tail) == ("p0", "丙一", "0021")
    assert (one.listed, one.guest, one.first_at) == (True, False, "")
    door.station.attendance.sign_in(door.session, one.person, Lane.ROLL_CALL, "operator")
    turnout = door.station.sessions.show(door.session).turnout
    assert (turnout.arrived, turnout.visitors) == (1, 0)
    assert door.asked(name, tail)[0].first_at == "20:00"


def test_who_says_that_it_is_another_one_is_believed_once(door: Door) -> None:
    (one,) = door.asked("丙一")
    door.station.attendance.admit_visitor(door.session, "丙一", not_people=[one.person])
    assert door.visitors == 1
    with pytest.raises(VisitorLooksKnown) as again:
        door.station.attendance.admit_visitor(door.session, "丙一", not_people=[one.person])
    (guest,) = again.value.who
    assert (guest.guest, guest.first_at) == (True, "20:00"), "pressed twice it is one visitor"


def test_namesakes_on_the_list_are_all_asked_about(door: Door) -> None:
    assert {one.person for one in door.asked("陈平", "0003")} == {"p3", "p4"}


@pytest.mark.parametrize(
    ("name", "tail", "asks"),
    [
        ("外村人", "", True),
        ("外村人", "5555", True),
        ("外村人", "5556", False),
        ("长山", "", True),
        ("长山", "1234", True),
        ("阿依古丽热合曼", "7777", True),
        ("阿依古丽·热合曼", "7771", False),
        ("外村", "", False),
        ("丙一一", "0021", False),
        ("丁二", "0021", False),
    ],
)
def test_others_the_station_knows_are_asked_about_by_name_and_number(
    door: Door, name: str, tail: str, asks: bool
) -> None:
    who = door.asked(name, tail)
    assert bool(who) is asks
    if asks:
        assert not who[0].listed
        done = door.station.attendance.sign_in(
            door.session, who[0].person, Lane.ROLL_CALL, "operator"
        )
        assert done.card.standpoint is RosterStatus.VISITOR
        assert door.asked(name, tail)[0].guest


@pytest.mark.parametrize(
    ("first", "second", "asks"),
    [
        (("路人", ""), ("路人", ""), True),
        (("路人", "1111"), ("路人", "1111"), True),
        (("路人", "1111"), ("路\ufeff人", ""), True),
        (("路人", ""), ("路人", "1111"), True),
        (("路人", "1111"), ("路人", "2222"), False),
        (("路人", "1111"), ("路人甲", "1111"), False),
        (("Anna", ""), ("ＡＮＮＡ", ""), True),
    ],
)
def test_a_visitor_is_taken_in_twice_only_if_it_is_another_one(
    door: Door, first: tuple[str, str], second: tuple[str, str], asks: bool
) -> None:
    assert door.asked(*first) == ()
    door.clock.pass_minutes(10)
    who = door.asked(*second)
    assert bool(who) is asks
    if asks:
        assert [(one.guest, one.listed, one.first_at) for one in who] == [(True, False, "20:00")]


def test_a_visitor_who_was_taken_back_is_no_question(door: Door) -> None:
    assert door.asked("路人") == ()
    door.station.attendance.undo(door.session)
    assert door.asked("路人") == ()
    assert door.visitors == 1


def test_somebody_on_leave_is_asked_about_without_a_time(door: Door) -> None:
    door.station.attendance.mark(
        door.session, PersonId("p0"), Status.ON_LEAVE, leave=LeaveKind.SICK
    )
    assert [(one.person, one.first_at) for one in door.asked("丙一")] == [("p0", "")]


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\x00", "·"])
def test_a_name_nobody_can_read_is_none(door: Door, name: str) -> None:
    with pytest.raises(BadInput) as refused:
        door.station.attendance.admit_visitor(door.session, name)
    assert refused.value.key == "refusal.needs_name"


def test_no_name_and_no_number_reaches_the_log_by_the_question(door: Door) -> None:
    from app.words.codes import for_log

    with pytest.raises(VisitorLooksKnown) as asked:
        door.station.attendance.admit_visitor(door.session, "丙一", "0021")
    assert "丙" not in for_log(asked.value)
    assert "0021" not in for_log(asked.value)


def test_as_what_somebody_takes_part_is_told_and_changes_no_count(door: Door) -> None:
    done = door.station.attendance.mark(
        door.session, PersonId("p5"), Status.PRESENT, capacity=Capacity.ORDINARY_MEMBER
    )
    assert done.turnout.arrived == 1
    assert done.card.capacity is Capacity.ORDINARY_MEMBER
    door.station.tools.store.rebuild()
    (card,) = [c for c in door.station.sessions.show(door.session).cards if c.id == "p5"]
    assert card.capacity is Capacity.ORDINARY_MEMBER
