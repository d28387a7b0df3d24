"""The sheet of what was done in a session, over the window at its right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.areas.sessions.activities import AgendaLine
from app.areas.sessions.activity_lines import (
    agenda_of_session,
    agenda_word,
    lecture_line,
    reached,
    visit_line,
)
from app.areas.sessions.kinds import HEADS, PAIRINGS, Activity
from app.areas.sessions.views import SessionView
from app.domain import bounds
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.parts.activities.presenter import ActivitiesPresenter, said_of
from ui.parts.forms.fields import Choice, field
from ui.parts.forms.person_pick import PersonPick
from ui.parts.layout import ScrollColumn, clear, column, row
from ui.parts.overlay import Overlay, lie_over
from ui.state.current_session import CurrentSession
from ui.theme import look, tokens
from ui.widgets.buttons import QuietButton
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label

WIDTH = 560


class ActivitiesSheet(Overlay):
    """``open`` shows it; ``takes`` hears the page's keys first while it is shown."""

    def __init__(self, owner: QWidget, room: CurrentSession) -> None:
        super().__init__(owner)
        self._owner = owner
        self._before: QWidget | None = None
        self._skipping = ""
        self.presenter = ActivitiesPresenter(room)
        self._build(room)

    def open(self) -> None:
        """Show what there is to say of the session in hand."""
        view = self.presenter.view
        if view is None:
            return
        lie_over(self, self._owner)
        self._before = QApplication.focusWidget()
        self._skipping = ""
        self.presenter.read_lecturers()
        self.render_view()
        self.cover()
        self.close_button.setFocus()

    def takes(self, act: Shortcut) -> bool:
        """While it is shown no key does anything below it; Esc puts it away."""
        if not self.isVisible():
            return False
        if act is Shortcut.ESCAPE:
            self.put_away()
        return act is not Shortcut.PRESS

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch beside it puts it away."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.put_away()

    def cover(self) -> None:
        """Lie over everything; the card as wide as it may be."""
        super().cover()
        self.card.setFixedWidth(min(look.scaled(WIDTH), self.width() - look.scaled(24)))

    def put_away(self) -> None:
        """Give the keys back to whoever had them."""
        before = self._before
        self.hide()
        known = before is not None and before in QApplication.allWidgets() and before.isVisible()
        (before if known and before is not None else self._owner).setFocus()

    def render_view(self) -> None:
        """Show the session as it stands; what is half typed stays."""
        view = self.presenter.view
        if view is None:
            if self.isVisible():
                self.put_away()
            return
        has = said_of(view.session)
        for activity, part in self._parts.items():
            part.setVisible(activity in has)
        self.agenda.show_parts(self._agenda_parts(view))
        self.stops.show_parts(self._stop_parts(view))
        self.lectures.show_parts(
            tuple(
                self._slip(lecture_line(one, view), one.hash)
                for one in view.session.activities.lectures
            )
        )
        self.visits.show_parts(
            tuple(
                self._slip(visit_line(one, view), one.hash)
                for one in view.session.activities.visits
            )
        )
        counted = {one.kind: one.count for one in view.session.activities.heads}
        for kind, box in self.heads.items():
            if not box.hasFocus():
                box.setText(str(counted[kind]) if kind in counted else "")

    # --- inside -----------------------------------------------------------------------

    def _build(self, room: CurrentSession) -> None:
        self.card = QFrame()
        self.card.setProperty("role", "card")
        rows = QVBoxLayout(self.card)
        pad = look.scaled(24)
        rows.setContentsMargins(pad, look.scaled(16), pad, look.scaled(16))
        rows.setSpacing(look.scaled(tokens.GAP))
        self.close_button = QuietButton(say("help.close"), icon="cross")
        self.close_button.clicked.connect(self.put_away)
        head = row(label(say("op.doing.title"), "title"), None, self.close_button)
        rows.addLayout(head)
        self.agenda, self.stops, self.lectures, self.visits = (_LineList() for _ in range(4))
        self._parts = {
            Activity.AGENDA: self._build_agenda(),
            Activity.STOPS: self._build_stops(),
            Activity.VISIT: self._build_visit(room),
            Activity.LECTURE: self._build_lecture(),
            Activity.HEADS: self._build_heads(),
        }
        inside = ScrollColumn(gap=18)
        for part in self._parts.values():
            inside.rows.addWidget(part)
        rows.addWidget(inside, 1)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.card, 1, Qt.AlignmentFlag.AlignRight)

    def _build_agenda(self) -> QWidget:
        self.new_item = field(
            say("op.doing.new_item"), say("op.doing.new_item"), most=bounds.AGENDA_ITEM
        )
        add = _small(say("op.doing.add"), self._on_item_added)
        self.new_item.returnPressed.connect(self._on_item_added)
        self.reason = field(say("op.doing.why_not"), say("op.doing.why_not"), most=bounds.REASON)
        keep = _small(say("op.doing.keep"), self._on_skipped)
        self.reason.returnPressed.connect(self._on_skipped)
        self.why = _line(self.reason, keep)
        return _section(
            say("op.doing.agenda_title"), self.agenda, self.why, _line(self.new_item, add)
        )

    def _build_stops(self) -> QWidget:
        self.new_stop = field(say("op.doing.new_stop"), say("op.doing.new_stop"), most=bounds.ID)
        add = _small(say("op.doing.add"), self._on_stop_added)
        self.new_stop.returnPressed.connect(self._on_stop_added)
        return _section(say("op.doing.stops_title"), self.stops, _line(self.new_stop, add))

    def _build_lecture(self) -> QWidget:
        self.who = field(say("op.doing.who_spoke"), say("op.doing.who_spoke"), most=bounds.NAME)
        self.topic = field(say("op.doing.topic"), say("op.doing.topic"), most=bounds.TITLE)
        self.minutes = _number(say("op.doing.minutes"))
        keep = _small(say("op.doing.keep"), self._on_lecture)
        return _section(
            say("op.doing.lecture_title"),
            self.lectures,
            _line(self.who, self.minutes),
            _line(self.topic, keep),
        )

    def _build_heads(self) -> QWidget:
        self.heads: dict[str, QLineEdit] = {}
        lines = []
        for kind in HEADS:
            word = say(f"head_kind.{kind}")
            box = self.heads[kind] = _number(word)
            box.returnPressed.connect(partial(self._on_counted, kind))
            keep = _small(say("op.doing.keep"), partial(self._on_counted, kind))
            lines.append(_line(label(word, "body"), box, keep))
        return _section(say("op.doing.heads_title"), *lines)

    def _build_visit(self, room: CurrentSession) -> QWidget:
        self.visited = PersonPick(room, say("op.doing.visited"))
        self.visitor = PersonPick(room, say("op.doing.visitor"))
        self.pairing = Choice([(one, say(f"pairing.{one}")) for one in PAIRINGS], even=True)
        self.visit_minutes = _number(say("op.doing.minutes"))
        keep = _small(say("op.doing.keep"), self._on_visit)
        return _section(
            say("op.doing.visits_title"),
            self.visits,
            label(say("op.doing.visited"), "caption"),
            self.visited,
            label(say("op.doing.visitor"), "caption"),
            self.visitor,
            self.pairing,
            _line(self.visit_minutes, keep),
        )

    def _agenda_parts(self, view: SessionView) -> tuple[QWidget, ...]:
        items = agenda_of_session(view.session)
        self.why.setVisible(bool(self._skipping))
        return tuple(self._agenda_part(one) for one in items)

    def _agenda_part(self, one: AgendaLine) -> QWidget:
        done = FitButton(agenda_word(one.item), icon="check" if one.is_done else "", checkable=True)
        done.setChecked(one.is_done)
        done.clicked.connect(partial(self._on_item, one))
        words = say("doing.skipped", reason=one.reason) if one.reason else say("doing.not_done")
        skip = FitButton(words, checkable=True)
        skip.setChecked(bool(one.hash) and not one.is_done)
        skip.clicked.connect(partial(self._on_skip, one))
        made = _line(done, skip)
        made.layout().setStretch(0, 3)  # type: ignore[union-attr]
        made.layout().setStretch(1, 2)  # type: ignore[union-attr]
        return made

    def _stop_parts(self, view: SessionView) -> tuple[QWidget, ...]:
        done = {one.stop: one for one in view.session.activities.stops}
        names = {one.id: one.name for one in view.stops}
        parts = []
        for stop in dict.fromkeys((*names, *done)):
            line, name = done.get(stop), names.get(stop, stop)
            words = name if line is None else say("doing.line", what=name, how=reached(line))
            part = FitButton(words, icon="check" if line else "", checkable=True)
            part.setChecked(line is not None)
            part.clicked.connect(partial(self._on_stop, stop, "" if line is None else line.hash))
            parts.append(part)
        return tuple(parts)

    def _slip(self, words: str, fact: str) -> QWidget:
        """A line that was kept; touched it is taken back."""
        part = FitButton(say("op.doing.take_back", what=words), icon="undo")
        part.clicked.connect(lambda: self._then(self.presenter.take_back, fact))
        return part

    def _then(self, act: Callable[..., None], *told: object) -> None:
        act(*told)
        self.render_view()

    def _on_item(self, one: AgendaLine) -> None:
        self._skipping = ""
        if one.is_done:
            self.presenter.take_back(one.hash)
        else:
            self.presenter.tick(one.item, is_done=True)
        self.render_view()

    def _on_skip(self, one: AgendaLine) -> None:
        if one.hash and not one.is_done:
            self._then(self.presenter.take_back, one.hash)
            return
        self._skipping = one.item
        told = say("op.doing.why_not_item", item=agenda_word(one.item))
        self.reason.setPlaceholderText(told)
        self.render_view()
        self.reason.clear()
        self.reason.setFocus()

    def _on_skipped(self) -> None:
        item, self._skipping = self._skipping, ""
        if item:
            self.presenter.tick(item, is_done=False, reason=self.reason.text())
        self.render_view()

    def _on_item_added(self) -> None:
        if self.new_item.text().strip():
            self.presenter.tick(self.new_item.text(), is_done=True)
            self.new_item.clear()
        self.render_view()

    def _on_stop(self, stop: str, fact: str) -> None:
        if fact:
            self.presenter.take_back(fact)
        else:
            self.presenter.reach(stop)
        self.render_view()

    def _on_stop_added(self) -> None:
        if self.new_stop.text().strip():
            self.presenter.reach(self.new_stop.text())
            self.new_stop.clear()
        self.render_view()

    def _on_counted(self, kind: str) -> None:
        box = self.heads[kind]
        if box.text():
            self.presenter.count_heads(kind, int(box.text()))
        box.clearFocus()
        self.render_view()

    def _on_lecture(self) -> None:
        def kept() -> None:
            for box in (self.who, self.topic, self.minutes):
                box.clear()

        self.presenter.lecture(
            self.who.text(), self.topic.text(), int(self.minutes.text() or 0), kept
        )
        self.render_view()

    def _on_visit(self) -> None:
        visited = self.visited.person
        if visited is None:
            self.visited.search.setFocus()
            return

        def kept() -> None:
            self.visited.begin()
            self.visit_minutes.clear()

        self.presenter.visit(
            visited,
            self.visitor.person,
            int(self.visit_minutes.text() or 0),
            self.pairing.current(),
            kept,
        )
        self.render_view()


class _LineList(QWidget):
    """What was kept, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = column()
        self.setLayout(self._inside)

    def show_parts(self, parts: tuple[QWidget, ...]) -> None:
        """Show other parts."""
        clear(self._inside)
        for part in parts:
            self._inside.addWidget(part)
        self.setVisible(bool(parts))


def _section(title: str, *parts: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(column(label(title, "section"), *parts))
    return made


def _line(*parts: QWidget) -> QWidget:
    made = QWidget()
    inside = row(*parts)
    inside.setStretch(0, 1)
    made.setLayout(inside)
    return made


def _small(words: str, act: Callable[[], None]) -> FitButton:
    made = FitButton(words)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.clicked.connect(act)
    return made


def _number(name: str) -> QLineEdit:
    made = field(name, name)
    made.setMaxLength(5)
    made.setValidator(QIntValidator(0, 99_999, made))
    made.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
    made.setMaximumWidth(look.scaled(140))
    return made
