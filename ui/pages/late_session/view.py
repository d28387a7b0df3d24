"""A paper list is written down on one page: the head of the paper on the left, its names at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from app.areas.sessions.activity_lines import kind_word, titled
from app.areas.sessions.kinds import RULES, Activity, SessionKind
from app.areas.sessions.views import SessionView
from app.domain import bounds
from app.domain.ids import PersonId, SessionId
from app.domain.personal import LeaveKind
from app.domain.time import local_time
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.late_session.presenter import LateSessionPresenter
from ui.pages.late_session.state import LateHead, LatePageState
from ui.pages.roll_call.people import PeopleCard
from ui.parts.forms.fields import Choice, VisitorForm, field
from ui.parts.forms.kind_choice import KindChoice
from ui.parts.layout import PageView, ScrollColumn, clear, column, row, tight, words
from ui.parts.setting.form import SettingForm
from ui.parts.setting.said import is_offered, summary
from ui.state.formatting import day_of
from ui.state.page_names import PageName
from ui.theme import look
from ui.widgets.buttons import QuietButton
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card, label

NARROW = 900
"""A page that is less wide (design px) has no groups beside the names."""


class LateSessionPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._room = context.session
        self._draft_shown: SessionId | None = None
        self._drafts_shown: tuple[SessionView, ...] | None = None
        self.people = PeopleCard()
        self.leave_kinds = Choice(
            [(one.value, say(f"leave.{one.value}")) for one in LeaveKind], even=True
        )
        self.leave_kinds.hide()
        self.people.letters.hide()  # letters are typed: nobody here is spelled yet
        self.people.rows.addWidget(self.leave_kinds)
        self.kinds = KindChoice(self._on_kind, self._show_head)
        self.visitor = VisitorForm()
        self.setting = SettingForm(self._room, self._on_setting)
        self.left = QStackedWidget()
        for part in (self._build_head(), self.kinds, self.visitor, self.setting):
            self.left.addWidget(part)
        card = tight(Card())
        card.rows.addWidget(self.left, 1)
        self._body = body = row(card, self.people, gap=16)
        self._find_room()
        self.rows.addLayout(body, 1)
        self.presenter = LateSessionPresenter(context.session, self.render_state, self._clear)
        self.reader = self.presenter.reader
        self._connect()
        self._clear()

    def act(self, act: Shortcut) -> bool:
        """Esc goes back a part; no key hands anything in."""
        if act is Shortcut.SEARCH:
            self.people.search.setFocus()
        elif act is Shortcut.UNDO_MARK:
            self.presenter.undo()
        elif act is Shortcut.ESCAPE:
            self.people.search.clear()
            self._show_head()
        else:
            return False
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Cards that are read while it is in front are those of the paper."""
        super().showEvent(event)
        self._room.takes_card = self.presenter.scan

    def hideEvent(self, event: QHideEvent) -> None:
        """And of the session again afterwards."""
        super().hideEvent(event)
        self._room.takes_card = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow page the head of the paper has half of it."""
        super().resizeEvent(event)
        self._find_room()

    def unfinished(self) -> tuple[LateHead, LatePageState]:
        """What is typed, for the page that is made anew in another look."""
        return self._head(), self.presenter.state

    def go_on(self, unfinished: tuple[LateHead, LatePageState]) -> None:
        """Take up what another page left."""
        head, state = unfinished
        self._fill(head)
        self.presenter.state = state
        self.presenter.load()

    def render_state(self, state: LatePageState) -> None:
        """Show a state."""
        self.people.show_people(state.people)
        self.kind.say(say("op.kind.button", kind=kind_word(state.kind)))
        draft = state.draft
        for box in self._boxes:
            box.setEnabled(draft is None)
        for part in (self.kind, self.before, self.after):
            part.setEnabled(draft is None)
        self.more.say(summary(state.said, state.offered, state.kind))
        asks = {Activity.STOPS, Activity.VISIT} & RULES[state.kind].activities
        self.wants.setVisible(bool(asks) or is_offered(state.offered, state.kind))
        self.more.setEnabled(draft is None or state.is_visits)
        if draft is not None and draft.session.id != self._draft_shown:
            self._fill(_head_of(draft))
        self._draft_shown = None if draft is None else draft.session.id
        self.heads.setVisible(Activity.HEADS in RULES[state.kind].activities)
        named = "、".join(one.name for one in state.visitors)
        self.visitors.say(say("op.late.visitors", names=named))
        self.visitors.setVisible(bool(named) and not state.is_visits)
        self.leave_kinds.setVisible(state.leave is not None)
        self.people.leave.say(say("op.late.leave_on" if state.leave else "op.roll.leave"))
        for part in (self.people.leave, self.people.visitor):
            part.setVisible(not state.is_visits)
        self.visited.setVisible(state.is_visits)
        key = "op.late.hand_in_visits" if state.is_visits else "op.late.hand_in"
        self.main.say(say(key, count=len(state.marks) if state.is_visits else state.came))
        for button in (self.main, self.aside):
            button.setEnabled(not state.is_sending)
        if state.drafts != self._drafts_shown:
            self._drafts_shown = state.drafts
            self.drafts.show_parts(tuple(self._draft_row(one) for one in state.drafts))
            self.drafts.setVisible(bool(state.drafts))

    # --- inside -----------------------------------------------------------------------

    def _find_room(self) -> None:
        narrow = self.width() < look.scaled(NARROW)
        for at, share in enumerate((1, 1) if narrow else (5, 7)):
            self._body.setStretch(at, share)
        self.people.stack_up(narrow)
        self.people.column.make_room(not narrow)

    def _build_head(self) -> QWidget:
        self.kind = FitButton("", icon="list")
        self.more = FitButton("", icon="people")
        self.wants = _named(say("op.setting.title"), self.more)
        self.visited = words(say("op.late.touch_visited"), "body")
        self.title = field(say("op.today.extra_name"), most=bounds.TITLE)
        self.day = field(say("op.late.day"), "2026-11-26", most=10)
        self.before = FitButton(say("op.late.day_before"))
        self.after = FitButton(say("op.late.day_after"))
        self.begins = field(say("op.late.begins"), "19:30", most=5)
        self.ends = field(say("op.late.ends"), "20:30", most=5)
        self.place = field(say("op.late.place"), most=bounds.PLACE)
        self.villagers = field(say("op.late.villagers"), most=5)
        self.heads = _named(say("op.late.villagers"), self.villagers)
        self.by = field(say("op.late.by"), most=bounds.NAME)
        self.reason = field(say("op.late.reason"), most=bounds.REASON)
        self._boxes: tuple[QLineEdit, ...] = (
            *(self.title, self.day, self.begins, self.ends),
            *(self.place, self.villagers, self.by, self.reason),
        )
        self.visitors = FitButton("", icon="undo")
        self.drafts = _Drafts()
        self.aside = FitButton(say("op.late.put_aside_button"))
        self.main = FitButton("", icon="check", main=True)
        inside = ScrollColumn(gap=10)
        parts: tuple[QWidget, ...] = (
            self.drafts,
            _named(say("op.today.extra_name"), self.title),
            self.visited,
            self.wants,
            _named(say("op.late.when"), _beside(self.before, self.day, self.after, at=1)),
            _beside(
                _named(say("op.late.begins"), self.begins), _named(say("op.late.ends"), self.ends)
            ),
            _named(say("op.late.by"), self.by),
            _named(say("op.late.reason"), self.reason),
            _named(say("op.late.place"), self.place),
            self.heads,
            self.visitors,
        )
        for part in parts:
            inside.rows.addWidget(part)
        leave = QuietButton(say("op.cancel"))
        leave.clicked.connect(self._on_left)
        foot = row(leave, self.aside, self.main)
        foot.setStretch(1, 2)
        foot.setStretch(2, 4)
        head = row(words(say("op.late.title"), "section"), self.kind)
        head.setStretch(0, 2)
        head.setStretch(1, 3)
        made = QWidget()
        made.setLayout(column(head, inside, foot))
        return made

    def _connect(self) -> None:
        does, people = self.presenter, self.people
        people.search.textEdited.connect(does.type)
        people.search.returnPressed.connect(does.mark_first)
        people.grid.touched.connect(lambda person: does.touch(PersonId(person)))
        people.column.chosen.connect(does.choose_group)
        people.undo.clicked.connect(does.undo)
        people.leave.clicked.connect(self._on_leave)
        people.visitor.clicked.connect(self._on_visitor_asked)
        self.leave_kinds.chosen.connect(lambda key: does.take_leave(LeaveKind(key)))
        self.visitor.told.connect(self._on_visitor)
        self.visitor.put_away.connect(self._show_head)
        self.visitors.clicked.connect(does.drop_visitor)
        self.kind.clicked.connect(lambda: self.left.setCurrentWidget(self.kinds))
        self.more.clicked.connect(self._on_more)
        self.before.clicked.connect(partial(self._move_day, -1))
        self.after.clicked.connect(partial(self._move_day, 1))
        self.aside.clicked.connect(lambda: does.send(self._head(), hand_in=False))
        self.main.clicked.connect(lambda: does.send(self._head(), hand_in=True))

    def _head(self) -> LateHead:
        return LateHead(*(box.text() for box in self._boxes))

    def _fill(self, head: LateHead) -> None:
        told = (
            *(head.title, head.day, head.begins, head.ends),
            *(head.place, head.villagers, head.by, head.reason),
        )
        for box, text in zip(self._boxes, told, strict=True):
            box.setText(text)

    def _clear(self) -> None:
        self._fill(LateHead(day=self.presenter.yesterday()))
        self.presenter.begin()
        self._show_head()

    def _show_head(self) -> None:
        self.left.setCurrentIndex(0)

    def _on_kind(self, kind: SessionKind) -> None:
        self.presenter.choose_kind(kind)
        self._show_head()

    def _on_more(self) -> None:
        state = self.presenter.state
        self.setting.begin(state.offered, state.kind, state.said, past=True)
        self.left.setCurrentWidget(self.setting)

    def _on_setting(self) -> None:
        self.presenter.take_setting(self.setting.said(self.presenter.state.said))
        self._show_head()

    def _on_leave(self) -> None:
        on = self.presenter.state.leave is None
        self.leave_kinds.choose(LeaveKind.PRIVATE.value)
        self.presenter.take_leave(LeaveKind.PRIVATE if on else None)

    def _on_visitor_asked(self) -> None:
        self.left.setCurrentWidget(self.visitor)
        self.visitor.begin()

    def _on_visitor(self, name: str, tail: str, home: str) -> None:
        self.presenter.admit(name, tail, home)
        self._show_head()

    def _on_left(self) -> None:
        self._clear()
        self._room.host.go(PageName.TODAY)

    def _move_day(self, days: int) -> None:
        self.day.setText(self.presenter.moved_day(self.day.text(), days))

    def _draft_row(self, draft: SessionView) -> QWidget:
        told = say("op.late.draft", title=titled(draft.session), day=day_of(draft.session.held_ms))
        go_on = FitButton(told, icon="note")
        go_on.clicked.connect(lambda: self.presenter.go_on(draft))
        drop = QuietButton(say("op.late.drop"))
        drop.clicked.connect(lambda: self.presenter.give_up(draft))
        return _beside(go_on, drop)


class _Drafts(QWidget):
    """What was put aside, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = column(words(say("op.late.drafts"), "caption"))
        self._rows = column()
        self._inside.addLayout(self._rows)
        self.setLayout(self._inside)

    def show_parts(self, parts: tuple[QWidget, ...]) -> None:
        """Show other drafts."""
        clear(self._rows)
        for part in parts:
            self._rows.addWidget(part)


def _head_of(draft: SessionView) -> LateHead:
    late = draft.session.activities.late
    if late is None:
        return LateHead(draft.session.title)
    begins, ends = local_time(late.held_from_ms), local_time(late.held_to_ms)
    heads = next((one.count for one in draft.session.activities.heads), None)
    return LateHead(
        draft.session.title,
        f"{begins:%Y-%m-%d}",
        f"{begins:%H:%M}",
        f"{ends:%H:%M}",
        draft.session.setting.place,
        "" if heads is None else str(heads),
        late.by,
        late.reason,
    )


def _named(name: str, part: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(column(label(name, "caption"), part, gap=2))
    return made


def _beside(*parts: QWidget, at: int = 0) -> QWidget:
    made = QWidget()
    inside = row(*parts)
    inside.setStretch(at, 1)
    made.setLayout(inside)
    return made
