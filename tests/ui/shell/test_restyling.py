"""A new theme or language while the program runs: what nobody sees is not restyled, a film goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.words import say, speak
from tests.support.stations import station_at
from tests.ui.audience.test_placement import PluggedScreens
from tests.ui.operator_driver import Stand
from tests.ui.programs import let_go
from ui.pages.settings.view import SettingsPage
from ui.shell.application import Application
from ui.state.page_names import PageName
from ui.state.preferences import Preferences
from ui.theme import look
from ui.theme.qt_words import speak_qt
from ui.theme.tokens import InterfaceSize, Theme


@pytest.fixture
def program(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Application]:
    speak("zh")
    with station_at(tmp_path / "home"):
        pass
    plain = Preferences(size="standard")
    made = Application(qapp, tmp_path / "home", plain, PluggedScreens(), windowed=False)
    made.start()
    qtbot.waitUntil(lambda: made.is_ready and made.window.has_all_pages, timeout=30_000)
    yield made
    let_go(made, quietly=True)
    speak("zh")
    look.apply_look(qapp)


def test_only_what_is_made_anew_gets_the_new_look(
    program: Application, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = program.window
    window.go(PageName.SETTINGS)
    restyled: list[int] = []

    def parts() -> int:
        return len([one for one in qapp.allWidgets() if one.window() in (window, program.audience)])

    put_on = look.apply_look

    def counted(*told: object, **more: object) -> None:
        restyled.append(parts())
        put_on(*told, **more)  # type: ignore[arg-type]  # as the caller gave it

    monkeypatch.setattr(look, "apply_look", counted)
    standing = parts()
    program.preferences.choose(replace(program.preferences.read(), theme="dark"))
    qtbot.waitUntil(lambda: look.theme() is Theme.DARK, timeout=30_000)
    qtbot.waitUntil(lambda: window.updatesEnabled() and window.has_all_pages, timeout=30_000)
    assert restyled == [min(restyled)], "once for one choice"
    assert restyled[0] * 5 < standing
    assert window.place is PageName.SETTINGS
    assert window.pages[PageName.SETTINGS].isVisible()


def test_every_window_speaks_the_new_language(program: Application, qtbot: QtBot) -> None:
    before = program.member
    program.window.go(PageName.SETTINGS)
    program.preferences.choose(replace(program.preferences.read(), language="en"))
    qtbot.waitUntil(
        lambda: program.window.rail.help_item.accessibleName() == "Help", timeout=30_000
    )
    assert program.member is not before
    assert program.member.chip.text == say("member.chip_closed")


def test_the_few_words_of_qt_itself_are_in_the_language_too(qapp: QApplication) -> None:
    speak_qt(qapp, "zh")
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"
    assert qapp.translate("QPrintDialog", "Print") == "打印"
    speak_qt(qapp, "en")
    assert qapp.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_two_choices_at_once_make_the_window_anew_once(program: Application, qtbot: QtBot) -> None:
    choose, read = program.preferences.choose, program.preferences.read
    choose(replace(read(), language="en"))
    choose(replace(read(), theme="dark"))
    qtbot.waitUntil(
        lambda: program.window.rail.help_item.accessibleName() == "Help", timeout=30_000
    )
    assert look.theme() is Theme.DARK
    qtbot.waitUntil(
        lambda: program.window.updatesEnabled() and program.window.has_all_pages, timeout=30_000
    )


def test_no_page_is_built_ahead_while_a_course_plays(stand: Stand) -> None:
    window = stand.open_window()
    stand.playback.state = replace(stand.playback.state, playing=True)
    window._build_one_more()
    assert [place for place, _page in window.pages.standing()] == [PageName.TODAY]
    stand.playback.state = replace(stand.playback.state, playing=False)
    window._build_one_more()
    assert len(window.pages.standing()) == 2


def test_a_size_that_would_change_nothing_is_not_offered(stand: Stand, qapp: QApplication) -> None:
    look.apply_look(qapp, width=1366, lines=768)
    window = stand.open_window()
    page = cast("SettingsPage", window.pages[PageName.SETTINGS])
    assert list(page.size_row.choice.buttons) == ["standard", "large"]
    look.apply_look(qapp)


def test_the_columns_follow_the_window_and_not_the_screen(
    program: Application, qtbot: QtBot
) -> None:
    window = program.window

    def columns_at(width: int, *, wide: bool) -> int:
        window.showNormal()
        window.resize(width, 900)
        qtbot.waitUntil(lambda: look.is_wide() is wide, timeout=30_000)
        qtbot.waitUntil(lambda: window.updatesEnabled(), timeout=30_000)
        page = cast("SettingsPage", window.pages[PageName.SETTINGS])
        return len({one.mapTo(page, one.rect().topLeft()).x() for one in page.sections})

    window.go(PageName.SETTINGS)
    assert InterfaceSize.STANDARD.factor_on(1590, 900) == look.factor()
    assert columns_at(1590, wide=True) == 3
    assert columns_at(1480, wide=False) == 2
    assert look.factor() == 1.0, "the letters are as large as before"
