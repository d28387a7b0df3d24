"""Every sentence of the sending page is whole, whatever keeps the record from the centre."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import OpenStation
from app.usecases.views import SyncState, SyncView
from app.words import speak
from tests.ui.operator_driver import Stand
from tests.ui.pages.test_sending import DAY_MS, FORMS, REASONS, two_sessions
from ui.pages.sending.view import SendingPage
from ui.state.page_names import PageName
from ui.theme import look
from ui.theme.tokens import InterfaceSize


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height", "size"), FORMS)
def test_every_sentence_of_the_page_is_whole_whatever_the_reason(
    stand: Stand,
    opened: OpenStation,
    qapp: QApplication,
    language: str,
    width: int,
    height: int,
    size: InterfaceSize,
) -> None:
    two_sessions(opened)
    speak(language)
    look.apply_look(qapp, size)
    window = stand.open_window(width=width, height=height)
    window.go(PageName.SENDING)
    page = window.pages[PageName.SENDING]
    assert isinstance(page, SendingPage)
    base = SyncView(SyncState.WAITING, 12_345, 12_001, 1_795_400_000_000, next_try_s=1_795)
    faults = []
    for reason in REASONS:
        view = replace(base, reason=reason, understood=11_800, agreed=False)
        page.render_state(
            replace(page.presenter.state, sync=view, now_ms=1_795_400_000_000 + DAY_MS * 40)
        )
        for _ in range(3):
            qapp.processEvents()
        faults += [f"{reason}: {fault}" for fault in _cut(page)]
        assert (window.width(), window.height()) == (width, height), reason
    assert faults == []
    look.apply_look(qapp, InterfaceSize.STANDARD)


def _cut(page: SendingPage) -> list[str]:
    found = []
    parts: list[QWidget] = [page.reason, page.safe]
    for part in parts:
        if part.isVisible() and part.height() < part.heightForWidth(part.width()) - 1:
            found.append(f"a sentence needs {part.heightForWidth(part.width())} px")
    for shown in (page.last.value, page.next.value):
        fitted = shown.fitted()
        if not fitted.whole or fitted.px < round(18 * look.interface_size().factor):
            found.append(f"{shown.text} at {fitted.px} px")
    return found
