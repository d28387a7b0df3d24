"""The preparation page: what is checked of the sound, and trying it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.bootstrap import OpenStation
from app.domain.ids import PlanId
from app.words import say
from tests.ui.operator_driver import Stand
from ui.pages.prepare.view import CheckLine, PreparePage
from ui.state.page_names import PageName


def test_it_says_when_nobody_would_hear_anything_and_tries_the_sound(
    stand: Stand, opened: OpenStation
) -> None:
    window = stand.open_window()
    stand.room.show(opened.station.sessions.prepare(PlanId("plan1")))
    window.go(PageName.PREPARE)
    page = window.pages[PageName.PREPARE]
    assert isinstance(page, PreparePage)
    QTest.mouseClick(page.sound, Qt.MouseButton.LeftButton)
    assert (stand.sounds, stand.said) == (1, say("op.prepare.hear"))
    stand.choices = replace(stand.choices, volume=0)
    page.presenter.load()
    told = [one.key for one in page.presenter.state.checks if not one.good]
    assert "check.sound" in told
    lines = cast("list[CheckLine]", page.checks.findChildren(CheckLine))
    assert say("op.check.sound.bad") in [one.accessibleName() for one in lines]
    QTest.mouseClick(page.sound, Qt.MouseButton.LeftButton)
    assert (stand.sounds, stand.said) == (1, say("op.check.sound.bad"))
