"""The screen of a test: a wall of names, then one person's questions, then the names again."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.areas.tests_of_courses.verbs import Candidate
from app.domain.ids import PersonId
from app.words import say
from ui.parts.asking.state import AskingState
from ui.parts.asking.view import AskingView
from ui.parts.room_asks.course_tests import CourseTestPresenter
from ui.theme import look
from ui.theme.tokens import touch_floors
from ui.widgets.fit.label import FitLabel
from ui.widgets.tiles.wall import TileWall, WallTile
from ui.widgets.touch.button import TouchButton

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MINUTE_MS = 60_000


class CandidateDesk(QWidget):
    """See ``CandidateScreen``."""

    def __init__(self, presenter: CourseTestPresenter, *, pitch_mm: float | None = None) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pitch_mm = pitch_mm
        self.presenter = presenter
        presenter.screen = self
        self._names: dict[str, str] = {}
        self.asking: AskingView | None = None
        self.heading = FitLabel(weight=700, lines=2, align=_START)
        self.wall = TileWall()
        self.wall.chosen.connect(self._on_chosen)
        self.wall.turned.connect(self._show_turning)
        self.earlier, self.later = TouchButton(icon="arrow_left"), TouchButton(icon="arrow_right")
        self.earlier.show_word(say("member.earlier"))
        self.later.show_word(say("member.later"))
        self.earlier.clicked.connect(lambda: self.wall.turn(-1))
        self.later.clicked.connect(lambda: self.wall.turn(1))
        self._foot = QHBoxLayout()
        for part in (self.earlier, self.later):
            self._foot.addWidget(part)
        names = QWidget()
        self._rows = QVBoxLayout(names)
        self._rows.addWidget(self.heading)
        self._rows.addWidget(self.wall, 1)
        self._rows.addLayout(self._foot)
        self.stack = QStackedWidget()
        self.stack.addWidget(names)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self._limit = QTimer(self, singleShot=True)
        self._limit.timeout.connect(self._on_time)
        self._measure()
        presenter.load()

    def show_names(self, candidates: tuple[Candidate, ...]) -> None:
        """Who may take the test, by name."""
        self._limit.stop()
        self._end_asking()
        self._names = {one.person: one.name for one in candidates}
        self.heading.show_text(say("tests.who" if candidates else "op.tests.nobody"))
        self.setAccessibleName(self.heading.text)
        often = Counter(one.name for one in candidates)
        self.wall.show_tiles(
            tuple(
                WallTile(one.person, one.name, one.group if often[one.name] > 1 else "")
                for one in candidates
            )
        )
        self._show_turning()
        self.stack.setCurrentIndex(0)

    def show_test(self, state: AskingState, minutes: int) -> None:
        """Somebody's questions."""
        self._end_asking()
        self.asking = AskingView(state, self.presenter, pitch_mm=self._pitch_mm)
        self.stack.addWidget(self.asking)
        self.stack.setCurrentWidget(self.asking)
        self.asking.setFocus()
        if minutes:
            self._limit.start(minutes * _MINUTE_MS)

    def _on_chosen(self, key: str) -> None:
        self.presenter.choose(PersonId(key), self._names.get(key, ""))

    def _on_time(self) -> None:
        if self.asking is not None:
            self.asking.presenter.hand_over()

    def _end_asking(self) -> None:
        if self.asking is not None:
            self.stack.removeWidget(self.asking)
            self.asking.hide()
            self.asking.deleteLater()
            self.asking = None

    def _show_turning(self) -> None:
        several = self.wall.pages > 1
        self.earlier.setVisible(several)
        self.later.setVisible(several)
        self.earlier.setEnabled(self.wall.page > 0)
        self.later.setEnabled(self.wall.page < self.wall.pages - 1)

    def _measure(self) -> None:
        width, height = max(self.width(), 320), max(self.height(), 320)
        unit = min(max(min(height / 1080, width / 1500), 0.6), 2.4) * look.interface_size().factor
        pitch = self._pitch_mm
        if pitch is None:
            across = self.screen().geometry().width()
            pitch = self.screen().physicalSize().width() / across if across else 0.0
        floors = touch_floors(pitch)
        gap = floors.gap
        tile = min(floors.tile, round(height * 0.145))
        self._rows.setContentsMargins(gap * 2, gap, gap * 2, gap)
        self._rows.setSpacing(gap)
        self._foot.setSpacing(gap)
        size = min(max(72 * unit, 30), height * 0.085)
        self.heading.set_ceiling(size)
        self.heading.setFixedHeight(round(size * 1.6))
        self.wall.measure(tile, gap, 96 * unit, max(40 * unit, 28))
        for button in (self.earlier, self.later):
            button.measure(max(44 * unit, 30), tile)
            button.setFixedHeight(tile)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take new lengths."""
        super().resizeEvent(event)
        self._measure()
        self._show_turning()
