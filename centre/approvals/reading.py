"""The words that were said about late sessions and late entries, as they were published."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.areas.catalogue.values import Approval
from app.wire.codec import read_row
from centre.feeds.scopes import site_scope
from centre.store.tables import feed_rows

APPROVAL = "approval"
"""The kind of such a feed row; its key is a session or a mark."""


def approvals_of(tx: Connection, site: str = "") -> dict[str, Approval]:
    """Session or mark → the word about it, at one site or at all."""
    query = select(feed_rows.c.body).where(
        feed_rows.c.kind == APPROVAL, feed_rows.c.body.is_not(None)
    )
    if site:
        query = query.where(feed_rows.c.scope == site_scope(site))
    words = (read_row(body, Approval) for body in tx.scalars(query))
    return {one.id: one for one in words}
