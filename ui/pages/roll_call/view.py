"""Roll-call: people by group in fixed places; the right shows count, picture, what is next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from app.areas.attendance.visitors import Lookalike
from app.areas.sessions.session import Step
from app.domain.ids import PersonId
from app.domain.personal import LeaveKind
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.roll_call.people import PeopleCard
from ui.pages.roll_call.presenter import RollCallPresenter
from ui.pages.roll_call.side_forms import SideForms
from ui.pages.roll_call.state import LeftOff, RollCallFilter, RollCallState
from ui.parts.activities.presenter import button_words, is_main
from ui.parts.activities.sheet import ActivitiesSheet
from ui.parts.forms.fields import Choice
from ui.parts.layout import PageView, ScrollColumn, column, even, row, tight, words
from ui.parts.lists.people_list import PeopleTiles, PersonShown
from ui.parts.mirror_box import MirrorBox
from ui.parts.person.sheet import PersonSheetView
from ui.parts.session_frame import MAIN_HEIGHT, Foot, SessionFrame
from ui.state.page_names import PageName
from ui.theme import look, tokens
from ui.widgets.count_bar import CountBar
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card, label
from ui.widgets.tiles.name_tile import TileState

CHIPS = tuple(one for one in RollCallFilter if one is not RollCallFilter.EVERYONE)
TALL, LOW, NARROW, CHIPS_TOO = 620, 340, 900, 1000
"""From the first page height (design px) on, the newest names are listed too; below the second
there is no picture of the room; in less width than the third the counts stand in two lines, in less
than the fourth the names have the place of the groups' chips."""


class RollCallPage(PageView):
    """See the module."""

    left_people = Signal()
    """Who worked on the people beside another page is done there."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._room = context.session
        self._newest_shown: tuple[str, ...] | None = None
        self._known_shown: tuple[Lookalike, ...] = ()
        self._audience = context.audience
        self.people, self.forms = people, forms = PeopleCard(), SideForms()
        self.search, self.letters, self.column = people.search, people.letters, people.column
        self.grid, self.undo = people.grid, people.undo
        self.leave, self.visitor = people.leave, people.visitor
        self.visitor_form, self.known_form = forms.visitor, forms.known
        self.kinds, self.leave_end = forms.kinds, forms.leave_end
        self._frame: SessionFrame | None = None
        self._body = body = row(self.people, self._build_side(self._audience.make_mirror()), gap=16)
        body.setStretch(0, 5)
        body.setStretch(1, 3)
        self.rows.addLayout(body, 1)
        self.sheet = PersonSheetView(self, context.session)
        self.doings = ActivitiesSheet(self, context.session)
        self.presenter = RollCallPresenter(context.session, self)
        self.reader = self.presenter.reader
        self._connect()

    def act(self, act: Shortcut) -> bool:
        """Keys of this page."""
        if self.sheet.takes(act) or self.doings.takes(act):
            return True
        if act is Shortcut.MAIN:
            self._on_play()
        elif act is Shortcut.SEARCH:
            self.search.setFocus()
        elif act is Shortcut.UNDO_MARK:
            self.presenter.undo()
        elif act is Shortcut.ESCAPE:
            self.search.clear()
            self._put_away()
        else:
            return act is Shortcut.NOTHING
        return True

    def opened(self) -> None:
        """Typing goes to the search box at once, whatever input method is on."""
        self.presenter.opened()
        self.search.setFocus()

    def act_beside(self, act: Shortcut) -> bool:
        """Keys while its people stand beside another page."""
        if self.sheet.takes(act):
            return True
        if act in (Shortcut.SEARCH, Shortcut.DRAWER):
            self.search.setFocus()
            return True
        if act is not Shortcut.ESCAPE or not (
            self._works_here() or self.forms.asked or self.search.text()
        ):
            return False
        self.search.clear()
        self._put_away()
        return True

    def spread(self, frame: SessionFrame | None) -> None:
        """Lend the frame the people, what is asked about them, and what leads on; or take it back."""
        self.people.stack_up(frame is not None, dense=frame is not None and frame.is_dense)
        if frame is self._frame:
            return
        self._frame = frame
        if frame is None:
            self._body.insertWidget(0, self.people, 5)
            self._inside.insertWidget(1, self.groups)
            self.forms.stand_in(self.side)
            self.foot.stand_in(self._inside)
        else:
            frame.people.addWidget(self.people)
            self.people.rows.insertWidget(0, self.groups)
            self.forms.stand_in(frame.tonight)
            self.foot.stand_apart(frame)
        self.people.show()
        self.groups.show()
        # How many have come is in the room's picture and in the line of tonight.
        self.count.setVisible(frame is None)
        self._find_room()

    def unfinished(self) -> LeftOff:
        """What is typed and chosen, for the page that is made anew in another look."""
        form = self.visitor_form
        typed = (form.name.text(), form.tail.text(), form.home.text())
        return LeftOff(self.presenter.state, typed, self.forms.asked is form)

    def go_on(self, unfinished: LeftOff) -> None:
        """Take up what another page left."""
        self.presenter.take_up(unfinished.state)
        form = self.visitor_form
        for box, text in zip((form.name, form.tail, form.home), unfinished.typed, strict=True):
            box.setText(text)
        if unfinished.state.leave is not None:
            self._on_leave_asked(unfinished.state.leave)
        elif unfinished.asks_visitor:
            self.forms.ask(form)

    def render_state(self, state: RollCallState) -> None:
        """Show a state."""
        self._show_groups(state)
        self.people.show_people(state)
        turnout = state.turnout
        self.count.show_count(
            turnout.arrived, turnout.expected, turnout.visitors + turnout.left_out_present
        )
        self._show_main(state)
        self._show_doing()
        self._show_side()
        self._show_question(state)

    def open_sheet(self, person: PersonId) -> None:
        """Everything of somebody who has a mark already."""
        self.sheet.open(person)

    def visitor_admitted(self) -> None:
        """Back to the count."""
        self._put_away()

    # --- inside -----------------------------------------------------------------------

    def _build_side(self, mirror: QWidget) -> Card:
        self.count = CountBar(count_px=look.scaled(48))
        self.groups = Choice([(one.value, "") for one in CHIPS], even=True)
        self.main = FitButton(say("op.roll.play"), icon="play", main=True)
        self.foot = Foot(column(self.main), self.main, MAIN_HEIGHT)
        self.main.set_height(MAIN_HEIGHT)
        self.self_service = FitButton("", icon="keypad")
        self.desk = FitButton(say("op.roll.desk"), icon="keypad")
        self.doing = FitButton("", icon="list")
        self.newest_title = label(say("op.roll.newest"), "caption")
        self.newest = ScrollColumn()
        self.mirror = MirrorBox(mirror)
        seen = QWidget()
        self._inside = inside = column(
            self.count,
            self.groups,
            self.mirror,
            even(self.self_service, self.desk),
            self.doing,
            self.newest_title,
            self.newest,
            self.foot,
        )
        inside.setStretch(2, 1)
        inside.setStretch(6, 1)
        inside.setSpacing(tokens.GAP)
        seen.setLayout(inside)
        self.side = QStackedWidget()
        self.side.addWidget(seen)
        self.forms.stand_in(self.side)
        card = tight(Card())
        card.rows.addWidget(self.side, 1)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture and the list of the newest only where there is room for them."""
        super().resizeEvent(event)
        self._find_room()

    def _find_room(self) -> None:
        narrow = self._frame is None and self.width() < look.scaled(NARROW)
        self.groups.lay_out(2 if narrow else len(CHIPS))
        if self._frame is None:
            self.people.make_room(self.width() >= look.scaled(CHIPS_TOO))
        low = self.height() < look.scaled(LOW + 80 * self.groups.in_lines)
        self.count.set_count_px(look.scaled(34 if low and narrow else 48))
        self.mirror.setVisible(self._frame is None and not low)
        tall = self._frame is not None or self.height() >= look.scaled(TALL)
        self.newest_title.setVisible(tall)
        self.newest.setVisible(tall)

    def _connect(self) -> None:
        presenter = self.presenter
        self.search.textChanged.connect(presenter.type)
        self.search.returnPressed.connect(presenter.mark_first)
        self.grid.touched.connect(self._on_touched)
        self.column.chosen.connect(presenter.choose_group)
        self.grid.head_touched.connect(presenter.turn_group)
        self.letters.chosen.connect(presenter.choose_letters)
        self.groups.laid_out.connect(self._find_room)
        self.groups.chosen.connect(lambda key: presenter.look_at(RollCallFilter(key)))
        self.undo.clicked.connect(presenter.undo)
        self.leave.clicked.connect(lambda: self._on_leave_asked())
        self.visitor.clicked.connect(self._on_visitor_asked)
        self.leave_end.clicked.connect(self._put_away)
        self.kinds.chosen.connect(self._on_kind_chosen)
        self.visitor_form.put_away.connect(self._put_away)
        self.visitor_form.told.connect(presenter.admit_visitor)
        self.known_form.same.connect(lambda person: presenter.is_known(PersonId(person)))
        self.known_form.other.connect(presenter.is_someone_else)
        self.known_form.back.connect(presenter.forget_question)
        self.main.clicked.connect(self._on_play)
        self.doing.clicked.connect(lambda: self.doings.open())
        self.self_service.clicked.connect(self._on_self_service)
        self.desk.clicked.connect(self._audience.sign_in_here)

    def _show_groups(self, state: RollCallState) -> None:
        turnout = state.turnout
        counts = {
            RollCallFilter.WAITING: say("op.roll.waiting", count=state.waiting),
            RollCallFilter.ARRIVED: say("op.roll.arrived", count=turnout.in_room),
            RollCallFilter.ON_LEAVE: say("op.roll.on_leave", count=turnout.on_leave),
            RollCallFilter.LEFT_OUT: say(
                "op.roll.left_out", count=turnout.left_out - turnout.left_out_present
            ),
        }
        for shown, text in counts.items():
            self.groups.buttons[shown.value].say(text)
        self.groups.choose(state.shown.value)

    def _show_main(self, state: RollCallState) -> None:
        if state.ends:
            self.main.say(say("op.roll.finish"), icon="check")
        elif state.step is Step.PLAY:
            self.main.say(say("op.roll.back_to_play"), icon="play")
        elif state.course is None:
            self.main.say(say("op.roll.no_course"), icon="talk")
        else:
            self.main.say(say("op.roll.play_title", title=state.course.title), icon="play")

    def _show_doing(self) -> None:
        view = self._room.view
        self.doing.setVisible(view is not None and is_main(view.session))
        if view is not None:
            self.doing.say(button_words(view.session))
        if self.doings.isVisible():
            self.doings.render_view()

    def _on_self_service(self) -> None:
        self._audience.toggle_self_service()
        self._show_side()

    def _show_side(self) -> None:
        on = self._audience.is_self_service()
        self.self_service.say(say("op.roll.self_on" if on else "op.roll.self_off"))
        self.desk.setVisible(bool(self._audience.screen))
        newest = self._room.newest_names
        if newest == self._newest_shown:
            return
        self._newest_shown = newest
        here = tuple(PersonShown(PersonId(""), one, "", TileState.ARRIVED) for one in newest)
        if here:
            self.newest.show_parts((PeopleTiles(here),))
        else:
            self.newest.show_parts((words(say("op.roll.newest_none"), "body"),))

    def _on_touched(self, person: str) -> None:
        self.presenter.touch(PersonId(person))
        self._focus_search()

    def _on_leave_asked(self, kind: LeaveKind = LeaveKind.PRIVATE) -> None:
        self.forms.ask(self.forms.leave)
        self.kinds.choose(kind.value)
        self._on_kind_chosen(kind.value)

    def _on_kind_chosen(self, key: str) -> None:
        self.forms.leave_words.setText(
            say("op.roll.leave_on", kind=say(f"leave.{key}"), end=say("op.roll.leave_end"))
        )
        self.presenter.choose_leave(LeaveKind(key))
        self._focus_search()

    def _on_visitor_asked(self) -> None:
        self.presenter.choose_leave(None)
        self.forms.ask(self.visitor_form)
        self.visitor_form.begin()

    def _show_question(self, state: RollCallState) -> None:
        """The form stays as it was written until the question is answered."""
        self.visitor_form.accept.setEnabled(not state.admitting)
        self.known_form.set_busy(state.admitting)
        asked = self.forms.asked is self.known_form
        if state.known and (not asked or state.known != self._known_shown):
            self._known_shown = state.known
            self.known_form.ask(state.known)
            self.forms.ask(self.known_form)
        elif not state.known and asked:
            self.forms.ask(self.visitor_form)
            self.visitor_form.name.setFocus()

    def _put_away(self) -> None:
        if self.presenter.state.known:
            self.presenter.forget_question()
        self.presenter.choose_leave(None)
        worked = self._works_here()
        self.forms.put_away()
        self._focus_search()
        if worked and not self.isVisible():
            self.left_people.emit()

    def _works_here(self) -> bool:
        """Whether the keys go to the people, or to what is asked about them."""
        focus = QApplication.focusWidget()
        return focus is not None and any(
            part.isAncestorOf(focus) for part in (self.people, self.forms)
        )

    def _focus_search(self) -> None:
        """Typing goes to the search box, unless the keys are another page's."""
        if self.isVisible():
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_play(self) -> None:
        if self.presenter.state.ends:
            self._room.host.go(PageName.CLOSE)
        elif self.presenter.state.course is None and self.presenter.state.step is not Step.PLAY:
            self.presenter.move_to(Step.DISCUSS, PageName.DISCUSS)
        else:
            self.presenter.start_playing()
