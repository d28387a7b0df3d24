"""The form of a session nobody planned."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.areas.courses.views import CourseView
from app.domain import bounds
from app.domain.ids import CourseId
from app.words import say
from ui.parts.forms.fields import field
from ui.parts.layout import ScrollColumn, column, row, words
from ui.parts.lists.course_row import CourseRow, shown_of
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.panel import label


class ExtraForm(QWidget):
    """A session nobody planned: touch courses in their order, then go."""

    def __init__(
        self, begun: Callable[[str, tuple[CourseId, ...]], None], put_away: Callable[[], None]
    ) -> None:
        super().__init__()
        self._courses: tuple[CourseView, ...] = ()
        self.chosen: list[CourseId] = []
        self.name = field(say("op.today.extra_name"), most=bounds.TITLE)
        self.list = ScrollColumn()
        self.accept = PrimaryButton(say("op.today.extra_go"))
        cancel = SecondaryButton(say("op.cancel"))
        self.accept.clicked.connect(lambda: begun(self.name.text(), tuple(self.chosen)))
        cancel.clicked.connect(put_away)
        self.setLayout(
            column(
                label(say("op.today.extra"), "section"),
                label(say("op.today.extra_name"), "caption"),
                self.name,
                label(say("op.today.extra_courses"), "caption"),
                self.list,
                row(cancel, None, self.accept),
            )
        )

    def begin(self, courses: tuple[CourseView, ...]) -> None:
        """Choose among these."""
        self._courses, self.chosen = courses, []
        self.name.clear()
        self._show()

    def toggle(self, course: CourseId) -> None:
        """Take a course in, or out again."""
        if course in self.chosen:
            self.chosen.remove(course)
        else:
            self.chosen.append(course)
        self._show()

    def _show(self) -> None:
        parts = []
        for view in self._courses:
            on = view.course.id in self.chosen
            badge = str(self.chosen.index(view.course.id) + 1) if on else ""
            part = CourseRow(shown_of(view, badge=badge, chosen=on))
            part.clicked.connect(lambda _on=False, one=view.course.id: self.toggle(one))
            parts.append(part)
        self.list.show_parts(tuple(parts) or (words(say("op.prepare.no_courses"), "body"),))
