"""A relay that counts what goes over the wire, heads and bodies, both ways; not for timing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

_CHUNK_BYTES = 1 << 16


@dataclass(slots=True)
class Relay:
    """``port`` leads to the target; ``up`` and ``down`` are bytes so far."""

    port: int
    up: int = 0
    down: int = 0

    @property
    def both(self) -> int:
        """Bytes of both directions."""
        return self.up + self.down


@contextmanager
def relay_to(host: str, port: int) -> Iterator[Relay]:
    """Relay every connection to a target until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        relay = Relay(listening.getsockname()[1])
        accepting = threading.Thread(
            target=_accept, args=(listening, (host, port), relay), daemon=True
        )
        accepting.start()
        yield relay


def _accept(listening: socket.socket, target: tuple[str, int], relay: Relay) -> None:
    while True:
        try:
            near, _ = listening.accept()
        except OSError:
            return
        far = socket.create_connection(target)
        for one, other, name in ((near, far, "up"), (far, near, "down")):
            threading.Thread(target=_pump, args=(one, other, relay, name), daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket, relay: Relay, name: str) -> None:
    with suppress(OSError):
        while data := source.recv(_CHUNK_BYTES):
            setattr(relay, name, getattr(relay, name) + len(data))
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
