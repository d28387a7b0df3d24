"""A figure with its floor of the same run, and the table and file of all figures."""

from __future__ import annotations

import json
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

Row = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Spread:
    """What several runs gave: the median with its range, or a percentile with median and worst."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        if self.low == self.high:
            return _short(self.value)
        return f"{_short(self.value)} ({_short(self.low)}–{_short(self.high)})"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: ``ratio`` is ours ÷ floor; ``met`` None means there is no goal, or no figure."""

    name: str
    unit: str
    ours: Spread | None
    floor: Spread | None
    goal: str
    met: bool | None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours ÷ floor."""
        if self.ours is None or self.floor is None or self.floor.value == 0:
            return None
        return self.ours.value / self.floor.value


def median(samples: Sequence[float]) -> Spread:
    """Median (min–max)."""
    return Spread(statistics.median(samples), min(samples), max(samples))


def percentile(samples: Sequence[float], percent: float) -> Spread:
    """A percentile, with the median and the worst as its range."""
    ordered = sorted(samples)
    at = min(len(ordered) - 1, int(len(ordered) * percent / 100))
    return Spread(ordered[at], statistics.median(ordered), ordered[-1])


def single(value: float) -> Spread:
    """One number that needs no range."""
    return Spread(value, value, value)


def missing(name: str, why: str) -> Figure:
    """A figure that could not be taken, said plainly."""
    return Figure(name, "", None, None, "", None, why)


def table(figures: Sequence[Figure]) -> str:
    """All figures as a plain table."""
    rows: list[Row] = [("figure", "ours", "floor", "ratio", "goal", "met")]
    for one in figures:
        ratio = one.ratio
        met = {True: "yes", False: "NO", None: "–"}[one.met]
        rows.append(
            (
                f"{one.name}, {one.unit}" if one.unit else one.name,
                "–" if one.ours is None else str(one.ours),
                "–" if one.floor is None else str(one.floor),
                "–" if ratio is None else f"{ratio:.2f}×",
                one.goal or "–",
                met + (f"  {one.note}" if one.note else ""),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join([*(row[at].ljust(widths[at]) for at in range(5)), row[5]]).rstrip()
        for row in rows
    )


def write_results(path: Path, figures: Sequence[Figure], *, quick: bool) -> None:
    """Everything as JSON, with what it ran on."""
    found = {
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "quick": quick,
        "figures": [asdict(one) | {"ratio": one.ratio} for one in figures],
    }
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _short(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 10 else f"{value:.2f}"
