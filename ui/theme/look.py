"""The look in use: interface size and faces, chosen once and changeable at any time.

GUI thread only. Whoever paints by hand asks here; whoever uses stock widgets gets
everything from the stylesheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import tokens
from ui.theme.build_qss import build_qss
from ui.theme.files import resource
from ui.theme.fonts import face, load_fonts
from ui.theme.tokens import InterfaceSize, Theme, sizes_on


@dataclass(slots=True)
class _LookInUse:
    size: InterfaceSize = InterfaceSize.STANDARD
    factor: float = 1.0
    wide: bool = False
    offered: tuple[InterfaceSize, ...] = tuple(InterfaceSize)
    theme: Theme = Theme.LIGHT
    own: bool = False
    families: tuple[str, ...] | None = None


_chosen = _LookInUse()


def apply_look(
    app: QApplication,
    size: InterfaceSize = InterfaceSize.STANDARD,
    *,
    width: int = 0,
    lines: int = 0,
    theme: Theme = Theme.LIGHT,
) -> None:
    """Give the whole program its look; call again to change the interface size.

    ``width`` and ``lines`` are the operator's window in logical px (0: not known): on a large one
    everything grows, a low one can't hold the largest size, and nothing is ever cut. What stands
    is given the look too, and that is slow: let go first what is to be made anew.
    """
    _chosen.size = size
    _chosen.theme = theme
    _chosen.factor, _chosen.offered, _chosen.wide = _in_window(size, width, lines)
    if not app.styleSheet():
        app.setStyle("Fusion")
    app.setFont(font(tokens.OPERATOR.body * _chosen.factor))
    app.setPalette(_palette())
    tick = resource("icons", "check_white.svg").as_posix()
    app.setStyleSheet(build_qss(_chosen.factor, tick, tokens.WORN[theme], tokens.BORDERS[theme]))


def suits(size: InterfaceSize, width: int, lines: int) -> bool:
    """Whether a window of this size would be given what is in use."""
    return _in_window(size, width, lines) == (_chosen.factor, _chosen.offered, _chosen.wide)


def theme() -> Theme:
    """How the screens are lit now."""
    return _chosen.theme


def worn(colour: str) -> str:
    """What a colour of the tokens is in the theme in use."""
    return colour if _chosen.own else tokens.WORN[_chosen.theme].get(colour, colour)


def ink(colour: str) -> QColor:
    """The same to paint with."""
    return QColor(worn(colour))


def border_px(wished: float) -> float:
    """A border of at least what the theme asks for."""
    return wished if _chosen.own else max(wished, tokens.BORDERS[_chosen.theme])


def is_own() -> bool:
    """Whether a picture of the room is being painted, in its own colours."""
    return _chosen.own


def worn_now() -> tuple[Theme, float]:
    """What decides how anything painted looks, besides its own words and size."""
    return _chosen.theme, _chosen.factor


@contextmanager
def own_colours() -> Iterator[None]:
    """While a picture of the room is painted: it brings its own colours, lit or dark."""
    before, _chosen.own = _chosen.own, True
    try:
        yield
    finally:
        _chosen.own = before


def interface_size() -> InterfaceSize:
    """The size in use."""
    return _chosen.size


def sizes_offered() -> tuple[InterfaceSize, ...]:
    """The sizes that can be told apart in the operator's window, smallest first."""
    return _chosen.offered


def is_wide() -> bool:
    """Whether the operator's window has room for a third column."""
    return _chosen.wide


def size_shown() -> InterfaceSize:
    """The one of them that is in use: the largest where a larger one was wished."""
    return min(_chosen.size, _chosen.offered[-1], key=tuple(InterfaceSize).index)


def following_size() -> InterfaceSize:
    """The next of them, round and round: what one button for the size chooses."""
    sizes = _chosen.offered
    return sizes[(sizes.index(size_shown()) + 1) % len(sizes)]


def scaled(px: float) -> int:
    """A design size (logical px at 100 %) in the interface size in use."""
    return round(px * _chosen.factor)


def factor() -> float:
    """What design sizes of the operator's window are multiplied with."""
    return _chosen.factor


def font(px: float, weight: int = 400) -> QFont:
    """The program's face in ``px`` logical pixels, not scaled any more."""
    if _chosen.families is None:
        _chosen.families = load_fonts()
    return face(_chosen.families, px, weight)


def set_role(widget: QWidget, role: str) -> None:
    """Say what a widget is, for the stylesheet; may be changed while it is shown."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        repolish(widget)


def repolish(widget: QWidget) -> None:
    """Have the stylesheet look at a widget's properties again."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.updateGeometry()
    widget.update()


def _in_window(
    size: InterfaceSize, width: int, lines: int
) -> tuple[float, tuple[InterfaceSize, ...], bool]:
    """All that a window's size decides: how large, what can be chosen, whether a third column."""
    factor = size.factor_on(width, lines)
    return factor, sizes_on(width, lines), width >= tokens.WIDE * factor


def _palette() -> QPalette:
    palette = QPalette()
    for part, colour in (
        (QPalette.ColorRole.Window, tokens.PAPER),
        (QPalette.ColorRole.Base, tokens.CARD),
        (QPalette.ColorRole.AlternateBase, tokens.PAPER),
        (QPalette.ColorRole.Button, tokens.CARD),
        (QPalette.ColorRole.WindowText, tokens.INK),
        (QPalette.ColorRole.Text, tokens.INK),
        (QPalette.ColorRole.ButtonText, tokens.INK),
        (QPalette.ColorRole.PlaceholderText, tokens.INK2),
        (QPalette.ColorRole.Highlight, tokens.PINE),
        (QPalette.ColorRole.HighlightedText, tokens.CARD),
        (QPalette.ColorRole.Link, tokens.INDIGO),
        (QPalette.ColorRole.ToolTipBase, tokens.CARD),
        (QPalette.ColorRole.ToolTipText, tokens.INK),
    ):
        palette.setColor(part, ink(colour))
    return palette
