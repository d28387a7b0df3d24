"""The link of a simulated PC: the real one, through the post; it may be that of an older program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from msgspec.structs import replace

from app.domain.errors import LinkTrouble
from app.machine.enrolment import KeptEnrolment
from app.ports.machine import Entropy
from app.sync.connection import CentreConnection, Reply
from app.sync.http_link import HttpLink
from app.wire.codec import read_receipt
from app.wire.messages import WHOLE, ExchangeAnswer, ExchangeRequest
from tests.model.county.ledger import Wrong
from tests.model.county.post import Post

MOST_ASKED = 100
"""Exchanges of one round; so small a history never needs as many."""


class _Wire:
    """Stands where the connection would."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def ask(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes = b"",
        *,
        at_most: int,
    ) -> Reply:
        reply = self._post.ask(method, target, headers, body)
        if len(reply.body) > at_most:
            raise LinkTrouble("link.nonsense")
        return reply


class ModelLink(HttpLink):
    """The real HTTP link with the post in place of its connection; ``is_old``: the program is 1.0."""

    def __init__(
        self,
        kept: KeptEnrolment,
        key: bytes,
        entropy: Entropy,
        post: Post,
        *,
        is_old: Callable[[], bool],
    ) -> None:
        super().__init__(
            "http://127.0.0.1:1",
            station=kept.station,
            private_key=key,
            centre_key=kept.centre_key,
            entropy=entropy,
            credential=kept.credential,
        )
        self._is_old = is_old
        self._wire = _Wire(post)
        self.asked = 0

    def _line(self) -> CentreConnection:
        return cast("CentreConnection", self._wire)

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer:
        """As the real one; a PC with an older program says and hears less."""
        self.asked += 1
        if self.asked > MOST_ASKED:
            raise Wrong("a round asks on and on")
        if not self._is_old():
            return super().exchange(request)
        return heard_by_1_0(super().exchange(said_by_1_0(request)))


def said_by_1_0(request: ExchangeRequest) -> ExchangeRequest:
    """What the first program says of the same."""
    runs = tuple(replace(run, signature=b"") for run in request.runs)
    return replace(request, minor=0, held=None, census=None, mono_ms=0, boot="", runs=runs)


def heard_by_1_0(answer: ExchangeAnswer) -> ExchangeAnswer:
    """What the first program hears of an answer."""
    known = tuple(one for one in answer.receipts if read_receipt(one.receipt).segment != WHOLE)
    return replace(
        answer,
        receipts=known,
        returns=(),
        resend=(),
        wants_census=False,
        understood=-1,
        notices=(),
        credential=None,
    )
