"""The player with its pictures: one decode, painted for the room and for the operator's mirrors."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.player.vlc_player import VlcPlayer
from ui.playback.state import PlaybackState
from ui.video.bridge import WakeBridge
from ui.video.surface import FrameHub, VideoSurface

READ_MS = 100
"""So often the subtitle is looked at where slides bring no picture."""


class PlayerView(QObject):
    """Made once, on the GUI thread; nothing of libvlc is loaded before ``warm_up``.

    Without ``audio`` nothing is heard.
    """

    def __init__(self, parent: QObject | None = None, *, audio: bool = True) -> None:
        super().__init__(parent)
        self._bridge = WakeBridge(self._on_woken, self)
        self.player = VlcPlayer(self._bridge.wake, audio=audio)
        self._hub = FrameHub(self.player.frames, self, self.player.words)
        self._reading = QTimer(self, interval=READ_MS)
        self._reading.timeout.connect(self._hub.read_words)
        self._was = PlaybackState()
        self._warm = False

    def warm_up(self) -> None:
        """Load libvlc in the background, once."""
        if not self._warm:
            self._warm = True
            self.player.warm_up()

    @property
    def pictures(self) -> int:
        """How many pictures were taken from the player so far."""
        return self._hub.taken

    def surface(self, *, smooth: bool = False) -> QWidget:
        """A widget that paints what the room sees."""
        return VideoSurface(self._hub, smooth=smooth)

    def follow(self, state: PlaybackState) -> None:
        """Freeze, black, and the last picture follow the playback's state."""
        was, self._was = self._was, state
        if state.playing != was.playing:
            (self._reading.start if state.playing else self._reading.stop)()
        if state.frozen != was.frozen:
            self._hub.freeze(state.frozen)
        if state.black != was.black:
            self._hub.black(state.black)
        if state.ended and not was.ended:
            self._hub.hold_last()
        if state.course is None and was.course is not None:
            self._hub.clear()
        self._hub.read_words()

    def write_large(self, words_px: float) -> None:
        """Subtitles have this font, px of 1080 lines."""
        self._hub.write_large(words_px)

    def close(self) -> None:
        """Stop and release the player; waits at most a few seconds."""
        self.player.close()

    def _on_woken(self) -> None:
        self.player.drain()
        self._hub.pull()
