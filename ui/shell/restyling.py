"""A new size, theme or language, in turns of the event loop between which the room's film goes on.

What stands would be restyled part by part, which takes a hundred times as long as making one page
anew. So the pages that nobody sees are let go one by one, then frame and look change in one turn,
the page in front is built in the next and filled in the third, and the others follow when nobody
waits for them.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ui.windows.operator_window import OperatorWindow


class Restyling(QObject):
    """GUI thread only. ``frame`` puts the look in force and makes the window's frame anew."""

    def __init__(
        self, window: OperatorWindow, frame: Callable[[], None], done: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window, self._frame, self._done = window, frame, done
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._shed)

    def begin(self) -> None:
        """Something of the look was chosen; a second choice meanwhile needs no second beginning."""
        self._turn.start()

    def stop(self) -> None:
        """The program leaves."""
        self._turn.stop()

    def _shed(self) -> None:
        window = self._window
        if window.shed_page():
            self._turn.start()
            return
        # The window keeps its picture until the page in front is there again.
        window.setUpdatesEnabled(False)
        window.let_go()
        self._frame()
        QTimer.singleShot(0, self, self._build)

    def _build(self) -> None:
        self._window.pages[self._window.place]  # noqa: B018 - looking it up builds it
        QTimer.singleShot(0, self, self._show)

    def _show(self) -> None:
        self._window.come_back()
        self._window.setUpdatesEnabled(True)
        self._done()
