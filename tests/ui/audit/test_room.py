"""What the room sees, in every scene, on every shape of projector, for near and far back rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.words import speak
from tests.ui.audit.measuring.faults import room_floors
from tests.ui.audit.measuring.screen import room_faults
from tests.ui.audit.measuring.space import LEGIBLE_MINUTES, arc_minutes
from tests.ui.audit.measuring.words import drawn_words
from tests.ui.audit.states import settled
from ui.audience.distance import FAR, NEAR, row_factor
from ui.audience.picture.samples import every_scene
from ui.audience.stage import PaintedRoom
from ui.audience.state import RoomShows

AWAY = (4.0, NEAR, 8.0, FAR)
"""Image heights from the screen to the last row."""
FORMS = [(1024, 768), (1280, 800), (1920, 1080), (3840, 2160)]
OTHERS = (RoomShows.PLAY, RoomShows.BLACK, RoomShows.SIGN_IN, RoomShows.HANDOUT)
"""Widgets from outside, which have floors of their own, plain black, and pages others have drawn."""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height"), FORMS)
def test_no_scene_of_the_room_has_a_fault(
    qtbot: QtBot, qapp: QApplication, language: str, width: int, height: int
) -> None:
    speak(language)
    found: list[str] = []
    room = PaintedRoom()
    qtbot.addWidget(room)
    room.resize(width, height)
    room.show()
    for name, state in every_scene():
        if state.shows in OTHERS:
            continue
        room.show_state(state)
        settled(qapp)
        floors = room_floors(height, state.row_factor)
        found += [f"{name}: {fault}" for fault in room_faults(room, floors)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("away", AWAY)
def test_every_word_of_every_scene_is_legible_at_the_last_row(
    qtbot: QtBot, qapp: QApplication, language: str, away: float
) -> None:
    speak(language)
    lines = 1080
    room = PaintedRoom()
    qtbot.addWidget(room)
    room.resize(1920, lines)
    room.show()
    small: list[str] = []
    for name, state in every_scene():
        if state.shows in OTHERS:
            continue
        room.show_state(replace(state, row_factor=row_factor(away, 1.0)))
        settled(qapp)
        for word in drawn_words(room):
            minutes = arc_minutes(word.px, lines, picture_m=1.0, last_row_m=away)
            if minutes < LEGIBLE_MINUTES:
                small.append(f"{name}: {word.text[:20]} {word.px:.0f} px, {minutes:.1f}′")
    assert not small, "\n".join(small)
