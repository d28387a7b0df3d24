"""A real player with its pictures on real surfaces, offscreen and without a sound card."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.areas.playback.plays import Coverage
from app.player.vlc_player import VlcPlayer
from app.ports.player import Clip, Observation, PlayerEvent
from ui.video.bridge import WakeBridge
from ui.video.surface import FrameHub, VideoSurface

CLIPS = Path(__file__).parent / "clips"
SHORT_MS = 4_000


@dataclass
class Room:
    """One player, what it observed, and two surfaces that show the same decode."""

    player: VlcPlayer
    hub: FrameHub
    audience: VideoSurface
    mirror: VideoSurface
    bridge: WakeBridge
    seen: list[Observation] = field(default_factory=list)
    coverage: Coverage = field(default_factory=Coverage)
    rate: float = 1.0

    def woken(self) -> None:
        self.player.drain()
        self.hub.pull()

    def observe(self, seen: Observation) -> None:
        self.seen.append(seen)
        if seen.event is PlayerEvent.PLAYING:
            self.coverage.begin(seen.position_ms, seen.mono_ms)
        elif seen.event is PlayerEvent.POSITION:
            self.coverage.sample(seen.position_ms, seen.mono_ms, self.rate)

    def events(self) -> list[PlayerEvent]:
        return [one.event for one in self.seen]

    def over(self) -> bool:
        return bool({PlayerEvent.ENDED, PlayerEvent.FAILED} & set(self.events()))

    def last(self, event: PlayerEvent) -> Observation:
        return next(one for one in reversed(self.seen) if one.event is event)


def short_clip(*, subtitle: bool = False, path: Path | None = None) -> Clip:
    return Clip(
        path or CLIPS / "short.mp4", SHORT_MS, 320, 180, CLIPS / "short.srt" if subtitle else None
    )


@dataclass
class Projector:
    """The player and bridge that all rooms of a run share, as one program has one of each."""

    def __post_init__(self) -> None:
        self.woken: Callable[[], None] = lambda: None
        self.bridge = WakeBridge(lambda: self.woken())
        self.player = VlcPlayer(self.bridge.wake, audio=False)

    def close(self) -> None:
        self.woken = lambda: None
        self.player.close()


@pytest.fixture(scope="session")
def projector(qapp: QApplication) -> Iterator[Projector]:
    made = Projector()
    yield made
    made.close()


@pytest.fixture
def room(qtbot: QtBot, projector: Projector) -> Iterator[Room]:
    """An empty room with two surfaces; nothing plays yet."""
    player = projector.player
    player.set_subtitles(True)
    hub = FrameHub(player.frames, words=player.words)
    surfaces = [VideoSurface(hub), VideoSurface(hub)]
    for surface, size in zip(surfaces, ((640, 360), (320, 180)), strict=True):
        qtbot.addWidget(surface)
        surface.resize(*size)
        surface.show()
    made = Room(player, hub, surfaces[0], surfaces[1], projector.bridge)
    projector.woken = made.woken
    player.listen(made.observe)
    yield made
    projector.woken = player.drain
    player.listen(lambda _seen: None)
    player.stop()
    hub.clear()
    for surface in surfaces:
        surface.detach()
