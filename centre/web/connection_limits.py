"""Connections of one process: how many, how long one may take to say what it wants, how much.

The server has limits for bodies and for idle connections; the rest is here, so that
connections that say nothing, or say it byte by byte, are closed soon.
"""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Protocol, cast

from litestar.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.wire.errors import ErrorNumber
from centre.refusals import NotServed
from centre.web.fast_path import answer_messages, refused

try:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as _Fastest
except ImportError:  # pragma: no cover - where there is no wheel the slower parser does
    _Fastest = H11Protocol  # type: ignore[misc, assignment]

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport

MOST_CONNECTIONS = 2_000
"""More are told to come back later; twice as many are not listened to."""
MOST_HEAD_BYTES = 16 << 10
_HEAD_S = 20.0
_CROWDED_KEEP_ALIVE_S = 2
_COME_BACK_S = (5, 30)


class _Cycle(Protocol):
    """One request and its answer, as both parsers have it."""

    response_complete: bool


async def _too_many(_scope: Scope, _receive: Receive, send: Send) -> None:
    wait_s = random.randint(*_COME_BACK_S)
    busy = NotServed(ErrorNumber.BUSY, "connections", retry_after_s=wait_s)
    status, headers, content = refused(busy)
    for message in answer_messages(status, [*headers, (b"connection", b"close")], content):
        await send(message)


class Connection(_Fastest):
    """One connection: the head of each request has a size and a time."""

    _alarm: TimerHandle | None = None
    _head_bytes = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin, or refuse at once what is too many."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS // 2:
            self.timeout_keep_alive = _CROWDED_KEEP_ALIVE_S
        if len(self.connections) > MOST_CONNECTIONS:
            self.app = _too_many
        if len(self.connections) > 2 * MOST_CONNECTIONS:
            transport.abort()
        else:
            self._set_alarm()

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        if self._between_requests():
            self._head_bytes += len(data)
            self._set_alarm()
        super().data_received(data)
        if not self._between_requests():
            self._drop_alarm()
        elif self._head_bytes > MOST_HEAD_BYTES:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._drop_alarm()
        super().connection_lost(exc)

    def _between_requests(self) -> bool:
        cycle = cast("_Cycle | None", self.cycle)
        return cycle is None or cycle.response_complete

    def _set_alarm(self) -> None:
        if self._alarm is None:
            self._alarm = asyncio.get_running_loop().call_later(_HEAD_S, self._late)

    def _drop_alarm(self) -> None:
        self._head_bytes = 0
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _late(self) -> None:
        self._alarm = None
        if self._between_requests():
            self.transport.close()
