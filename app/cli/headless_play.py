"""Playing a course without a window: the same clip, coverage and facts as on the screens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import field, fields
from functools import partial

from app.areas.playback.plays import BOOKMARK_EVERY_MS, Coverage, PlayOutcome, is_full_play
from app.areas.playback.views import PlayView
from app.domain.errors import MediaTrouble
from app.domain.ids import CourseId
from app.domain.values import dataclass
from app.player.vlc_player import VlcPlayer
from app.ports.player import Clip, Observation, PlayerEvent
from app.usecases.station import Station

_SILENT_S = 20.0
"""A player that observes nothing for so long has stopped for good."""


@dataclass(slots=True)
class _PlayRecorder:
    """Collects what one play showed."""

    clip: Clip
    rate: float
    is_right: Callable[[], bool]
    """Whether the file's bytes are the published ones."""
    from_ms: int = 0
    coverage: Coverage = field(default_factory=Coverage)
    position_ms: int = 0
    outcome: PlayOutcome | None = None
    absent: bool = False
    trouble: str = ""
    """Key of what is wrong with the file here."""
    length_ms: int = 0

    def observe(self, seen: Observation) -> None:
        if seen.event is PlayerEvent.PLAYING:
            self.coverage.begin(self.position_ms, seen.mono_ms)
        elif seen.event is PlayerEvent.POSITION:
            self.position_ms = seen.position_ms
            self.coverage.sample(seen.position_ms, seen.mono_ms, self.rate)
        elif seen.event is PlayerEvent.ENDED:
            duration_ms = self.length_ms = self.clip.duration_ms
            if not self.coverage.end(duration_ms, seen.mono_ms, self.rate):
                if not self.is_right():
                    self.outcome, self.trouble = PlayOutcome.BROKEN, "media.broken"
                    return
                self.length_ms = self.coverage.believe_end(duration_ms, self.rate)
            # Begun later on purpose, it is full when all from there on was played.
            full = is_full_play(self.coverage.shown(), max(self.length_ms - self.from_ms, 1))
            self.outcome = PlayOutcome.FULL if full else PlayOutcome.STOPPED
            self.position_ms = duration_ms
        elif seen.event is PlayerEvent.UNAVAILABLE:
            self.outcome, self.absent = PlayOutcome.STOPPED, True
        elif seen.event is PlayerEvent.FAILED:
            self.outcome = PlayOutcome.BROKEN


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture's size in pixels as it is shown: upright, and with square pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PlayedView(PlayView):
    """A play that just ended; ``picture`` is None when the film had none."""

    picture: Picture | None = None
    trouble: str = ""
    """Catalogue key of why it could not be played, or empty."""


def play_headless(station: Station, course: str, *, rate: float, from_ms: int) -> PlayedView:
    """Play a course to its end without picture or sound; its play is recorded like any other.

    Raises MediaTrouble when the file is not whole or this PC has no player.
    """
    clip = station.playback.clip(CourseId(course))
    running = station.sessions.running()
    session = None if running is None else running.session.id
    play = station.playback.started(session, CourseId(course), from_ms)
    woken = threading.Event()
    player = VlcPlayer(wake=woken.set, audio=False)
    is_right = partial(station.playback.file_is_right, CourseId(course))
    watch = _PlayRecorder(clip, rate, is_right, from_ms, position_ms=from_ms)
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
                station.playback.bookmark(play, watch.position_ms, watch.coverage.shown())
                marked_ms = now_ms
    finally:
        width, height = player.frames.shown
        player.close()
        outcome = watch.outcome or PlayOutcome.STOPPED
        station.playback.ended(play, outcome, watch.position_ms, watch.coverage.shown())
    if watch.absent:
        raise MediaTrouble("media.no_player")
    if watch.outcome is PlayOutcome.BROKEN and not watch.trouble:
        watch.trouble = station.playback.report_broken(CourseId(course))
    view = station.playback.show(play)
    told = {one.name: getattr(view, one.name) for one in fields(view)}
    return PlayedView(
        **told, picture=Picture(width, height) if width else None, trouble=watch.trouble
    )
