"""From a small laptop to a 4K panel, whatever the system scales: Qt's own scaling is left alone."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.words import speak
from tests.ui.audit.measuring.faults import operator_floors
from tests.ui.audit.measuring.screen import screen_faults
from tests.ui.audit.states import settled
from tests.ui.operator_driver import Stand
from ui.audience.mirror import StageMirror
from ui.state.page_names import PageName
from ui.theme import look
from ui.theme.tokens import InterfaceSize


@pytest.mark.parametrize("place", [PageName.TODAY, PageName.ROSTER, PageName.SETTINGS])
def test_the_operators_window_fills_a_4k_screen_without_a_fault(
    stand: Stand, qapp: QApplication, place: PageName
) -> None:
    speak("zh")
    look.apply_look(qapp, InterfaceSize.LARGEST, lines=2160)
    try:
        window = stand.open_window(width=3840, height=2160)
        window.go(place)
        settled(qapp)
        assert (window.width(), window.height()) == (3840, 2160)
        faults = screen_faults(window, operator_floors(look.factor()), set(), (StageMirror,))
        assert not faults, faults
    finally:
        look.apply_look(qapp, InterfaceSize.STANDARD)


def test_each_screen_keeps_its_own_scale_to_the_fraction(qapp: QApplication) -> None:
    passed = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    assert qapp.highDpiScaleFactorRoundingPolicy() == passed
    assert not qapp.testAttribute(Qt.ApplicationAttribute.AA_Use96Dpi)
    assert "QT_ENABLE_HIGHDPI_SCALING" not in os.environ
