"""ASGI around the framework: time limits for every request, and the fast path of an exchange.

An exchange is most of what is asked and must cost little, so it goes to its handler
directly; the framework would add as much again as the whole rest of the transport. The
route stands in the framework too, for the published description and odd spellings; a test
holds both ways to the same answers.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import cast

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import (
    HTTPReceiveMessage,
    HTTPResponseBodyEvent,
    HTTPResponseStartEvent,
    HTTPScope,
    LifeSpanReceive,
    LifeSpanScope,
    LifeSpanSend,
    Message,
    Receive,
    Scope,
    Send,
)

from app.wire.codec import CONTENT_TYPE, pack
from app.wire.errors import ErrorNumber
from app.wire.messages import MAX_BODY_BYTES, ErrorAnswer
from app.wire.signing import SIGNATURE_HEADER, to_header
from centre.intake.exchanging import Answered
from centre.refusals import NotServed

_LOG = logging.getLogger("centre")
_BODY_S = 120.0
"""For a whole body: 200 KiB at 14 kbit/s. While it comes it holds no lane."""
_SILENCE_S = 20.0
_COME_BACK_S = 10
_STUCK_S = 60.0
"""For the other side to take what was sent."""
_TYPE = (b"content-type", CONTENT_TYPE.encode())
_PATH = "/v1/exchange"


class FastPath:
    """Serves an exchange by ``exchange`` and everything else by ``framework``.

    ``refusal_of`` says what any trouble of an exchange is answered with.
    """

    def __init__(
        self,
        framework: Litestar,
        exchange: Callable[[HTTPScope, bytes], Awaitable[Answered]],
        refusal_of: Callable[[Exception], NotServed],
    ) -> None:
        self.framework = framework
        self._answer = exchange
        self._refusal_of = refusal_of
        self._is_ending = False

    async def __call__(
        self,
        scope: Scope | LifeSpanScope,
        receive: Receive | LifeSpanReceive,
        send: Send | LifeSpanSend,
    ) -> None:
        """Serve one request."""
        if scope["type"] != ScopeType.HTTP:
            await self.framework(scope, receive, send)
            return
        patience = _Patience(cast("Receive", receive), cast("Send", send))
        try:
            asked = cast("HTTPScope", scope)
            if asked["path"] == _PATH and asked["method"] == "POST":
                await self._exchange(asked, patience)
            else:
                await self.framework(scope, patience.receive, patience.send)
        except Exception:
            if not patience.is_alone:
                raise
            # Nobody is there any more; the server closes what was not sent to its end.
        except asyncio.CancelledError:
            await self._end(patience)

    async def _end(self, patience: _Patience) -> None:
        """The service ends and does not wait any longer for what is at work: it may come again."""
        if not self._is_ending:
            self._is_ending = True
            _LOG.warning("the service ends: requests at work are told to come back")
        task = asyncio.current_task()
        if task is not None:
            task.uncancel()
        if patience.is_answering:
            return
        ending = NotServed(ErrorNumber.BUSY, "ending", retry_after_s=_COME_BACK_S)
        try:
            for message in answer_messages(*refused(ending)):
                await patience.send(message)
        except _NobodyTakesIt:
            return

    async def _exchange(self, scope: HTTPScope, patience: _Patience) -> None:
        try:
            body = await _whole(patience.receive)
            if body is None:
                return
            answered = await self._answer(scope, body)
            signature = to_header(answered.signature).encode()
            headers = [_TYPE, (SIGNATURE_HEADER.encode(), signature)]
            status, content = 200, answered.body
        except _NobodyTakesIt:
            raise
        except Exception as trouble:  # noqa: BLE001 - the door turns everything into a refusal
            status, headers, content = refused(self._refusal_of(trouble))
        for message in answer_messages(status, headers, content):
            await patience.send(message)


def refused(refusal: NotServed) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body of a refusal."""
    headers = [_TYPE]
    if refusal.retry_after_s:
        headers.append((b"retry-after", b"%d" % refusal.retry_after_s))
    if refusal.status == 408:
        headers.append((b"connection", b"close"))
    message = ErrorAnswer(int(refusal.number), refusal.detail, refusal.retry_after_s)
    return refusal.status, headers, pack(message)


def answer_messages(
    status: int, headers: list[tuple[bytes, bytes]], content: bytes
) -> tuple[HTTPResponseStartEvent, HTTPResponseBodyEvent]:
    """An answer as the server is told it."""
    headers = [*headers, (b"content-length", b"%d" % len(content))]
    return (
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": content, "more_body": False},
    )


async def _whole(receive: Receive) -> bytes | None:
    """The request's body; None when whoever sent it is gone."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message["body"]
        if len(body) > MAX_BODY_BYTES:
            raise NotServed(ErrorNumber.TOO_LARGE)
        if not message["more_body"]:
            return body


class _NobodyTakesIt(Exception):
    """The other side does not take what is sent."""


class _Patience:
    """How long one request is waited for, and its answer's taking."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._until: float | None = None
        self._whole = False
        self.is_answering = False
        self.is_alone = False

    async def receive(self) -> HTTPReceiveMessage:
        """The next piece of the body; after the last it waits for the end of the connection."""
        if self._whole:
            return cast("HTTPReceiveMessage", await self._receive())
        now = asyncio.get_running_loop().time()
        self._until = self._until or now + _BODY_S
        try:
            async with asyncio.timeout_at(min(self._until, now + _SILENCE_S)):
                message = cast("HTTPReceiveMessage", await self._receive())
        except TimeoutError as late:
            raise NotServed(ErrorNumber.BUSY, "too slow", retry_after_s=1, status=408) from late
        self._whole = message["type"] != "http.request" or not message["more_body"]
        return message

    async def send(self, message: Message) -> None:
        """Send, or give up on who does not take it or has hung up."""
        self.is_answering = True
        try:
            async with asyncio.timeout(_STUCK_S):
                await self._send(message)
        except (TimeoutError, OSError, RuntimeError) as gone:  # a closed transport is the last
            self.is_alone = True
            raise _NobodyTakesIt from gone
