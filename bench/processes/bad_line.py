"""A line on this machine that counts what comes down and, when told, damages or cuts stretches."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_CHUNK_BYTES = 1 << 18


@dataclass(slots=True)
class BadLine:
    """``port`` leads to the target. Of every stretch of ``stretch_bytes`` that comes down, a share
    of ``bad`` is wrong: one byte is another, or the line is cut somewhere in it. ``pace`` is how
    many bytes come down in a second, 0 for as they come."""

    target: tuple[str, int]
    chance: random.Random
    port: int = 0
    bad: float = 0.0
    stretch_bytes: int = 8 << 20
    pace: int = 0
    down: int = 0
    cuts: int = 0
    flips: int = 0
    _left: int = 0
    _fault_in: int = -1
    _is_cut: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def pass_on(self, data: bytearray) -> bool:
        """Count bytes on their way down and do to them what this stretch wants; False cuts after."""
        with self._lock:
            at, whole = 0, True
            while at < len(data) and whole:
                if not self._left:
                    self._draw()
                part = min(self._left, len(data) - at)
                if 0 <= self._fault_in < part:
                    if self._is_cut:
                        self.cuts += 1
                        del data[at + self._fault_in :]
                        whole = False
                    else:
                        self.flips += 1
                        data[at + self._fault_in] ^= 1 << self.chance.randrange(8)
                    self._fault_in = -1
                else:
                    self._fault_in = max(self._fault_in - part, -1)
                self._left -= part
                at += part
            self.down += len(data)
            return whole

    def _draw(self) -> None:
        self._left, self._fault_in = self.stretch_bytes, -1
        if self.chance.random() < self.bad:
            self._fault_in = self.chance.randrange(self.stretch_bytes)
            self._is_cut = self.chance.random() < 0.5


@contextmanager
def bad_line(host: str, port: int, *, seed: int = 1) -> Iterator[BadLine]:
    """Such a line to a target until the block ends; it is good until it is told otherwise."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        line = BadLine((host, port), random.Random(seed), listening.getsockname()[1])
        threading.Thread(target=_accept, args=(listening, line), daemon=True).start()
        yield line


def _accept(listening: socket.socket, line: BadLine) -> None:
    while True:
        try:
            near, _ = listening.accept()
            far = socket.create_connection(line.target)
        except OSError:
            return
        threading.Thread(target=_up, args=(near, far), daemon=True).start()
        threading.Thread(target=_down, args=(far, near, line), daemon=True).start()


def _up(near: socket.socket, far: socket.socket) -> None:
    with suppress(OSError):
        while data := near.recv(_CHUNK_BYTES):
            far.sendall(data)
    for one in (near, far):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


def _down(far: socket.socket, near: socket.socket, line: BadLine) -> None:
    due = time.monotonic()
    with suppress(OSError):
        while data := bytearray(far.recv(_CHUNK_BYTES if not line.pace else _CHUNK_BYTES // 4)):
            whole = line.pass_on(data)
            near.sendall(data)
            if not whole:
                break
            if line.pace:
                due = max(due, time.monotonic()) + len(data) / line.pace
                time.sleep(max(due - time.monotonic(), 0))
    for one in (near, far):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
