"""libvlc behind the player port.

Two rules keep it from hanging. Callbacks of libvlc run on its threads and only append to a
queue and wake somebody (a callback that calls libvlc deadlocks). Calls into libvlc run on the
player's lane (``lane.py`` says why), so the GUI thread waits for nothing. ``drain`` turns what
was queued into observations, on the thread that calls it.
"""

from __future__ import annotations

import atexit
import functools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from app.domain.errors import MediaTrouble
from app.player.cues import Cues, read_cues
from app.player.frames import FrameRing
from app.player.lane import PlayerLane
from app.player.library import (
    choose_subtitle,
    decoded_anything,
    even_out,
    kinds_of,
    open_library,
    subtitle_for,
)
from app.player.native import draw_into
from app.player.position import PositionLine
from app.player.shape import shapes_of
from app.ports.player import Clip, Observation, PlayerEvent

_log = logging.getLogger("player")

_CLOSE_WAIT_S = 5.0
_SETTLE_S = 0.12
"""Pause and seek closer together than 20 ms leave a wrong picture standing (9 of 12 tries)."""
_PAUSE_ARRIVES_S = 2.0
_SUBTITLE_PRIORITY = 4
_AHEAD_MS = 10_000
"""So far libvlc reads ahead. A decoder gives a picture only when it has seen a few later ones: of
slides 5 s apart, read 1 s ahead, all but the first came too late and were not shown."""
_LAST = frozenset({PlayerEvent.ENDED, PlayerEvent.FAILED, PlayerEvent.UNAVAILABLE})

_Seen = Callable[[PlayerEvent, int, int, int], None]
"""What happened, the generation of the load, the position where one is told, and when."""


class VlcPlayer:
    """Implements ``app.ports.player.Player``. ``wake`` is called from foreign threads.

    Without ``audio`` nothing is heard (tests, machines without sound). With ``window``, a native
    handle, libvlc draws there and ``frames`` stays empty. Lives until ``close``; when nobody
    closes it, the end of the interpreter does.
    """

    def __init__(
        self, wake: Callable[[], None], *, audio: bool = True, window: int | None = None
    ) -> None:
        self.frames = FrameRing(wake, self._on_formatted)
        self._wake = wake
        self._lane = PlayerLane()
        self._libvlc = _Libvlc(self.frames, self._post, self._lane, audio=audio, window=window)
        self._libvlc.read = self._set_cues
        self._raw: deque[tuple[PlayerEvent, int, int, int]] = deque()
        self._listener: Callable[[Observation], None] = lambda _seen: None
        self._generation = 0
        self._line = PositionLine(0, 0, 0)
        self._on = False
        self._begun = False
        self._volume = 80
        self._subtitles = True
        self._cues: tuple[int, Cues | None] = (0, None)
        self._absent = False
        self._closed = False

    def warm_up(self) -> None:
        """Load libvlc in the background, so that the first play is quick."""
        self._ask(self._libvlc.open)

    def listen(self, listener: Callable[[Observation], None]) -> None:
        """The one receiver of observations."""
        self._listener = listener

    def load(self, clip: Clip, *, start_ms: int = 0) -> int:
        """See the port; what is still queued of the clip before is dropped."""
        if self._absent:
            raise MediaTrouble("media.no_player")
        self._generation += 1
        self.frames.admit(self._generation)
        self._line = PositionLine(start_ms, clip.duration_ms, _mono_ms())
        self._on, self._begun = True, False
        self._ask(self._libvlc.load, clip, start_ms, self._generation)
        return self._generation

    def play(self) -> None:
        """Go on after a pause."""
        if self._on:
            self._ask(self._libvlc.set_pause, False)

    def pause(self) -> None:
        """Hold picture and sound."""
        if self._on:
            self._line.hold(_mono_ms())
            self._ask(self._libvlc.set_pause, True)

    def seek(self, position_ms: int) -> None:
        """Jump, playing or paused."""
        if self._on:
            self._line.jump(position_ms, _mono_ms())
            self._ask(self._libvlc.set_time, position_ms)

    def set_rate(self, rate: float) -> None:
        """Speed of this clip."""
        if self._on:
            self._line.set_rate(rate, _mono_ms())
            self._ask(self._libvlc.set_rate, rate)

    def set_volume(self, percent: int) -> None:
        """Loudness, remembered over clips and pushed down again when one starts."""
        self._volume = percent
        self._ask(self._libvlc.set_volume, percent)

    def set_gain(self, gain_db: float) -> None:
        """How much louder than recorded; of this clip only."""
        self._ask(self._libvlc.set_gain, gain_db)

    def set_subtitles(self, shown: bool) -> None:
        """Show or hide the subtitle, of this clip and of those to come."""
        self._subtitles = shown
        self._ask(self._libvlc.show_subtitle, shown)

    def words(self) -> str:
        """What the clip's subtitle says now, for a screen to draw; empty where libvlc draws it."""
        generation, cues = self._cues
        seen = self._on and self._subtitles and generation == self._generation
        return cues.at(self._line.at(_mono_ms())) if cues and seen else ""

    def position_ms(self) -> int:
        """Interpolated with the monotonic clock: libvlc speaks only every 250–500 ms."""
        return self._line.at(_mono_ms())

    def drain(self) -> None:
        """Deliver what was observed, in order; call on the thread that owns the listener."""
        while self._raw:
            event, generation, position_ms, mono_ms = self._raw.popleft()
            if event is PlayerEvent.UNAVAILABLE:
                self._absent = True
            if generation != self._generation or not self._on:
                continue
            if event is PlayerEvent.POSITION and not self._line.see(position_ms, mono_ms):
                continue
            self._follow(event, mono_ms)
            self._listener(Observation(event, generation, self._line.at(mono_ms), mono_ms))

    def stop(self) -> None:
        """Stop and forget the clip."""
        self._generation += 1
        self.frames.admit(self._generation)
        self._line = PositionLine(0, 0, 0)
        self._on = False
        self._ask(self._libvlc.stop)

    def close(self) -> None:
        """Stop and release everything; waits at most 5 s for libvlc. Twice does no harm."""
        if self._closed:
            return
        self._closed = True
        self._on = False
        self._generation += 1
        self.frames.admit(self._generation)
        atexit.unregister(self.close)
        last = functools.partial(self._run, self._generation, self._libvlc.close)
        if not self._lane.finish(last, _CLOSE_WAIT_S):
            _log.warning("libvlc did not stop within %.0f s", _CLOSE_WAIT_S)
        self._raw.clear()

    def _follow(self, event: PlayerEvent, mono_ms: int) -> None:
        if event is PlayerEvent.PLAYING:
            self._line.move(mono_ms)
            if not self._begun:
                self._begun = True
                self._ask(self._libvlc.set_volume, self._volume)
                self._ask(self._libvlc.show_subtitle, self._subtitles)
        elif event is not PlayerEvent.POSITION:
            self._line.hold(mono_ms)
            self._on = event not in _LAST

    def _ask(self, act: Callable[..., None], *values: object) -> None:
        if self._closed:
            return
        # At exit libvlc must be stopped before its callbacks lose the interpreter.
        atexit.unregister(self.close)
        atexit.register(self.close)
        self._lane.ask(functools.partial(self._run, self._generation, act, *values))

    # --- on the lane and on libvlc's threads ------------------------------------------

    def _run(self, generation: int, act: Callable[..., None], *values: object) -> None:
        try:
            act(*values)
        except MediaTrouble as absent:
            _log.warning("no player component: %s", absent.__cause__ or absent)
            self._post(PlayerEvent.UNAVAILABLE, generation, 0, _mono_ms())
        except Exception:  # noqa: BLE001 - the lane must live on, whatever the binding throws
            _log.exception("a call of libvlc failed")
            if act == self._libvlc.load:
                self._post(PlayerEvent.FAILED, generation, 0, _mono_ms())

    def _post(self, event: PlayerEvent, generation: int, position_ms: int, mono_ms: int) -> None:
        self._raw.append((event, generation, position_ms, mono_ms))
        self._wake()

    def _set_cues(self, *of_load: *tuple[int, Cues | None]) -> None:
        self._cues = of_load

    def _on_formatted(self) -> None:
        self._lane.ask(functools.partial(self._run, self._generation, self._libvlc.read_shapes))


class _Libvlc:
    """Everything of libvlc; used on the player's lane, except the two callbacks at the end."""

    def __init__(
        self,
        frames: FrameRing,
        seen: _Seen,
        lane: PlayerLane,
        *,
        audio: bool,
        window: int | None,
    ) -> None:
        self._frames = frames
        self._seen = seen
        self._lane = lane
        self._window = window
        self._arguments: list[str] = []
        if not audio:
            self._arguments.append("--aout=dummy")
        if window is None:
            self._arguments.append("--avcodec-hw=none")
        self._vlc: Any = None
        self._instance: Any = None
        self._player: Any = None
        self._external_subtitle, self._idle = False, threading.Event()
        self._drawn_elsewhere = False
        self.read: Callable[[int, Cues | None], None] = lambda _generation, _cues: None
        self._ordered_s, self._pausing = 0.0, False
        self.generation = 0
        """Of the clip that libvlc is at; it changes only while libvlc is stopped."""

    def open(self) -> None:
        """Load the library and make its player, once. MediaTrouble if it isn't there."""
        if self._player is not None:
            return
        self._vlc, self._instance = open_library(self._arguments)
        self._player = self._instance.media_player_new()
        if self._window is None:
            self._frames.draw_for(self._vlc.dll, self._player)
        else:
            draw_into(self._player, self._window)
        events = self._player.event_manager()
        for kind, event in kinds_of(self._vlc):
            events.event_attach(kind, self._on_event, event)
        events.event_attach(self._vlc.EventType.MediaPlayerTimeChanged, self._on_time)

    def load(self, clip: Clip, start_ms: int, generation: int) -> None:
        """Stop what was (also what ended: libvlc stays stuck there), then play ``clip``."""
        self.open()
        self._player.stop()
        self.generation = generation
        self._frames.expect(clip.width, clip.height, generation)
        media = self._instance.media_new_path(str(clip.path))
        even_out(self._vlc, self._player, clip.gain_db)
        media.add_option(f":file-caching={_AHEAD_MS}")
        if start_ms > 0:
            media.add_option(f":start-time={start_ms / 1000:.3f}")
        cues = None if self._window else read_cues(clip.subtitle)
        self._drawn_elsewhere = cues is not None
        self.read(generation, cues)
        left = None if cues else subtitle_for(clip)
        self._external_subtitle = left is not None
        if left is not None:
            kind = self._vlc.MediaSlaveType.subtitle
            media.slaves_add(kind, _SUBTITLE_PRIORITY, left.absolute().as_uri())
        self._player.set_media(media)
        media.release()
        self._player.set_rate(1.0)  # libvlc would keep the rate of the clip before
        if self._player.play() != 0:
            self._seen(PlayerEvent.FAILED, generation, 0, _mono_ms())

    def set_pause(self, paused: bool) -> None:
        """Hold or go on."""
        if self._player is not None:
            if paused:
                self._let_settle()
            else:
                self._let_pause_arrive()
            self._player.set_pause(int(paused))
            self._pausing = paused
            self._ordered_s = time.monotonic()

    def set_time(self, position_ms: int) -> None:
        """Jump."""
        if self._player is not None:
            self._let_settle()
            self._player.set_time(position_ms)
            self._ordered_s = time.monotonic()

    def set_rate(self, rate: float) -> None:
        """Speed."""
        if self._player is not None:
            self._player.set_rate(rate)

    def set_gain(self, gain_db: float) -> None:
        """Louder or softer than it was recorded."""
        if self._player is not None:
            even_out(self._vlc, self._player, gain_db)

    def set_volume(self, percent: int) -> None:
        """Loudness."""
        if self._player is not None:
            self._player.audio_set_volume(percent)

    def show_subtitle(self, shown: bool) -> None:
        """Choose the clip's own subtitle before an embedded one; none where a screen draws it."""
        if self._player is not None:
            here = shown and not self._drawn_elsewhere
            choose_subtitle(self._player, shown=here, external=self._external_subtitle)

    def stop(self) -> None:
        """Stop and free the pictures."""
        if self._player is not None:
            self._player.stop()
        self._frames.release()

    def read_shapes(self) -> None:
        """What shape the picture tracks have, for the ring."""
        media = self._player and self._player.get_media()
        if media:
            self._frames.know(shapes_of(self._vlc.dll, media), self.generation)
            media.release()

    def close(self) -> None:
        """Listen no more, stop, release."""
        if self._player is None:
            return
        events = self._player.event_manager()
        for kind, _event in kinds_of(self._vlc):
            events.event_detach(kind)
        events.event_detach(self._vlc.EventType.MediaPlayerTimeChanged)
        self._player.stop()
        self._player.release()
        self._instance.release()
        self._player = self._instance = None
        self._frames.release()

    def _let_settle(self) -> None:
        # libvlc gives no sign for this; the lane may wait, the GUI thread is not in it.
        self._idle.wait(max(0.0, self._ordered_s + _SETTLE_S - time.monotonic()))

    def _let_pause_arrive(self) -> None:
        # libvlc forgets a wish to go on while the pause before it is still on its way.
        until_s = self._ordered_s + _PAUSE_ARRIVES_S
        states = self._vlc.State
        while self._pausing and time.monotonic() < until_s:
            if self._player.get_state() not in (states.Playing, states.Buffering):
                return
            self._idle.wait(0.01)

    def _end(self, generation: int, mono_ms: int) -> None:
        # libvlc "ends" also what it could not decode at all.
        if self._player is None or generation != self.generation:
            return
        delivered = decoded_anything(self._vlc, self._player)
        kind = PlayerEvent.ENDED if delivered else PlayerEvent.FAILED
        self._seen(kind, generation, 0, mono_ms)

    # --- on libvlc's threads: post and return -----------------------------------------

    def _on_event(self, _event: object, kind: PlayerEvent) -> None:
        if kind is PlayerEvent.ENDED:
            self._lane.ask(functools.partial(self._end, self.generation, _mono_ms()))
        else:
            self._seen(kind, self.generation, 0, _mono_ms())

    def _on_time(self, event: Any) -> None:
        # ``set_time`` echoes its wish on the thread that called it: no evidence.
        if not self._lane.is_here():
            now_ms = _mono_ms()
            self._seen(PlayerEvent.POSITION, self.generation, int(event.u.new_time), now_ms)
            self._lane.ask(self.read_shapes)


def _mono_ms() -> int:
    return time.monotonic_ns() // 1_000_000
