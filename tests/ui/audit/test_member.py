"""The member's sign-in screen in every state, whole and as a drawer, at every size and language."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.words import speak
from tests.support.stations import station_at
from tests.ui.audit.measuring.faults import member_floors
from tests.ui.audit.measuring.screen import screen_faults
from tests.ui.audit.states import member_states, settled
from tests.ui.pages.member_sign_in.driver import SITE, JobsAtOnce, RecordingHost, opened
from ui.pages.member_sign_in.view import MemberSignInView
from ui.theme import look
from ui.theme.tokens import InterfaceSize

LAPTOP_MM, DESKTOP_MM = 0.252, 0.2745
"""Pitch of 15.6″ with 1366 px across, and of 23.8″ with 1920."""
SCREENS = [(1366, 768, LAPTOP_MM), (1920, 1080, DESKTOP_MM)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", list(InterfaceSize))
@pytest.mark.parametrize(("width", "height", "pitch_mm"), SCREENS)
def test_no_state_of_the_sign_in_screen_has_a_fault(
    tmp_path: Path,
    qapp: QApplication,
    qtbot: QtBot,
    language: str,
    size: InterfaceSize,
    width: int,
    height: int,
    pitch_mm: float,
) -> None:
    speak(language)
    look.apply_look(qapp, size, width=width, lines=height)
    found: list[str] = []
    ringed: set[str] = set()
    with station_at(tmp_path / "home") as at:
        view = MemberSignInView(
            at.station.attendance,
            JobsAtOnce(),
            RecordingHost(),
            pitch_mm=pitch_mm,
        )
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show()
        view.activateWindow()
        view.show_session(opened(at.station), SITE)
        for name, state in member_states():
            view.show_state(state)
            settled(qapp)
            faults = screen_faults(view, member_floors(pitch_mm), ringed)
            found += [f"{name}: {fault}" for fault in faults]
    assert not found, "\n".join(found)
