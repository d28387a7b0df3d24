"""The look and language of these screens in tests."""

from __future__ import annotations

import os

import pytest
from PySide6.QtWidgets import QApplication

from app.words import speak
from tests.ui.standard_look import wear_standard_look

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    speak("zh")
    wear_standard_look(qapp)
