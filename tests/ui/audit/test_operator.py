"""The operator's window in every state of a session, at every size and in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.words import speak
from tests.support.stations import station_at
from tests.ui.audit.measuring.faults import operator_floors
from tests.ui.audit.measuring.screen import screen_faults
from tests.ui.audit.states import furnish, settled, whole_session
from tests.ui.operator_driver import stand_at
from ui.audience.mirror import StageMirror
from ui.theme import look
from ui.theme.tokens import InterfaceSize, Theme

FORMS = [
    (960, 600, InterfaceSize.STANDARD),
    (1600, 600, InterfaceSize.STANDARD),
    (1366, 768, InterfaceSize.STANDARD),
    (1366, 768, InterfaceSize.LARGE),
    (1920, 1080, InterfaceSize.STANDARD),
    (1920, 1080, InterfaceSize.LARGE),
    (1920, 1080, InterfaceSize.LARGEST),
    (2560, 1440, InterfaceSize.STANDARD),
    (2560, 1440, InterfaceSize.LARGE),
]
"""On 768 lines the largest size is the large one, so it is not walked twice (see below)."""
NARROW, WIDER_STATES = 1_000, ("books-", "roster-person")
"""In a window narrower than this, smaller than any station's screen, forms and a person's own page
are not held to it yet."""
PICTURES = (StageMirror,)
"""The small picture of the room is held to its floors where the room sees it."""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height", "size"), FORMS)
def test_no_state_of_the_operators_window_has_a_fault(
    tmp_path: Path, qapp: QApplication, language: str, width: int, height: int, size: InterfaceSize
) -> None:
    found = _faults(tmp_path, qapp, language, (width, height), size, Theme.LIGHT)
    assert not found, found


@pytest.mark.parametrize("theme", [Theme.DARK, Theme.STARK])
def test_no_state_has_a_fault_in_a_dark_window_or_in_high_contrast(
    tmp_path: Path, qapp: QApplication, theme: Theme
) -> None:
    found = _faults(tmp_path, qapp, "zh", (1366, 768), InterfaceSize.LARGE, theme)
    assert not found, found


def _faults(
    tmp_path: Path,
    qapp: QApplication,
    language: str,
    screen: tuple[int, int],
    size: InterfaceSize,
    theme: Theme,
) -> str:
    """Everything found in one walk through a session, a line each."""
    width, height = screen
    speak(language)
    look.apply_look(qapp, size, width=width, lines=height, theme=theme)
    found: list[str] = []
    ringed: set[str] = set()
    with station_at(tmp_path / "home") as opened:
        stand = stand_at(opened)
        furnish(stand, tmp_path)
        window = stand.open_window(width=width, height=height)
        window.activateWindow()
        try:
            for state in whole_session(stand, window):
                settled(qapp)
                if width < NARROW and state.startswith(WIDER_STATES):
                    continue
                if not window.isActiveWindow():
                    found.append(f"{state}: something else came to the front")
                    window.activateWindow()
                if (window.width(), window.height()) != (width, height):
                    found.append(f"{state}: the window grew to {window.size().toTuple()}")
                    window.resize(width, height)
                faults = screen_faults(window, operator_floors(look.factor()), ringed, PICTURES)
                found += [f"{state}: {fault}" for fault in faults]
        finally:
            stand.close()
            speak("zh")
            look.apply_look(qapp, InterfaceSize.STANDARD)
    return "\n".join(found)
