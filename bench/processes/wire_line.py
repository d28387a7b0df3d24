"""The least of an HTTP client: one kept connection, whole requests, answers with a length."""

from __future__ import annotations

import asyncio

_CONNECT_S = 5.0
_SILENCE_S = 20.0


class RawLine:
    """Requests one at a time; a connection that ended is made anew, as the program does."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self.opened = 0

    async def ask(self, data: bytes) -> tuple[int, dict[str, str], bytes]:
        """Send a request's bytes; status, headers and body of the answer.

        Raises:
            OSError, EOFError, TimeoutError, ValueError: no whole answer came.
        """
        reader = self._reader
        if reader is not None and not reader.at_eof():
            try:
                return await self._once(data)
            except (ConnectionError, EOFError):  # it ended just now; ask again on a new one
                self.close()
            except BaseException:  # a late answer must not be taken for the next one
                self.close()
                raise
        await self._connect()
        try:
            return await self._once(data)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let the connection go."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _connect(self) -> None:
        self.close()
        async with asyncio.timeout(_CONNECT_S):
            opened = await asyncio.open_connection(self._host, self._port)
        self._reader, self._writer = opened
        self.opened += 1

    async def _once(self, data: bytes) -> tuple[int, dict[str, str], bytes]:
        reader, writer = self._reader, self._writer
        if reader is None or writer is None:
            raise ConnectionError
        async with asyncio.timeout(_SILENCE_S):
            writer.write(data)
            head = await reader.readuntil(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")[:-2]
            headers = {}
            for line in lines:
                name, _, value = line.partition(":")
                headers[name.strip().lower()] = value.strip()
            body = await reader.readexactly(int(headers["content-length"]))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return int(first.split(" ", 2)[1]), headers, body
