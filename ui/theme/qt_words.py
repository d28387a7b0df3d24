"""The few words Qt says by itself – the system's print dialog, a field's menu – in our language."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from ui.theme.files import resource

_FILE = "qtbase_zh_CN.qm"
_kept: list[QTranslator] = []


def speak_qt(app: QApplication, language: str) -> None:
    """Qt's own words are English unless a translation is installed; GUI thread only."""
    while _kept:
        app.removeTranslator(_kept.pop())
    if language != "zh":
        return
    chinese = QTranslator(app)
    shipped = str(resource("translations"))
    if any(chinese.load(_FILE, folder) for folder in (shipped, _wheels())):
        app.installTranslator(chinese)
        _kept.append(chinese)


def _wheels() -> str:
    """Where PySide6 brings its translations."""
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
