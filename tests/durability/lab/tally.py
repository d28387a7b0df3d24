"""Many verdicts in one line of a table, in the words all reports use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.durability.lab.checks import Verdict

HEADINGS = (
    "what times acked lost recovered doubled unexpected gaps corrupt healed worst-start"
).split()
_SHOWN_FAILURES = 5


@dataclass(slots=True)
class Tally:
    """Sums over the cuts of one story; ``lossy`` cuts lost something that had been confirmed."""

    story: str
    cuts: int = 0
    lossy: int = 0
    acked: int = 0
    lost: int = 0
    recovered: int = 0
    doubled: int = 0
    unexpected: int = 0
    gaps: int = 0
    corrupt: int = 0
    healed: int = 0
    worst_start_ms: float = 0.0
    failures: list[str] = field(default_factory=list)

    def take(self, verdict: Verdict, where: str) -> None:
        """Add one cut; a bad one is kept with where it fell."""
        self.cuts += 1
        self.lossy += verdict.lost > 0
        for name in "acked lost recovered doubled unexpected gaps corrupt healed".split():
            setattr(self, name, getattr(self, name) + getattr(verdict, name))
        self.worst_start_ms = max(self.worst_start_ms, verdict.start_ms)
        if not verdict.is_good:
            told = f"lost {verdict.lost}, unexpected {verdict.unexpected}, {verdict.why}"
            self.failures.append(f"{where}: {told}")

    def add(self, other: Tally) -> None:
        """Add what another run of the same story found."""
        worst = max(self.worst_start_ms, other.worst_start_ms)
        for name in "cuts lossy acked lost recovered doubled unexpected gaps corrupt".split():
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.healed += other.healed
        self.worst_start_ms = worst
        self.failures += other.failures

    @property
    def is_good(self) -> bool:
        """No cut was bad."""
        return not self.failures

    @property
    def first_failures(self) -> str:
        """A few of the bad cuts, for whoever has to repeat them."""
        return "\n".join(self.failures[:_SHOWN_FAILURES])

    def plain(self) -> dict[str, Any]:
        """For a file of JSON; of many failures only the first."""
        return {
            name: getattr(self, name)[:100] if name == "failures" else getattr(self, name)
            for name in self.__slots__
        }

    def cells(self) -> tuple[str, ...]:
        """One row of the table."""
        lost = f"{self.lost} in {self.lossy} times" if self.lost else "0"
        counts = (self.recovered, self.doubled, self.unexpected, self.gaps, self.corrupt)
        start = f"{self.worst_start_ms:.0f} ms" if self.worst_start_ms else "–"
        row = (self.story, self.cuts, self.acked, lost, *counts, self.healed, start)
        return tuple(f"{one:,}" if isinstance(one, int) else str(one) for one in row)


def read_tally(plain: dict[str, Any]) -> Tally:
    """What ``plain`` wrote."""
    return Tally(**plain)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is words, the rest are figures."""
    lines = ["| " + " | ".join(headings) + " |", "|---|" + "---:|" * (len(headings) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)
