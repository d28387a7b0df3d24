"""One round with the centre: facts up, receipts and feed pages down, then course files.

Runs on the net lane and asks the store lane for every touch of the store, so nothing a
person does ever waits for the network. An interrupted round leaves nothing half done:
a receipt or a page is kept in one transaction or not at all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast

from msgspec import Struct

from app.areas.courses import verbs as course_files
from app.areas.courses.fetch import FetchCourses, FetchOutcome
from app.areas.courses.verbs import CATALOGUE, WantedFile
from app.domain.errors import BadInput, LinkTrouble, Refusal, StationTrouble, UserError
from app.domain.values import dataclass
from app.ports.link import Link
from app.usecases.exchange import AnswerOutcome, Enrolment, build_request, take_answer
from app.usecases.former_sites import exchange_former
from app.usecases.tools import Tools
from app.wire.messages import ExchangeAnswer, ExchangeRequest, Held
from app.words.codes import for_log

_log = logging.getLogger("sync")

T = TypeVar("T")
StoreLane = Callable[[Callable[[], object]], object]

FIRST_BUDGET_BYTES = 64 * 1024
MOST_BUDGET_BYTES = 1536 * 1024
"""What one exchange carries at most, unpacked: with 20 bytes a fact packed, some 200 KiB."""
_MOST_ROUNDS = 10_000


class SyncOutcome(Struct, frozen=True):
    """What one round did. ``trouble`` is about the records, ``course_trouble`` about a course;
    ``arrived`` are bytes of courses, ``goes_on`` says that more of them may come at once."""

    sent: int
    confirmed: int
    rows: int
    files: int
    trouble: UserError | None = None
    course_trouble: UserError | None = None
    arrived: int = 0
    goes_on: bool = False


@dataclass(slots=True)
class _Round:
    sent: int = 0
    rows: int = 0
    budget: int = FIRST_BUDGET_BYTES
    counts_next: bool = False
    counted: Held | None = None
    named: bool = False
    decisions_next: bool = False


@dataclass(frozen=True, slots=True)
class SyncOnce:
    """The round, bound to one station; ``link`` is None until the station is enrolled."""

    tools: Tools
    link: Link | None
    enrolment: Enrolment | None

    def run(
        self,
        *,
        store_lane: StoreLane,
        cancelled: Callable[[], bool] = lambda: False,
        courses: bool = True,
        yields: Callable[[], bool] = lambda: False,
    ) -> SyncOutcome:
        """Exchange until nothing is left to send or fetch; trouble ends the round calmly.

        ``yields``: whether courses must wait because something more urgent does (any thread).
        """
        if self.link is None or self.enrolment is None:
            if self.tools.unable:
                self.tools.sync.reason = self.tools.unable
                return SyncOutcome(0, 0, 0, 0, StationTrouble(self.tools.unable))
            return SyncOutcome(0, 0, 0, 0, Refusal("refusal.not_enrolled"))
        done = _Round()
        memory = self.tools.sync
        memory.busy = True
        trouble: UserError | None = None
        fetched = FetchOutcome()
        try:
            self._exchange_all(self.link, self.enrolment, done, store_lane, cancelled)
            memory.reason = ""
            exchange_former(self.tools, store_lane, cancelled)
            if courses:
                fetched = self._fetch_courses(self.link, store_lane, cancelled, yields)
        except (LinkTrouble, BadInput) as stopped:
            trouble = stopped
            memory.reason = stopped.key
            _log.info("round ended: %s", for_log(stopped))
        finally:
            memory.busy = False
        view = _on(store_lane, self._counts)
        return SyncOutcome(
            done.sent,
            view[1],
            done.rows,
            fetched.files,
            trouble,
            fetched.trouble,
            fetched.arrived,
            fetched.goes_on,
        )

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
            request = _on(store_lane, partial(self._request, enrolment, done))
            answer, round_trip_ms = self._ask(link, request, done)
            done.sent += sum(len(run.facts) for run in request.runs)
            if not _on(
                store_lane, partial(self._take, enrolment, request, answer, round_trip_ms, done)
            ):
                return
            done.budget = min(done.budget * 2, MOST_BUDGET_BYTES)

    def _request(self, enrolment: Enrolment, done: _Round) -> ExchangeRequest:
        request = build_request(
            self.tools,
            enrolment,
            done.budget,
            with_census=done.counts_next,
            with_decisions=done.decisions_next,
        )
        done.decisions_next = False
        if done.counts_next:
            done.counted, done.counts_next = request.held, False
        return request

    def _ask(
        self, link: Link, request: ExchangeRequest, done: _Round
    ) -> tuple[ExchangeAnswer, int]:
        """The answer, and the milliseconds it took."""
        asked_ms = self.tools.clock.now().mono_ms
        try:
            answer = link.exchange(request)
        except LinkTrouble:
            done.budget = max(done.budget // 2, 4096)
            raise
        if answer.nonce != request.nonce:
            raise LinkTrouble("link.nonsense")
        return answer, self.tools.clock.now().mono_ms - asked_ms

    def _take(
        self,
        enrolment: Enrolment,
        request: ExchangeRequest,
        answer: ExchangeAnswer,
        round_trip_ms: int,
        done: _Round,
    ) -> bool:
        """Keep what the answer says; True when another exchange has something to do."""
        taken = take_answer(self.tools, enrolment, answer, round_trip_ms=round_trip_ms)
        self.tools.sync.last_success_ms = self.tools.clock.now().wall_ms
        done.rows += taken.rows
        return self._goes_on(request, answer, taken, done)

    def _goes_on(
        self, request: ExchangeRequest, answer: ExchangeAnswer, taken: AnswerOutcome, done: _Round
    ) -> bool:
        """Whether there is more to do and the last exchange moved something."""
        if answer.wants_decisions and request.decisions is None:
            done.decisions_next = True
            return True
        held = self.tools.store.held()
        if answer.wants_census and held != done.counted:
            done.counts_next = True
            return True
        if answer.returns and taken.put_back:
            done.counts_next = request.census is not None
            return True
        if taken.more_rows or answer.resend:
            return True
        with self.tools.store.read() as reading:
            facts, confirmed = reading.fact_counts()
        if facts > confirmed:
            # What was in doubt was named without its facts; now it is known where to go on.
            named, done.named = not request.runs and not done.named, True
            return named or confirmed != taken.confirmed_before or taken.new_centre
        # While facts were under way nothing was compared: ask once more with none.
        return taken.differs and bool(request.runs)

    def _fetch_courses(
        self,
        link: Link,
        store_lane: StoreLane,
        cancelled: Callable[[], bool],
        yields: Callable[[], bool],
    ) -> FetchOutcome:
        """Let go what no course needs any more, then fetch what is missing."""
        course_files.sweep(self.tools, _on(store_lane, partial(course_files.needed, self.tools)))
        wanted, rev = _on(store_lane, self._wanted)
        return FetchCourses(self.tools, link, cancelled, yields).run(wanted, rev)

    def _wanted(self) -> tuple[tuple[WantedFile, ...], int]:
        rev = self.tools.store.cursors((CATALOGUE,))[CATALOGUE]
        return course_files.wanted(self.tools), rev

    def _counts(self) -> tuple[int, int]:
        with self.tools.store.read() as reading:
            return reading.fact_counts()


def _on(store_lane: StoreLane, job: Callable[[], T]) -> T:
    return cast("T", store_lane(job))
