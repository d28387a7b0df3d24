"""A relay that lets bytes down no faster than a line would; up they go as they come."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CHUNK_BYTES = 1 << 15


@contextmanager
def paced_relay(host: str, port: int, bytes_a_second: int) -> Iterator[int]:
    """The port that leads to the target until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(
            target=_accept, args=(listening, (host, port), bytes_a_second), daemon=True
        ).start()
        yield listening.getsockname()[1]


def _accept(listening: socket.socket, target: tuple[str, int], pace: int) -> None:
    while True:
        try:
            near, _ = listening.accept()
            far = socket.create_connection(target)
        except OSError:
            return
        for one, other, limit in ((near, far, 0), (far, near, pace)):
            threading.Thread(target=_pump, args=(one, other, limit), daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket, pace: int) -> None:
    due = time.monotonic()
    with suppress(OSError):
        while data := source.recv(_CHUNK_BYTES):
            sink.sendall(data)
            if pace:
                due = max(due, time.monotonic()) + len(data) / pace
                time.sleep(max(due - time.monotonic(), 0))
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
