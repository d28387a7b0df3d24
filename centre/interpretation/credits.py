"""What somebody attended away from home, told to their own site by its feed.

Written when the session is folded, so it is right whatever comes late or is taken back. A person
of two rosters is told so at both homes; hours of one span count once there (``app.areas.hours``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import BindParameter, Connection, bindparam, select

from app.areas.catalogue.values import Credit
from app.areas.hours.session_lines import SessionLine
from app.wire.codec import write_row
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import site_scope
from centre.interpretation.aliases import one_people
from centre.store.prepared import Prepared
from centre.store.tables import feed_rows, people, sites

CREDIT = "credit"
_NAMED: BindParameter[str] = bindparam("named", expanding=True)
_HOMES = Prepared(
    select(people.c.id, people.c.site).where(
        people.c.id.in_(_NAMED), people.c.site != bindparam("site")
    ),
    lists=("named",),
)
_NAME = Prepared(select(sites.c.name).where(sites.c.id == bindparam("site")))
_TOLD = Prepared(
    select(feed_rows.c.scope, feed_rows.c.key).where(
        feed_rows.c.kind == bindparam("kind"),
        feed_rows.c.key >= bindparam("first"),
        feed_rows.c.key < bindparam("last"),
        feed_rows.c.body.is_not(None),
    )
)


def tell_homes(tx: Connection, site: str, session: str, lines: Iterable[SessionLine]) -> None:
    """Have just the credits of a session's lines in the feeds of the people's own sites."""
    came = {one.person: one for one in lines if one.came}
    wanted: dict[str, dict[str, bytes | None]] = defaultdict(dict)
    for person, other, home in _elsewhere(tx, site, sorted(came)) if came else ():
        line, key = came[person], f"{session}.{other}"
        wanted[site_scope(home)][key] = _credit(tx, key, other, line)
    span = {"kind": CREDIT, "first": f"{session}.", "last": f"{session}/"}
    for row in _TOLD.all(tx, span):
        wanted[row.scope].setdefault(row.key, None)
    for scope in sorted(wanted):
        publish(tx, scope, [Row(CREDIT, key, body) for key, body in wanted[scope].items()])


def _elsewhere(tx: Connection, site: str, named: list[str]) -> Iterable[tuple[str, str, str]]:
    """Who of these has a home elsewhere, under which id, and where."""
    joined = one_people(tx)
    same = {one: joined[one].ids if one in joined else {one} for one in named}
    every = sorted({other for others in same.values() for other in others})
    homes = {row.id: row.site for row in _HOMES.all(tx, {"named": every, "site": site})}
    for person in named:
        for other in sorted(same[person] & homes.keys()):
            yield person, other, homes[other]


def _credit(tx: Connection, key: str, person: str, line: SessionLine) -> bytes:
    row = _NAME.one(tx, {"site": line.site})
    return write_row(
        Credit(
            id=key,
            person=person,
            session=line.session,
            day=line.day,
            kind=line.kind,
            title=line.title,
            site_name="" if row is None else row.name,
            status=line.status,
            minutes=line.minutes,
            from_ms=line.from_ms,
            to_ms=line.to_ms,
            site=line.site,
            plan=line.plan,
            approval=line.approval,
        )
    )
