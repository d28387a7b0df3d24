"""The monthly set, one lesson, one film and one practice a branch and month (domain a 0.10), with the
sessions behind each, and what is missing until when.

One session may tick several items (domain b, Guizhou). It is a branch's when it was for everybody,
for the branch, or for a unit above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.areas.monthly.theme_day import days_of
from app.areas.people.person import OrgUnit, UnitKind
from app.areas.sessions.kinds import MONTHLY_SET, Item
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class TickingSession:
    """A session that was held with somebody in it, on an ISO day; ``units`` none: for everybody."""

    session: str
    day: str
    ticks: frozenset[Item]
    units: tuple[str, ...] = ()
    is_pending: bool = False
    """Written down afterwards and not approved yet."""


@dataclass(frozen=True, slots=True)
class SetItem:
    """One item of a branch's month and the sessions that tick it; none: it is missing."""

    item: Item
    sessions: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    """Those of them that wait for approval."""


@dataclass(frozen=True, slots=True)
class BranchMonth:
    """A branch's month; an empty ``branch`` is a site of which no branch is known."""

    branch: str
    name: str
    month: str
    until: str
    """The last day on which what is missing can be held."""
    items: tuple[SetItem, ...]

    @property
    def missing(self) -> tuple[Item, ...]:
        """What no session ticks."""
        return tuple(one.item for one in self.items if not one.sessions)


def monthly_sets(
    month: str, units: Iterable[OrgUnit], held: Iterable[TickingSession]
) -> tuple[BranchMonth, ...]:
    """Every branch's month (YYYY-MM), by name."""
    known = {str(one.id): one for one in units}
    branches = [one for one in known.values() if one.kind is UnitKind.BRANCH]
    of_month = sorted(
        {one.session: one for one in held if one.day[:7] == month}.values(),
        key=lambda one: (one.day, one.session),
    )
    if not branches:
        return (_branch_month("", "", month, of_month),)
    months = []
    for branch in sorted(branches, key=lambda one: (one.name, one.id)):
        line = _line_of(branch, known)
        own = [one for one in of_month if not one.units or line & {*one.units}]
        months.append(_branch_month(branch.id, branch.name, month, own))
    return tuple(months)


def _branch_month(branch: str, name: str, month: str, own: list[TickingSession]) -> BranchMonth:
    items = []
    for item in MONTHLY_SET:
        ticking = [one for one in own if item in one.ticks]
        items.append(
            SetItem(
                item,
                tuple(one.session for one in ticking),
                tuple(one.session for one in ticking if one.is_pending),
            )
        )
    return BranchMonth(branch, name, month, f"{month}-{days_of(month):02}", tuple(items))


def _line_of(branch: OrgUnit, known: Mapping[str, OrgUnit]) -> frozenset[str]:
    """A branch and the units above it; parents that go in a circle end it."""
    line: list[str] = []
    unit: OrgUnit | None = branch
    while unit is not None and unit.id not in line:
        line.append(unit.id)
        unit = known.get(unit.parent) if unit.parent else None
    return frozenset(line)
