"""What the centre decided, as folds take it: rules for late and in time, and whose marks are."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select

from app.domain.policy import Policies, Policy
from app.store.prepared import Prepared
from app.store.tables import catalogue, policies, resolutions
from app.wire.codec import read_row

OF_A_SITE = "site:"
"""How the name of a site's scope begins; other scopes are the whole county's."""

_POLICIES = Prepared(select(policies.c.scope, policies.c.body).order_by(policies.c.id))
_OF_SESSION = Prepared(
    select(resolutions.c.id, resolutions.c.person).where(
        resolutions.c.session == bindparam("session")
    )
)
_ALL = Prepared(select(resolutions.c.id, resolutions.c.session, resolutions.c.person))

_ALIASES = Prepared(
    select(catalogue.c.id, catalogue.c.about).where(catalogue.c.kind == bindparam("kind"))
)


def policies_of(conn: Connection) -> Policies:
    """All rules that concern this station's site."""
    rows = [(row.scope, read_row(row.body, Policy)) for row in _POLICIES.all(conn, {})]
    return Policies(
        of_site=tuple(one for scope, one in rows if scope.startswith(OF_A_SITE)),
        of_county=tuple(one for scope, one in rows if not scope.startswith(OF_A_SITE)),
    )


def resolved_in(conn: Connection, session: str) -> dict[str, str]:
    """Mark (hash in hex) → whose it is, of those of a session that were made for somebody unknown."""
    return {row.id: row.person for row in _OF_SESSION.all(conn, {"session": session})}


def aliases_of(conn: Connection) -> dict[str, str]:
    """Id of before → whose it is at this site now."""
    found = {row.id: row.about for row in _ALIASES.all(conn, {"kind": "person_alias"})}
    return {before: _end_of(found, before) for before in found}


def _end_of(aliases: Mapping[str, str], before: str) -> str:
    seen = {before}
    while aliases.get(before, before) not in seen:
        before = aliases[before]
        seen.add(before)
    return before


def sessions_resolved(conn: Connection) -> dict[tuple[str, str], str]:
    """(Session, mark) → whose it is, of all sessions."""
    return {(row.session, row.id): row.person for row in _ALL.all(conn, {})}
