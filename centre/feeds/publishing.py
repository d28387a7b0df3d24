"""Writing feed rows: each change gets its scope's next revision.

The scope's head row is updated first and stays locked until the commit, so revisions
become visible in their order: a station that has read up to one never misses a lower one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from centre.store.insert import insert_new, put_row
from centre.store.tables import feed_heads, feed_rows


@dataclass(frozen=True, slots=True)
class Row:
    """The newest version of one row; ``body`` None when it is gone."""

    kind: str
    key: str
    body: bytes | None


def publish(tx: Connection, scope: str, rows: Sequence[Row]) -> int:
    """Write rows in the caller's transaction; one that did not change gets no new revision.

    Returns the number of rows that changed.
    """
    insert_new(tx, feed_heads, ({"scope": scope, "rev": 0},), key=["scope"])
    tx.execute(update(feed_heads).where(feed_heads.c.scope == scope).values(rev=feed_heads.c.rev))
    query = select(feed_rows.c.kind, feed_rows.c.key, feed_rows.c.body).where(
        feed_rows.c.scope == scope, feed_rows.c.key.in_([row.key for row in rows])
    )
    held = {(one.kind, one.key): one.body for one in tx.execute(query)}
    missing = object()
    changed = [row for row in rows if held.get((row.kind, row.key), missing) != row.body]
    if not changed:
        return 0
    head = tx.scalar(select(feed_heads.c.rev).where(feed_heads.c.scope == scope)) or 0
    for rev, row in enumerate(changed, start=head + 1):
        values = {"scope": scope, "kind": row.kind, "key": row.key, "rev": rev, "body": row.body}
        put_row(tx, feed_rows, values, key=["scope", "kind", "key"])
    tx.execute(
        update(feed_heads).where(feed_heads.c.scope == scope).values(rev=head + len(changed))
    )
    return len(changed)
