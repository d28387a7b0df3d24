"""The sheet of one person, over the window at its right: touching anybody anywhere opens it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from app.areas.attendance.marks import Status
from app.areas.attendance.views import MarkShown, PastAttendance, PersonCard, PersonSheet
from app.domain import bounds
from app.domain.ids import FactHash, PersonId, SessionId
from app.domain.personal import LeaveKind
from app.domain.time import local_time
from app.words import CATALOGUE, say
from ui.input.shortcuts import Shortcut
from ui.parts.forms.fields import Choice, field
from ui.parts.layout import ScrollColumn, column, row, words
from ui.parts.overlay import Overlay, lie_over
from ui.parts.person.dots import DayDot, Dots
from ui.parts.person.presenter import PersonSheetPresenter
from ui.parts.person.state import PersonSheetState
from ui.state.current_session import CurrentSession
from ui.state.formatting import clock_time, day_of
from ui.theme import look, tokens
from ui.widgets.buttons import QuietButton
from ui.widgets.fit.button import FitButton
from ui.widgets.fit.label import FitLabel
from ui.widgets.panel import label

WIDTH, NAME_PX = 480, 56


class PersonSheetView(Overlay):
    """``open`` shows somebody; ``takes`` hears the page's keys first while it is shown.

    ``owner`` is the page it is opened from; ``changed`` as for the presenter; ``more`` opens
    somebody's own page, if there is one.
    """

    def __init__(
        self,
        owner: QWidget,
        room: CurrentSession,
        changed: Callable[[], None] = lambda: None,
        more: Callable[[PersonId], None] | None = None,
    ) -> None:
        super().__init__(owner)
        self._owner, self._room = owner, room
        self._before: QWidget | None = None
        self._more = more
        self._build()
        self.presenter = PersonSheetPresenter(room, self.render_state, changed)

    def open(self, person: PersonId, session: SessionId | None = None) -> None:
        """Show somebody as they stand in ``session``, or in the one in hand."""
        lie_over(self, self._owner)
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.presenter.open(person, session or self._room.session_id())

    def takes(self, act: Shortcut) -> bool:
        """While the sheet is shown no key does anything below it; Esc puts it away."""
        if not self.isVisible():
            return False
        if act is Shortcut.ESCAPE:
            self.presenter.put_away()
        return act is not Shortcut.PRESS

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch beside the sheet puts it away."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.presenter.put_away()

    def render_state(self, state: PersonSheetState) -> None:
        """Show a state."""
        sheet = state.sheet
        if sheet is None:
            self._close()
            return
        self.name.show_text(sheet.card.name)
        self.about.setText(about(sheet.card))
        self.dots.show_days(tuple(_dot(one) for one in sheet.lately))
        self.dots.setVisible(bool(sheet.lately))
        self.never.setVisible(not sheet.lately)
        self.now.setText(now_words(sheet))
        self._show_trail(sheet, state)
        self.come.setVisible(state.may_come and not state.writing)
        self.excuse.setVisible(state.may_excuse and not state.writing)
        self.enter.setVisible(state.may_come and not state.writing)
        self.late.setVisible(state.writing or (state.may_enter and not state.may_come))
        if not self.isVisible():
            self.kinds.choose("")
            self.reason.clear()
            self.cover()
            self.close_button.setFocus()
        if self.late.isVisibleTo(self):
            self.reason.setFocus()

    def cover(self) -> None:
        """Lie over everything; the card as wide as it may be."""
        super().cover()
        self.card.setFixedWidth(min(look.scaled(WIDTH), self.width() - look.scaled(24)))

    # --- inside -----------------------------------------------------------------------

    def _build(self) -> None:
        self.card = QFrame()
        self.card.setProperty("role", "card")
        rows = QVBoxLayout(self.card)
        pad = look.scaled(24)
        rows.setContentsMargins(pad, look.scaled(16), pad, look.scaled(16))
        rows.setSpacing(look.scaled(tokens.GAP))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.name = FitLabel(ceiling=look.scaled(NAME_PX), weight=700, lines=2, align=left)
        self.name.setFixedHeight(look.scaled(64))
        self.close_button = QuietButton(say("help.close"), icon="cross")
        self.about = words("", "body")
        self.dots, self.never = Dots(), words(say("op.sheet.never"))
        self.now = words("", "section")
        self.trail = ScrollColumn()
        self.come = FitButton(say("op.sheet.come"), icon="check", main=True)
        self.more = FitButton(say("op.people.more"), icon="note")
        if self._more is None:
            self.more.hide()  # never shown before it has its place: that opens a window
        self.kinds = Choice(
            [(one.value, say(f"leave.{one.value}")) for one in LeaveKind], even=True
        )
        self.excuse = QWidget()
        self.excuse.setLayout(column(label(say("op.sheet.leave"), "caption"), self.kinds, gap=4))
        self.enter = FitButton(say("op.sheet.enter"), icon="clock")
        self.enter.set_height(tokens.CONTROL_MAIN)
        self.reason = field(say("op.close.reason"), say("op.close.reason_hint"), most=bounds.REASON)
        self.accept = FitButton(say("op.close.late_entry"), main=True)
        self.late = QWidget()
        self.late.setLayout(
            column(label(say("op.close.reason"), "caption"), self.reason, self.accept)
        )
        head = row(self.name, self.close_button)
        head.setStretch(0, 1)
        rows.addLayout(head)
        for part in (
            self.about,
            label(say("op.sheet.lately"), "caption"),
            self.dots,
            self.never,
            self.now,
        ):
            rows.addWidget(part)
        rows.addWidget(self.trail, 1)
        acts = row(self.come, self.enter)
        acts.setStretch(0, 3)
        acts.setStretch(1, 2)
        rows.addLayout(acts)
        rows.addWidget(self.more)
        rows.addWidget(self.excuse)
        rows.addWidget(self.late)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.card, 1, Qt.AlignmentFlag.AlignRight)
        self._connect()

    def _connect(self) -> None:
        self.close_button.clicked.connect(lambda: self.presenter.put_away())
        self.come.clicked.connect(lambda: self.presenter.come())
        self.kinds.chosen.connect(lambda key: self.presenter.excuse(LeaveKind(key)))
        self.enter.clicked.connect(lambda: self.presenter.write())
        self.accept.clicked.connect(self._on_accepted)
        self.more.clicked.connect(self._on_more)
        self.reason.returnPressed.connect(self._on_accepted)

    def _on_more(self) -> None:
        sheet = self.presenter.state.sheet
        self.presenter.put_away()
        if sheet is not None and self._more is not None:
            self._more(sheet.card.id)

    def _on_accepted(self) -> None:
        self.presenter.enter(self.reason.text())

    def _show_trail(self, sheet: PersonSheet, state: PersonSheetState) -> None:
        parts: list[QWidget] = []
        for one in state.standing:
            undo = FitButton(
                say("op.sheet.undo", status=status_words(one), at=clock_time(one.at_ms)),
                icon="undo",
            )
            undo.clicked.connect(self._taker(one.mark))
            parts.append(undo)
        in_force = sheet.card.mark
        parts += [words(mark_words(one)) for one in sheet.marks if one.mark != in_force]
        self.trail.show_parts(tuple(parts))
        self.trail.setMinimumHeight(look.scaled(52) if parts else 1)  # one line; more scroll

    def _taker(self, mark: FactHash) -> Callable[[], None]:
        return lambda: self.presenter.take_back(mark)

    def _close(self) -> None:
        """Give the keys back to whoever had them: never to the next button by chance."""
        if not self.isVisible():
            return
        before = self._before
        self.hide()
        known = before is not None and before in QApplication.allWidgets() and before.isVisible()
        (before if known and before is not None else self._owner).setFocus()


def about(card: PersonCard) -> str:
    """Group, year and the last digits; the branch below."""
    parts = [card.group]
    if card.birth_year:
        parts.append(say("op.born", year=card.birth_year))
    if card.phone_tail:
        parts.append(say("op.sheet.tail", tail=card.phone_tail))
    lines = (" · ".join(one for one in parts if one), card.branch)
    return "\n".join(one for one in lines if one)


def now_words(sheet: PersonSheet) -> str:
    """How they stand in the session: by which mark, or why by none."""
    card = sheet.card
    in_force = next((one for one in sheet.marks if one.mark == card.mark), None)
    if in_force is not None:
        return mark_words(in_force, card.status)
    if sheet.session is None:
        return say("op.sheet.no_session")
    if card.status is Status.ABSENT:
        return say("op.sheet.absent")
    if card.left_out is not None:
        return say("op.sheet.left_out", why=say(f"standing.{card.left_out.value}"))
    return say("op.sheet.not_yet")


def mark_words(mark: MarkShown, holds: Status | None = None) -> str:
    """One mark: what, when, by which lane, by whom."""
    told = say(
        "op.sheet.mark",
        status=status_words(mark) if holds in (None, mark.status) else say(f"status.{holds.value}"),
        at=clock_time(mark.at_ms),
        lane=say(f"lane.{mark.lane.value}"),
        by=say(f"by.{mark.by}") if f"by.{mark.by}" in CATALOGUE else mark.by,
    )
    return say("op.sheet.taken_back", mark=told) if mark.taken_back else told


def status_words(mark: MarkShown) -> str:
    """What a mark says; of leave its kind."""
    return say(f"leave.{mark.leave.value}" if mark.leave else f"status.{mark.status.value}")


def _dot(one: PastAttendance) -> DayDot:
    at = local_time(one.day_ms)
    told = say(f"status.{one.status.value}") if one.status else say("standpoint.left_out")
    month = say("op.sheet.months").split()[at.month - 1]
    day = say("op.sheet.day", month=month, day=at.day)
    return DayDot(one.status, day, f"{day_of(one.day_ms)} {told}")
