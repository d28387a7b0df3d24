"""One round with the centre: facts up, receipts and feed pages down, then course files.

Runs on the net lane and asks the store lane for every touch of the store, so nothing a
person does ever waits for the network. An interrupted round leaves nothing half done:
a receipt or a page is kept in one transaction or not at all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar, cast

from app.domain.courses import Course, CourseFile
from app.domain.errors import BadInput, LinkTrouble, MediaTrouble, Refusal, SaidPlainly
from app.domain.time import local_date
from app.ports.link import Link
from app.usecases.tools import Tools
from app.wire.codec import read_receipt
from app.wire.messages import ExchangeAnswer, ExchangeRequest
from app.wire.signing import RECEIPT_LABEL, verifies

_log = logging.getLogger("sync")

T = TypeVar("T")
StoreLane = Callable[[Callable[[], object]], object]

FIRST_BUDGET_BYTES = 64 * 1024
MOST_BUDGET_BYTES = 256 * 1024
"""An exchange stays small, so that the centre answers long before the link gives up."""
_MOST_ROUNDS = 10_000
_ABOUT_ONE_FILE = frozenset({"link.data", "link.not_allowed", "link.nonsense"})
"""Refusals of one file; after any other the line itself is down."""
_SPARE_BYTES = 512 << 20
"""Courses stop before the disk is this full; sign-ins go on (reliability 3 #6)."""


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """What one round did."""

    sent: int
    confirmed: int
    rows: int
    files: int
    trouble: SaidPlainly | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Who this station is to its centre."""

    station: str
    centre_key: bytes
    scopes: tuple[str, ...]


@dataclass(slots=True)
class _Round:
    sent: int = 0
    rows: int = 0
    files: int = 0
    budget: int = FIRST_BUDGET_BYTES


@dataclass(frozen=True, slots=True)
class SyncOnce:
    """The round, bound to one station; ``link`` is None until the station is enrolled."""

    tools: Tools
    link: Link | None
    enrolment: Enrolment | None

    def run(
        self, *, store_lane: StoreLane, cancelled: Callable[[], bool], courses: bool
    ) -> SyncOutcome:
        """Exchange until nothing is left to send or fetch; trouble ends the round calmly."""
        if self.link is None or self.enrolment is None:
            return SyncOutcome(0, 0, 0, 0, Refusal("refusal.not_enrolled"))
        done = _Round()
        memory = self.tools.sync
        memory.busy = True
        trouble: SaidPlainly | None = None
        try:
            self._exchange_all(self.link, self.enrolment, done, store_lane, cancelled)
            memory.reason = ""
            if courses:
                trouble = self._fetch_courses(self.link, done, store_lane, cancelled)
        except (LinkTrouble, BadInput) as stopped:
            trouble = stopped
            memory.reason = stopped.key
            _log.info("round ended: %s", stopped.key)
        finally:
            memory.busy = False
        view = _on(store_lane, self._counts)
        return SyncOutcome(done.sent, view[1], done.rows, done.files, trouble)

    def _exchange_all(
        self,
        link: Link,
        enrolment: Enrolment,
        done: _Round,
        store_lane: StoreLane,
        cancelled: Callable[[], bool],
    ) -> None:
        for _ in range(_MOST_ROUNDS):
            if cancelled():
                return
            request = _on(store_lane, lambda: self._request(enrolment, done.budget))
            answer = self._ask(link, request, done)
            sent = sum(len(run.facts) for run in request.runs)
            done.sent += sent
            if not _on(store_lane, partial(self._take, enrolment, answer, done)):
                return
            done.budget = min(done.budget * 2, MOST_BUDGET_BYTES)

    def _ask(self, link: Link, request: ExchangeRequest, done: _Round) -> ExchangeAnswer:
        try:
            answer = link.exchange(request)
        except LinkTrouble:
            done.budget = max(done.budget // 2, 4096)
            raise
        if answer.nonce != request.nonce:
            raise LinkTrouble("link.nonsense")
        return answer

    def _request(self, enrolment: Enrolment, budget: int) -> ExchangeRequest:
        store = self.tools.store
        tips, runs = store.outgoing(budget)
        with store.read() as reading:
            generation = reading.setting("generation") or ""
        return ExchangeRequest(
            station=enrolment.station,
            nonce=self.tools.entropy.draw(16),
            wall_ms=self.tools.clock.now().wall_ms,
            generation=generation,
            tips=tips,
            runs=runs,
            cursors=store.cursors(enrolment.scopes),
        )

    def _take(self, enrolment: Enrolment, answer: ExchangeAnswer, done: _Round) -> bool:
        """Keep receipts and pages; True when another exchange has something to do."""
        store = self.tools.store
        with store.read() as reading:
            known = reading.setting("generation")
            before = reading.fact_counts()
        if known != answer.generation:
            if known is not None:
                store.doubt_receipts()
            with store.begin() as work:
                work.keep_setting("generation", answer.generation)
        for signed in answer.receipts:
            if not verifies(enrolment.centre_key, signed.signature, RECEIPT_LABEL, signed.receipt):
                raise LinkTrouble("link.nonsense")
            receipt = read_receipt(signed.receipt)
            if receipt.station == enrolment.station and not store.accept_receipt(
                receipt, signed.receipt, signed.signature
            ):
                _log.warning("receipt for another branch of segment %s", receipt.segment[:8])
        for page in answer.pages:
            if page.rows or page.reset:
                done.rows += len(page.rows)
                for kind in store.apply_page(page):
                    _log.warning("a row of kind %s was put aside", kind)
        self._remember_success(answer)
        with store.read() as reading:
            facts, confirmed = reading.fact_counts()
        moved = confirmed > before[1] or known != answer.generation
        more = any(page.more and (page.rows or page.reset) for page in answer.pages)
        return more or (facts > confirmed and moved)

    def _remember_success(self, answer: ExchangeAnswer) -> None:
        now = self.tools.clock.now().wall_ms
        self.tools.sync.last_success_ms = now
        self.tools.clock.prove(answer.centre_ms)
        with self.tools.store.begin() as work:
            work.keep_setting("last_success_ms", str(now))
            work.keep_setting("proven_ms", str(answer.centre_ms))

    def _fetch_courses(
        self,
        link: Link,
        done: _Round,
        store_lane: StoreLane,
        cancelled: Callable[[], bool],
    ) -> SaidPlainly | None:
        """Fetch what is missing; one bad course holds up no other. Returns the first trouble."""
        wanted = _on(store_lane, self._wanted)
        self.tools.sync.no_space = False
        first: SaidPlainly | None = None
        for title, file in wanted:
            if cancelled():
                break
            missing = file.size_bytes - self.tools.shelf.have_bytes(file)
            if self.tools.shelf.free_bytes() < missing + _SPARE_BYTES:
                self.tools.sync.no_space = True
                continue
            try:
                start = self.tools.shelf.resume_at(file)
                self.tools.shelf.receive(file, link.fetch(file.sha256, start), start)
                done.files += 1
            except LinkTrouble as silent:
                first = first or silent
                if silent.key not in _ABOUT_ONE_FILE:
                    break
            except MediaTrouble as broken:
                first = first or MediaTrouble(broken.key, title=title)
            _log.info("fetching %s: %s", file.sha256[:8], "done" if first is None else first.key)
        return first

    def _wanted(self) -> tuple[tuple[str, CourseFile], ...]:
        """Titles and files that are not whole yet, those of the next planned evenings first."""
        today = local_date(self.tools.clock.now().wall_ms)
        with self.tools.store.read() as reading:
            known = {c.id: c for c in reading.courses() if not c.withdrawn}
            plans = reading.plans(today.isoformat(), "9999-12-31")
        order: dict[str, Course] = {}
        for plan in plans:
            order.update({c: known[c] for c in plan.courses if c in known and c not in order})
        order.update({c: course for c, course in known.items() if c not in order})
        return tuple(
            (course.title, file)
            for course in order.values()
            for file in course.files
            if self.tools.shelf.whole(file) is None
        )

    def _counts(self) -> tuple[int, int]:
        with self.tools.store.read() as reading:
            return reading.fact_counts()


def _on(store_lane: StoreLane, job: Callable[[], T]) -> T:
    return cast("T", store_lane(job))
