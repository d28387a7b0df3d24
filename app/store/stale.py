"""Folding rows anew after a projection changed: in small steps, while old rows can be read.

First every fact is looked at for its keys, then key after key is folded. How far it is stands in
``projections`` and moves with each step's transaction, so an end of the program at any moment
loses nothing. What is recorded meanwhile is folded from all its facts (``projecting``).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from app.domain.projections import Projection
from app.ports.store import FoldProgress
from app.store.line_clocks import inputs_of, put_sample
from app.store.prepared import Prepared
from app.store.projected_tables import table_of
from app.store.projecting import keys_of, refold_one
from app.store.subjects import PROJECTIONS
from app.store.tables import fact_keys, facts, projections
from app.wire.fact_bytes import read_fact

_FACTS_A_STEP = 1_000
_KEYS_A_STEP = 3
"""A step takes two or three hundredths of a second: nobody who signs in waits longer for it."""

_STALE = Prepared(
    select(projections)
    .where(or_(projections.c.keyed_seq.is_not(None), projections.c.folded_key.is_not(None)))
    .order_by(projections.c.keyed_seq.is_(None), projections.c.name)
)
_IS_ANY = Prepared(
    select(projections.c.name)
    .where(or_(projections.c.keyed_seq.is_not(None), projections.c.folded_key.is_not(None)))
    .limit(1)
)
_OF = Prepared(select(projections.c.keyed_seq).where(projections.c.name == bindparam("of")))
_NEWEST = Prepared(select(func.max(facts.c.seq).label("seq")))
_NEXT_FACTS = Prepared(
    select(facts.c.seq, facts.c.bytes)
    .where(facts.c.seq > bindparam("after_seq"))
    .order_by(facts.c.seq)
    .limit(_FACTS_A_STEP)
)
_NEXT_KEYS = Prepared(
    select(fact_keys.c.key)
    .where(fact_keys.c.projection == bindparam("of"), fact_keys.c.key > bindparam("after_key"))
    .distinct()
    .order_by(fact_keys.c.key)
    .limit(_KEYS_A_STEP)
)
_OF_PROJECTION = fact_keys.c.projection == bindparam("of")
_ENDS = Prepared(
    select(
        select(func.min(fact_keys.c.key)).where(_OF_PROJECTION).scalar_subquery().label("first"),
        select(func.max(fact_keys.c.key)).where(_OF_PROJECTION).scalar_subquery().label("last"),
    )
)
_ADD_KEY = Prepared(fact_keys.insert().prefix_with("OR IGNORE"), fact_keys.c.keys())
_MOVE = Prepared(
    update(projections).where(projections.c.name == bindparam("of")), ("keyed_seq", "folded_key")
)


def is_stale(conn: Connection) -> bool:
    """Whether any rows are still to be folded anew."""
    return _IS_ANY.one(conn, {}) is not None


def begin_anew(conn: Connection, projection: Projection[Any]) -> None:
    """Have all rows of a projection folded anew, when nobody waits."""
    row = _OF.one(conn, {"of": projection.name})
    if row is not None and row.keyed_seq is None:
        _move(conn, projection.name, None, "")


def fold_some(conn: Connection) -> FoldProgress:
    """Do one small step, in the caller's transaction."""
    row = _STALE.one(conn, {})
    if row is None:
        return FoldProgress(100, is_over=True)
    projection = next((one for one in PROJECTIONS if one.name == row.name), None)
    if projection is None:
        _move(conn, row.name, None, None)  # of a newer program; its rows are nobody's here
        return FoldProgress(100)
    if row.keyed_seq is not None:
        done = _look_for_keys(conn, projection, row.keyed_seq)
    else:
        done = _fold_keys(conn, projection, row.folded_key)
    left = {row.name: 50 if row.keyed_seq is None else 0 for row in _STALE.all(conn, {})}
    of_all = (done if one is projection else left.get(one.name, 100) for one in PROJECTIONS)
    return FoldProgress(sum(of_all) // len(PROJECTIONS))


def _look_for_keys(conn: Connection, projection: Projection[Any], after: int) -> int:
    rows = _NEXT_FACTS.all(conn, {"after_seq": after})
    found = []
    for row in rows:
        fact = read_fact(bytes(row.bytes)).fact
        put_sample(conn, fact)
        found += [(row.seq, key) for name, key in keys_of(fact) if name == projection.name]
    _ADD_KEY.run_many(
        conn, ({"projection": projection.name, "key": key, "seq": seq} for seq, key in found)
    )
    if len(rows) == _FACTS_A_STEP:
        last = rows[-1].seq
        _move(conn, projection.name, last, "")
        newest = _NEWEST.all(conn, {})[0].seq
        return int(50 * last // newest)
    whole = (fact_keys.c.projection == projection.name, fact_keys.c.seq == 0)
    conn.execute(delete(fact_keys).where(*whole))
    _move(conn, projection.name, None, "")
    return 50


def _fold_keys(conn: Connection, projection: Projection[Any], after: str) -> int:
    inputs = inputs_of(conn)
    keys = [
        str(row.key) for row in _NEXT_KEYS.all(conn, {"of": projection.name, "after_key": after})
    ]
    for key in keys:
        refold_one(conn, projection, key, inputs)
    if len(keys) == _KEYS_A_STEP:
        _move(conn, projection.name, None, keys[-1])
        first, last = _ENDS.all(conn, {"of": projection.name})[0]
        return 50 + _half_way(first, keys[-1], last)
    held = select(fact_keys.c.key).where(fact_keys.c.projection == projection.name)
    for shape in projection.tables:
        table = table_of(shape)
        conn.execute(delete(table).where(table.c[shape.owner].not_in(held)))
    _move(conn, projection.name, None, None)
    return 100


def _half_way(first: str, at: str, last: str) -> int:
    """How far a key lies between two others, 0 to 50: ids are drawn, so they lie evenly."""
    begin, now, end = (int.from_bytes(one.encode()[:12].ljust(12)) for one in (first, at, last))
    return 50 * (now - begin) // max(end - begin, 1)


def _move(conn: Connection, name: str, keyed_seq: int | None, folded_key: str | None) -> None:
    _MOVE.run(conn, {"of": name, "keyed_seq": keyed_seq, "folded_key": folded_key})
