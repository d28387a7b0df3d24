"""Thousands of stations in one process: raw HTTP over kept connections, at the program's own beat.

Run as a program it takes a plan (JSON in its first argument) and prints what came of it (JSON).
Each station talks as ``ui.sync.scheduler`` does: 2 s after the last fact, else every 5 minutes or
so; after a failure a random part of a wait that doubles from 5 s on, and never sooner than the
centre asked for.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from app.domain.errors import BadInput
from app.wire.codec import unpack
from app.wire.messages import ErrorAnswer
from bench.data.places_in_time import Timetable
from bench.data.session import HALF_PAST_SEVEN_MS, RecordedMoment, attendances, moments
from bench.data.speaker import CentreSaid, Speaker, WrongAnswer
from bench.processes.wire_line import RawLine

FACT_DEBOUNCE_S = 2.0
CALM_S = 300.0
CALM_JITTER = 0.2
BACKOFF_FIRST_S = 5.0
BACKOFF_MOST_S = 1_800.0
_FIRST_BUDGET = 64 * 1024
_MOST_BUDGET = 1536 * 1024
_MOST_ROUNDS = 200
_START_BEFORE_S = 5.0
_LOOK_S = 0.1
_NEVER = float("inf")


class Plan(msgspec.Struct, frozen=True):
    """What one process of the swarm does: stations ``first``, ``first + step`` … of a cast.

    ``times`` are (seconds of the run, seconds of the session): how fast the session passes.
    Facts of before ``times[0]`` are there at the beginning, and are brought by a first try at
    a random moment of ``spread_s``; facts after ``times[-1]`` never happen.
    """

    host: str
    port: int
    centre_key: str
    generation: str
    feed_rev: int
    seed: int
    stations: int
    attendances: int
    first: int
    step: int
    times: tuple[tuple[float, float], ...]
    spread_s: float
    give_up_s: float
    facts_each: int = 0
    """Not 0: no session, but so many facts at once."""


class Told(msgspec.Struct):
    """What came of it. Times in seconds after the beginning; answers in ms."""

    sent_at: list[float] = []
    taken_ms: list[float] = []
    status: list[int] = []
    brought: list[int] = []
    confirmed_after_s: list[float] = []
    """For each fact: from its recording to the receipt that confirmed it."""
    confirmed_at: list[float] = []
    stations: list[tuple[str, int, str, int, bool]] = []
    """Id, facts held here, their sum, facts confirmed, agreed by the centre."""
    connections: int = 0
    broken: int = 0
    wrong: list[str] = []
    unfinished: int = 0
    cpu_s: float = 0.0
    wall_s: float = 0.0
    late_s: float = 0.0
    """How late the loop itself was at worst: more than a little means the generator was the limit."""


@dataclass(slots=True)
class _Life:
    """One station with its beat."""

    swarm: Swarm
    speaker: Speaker
    session: list[tuple[float, RecordedMoment]]
    line: RawLine
    made_at: list[float] = field(default_factory=list)
    place: dict[int, int] = field(default_factory=dict)
    next_one: int = 0
    failures: int = 0
    compared: bool = False

    async def run(self, first_try_s: float) -> None:
        """Live through the session, and until everything is confirmed."""
        swarm = self.swarm
        timer = first_try_s
        try:
            self._record_due()
            while True:
                coming = self._next_fact_s()
                if coming == _NEVER and self._is_done():
                    return
                wake = min(timer, coming)
                await swarm.until(wake)
                if self._record_due() and self.failures == 0:
                    timer = swarm.now() + FACT_DEBOUNCE_S
                if timer <= swarm.now():
                    timer = swarm.now() + await self._round()
        except WrongAnswer as wrong:
            swarm.told.wrong.append(f"{self.speaker.id}: {wrong}")
        finally:
            self.line.close()

    def _is_done(self) -> bool:
        return self.speaker.confirmed == self.speaker.count and self.speaker.agreed

    def _next_fact_s(self) -> float:
        return self.session[self.next_one][0] if self.next_one < len(self.session) else _NEVER

    def _record_due(self) -> bool:
        """Record what happened by now."""
        now = self.swarm.now()
        before = self.next_one
        while self._next_fact_s() <= now:
            at_s, moment = self.session[self.next_one]
            wall_ms = self.swarm.wall_ms(at_s)
            if not self.speaker.facts:
                self.speaker.begin(wall_ms - 1)
                self.made_at.append(at_s)
            self.speaker.record_moment(moment, self.place, self.next_one, wall_ms)
            self.made_at.append(at_s)
            self.next_one += 1
        return self.next_one > before

    async def _round(self) -> float:
        """Exchange until nothing is left to send; seconds to wait then."""
        budget = _FIRST_BUDGET
        for _ in range(_MOST_ROUNDS):
            self._record_due()
            asked_s = await self._exchange(budget)
            if asked_s is not None:
                self.failures += 1
                most = min(BACKOFF_FIRST_S * float(2 ** min(self.failures - 1, 16)), BACKOFF_MOST_S)
                own_s = max(most * self.speaker.chance.random(), 1.0)
                return max(own_s, asked_s)
            if self.speaker.confirmed == self.speaker.count:
                break
            budget = min(budget * 2, _MOST_BUDGET)
        self.failures = 0
        jitter = self.speaker.chance.uniform(1 - CALM_JITTER, 1 + CALM_JITTER)
        return CALM_S * jitter if self.speaker.agreed or not self.speaker.facts else 1.0

    async def _exchange(self, budget: int) -> float | None:
        """One exchange; None when it succeeded, else how long the centre asked to stay away."""
        swarm, told = self.swarm, self.swarm.told
        data, nonce, brings = self.speaker.say(budget, swarm.wall_ms(swarm.now()))
        sent_at = swarm.now()
        try:
            status, headers, body = await self.line.ask(data)
        except (OSError, EOFError, TimeoutError, ValueError):
            told.broken += 1
            return 0.0
        now = swarm.now()
        told.sent_at.append(sent_at)
        told.taken_ms.append((now - sent_at) * 1e3)
        told.status.append(status)
        told.brought.append(brings if status == 200 else 0)
        if status != 200:
            return _asked_s(headers, body)
        before = self.speaker.confirmed
        answer = self.speaker.hear(nonce, headers, body)
        fresh = self.made_at[before : self.speaker.confirmed]
        told.confirmed_after_s += [now - at_s for at_s in fresh]
        told.confirmed_at += [now] * len(fresh)
        if not self.compared and self.speaker.facts:
            self.compared = True
            wall_ms = swarm.wall_ms(now)
            self.speaker.compare_clocks(wall_ms, answer.centre_ms, int((now - sent_at) * 1e3))
            self.made_at.append(now)
        return None


class Swarm:
    """All stations of one process; ``now`` is seconds after the beginning of the run."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.told = Told()
        self.table = Timetable(plan.times)
        self._zero = time.time()
        self._lives = list(self._make())

    def now(self) -> float:
        """Seconds after the beginning, on the clock all processes share."""
        return time.time() - self._zero

    def wall_ms(self, at_s: float) -> int:
        """A moment of the run as a wall clock says it; the session before it lies two hours back."""
        return int((self._zero + at_s) * 1e3)

    async def until(self, at_s: float) -> None:
        """Wait for a moment of the run."""
        await asyncio.sleep(max(at_s - self.now(), 0))

    async def run(self, begin_at: float) -> Told:
        """All lives from a moment (s since 1970) on, at most until it is time to give up."""
        self._zero = begin_at
        before = time.process_time()
        began_s = time.perf_counter()
        await asyncio.sleep(max(-self.now(), 0))
        looking = asyncio.ensure_future(self._look_at_loop())
        tasks = [asyncio.ensure_future(life) for life in self._started()]
        _done, open_still = await asyncio.wait(tasks, timeout=self.plan.give_up_s)
        looking.cancel()
        self.told.unfinished = len(open_still)
        for one in open_still:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.told.wrong += [str(trouble) for one in _done if (trouble := one.exception())]
        self.told.cpu_s = time.process_time() - before
        self.told.wall_s = time.perf_counter() - began_s
        for life in self._lives:
            speaker = life.speaker
            self.told.connections += life.line.opened
            told = (speaker.id, speaker.count, speaker.sum.hex(), speaker.confirmed, speaker.agreed)
            self.told.stations.append(told)
        return self.told

    async def _look_at_loop(self) -> None:
        while True:
            asked_s = self.now() + _LOOK_S
            await asyncio.sleep(_LOOK_S)
            self.told.late_s = max(self.told.late_s, self.now() - asked_s)

    def _make(self) -> Iterator[_Life]:
        plan = self.plan
        centre = CentreSaid(
            f"{plan.host}:{plan.port}",
            bytes.fromhex(plan.centre_key),
            plan.generation,
            plan.feed_rev,
        )
        rooms = (
            attendances(plan.stations, plan.attendances, plan.seed) if not plan.facts_each else []
        )
        for index in range(plan.first, plan.stations, plan.step):
            speaker = Speaker(plan.seed, index, centre)
            line = RawLine(plan.host, plan.port)
            life = _Life(self, speaker, [], line)
            if plan.facts_each:
                self._fill(life)
            else:
                life.session = self._placed(moments(plan.seed, index, rooms[index]))
            yield life

    def _placed(self, session: list[RecordedMoment]) -> list[tuple[float, RecordedMoment]]:
        """The moments of the run at which a session's facts are made, gone by ones as negative."""
        last_s = self.table.last_s
        placed: list[tuple[float, RecordedMoment]] = []
        latest = -_NEVER
        for one in session:
            if one.at_s > last_s:
                break
            latest = max(latest, self.table.run_s(one.at_s))
            placed.append((latest, one))
        return placed

    def _fill(self, life: _Life) -> None:
        """A chain of marks without a session around it."""
        life.speaker.begin(HALF_PAST_SEVEN_MS)
        longest = moments(self.plan.seed, life.speaker.index, self.plan.facts_each)
        for at, one in enumerate(longest[: self.plan.facts_each - 1]):
            wall_ms = HALF_PAST_SEVEN_MS + int(one.at_s * 1e3)
            life.speaker.record_moment(one, life.place, at, wall_ms)
        life.made_at = [0.0] * life.speaker.count
        life.compared = True

    def _started(self) -> Iterator[Coroutine[Any, Any, None]]:
        for life in self._lives:
            chance = life.speaker.chance
            begins_s = life.session[0][0] if life.session else 0.0
            first_s = chance.uniform(0, self.plan.spread_s)
            if begins_s > 0:
                first_s = max(begins_s - _START_BEFORE_S * chance.random(), 0.0)
            yield life.run(first_s)


def _asked_s(headers: dict[str, str], body: bytes) -> float:
    """How long a refusal asks to stay away, as the program reads it: out of the message."""
    try:
        return float(unpack(body, ErrorAnswer).retry_after_s)
    except BadInput:
        return float(headers.get("retry-after", "0"))


def run_here(swarm: Swarm, begin_at: float) -> Told:
    """Run a swarm in this process."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(swarm.run(begin_at))
    return uvloop.run(swarm.run(begin_at))


def main() -> None:
    """Prepare, say so, be told when to begin, run, print what came of it."""
    swarm = Swarm(msgspec.json.decode(sys.argv[1], type=Plan))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    told = run_here(swarm, float(sys.stdin.readline()))
    sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
