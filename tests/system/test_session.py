"""The main job from end to end with real parts: one session, a cut network, and the centre's report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.session import Step
from app.domain.personal import LeaveKind
from app.domain.time import local_time
from tests.support.postgres import postgres_programs, throw_away_cluster
from tests.system.hands import Hands
from tests.system.network import compare, send, wait_without_network
from tests.system.places import (
    CLIP,
    LESSON,
    TITLE,
    enrolled_home,
    fill_centre,
    open_program,
    started_centre,
)
from ui.audience.state import RoomShows
from ui.pages.close.view import ClosePage
from ui.pages.discuss.view import DiscussPage
from ui.pages.member_sign_in.state import Scene
from ui.pages.play.view import PlayPage
from ui.pages.prepare.view import PreparePage
from ui.pages.roll_call.view import RollCallPage
from ui.pages.today.view import TodayPage
from ui.state.page_names import PageName
from ui.state.sign_in_result import SignInResult

CARD, CARD_OF = "SL0013", "谢新民"
TAIL, TAIL_OF = "1166", "孙金凤"
NOTE = "想学大棚技术"


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """An empty database of a throw-away cluster."""
    if postgres_programs() is None:
        pytest.skip("PostgreSQL is not installed here")
    with throw_away_cluster() as cluster:
        yield cluster.new_database()


def test_a_session_by_keys_and_clicks_reaches_the_centre_field_by_field(
    centre_home: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with started_centre(centre_home) as centre:
        home = enrolled_home(tmp_path / "home", centre)
        with open_program(home, qtbot) as program:
            hands = Hands(program, qtbot)
            receive(hands)
            begin(hands)
            call_the_roll(hands)
            sign_in_by_keypad(hands)
            read_a_card(hands)
            centre.cut()
            play_lesson(hands)
            play_clip(hands)
            discuss(hands)
            close(hands)
            enter_afterwards(hands)
            wait_without_network(hands)
            centre.start()
            send(hands)
            kept = compare(hands, centre)
    turnout = kept.turnout
    assert (turnout.present, turnout.late_entry, turnout.on_leave) == (5, 1, 1)
    assert (turnout.visitors, turnout.left_out_present) == (1, 1)
    assert turnout.arrived + turnout.on_leave + turnout.absent == turnout.expected
    plays = [(one.course, one.outcome) for one in kept.plays]
    assert plays == [(LESSON, PlayOutcome.STOPPED), (CLIP, PlayOutcome.FULL)]
    assert kept.plays[0].position_ms == kept.plays[0].duration_ms
    assert 0 < kept.plays[0].coverage_percent < 90 <= kept.plays[1].coverage_percent
    assert kept.notes == (NOTE,)


def test_a_shorter_session_reaches_a_centre_on_postgresql_field_by_field(
    postgresql: str, tmp_path: Path, qtbot: QtBot
) -> None:
    fill_centre(tmp_path / "centre", postgresql)
    with started_centre(tmp_path / "centre", postgresql) as centre:
        home = enrolled_home(tmp_path / "home", centre)
        with open_program(home, qtbot) as program:
            hands = Hands(program, qtbot)
            receive(hands)
            begin(hands)
            call_the_roll(hands)
            centre.cut()
            read_a_card(hands)
            play_lesson(hands)
            discuss(hands)
            close(hands)
            wait_without_network(hands)
            centre.start()
            send(hands)
            kept = compare(hands, centre)
    assert (kept.turnout.present, kept.turnout.on_leave, kept.turnout.visitors) == (4, 1, 1)


def receive(hands: Hands) -> None:
    """Roster, plan and courses come down from the centre."""
    today = hands.page(TodayPage)
    hands.wait(lambda: len(today.presenter.state.titles) == 2)
    hands.wait(lambda: all(one.ready for one in today.presenter.state.courses))
    assert today.title.text == TITLE
    assert len(hands.program.room.people) == 136


def begin(hands: Hands) -> None:
    """Today → prepare → sign-in, with F5 and a click."""
    hands.key(Qt.Key.Key_F5)
    hands.wait_at(PageName.PREPARE)
    prepare = hands.page(PreparePage)
    hands.wait(lambda: len(prepare.presenter.state.checks) == 6)
    assert prepare.presenter.state.checks[0].good  # the room's screen is there
    hands.click(prepare.open)
    hands.wait_at(PageName.ROLL_CALL)
    assert hands.step_is(Step.SIGN_IN)
    assert hands.program.audience.isVisible()


def call_the_roll(hands: Hands) -> None:
    """Letters and Enter, undo by name, leave, a guest, and one who was not expected."""
    roll = hands.page(RollCallPage)
    for letters, name in (("sxp", "单小平"), ("ycdm", "尉迟德明"), ("oycm", "欧阳春梅")):
        mark(hands, letters, name, Status.PRESENT)
        assert hands.said == f"{name}：已到。"
    assert roll.undo.words == "撤销：欧阳春梅 已到"
    hands.click(roll.undo)
    hands.wait(lambda: hands.card("欧阳春梅").status is None)
    assert hands.said == "已撤销：欧阳春梅 已到。"
    hands.click(roll.leave)
    hands.click(roll.kinds.buttons[LeaveKind.SICK.value])
    mark(hands, "gwh", "盖文华", Status.ON_LEAVE)
    hands.click(roll.leave_end)
    mark(hands, "zdm", "赵德明", Status.PRESENT)
    assert hands.card("赵德明").standpoint is RosterStatus.LEFT_OUT
    hands.click(roll.visitor)
    hands.write(roll.visitor_form.name, "钱多多")
    roll.visitor_form.tail.setFocus()
    hands.type(roll.visitor_form.tail, "8866")
    hands.click(roll.visitor_form.accept)
    hands.wait(lambda: hands.view.turnout.visitors == 1)
    assert hands.view.turnout.in_room == 4


def mark(hands: Hands, letters: str, name: str, status: Status) -> None:
    """Find somebody by letters, Enter."""
    roll = hands.page(RollCallPage)
    hands.find(roll.search, roll.grid, letters, name)
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.card(name).status is status)
    hands.wait(lambda: roll.search.text() == "")


def sign_in_by_keypad(hands: Hands) -> None:
    """A member at the room's screen: the phone's last digits, "it is me"."""
    member, roll = hands.program.member, hands.page(RollCallPage)
    hands.click(roll.self_service)
    hands.wait(lambda: hands.program.audience.stage.state.shows is RoomShows.SIGN_IN)
    hands.press_digits(TAIL)
    hands.wait(lambda: member.presenter.state.scene is Scene.CONFIRM and not member.is_resting)
    assert member.confirm.name.text == TAIL_OF
    hands.click(member.confirm.yes)
    hands.wait(lambda: hands.card(TAIL_OF).lane is Lane.PHONE_TAIL)
    told = member.presenter.state.told
    assert told is not None
    assert (told.kind, told.headline) == (SignInResult.SUCCESS, TAIL_OF)
    hands.press_digits(TAIL)
    hands.wait(
        lambda: (
            (now := member.presenter.state.told) is not None and now.kind is SignInResult.ALREADY
        )
    )
    again = member.presenter.state.told
    assert again is not None
    assert first_time(hands, TAIL_OF) in again.sentence
    hands.click(roll.self_service)
    hands.wait(lambda: hands.program.audience.stage.state.shows is RoomShows.WELCOME)


def first_time(hands: Hands, name: str) -> str:
    """When somebody signed in, as it is said."""
    at_ms = hands.card(name).at_ms
    assert at_ms is not None
    return f"{local_time(at_ms):%H:%M}"


def read_a_card(hands: Hands) -> None:
    """A burst of keys goes to nobody's field; the second one is told the first time."""
    roll = hands.page(RollCallPage)
    roll.search.setFocus()
    hands.scan(CARD)
    hands.wait(lambda: hands.card(CARD_OF).lane is Lane.SCANNER)
    assert roll.search.text() == ""
    came = hands.view.turnout.in_room
    hands.scan(CARD)
    wanted = f"{CARD_OF} {first_time(hands, CARD_OF)} 已经签过了。"
    hands.wait(lambda: hands.said == wanted)
    assert hands.view.turnout.in_room == came


def play_lesson(hands: Hands) -> None:
    """Begin, pause, go on, a late-comer, seek near the end, its end."""
    playback = hands.program.playback
    hands.key(Qt.Key.Key_F5)
    hands.wait_at(PageName.PLAY)
    hands.wait(lambda: playback.state.playing and playback.state.position_ms > 1_000)
    assert hands.program.audience.stage.state.shows is RoomShows.PLAY
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: not playback.state.playing)
    hands.key(Qt.Key.Key_Space)
    hands.wait(lambda: playback.state.playing)
    sign_in_late(hands)
    hands.click_at(hands.page(PlayPage).transport.slider, 0.93)
    hands.wait(lambda: playback.state.ended)
    assert playback.state.trouble == ""


def play_clip(hands: Hands) -> None:
    """The next course, whole."""
    playback = hands.program.playback
    hands.key(Qt.Key.Key_F5)
    hands.wait(lambda: playback.state.course is not None and playback.state.course.id == CLIP)
    hands.wait(lambda: playback.state.ended)


def sign_in_late(hands: Hands) -> None:
    """F2, letters, Enter, Esc: the course goes on meanwhile."""
    drawer = hands.program.window.drawer
    hands.key(Qt.Key.Key_F2)
    hands.wait(lambda: drawer.isVisible())
    hands.find(drawer.search, drawer.grid, "qgq", "仇国强")
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.card("仇国强").status is Status.PRESENT)
    hands.key(Qt.Key.Key_Escape)
    hands.wait(lambda: not hands.page(PlayPage).presenter.state.drawer)
    assert hands.program.playback.state.playing


def discuss(hands: Hands) -> None:
    """To the discussion, and a note."""
    hands.click(hands.page(PlayPage).end)
    hands.wait_at(PageName.DISCUSS)
    page = hands.page(DiscussPage)
    hands.write(page.note, NOTE)
    hands.click(page.keep)
    hands.wait(lambda: page.presenter.state.notes == (NOTE,))
    hands.key(Qt.Key.Key_F5)
    hands.wait_at(PageName.CLOSE)


def close(hands: Hands) -> None:
    """End the session."""
    page = hands.page(ClosePage)
    hands.click(page.plain)
    if page.question.isVisible():
        hands.click(page.question.end)
    hands.wait(lambda: page.presenter.state.is_closed)
    assert hands.program.audience.stage.state.shows is RoomShows.THANKS


def enter_afterwards(hands: Hands) -> None:
    """Somebody had been there after all."""
    page = hands.page(ClosePage)

    hands.wait(lambda: bool(page.people.tiles()))
    hands.click(page.people.tiles()[0])
    hands.wait(page.sheet.isVisible)
    hands.write(page.sheet.reason, "来了漏签")
    hands.click(page.sheet.accept)
    hands.wait(lambda: hands.view.turnout.late_entry == 1)
