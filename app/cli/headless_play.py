"""Playing a course without a window: the same clip, coverage and facts as on the screens."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from app.domain.errors import MediaTrouble
from app.domain.ids import CourseId
from app.domain.playback import BOOKMARK_EVERY_MS, Coverage, PlayOutcome
from app.domain.views import PlayView
from app.player.vlc_player import VlcPlayer
from app.ports.player import Clip, Observation, PlayerEvent
from app.usecases.station import Station

_SILENT_S = 20.0
"""A player that observes nothing for so long has stopped for good."""


@dataclass(slots=True)
class _Watch:
    """Collects what one play showed."""

    clip: Clip
    rate: float
    coverage: Coverage = field(default_factory=Coverage)
    position_ms: int = 0
    outcome: PlayOutcome | None = None
    absent: bool = False

    def observe(self, seen: Observation) -> None:
        if seen.event is PlayerEvent.PLAYING:
            self.coverage.begin(self.position_ms, seen.mono_ms)
        elif seen.event is PlayerEvent.POSITION:
            self.position_ms = seen.position_ms
            self.coverage.sample(seen.position_ms, seen.mono_ms, self.rate)
        elif seen.event is PlayerEvent.ENDED:
            whole = self.coverage.end(self.clip.duration_ms, seen.mono_ms, self.rate)
            self.outcome = PlayOutcome.FULL if whole else PlayOutcome.BROKEN
            self.position_ms = self.clip.duration_ms if whole else self.position_ms
        elif seen.event is PlayerEvent.UNAVAILABLE:
            self.outcome, self.absent = PlayOutcome.STOPPED, True
        elif seen.event is PlayerEvent.FAILED:
            self.outcome = PlayOutcome.BROKEN


def play_headless(station: Station, course: str, *, rate: float, from_ms: int) -> PlayView:
    """Play a course to its end without picture or sound; its play is recorded like any other.

    Raises MediaTrouble when the file is not whole or turns out broken.
    """
    clip = station.clip(CourseId(course))
    running = station.running()
    session = None if running is None else running.session.id
    play = station.play_started(session, CourseId(course), from_ms)
    woken = threading.Event()
    player = VlcPlayer(wake=woken.set, audio=False)
    watch = _Watch(clip, rate, position_ms=from_ms)
    player.listen(watch.observe)
    try:
        player.load(clip, start_ms=from_ms)
        player.set_rate(rate)
        marked_ms = time.monotonic_ns() // 1_000_000
        while watch.outcome is None:
            if not woken.wait(_SILENT_S):
                watch.outcome = PlayOutcome.BROKEN
            woken.clear()
            player.drain()
            now_ms = time.monotonic_ns() // 1_000_000
            if now_ms - marked_ms >= BOOKMARK_EVERY_MS:
                station.bookmark(play, watch.position_ms, watch.coverage.shown())
                marked_ms = now_ms
    finally:
        player.close()
        outcome = watch.outcome or PlayOutcome.STOPPED
        station.play_ended(play, outcome, watch.position_ms, watch.coverage.shown())
    if watch.absent:
        raise MediaTrouble("media.no_player")
    if watch.outcome is PlayOutcome.BROKEN:
        station.report_broken(CourseId(course))
    return station.play(play)
