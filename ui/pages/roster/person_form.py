"""One person's page: what is known of them at the left, their record at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.areas.attendance.marks import PRESENCE, Status
from app.areas.forms.form import hours_of
from app.areas.people.person import POSTS, PersonKind, Standing, StandingKind
from app.areas.people.views import WholePerson
from app.areas.yearly.yearly import YearlySheet
from app.domain import bounds
from app.words import CATALOGUE, say
from ui.pages.roster.presenter import RosterPresenter, written
from ui.pages.roster.state import RosterState
from ui.parts.forms.fields import Choice, field
from ui.parts.layout import ScrollColumn, column, row, words
from ui.parts.overlay import wrap
from ui.state.formatting import day_of
from ui.theme import look, tokens
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.panel import label

LATELY = 6
NARROW = 1_000
"""A page that is less wide than this has one field in a line."""
NONE, VISIT = "none", "visit"
_LINES = ("name", "unit", "group", "phone_tail", "birth")
_PLACES = (
    ("name", "phone_tail"),
    ("unit",),
    ("group", "birth"),
    ("kind",),
    ("post",),
    ("standing",),
    ("until", "reason"),
)
"""The lines of the form, from above."""
_HINTS = {"birth": "op.people.birth_hint", "phone_tail": "op.people.tail_hint"}
_STANDINGS = (NONE, "frail", VISIT, "away", "on_leave")


class PersonForm(QWidget):
    """Shows whom the state has in front; its buttons call the presenter."""

    def __init__(self, presenter: RosterPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._shown: object = None
        self.heading = label("", "title")
        self.waits = label("", "caption")
        self.back = QuietButton(say("op.people.back"), icon="arrow_left")
        self.save = PrimaryButton(say("op.people.save"), icon="check")
        self.stop = SecondaryButton(say("op.people.stop"))
        self.fields = {name: self._field(name) for name in _LINES}
        self.kind = Choice(
            [(one.value, say(f"kind.{one.value}")) for one in PersonKind], columns=2, even=True
        )
        self.post = Choice(
            [(one, say(f"post.{one or NONE}")) for one in ("", *POSTS)], columns=4, even=True
        )
        self.standing = Choice(
            [(one, say(f"op.people.{one}")) for one in _STANDINGS], columns=3, even=True
        )
        self.until = field(say("op.people.until"), say("op.people.until_hint"), most=10)
        self.reason = field(say("op.people.reason"), most=bounds.REASON)
        self.count = words("", "section")
        self.hours, self.given = words("", "body"), words("", "body")
        self.history = ScrollColumn()
        self.all = SecondaryButton(say("op.people.all"), icon="lock")
        self.year = SecondaryButton(say("op.people.print_year"), icon="printer")
        self._parts: dict[str, QWidget] = {
            **self.fields,
            "kind": self.kind,
            "post": self.post,
            "standing": self.standing,
            "until": self.until,
            "reason": self.reason,
        }
        self._lay_out()
        self.back.clicked.connect(presenter.go_back)
        self.all.clicked.connect(presenter.see_all)
        self.save.clicked.connect(self._on_save)
        self.stop.clicked.connect(lambda: presenter.stop(self.reason.text()))

    def render_state(self, state: RosterState) -> None:
        """Show a state; what is being written stays."""
        whole = state.whole
        shown = (state.front, whole)
        if shown != self._shown:
            self._shown = shown
            self._fill(whole)
        self.save.setText(say("op.people.same" if state.asks_same else "op.people.save"))
        self._show_record(whole, shows_all=state.shows_all)
        self._show_year(state.year, shows_all=state.shows_all)

    # --- inside -----------------------------------------------------------------------

    @staticmethod
    def _field(name: str) -> QLineEdit:
        hint = say(_HINTS[name]) if name in _HINTS else ""
        return field(say(f"people.field.{name}"), hint, most=bounds.NAME)

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.scaled(14))
        self._grid.setVerticalSpacing(look.scaled(tokens.GAP))
        self._titles = {name: label(_title(name), "body") for name in self._parts}
        self._arrange(narrow=False)
        holder = QWidget()
        holder.setLayout(self._grid)
        self.written = ScrollColumn()
        self.written.show_parts((holder,))
        acts = row(self.save, self.stop, self.year, None)
        left = column(self.written, acts)
        left.setStretch(0, 1)
        self.record = label(say("op.people.record"), "section")
        head = row(self.record, None, self.all)
        right = column(head, self.count, self.hours, self.given, self.history)
        right.setStretch(4, 1)
        both = row(left, right, gap=28)
        both.setStretch(0, 3)
        both.setStretch(1, 2)
        top = row(self.back, self.heading, self.waits, None)
        rows = column(top, both)
        rows.setStretch(1, 1)
        self.setLayout(rows)

    def _arrange(self, *, narrow: bool) -> None:
        """Put the fields where they stand: two in a line, or one where that is too narrow."""
        self._narrow = narrow
        lines = [(name,) for named in _PLACES for name in named] if narrow else _PLACES
        for at, named in enumerate(lines):
            wide = len(named) == 1
            for place, name in enumerate(named):
                self._grid.addWidget(self._titles[name], at, 2 * place)
                span = 3 if wide else 1
                self._grid.addWidget(self._parts[name], at, 2 * place + 1, 1, span)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 0 if narrow else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large words in a small window leave room for one field in a line."""
        super().resizeEvent(event)
        narrow = self.width() < look.scaled(NARROW)
        if narrow is not self._narrow:
            self._arrange(narrow=narrow)

    def _fill(self, whole: WholePerson | None) -> None:
        told = {"kind": PersonKind.MEMBER.value} if whole is None else written(whole)
        for name, one in self.fields.items():
            one.setText(told.get(name, ""))
        self.kind.choose(told["kind"])
        self.post.choose(told.get("post", "").partition("+")[0])
        standing = whole.person.standings[0] if whole and whole.person.standings else None
        self.standing.choose(_key_of(standing))
        self.until.setText("" if standing is None else standing.until or "")
        self.reason.clear()
        self.heading.setText(say("op.people.new") if whole is None else whole.person.name)
        self.waits.setText(say("op.people.waits") if whole is not None and whole.waits else "")
        self.stop.setVisible(whole is not None)
        self.year.setVisible(whole is not None)
        if whole is not None:
            self.stop.setText(say("op.people.stop" if whole.person.active else "op.people.resume"))
        self.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_record(self, whole: WholePerson | None, *, shows_all: bool) -> None:
        sessions = () if whole is None else whole.sessions
        came = sum(one.status in PRESENCE for one in sessions)
        expected = sum(one.status is not None for one in sessions)
        told = say("op.people.attended", came=came, expected=expected)
        self.count.setText(told if sessions else say("op.people.never") if whole else "")
        self.record.setVisible(whole is not None)
        self.all.setVisible(len(sessions) > LATELY and not shows_all)
        newest = tuple(reversed(sessions))
        lines = [
            words(f"{day_of(one.day_ms)}  {_status(one.status)}  {one.title}")
            for one in (newest if shows_all else newest[:LATELY])
        ]
        if whole is not None and shows_all:
            lines += [words(one.reason, "caption") for one in whole.words if one.reason]
        for one in lines:
            wrap(one, self.history.viewport().width())
        self.history.show_parts(tuple(lines))

    def _show_year(self, year: YearlySheet | None, *, shows_all: bool) -> None:
        """Hours for whoever works here; lessons, practice and visits with the rest of the record."""
        self.hours.setVisible(year is not None)
        self.given.setVisible(year is not None and shows_all)
        if year is None:
            return
        told = {name: f"{hours_of(getattr(year.hours, name)):g}" for name in ("minutes", "missing")}
        told["target"] = f"{hours_of(year.hours.target):g}"
        self.hours.setText(say("op.people.hours", year=year.year, **told))
        lines = {name: len(getattr(year, name)) for name in ("lessons", "practice", "visits")}
        self.given.setText(say("op.people.given", **lines))

    def _on_save(self) -> None:
        said = {name: one.text() for name, one in self.fields.items()}
        said["kind"], said["post"] = self.kind.current(), self._post()
        key, until = self.standing.current(), self.until.text().strip()
        standing = None
        if key not in (NONE, ""):
            kind = StandingKind.FRAIL if key == VISIT else StandingKind(key)
            standing = _kept(self._whole(), Standing(kind, "", until or None, key == VISIT))
        self._presenter.save(said, standing, self.reason.text())

    def _post(self) -> str:
        """Whoever holds several keeps them while their first is not changed."""
        whole = self._whole()
        held = "" if whole is None else "+".join(whole.person.posts)
        return held if held.partition("+")[0] == self.post.current() else self.post.current()

    def _whole(self) -> WholePerson | None:
        return self._presenter.state.whole


def _kept(whole: WholePerson | None, wanted: Standing) -> Standing:
    """One that holds already, as it was written, when the form says the same of it."""
    for one in () if whole is None else whole.person.standings:
        same = (one.kind, one.until, one.needs_visit)
        if same == (wanted.kind, wanted.until, wanted.needs_visit):
            return one
    return wanted


def _key_of(standing: Standing | None) -> str:
    if standing is None:
        return NONE
    return VISIT if standing.needs_visit else standing.kind.value


def _status(status: Status | None) -> str:
    return say("status.none" if status is None else f"status.{status.value}")


def _title(name: str) -> str:
    own = f"people.field.{name}"
    return say(own if own in CATALOGUE else f"op.people.{name}")
