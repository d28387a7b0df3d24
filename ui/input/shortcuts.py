"""What each key means on which page: one table for keyboard and clicker (no letter is a trap).

Plain letters are commands on the play page, and a clicker's black key on the discussion page;
wherever a text field has the focus, keys that write belong to it.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt

from ui.state.page_names import PageName

Key = Qt.Key
Modifier = Qt.KeyboardModifier


class Shortcut(Enum):
    """What a key asks for."""

    MAIN = auto()
    BACK_10 = auto()
    ON_10 = auto()
    BACK_3 = auto()
    ON_3 = auto()
    BACK_60 = auto()
    ON_60 = auto()
    LOUDER = auto()
    SOFTER = auto()
    PAGE_ON = auto()
    PAGE_BACK = auto()
    ESCAPE = auto()
    BLACK = auto()
    FREEZE = auto()
    SECOND_SCREEN = auto()
    MUTE = auto()
    SUBTITLES = auto()
    SLOWER = auto()
    FASTER = auto()
    NORMAL_RATE = auto()
    UNDO_SEEK = auto()
    UNDO_MARK = auto()
    SEARCH = auto()
    HELP = auto()
    DRAWER = auto()
    PRESS = auto()
    """Enter on a button that has the focus."""
    NOTHING = auto()
    """Swallowed: the key must not press what happens to have the focus."""


REPEATED = frozenset(
    {
        Shortcut.BACK_10,
        Shortcut.ON_10,
        Shortcut.BACK_3,
        Shortcut.ON_3,
        Shortcut.BACK_60,
        Shortcut.ON_60,
        Shortcut.LOUDER,
        Shortcut.SOFTER,
    }
)
"""What goes on while a key is held down; of every other act one press is one."""


_ANYWHERE: dict[tuple[Qt.Key, Qt.KeyboardModifier], Shortcut] = {
    (Key.Key_F1, Modifier.NoModifier): Shortcut.HELP,
    (Key.Key_F11, Modifier.NoModifier): Shortcut.SECOND_SCREEN,
    (Key.Key_F5, Modifier.NoModifier): Shortcut.MAIN,
    (Key.Key_Escape, Modifier.NoModifier): Shortcut.ESCAPE,
    (Key.Key_Z, Modifier.ControlModifier): Shortcut.UNDO_MARK,
    (Key.Key_F, Modifier.ControlModifier): Shortcut.SEARCH,
    (Key.Key_MediaPlay, Modifier.NoModifier): Shortcut.MAIN,
    (Key.Key_MediaTogglePlayPause, Modifier.NoModifier): Shortcut.MAIN,
}

_PLAYING: dict[tuple[Qt.Key, Qt.KeyboardModifier], Shortcut] = {
    (Key.Key_F2, Modifier.NoModifier): Shortcut.DRAWER,
    (Key.Key_PageDown, Modifier.NoModifier): Shortcut.PAGE_ON,
    (Key.Key_PageUp, Modifier.NoModifier): Shortcut.PAGE_BACK,
}

_DISCUSSING: dict[tuple[Qt.Key, Qt.KeyboardModifier], Shortcut] = {
    (Key.Key_PageDown, Modifier.NoModifier): Shortcut.PAGE_ON,
    (Key.Key_PageUp, Modifier.NoModifier): Shortcut.PAGE_BACK,
}
"""A clicker turns a handout's pages though somebody writes notes."""

_DISCUSSING_NOT_TYPING: dict[tuple[Qt.Key, Qt.KeyboardModifier], Shortcut] = {
    (Key.Key_Period, Modifier.NoModifier): Shortcut.BLACK,
    (Key.Key_B, Modifier.NoModifier): Shortcut.BLACK,
}

_PLAYING_NOT_TYPING: dict[tuple[Qt.Key, Qt.KeyboardModifier], Shortcut] = {
    (Key.Key_Space, Modifier.NoModifier): Shortcut.MAIN,
    (Key.Key_Left, Modifier.NoModifier): Shortcut.BACK_10,
    (Key.Key_Right, Modifier.NoModifier): Shortcut.ON_10,
    (Key.Key_Left, Modifier.ShiftModifier): Shortcut.BACK_3,
    (Key.Key_Right, Modifier.ShiftModifier): Shortcut.ON_3,
    (Key.Key_Left, Modifier.ControlModifier): Shortcut.BACK_60,
    (Key.Key_Right, Modifier.ControlModifier): Shortcut.ON_60,
    (Key.Key_Up, Modifier.NoModifier): Shortcut.LOUDER,
    (Key.Key_Down, Modifier.NoModifier): Shortcut.SOFTER,
    (Key.Key_Up, Modifier.ControlModifier): Shortcut.LOUDER,
    (Key.Key_Down, Modifier.ControlModifier): Shortcut.SOFTER,
    (Key.Key_Period, Modifier.NoModifier): Shortcut.BLACK,
    (Key.Key_B, Modifier.NoModifier): Shortcut.BLACK,
    (Key.Key_F, Modifier.NoModifier): Shortcut.FREEZE,
    (Key.Key_M, Modifier.NoModifier): Shortcut.MUTE,
    (Key.Key_V, Modifier.NoModifier): Shortcut.SUBTITLES,
    (Key.Key_BracketLeft, Modifier.NoModifier): Shortcut.SLOWER,
    (Key.Key_BracketRight, Modifier.NoModifier): Shortcut.FASTER,
    (Key.Key_Equal, Modifier.NoModifier): Shortcut.NORMAL_RATE,
    (Key.Key_Backspace, Modifier.NoModifier): Shortcut.UNDO_SEEK,
}

_ALWAYS = {PageName.PLAY: _PLAYING, PageName.DISCUSS: _DISCUSSING}
_NOT_TYPING = {PageName.PLAY: _PLAYING_NOT_TYPING, PageName.DISCUSS: _DISCUSSING_NOT_TYPING}


def act_of(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, place: PageName, *, typing: bool
) -> Shortcut | None:
    """The act a key asks for on a page, or None: the key belongs to the widget."""
    plain = modifiers & ~Modifier.KeypadModifier
    pressed = (key, plain)
    if pressed in _ANYWHERE:
        if typing and pressed[0] == Key.Key_Z:
            return None
        return _ANYWHERE[pressed]
    found = _ALWAYS.get(place, {}).get(pressed)
    if found is None and not typing:
        found = _NOT_TYPING.get(place, {}).get((key, plain & ~_shift_of(key)))
    if found is not None:
        return found
    if typing:
        return None
    if key in (Key.Key_Return, Key.Key_Enter):
        return Shortcut.PRESS
    if key == Key.Key_Space and place is PageName.ROLL_CALL:
        return Shortcut.NOTHING
    return None


def _shift_of(key: Qt.Key) -> Qt.KeyboardModifier:
    """Shift belongs to capital letters (Caps Lock, a clicker's "B") but not to arrows."""
    if Key.Key_A <= key <= Key.Key_Z:
        return Modifier.ShiftModifier
    return Modifier.NoModifier
