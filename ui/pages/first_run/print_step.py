"""Step four: one page on paper, or into a file where there is no printer."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrinterInfo

from app.words import say, say_error
from ui.pages.first_run.context import WizardContext
from ui.pages.first_run.step import SetupStep
from ui.parts.layout import words
from ui.printing.keeping import keep_file
from ui.printing.output import has_printer, pdf_of, print_asking
from ui.printing.paper import CENTRE, HEIGHT_MM, INNER_MM, MARGIN_MM, Paper
from ui.widgets.fit.button import FitButton

SIZES_MM = (3.5, 5.0, 7.0, 10.0)


def draw_test_page(paper: Paper) -> None:
    """A frame as wide as a sign-in sheet, and lines of several sizes."""
    paper.frame((MARGIN_MM, MARGIN_MM, INNER_MM, HEIGHT_MM - 2 * MARGIN_MM))
    title = say("first.page.title")
    paper.text((MARGIN_MM, 30, INNER_MM, 14), title, size=10, weight=700, align=CENTRE)
    inside, y = MARGIN_MM + 10, 56.0
    paper.paragraph((inside, y, INNER_MM - 20, 30), say("first.page.clear"), size=5)
    y += 26
    for size in SIZES_MM:
        words_there = say("first.page.sizes", mm=f"{size:g}")
        paper.text((inside, y, INNER_MM - 20, size * 1.6), words_there, size=size)
        y += size * 1.6 + 6
    paper.line(inside, y, inside + INNER_MM - 20, y)
    paper.frame((inside, y + 6, 40, 20), tint=True)


class PrintStep(SetupStep):
    """First the page is printed, then one goes on; without a printer one goes on at once."""

    def __init__(self, context: WizardContext) -> None:
        super().__init__(say("first.print.title"), "printer")
        self._context = context
        self._printed = self._has_printer = False
        self.how = words("", "body")
        self.other = FitButton("", icon="printer")
        self.other.clicked.connect(self._on_other)
        for part in (self.how, self.other, self.note):
            self.rows.addWidget(part)
        self.rows.addStretch(1)

    def opened(self) -> None:
        """Ask the system for its printers; one may have been plugged in meanwhile."""
        self._has_printer = has_printer()
        name = QPrinterInfo.defaultPrinterName() or "–"
        key = "there" if self._has_printer else "none"
        self.how.setText(say(f"first.print.{key}", name=name))
        self._show()

    def main_word(self) -> str:
        """See ``SetupStep``."""
        if not self._has_printer:
            return say("first.print.without")
        return say("first.print.right" if self._printed else "first.print.go")

    def main_icon(self) -> str:
        """See ``SetupStep``."""
        return "printer" if self._has_printer and not self._printed else "arrow_right"

    def act(self) -> None:
        """See ``SetupStep``."""
        if self._has_printer and not self._printed:
            self._print()
        else:
            self.passed.emit()

    def _on_other(self) -> None:
        if self._has_printer:
            self._print()
        else:
            self._save()

    def _print(self) -> None:
        if print_asking(self, draw_test_page, say("first.page.title")):
            self._printed = True
            self.tell(say("first.print.printed"))
        self._show()

    def _save(self) -> None:
        title = say("first.page.title")
        page = pdf_of(draw_test_page, title)
        self._context.jobs.net(
            lambda: keep_file(page, title),
            lambda kept: self.tell(say("paper.saved", place=kept.place, name=kept.path.name)),
            lambda said: self.tell(say_error(said)),
            self,
        )

    def _show(self) -> None:
        self.other.setVisible(self._printed or not self._has_printer)
        self.other.say(say("first.print.go" if self._has_printer else "first.print.save"))
        self.changed.emit()
