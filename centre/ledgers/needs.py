"""What people want to learn, over a period: by kind of member, and all demand in order."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.areas.needs.record import read_group
from app.areas.needs.survey import NeedsGroup, added_groups, demand, told_groups
from app.domain.values import dataclass
from centre.ledgers.scope import LedgerScope
from centre.store.projection_tables import DISPOSABLE, session_sums


@dataclass(frozen=True, slots=True)
class CountyNeeds:
    """The groups of a site or of all, and the options that were chosen, most wanted first."""

    sessions: int
    people: int
    groups: tuple[NeedsGroup, ...]
    demand: tuple[tuple[str, int], ...]


def county_needs(tx: Connection, scope: LedgerScope) -> CountyNeeds:
    """Sums of what sessions may tell: a session's own few are in no sum either."""
    (rows,) = DISPOSABLE["needs"].tables
    query = (
        select(rows)
        .join(
            session_sums,
            (session_sums.c.site == rows.c.site) & (session_sums.c.session == rows.c.session),
        )
        .where(session_sums.c.day.between(scope.first, scope.last), session_sums.c.step == "closed")
    )
    if scope.site:
        query = query.where(rows.c.site == scope.site)
    sessions: set[tuple[str, str]] = set()
    found: list[NeedsGroup] = []
    for row in tx.execute(query):
        group = read_group(row._asdict())
        found += told_groups([(group.kind, group.people, group.chosen)])
        sessions.add((row.site, row.session))
    groups = added_groups(found)
    return CountyNeeds(len(sessions), sum(one.people for one in groups), groups, demand(groups))
