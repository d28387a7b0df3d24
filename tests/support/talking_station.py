"""A station as the centre hears it: a key, segments of facts, signed requests."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import httpx
import httpx2
import msgspec
from litestar import Litestar
from litestar.testing import TestClient

from app.domain.fact_kinds import Fact
from app.domain.facts import SegmentOpened
from app.domain.personal import Personal
from app.domain.time import ClockGrade, Instant
from app.wire.codec import CONTENT_TYPE, pack, read_receipt, unpack
from app.wire.fact_bytes import chain_hash, segment_root, write_fact, write_personal
from app.wire.messages import (
    EnrolAnswer,
    EnrolRequest,
    ErrorAnswer,
    ExchangeAnswer,
    ExchangeRequest,
    Held,
    Receipt,
    Run,
    SegmentHeld,
    Tip,
)
from app.wire.signing import (
    ANSWER_LABEL,
    NONCE_HEADER,
    RECEIPT_LABEL,
    REQUEST_LABEL,
    RUN_LABEL,
    SIGNATURE_HEADER,
    STATION_HEADER,
    from_header,
    new_private_key,
    public_key_of,
    request_parts,
    run_parts,
    sign,
    to_header,
    verifies,
)
from app.wire.sums import ZERO, add_hashes

Door = httpx2.Client | TestClient[Litestar]
Answer = httpx2.Response | httpx.Response
START_MS = 1_795_000_000_000


@dataclass(slots=True)
class Chain:
    """One segment as a station writes it."""

    name: str
    facts: list[bytes] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    personal: dict[int, bytes] = field(default_factory=dict)
    wall_ms: int = START_MS
    ordinal: int = 0

    def record(
        self, fact: Fact, *, actor: str = "operator", personal: Personal | None = None
    ) -> str:
        """Append a fact; its hash in hex."""
        n = len(self.facts) + 1
        self.wall_ms += 1000
        payload = None if personal is None else write_personal(personal, b"s" * 16)
        instant = Instant(self.wall_ms, n, ClockGrade.OK)
        data = write_fact(n=n, instant=instant, actor=actor, fact=fact, personal=payload)
        if payload is not None:
            self.personal[n] = payload
        return self.append(data)

    def append(self, data: bytes) -> str:
        """Append bytes as they are; their hash in hex."""
        previous = self.hashes[-1] if self.hashes else segment_root(self.name)
        self.facts.append(data)
        self.hashes.append(chain_hash(previous, data))
        return self.hashes[-1].hex()

    def run(self, first: int = 1, last: int | None = None) -> Run:
        """Facts ``first`` to ``last`` with the personal payloads among them."""
        end = len(self.facts) if last is None else last
        previous = segment_root(self.name) if first == 1 else self.hashes[first - 2]
        personal = tuple((n, one) for n, one in self.personal.items() if first <= n <= end)
        return Run(self.name, first, previous, tuple(self.facts[first - 1 : end]), personal)

    def tip(self, *, locator: bool = True) -> Tip:
        """Where the chain ends, with places before it."""
        n = len(self.facts)
        steps = itertools.takewhile(lambda step: step < n, (1 << power for power in range(40)))
        places = tuple((n - step, self.hashes[n - step - 1]) for step in steps)
        return Tip(self.name, n, self.hashes[-1], places if locator else ())

    def signed_run(self, station: TalkingStation, first: int = 1, last: int | None = None) -> Run:
        """``run`` with the station's signature over its end."""
        run = self.run(first, last)
        end = first + len(run.facts) - 1
        parts = run_parts(station.me.station, self.name, end, self.hashes[end - 1])
        return msgspec.structs.replace(run, signature=sign(station.key, RUN_LABEL, *parts))

    def fork(self, at: int) -> Chain:
        """Another branch that shares the first ``at`` facts."""
        personal = {n: one for n, one in self.personal.items() if n <= at}
        wall_ms = self.wall_ms + 500
        return Chain(self.name, self.facts[:at], self.hashes[:at], personal, wall_ms, self.ordinal)


def opened_segment(
    station: str = "st", *, parent: Chain | None = None, wall_ms: int | None = None
) -> Chain:
    """A new segment with its first fact."""
    chain = Chain(os.urandom(16).hex())
    if parent is not None:
        chain.wall_ms = parent.wall_ms + 60_000
        chain.ordinal = parent.ordinal + 1
    if wall_ms is not None:
        chain.wall_ms = wall_ms
    chain.record(
        SegmentOpened(
            random=os.urandom(16).hex(),
            reason="start",
            boot="b",
            station=station,
            app_version="1",
            sqlite_version="3",
            platform="test",
            parent_segment=None if parent is None else parent.name,
            parent_n=None if parent is None else len(parent.facts),
            parent_hash=None if parent is None else parent.hashes[-1].hex(),
            ordinal=chain.ordinal,
        ),
        actor="program",
    )
    return chain


def held_of(chains: Iterable[Chain]) -> Held:
    """What a station says in all that holds just these chains."""
    hashes = [one for chain in chains for one in chain.hashes]
    return Held(len(hashes), add_hashes(ZERO, hashes))


def census_of(chains: Iterable[Chain]) -> tuple[SegmentHeld, ...]:
    """The same, segment by segment."""
    return tuple(
        SegmentHeld(one.name, len(one.hashes), len(one.hashes), add_hashes(ZERO, one.hashes))
        for one in chains
    )


@dataclass(frozen=True, slots=True)
class Told:
    """An answer whose signatures were verified."""

    answer: ExchangeAnswer
    receipts: dict[str, Receipt]


class TalkingStation:
    """Enrols and exchanges through an HTTP client."""

    def __init__(self, client: Door, key: bytes | None = None) -> None:
        self.client = client
        self.key = key or new_private_key(os.urandom(32))
        self.enrolled: EnrolAnswer | None = None
        self.wall_ms = START_MS
        """What its clock shows."""

    @property
    def me(self) -> EnrolAnswer:
        """Who the centre says this is."""
        assert self.enrolled is not None
        return self.enrolled

    def try_enrol(self, code: str, recipient: str = "") -> Answer:
        """Ask to be let in."""
        body = pack(EnrolRequest(code[:14], public_key_of(self.key), "test machine", recipient))
        return self.client.post("/v1/enrol", content=body)

    def enrol(self, code: str) -> TalkingStation:
        """Be let in."""
        answer = self.try_enrol(code)
        assert answer.status_code == 200, refusal_of(answer)
        self.enrolled = unpack(answer.content, EnrolAnswer)
        return self

    def request(
        self,
        *,
        tips: Sequence[Tip] = (),
        runs: Sequence[Run] = (),
        cursors: dict[str, int] | None = None,
        generation: str | None = None,
        held: Held | None = None,
        census: Sequence[SegmentHeld] | None = None,
    ) -> ExchangeRequest:
        """A request as this station would make it."""
        return ExchangeRequest(
            station=self.me.station,
            nonce=os.urandom(16),
            wall_ms=self.wall_ms,
            generation=self.me.generation if generation is None else generation,
            tips=tuple(tips),
            runs=tuple(runs),
            cursors=cursors or {},
            held=held,
            census=None if census is None else tuple(census),
        )

    def headers(self, method: str, target: str, nonce: str, body: bytes) -> dict[str, str]:
        """The headers of a signed request."""
        signature = sign(self.key, REQUEST_LABEL, *request_parts(method, target, nonce, body))
        return {
            STATION_HEADER: self.me.station,
            NONCE_HEADER: nonce,
            SIGNATURE_HEADER: to_header(signature),
            "content-type": CONTENT_TYPE,
        }

    def send(self, body: bytes, nonce: bytes = b"n" * 16) -> Answer:
        """Post a body, signed."""
        headers = self.headers("POST", "/v1/exchange", to_header(nonce), body)
        return self.client.post("/v1/exchange", content=body, headers=headers)

    def exchange(self, request: ExchangeRequest) -> Told:
        """One exchange that must succeed; every signature is verified."""
        got = self.send(pack(request), request.nonce)
        assert got.status_code == 200, refusal_of(got)
        signature = from_header(got.headers[SIGNATURE_HEADER])
        key = self.me.centre_key
        assert verifies(key, signature, ANSWER_LABEL, request.nonce, got.content)
        answer = unpack(got.content, ExchangeAnswer)
        assert answer.nonce == request.nonce
        receipts = {}
        for signed in answer.receipts:
            assert verifies(key, signed.signature, RECEIPT_LABEL, signed.receipt)
            receipt = read_receipt(signed.receipt)
            assert receipt.station == self.me.station
            receipts[receipt.segment] = receipt
        return Told(answer, receipts)

    def compare(self, *chains: Chain, census: bool = False) -> Told:
        """Say that just these chains are held; the last one is open."""
        return self.exchange(
            self.request(
                tips=[one.tip() for one in chains[-1:]],
                held=held_of(chains),
                census=census_of(chains) if census else None,
            )
        )

    def deliver(self, *chains: Chain) -> Told:
        """Send whole chains."""
        return self.exchange(
            self.request(tips=[one.tip() for one in chains], runs=[one.run() for one in chains])
        )

    def fetch(self, sha256: str, headers: dict[str, str] | None = None) -> Answer:
        """Ask for a course file."""
        target = f"/v1/media/{sha256}"
        signed = self.headers("GET", target, "nonce", b"")
        return self.client.get(target, headers={**signed, **(headers or {})})


def refusal_of(answer: Answer) -> ErrorAnswer:
    """The refusal an answer carries."""
    return unpack(answer.content, ErrorAnswer)
