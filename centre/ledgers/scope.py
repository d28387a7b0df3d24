"""Of what a ledger is asked: a period, a site, a person; and the rules and names it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.engine import Row

from app.areas.catalogue.kinds import kind_name
from app.areas.hours.rule_set import RuleSet
from app.areas.hours.session_lines import SessionLine
from app.areas.people.person import Person
from app.domain.errors import BadInput, NotFound
from app.domain.values import dataclass
from app.wire.codec import read_row
from centre.feeds.scopes import CATALOGUE, site_scope
from centre.interpretation.aliases import ids_of
from centre.interpretation.on_demand import interpret_waiting
from centre.interpretation.projections.lines import line_of_row
from centre.service import Centre
from centre.sites import find_site
from centre.store.prepared import Prepared
from centre.store.projection_tables import SESSIONS, projections, session_lines, session_sums
from centre.store.tables import feed_rows, people

_POSTGRES = ("work_mem = '64MB'", "jit = off", "random_page_cost = 1.1")
"""A ledger adds a year up in memory, where PostgreSQL's usual 4 MB would go through files; compiling
its statement takes longer than running it."""
_STALE = text(
    "SELECT n_mod_since_analyze > n_live_tup / 2 FROM pg_stat_user_tables "
    "WHERE relname = 'session_lines'"
)
"""Whether most lines came since PostgreSQL last counted them, so that it would plan for few."""
_DUE = Prepared(
    select(projections.c.name).where(projections.c.step != "", projections.c.name == SESSIONS)
)
_NARROW = "max_parallel_workers_per_gather = 0"
"""Starting helpers takes longer than reading one site."""
_LINES_OF = Prepared(
    select(
        session_lines,
        *(session_sums.c[name] for name in ("title", "plan", "training_class", "campaign")),
    )
    .join(
        session_sums,
        (session_sums.c.site == session_lines.c.site)
        & (session_sums.c.session == session_lines.c.session),
    )
    .where(session_lines.c.person.in_(bindparam("people", expanding=True)))
    .order_by(session_lines.c.person, session_lines.c.from_ms, session_lines.c.session),
    lists=("people",),
)


@dataclass(frozen=True, slots=True)
class LedgerScope:
    """From one ISO date to another, of one site or one person or all (empty)."""

    first: str
    last: str
    site: str = ""
    person: str = ""

    @property
    def values(self) -> dict[str, object]:
        """What statements are given."""
        return {
            "first": self.first,
            "last": self.last,
            "site": self.site,
            "person": self.person,
        }

    def of_people(self, column: str) -> str:
        """The condition on somebody of the roster ``column`` stands for."""
        if self.person:
            return f"{column}.id = :person"
        return f"{column}.site = :site" if self.site else "1 = 1"


@contextmanager
def asked(
    centre: Centre, first: str, last: str, site: str = "", person: str = ""
) -> Iterator[tuple[Connection, LedgerScope]]:
    """A reading in which everything that came in is read, and what is asked for in it.

    Raises:
        BadInput: a day is none.
        NotFound: there is no such site, or nobody with that id.
    """
    for day in (first, last):
        try:
            date.fromisoformat(day)
        except ValueError as wrong:
            raise BadInput("centre.ledger_no_date", date=day) from wrong
    interpret_waiting(centre, site)
    _fold_what_is_due(centre)
    _count_anew(centre)
    with centre.store.reading() as tx:
        if tx.dialect.name != "sqlite":
            for setting in (*_POSTGRES, *((_NARROW,) if site or person else ())):
                tx.exec_driver_sql(f"SET LOCAL {setting}")
        chosen = find_site(tx, site).id if site else ""
        if person and tx.scalar(select(people.c.id).where(people.c.id == person)) is None:
            raise NotFound("centre.no_person", person=person)
        yield tx, LedgerScope(first, last, chosen, person)


def _fold_what_is_due(centre: Centre) -> None:
    """After an upgrade lines are made from facts: no ledger is told before all of them are there."""
    with centre.store.reading() as tx:
        if _DUE.one(tx, {}) is None:
            return
    from centre.interpretation.projections.replay import replay_some  # only after an upgrade

    while replay_some(centre, wait=True) is not None:
        pass


def _count_anew(centre: Centre) -> None:
    """A year that has just come in is counted once, before a ledger is planned over it."""
    with centre.store.reading() as tx:
        if tx.dialect.name == "sqlite" or not tx.scalar(_STALE):
            return
    with centre.store.writing() as tx:
        tx.exec_driver_sql("ANALYZE session_lines")
        tx.exec_driver_sql("ANALYZE people")


def streamed(tx: Connection, sql: str, values: Mapping[str, object]) -> Iterator[Row[Any]]:
    """Rows of a statement; they are at most as many as people, and never lines."""
    used = {name: value for name, value in values.items() if f":{name}" in sql}
    yield from tx.execute(text(sql), used)


def lines_of_people(
    tx: Connection, who: Sequence[str]
) -> Iterator[tuple[str, tuple[SessionLine, ...]]]:
    """All lines of each of these people, by person."""
    if not who:
        return
    own: list[SessionLine] = []
    for row in _LINES_OF.all(tx, {"people": list(who)}):
        if own and own[0].person != row.person:
            yield own[0].person, tuple(own)
            own = []
        own.append(line_of_row(row))
    if own:
        yield own[0].person, tuple(own)


def lines_of_person(tx: Connection, person: str) -> list[SessionLine]:
    """All lines of one person, whichever of their ids they were written under."""
    every = sorted(ids_of(tx, person))
    return [
        line if line.person == person else replace(line, person=person)
        for _, own in lines_of_people(tx, every)
        for line in own
    ]


def rule_sets(tx: Connection) -> tuple[RuleSet, ...]:
    """All rule sets of the county and its sites."""
    rows = tx.scalars(
        select(feed_rows.c.body)
        .where(feed_rows.c.kind == kind_name(RuleSet), feed_rows.c.body.is_not(None))
        .order_by(feed_rows.c.scope, feed_rows.c.key)
    )
    return tuple(read_row(body, RuleSet) for body in rows)


def rules_of_site(rules: Sequence[RuleSet], site: str) -> tuple[RuleSet, ...]:
    """Those of a site and the county."""
    return tuple(one for one in rules if one.site in ("", site))


def with_posts(tx: Connection) -> dict[str, tuple[str, ...]]:
    """Who holds posts, and which."""
    told = people.c.body.contains(b'"posts":["')
    bodies = tx.scalars(select(people.c.body).where(told))
    return {one.id: one.posts for one in (read_row(body, Person) for body in bodies)}


__all__ = [
    "CATALOGUE",
    "LedgerScope",
    "asked",
    "lines_of_people",
    "lines_of_person",
    "rule_sets",
    "rules_of_site",
    "site_scope",
    "streamed",
    "with_posts",
]
