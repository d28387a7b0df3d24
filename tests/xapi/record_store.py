"""A stand-in for a learning record store: keeps what it is told, and says no to what it knows.

``record_store.py FILE TOKEN``; its address is the first line it writes.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

KEPT, TOKEN = Path(sys.argv[1]), sys.argv[2]
KNOWN: set[str] = set()


class Statements(BaseHTTPRequestHandler):
    """The one resource there is."""

    def do_POST(self) -> None:
        """Take all of them, or none."""
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self._answer(told))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, told: list[dict[str, str]]) -> int:
        if self.headers.get("Authorization") != TOKEN:
            return 401
        if self.path != "/statements" or not self.headers.get("X-Experience-API-Version"):
            return 400
        if KNOWN & {one["id"] for one in told}:
            return 409
        KNOWN.update(one["id"] for one in told)
        with KEPT.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in told)
        return 200

    def log_message(self, *_told: object) -> None:
        """Be quiet."""


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", 0), Statements)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
