"""All courses by topic on the left, the chosen one on the right with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.ids import CourseId
from app.words import say
from ui.keys import Act
from ui.pages.courses.presenter import CoursesPresenter
from ui.pages.courses.state import CoursesState
from ui.pages.parts.course_row import CourseRow, readiness, shown_of
from ui.pages.parts.fit_button import FitButton
from ui.pages.parts.layout import PageView, ScrollColumn, row, tight, words
from ui.room import Room
from ui.says import length, size
from ui.widgets.buttons import SecondaryButton
from ui.widgets.empty_note import EmptyNote
from ui.widgets.panel import Card, label


class CoursesView(PageView):
    """See the module."""

    def __init__(self, room: Room, play: Callable[[CourseId], None]) -> None:
        super().__init__()
        self.counts = label("", "body")
        self.list = ScrollColumn()
        left = tight(Card())
        left.rows.addLayout(row(label(say("op.courses.title"), "title"), None, self.counts))
        self.empty = EmptyNote(say("op.courses.none"), icon="book")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        left.rows.addWidget(self.stack, 1)
        self.name = words("", "title")
        self.summary = words("", "body")
        self.facts = words("", "body")
        self.trouble = words("", "body")
        about = ScrollColumn(gap=16)
        for part in (self.name, self.facts, self.summary, self.trouble):
            about.rows.addWidget(part)
        self.main = FitButton("", icon="play", main=True)
        self.evening = SecondaryButton(say("op.courses.evening"), icon="plus")
        right = tight(Card())
        right.rows.addWidget(about, 1)
        right.rows.addWidget(self.evening)
        right.rows.addWidget(self.main)
        body = row(left, right, gap=16)
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        self.rows.addLayout(body, 1)
        self.presenter = CoursesPresenter(room, self.render_state, play)
        self.reader = self.presenter.reader
        self.main.clicked.connect(self.presenter.play)
        self.evening.clicked.connect(self.presenter.begin_evening)

    def act(self, act: Act) -> bool:
        """F5 plays."""
        if act is not Act.MAIN:
            return False
        self.presenter.play()
        return True

    def render_state(self, state: CoursesState) -> None:
        """Show a state."""
        self.counts.setText(say("op.today.courses_ready", ready=state.ready, total=state.total))
        self.stack.setCurrentIndex(1 if state.loaded and not state.total else 0)
        chosen = state.chosen
        parts: list[QWidget] = []
        for topic, listed in state.topics:
            parts.append(label(topic or say("op.courses.no_topic"), "section"))
            for view in listed:
                mine = chosen is not None and view.course.id == chosen.course.id
                part = CourseRow(shown_of(view, chosen=mine))
                part.clicked.connect(
                    lambda _on=False, course=view.course.id: self.presenter.choose(course)
                )
                parts.append(part)
        self.list.show_parts(tuple(parts))
        self.main.setVisible(chosen is not None)
        self.evening.setVisible(chosen is not None and not state.running)
        if chosen is None:
            return
        course = chosen.course
        self.name.setText(course.title)
        self.summary.setText(course.summary)
        total = sum(one.size_bytes for one in course.files)
        subtitle = say("op.courses.yes" if course.subtitle else "op.courses.no")
        lines = [
            f"{say('op.courses.length')}　{length(course.duration_ms)}",
            f"{say('op.courses.size')}　{size(total)}",
            f"{say('op.courses.subtitle')}　{subtitle}",
            f"{say('op.courses.state')}　{readiness(chosen)}",
        ]
        if course.licence:
            lines.append(f"{say('op.courses.licence')}　{course.licence}")
        self.facts.setText("\n".join(lines))
        self.trouble.setText(
            say(chosen.trouble, title=course.title, percent=chosen.percent)
            if chosen.trouble
            else ""
        )
        key = "op.courses.play" if state.running else "op.courses.look"
        self.main.say(say(key, title=course.title))
