"""The shelf: a month's books at the left, the open one at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.areas.forms.form import Form
from app.areas.forms.sheets.equipment_list import NAME as EQUIPMENT_LIST
from app.areas.forms.sheets.words_of import month_of
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.records.shelf.behind import BehindSheet
from ui.pages.records.shelf.form_sheet import FormSheet
from ui.pages.records.shelf.presenter import ShelfPresenter
from ui.pages.records.shelf.state import ShelfState
from ui.parts.layout import ScrollColumn, column, row, words
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.state.current_session import CurrentSession
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label

if TYPE_CHECKING:
    from ui.pages.records.equipment.view import EquipmentSheet
    from ui.parts.chooser.stick_question import PlaceQuestion


class BookShelf:
    """``left`` and ``right`` are the two halves, for the page that has room for them."""

    def __init__(self, owner: QWidget, room: CurrentSession) -> None:
        self._owner, self._room = owner, room
        self.back = QuietButton(say("op.books.earlier"))
        self.on = QuietButton(say("op.books.later"))
        self.month = label("", "section")
        self.list = ScrollColumn()
        self.print_all = PrimaryButton(say("op.books.print_month"), icon="printer")
        self.left = QWidget()
        months = row(self.back, None, self.month, None, self.on)
        self.left.setLayout(column(months, self.list, self.print_all))
        self.title = words("", "title")
        self.sheet = FormSheet()
        self.print_one = FitButton(say("paper.print"), icon="printer")
        self.save = FitButton(say("paper.save_table"), icon="download")
        self.devices = FitButton(say("op.equipment.open"), icon="note")
        self.equipment: EquipmentSheet | None = None
        self.question: PlaceQuestion | None = None
        self.right = QWidget()
        papers = row(self.print_one, self.save, None)
        self.right.setLayout(column(self.title, papers, row(self.devices, None), self.sheet))
        self.behind = BehindSheet(owner)
        self.presenter = ShelfPresenter(room, self.render_state)
        self._shown: Form | None = None
        self._connect()

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.presenter.earlier())
        self.on.clicked.connect(lambda: self.presenter.later())
        self.sheet.asked.connect(lambda origin: self.presenter.ask_behind(origin))
        self.behind.put_away.connect(lambda: self.presenter.put_away())
        self.print_one.clicked.connect(self._print_one)
        self.print_all.clicked.connect(lambda: self.presenter.all_of_month(self._print))
        self.save.clicked.connect(self._save)
        self.devices.clicked.connect(self._open_devices)

    def takes(self, act: Shortcut) -> bool:
        """While the sheet lies over the page its keys are for it."""
        if self.equipment is not None and self.equipment.takes(act):
            return True
        if self.question is not None and self.question.isVisible():
            if act is Shortcut.ESCAPE:
                self.question.hide()
            return act is not Shortcut.PRESS
        if not self.behind.isVisible():
            return False
        if act is Shortcut.ESCAPE:
            self.presenter.put_away()
        return act is not Shortcut.PRESS

    def _open_devices(self) -> None:
        from ui.pages.records.equipment.view import EquipmentSheet  # seldom wanted

        if self.equipment is None:
            self.equipment = EquipmentSheet(self._owner, self._room, self.presenter.load)
        self.equipment.open()

    def _print_one(self) -> None:
        form = self.presenter.state.form
        if form is not None:
            self._print((form,))

    def _print(self, forms: tuple[Form, ...]) -> None:
        from ui.printing.print_or_save import offer_forms  # the printer's library, to print

        month = self.presenter.state.month
        name = forms[0].file_name if len(forms) == 1 else f"{say('form.books')} {month}"
        offer_forms(self._owner, self._room, forms, name)

    def _save(self) -> None:
        from ui.pages.records.shelf.saving import save_table
        from ui.parts.chooser.stick_question import PlaceQuestion

        form = self.presenter.state.form
        if form is not None:
            if self.question is None:
                self.question = PlaceQuestion(self._owner)
            save_table(self.question, self._room, form)

    def render_state(self, state: ShelfState) -> None:
        """Show a state."""
        self.month.setText(month_of(say, state.month) if state.month else "")
        self.back.setEnabled(state.may_go_back)
        self.on.setEnabled(state.may_go_on)
        parts = []
        for form in state.forms:
            part = CourseRow(_row_of(form, chosen=form.file_name == state.chosen))
            part.clicked.connect(lambda _on=False, one=form.file_name: self.presenter.choose(one))
            parts.append(part)
        visits = CourseShown(
            say("form.visit_list"),
            (say("op.books.for_secretary"),),
            icon="lock",
            chosen=state.private is not None,
        )
        part = CourseRow(visits)
        part.clicked.connect(lambda _on=False: self.presenter.open_visits())
        self.visits = part
        self.list.show_parts((*parts, part))
        if state.form is not None and state.form is not self._shown:
            self._shown = state.form
            self.devices.setVisible(state.form.name == EQUIPMENT_LIST)
            self.title.setText(state.form.title)
            self.sheet.show_form(state.form)
        self.behind.show_sessions(state.behind)


def _row_of(form: Form, *, chosen: bool) -> CourseShown:
    lines = sum(len(one.filled.rows) for one in form.tables[-1:])
    about = form.head[0].cell.value if form.name == "class_file" else ""
    told = say("op.books.lines", count=lines) if form.tables else say("op.books.one_sheet")
    under = (str(about), told) if about else (told,)
    return CourseShown(title=form.title, under=under, icon="list", chosen=chosen)
