"""Writing feed rows: each change gets its scope's next revision.

The scope's head row is updated first and stays locked until the commit, so revisions
become visible in their order: a station that has read up to one never misses a lower one.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from app.domain.values import dataclass
from app.wire.sums import add_hashes, row_mark, take_hashes
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

    The scope's count and sum of rows are kept right with it. Returns how many rows changed.
    """
    insert_new(tx, feed_heads, ({"scope": scope, "rev": 0},), key=["scope"])
    mine = feed_heads.c.scope == scope
    tx.execute(update(feed_heads).where(mine).values(rev=feed_heads.c.rev))
    query = select(feed_rows.c.kind, feed_rows.c.key, feed_rows.c.rev, feed_rows.c.body).where(
        feed_rows.c.scope == scope, feed_rows.c.key.in_([row.key for row in rows])
    )
    held = {(one.kind, one.key): one for one in tx.execute(query)}
    changed = [
        row
        for row in rows
        if (row.kind, row.key) not in held or held[row.kind, row.key].body != row.body
    ]
    if not changed:
        return 0
    head = tx.execute(select(feed_heads).where(mine)).one()
    count, total = head.held_rows, bytes(head.held_sum)
    for rev, row in enumerate(changed, start=head.rev + 1):
        old = held.get((row.kind, row.key))
        if old is not None and old.body is not None:
            count -= 1
            total = take_hashes(total, (row_mark(scope, row.kind, row.key, old.rev, old.body),))
        if row.body is not None:
            count += 1
            total = add_hashes(total, (row_mark(scope, row.kind, row.key, rev, row.body),))
        values = {"scope": scope, "kind": row.kind, "key": row.key, "rev": rev, "body": row.body}
        put_row(tx, feed_rows, values, key=["scope", "kind", "key"])
    tx.execute(
        update(feed_heads)
        .where(mine)
        .values(rev=head.rev + len(changed), held_rows=count, held_sum=total)
    )
    return len(changed)
