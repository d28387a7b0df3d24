"""Bringing drawn sheets to a printer or into a PDF file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from app.domain.errors import StationTrouble
from ui.printing.paper import Paper, set_a4

Draw = Callable[[Paper], None]

_DOTS_PER_INCH = 600


def pdf_of(draw: Draw, title: str, *, is_wide: bool = False) -> bytes:
    """The sheets as a PDF document; the first one on its side if it ``is_wide``."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setResolution(_DOTS_PER_INCH)
    set_a4(writer, is_wide=is_wide)
    painter = QPainter(writer)
    try:
        draw(Paper.on(painter, writer, _DOTS_PER_INCH))
    finally:
        painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def has_printer() -> bool:
    """Whether the system knows a printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def print_asking(parent: QWidget, draw: Draw, title: str, *, is_wide: bool = False) -> bool:
    """Ask for a printer with the system's own dialog and print; False when put away.

    Raises:
        StationTrouble: the printer takes nothing.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    set_a4(printer, is_wide=is_wide)
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    set_a4(printer, is_wide=is_wide)
    painter = QPainter()
    if not painter.begin(printer):
        raise StationTrouble("trouble.not_printed")
    try:
        draw(Paper.on(painter, printer, printer.resolution()))
    finally:
        painter.end()
    return True
