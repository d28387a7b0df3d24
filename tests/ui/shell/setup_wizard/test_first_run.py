"""A new PC is set up in four steps that can be skipped, once, and again when asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.machine.enrolment import load_enrolment
from tests.support.centre_process import centre_command, running_centre
from tests.ui.audience.test_placement import PROJECTOR, PluggedScreens
from tests.ui.programs import let_go
from tests.ui.shell.setup_wizard.conftest import Begin
from ui.lock.pin_pad import PinPad
from ui.pages.first_run.context import ANSWER_NAME, REQUEST_NAME, StickSeen
from ui.pages.first_run.view import How, SetupWizardView
from ui.shell import setup_wizard
from ui.shell.application import Application
from ui.state.preferences import read_preferences
from ui.state.restart import Restart

SITE = "songling"
LEFT = Qt.MouseButton.LeftButton


def view_of(program: Application) -> SetupWizardView:
    assert program.first is not None
    return program.first.view


def tap(pad: PinPad, pin: str) -> None:
    keys = {key.word: key for key in pad.keypad.digits}
    for digit in pin:
        QTest.mouseClick(keys[digit], LEFT)
    QTest.keyClick(pad, Qt.Key.Key_Return)


def skip_all(view: SetupWizardView) -> None:
    for _ in view.steps:
        QTest.mouseClick(view.skip, LEFT)


def test_everything_can_be_skipped_and_it_never_comes_again_by_itself(
    begin: Begin, qtbot: QtBot
) -> None:
    program = begin()
    view = view_of(program)
    assert [part.mark.title for part in view.bar.parts] == ["登记", "屏幕", "声音", "打印"]
    skip_all(view)
    assert view.at_pin
    assert set(view.how.values()) == {How.SKIPPED}
    QTest.mouseClick(view.pin.pad.back, LEFT)
    qtbot.waitUntil(lambda: program.is_ready, timeout=20_000)
    assert not program.guard.view.has_pin
    let_go(program)
    again = begin()
    assert again.first is None
    assert again.is_ready


def test_the_pin_is_set_at_the_end(begin: Begin, qtbot: QtBot) -> None:
    program = begin()
    view = view_of(program)
    skip_all(view)
    tap(view.pin.pad, "1111")
    assert "太好猜" in view.pin.pad.note.text
    tap(view.pin.pad, "2053")
    tap(view.pin.pad, "2054")
    assert "两次不一样" in view.pin.pad.note.text
    tap(view.pin.pad, "2053")
    tap(view.pin.pad, "2053")
    qtbot.waitUntil(lambda: program.is_ready, timeout=20_000)
    assert program.guard.view.has_pin
    assert not program.guard.is_locked


def test_going_on_by_keyboard_alone(begin: Begin) -> None:
    view = view_of(begin())
    QTest.keyClick(view, Qt.Key.Key_F1)
    assert view.help.isVisible()
    QTest.keyClick(view.help.close_button, Qt.Key.Key_Escape)
    assert not view.help.isVisible()
    view.go("screens")
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.at == "sound"
    assert view.how["screens"] is How.DONE
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.at == "screens"
    QTest.mouseClick(view.bar.parts[3], LEFT)
    assert view.at == "print"


def test_a_screen_is_chosen_identified_and_swapped(
    begin: Begin, screens: PluggedScreens, tmp_path: Path, qtbot: QtBot
) -> None:
    view = view_of(begin())
    view.go("screens")
    choice = view.screens.choice
    assert choice is not None
    assert choice.current() == PROJECTOR.name
    QTest.mouseClick(choice.buttons["-"], LEFT)
    qtbot.waitUntil(lambda: read_preferences(tmp_path / "home").one_screen)
    QTest.mouseClick(choice.buttons[PROJECTOR.name], LEFT)
    qtbot.waitUntil(lambda: read_preferences(tmp_path / "home").audience_screen == PROJECTOR.name)
    QTest.mouseClick(view.screens.swap, LEFT)
    assert screens.shown_on == [PROJECTOR.name]
    assert "换过来了" in view.screens.note.text
    screens.plugged.remove(PROJECTOR)
    view.go("screens")
    assert not view.screens.swap.isVisible()
    assert "Win+P" in view.screens.how.text()


def test_a_sound_is_played_before_one_goes_on(begin: Begin) -> None:
    view = view_of(begin())
    view.go("sound")
    assert view.main.text() == "放一段声音"
    QTest.mouseClick(view.main, LEFT)
    assert view.at == "sound"
    assert view.main.text() == "听到了，下一步"
    QTest.mouseClick(view.main, LEFT)
    assert view.at == "print"


def test_a_pc_without_sound_says_so_and_goes_on(begin: Begin) -> None:
    view = view_of(begin())
    view.go("sound")

    class Silent:
        def play(self, _percent: int, failed: object, *, voice: bool = False) -> None:
            assert callable(failed)
            assert not voice
            failed()

    view.sound._context = replace(view.sound._context, sound=Silent())
    QTest.mouseClick(view.main, LEFT)
    assert "K-160" in view.sound.note.text
    QTest.mouseClick(view.main, LEFT)
    assert view.at == "print"


def test_the_other_language_holds_at_once(begin: Begin, qtbot: QtBot) -> None:
    program = begin()
    view_of(program).go("sound")
    QTest.mouseClick(view_of(program).language, LEFT)
    qtbot.waitUntil(lambda: view_of(program).skip.text() == "Skip")
    assert view_of(program).at == "sound"


def test_a_wrong_code_is_told_in_one_sentence_and_can_be_skipped(
    begin: Begin, qtbot: QtBot
) -> None:
    view = view_of(begin())
    QTest.mouseClick(view.main, LEFT)
    assert "请先填好" in view.enrol.note.text
    view.enrol.address.setText("http://127.0.0.1:9")
    view.enrol.code.setText("ABCD-EFGH-JKLM")
    QTest.mouseClick(view.main, LEFT)
    qtbot.waitUntil(lambda: "K-161" in view.enrol.note.text, timeout=20_000)
    assert view.main.isEnabled()
    QTest.mouseClick(view.skip, LEFT)
    assert view.at == "screens"


def test_a_station_enrols_with_a_code_and_begins_with_the_centre_known(
    begin: Begin, tmp_path: Path, qtbot: QtBot
) -> None:
    with running_centre(tmp_path / "centre") as centre:
        program = begin()
        view = view_of(program)
        view.enrol.address.setText(centre.address)
        view.enrol.code.setText(centre.enrol_code(SITE))
        QTest.mouseClick(view.main, LEFT)
        qtbot.waitUntil(lambda: "登记好了" in view.enrol.note.text, timeout=20_000)
        assert view.main.text() == "下一步"
        QTest.mouseClick(view.main, LEFT)
        for _ in range(3):
            QTest.mouseClick(view.skip, LEFT)
        QTest.mouseClick(view.pin.pad.back, LEFT)
        qtbot.waitUntil(lambda: program.is_ready, timeout=20_000)
        assert program.room.station.tools.site is not None
        assert program.room.station.sync.enrolment is not None
        let_go(program)


def test_a_station_enrols_by_a_stick_that_goes_to_the_centre_and_back(
    begin: Begin, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre_home, stick = tmp_path / "centre", tmp_path / "STICK"
    stick.mkdir()
    monkeypatch.setattr(setup_wizard, "removable_drives", lambda: (stick,))
    program = begin()
    view = view_of(program)
    QTest.mouseClick(view.enrol.way.buttons["stick"], LEFT)
    qtbot.waitUntil(lambda: view.main.text() == "写申请到 STICK")
    QTest.mouseClick(view.main, LEFT)
    qtbot.waitUntil(lambda: "申请写好了" in view.enrol.note.text)
    centre_command(centre_home, "enrol-code", "--site", SITE, "--create", "--json")
    said = centre_command(
        centre_home,
        *("enrol-file", str(stick / REQUEST_NAME), "--out", str(stick / ANSWER_NAME)),
        *("--site", SITE),
    )
    assert view.main.text() == "下一步"
    QTest.mouseClick(view.enrol.look, LEFT)
    qtbot.waitUntil(lambda: view.main.text() == "从 STICK 读答复")
    QTest.mouseClick(view.main, LEFT)
    assert "核对码" in view.enrol.note.text
    view.enrol.mark.setText("AAAA-AAAA-AAAA")
    QTest.mouseClick(view.main, LEFT)
    qtbot.waitUntil(lambda: "K-510" in view.enrol.note.text)
    view.enrol.mark.setText(said.strip()[-14:])
    QTest.mouseClick(view.main, LEFT)
    qtbot.waitUntil(lambda: "登记好了" in view.enrol.note.text)
    assert load_enrolment(tmp_path / "home") is not None


def test_a_stick_that_cannot_be_written_changes_nothing(
    begin: Begin, tmp_path: Path, qtbot: QtBot
) -> None:
    view = view_of(begin())
    QTest.mouseClick(view.enrol.way.buttons["stick"], LEFT)
    qtbot.waitUntil(lambda: not view.enrol.is_busy)
    view.enrol._on_sticks((StickSeen(tmp_path / "gone"),))
    QTest.mouseClick(view.main, LEFT)
    qtbot.waitUntil(lambda: "读写不了" in view.enrol.note.text)


def test_the_settings_bring_it_back_with_the_next_start(begin: Begin, qtbot: QtBot) -> None:
    first = begin()
    skip_all(view_of(first))
    QTest.mouseClick(view_of(first).pin.pad.back, LEFT)
    qtbot.waitUntil(lambda: first.is_ready, timeout=20_000)
    first.begin_anew(Restart.SETUP)
    sets_up = first.comes_back
    assert sets_up
    let_go(first)
    again = begin(sets_up=sets_up)
    assert again.first is not None


def test_a_station_may_begin_alone_without_giving_up_a_step(begin: Begin) -> None:
    view = view_of(begin())
    QTest.mouseClick(view.enrol.way.buttons["alone"], LEFT)
    assert view.main.text() == "下一步"
    QTest.mouseClick(view.main, LEFT)
    assert view.at == "screens"
    assert view.how["enrol"] is How.DONE
