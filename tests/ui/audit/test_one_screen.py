"""The touch bar, the idle tiles and the call for help in every state, at every size and language."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.words import speak
from tests.ui.audit.measuring.faults import Kind, member_floors
from tests.ui.audit.measuring.screen import screen_faults
from tests.ui.audit.one_screen import Overlays
from tests.ui.audit.states import settled
from ui.theme import look
from ui.theme.tokens import InterfaceSize, Theme

PITCH_MM = 0.252
LOOKS = [
    *((theme, 1366, 768) for theme in Theme),
    (Theme.LIGHT, 1024, 768),
    (Theme.LIGHT, 1920, 1080),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", list(InterfaceSize))
def test_nothing_over_the_picture_of_one_screen_has_a_fault(
    qapp: QApplication, qtbot: QtBot, language: str, size: InterfaceSize
) -> None:
    speak(language)
    found: list[str] = []
    floors = member_floors(PITCH_MM, text=20)
    for theme, wide, high in LOOKS:
        look.apply_look(qapp, size, lines=high, theme=theme)
        over = Overlays()
        qtbot.addWidget(over.screen)
        for name, part in over.walk(wide, high):
            settled(qapp)
            # None of them takes the keyboard: there is no ring and no order to walk in.
            held = screen_faults(part, floors, set())
            faults = [one for one in held if one.kind is not Kind.RINGLESS]
            found += [f"{name} {wide} {theme.value}: {fault}" for fault in faults]
        over.screen.close()
    assert not found, "\n".join(found)
