"""The floor of an exchange: a bare ASGI application that reads a body and answers some bytes.

The same server and the same parser as the centre's, and nothing behind them. Run as a program
it tells its port in its first line; its argument is how many bytes it answers.
"""

from __future__ import annotations

import json
import socket
import sys
from typing import Any

import uvicorn

Message = dict[str, Any]


class Echo:
    """Answers every request with so many bytes."""

    def __init__(self, size: int) -> None:
        self._body = b"x" * size
        self._headers = [(b"content-length", b"%d" % size)]

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._body})


def main(size: int) -> None:
    """Answer until killed."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        print(json.dumps({"port": listening.getsockname()[1]}), flush=True)
        config = uvicorn.Config(
            Echo(size),
            lifespan="off",
            ws="none",
            log_level="error",
            access_log=False,
            server_header=False,
            date_header=False,
        )
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(int(sys.argv[1]))
