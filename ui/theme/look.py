"""The look in use: interface size and faces, chosen once and changeable at any time.

GUI thread only. Whoever paints by hand asks here; whoever uses stock widgets gets
everything from the stylesheet.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import tokens
from ui.theme.build_qss import build_qss
from ui.theme.files import resource
from ui.theme.fonts import face, load_fonts
from ui.theme.tokens import InterfaceSize


@dataclass(slots=True)
class _Chosen:
    size: InterfaceSize = InterfaceSize.STANDARD
    families: tuple[str, ...] | None = None


_chosen = _Chosen()


def apply_look(app: QApplication, size: InterfaceSize = InterfaceSize.STANDARD) -> None:
    """Give the whole program its look; call again to change the interface size."""
    _chosen.size = size
    app.setStyle("Fusion")
    app.setFont(font(tokens.OPERATOR.body * size.factor))
    app.setPalette(_palette())
    app.setStyleSheet(build_qss(size.factor, resource("icons", "check_white.svg").as_posix()))


def interface_size() -> InterfaceSize:
    """The size in use."""
    return _chosen.size


def scaled(px: float) -> int:
    """A design size (logical px at 100 %) in the interface size in use."""
    return round(px * _chosen.size.factor)


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
        palette.setColor(part, QColor(colour))
    return palette
