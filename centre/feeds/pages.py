"""Reading feeds: the rows after a station's cursor, in order, in bounded pages."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from app.wire.messages import MAX_ROWS_A_PAGE, FeedPage, FeedRow, Held
from centre.store.tables import feed_heads, feed_rows

PAGE_BYTES = 2 << 20
"""Bodies of all pages of one answer together; a station refuses more than 8 MiB at once."""

_MOST_REVISION = 1 << 62


def pages_after(
    tx: Connection,
    cursors: Mapping[str, int],
    *,
    scopes: tuple[str, ...],
    same_generation: bool,
) -> tuple[FeedPage, ...]:
    """Pages for the scopes that were asked for and may be read; nothing new means no page.

    A cursor from another life of this store says nothing about this one's revisions, so
    its scope is sent whole, to be applied after forgetting (``reset``).
    """
    pages = []
    budget = PAGE_BYTES
    for scope in scopes:
        if scope not in cursors:
            continue
        cursor = min(max(cursors[scope], 0), _MOST_REVISION)
        page = _page(tx, scope, cursor, same_generation=same_generation, budget=budget)
        if page is not None:
            pages.append(page)
            budget -= sum(len(row.body or b"") for row in page.rows)
    return tuple(pages)


def _page(
    tx: Connection, scope: str, cursor: int, *, same_generation: bool, budget: int
) -> FeedPage | None:
    row = tx.execute(select(feed_heads).where(feed_heads.c.scope == scope)).one_or_none()
    head = 0 if row is None else row.rev
    reset = cursor > 0 and (not same_generation or cursor > head)
    start = 0 if reset else cursor
    if start == head and not reset:
        return None
    rows, more = _rows(tx, scope, start, budget)
    if not rows and more:
        return None
    to_rev = rows[-1].rev if rows and more else head
    held = None if more or row is None else Held(row.held_rows, bytes(row.held_sum))
    return FeedPage(scope, to_rev, rows, more=more, reset=reset, from_rev=start, held=held)


def _rows(tx: Connection, scope: str, start: int, budget: int) -> tuple[tuple[FeedRow, ...], bool]:
    size = func.coalesce(func.length(feed_rows.c.body), 0)
    after = (
        select(feed_rows.c.rev, size.label("size"))
        .where(feed_rows.c.scope == scope, feed_rows.c.rev > start)
        .order_by(feed_rows.c.rev)
        .limit(MAX_ROWS_A_PAGE + 1)
    )
    sizes = tx.execute(after).all()
    last, spent, fitting = start, 0, 0
    for one in sizes[:MAX_ROWS_A_PAGE]:
        spent += one.size
        if spent > budget and not (fitting == 0 and budget == PAGE_BYTES):
            break
        last, fitting = one.rev, fitting + 1
    chosen = (
        select(feed_rows)
        .where(feed_rows.c.scope == scope, feed_rows.c.rev > start, feed_rows.c.rev <= last)
        .order_by(feed_rows.c.rev)
    )
    rows = tuple(FeedRow(one.kind, one.key, one.rev, one.body) for one in tx.execute(chosen))
    return rows, fitting < len(sizes)
