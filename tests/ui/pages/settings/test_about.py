"""The version and the licences of what is shipped, on the settings page."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.machine.version import VERSION
from tests.rules.looking import ROOT
from tests.ui.operator_driver import Stand
from ui.pages.settings.about_row import PARTS, TEXTS, LicenceSheet
from ui.pages.settings.view import SettingsPage
from ui.state.page_names import PageName
from ui.theme.files import resource


def opened(stand: Stand) -> LicenceSheet:
    window = stand.open_window()
    window.go(PageName.SETTINGS)
    page = cast("SettingsPage", window.pages[PageName.SETTINGS])
    assert VERSION in page.about.version.text()
    page.about.licences.click()
    assert page.about.sheet is not None
    return page.about.sheet


def test_the_licences_of_all_parts_are_listed_and_their_texts_can_be_read(stand: Stand) -> None:
    sheet = opened(stand)
    assert sheet.isVisible()
    assert sheet.parts.isVisible()
    for name in TEXTS:
        sheet.texts.buttons[name].click()
        assert sheet.text.isVisible()
        assert not sheet.parts.isVisible()
        assert len(sheet.text.toPlainText()) > 4_000
    sheet.texts.buttons[""].click()
    assert sheet.parts.isVisible()
    QTest.keyClick(stand.shown_window(), Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_what_is_listed_is_what_the_page_of_licences_says() -> None:
    said = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    for names, _licence in PARTS:
        for name in names.split(", "):
            assert name.split(" (")[0] in said, name
    for name in TEXTS:
        text = resource("licences", f"{name}.txt").read_text(encoding="utf-8")
        title = {"LGPL": "LESSER GENERAL PUBLIC", "GPL": "GENERAL PUBLIC", "OFL": "SIL OPEN FONT"}
        assert title.get(name.split("-")[0], "Apache License").lower() in text.lower()
