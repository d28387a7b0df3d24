"""The look that tests of the screens begin with."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui.theme import look
from ui.theme.tokens import InterfaceSize

_worn: list[object] = []


def wear_standard_look(app: QApplication) -> None:
    """Wear the standard size and the light theme; nothing is done where they are worn already,
    because Qt gives its look to every widget there is at each call."""
    if _worn != [_in_use(app)]:
        look.apply_look(app, InterfaceSize.STANDARD)
        _worn[:] = [_in_use(app)]


def _in_use(app: QApplication) -> object:
    named = look.interface_size(), look.sizes_offered(), look.is_wide(), look.worn_now()
    return *named, app.styleSheet()
