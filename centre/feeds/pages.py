"""Reading feeds: the rows after a station's cursor, in order, in bounded pages."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    true,
)

from app.wire.messages import MAX_ROWS_A_PAGE, FeedPage, FeedRow, Held
from centre.store.prepared import Prepared
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
    known: Mapping[str, int] | None = None,
) -> tuple[FeedPage, ...]:
    """Pages for the scopes that were asked for and may be read; nothing new means no page.

    ``known`` are revisions a station really holds where ``cursors`` name lower ones, to have a
    sum to compare: one that is not here yet has its scope sent whole as well.

    A cursor from another life of this store says nothing about this one's revisions, so
    its scope is sent whole, to be applied after forgetting (``reset``).
    """
    asked = [scope for scope in scopes if scope in cursors]
    heads = _heads(tx, asked)
    pages = []
    budget = PAGE_BYTES
    for scope in asked:
        cursor = min(max(cursors[scope], 0), _MOST_REVISION)
        held = min((known or {}).get(scope, 0), _MOST_REVISION)
        cursor = held if held > heads.get(scope, 0) else cursor
        if cursor == heads.get(scope, 0) and (same_generation or cursor == 0):
            continue
        page = _page(tx, scope, cursor, same_generation=same_generation, budget=budget)
        if page is not None:
            pages.append(page)
            budget -= sum(len(row.body or b"") for row in page.rows)
    return tuple(pages)


def _heads(tx: Connection, scopes: list[str]) -> dict[str, int]:
    """The newest revision of each scope: with nothing new, all that is looked at."""
    if not scopes:
        return {}
    return {row.scope: row.rev for row in _HEADS.all(tx, {"scopes": scopes})}


_HEADS = Prepared(
    select(feed_heads.c.scope, feed_heads.c.rev).where(
        feed_heads.c.scope.in_(bindparam("scopes", expanding=True))
    ),
    lists=("scopes",),
)


def _page(
    tx: Connection, scope: str, cursor: int, *, same_generation: bool, budget: int
) -> FeedPage | None:
    asked = cursor if same_generation else 0
    named = {"scope": scope, "asked": asked, "budget": budget, "whole": budget == PAGE_BYTES}
    found = tx.execute(_PAGE, named).all()
    head = found[0].head if found else 0
    reset = cursor > 0 and (not same_generation or cursor > head)
    start = 0 if reset else cursor
    if start == head and not reset:
        return None
    listed = [one for one in found if one.place is not None]
    fitting = [one for one in listed if one.kind is not None and one.place <= MAX_ROWS_A_PAGE]
    rows = tuple(FeedRow(one.kind, one.key, one.rev, one.body) for one in fitting)
    more = len(rows) < len(listed)
    if not rows and more:
        return None
    to_rev = rows[-1].rev if more else head
    held = None if more or not found else Held(found[0].held_rows, bytes(found[0].held_sum))
    return FeedPage(scope, to_rev, rows, more=more, reset=reset, from_rev=start, held=held)


def _page_query() -> Select[tuple[object, ...]]:
    """One statement, so that a page, its end and its sum are of one moment though others publish
    meanwhile. A row that does not fit any more comes without its kind and body; of a cursor
    beyond the head everything is read.
    """
    scope, asked = bindparam("scope", type_=Text), bindparam("asked", type_=BigInteger)
    head = select(feed_heads.c.rev).where(feed_heads.c.scope == scope).scalar_subquery()
    size = func.coalesce(func.length(feed_rows.c.body), 0).label("size")
    next_ones = (
        select(feed_rows.c.rev, size)
        .where(feed_rows.c.scope == scope, feed_rows.c.rev > case((head < asked, 0), else_=asked))
        .order_by(feed_rows.c.rev)
        .limit(MAX_ROWS_A_PAGE + 1)
        .subquery()
    )
    counted = select(
        next_ones.c.rev,
        func.row_number().over(order_by=next_ones.c.rev).label("place"),
        func.sum(next_ones.c.size).over(order_by=next_ones.c.rev).label("spent"),
    ).subquery()
    fits = or_(
        counted.c.spent <= bindparam("budget", type_=BigInteger),
        and_(counted.c.place == 1, bindparam("whole", type_=Boolean)),
    )
    its = and_(feed_rows.c.scope == scope, feed_rows.c.rev == counted.c.rev, fits)
    return (
        select(
            feed_heads.c.rev.label("head"),
            feed_heads.c.held_rows,
            feed_heads.c.held_sum,
            counted.c.rev,
            counted.c.place,
            feed_rows.c.kind,
            feed_rows.c.key,
            feed_rows.c.body,
        )
        .select_from(feed_heads.outerjoin(counted, true()).outerjoin(feed_rows, its))
        .where(feed_heads.c.scope == scope)
        .order_by(counted.c.rev)
    )


_PAGE = _page_query()
