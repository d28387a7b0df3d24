"""The room's own window: only the stage, no frame of ours, no tooltip, soon no pointer.

Where it stands is decided by ``ui.audience.placement``; closing it is only asked for, because a
room must never suddenly see a desktop.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.audience.stage import AudienceStage
from ui.audience.state import AudienceState, RoomShows

POINTER_MS = 2_000


class AudienceWindow(QWidget):
    """``close_wanted`` when somebody tries to close it; ``close_for_good`` really does."""

    close_wanted = Signal()
    tapped = Signal()
    """A finger or the mouse touched the picture, once for each touch."""

    def __init__(self) -> None:
        super().__init__()
        # The keyboard stays with the operator; who wants it here asks for it (``fill_own``).
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._closing = False
        self._keeps_pointer = False
        self.stage = AudienceStage()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.stage)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._still = QTimer(self, singleShot=True, interval=POINTER_MS)
        self._still.timeout.connect(self._hide_pointer)
        for part in (self, self.stage, self.stage.painted, self.stage.video, self.stage.black):
            part.setMouseTracking(True)
            part.installEventFilter(self)

    def show_state(self, state: AudienceState) -> None:
        """Show this to the room."""
        self.setWindowTitle(state.site_name)
        self.stage.show_state(state)
        if self._wants_pointer():
            self._still.stop()
            self.unsetCursor()
        else:
            self._still.start()

    def set_video_widget(self, surface: QWidget) -> None:
        """See ``AudienceStage.set_video_widget``."""
        self.stage.set_video_widget(surface)
        surface.setMouseTracking(True)
        surface.installEventFilter(self)

    def set_sign_in_widget(self, sign_in: QWidget) -> None:
        """See ``AudienceStage.set_sign_in_widget``."""
        self.stage.set_sign_in_widget(sign_in)

    def let_sign_in_go(self) -> None:
        """See ``AudienceStage.let_sign_in_go``."""
        self.stage.let_sign_in_go()

    def close_for_good(self) -> None:
        """The program ends."""
        self._closing = True
        self.close()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show the pointer while it moves; let no tooltip through."""
        if not shiboken6.isValid(self):
            return False  # its children still send events while it is being deleted
        if event.type() == QEvent.Type.ToolTip:
            return True
        if event.type() == QEvent.Type.MouseMove and not self._wants_pointer():
            self.unsetCursor()
            self._still.start()
        if event.type() == QEvent.Type.MouseButtonRelease and not self._signs_in():
            self.tapped.emit()
            return True  # or the parents of what was touched would hear of it as well
        return False

    def keep_pointer(self, *, on: bool) -> None:
        """Whether something over the picture wants the pointer to be seen."""
        self._keeps_pointer = on
        if on:
            self._still.stop()
            self.unsetCursor()
        else:
            self._still.start()

    def showEvent(self, event: QShowEvent) -> None:
        """The pointer goes soon."""
        super().showEvent(event)
        if not self._wants_pointer():
            self._still.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only ask."""
        if self._closing:
            event.accept()
            return
        event.ignore()
        self.close_wanted.emit()

    def _signs_in(self) -> bool:
        return self.stage.state.shows is RoomShows.SIGN_IN

    def _wants_pointer(self) -> bool:
        return self._keeps_pointer or self._signs_in() or self.stage.state.drawer

    def _hide_pointer(self) -> None:
        self.setCursor(Qt.CursorShape.BlankCursor)
