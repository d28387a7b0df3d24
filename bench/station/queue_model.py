"""How long people wait at the door: arrivals, one self-service screen, and an operator who calls.

A model with invented chance, the same for the same seed: people arrive in the ten minutes
before the start as Beta(3, 2) has it, most of them in the second half; each takes a
log-normal time with a coefficient of variation of a half. Whoever waits in the line may be
called by the operator, who begins when the line is long and stops when it is short.
"""

from __future__ import annotations

import heapq
import math
import random
from collections import deque
from dataclasses import dataclass

VARIATION = 0.5


@dataclass(frozen=True, slots=True)
class Door:
    """What a sign-in takes (s), program included; ``calls_from`` people in the line on, the
    operator calls too, and takes ``notice_s`` to begin (None: he never does)."""

    screen_s: float
    call_s: float
    calls_from: int | None = 3
    notice_s: float = 10.0


@dataclass(frozen=True, slots=True)
class PassedSession:
    """The waits (s) of one session, in order of arrival, and how many the operator called."""

    waits_s: tuple[float, ...]
    called: int

    @property
    def longest_s(self) -> float:
        """Who waited longest."""
        return max(self.waits_s, default=0.0)


def arrivals(people: int, minutes: float, chance: random.Random) -> list[float]:
    """When they come (s), in order."""
    return sorted(chance.betavariate(3, 2) * minutes * 60 for _ in range(people))


def taking(mean_s: float, chance: random.Random) -> float:
    """One service time: log-normal about a mean."""
    spread = math.sqrt(math.log(1 + VARIATION**2))
    return chance.lognormvariate(math.log(mean_s) - spread**2 / 2, spread)


def pass_session(door: Door, people: int, minutes: float, seed: int) -> PassedSession:
    """Let one session pass: a line, the screen for its head, the operator for its head too."""
    chance = random.Random(seed)
    coming = arrivals(people, minutes, chance)
    line: deque[int] = deque()
    waits = [0.0] * people
    called = 0
    screen_free = caller_free = 0.0
    is_calling = False
    # (time, what): someone comes, or one of the two is free again.
    events: list[tuple[float, int]] = [(at, who) for who, at in enumerate(coming)]
    heapq.heapify(events)
    while events:
        now, what = heapq.heappop(events)
        if what >= 0:
            line.append(what)
        if door.calls_from is not None and not is_calling and len(line) >= door.calls_from:
            is_calling, caller_free = True, now + door.notice_s
            heapq.heappush(events, (caller_free, _FREE))
        if line and screen_free <= now:
            who = line.popleft()
            waits[who] = now - coming[who]
            screen_free = now + taking(door.screen_s, chance)
            heapq.heappush(events, (screen_free, _FREE))
        if is_calling and caller_free <= now:
            if line:
                who = line.popleft()
                waits[who] = now - coming[who]
                called += 1
                caller_free = now + taking(door.call_s, chance)
                heapq.heappush(events, (caller_free, _FREE))
            else:
                is_calling = False
    return PassedSession(tuple(waits), called)


_FREE = -1
