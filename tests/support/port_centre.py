"""A centre at the port, for tests: it keeps chains, signs receipts, and errs when it is told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from msgspec import structs

from app.bootstrap import OpenStation
from app.domain.errors import LinkTrouble, MediaTrouble
from app.usecases.exchange import Enrolment
from app.usecases.sync_once import SyncOnce, SyncOutcome
from app.wire.codec import write_receipt
from app.wire.fact_bytes import chain_hash, segment_root
from app.wire.messages import (
    EnrolAnswer,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    FeedPage,
    Receipt,
    Run,
    SignedReceipt,
    Tip,
)
from app.wire.signing import RECEIPT_LABEL, public_key_of, sign

KEY = bytes(range(32))
STATION = "st1"
CENTRE_MS = 1_795_500_000_000

Handler = Callable[["PortCentre", ExchangeRequest], ExchangeAnswer]


@dataclass(slots=True)
class PortCentre:
    """Implements ``app.ports.link.Link``; ``script`` has one handler for each next exchange."""

    held: dict[str, list[tuple[bytes, bytes]]] = field(default_factory=dict)
    """Segment → (hash, bytes) of its facts in order."""
    generation: str = "g1"
    pages: list[tuple[FeedPage, ...]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    script: list[Handler] = field(default_factory=list)
    asked: list[ExchangeRequest] = field(default_factory=list)
    empty_hash: bytes = b""
    """What a receipt for nothing names."""
    fetched: list[tuple[str, int]] = field(default_factory=list)
    clock_ms: int = CENTRE_MS
    line_breaks_after: int = 0
    """Bytes after which every fetch breaks, 0 for never."""

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer:
        self.asked.append(request)
        handler = self.script.pop(0) if self.script else PortCentre.honest
        return handler(self, request)

    def fetch(self, sha256: str, start: int, end: int | None = None) -> Iterator[bytes]:
        self.fetched.append((sha256, start))
        if sha256 not in self.files:
            raise MediaTrouble("media.centre_lost", title="")
        data = self.files[sha256][start:end]
        sent = 0
        for at in range(0, len(data), 100_000):
            chunk = data[at : at + 100_000]
            yield chunk
            sent += len(chunk)
            if self.line_breaks_after and sent >= self.line_breaks_after:
                raise LinkTrouble("link.offline")

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        raise LinkTrouble("link.offline", machine=request.machine)

    def close(self) -> None:
        return

    def honest(self, request: ExchangeRequest) -> ExchangeAnswer:
        """Keep what fits, and say how far each segment is held."""
        for run in request.runs:
            self.keep(run)
        return ExchangeAnswer(
            nonce=request.nonce,
            centre_ms=self.clock_ms,
            generation=self.generation,
            receipts=tuple(self.receipt(tip) for tip in request.tips),
            pages=self.pages.pop(0) if self.pages else (),
        )

    def keep(self, run: Run) -> None:
        """Append a run where its predecessor is the end or lies within what is held."""
        facts = self.held.setdefault(run.segment, [])
        before = [segment_root(run.segment), *(hashed for hashed, _ in facts)]
        if run.previous not in before:
            return
        end = run.previous
        for place, data in enumerate(run.facts, before.index(run.previous)):
            end = chain_hash(end, data)
            if place == len(facts):
                facts.append((end, data))
            elif facts[place][0] != end:
                raise AssertionError("the station sent another branch")

    def receipt(self, tip: Tip, **changed: object) -> SignedReceipt:
        """The signed word how far the branch of ``tip`` is held."""
        hashes = [hashed for hashed, _ in self.held.get(tip.segment, [])]
        known = [(tip.n, tip.hash), *tip.locator]
        n, hashed = max(
            ((n, one) for n, one in known if n <= len(hashes) and hashes[n - 1] == one),
            default=(0, self.empty_hash),
        )
        n = max(n, len(hashes) if hashes and tip.n >= len(hashes) else 0)
        hashed = hashes[n - 1] if n else self.empty_hash
        receipt = Receipt(STATION, tip.segment, n, hashed, n, CENTRE_MS, self.generation)
        data = write_receipt(structs.replace(receipt, **changed))
        return SignedReceipt(data, sign(KEY, RECEIPT_LABEL, data))

    def lost(self, request: ExchangeRequest) -> ExchangeAnswer:
        """The request never arrives."""
        raise LinkTrouble("link.offline", station=request.station)

    def deaf(self, request: ExchangeRequest) -> ExchangeAnswer:
        """The request arrives and is kept, its answer is lost."""
        self.honest(request)
        raise LinkTrouble("link.offline")

    def twice(self, request: ExchangeRequest) -> ExchangeAnswer:
        """The request arrives twice."""
        self.honest(request)
        return self.honest(request)


def sync(opened: OpenStation, centre: PortCentre, *, courses: bool = False) -> SyncOutcome:
    """One round of the station with ``centre``."""
    enrolment = Enrolment(STATION, public_key_of(KEY), ("site:songling", "catalogue"))
    once = SyncOnce(opened.station.tools, centre, enrolment)
    return once.run(store_lane=lambda job: job(), cancelled=lambda: False, courses=courses)
