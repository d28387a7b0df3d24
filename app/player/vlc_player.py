"""libvlc behind the player port; the only file that imports ``vlc``.

Two rules keep it from hanging. Callbacks of libvlc run on its threads and only append to a
queue and wake somebody (a callback that calls libvlc deadlocks). Calls into libvlc run on the
player's own lane, one worker thread, because ``stop`` alone may take 200 ms and the GUI thread
waits for nothing; one lane also keeps them in order. ``drain`` turns what was queued into
observations, on the thread that calls it.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from app.domain.errors import MediaTrouble
from app.player.frames import FrameRing
from app.player.native import draw_into
from app.ports.player import Clip, Observation, PlayerEvent

_log = logging.getLogger("player")

_ARGUMENTS = (
    "--no-sub-autodetect-file",
    "--no-video-title-show",
    "--no-osd",
    "--no-snapshot-preview",
    "--no-metadata-network-access",
    "--no-lua",
    "--subsdec-encoding=GB18030",
    "--quiet",
)
_CLOSE_WAIT_S = 5.0
_SUBTITLE_PRIORITY = 4


@dataclass(slots=True)
class _Line:
    """Where the picture was at the last sign from libvlc."""

    position_ms: int = 0
    mono_ms: int = 0
    running: bool = False


class VlcPlayer:
    """Implements ``app.ports.player.Player``. ``wake`` is called from foreign threads."""

    def __init__(
        self, wake: Callable[[], None], *, audio: bool = True, window: int | None = None
    ) -> None:
        self.frames = FrameRing(wake)
        self._wake = wake
        self._window = window
        self._arguments = [*_ARGUMENTS]
        if not audio:
            self._arguments.append("--aout=dummy")
        if window is None:
            self._arguments.append("--avcodec-hw=none")
        self._lane = ThreadPoolExecutor(1, thread_name_prefix="player")
        self._lane_thread = 0
        self._seen: deque[tuple[PlayerEvent, int, int, int]] = deque()
        self._listener: Callable[[Observation], None] = lambda _seen: None
        self._generation = 0
        self._playing_generation = 0
        self._line = _Line()
        self._clip: Clip | None = None
        self._rate = 1.0
        self._volume = 80
        self._subtitles = True
        self._vlc: Any = None
        self._instance: Any = None
        self._player: Any = None
        self._closed = False

    def warm_up(self) -> None:
        """Load libvlc in the background, so that the first play is quick."""
        self._submit(self._ensure)

    def listen(self, listener: Callable[[Observation], None]) -> None:
        """The one receiver of observations."""
        self._listener = listener

    def load(self, clip: Clip, *, start_ms: int = 0) -> int:
        """Begin playing; anything still queued of the clip before is dropped."""
        self._generation += 1
        self._clip, self._rate = clip, 1.0
        self._line = _Line(position_ms=start_ms, mono_ms=_mono_ms())
        self._submit(self._load, clip, start_ms, self._generation)
        return self._generation

    def play(self) -> None:
        """Go on after a pause."""
        self._submit(self._call, "set_pause", 0)

    def pause(self) -> None:
        """Hold picture and sound."""
        self._line = _Line(self.position_ms(), _mono_ms(), running=False)
        self._submit(self._call, "set_pause", 1)

    def seek(self, position_ms: int) -> None:
        """Jump, playing or paused."""
        self._line = _Line(position_ms, _mono_ms(), self._line.running)
        self._submit(self._call, "set_time", position_ms)

    def set_rate(self, rate: float) -> None:
        """Speed of this clip."""
        self._line = _Line(self.position_ms(), _mono_ms(), self._line.running)
        self._rate = rate
        self._submit(self._call, "set_rate", rate)

    def set_volume(self, percent: int) -> None:
        """Loudness, remembered over clips and pushed down again when one starts."""
        self._volume = percent
        self._submit(self._call, "audio_set_volume", percent)

    def set_subtitles(self, shown: bool) -> None:
        """Show or hide the subtitle."""
        self._subtitles = shown
        self._submit(self._apply_subtitles)

    def position_ms(self) -> int:
        """Interpolated with the monotonic clock: libvlc speaks only every 250–500 ms."""
        line, clip = self._line, self._clip
        if not line.running or clip is None:
            return line.position_ms
        moved = int((_mono_ms() - line.mono_ms) * self._rate)
        return min(line.position_ms + max(0, moved), clip.duration_ms)

    def drain(self) -> None:
        """Deliver what was observed, in order; call on the thread that owns the listener."""
        while self._seen:
            event, generation, position_ms, mono_ms = self._seen.popleft()
            if generation != self._generation:
                continue
            if event is PlayerEvent.PLAYING:
                self._line = _Line(self._line.position_ms, mono_ms, running=True)
                self._submit(self._settle_in)
            elif event is PlayerEvent.POSITION:
                self._line = _Line(position_ms, mono_ms, self._line.running)
            else:
                self._line = _Line(self._line.position_ms, mono_ms, running=False)
            shown_ms = position_ms if event is PlayerEvent.POSITION else self._line.position_ms
            self._listener(Observation(event, generation, shown_ms, mono_ms))

    def stop(self) -> None:
        """Stop and forget the clip."""
        self._generation += 1
        self._line = _Line()
        self._clip = None
        self._submit(self._stop)

    def close(self) -> None:
        """Stop and release everything; waits at most 5 s for libvlc."""
        if self._closed:
            return
        self._generation += 1
        done = self._submit(self._release)
        self._closed = True
        if done is not None:
            with contextlib.suppress(TimeoutError):
                done.result(_CLOSE_WAIT_S)
        self._lane.shutdown(wait=False)

    # --- on the player's lane -----------------------------------------------------

    def _submit(self, job: Callable[..., object], *values: object) -> Future[None] | None:
        if self._closed:
            return None
        return self._lane.submit(self._run, job, values)

    def _run(self, job: Callable[..., object], values: tuple[object, ...]) -> None:
        self._lane_thread = threading.get_ident()
        try:
            job(*values)
        except Exception as failed:  # noqa: BLE001 - whatever libvlc or its loading throws
            _log.warning("player: %s: %s", type(failed).__name__, failed)
            self._post(PlayerEvent.FAILED, 0)

    def _ensure(self) -> None:
        if self._player is not None:
            return
        self._vlc = _load_vlc()
        self._instance = self._vlc.Instance(self._arguments)
        if self._instance is None:
            raise MediaTrouble("media.no_player")
        self._player = self._instance.media_player_new()
        if self._window is None:
            self._draw_into_memory()
        else:
            draw_into(self._player, self._window)
        self._watch()

    def _draw_into_memory(self) -> None:
        pointer = ctypes.c_void_p
        lock, display, form, cleanup = (
            ctypes.cast(one, pointer) for one in self.frames.callbacks
        )
        dll = self._vlc.dll
        set_callbacks = ctypes.CFUNCTYPE(None, *[pointer] * 5)(
            ("libvlc_video_set_callbacks", dll)
        )
        set_format = ctypes.CFUNCTYPE(None, *[pointer] * 3)(
            ("libvlc_video_set_format_callbacks", dll)
        )
        handle = self._player._as_parameter_
        set_callbacks(handle, lock, None, display, None)
        set_format(handle, form, cleanup)

    def _watch(self) -> None:
        kinds = self._vlc.EventType
        events = self._player.event_manager()
        events.event_attach(kinds.MediaPlayerPlaying, self._on_event, PlayerEvent.PLAYING)
        events.event_attach(kinds.MediaPlayerPaused, self._on_event, PlayerEvent.PAUSED)
        events.event_attach(kinds.MediaPlayerEndReached, self._on_event, PlayerEvent.ENDED)
        events.event_attach(kinds.MediaPlayerEncounteredError, self._on_event, PlayerEvent.FAILED)
        events.event_attach(kinds.MediaPlayerTimeChanged, self._on_time)

    def _load(self, clip: Clip, start_ms: int, generation: int) -> None:
        self._ensure()
        self._player.stop()
        self._playing_generation = generation
        self.frames.expect(clip.width, clip.height)
        media = self._instance.media_new_path(str(clip.path))
        if start_ms > 0:
            media.add_option(f":start-time={start_ms / 1000:.3f}")
        # An external subtitle breaks a transport stream: it ends at once.
        if clip.subtitle is not None and clip.path.suffix.lower() != ".ts":
            media.slaves_add(
                self._vlc.MediaSlaveType.subtitle, _SUBTITLE_PRIORITY, clip.subtitle.as_uri()
            )
        self._player.set_media(media)
        media.release()
        if self._player.play() != 0:
            self._post(PlayerEvent.FAILED, 0)

    def _settle_in(self) -> None:
        if self._player is not None:
            self._player.audio_set_volume(self._volume)
            self._apply_subtitles()

    def _apply_subtitles(self) -> None:
        if self._player is None:
            return
        tracks = [track for track, _name in self._player.video_get_spu_description() or ()]
        real = [track for track in tracks if track >= 0]
        self._player.video_set_spu(real[0] if real and self._subtitles else -1)

    def _call(self, name: str, value: object) -> None:
        if self._player is not None:
            getattr(self._player, name)(value)

    def _stop(self) -> None:
        if self._player is not None:
            self._player.stop()
        self.frames.release()

    def _release(self) -> None:
        if self._player is None:
            return
        kinds = self._vlc.EventType
        events = self._player.event_manager()
        for kind in (
            kinds.MediaPlayerPlaying,
            kinds.MediaPlayerPaused,
            kinds.MediaPlayerEndReached,
            kinds.MediaPlayerEncounteredError,
            kinds.MediaPlayerTimeChanged,
        ):
            events.event_detach(kind)
        self._player.stop()
        self._player.release()
        self._instance.release()
        self._player = self._instance = None
        self.frames.release()

    # --- on libvlc's threads: post and return -----------------------------------------

    def _on_event(self, _event: object, kind: PlayerEvent) -> None:
        self._post(kind, 0)

    def _on_time(self, event: Any) -> None:
        # ``set_time`` echoes its wish on the thread that called it: no evidence.
        if threading.get_ident() != self._lane_thread:
            self._post(PlayerEvent.POSITION, int(event.u.new_time))

    def _post(self, event: PlayerEvent, position_ms: int) -> None:
        self._seen.append((event, self._playing_generation, position_ms, _mono_ms()))
        self._wake()


def _load_vlc() -> Any:
    try:
        import vlc
    except (ImportError, OSError, AttributeError, NameError, TypeError) as absent:
        raise MediaTrouble("media.no_player") from absent
    return vlc


def _mono_ms() -> int:
    return time.monotonic_ns() // 1_000_000
