"""Step one: the centre is told of this station, by a code over the net or by a stick."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.errors import StationTrouble, UserError
from app.words import say, say_error
from ui.pages.first_run.context import ANSWER_NAME, REQUEST_NAME, StickSeen, WizardContext
from ui.pages.first_run.step import SetupStep
from ui.parts.forms.fields import Choice, field
from ui.parts.layout import column, words
from ui.theme import look
from ui.widgets.buttons import SecondaryButton
from ui.widgets.panel import label

CODE, STICK, ALONE = "code", "stick", "alone"


class EnrolStep(SetupStep):
    """Its main act is the next thing that can be done: call, write, read, or go on."""

    def __init__(self, context: WizardContext) -> None:
        super().__init__(say("first.enrol.title"), "send")
        self._context = context
        self._sticks: tuple[StickSeen, ...] = ()
        self._written = False
        """Whether the request is on its way: there is nothing more to do here today."""
        self.site_name = context.station.site_name()
        self.way = Choice(
            [
                (CODE, say("first.enrol.by_code")),
                (STICK, say("first.enrol.by_stick")),
                (ALONE, say("first.enrol.alone")),
            ]
        )
        self.way.choose(CODE)
        self.way.chosen.connect(self._on_way)
        self._forms = {
            CODE: self._code_form(),
            STICK: self._stick_form(),
            ALONE: self._alone_form(),
        }
        self._forms[STICK].hide()
        self._forms[ALONE].hide()
        for part in (self.way, self.note, *self._forms.values()):
            self.rows.addWidget(part)
        self.rows.addStretch(1)
        if self.site_name:
            self.tell(say("first.enrol.already", site=self.site_name))

    def opened(self) -> None:
        """The address is written first."""
        if not self.address.text():
            self.address.setFocus()

    def prefer(self, way: str) -> None:
        """Begin with this way."""
        self.way.choose(way)
        self._on_way(way)

    def main_word(self) -> str:
        """See ``SetupStep``."""
        if self._is_done() or self.way.current() == ALONE:
            return say("first.next")
        if self.way.current() == CODE:
            return say("first.enrol.go")
        answer = self._answer()
        if answer is not None:
            return say("first.enrol.read", place=_place(answer))
        if self._written:
            return say("first.next")
        if self._sticks:
            return say("first.enrol.write", place=_place(self._sticks[0]))
        return say("first.enrol.look")

    def main_icon(self) -> str:
        """See ``SetupStep``."""
        if self._is_done() or self.way.current() == ALONE:
            return "arrow_right"
        return "send" if self.way.current() == CODE else "usb"

    def act(self) -> None:
        """See ``SetupStep``."""
        if self.is_busy:
            return
        if self._is_done() or self.way.current() == ALONE:
            self.passed.emit()
        elif self.way.current() == CODE:
            self._call()
        elif self._answer() is not None:
            self._read()
        elif self._written:
            self.passed.emit()
        elif self._sticks:
            self._write(self._sticks[0])
        else:
            self.look_for_sticks()

    def look_for_sticks(self) -> None:
        """Ask which sticks are plugged in now."""
        self._begin("")
        self._context.jobs.store(
            self._context.station.sticks, self._on_sticks, self._on_failed, self
        )

    # --- forms ----------------------------------------------------------------------

    def _code_form(self) -> QWidget:
        self.address = field(say("first.enrol.address"), say("first.enrol.address_hint"))
        self.code = field(say("first.enrol.code"))
        return _form(
            (say("first.enrol.address"), self.address), (say("first.enrol.code"), self.code)
        )

    def _stick_form(self) -> QWidget:
        self.how = words(say("first.enrol.stick_how"), "body")
        self.mark = field(say("first.enrol.mark"))
        self.look = SecondaryButton(say("first.enrol.look"), icon="usb")
        self.look.clicked.connect(self.look_for_sticks)
        made = _form((say("first.enrol.mark"), self.mark), beside=self.look)
        rows = made.layout()
        if isinstance(rows, QVBoxLayout):
            rows.insertWidget(0, self.how)
        return made

    def _alone_form(self) -> QWidget:
        made = QWidget()
        made.setLayout(column(words(say("first.enrol.alone_how"), "body"), None))
        return made

    def _on_way(self, way: str) -> None:
        for key, form in self._forms.items():
            form.setVisible(key == way)
        if not self._is_done():
            self.tell("")
        if way == STICK:
            self.look_for_sticks()
        self.changed.emit()

    # --- what is done -----------------------------------------------------------------

    def _call(self) -> None:
        address, code = self.address.text().strip(), self.code.text().strip()
        if not address or not code:
            self.tell(say("first.enrol.missing"))
            return
        self._begin(say("first.enrol.going"))
        self._context.jobs.net(
            lambda: self._context.station.enrol(address, code),
            self._on_enrolled,
            self._on_failed,
            self,
        )

    def _write(self, stick: StickSeen) -> None:
        target = stick.path / REQUEST_NAME
        self._begin("")

        def job() -> str:
            return _on_disk(lambda: self._context.station.write_request(target)) or target.name

        self._context.jobs.store(job, self._on_written, self._on_failed, self)

    def _read(self) -> None:
        mark, answer = self.mark.text().strip(), self._answer()
        if answer is None:
            return
        if not mark:
            self.tell(say("first.enrol.mark_missing"))
            self.mark.setFocus()
            return
        source = answer.path / ANSWER_NAME
        self._begin("")

        def job() -> str:
            return _on_disk(lambda: self._context.station.take_answer(source, mark)) or ""

        self._context.jobs.store(job, self._on_enrolled, self._on_failed, self)

    def _on_sticks(self, sticks: tuple[StickSeen, ...]) -> None:
        self._sticks = sticks
        self._end("" if sticks else say("first.enrol.no_stick"))

    def _on_written(self, name: str) -> None:
        self._written = True
        self._end(say("first.enrol.written", name=name))

    def _on_enrolled(self, site: str) -> None:
        self.site_name = site
        self._end(say("first.enrol.done", site=site))

    def _on_failed(self, said: UserError) -> None:
        # The sentence of every session, "it will be tried again by itself", is not true here.
        nobody = said.key in ("link.offline", "link.silent", "link.later")
        self._end(say("first.enrol.unreachable") if nobody else say_error(said))

    def _begin(self, sentence: str) -> None:
        self.is_busy = True
        self.tell(sentence)

    def _end(self, sentence: str) -> None:
        self.is_busy = False
        self.tell(sentence)

    def _is_done(self) -> bool:
        typed = self.address.text() or self.code.text() or self.mark.text()
        return bool(self.site_name) and (not typed or self.site_name in self.note.text)

    def _answer(self) -> StickSeen | None:
        return next((one for one in self._sticks if one.has_answer), None)


def _on_disk(job: Callable[[], str | None]) -> str | None:
    try:
        return job()
    except OSError as failed:
        raise StationTrouble("first.enrol.unusable") from failed


def _place(stick: StickSeen) -> str:
    return stick.path.name or str(stick.path).rstrip("\\/") or "U"


def _form(*lines: tuple[str, QLineEdit], beside: QWidget | None = None) -> QWidget:
    made = QWidget()
    rows = column(gap=12)
    made.setLayout(rows)
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.scaled(14))
    grid.setVerticalSpacing(look.scaled(12))
    for at, (title, line) in enumerate(lines):
        grid.addWidget(label(title, "body"), at, 0)
        grid.addWidget(line, at, 1)
    if beside is not None:
        grid.addWidget(beside, 0, 2)
    rows.addLayout(grid)
    rows.addStretch(1)
    return made
