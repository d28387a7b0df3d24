"""The floor of a push: batches of facts in msgpack and zstd by plain HTTP, one commit at each end.

No chain, no signatures, no merge, no folding: what is left when all that is taken away.
Run as a program it is the receiving end; it tells its port in its first line.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from app.store.engine import PRAGMAS, SQLITE, set_pragmas

BATCH = 5_000


class Sender:
    """The sending end over one kept connection; ``sent_bytes`` counts bodies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._squeeze = zstandard.ZstdCompressor(level=3)
        self.sent_bytes = 0

    def send(self, facts: list[bytes]) -> None:
        """One request with these facts; durable at the other end when it returns."""
        body = self._squeeze.compress(msgspec.msgpack.encode(facts))
        self.sent_bytes += len(body)
        self._connection.request("POST", "/", body)
        if self._connection.getresponse().read() != b"ok":
            raise RuntimeError("the floor's other end failed")

    def push(self, store: Path, count: int) -> None:
        """Read facts from a store's file, send them in batches, note each batch as sent."""
        with closing(SQLITE.connect(store, isolation_level=None)) as connection:
            set_pragmas(connection, PRAGMAS)
            connection.execute("CREATE TABLE IF NOT EXISTS sent (upto INTEGER)")
            for start in range(0, count, BATCH):
                rows = connection.execute(
                    "SELECT bytes FROM facts WHERE seq > ? ORDER BY seq LIMIT ?",
                    (start, min(BATCH, count - start)),
                ).fetchall()
                self.send([row[0] for row in rows])
                connection.execute("INSERT INTO sent VALUES (?)", (start + len(rows),))

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()


class _Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    rows: Any
    one_writer = threading.Lock()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        plain = zstandard.ZstdDecompressor().decompress(body)
        facts = msgspec.msgpack.decode(plain, type=list[bytes])
        with self.one_writer:
            self.rows.execute("BEGIN IMMEDIATE")
            self.rows.executemany("INSERT INTO facts (bytes) VALUES (?)", [(one,) for one in facts])
            self.rows.execute("COMMIT")
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class _Many(ThreadingHTTPServer):
    """A thread for each connection, and room for a crowd that comes at once."""

    request_queue_size = 256
    daemon_threads = True


def main(path: Path) -> None:
    """Receive until killed."""
    rows = SQLITE.connect(path, isolation_level=None, check_same_thread=False)
    set_pragmas(rows, PRAGMAS)
    rows.execute("CREATE TABLE facts (seq INTEGER PRIMARY KEY, bytes BLOB)")
    _Receiver.rows = rows
    server = _Many(("127.0.0.1", 0), _Receiver)
    print(json.dumps({"port": server.server_port}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
