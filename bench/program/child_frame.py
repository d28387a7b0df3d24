"""Time from "play" to the first picture in memory: the station's player, and bare libvlc, in turns."""

from __future__ import annotations

import ctypes
import json
import sys
import threading
import time
from pathlib import Path

import vlc

from app.player.vlc_player import VlcPlayer
from app.ports.player import Clip

WAIT_S = 20.0
WIDTH, HEIGHT = 1280, 720


def ours(player: VlcPlayer, woken: threading.Event, clip: Clip) -> float:
    """One play by the station's player (ms)."""
    woken.clear()
    started = time.perf_counter()
    player.load(clip)
    while player.frames.take() is None:
        if not woken.wait(WAIT_S):
            raise RuntimeError("no picture")
        woken.clear()
    took = (time.perf_counter() - started) * 1e3
    player.stop()
    return took


def bare(instance: vlc.Instance, path: Path) -> float:
    """One play by libvlc alone, into one buffer (ms)."""
    shown = threading.Event()
    memory = (ctypes.c_ubyte * (WIDTH * HEIGHT * 4 + 64))()

    def lock(_opaque: object, planes: ctypes.c_void_p) -> None:
        ctypes.cast(planes, ctypes.POINTER(ctypes.c_void_p))[0] = ctypes.addressof(memory)

    locked = vlc.CallbackDecorators.VideoLockCb(lock)
    displayed = vlc.CallbackDecorators.VideoDisplayCb(lambda _opaque, _picture: shown.set())
    player = instance.media_player_new()
    player.video_set_callbacks(locked, None, displayed, None)
    player.video_set_format("RV32", WIDTH, HEIGHT, WIDTH * 4)
    started = time.perf_counter()
    player.set_media(instance.media_new(str(path)))
    player.play()
    if not shown.wait(WAIT_S):
        raise RuntimeError("no picture")
    took = (time.perf_counter() - started) * 1e3
    player.stop()
    player.release()
    return took


def main(path: Path, runs: int) -> None:
    """One play of each to warm up, then in turns; tell both lists."""
    woken = threading.Event()
    player = VlcPlayer(wake=woken.set, audio=False)
    instance = vlc.Instance(["--quiet", "--aout=dummy", "--avcodec-hw=none"])
    clip = Clip(path, 70_000, WIDTH, HEIGHT)
    mine, floor = [], []
    for turn in range(runs + 1):
        took = ours(player, woken, clip), bare(instance, path)
        if turn:
            mine.append(took[0])
            floor.append(took[1])
    player.close()
    print(json.dumps({"ours": mine, "floor": floor}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
