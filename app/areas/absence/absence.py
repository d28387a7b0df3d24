"""The clock of absence: who has not been seen for four, five or six months.

Six months in a row without organisational life count as leaving the party (education regulation
art. 31; domain e); whoever is visited in time is not lost. The list is the secretary's alone. A
visit and every session in a room set the clock back; an online class does not, nobody was seen.
Who is frail or on leave stands on the list without an alarm (art. 23).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.areas.hours.session_lines import SessionLine
from app.areas.people.person import Person, PersonKind, StandingKind, left_out_reason
from app.areas.sessions.kinds import SessionKind
from app.domain.values import dataclass

ALARM_MONTHS = (4, 5, 6)
"""After so many months the list says so, each time more plainly."""
UNSEEN_KINDS = frozenset({SessionKind.ONLINE_CLASS.value})
"""Kinds in which nobody is seen."""
EXCUSED = frozenset({StandingKind.FRAIL, StandingKind.ON_LEAVE})
"""Standings of whom nothing is demanded."""
CLOCKED = frozenset({PersonKind.MEMBER, PersonKind.PROBATIONARY})
"""Whose clock runs."""


@dataclass(frozen=True, slots=True)
class Absence:
    """When somebody was last seen, and how long ago that is."""

    person: str
    since: str
    """The ISO date of the day they were last seen, else of the first they were listed for; empty
    when no session has listed them yet."""
    session: str
    """Where they were last seen; empty when never."""
    days: int
    months: int
    standing: str = ""
    """Why they need not come, on the day of the list."""

    @property
    def is_seen(self) -> bool:
        """Whether they were ever seen."""
        return bool(self.session)

    @property
    def alarm(self) -> int:
        """4, 5 or 6 for somebody to be visited; 0 for everybody else."""
        if self.standing in EXCUSED:
            return 0
        return max((one for one in ALARM_MONTHS if self.months >= one), default=0)


def absences(
    people: Iterable[Person], lines: Iterable[SessionLine], today: str
) -> tuple[Absence, ...]:
    """The clock of every active member on an ISO date, the longest unseen first."""
    first: dict[str, str] = {}
    last: dict[str, tuple[str, int, str]] = {}
    for one in lines:
        if one.day > today:
            continue
        first[one.person] = min(first.get(one.person, one.day), one.day)
        if is_seen_in(one):
            seen = (one.day, one.to_ms, one.session)
            last[one.person] = max(last.get(one.person, seen), seen)
    found = [
        absence_of(one, last.get(one.id, (first.get(one.id, ""), 0, "")), today)
        for one in people
        if one.active and one.kind in CLOCKED
    ]
    return tuple(sorted(found, key=lambda one: (-one.days, one.person)))


def is_seen_in(line: SessionLine) -> bool:
    """Whether a line says that the person was seen."""
    return line.counts and line.kind not in UNSEEN_KINDS


def absence_of(person: Person, last: tuple[str, int, str], today: str) -> Absence:
    """Somebody's clock; ``last`` is the day, and where they were seen on it, if they were."""
    since, _, session = last
    now = date.fromisoformat(today)
    days = (now - date.fromisoformat(since)).days if since else 0
    standing = left_out_reason(person, today)
    return Absence(
        person=person.id,
        since=since,
        session=session,
        days=days,
        months=months_between(since, today) if since else 0,
        standing="" if standing is None else standing.value,
    )


def months_between(since: str, until: str) -> int:
    """Whole calendar months between two ISO dates; the end of a short month ends it."""
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    months = (last.year - first.year) * 12 + last.month - first.month
    is_over = last.day >= first.day or (date.fromordinal(last.toordinal() + 1).month != last.month)
    return max(months if is_over else months - 1, 0)
