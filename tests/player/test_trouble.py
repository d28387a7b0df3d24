"""What goes wrong: broken files, no libvlc, a hasty hand, an end without a close."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.areas.playback.plays import Coverage, is_full_play
from app.domain.errors import MediaTrouble
from app.player import frames, library, vlc_player
from app.player.vlc_player import VlcPlayer
from app.ports.player import Clip, Observation, PlayerEvent
from tests.player.counted import CLIPS, COUNTED_MS, counted_clip
from tests.rules.looking import ROOT

ENDS = {PlayerEvent.ENDED, PlayerEvent.FAILED, PlayerEvent.UNAVAILABLE}
WAIT_S = 15.0


@dataclass
class Watched:
    """A real player without a window, and everything it observed."""

    rate: float = 1.0
    woken: threading.Event = field(default_factory=threading.Event)
    wakers: set[int] = field(default_factory=set)
    heard_on: set[int] = field(default_factory=set)
    seen: list[Observation] = field(default_factory=list)
    coverage: Coverage = field(default_factory=Coverage)

    def __post_init__(self) -> None:
        self.player = VlcPlayer(self._wake, audio=False)
        self.player.listen(self._hear)

    def _wake(self) -> None:
        self.wakers.add(threading.get_ident())
        self.woken.set()

    def _hear(self, seen: Observation) -> None:
        self.heard_on.add(threading.get_ident())
        self.seen.append(seen)
        if seen.event is PlayerEvent.PLAYING:
            self.coverage.begin(seen.position_ms, seen.mono_ms)
        elif seen.event is PlayerEvent.POSITION:
            self.coverage.sample(seen.position_ms, seen.mono_ms, self.rate)

    def until(self, reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + WAIT_S
        while not reached():
            assert time.monotonic() < deadline, f"never came; seen: {self.events()}"
            self.woken.wait(0.02)
            self.woken.clear()
            self.player.drain()

    def events(self) -> list[PlayerEvent]:
        return [one.event for one in self.seen]

    def faster(self, rate: float) -> None:
        self.rate = rate
        self.player.set_rate(rate)

    def until_over(self) -> PlayerEvent:
        self.until(lambda: bool(ENDS & set(self.events())))
        return next(one for one in self.events() if one in ENDS)


@pytest.fixture
def watched() -> Iterator[Watched]:
    made = Watched()
    yield made
    made.player.close()


def test_a_damaged_middle_is_played_on_to_the_end(watched: Watched, tmp_path: Path) -> None:
    whole = bytearray((CLIPS / "short.mp4").read_bytes())
    third = len(whole) // 3
    whole[third : third + len(whole) // 6] = b"\x5a" * (len(whole) // 6)
    path = tmp_path / "damaged.mp4"
    path.write_bytes(whole)
    watched.player.load(Clip(path, 4_000, 320, 180))
    watched.faster(4.0)
    assert watched.until_over() is PlayerEvent.ENDED
    assert watched.player.frames.decoded > 30


def test_a_transport_stream_with_a_subtitle_plays_to_its_end(
    watched: Watched, tmp_path: Path
) -> None:
    """libvlc ends such a pair at once with no picture; the subtitle is left out instead."""
    subtitle = tmp_path / "counted.srt"
    subtitle.write_text("1\n00:00:00,000 --> 00:00:03,000\nText\n", encoding="utf-8")
    watched.player.load(counted_clip("counted.ts", subtitle=subtitle))
    watched.faster(1.5)
    assert watched.until_over() is PlayerEvent.ENDED
    assert watched.player.frames.decoded > 50
    assert watched.coverage.end(COUNTED_MS, watched.seen[-1].mono_ms, watched.rate)
    assert is_full_play(watched.coverage.shown(), COUNTED_MS)


def test_a_subtitle_that_is_not_there_does_not_stop_the_video(
    watched: Watched, tmp_path: Path
) -> None:
    watched.player.load(counted_clip(subtitle=tmp_path / "nowhere.srt"))
    watched.until(lambda: watched.player.frames.decoded > 10)
    assert not ENDS & set(watched.events())


@pytest.mark.parametrize("content", [None, b"", b"no video at all " * 400])
def test_after_a_broken_file_the_next_one_plays(
    watched: Watched, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "broken.mp4"
    if content is not None:
        path.write_bytes(content)
    watched.player.load(Clip(path, COUNTED_MS, 320, 180))
    watched.until_over()
    watched.seen.clear()
    generation = watched.player.load(counted_clip())
    watched.until(lambda: PlayerEvent.POSITION in watched.events())
    assert {one.generation for one in watched.seen} == {generation}


def test_a_pause_asked_for_while_the_file_opens_is_kept(watched: Watched) -> None:
    watched.player.load(counted_clip())
    watched.player.pause()
    watched.until(lambda: PlayerEvent.PAUSED in watched.events())
    assert watched.player.position_ms() < 1_000
    watched.player.play()
    watched.until(lambda: watched.events().count(PlayerEvent.PLAYING) >= 2)


def test_once_ended_controls_do_nothing_and_a_load_plays_again(watched: Watched) -> None:
    watched.player.load(counted_clip(), start_ms=2_200)
    assert watched.until_over() is PlayerEvent.ENDED
    ended_at = watched.player.position_ms()
    watched.player.seek(500)
    watched.player.play()
    watched.player.pause()
    assert watched.player.position_ms() == ended_at >= 2_000
    watched.seen.clear()
    decoded = watched.player.frames.decoded
    watched.player.load(counted_clip())
    watched.until(lambda: watched.player.frames.decoded > decoded + 5)
    assert watched.events()[0] is PlayerEvent.PLAYING


def test_each_load_ends_once_and_nothing_of_it_comes_later(watched: Watched) -> None:
    watched.player.load(counted_clip(), start_ms=2_500)
    watched.until_over()
    watched.seen.clear()
    lane_idle = threading.Event()
    watched.player._lane.ask(lane_idle.set)
    assert lane_idle.wait(WAIT_S)
    watched.player.drain()
    assert watched.seen == []


def test_the_listener_is_called_where_drain_is_and_never_by_libvlc(watched: Watched) -> None:
    watched.player.load(counted_clip())
    watched.until(lambda: PlayerEvent.POSITION in watched.events())
    assert watched.heard_on == {threading.get_ident()}
    assert threading.get_ident() not in watched.wakers


def test_what_waits_of_the_clip_before_is_not_told_for_the_next(watched: Watched) -> None:
    old = watched.player.load(counted_clip())
    deadline = time.monotonic() + WAIT_S
    while len(watched.player._raw) < 3:
        assert time.monotonic() < deadline
        watched.woken.wait(0.02)
    new = watched.player.load(counted_clip())
    watched.player.drain()
    watched.until(lambda: PlayerEvent.POSITION in watched.events())
    assert old not in {one.generation for one in watched.seen}
    assert watched.seen[-1].generation == new


def test_loading_over_and_over_leaves_the_last(watched: Watched) -> None:
    for _ in range(8):
        last = watched.player.load(counted_clip())
    watched.until(lambda: PlayerEvent.POSITION in watched.events())
    assert {one.generation for one in watched.seen} == {last}


def test_stopped_means_no_picture_and_no_word_more(watched: Watched) -> None:
    watched.player.load(counted_clip())
    watched.until(lambda: watched.player.frames.decoded > 5)
    watched.player.stop()
    watched.seen.clear()
    idle = threading.Event()
    watched.player._lane.ask(idle.set)
    while not idle.is_set():
        assert watched.player.frames.take() is None
        watched.player.drain()
    watched.player.drain()
    assert watched.seen == []
    assert watched.player.position_ms() == 0


@pytest.mark.logs_warnings
def test_without_libvlc_the_clip_is_not_blamed(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vlc", None)
    watched.player.load(counted_clip())
    assert watched.until_over() is PlayerEvent.UNAVAILABLE
    with pytest.raises(MediaTrouble, match=r"media\.no_player"):
        watched.player.load(counted_clip())


def test_an_option_whose_plugin_is_absent_does_not_cost_the_player(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "OF_PLUGINS", (("--no-such-plugin-here",), library.LETTERS))
    watched.player.load(counted_clip())
    watched.until(lambda: watched.player.frames.decoded > 2)


def run_apart(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


UNCLOSED = """
import atexit, threading
from tests.player.counted import counted_clip
from app.player.vlc_player import VlcPlayer
woken = threading.Event()
player = VlcPlayer(woken.set, audio=False)
atexit.register(lambda: print('released', player._libvlc._player is None))
player.load(counted_clip())
while player.frames.decoded < 3:
    woken.wait(5)
    woken.clear()
"""


def test_an_end_of_the_program_without_close_stops_libvlc_first() -> None:
    assert run_apart(UNCLOSED) == "released True"


MISDIRECTED = """
import threading
from tests.player.counted import counted_clip
from app.player.vlc_player import VlcPlayer
woken, seen = threading.Event(), []
player = VlcPlayer(woken.set, audio=False)
player.listen(seen.append)
player.load(counted_clip())
while not seen and woken.wait(10):
    woken.clear()
    player.drain()
print(*[one.event.value for one in seen])
player.close()
"""


def test_a_binding_that_wants_to_end_the_program_does_not(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "libvlc.so.5")
    assert run_apart(MISDIRECTED, PYTHON_VLC_LIB_PATH=nowhere) == "unavailable"


LIBVLC_SIDE = {"_player", "_instance", "_vlc", "_libvlc", "_ask", "open", "stop", "close", "load"}


def test_no_callback_of_libvlc_touches_libvlc() -> None:
    """A call of libvlc from its own callback deadlocks, so it is ruled out in the source."""
    callbacks = {"_on_event", "_on_time", "_post"}
    callbacks |= {"_on_lock", "_on_display", "_on_format", "_on_cleanup", "_buffers_for"}
    found = set()
    for module in (vlc_player, frames):
        assert module.__file__ is not None
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name in callbacks:
                found.add(node.name)
                names = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
                assert not names & LIBVLC_SIDE, f"{node.name} calls {names & LIBVLC_SIDE}"
    assert found == callbacks
