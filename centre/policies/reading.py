"""The rules that concern one site, as they were published to its stations."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from app.domain.policy import Policies, Policy
from app.wire.codec import read_row
from app.wire.messages import POLICY
from centre.feeds.scopes import CATALOGUE, site_scope
from centre.store.prepared import Prepared
from centre.store.tables import feed_rows

_ROWS = Prepared(
    select(feed_rows.c.scope, feed_rows.c.body).where(
        feed_rows.c.scope.in_(bindparam("scopes", expanding=True)),
        feed_rows.c.kind == POLICY,
        feed_rows.c.body.is_not(None),
    ),
    lists=("scopes",),
)


def policies_of(tx: Connection, site: str) -> Policies:
    """The rules of a site and those of the whole county."""
    scopes = [CATALOGUE, site_scope(site)]
    found = [(row.scope, read_row(row.body, Policy)) for row in _ROWS.all(tx, {"scopes": scopes})]
    return Policies(
        of_site=tuple(one for scope, one in found if scope != CATALOGUE),
        of_county=tuple(one for scope, one in found if scope == CATALOGUE),
    )
