"""What was confirmed to people, and what became of it, in the words all our reports use."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field

from app.domain.fact_kinds import KINDS
from app.wire.fact_bytes import read_fact

_TRACE = 60


class Wrong(AssertionError):
    """A promise was broken."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One fact and whose it is; ``what`` is its kind."""

    station: str
    session: str
    person: str
    what: str
    step: int
    pc: str


@dataclass(frozen=True, slots=True)
class Count:
    """One history counted. ``recovered``: in a journal though nobody was told; ``destroyed``: every
    copy was physically destroyed, never excused silently; ``waiting``: held for a person."""

    acked: int = 0
    lost: int = 0
    recovered: int = 0
    unexpected: int = 0
    doubled: int = 0
    destroyed: int = 0
    waiting: int = 0
    steps: int = 0
    happened: Counter[str] = field(default_factory=Counter)
    """How often what stands at the centre; see ``checks.coverage``."""

    def plus(self, other: Count) -> Count:
        """Both together."""
        return Count(*(getattr(self, one) + getattr(other, one) for one in self.__slots__))

    def __str__(self) -> str:
        names = (name for name in self.__slots__ if name != "happened")
        return ", ".join(f"{name} {getattr(self, name):,}" for name in names)


@dataclass(slots=True)
class Ledger:
    """Kept by the driver beside the real thing, out of what use cases returned."""

    acked: dict[bytes, Deed] = field(default_factory=dict)
    known: dict[bytes, Deed] = field(default_factory=dict)
    """Every fact that was ever seen in a journal, confirmed or not."""
    destroyed: set[bytes] = field(default_factory=set)
    disks_died: bool = False
    """Whether copies were ever destroyed, of confirmed facts or of others."""
    at: dict[str, set[bytes]] = field(default_factory=dict)
    """PC → what it confirmed since somebody last touched its files."""
    trace: deque[str] = field(default_factory=lambda: deque(maxlen=_TRACE))
    step: int = 0

    def saw(self, station: str, pc: str, rows: list[tuple[bytes, bytes, bool]]) -> int:
        """Facts that are in a journal; how many were not known."""
        new = 0
        for hashed, data, _ in rows:
            if hashed not in self.known:
                self.known[hashed] = _deed(station, pc, data, self.step)
                new += 1
        return new

    def confirm(
        self, station: str, pc: str, rows: list[tuple[bytes, bytes, bool]], *, must: bool, act: str
    ) -> None:
        """A use case returned, and these facts were added by it."""
        own = [row for row in rows if not row[2]]
        if must and not own:
            raise Wrong(f"{act} was confirmed at {pc}, and nothing is in the journal")
        self.saw(station, pc, own)
        for hashed, _, _ in own:
            self.acked[hashed] = self.known[hashed]
            self.at.setdefault(pc, set()).add(hashed)

    def expect(self, pc: str, rows: list[tuple[bytes, bytes, bool]]) -> None:
        """A PC started: what it confirmed is in its journal, however its program ended."""
        missing = self.at.get(pc, set()) - {row[0] for row in rows}
        if missing:
            raise Wrong(f"{pc} confirmed {len(missing)} facts that it has no more after a start")

    def survey(self, copies: set[bytes]) -> int:
        """After something was destroyed: confirmed facts of which no copy is left anywhere."""
        self.disks_died = True
        gone = self.acked.keys() - copies - self.destroyed
        self.destroyed |= gone
        return len(gone)

    def note(self, told: str) -> None:
        """One line of the trace."""
        self.trace.append(f"{self.step:>6} {told}")


def _deed(station: str, pc: str, data: bytes, step: int) -> Deed:
    reading = read_fact(data)
    fact = reading.fact
    what = reading.kind if reading.kind in KINDS else f"unknown {reading.kind}"
    session, person = getattr(fact, "session", None) or "", getattr(fact, "person", None) or ""
    return Deed(station, str(session), str(person), what, step, pc)
