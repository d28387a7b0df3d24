"""The first setting up in impatient hands: cut short, held keys, another language half-way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import enrol_station
from app.words import speak
from tests.support.centre_process import running_centre
from tests.ui.programs import let_go
from tests.ui.shell.setup_wizard.conftest import Begin
from tests.ui.shell.setup_wizard.test_first_run import LEFT, SITE, skip_all, view_of
from ui.pages.first_run.view import How, SetupWizardView
from ui.sound.tones import sound_file
from ui.state.sign_in_result import SignInResult


def hold(view: SetupWizardView, key: Qt.Key, repeats: int = 30) -> None:
    """A key that stays down for a second."""
    plain = Qt.KeyboardModifier.NoModifier
    for repeat in range(repeats + 1):
        event = QKeyEvent(QEvent.Type.KeyPress, key, plain, "", repeat > 0)
        QApplication.sendEvent(view, event)


@pytest.mark.parametrize("cut", [False, True])
def test_closed_or_cut_in_the_middle_it_comes_again(
    begin: Begin, tmp_path: Path, cut: bool
) -> None:
    first = begin()
    QTest.mouseClick(view_of(first).skip, LEFT)
    let_go(first)
    again = begin(cut=cut)
    assert again.first is not None
    assert view_of(again).at == "enrol"


def test_enrolled_and_then_closed_it_comes_again_for_the_pin(
    begin: Begin, tmp_path: Path, qtbot: QtBot
) -> None:
    with running_centre(tmp_path / "centre") as centre:
        first = begin()
        code = centre.enrol_code(SITE)
        enrol_station(tmp_path / "home", centre.address, code)
        let_go(first)
        again = begin()
        assert again.first is not None, "nobody has been asked for a PIN yet"
        view = view_of(again)
        assert "登记" in view.enrol.note.text
        assert view.main.text() == "下一步"
        skip_all(view)
        QTest.mouseClick(view.pin.pad.back, LEFT)
        qtbot.waitUntil(lambda: again.is_ready, timeout=20_000)
        let_go(again)
        assert begin().first is None


def test_enter_held_down_is_one_step_and_escape_held_down_one_back(begin: Begin) -> None:
    view = view_of(begin())
    view.go("screens")
    hold(view, Qt.Key.Key_Return)
    assert view.at == "sound"
    view.go("print")
    hold(view, Qt.Key.Key_Escape)
    assert view.at == "sound"


def test_another_language_keeps_what_was_done_and_the_place(begin: Begin, qtbot: QtBot) -> None:
    program = begin()
    before = view_of(program)
    QTest.mouseClick(before.skip, LEFT)
    QTest.mouseClick(before.main, LEFT)
    how = dict(before.how)
    assert (how["enrol"], how["screens"]) == (How.SKIPPED, How.DONE)
    QTest.mouseClick(before.language, LEFT)
    qtbot.waitUntil(lambda: view_of(program) is not before)
    assert view_of(program).how == how
    assert view_of(program).at == "sound"
    for _ in range(2):
        QTest.mouseClick(view_of(program).skip, LEFT)
    assert view_of(program).at_pin
    english = view_of(program)
    QTest.mouseClick(english.language, LEFT)
    qtbot.waitUntil(lambda: view_of(program) is not english)
    assert view_of(program).at_pin
    assert not view_of(program).foot.isVisible()
    speak("zh")


def test_while_the_centre_is_asked_nothing_leads_away_from_its_answer(
    begin: Begin, qtbot: QtBot
) -> None:
    view = view_of(begin())
    view.enrol.address.setText("http://127.0.0.1:9")
    view.enrol.code.setText("ABCD-EFGH-JKLM")
    QTest.mouseClick(view.main, LEFT)
    assert view.enrol.is_busy
    QTest.mouseClick(view.bar.parts[3], LEFT)
    assert view.at == "enrol"
    assert not view.language.isEnabled()
    qtbot.waitUntil(lambda: not view.enrol.is_busy, timeout=20_000)
    assert view.language.isEnabled()
    QTest.mouseClick(view.bar.parts[2], LEFT)
    assert view.at == "sound"


def test_the_voice_can_be_heard_beside_the_tone(begin: Begin) -> None:
    program = begin()
    view = view_of(program)
    view.go("sound")
    played: list[tuple[int, bool]] = []

    class Heard:
        def play(self, percent: int, _failed: Callable[[], None], *, voice: bool = False) -> None:
            played.append((percent, voice))

    view.sound._context = replace(view.sound._context, sound=Heard())
    view.sound.volume.setValue(55)
    assert view.sound.voice.words == "试听语音"
    QTest.mouseClick(view.sound.voice, LEFT)
    assert "签到成功" in view.sound.note.text
    assert view.main.text() == "听到了，下一步"
    QTest.mouseClick(view.sound.again, LEFT)
    assert played == [(55, True), (55, False)]
    assert sound_file(SignInResult.SUCCESS, voice=True).is_file()


def test_the_voice_is_said_by_the_player_that_plays_courses(begin: Begin, qtbot: QtBot) -> None:
    program = begin()
    assert program.first is not None
    view = view_of(program)
    view.go("sound")
    QTest.mouseClick(view.sound.voice, LEFT)
    cinema = program.first.tone._cinema
    assert cinema is not None
    qtbot.waitUntil(lambda: cinema.player.position_ms() > 0, timeout=20_000)
    assert "K-160" not in view.sound.note.text


def test_a_player_that_fails_after_the_language_was_changed_harms_nobody(
    begin: Begin, qtbot: QtBot
) -> None:
    program = begin()
    before = view_of(program)
    before.go("sound")
    failing: list[Callable[[], None]] = []

    class Late:
        def play(self, _percent: int, failed: Callable[[], None], *, voice: bool = False) -> None:
            del voice
            failing.append(failed)

    before.sound._context = replace(before.sound._context, sound=Late())
    QTest.mouseClick(before.main, LEFT)
    with qtbot.waitSignal(before.destroyed):
        QTest.mouseClick(before.language, LEFT)
    failing[0]()
    speak("zh")
