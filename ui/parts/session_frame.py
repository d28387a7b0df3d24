"""The session on one page, in a wide window: its people, the room's picture, the line of tonight.

The frame always holds the stack of pages. Spread, it shows that between the people and tonight,
below the picture; else it is the stack alone. Pages lend it their own parts and take them back, so
that nothing typed or chosen is lost when the window becomes narrow.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from ui.parts.layout import ScrollColumn, column, row, tight
from ui.parts.mirror_box import MirrorBox
from ui.theme import look, tokens
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card
from ui.widgets.step_bar import StepBar

LEAST_WIDTH = 1600
"""From this window width (logical px) on, the session is on one page …"""
LEAST_ROOM = 1300, 740
"""… if that many design px are there: with larger letters the pages follow one another."""
ROOMY = 1450, 850
"""With less, it is dense: names have the place of the groups' chips, the picture gives of its own."""
PEOPLE_SHARE, TONIGHT_SHARE, PICTURE_SHARE = 0.33, 0.2, 0.48
DENSE_PICTURE_SHARE = 0.4
MAIN_HEIGHT = 66


def has_room(window: QWidget) -> bool:
    """Whether the session finds its place on one page of this window."""
    return window.width() >= LEAST_WIDTH and _holds(window, LEAST_ROOM)


def _holds(window: QWidget, least: tuple[int, int]) -> bool:
    wide, high = (round(one / look.factor()) for one in (window.width(), window.height()))
    return wide >= least[0] and high >= least[1]


class Foot(QWidget):
    """What leads on from a page: its last row, or the foot of tonight, with the green button last."""

    def __init__(self, rows: QBoxLayout, main: FitButton, low: int = tokens.CONTROL_MAIN) -> None:
        super().__init__()
        self.rows, self._main, self._low = rows, main, low
        self.setLayout(rows)

    def stand_in(self, place: QBoxLayout) -> None:
        """Be the last of this row of the page."""
        self._main.set_height(self._low)
        place.addWidget(self)
        self.show()

    def stand_apart(self, frame: SessionFrame) -> None:
        """Stand at the foot of tonight, where the green button is always as high."""
        self._main.set_height(MAIN_HEIGHT)
        frame.feet.addWidget(self)


class FrontStack(QStackedWidget):
    """Asks for the room of the page in front only, where it shares the width."""

    is_shared = False

    def minimumSizeHint(self) -> QSize:
        """A page behind needs none."""
        front = self.currentWidget()
        if self.is_shared and front is not None:
            return front.minimumSizeHint()
        return super().minimumSizeHint()


class SessionFrame(QWidget):
    """``spread`` opens it; ``picture`` is asked once for what the room sees."""

    def __init__(self, picture: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make_picture = picture
        self.stack = FrontStack()
        self.left, self.middle = QWidget(), QWidget()
        self.people = column()
        self.left.setLayout(self.people)
        self._rows = column(self.stack)
        self.middle.setLayout(self._rows)
        self.picture: MirrorBox | None = None
        self.line = StepBar(upright=True)
        listed = ScrollColumn()
        listed.rows.addWidget(self.line)
        self.feet = column()
        tonight = QWidget()
        rows = column(listed, self.feet)
        rows.setStretch(0, 1)
        tonight.setLayout(rows)
        self.tonight = QStackedWidget()
        self.tonight.addWidget(tonight)
        self.right = tight(Card())
        self.right.rows.addWidget(self.tonight)
        body = row(self.left, self.middle, self.right, gap=16)
        body.setStretch(1, 1)
        self.setLayout(body)
        self.is_spread = False
        for part in (self.left, self.right):
            part.hide()

    @property
    def is_dense(self) -> bool:
        """Whether what stands here only just finds its place."""
        return not _holds(self.window(), ROOMY)

    def spread(self, *, on: bool) -> None:
        """Show the session on one page, or the page in front alone."""
        if on == self.is_spread:
            return
        self.is_spread = self.stack.is_shared = on
        if self.picture is None:
            self.picture = MirrorBox(self._make_picture())
            self._rows.insertWidget(0, self.picture)
        for part in (self.left, self.right, self.picture):
            part.setVisible(on)
        self._share()

    def show_foot(self, foot: QWidget) -> None:
        """Only this of those that stand here."""
        for at in range(self.feet.count()):
            part = self.feet.itemAt(at).widget()
            part.setVisible(part is foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room: what is shown never changes the widths."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        if not self.is_spread or self.picture is None:
            return
        dense = self.is_dense
        left, right = round(self.width() * PEOPLE_SHARE), round(self.width() * TONIGHT_SHARE)
        self.left.setFixedWidth(left)
        self.right.setFixedWidth(right)
        share = DENSE_PICTURE_SHARE if dense else PICTURE_SHARE
        wide = self.width() - left - right - 2 * look.scaled(16)
        self.picture.setFixedHeight(min(wide * 9 // 16, round(self.height() * share)))
