"""A roster's spreadsheet: which file, and what it would change before anything is done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.words import language, say
from ui.handouts.controller import HandoutController
from ui.pages.roster.presenter import RosterPresenter
from ui.pages.roster.state import RosterState
from ui.parts.chooser.file_list import FileList
from ui.parts.layout import ScrollColumn, column, row, words
from ui.parts.overlay import wrap
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.panel import label

SHEETS = (".xlsx", ".xls", ".csv")


class FilePanel(QWidget):
    """Where the spreadsheet lies; nothing to choose from without a lane to look on."""

    def __init__(self, presenter: RosterPresenter, handouts: HandoutController | None) -> None:
        super().__init__()
        self.back = QuietButton(say("op.people.back"), icon="arrow_left")
        self.back.clicked.connect(presenter.go_back)
        self.list: FileList | None = None
        top = row(self.back, label(say("op.people.choose"), "title"), None)
        rows = column(top)
        if handouts is not None:
            self.list = FileList(handouts.look, handouts.sticks, SHEETS)
            self.list.chosen.connect(lambda path: presenter.read_file(Path(path)))
            rows.addWidget(self.list, 1)
        else:
            rows.addStretch(1)
        self.setLayout(rows)

    def begin(self) -> None:
        """Look where there may be files."""
        if self.list is not None:
            self.list.begin()


class SheetPanel(QWidget):
    """The dry run in words, and the one act."""

    def __init__(self, presenter: RosterPresenter) -> None:
        super().__init__()
        self.back = QuietButton(say("op.people.back"), icon="arrow_left")
        self.take = PrimaryButton(say("op.people.take"), icon="check")
        self.told = words("", "section")
        self.open_rows = words("", "body")
        self.lines = ScrollColumn()
        self.back.clicked.connect(presenter.go_back)
        self.take.clicked.connect(presenter.take_sheet)
        rows = column(
            row(self.back, label(say("op.people.import"), "title"), None),
            self.told,
            self.open_rows,
            self.lines,
            row(self.take, None),
        )
        rows.setStretch(3, 1)
        self.setLayout(rows)

    def render_state(self, state: RosterState) -> None:
        """Show what the sheet would change."""
        from app.rosters import words as roster_words  # with the first sheet
        from app.rosters.telling import as_lines

        sheet = state.sheet
        if sheet is None:
            return
        outcome = sheet.outcome
        self.told.setText(
            say(
                "op.people.would",
                file=sheet.file.name,
                added=len(outcome.added),
                changed=len(outcome.changed),
                stopped=len(outcome.deactivated),
                unchanged=outcome.unchanged,
            )
        )
        left = sheet.left_out
        self.open_rows.setText(say("op.people.open_rows", count=left) if left else "")
        self.open_rows.setVisible(bool(left))
        roster_words.speak(language())
        told = as_lines(outcome, left_out=True)[1:]
        lines = tuple(words(one) for one in told)
        for one in lines:
            wrap(one, self.width())
        self.lines.show_parts(lines)
