"""Which version runs here, and under which licences its parts are given on."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.machine.version import VERSION
from app.words import say
from ui.pages.settings.section import Section
from ui.parts.forms.fields import Choice
from ui.parts.layout import ScrollColumn, words
from ui.parts.overlay import CardOverlay
from ui.theme import look
from ui.theme.files import resource
from ui.widgets.buttons import SecondaryButton

PARTS = (
    ("Qt 6.8, PySide6, shiboken6", "LGPL-3.0"),
    ("libvlc, libvlccore (VLC 3.0), python-vlc", "LGPL-2.1-or-later"),
    ("FFmpeg", "LGPL-2.1-or-later / GPL-2.0-or-later"),
    ("Python 3", "PSF-2.0"),
    ("SQLAlchemy, alembic, Mako, pypinyin, platformdirs, pyrage", "MIT"),
    ("msgspec, zstandard, segno", "BSD-3-Clause"),
    ("cryptography, OpenSSL, pypdfium2, PDFium", "Apache-2.0 / BSD-3-Clause"),
    ("pysqlite3, SQLite", "zlib / public domain"),
    ("Yuanjiao Sans (Noto Sans CJK SC)", "OFL-1.1"),
    ("Kokoro-82M", "Apache-2.0"),
)
"""What is shipped, as in ``docs/licences.md``."""
TEXTS = ("LGPL-3", "LGPL-2.1", "GPL-3", "Apache-2.0", "OFL-1.1")
"""Whole texts in ``resources/licences``; the LGPL 3 is the GPL 3 with more permissions."""
LIBRARIES = {"toolkit": "Qt", "player": "libvlc (VLC)", "licence": "LGPL"}
WIDE_PX, HIGH_SHARE = 900, 0.62


class AboutRow(Section):
    """The version, and a button to the licences."""

    def __init__(self) -> None:
        super().__init__(say("about.title"))
        self.version = words(say("about.version", program=say("op.program"), version=VERSION))
        self.licences = SecondaryButton(say("about.licences"), icon="note")
        self.licences.clicked.connect(self._on_wanted)
        self.sheet: LicenceSheet | None = None
        self.rows.addWidget(self.version)
        self.rows.addWidget(self.licences)

    def _on_wanted(self) -> None:
        if self.sheet is None:
            self.sheet = LicenceSheet(self.window())
        self.sheet.open()


class LicenceSheet(CardOverlay):
    """What is shipped under which licence, and the whole texts one at a time."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title.setText(say("about.licences"))
        self.setAccessibleName(say("about.licences"))
        self.texts = Choice([("", say("about.parts")), *((one, one) for one in TEXTS)], columns=6)
        self.texts.chosen.connect(self.show_text)
        self.parts = ScrollColumn()
        own = (say("op.program"), "Apache-2.0")
        lines = (words(f"{name} – {licence}") for name, licence in (own, *PARTS))
        self.parts.show_parts((words(say("about.lgpl", **LIBRARIES)), *lines))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(say("about.licences"))
        for part in (self.texts, self.parts, self.text, self.close_button):
            self.rows.addWidget(part)

    def open(self) -> None:
        """Show the list of parts."""
        for part in (self.parts, self.text):
            part.setFixedHeight(round(self.window().height() * HIGH_SHARE) - look.scaled(120))
        self.texts.choose("")
        self.show_text("")
        self.open_wide(WIDE_PX, ())

    def show_text(self, name: str) -> None:
        """One whole text, or the list of parts for an empty name."""
        self.parts.setVisible(not name)
        self.text.setVisible(bool(name))
        if name:
            file = resource("licences", f"{name}.txt")
            self.text.setPlainText(file.read_text(encoding="utf-8"))
