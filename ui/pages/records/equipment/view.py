"""The sheet of devices over the window at its right: the register, and the form of one device."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.areas.equipment.verbs import DeviceEntry, DeviceView
from app.domain import bounds
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.records.equipment.presenter import EquipmentPresenter
from ui.pages.records.equipment.state import EquipmentState
from ui.parts.forms.fields import field
from ui.parts.layout import ScrollColumn, column, even, row, words
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.parts.overlay import Overlay, lie_over
from ui.state.current_session import CurrentSession
from ui.theme import look, tokens
from ui.widgets.buttons import QuietButton
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label

WIDTH = 620
_LINES = (("name",), ("model", "spec"), ("pieces", "bought"), ("kept_at", "by"))
_MOST = {"pieces": 5, "bought": 10, "spec": bounds.PLACE, "kept_at": bounds.PLACE}


class EquipmentSheet(Overlay):
    """``open`` shows it; ``kept`` is told when something changed."""

    def __init__(self, owner: QWidget, room: CurrentSession, kept: Callable[[], None]) -> None:
        super().__init__(owner)
        self._owner = owner
        self._chosen: DeviceView | None = None
        self._was_form = False
        self.presenter = EquipmentPresenter(room, self.render_state, kept)
        self.card = QFrame()
        self.card.setProperty("role", "card")
        rows = QVBoxLayout(self.card)
        pad = look.scaled(24)
        rows.setContentsMargins(pad, look.scaled(16), pad, look.scaled(16))
        rows.setSpacing(look.scaled(tokens.GAP))
        self.title = label("", "section")
        self.close_button = QuietButton(say("help.close"), icon="cross")
        self.close_button.clicked.connect(self.put_away)
        head = row(self.title, self.close_button)
        head.setStretch(0, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._build_list())
        self.stack.addWidget(self._build_form())
        rows.addLayout(head)
        rows.addWidget(self.stack, 1)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.card, 1, Qt.AlignmentFlag.AlignRight)

    def open(self) -> None:
        """Show the register."""
        lie_over(self, self._owner)
        self.presenter.back()
        self.presenter.load()
        self.cover()
        self.close_button.setFocus()

    def cover(self) -> None:
        """Lie over everything; the card as wide as it may be."""
        super().cover()
        self.card.setFixedWidth(min(look.scaled(WIDTH), self.width() - look.scaled(24)))

    def takes(self, act: Shortcut) -> bool:
        """While it is shown its keys are its own; Esc goes back a step."""
        if not self.isVisible():
            return False
        if act is Shortcut.ESCAPE and self.presenter.state.is_form:
            self.presenter.back()
        elif act is Shortcut.ESCAPE:
            self.put_away()
        return act is not Shortcut.PRESS

    def put_away(self) -> None:
        """Back to the books."""
        self.hide()
        self._owner.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch beside the sheet puts it away."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.put_away()

    def render_state(self, state: EquipmentState) -> None:
        """Show a state; what is half typed stays."""
        self.stack.setCurrentIndex(int(state.is_form))
        chosen = state.chosen
        named = say("op.equipment.new") if chosen is None else chosen.device.called
        self.title.setText(named if state.is_form else say("op.equipment.title"))
        if state.is_form and not (self._was_form and chosen == self._chosen):
            self._fill(chosen)
        self._was_form, self._chosen = state.is_form, chosen
        if state.is_form:
            return
        parts: list[QWidget] = []
        for view in state.devices:
            part = CourseRow(_row_of(view))
            part.clicked.connect(lambda _on=False, one=view: self.presenter.choose(one))
            parts.append(part)
        self.list.show_parts(tuple(parts) or (words(say("equipment.none"), "body"),))

    # --- inside -----------------------------------------------------------------------

    def _build_list(self) -> QWidget:
        self.list = ScrollColumn()
        self.new = FitButton(say("op.equipment.new"), icon="plus", main=True)
        self.new.clicked.connect(lambda: self.presenter.write_new())
        made = QWidget()
        rows = column(self.list, self.new)
        rows.setStretch(0, 1)
        made.setLayout(rows)
        return made

    def _build_form(self) -> QWidget:
        self.boxes: dict[str, QLineEdit] = {}
        inside = ScrollColumn(gap=10)
        for line in _LINES:
            inside.rows.addWidget(_line(tuple(self._box(one) for one in line)))
        self.what = field(say("op.equipment.what"), most=bounds.REASON)
        self.fault = FitButton(say("op.equipment.tell_fault"))
        self.works = FitButton(say("op.equipment.works"))
        self.out = FitButton(say("op.equipment.take_out"))
        self.fault.clicked.connect(lambda: self.presenter.tell_fault(self.what.text()))
        self.works.clicked.connect(lambda: self.presenter.works_again(self.what.text()))
        self.out.clicked.connect(lambda: self.presenter.take_out(self.what.text()))
        self.state_line = words("", "body")
        self.acts = QWidget()
        acts = (self.fault, self.works, self.out)
        for part in acts:
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.what_word = label("", "caption")
        self.acts.setLayout(column(self.state_line, self.what_word, self.what, even(*acts)))
        inside.rows.insertWidget(
            0, self.acts
        )  # a fault is told more often than a line is corrected
        back = QuietButton(say("op.people.back"))
        back.clicked.connect(lambda: self.presenter.back())
        self.save = FitButton(say("op.equipment.save"), icon="check", main=True)
        self.save.clicked.connect(lambda: self.presenter.save(self._entry()))
        foot = row(back, self.save)
        foot.setStretch(1, 1)
        made = QWidget()
        rows = column(inside, foot)
        rows.setStretch(0, 1)
        made.setLayout(rows)
        return made

    def _box(self, name: str) -> QWidget:
        word = say(f"op.equipment.{name}")
        box = self.boxes[name] = field(word, most=_MOST.get(name, bounds.NAME))
        made = QWidget()
        made.setLayout(column(label(word, "caption"), box, gap=2))
        return made

    def _entry(self) -> DeviceEntry:
        return DeviceEntry(**{name: box.text() for name, box in self.boxes.items()})

    def _fill(self, chosen: DeviceView | None) -> None:
        for name, box in self.boxes.items():
            box.setText("" if chosen is None else str(getattr(chosen.device, name)))
        if chosen is None:
            self.boxes["pieces"].setText("1")
        self.acts.setVisible(chosen is not None)
        is_open = chosen is not None and chosen.is_open
        self.fault.setVisible(not is_open)
        self.works.setVisible(is_open)
        self.state_line.setText(_state_word(chosen))
        self.state_line.setVisible(bool(self.state_line.text()))
        key = "op.equipment.mended_by" if is_open else "op.equipment.what"
        self.what_word.setText(say(key))
        self.what.setAccessibleName(say(key))
        self.what.clear()
        (self.boxes["name"] if chosen is None else self.what).setFocus()


def _state_word(view: DeviceView | None) -> str:
    if view is None or not view.state:
        return ""
    return say(f"cases.state.equipment.{view.state}")


def _row_of(view: DeviceView) -> CourseShown:
    device = view.device
    pieces = say("op.equipment.count", count=device.pieces)
    under = (pieces, device.kept_at, _state_word(view))
    return CourseShown(title=device.called, under=tuple(filter(None, under)), icon="list")


def _line(parts: tuple[QWidget, ...]) -> QWidget:
    made = QWidget()
    made.setLayout(even(*parts))
    return made
