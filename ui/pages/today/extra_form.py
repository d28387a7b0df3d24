"""The form of a session nobody planned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.areas.catalogue.values import Route
from app.areas.courses.views import CourseView
from app.areas.people.person import OrgUnit
from app.areas.sessions.activity_lines import kind_word
from app.areas.sessions.kinds import RULES, Activity, SessionKind
from app.areas.sessions.session import SessionSetting
from app.areas.sessions.views import SettingChoices
from app.domain import bounds
from app.domain.ids import CourseId, OrgUnitId
from app.words import say
from ui.pages.today.state import ExtraChoices, ExtraSession
from ui.parts.forms.fields import Choice, field
from ui.parts.forms.kind_choice import KindChoice
from ui.parts.layout import ScrollColumn, column, row, words
from ui.parts.lists.course_row import CourseRow, shown_of
from ui.parts.setting.said import SettingSaid, is_offered, summary
from ui.state.current_session import CurrentSession
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label

if TYPE_CHECKING:
    from ui.parts.setting.form import SettingForm

MOST_BRANCHES = 4
"""With more, a session for one branch is planned at the centre."""

NO_CHOICES = ExtraChoices()


class ExtraForm(QWidget):
    """A session nobody planned: touch courses in their order, then go.

    It is a lesson together unless another kind is chosen; a kind held elsewhere asks where.
    """

    def __init__(
        self,
        room: CurrentSession,
        begun: Callable[[ExtraSession], None],
        put_away: Callable[[], None],
    ) -> None:
        super().__init__()
        self._room, self._begun = room, begun
        self.setting: SettingForm | None = None
        self._courses: tuple[CourseView, ...] = ()
        self._offered = SettingChoices()
        self._said = SettingSaid()
        self.stack = QStackedWidget()
        self.kind = SessionKind.GROUP_SESSION
        self.chosen: list[CourseId] = []
        self.route = ""
        self.units: tuple[OrgUnitId, ...] = ()
        self.name = field(say("op.today.extra_name"), say("op.today.extra_name"), most=bounds.TITLE)
        self.place = field(say("op.kind.place"), say("op.kind.place"), most=bounds.PLACE)
        self.kind_button = FitButton("", icon="list")
        self.more = FitButton("", icon="people")
        self.branches = row()
        self.list_title = label("", "caption")
        self.list = ScrollColumn()
        self.accept = FitButton(say("op.today.extra_go"), main=True)
        cancel = FitButton(say("op.cancel"))
        self.late = FitButton(say("op.late.open"), icon="note")
        self.accept.clicked.connect(self._on_accepted)
        cancel.clicked.connect(put_away)
        self.kinds = KindChoice(self._on_kind, self._show_form)
        self.kind_button.clicked.connect(lambda: self.stack.setCurrentWidget(self.kinds))
        self.more.clicked.connect(self._on_more)
        head = row(label(say("op.today.extra"), "section"), self.kind_button)
        head.setStretch(1, 1)
        foot = row(cancel, self.late, self.accept)
        for at, (part, share) in enumerate(((cancel, 2), (self.late, 3), (self.accept, 4))):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            foot.setStretch(at, share)
        self.more.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        named = row(self.name, self.more)
        for at, share in enumerate((4, 3)):
            named.setStretch(at, share)
        self._form = QWidget()
        self._form.setLayout(
            column(
                head,
                named,
                self.place,
                self.branches,
                self.list_title,
                self.list,
                foot,
            )
        )
        self.stack.addWidget(self._form)
        self.stack.addWidget(self.kinds)
        self.setLayout(column(self.stack))

    def begin(
        self,
        courses: tuple[CourseView, ...],
        kind: SessionKind = SessionKind.GROUP_SESSION,
        offered: ExtraChoices = NO_CHOICES,
    ) -> None:
        """Choose among these."""
        self._courses, self._offered, self.chosen = courses, offered.setting, []
        self._said = SettingSaid()
        drafts = offered.drafts
        self.late.say(say("op.late.open_drafts", count=drafts) if drafts else say("op.late.open"))
        self.route, self.units = "", ()
        self.name.clear()
        self.place.clear()
        self._show_branches(offered.branches)
        self._on_kind(kind)

    def toggle(self, course: CourseId) -> None:
        """Take a course in, or out again."""
        if course in self.chosen:
            self.chosen.remove(course)
        else:
            self.chosen.append(course)
        self._show()

    def _on_kind(self, kind: SessionKind) -> None:
        self.kind = kind
        self.kind_button.say(say("op.kind.button", kind=kind_word(kind)))
        self.place.setVisible(not RULES[kind].needs_pc)
        self.more.setVisible(is_offered(self._offered, kind))
        self._show_setting()
        self._show()
        self._show_form()

    def _on_more(self) -> None:
        from ui.parts.setting.form import SettingForm  # seldom wanted, made when it is

        if self.setting is None:
            self.setting = SettingForm(self._room, self._on_setting)
            self.stack.addWidget(self.setting)
        self.setting.begin(self._offered, self.kind, self._said, past=False)
        self.stack.setCurrentWidget(self.setting)

    def _on_setting(self) -> None:
        if self.setting is not None:
            self._said = self.setting.said(self._said)
        self._show_setting()
        self._show_form()

    def _show_setting(self) -> None:
        self.more.say(summary(self._said, self._offered, self.kind))

    def _show_form(self) -> None:
        self.stack.setCurrentWidget(self._form)

    def _show_branches(self, units: tuple[OrgUnit, ...]) -> None:
        while (item := self.branches.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        if 1 < len(units) <= MOST_BRANCHES:
            options = [("", say("op.kind.everybody")), *((one.id, one.name) for one in units)]
            choice = Choice(options, even=True)
            choice.choose("")
            choice.chosen.connect(self._on_branch)
            self.branches.addWidget(choice)

    def _on_branch(self, unit: str) -> None:
        self.units = (OrgUnitId(unit),) if unit else ()

    def _on_accepted(self) -> None:
        plays = Activity.PLAY in RULES[self.kind].activities
        self._begun(
            ExtraSession(
                self.name.text(),
                tuple(self.chosen) if plays else (),
                self.kind,
                self._setting(),
                self.units,
            )
        )

    def _setting(self) -> SessionSetting:
        teaches = Activity.LECTURE in RULES[self.kind].activities
        said = self._said.setting
        return replace(
            said,
            place=self.place.text(),
            route=self.route,
            lecturers=said.lecturers if teaches else (),
        )

    def _show(self) -> None:
        has = RULES[self.kind].activities
        plays, stops = Activity.PLAY in has, Activity.STOPS in has
        self.list_title.setText(say("op.today.extra_courses" if plays else "op.kind.route"))
        self.list_title.setVisible(plays or (stops and bool(self._offered.routes)))
        if plays:
            parts: list[QWidget] = [self._course(view) for view in self._courses]
            self.list.show_parts(tuple(parts) or (words(say("op.prepare.no_courses"), "body"),))
        else:
            self.list.show_parts(tuple(map(self._route, self._offered.routes)) if stops else ())

    def _course(self, view: CourseView) -> QWidget:
        on = view.course.id in self.chosen
        badge = str(self.chosen.index(view.course.id) + 1) if on else ""
        part = CourseRow(shown_of(view, badge=badge, chosen=on))
        part.clicked.connect(lambda _on=False, one=view.course.id: self.toggle(one))
        return part

    def _route(self, route: Route) -> QWidget:
        part = FitButton(route.name, icon="wall", checkable=True)
        part.setChecked(route.id == self.route)
        part.clicked.connect(lambda: self._choose_route(route.id))
        return part

    def _choose_route(self, route: str) -> None:
        self.route = "" if route == self.route else route
        self._show()
