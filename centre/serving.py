"""Running the service until it is told to stop."""

from __future__ import annotations

import json
import socket
import sys

import uvicorn

from centre.asgi import create_app
from centre.settings import Settings


class _TellingServer(uvicorn.Server):
    """Says on stdout, in one line of JSON, when and where it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets=sockets)
        if not self.should_exit and sockets:
            host, port = sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            line = {"ready": True, "address": f"http://{shown}:{port}", "port": port}
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serve until interrupted; port 0 takes a free one.

    Raises:
        StoreTrouble: the store or the key cannot be used.
        OSError: the address cannot be taken.
    """
    application = create_app(settings)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol's number is what makes the loop send small answers at once (TCP_NODELAY).
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        if socket.SO_REUSEADDR and not hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        config = uvicorn.Config(
            application,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=10,
            limit_concurrency=1_000,
        )
        _TellingServer(config).run(sockets=[listening])
