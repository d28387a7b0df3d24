"""Everything between a station's link and the centre but the socket, and what goes wrong there."""

from __future__ import annotations

import random
from collections.abc import Mapping

from app.domain.errors import LinkTrouble
from app.sync.connection import Reply
from app.wire.codec import pack, unpack, write_receipt
from app.wire.messages import ExchangeAnswer, ExchangeRequest, Receipt, SignedReceipt
from app.wire.signing import (
    ANSWER_LABEL,
    RECEIPT_LABEL,
    SIGNATURE_HEADER,
    STATION_HEADER,
    sign,
    to_header,
)
from centre.stations.signed import SignedRequest
from tests.model.county.centre_side import CentreSide

FAULTS = (
    ("request lost", 4),
    ("answer lost", 6),
    ("delivered twice", 5),
    ("held up", 4),
    ("login page", 2),
    ("a liar answers", 2),
    ("old answer", 2),
    ("busy", 1),
    ("centre crashes", 4),
)
_KEPT = 40
_MOST_PASSES = 70
_LIARS_KEY = bytes(range(32))


class Post:
    """Carries requests to the centre; ``faults`` is how many of a hundred go wrong."""

    def __init__(self, side: CentreSide, chance: random.Random) -> None:
        self.side = side
        self.chance = chance
        self.faults = 0
        self.kept: list[SignedRequest] = []
        self.answers: list[Reply] = []
        self.late: set[str] = set()
        self.next_faults: list[str] = []
        """What surely goes wrong next."""
        self.told: list[str] = []
        """What went wrong since it was last looked at."""

    def ask(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """One request, as ``app.sync.connection.Line.ask``."""
        asked = SignedRequest(method, target, headers, body)
        self.kept = [*self.kept[-_KEPT:], asked]
        if self.next_faults:
            return self._wrong(self.next_faults.pop(0), asked)
        if self.chance.randrange(100) >= self.faults:
            return self._keep(self.side.serve(asked))
        fault = self.chance.choices(*zip(*FAULTS, strict=True))[0]
        self.told.append(fault)
        return self._wrong(fault, asked)

    def _wrong(self, fault: str, asked: SignedRequest) -> Reply:
        match fault:
            case "request lost" | "held up":
                raise LinkTrouble("link.offline", why=fault)
            case "answer lost":
                self._keep(self.side.serve(asked))
                raise LinkTrouble("link.offline", why=fault)
            case "delivered twice":
                first, second = self.side.serve(asked), self.side.serve(asked)
                return self.chance.choice((first, second))
            case "login page":
                old = self.answers[-1].headers if self.answers else {}
                return Reply(200, old, b"<html>please log in</html>")
            case "a liar answers":
                return _lie(asked, self.side.clock.ms)
            case "old answer" if self.answers:
                return self.chance.choice(self.answers)
            case "centre crashes":
                return self._crashing(asked)
        return Reply(503, {}, b"")

    def _crashing(self, asked: SignedRequest) -> Reply:
        self.side.dying_at(self.chance.randrange(_MOST_PASSES), after=self.chance.random() < 0.4)
        reply: list[Reply] = []
        if not self.side.survive(lambda: reply.append(self.side.serve(asked))):
            raise LinkTrouble("link.offline", why="crashed")
        return reply[0]

    def deliver_late(self) -> str:
        """An old request comes (again); nobody waits for the answer. Whose it was."""
        if not self.kept:
            return ""
        asked = self.chance.choice(self.kept)
        station = asked.headers[STATION_HEADER]
        self.late.add(station)
        self._keep(self.side.serve(asked))
        return station

    def _keep(self, reply: Reply) -> Reply:
        if SIGNATURE_HEADER in reply.headers:
            self.answers = [*self.answers[-8:], reply]
        return reply


def _lie(asked: SignedRequest, now_ms: int) -> Reply:
    """Somebody between says that all was received, and can sign it with a key of its own only."""
    request = unpack(asked.body, ExchangeRequest)
    receipts = []
    for tip in request.tips:
        data = write_receipt(
            Receipt(
                request.station, tip.segment, tip.n, tip.hash, tip.n, now_ms, request.generation
            )
        )
        receipts.append(SignedReceipt(data, sign(_LIARS_KEY, RECEIPT_LABEL, data)))
    body = pack(ExchangeAnswer(request.nonce, now_ms, request.generation, tuple(receipts)))
    signature = sign(_LIARS_KEY, ANSWER_LABEL, request.nonce, body)
    return Reply(200, {SIGNATURE_HEADER: to_header(signature)}, body)
