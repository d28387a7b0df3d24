"""The sign-in screen's presenter on a real station: every way in, and what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from app.areas.attendance.marks import Lane
from app.domain.ids import PersonId, SessionId
from app.usecases.station import Station
from tests.support.stations import station_at
from tests.ui.pages.member_sign_in.driver import (
    SITE,
    HandClock,
    JobsAtOnce,
    RecordingHost,
    opened,
    prepared,
    present_names,
    type_digits,
)
from ui.pages.member_sign_in import wall
from ui.pages.member_sign_in.presenter import MemberPresenter
from ui.pages.member_sign_in.state import MemberState, Scene
from ui.state.sign_in_result import SignInResult


@dataclass(slots=True)
class Door:
    """One sign-in screen at a real station."""

    station: Station
    jobs: JobsAtOnce = field(default_factory=JobsAtOnce)
    clock: HandClock = field(default_factory=HandClock)
    shown: list[MemberState] = field(default_factory=list)
    host: RecordingHost = field(default_factory=RecordingHost)

    def presenter(self) -> MemberPresenter:
        return MemberPresenter(
            self.station.attendance, self.jobs, self.shown.append, self.clock, self.host
        )

    def open(self) -> tuple[MemberPresenter, SessionId]:
        presenter = self.presenter()
        view = opened(self.station)
        presenter.show_session(view, SITE)
        return presenter, view.session.id


def scene(presenter: MemberPresenter) -> Scene:
    """What fills the screen now."""
    return presenter.state.scene


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    with station_at(tmp_path / "home") as at:
        yield Door(at.station)


def test_before_the_opening_it_says_when_it_begins(door: Door) -> None:
    presenter = door.presenter()
    presenter.show_session(prepared(door.station), SITE)
    assert scene(presenter) is Scene.NOT_OPEN
    assert presenter.state.starts_at == "19:30"
    presenter.press("0")
    assert presenter.state.digits == ""


def test_four_digits_and_yes_sign_a_member_in(door: Door) -> None:
    presenter, session = door.open()
    type_digits(presenter, "0000")
    assert scene(presenter) is Scene.CONFIRM
    assert presenter.state.person is not None
    assert presenter.state.person.name == "陈桂英"
    assert presenter.state.person.note == "1组，1945 年生"
    presenter.yes()
    assert present_names(door.station, session) == ["陈桂英"]
    card = door.station.sessions.show(session).cards
    assert [one.lane for one in card if one.at_ms] == [Lane.PHONE_TAIL]
    told = presenter.state.told
    assert told is not None
    assert (told.kind, told.headline) == (SignInResult.SUCCESS, "陈桂英")
    assert scene(presenter) is Scene.KEYPAD
    assert presenter.state.recent == ("陈桂英",)
    assert presenter.state.arrived == 1
    assert [done.card.name for done in door.host.signed] == ["陈桂英"]


def test_the_success_card_goes_after_two_and_a_half_seconds(door: Door) -> None:
    presenter, _ = door.open()
    type_digits(presenter, "0000")
    presenter.yes()
    door.clock.pass_ms(2_400)
    assert presenter.state.told is not None
    door.clock.pass_ms(200)
    assert presenter.state.told is None


def test_the_next_one_may_press_while_the_success_card_shows(door: Door) -> None:
    presenter, session = door.open()
    type_digits(presenter, "0000")
    presenter.yes()
    type_digits(presenter, "0001")
    assert presenter.state.person is not None
    presenter.yes()
    assert set(present_names(door.station, session)) == {"陈建国", "陈桂英"}


def test_the_next_one_may_press_before_the_first_is_stored(door: Door) -> None:
    presenter, session = door.open()
    type_digits(presenter, "0000")
    door.jobs.held = True
    presenter.yes()
    presenter.press("0")
    presenter.press("0")
    assert presenter.state.digits == "00"
    door.jobs.run_all()
    assert presenter.state.digits == "00"
    assert present_names(door.station, session) == ["陈桂英"]


def test_a_second_sign_in_is_told_the_time_of_the_first(door: Door) -> None:
    presenter, session = door.open()
    for _ in range(2):
        type_digits(presenter, "0000")
        presenter.yes()
    told = presenter.state.told
    assert told is not None
    assert told.kind is SignInResult.ALREADY
    assert told.headline == "陈桂英"
    assert told.sentence == "您 20:00\n已经签过了"
    assert present_names(door.station, session) == ["陈桂英"]


def test_two_screens_at_once_still_make_one_mark(door: Door) -> None:
    presenter, session = door.open()
    type_digits(presenter, "0000")
    door.station.attendance.sign_in(session, PersonId("p0"), Lane.ROLL_CALL, "operator")
    presenter.yes()
    assert presenter.state.told is not None
    assert presenter.state.told.kind is SignInResult.ALREADY
    assert door.host.signed == []


def test_an_unknown_tail_offers_the_wall_and_the_operator(door: Door) -> None:
    presenter, _ = door.open()
    type_digits(presenter, "9999")
    told = presenter.state.told
    assert told is not None
    assert told.kind is SignInResult.NOT_FOUND
    assert not set("0123456789") & set(told.headline + told.sentence), "the room may look on"
    assert scene(presenter) is Scene.KEYPAD
    presenter.find_by_name()
    assert scene(presenter) is Scene.GROUPS


def test_not_me_goes_back_without_a_mark(door: Door) -> None:
    presenter, session = door.open()
    type_digits(presenter, "0000")
    presenter.no()
    assert present_names(door.station, session) == []
    assert presenter.state.told is not None
    assert presenter.state.told.kind is SignInResult.NOT_ME


def test_the_wall_leads_to_the_same_confirmation(door: Door) -> None:
    presenter, session = door.open()
    presenter.find_by_name()
    assert [one.label for one in presenter.state.bunches] == ["1组", "2组", "3组"]
    presenter.open_bunch("2组")
    names = {one.name: one for one in presenter.state.choices}
    presenter.choose(names["陈建国"].person)
    assert scene(presenter) is Scene.CONFIRM
    presenter.yes()
    marked = [one for one in door.station.sessions.show(session).cards if one.at_ms is not None]
    assert [(one.name, one.lane) for one in marked] == [("陈建国", Lane.NAME_WALL)]


def test_one_of_several_with_the_same_tail_is_asked_too(door: Door) -> None:
    presenter, session = door.open()
    several = wall.candidates(door.station.attendance.by_phone_tail(session, "0000"))
    presenter.state = replace(presenter.state, scene=Scene.CHOOSE, choices=several)
    presenter.choose(several[0].person)
    assert scene(presenter) is Scene.CONFIRM
    assert present_names(door.station, session) == []
    presenter.yes()
    assert present_names(door.station, session) == [several[0].name]


def test_not_me_on_the_success_card_takes_back_that_very_mark(door: Door) -> None:
    presenter, session = door.open()
    type_digits(presenter, "0000")
    presenter.yes()
    door.station.attendance.sign_in(session, PersonId("p1"), Lane.ROLL_CALL, "operator")
    presenter.not_me()
    assert present_names(door.station, session) == ["陈建国"]
    assert presenter.state.told is not None
    assert presenter.state.told.kind is SignInResult.NOT_ME
    assert presenter.state.recent == ()
    (undone,) = door.host.undid
    assert undone.card.id == "p0"
    marks = door.station.attendance.sheet(session, PersonId("p0")).marks
    assert [one.taken_back for one in marks] == [True], "the trail stays"
    presenter.not_me()
    assert len(door.host.undid) == 1


def test_the_card_that_is_gone_takes_nothing_back(door: Door) -> None:
    presenter, session = door.open()
    type_digits(presenter, "0000")
    presenter.yes()
    door.clock.pass_ms(2_600)
    presenter.not_me()
    assert present_names(door.station, session) == ["陈桂英"]


def test_equal_names_are_told_apart_and_never_picked(door: Door) -> None:
    presenter, _ = door.open()
    presenter.find_by_name()
    notes = []
    for bunch in ("1组", "2组"):
        presenter.open_bunch(bunch)
        notes += [one.note for one in presenter.state.choices if one.name == "陈平"]
        presenter.back()
    assert notes == ["1组，1948 年生", "2组，1949 年生"]


def test_somebody_who_has_come_stays_in_place_with_a_tick(door: Door) -> None:
    presenter, session = door.open()
    presenter.find_by_name()
    presenter.open_bunch("1组")
    before = [one.person for one in presenter.state.choices]
    door.station.attendance.sign_in(session, before[3], Lane.ROLL_CALL, "operator")
    presenter.show_session(door.station.sessions.show(session), SITE)
    assert scene(presenter) is Scene.NAMES
    assert [one.person for one in presenter.state.choices] == before
    assert [one.arrived for one in presenter.state.choices].index(True) == 3
    presenter.choose(before[3])
    assert presenter.state.told is not None
    assert presenter.state.told.kind is SignInResult.ALREADY


def test_a_half_typed_number_is_wiped_after_twenty_seconds(door: Door) -> None:
    presenter, _ = door.open()
    type_digits(presenter, "62")
    door.clock.pass_ms(9_900)
    assert not presenter.state.clearing
    door.clock.pass_ms(200)
    assert presenter.state.clearing
    assert presenter.state.digits == "62"
    door.clock.pass_ms(10_000)
    assert presenter.state.digits == ""
    assert not presenter.state.clearing


@pytest.mark.parametrize("way", ["confirm", "wall"])
def test_no_name_waits_longer_than_twenty_seconds(door: Door, way: str) -> None:
    presenter, _ = door.open()
    if way == "confirm":
        type_digits(presenter, "0000")
    else:
        presenter.find_by_name()
        presenter.open_bunch("1组")
    door.clock.pass_ms(20_100)
    assert scene(presenter) is Scene.KEYPAD
    assert presenter.state.person is None
    assert presenter.state.choices == ()


def test_any_touch_puts_the_wiping_off(door: Door) -> None:
    presenter, _ = door.open()
    type_digits(presenter, "62")
    door.clock.pass_ms(15_000)
    presenter.touched()
    assert not presenter.state.clearing
    door.clock.pass_ms(9_900)
    assert presenter.state.digits == "62"


def test_a_call_for_help_reaches_the_operator_and_is_confirmed(door: Door) -> None:
    presenter, _ = door.open()
    presenter.want_help()
    assert door.host.helped == [True]
    assert presenter.state.told is not None
    assert presenter.state.told.kind is SignInResult.HELP_COMES
    door.clock.pass_ms(6_100)
    assert presenter.state.told is None


def test_what_was_not_stored_is_said_even_if_the_next_one_types(door: Door) -> None:
    presenter, session = door.open()
    type_digits(presenter, "0000")
    door.jobs.held = True
    presenter.yes()
    type_digits(presenter, "00")
    door.station.sessions.close(session)
    door.jobs.run_all()
    told = presenter.state.told
    assert told is not None
    assert told.kind is SignInResult.TROUBLE
    assert told.sentence == "签到已结束，记录已存好。要补请找管理员补签（K-215）。"
    assert present_names(door.station, session) == []


def test_an_answer_that_comes_after_clearing_shows_nobody(door: Door) -> None:
    presenter, _ = door.open()
    door.jobs.held = True
    type_digits(presenter, "0000")
    presenter.to_keypad()
    door.jobs.run_all()
    assert scene(presenter) is Scene.KEYPAD
    assert presenter.state.person is None


def test_the_end_closes_the_door_at_once(door: Door) -> None:
    presenter, session = door.open()
    type_digits(presenter, "0000")
    presenter.show_session(door.station.sessions.close(session), SITE)
    assert scene(presenter) is Scene.OVER
    presenter.yes()
    assert present_names(door.station, session) == []
    assert presenter.state.person is None


def test_the_operators_marks_show_while_somebody_types(door: Door) -> None:
    presenter, session = door.open()
    type_digits(presenter, "00")
    door.station.attendance.sign_in(session, PersonId("p5"), Lane.ROLL_CALL, "operator")
    presenter.show_session(door.station.sessions.show(session), SITE)
    assert presenter.state.digits == "00"
    assert presenter.state.recent == ("陈志强",)
    assert presenter.state.arrived == 1
