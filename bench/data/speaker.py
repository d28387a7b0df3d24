"""One station as the centre hears it: its key, its chain, what it says and what it believes.

Sans I/O, so that one process can be thousands of stations. What it says is what the program
says (``app.usecases.exchange``): tip with locator, signed runs, what it holds in all, cursors.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.areas.attendance.facts import AttendanceVoided
from app.domain.fact_kinds import Fact
from app.domain.facts import ClockCompared, SegmentOpened
from app.domain.ids import FactHash
from app.domain.personal import Personal
from app.domain.time import ClockGrade, Instant
from app.wire.codec import pack, read_receipt, unpack
from app.wire.fact_bytes import chain_hash, segment_root, write_fact, write_personal
from app.wire.messages import (
    MAX_FACTS_A_RUN,
    MAX_LOCATOR,
    MINOR,
    SUM_BYTES,
    WHOLE,
    ExchangeAnswer,
    ExchangeRequest,
    Held,
    Run,
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
    framed,
    from_header,
    request_parts,
    run_parts,
    to_header,
    verifies,
)
from bench.data.session import RecordedMoment, word

TARGET = "/v1/exchange"
_VERIFY_ONE_IN = 8
"""Every answer is read and compared; signatures are verified of every eighth, to spare the clock."""


class WrongAnswer(Exception):
    """The centre said what is not so; never to be seen."""


@dataclass(frozen=True, slots=True)
class CentreSaid:
    """What is known of the centre before the first exchange."""

    host: str
    key: bytes
    generation: str
    feed_rev: int


@dataclass(slots=True)
class Speaker:
    """Station number ``index`` of a cast; everything about it follows from the seed."""

    seed: int
    index: int
    centre: CentreSaid
    facts: list[bytes] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    personal: dict[int, bytes] = field(default_factory=dict)
    confirmed: int = 0
    agreed: bool = False
    understood: int = -1
    exchanges: int = 0
    total: int = 0
    boot: str = "boot"
    id: str = ""
    segment: str = ""
    key: Ed25519PrivateKey = field(init=False)
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.id = station_id(self.seed, self.index)
        self.segment = hashlib.sha256(f"{self.seed} segment {self.index}".encode()).hexdigest()[:32]
        self.key = Ed25519PrivateKey.from_private_bytes(station_key(self.seed, self.index))
        self.chance = random.Random(f"{self.seed} {self.index} speaks")

    @property
    def count(self) -> int:
        """How many facts it holds."""
        return len(self.facts)

    @property
    def sum(self) -> bytes:
        """The sum of their hashes."""
        return (self.total % (1 << (8 * SUM_BYTES))).to_bytes(SUM_BYTES, "big")

    def begin(self, wall_ms: int) -> None:
        """Record the first fact: the program was started."""
        opened = SegmentOpened(
            random=self.segment,
            reason="first",
            boot=self.boot,
            station=self.id,
            app_version="1.0",
            sqlite_version="3.51",
            platform="Windows-10",
        )
        self.record(opened, wall_ms, actor="station")

    def record(
        self, fact: Fact, wall_ms: int, *, actor: str, personal: Personal | None = None
    ) -> None:
        """Append a fact to the chain."""
        n = len(self.facts) + 1
        payload = None
        if personal is not None:
            payload = write_personal(personal, self.chance.randbytes(16))
            self.personal[n] = payload
        instant = Instant(wall_ms, wall_ms % 10_000_000, ClockGrade.OK)
        data = write_fact(n=n, instant=instant, actor=actor, fact=fact, personal=payload)
        previous = self.hashes[-1] if self.hashes else segment_root(self.segment)
        own = chain_hash(previous, data)
        self.facts.append(data)
        self.hashes.append(own)
        self.total += int.from_bytes(own[:SUM_BYTES], "big")

    def record_moment(
        self, moment: RecordedMoment, place: dict[int, int], at: int, wall_ms: int
    ) -> None:
        """Append moment number ``at`` of a session; ``place`` keeps where each one went."""
        fact = moment.fact
        if isinstance(fact, AttendanceVoided) and moment.voids is not None:
            target = self.hashes[place[moment.voids]].hex()
            fact = AttendanceVoided(fact.session, fact.person, FactHash(target))
        place[at] = len(self.facts)
        self.record(fact, wall_ms, actor=moment.actor, personal=moment.personal)

    def compare_clocks(self, wall_ms: int, centre_ms: int, round_trip_ms: int) -> None:
        """Record how the clocks stand, as the program does after its first exchange."""
        compared = ClockCompared(self.boot, wall_ms, wall_ms % 10_000_000, centre_ms, round_trip_ms)
        self.record(compared, wall_ms, actor="station")

    def say(self, budget_bytes: int, wall_ms: int) -> tuple[bytes, bytes, int]:
        """The next request as it goes over the wire, its nonce, and how many facts it brings."""
        runs = self._runs(budget_bytes)
        nonce = self.chance.randbytes(16)
        request = ExchangeRequest(
            station=self.id,
            nonce=nonce,
            wall_ms=wall_ms,
            generation=self.centre.generation,
            tips=(self._tip(),) if self.facts else (),
            runs=runs,
            cursors={
                f"site:{site_id(self.seed, self.index)}": self.centre.feed_rev,
                "catalogue": 0,
            },
            minor=MINOR,
            held=Held(self.count, self.sum),
            mono_ms=wall_ms % 10_000_000,
            boot=self.boot,
        )
        body = pack(request)
        told = to_header(self.chance.randbytes(9))
        parts = request_parts("POST", TARGET, told, body)
        signature = self.key.sign(framed(REQUEST_LABEL, *parts))
        head = (
            f"POST {TARGET} HTTP/1.1\r\nHost: {self.centre.host}\r\n"
            f"{STATION_HEADER}: {self.id}\r\n{NONCE_HEADER}: {told}\r\n"
            f"{SIGNATURE_HEADER}: {to_header(signature)}\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        return head.encode("ascii") + body, nonce, sum(len(run.facts) for run in runs)

    def hear(self, nonce: bytes, headers: Mapping[str, str], body: bytes) -> ExchangeAnswer:
        """Take an answer; what it confirms is compared with the own chain.

        Raises:
            WrongAnswer: it is not the centre's, or names what is not held here.
        """
        self.exchanges += 1
        check = self.exchanges % _VERIFY_ONE_IN == 1
        if check:
            signature = from_header(headers.get(SIGNATURE_HEADER, ""))
            if not verifies(self.centre.key, signature, ANSWER_LABEL, nonce, body):
                raise WrongAnswer("signature of the answer")
        answer = unpack(body, ExchangeAnswer)
        if answer.nonce != nonce:
            raise WrongAnswer("nonce")
        for signed in answer.receipts:
            if check and not verifies(
                self.centre.key, signed.signature, RECEIPT_LABEL, signed.receipt
            ):
                raise WrongAnswer("signature of a receipt")
            self._take_receipt(signed.receipt)
        if answer.returns or answer.resend or answer.wants_census or answer.notices:
            raise WrongAnswer("the centre believes there is something to heal")
        self.understood = answer.understood
        return answer

    def _take_receipt(self, data: bytes) -> None:
        receipt = read_receipt(data)
        if receipt.station != self.id or receipt.status not in ("ok", "agreed", "differs"):
            raise WrongAnswer(f"receipt {receipt.status}")
        if receipt.segment == WHOLE:
            self.agreed = receipt.status == "agreed"
            return
        if receipt.upto_n < self.confirmed:
            raise WrongAnswer("the centre lost what it had confirmed")
        if receipt.upto_n and self.hashes[receipt.upto_n - 1] != receipt.upto_hash:
            raise WrongAnswer("hash")
        self.confirmed = receipt.upto_n

    def _tip(self) -> Tip:
        n = len(self.facts)
        locator: list[tuple[int, bytes]] = []
        step = 1
        while n - step > 0 and len(locator) < MAX_LOCATOR:
            locator.append((n - step, self.hashes[n - step - 1]))
            step *= 2
        return Tip(self.segment, n, self.hashes[-1], tuple(locator))

    def _runs(self, budget_bytes: int) -> tuple[Run, ...]:
        first, end = self.confirmed, self.confirmed
        left = budget_bytes
        while end < len(self.facts) and left > 0 and end - first < MAX_FACTS_A_RUN:
            left -= len(self.facts[end]) + len(self.personal.get(end + 1, b""))
            end += 1
        if end == first:
            return ()
        parts = run_parts(self.id, self.segment, end, self.hashes[end - 1])
        previous = self.hashes[first - 1] if first else segment_root(self.segment)
        personal = tuple(
            (n, self.personal[n]) for n in range(first + 1, end + 1) if n in self.personal
        )
        signature = self.key.sign(framed(RUN_LABEL, *parts))
        facts = tuple(self.facts[first:end])
        return (Run(self.segment, first + 1, previous, facts, personal, signature),)


def station_key(seed: int, index: int) -> bytes:
    """The private key of a station of the cast."""
    return hashlib.sha256(f"{seed} key {index}".encode()).digest()


def station_id(seed: int, index: int) -> str:
    """Its id."""
    return word(seed, "st-", index)


def site_id(seed: int, index: int) -> str:
    """The id of the place it stands in."""
    return word(seed, "s-", index)
