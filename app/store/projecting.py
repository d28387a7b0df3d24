"""From facts to rows: the engine that runs every declared projection on the station's store.

A fact touches keys; the facts of a key are folded in line order and its rows replaced. It reads
the journal only and takes nothing from the clock, chance or the feeds, so that the same facts
always make the same rows, in whatever order they came.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Text, bindparam, cast, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.areas.people.record import PEOPLE
from app.domain.decoded_fact import DecodedFact, in_line_order
from app.domain.fact_kinds import Fact
from app.domain.facts import ClockAsserted, ClockCompared
from app.domain.inputs import Inputs
from app.domain.projections import Projection
from app.store.decided import resolved_in
from app.store.line_clocks import inputs_of, moved_by, put_sample
from app.store.own_people import show_person
from app.store.prepared import Prepared
from app.store.projected_tables import note_folded, reshape, table_of
from app.store.subjects import PROJECTIONS
from app.store.tables import clock_samples, fact_keys, facts, projections, segments
from app.wire.decode import RawFact, decode_fact
from app.wire.fact_bytes import read_fact

Key = tuple[str, str]
"""A projection's name and one of its keys."""

BY_NAME: dict[str, Projection[Any]] = {one.name: one for one in PROJECTIONS}
_OF_KIND: dict[type, tuple[Projection[Any], ...]] = {
    kind: tuple(one for one in PROJECTIONS if kind in one.kinds)
    for projection in PROJECTIONS
    for kind in projection.kinds
}
_KEEP_KEY = Prepared(upsert(fact_keys).on_conflict_do_nothing(), fact_keys.c.keys())
_STORED = select(
    facts.c.seq,
    facts.c.n,
    facts.c.hash,
    facts.c.bytes,
    facts.c.personal,
    facts.c.returned,
    segments.c.id,
    segments.c.ordinal,
    segments.c.boot,
).join(segments, segments.c.no == facts.c.segment_no)
_OF_KEY = Prepared(
    _STORED.join(fact_keys, fact_keys.c.seq == facts.c.seq).where(
        fact_keys.c.projection == bindparam("projection"), fact_keys.c.key == bindparam("of")
    )
)
_IN_SEGMENT = Prepared(select(facts.c.bytes).where(facts.c.segment_no == bindparam("no")))
_KEYING = Prepared(
    select(projections.c.name).where(
        projections.c.name == bindparam("name"), projections.c.keyed_seq.is_not(None)
    )
)
_NAMING = Prepared(
    select(facts.c.seq, facts.c.bytes).where(
        func.instr(cast(facts.c.bytes, Text), bindparam("named")) > 0
    )
)
_ALL = Prepared(select(facts.c.seq, facts.c.bytes).order_by(facts.c.seq))
_ALL_KEYS = Prepared(
    select(fact_keys.c.projection, fact_keys.c.key)
    .distinct()
    .order_by(fact_keys.c.projection, fact_keys.c.key)
)
_EMPTYING: dict[str, Prepared] = {}
_FILLING: dict[str, Prepared] = {}
for _projection in PROJECTIONS:
    for _shape in _projection.tables:
        _table = table_of(_shape)
        _EMPTYING[_shape.name] = Prepared(
            delete(_table).where(_table.c[_shape.owner] == bindparam("of"))
        )
        _FILLING[_shape.name] = Prepared(insert(_table), _table.c.keys())


def keys_of(fact: Fact | None) -> list[Key]:
    """What a fact touches, in all projections."""
    if fact is None:
        return []
    reading = _OF_KIND.get(type(fact), ())
    return [(one.name, key) for one in reading for key in one.keys(fact)]


def keys_in(data: bytes) -> list[Key]:
    """What the fact in these bytes touches."""
    return keys_of(read_fact(data).fact)


def note_keys(conn: Connection, seq: int, fact: Fact | None) -> list[Key]:
    """Write down what the fact at a place of the journal touches."""
    touched = keys_of(fact)
    for name, key in touched:
        _KEEP_KEY.run(conn, {"projection": name, "key": key, "seq": seq})
    return touched


def take_in(conn: Connection, seq: int, fact: Fact | None) -> set[Key]:
    """Write down what a fact touches, itself and by what it says of a clock."""
    touched = set(note_keys(conn, seq, fact))
    if isinstance(fact, ClockCompared | ClockAsserted):
        for data in moved_by(conn, fact):
            touched.update(keys_in(data))
    return touched


def keys_in_segments(conn: Connection, numbers: Iterable[int]) -> set[Key]:
    """What the facts of these segments touch: their place or their boot is another one now."""
    found: set[Key] = set()
    for no in numbers:
        for row in _IN_SEGMENT.all(conn, {"no": no}):
            found.update(keys_in(bytes(row.bytes)))
    return found


def refold(conn: Connection, keys: Iterable[Key]) -> None:
    """Fold these keys anew and replace their rows."""
    inputs = inputs_of(conn)
    for name, key in sorted(keys):
        refold_one(conn, BY_NAME[name], key, inputs)


def rebuild(conn: Connection) -> int:
    """Make everything that is made of the facts anew; returns the facts read."""
    reshape(conn)
    conn.execute(delete(fact_keys))
    conn.execute(delete(clock_samples))
    for projection in PROJECTIONS:
        for shape in projection.tables:
            conn.execute(delete(table_of(shape)))
    count = 0
    for seq, data in _ALL.run(conn, {}):
        fact = read_fact(bytes(data)).fact
        note_keys(conn, seq, fact)
        put_sample(conn, fact)
        count += 1
    note_folded(conn)
    inputs = inputs_of(conn)
    for name, key in _ALL_KEYS.run(conn, {}).fetchall():
        refold_one(conn, BY_NAME[name], key, inputs)
    return count


def refold_one(conn: Connection, projection: Projection[Any], key: str, inputs: Inputs) -> None:
    """Fold one key anew and replace its rows."""
    state = state_of(conn, projection, key, inputs)
    for shape in projection.tables:
        _EMPTYING[shape.name].run(conn, {"of": key})
        if state is not None:
            _FILLING[shape.name].run_many(conn, shape.rows(state))
    if projection.name == PEOPLE.name:
        show_person(conn, key)


def state_of(conn: Connection, projection: Projection[Any], key: str, inputs: Inputs) -> Any:
    """What the facts of a key come to; None when it has none."""
    said = in_line_order(facts_of(conn, projection.name, key))
    return projection.fold(key, said, inputs) if said else None


def facts_of(conn: Connection, projection: str, key: str) -> list[DecodedFact]:
    """The facts of a key as far as they can be understood."""
    if _KEYING.one(conn, {"name": projection}) is not None:
        _complete(conn, projection, key)
    rows = _OF_KEY.all(conn, {"projection": projection, "of": key})
    meant = resolved_in(conn, key)
    decoded = (decode_fact(_raw(row, meant)) for row in rows)
    return [one for one in decoded if isinstance(one, DecodedFact)]


def _complete(conn: Connection, projection: str, key: str) -> None:
    """Find all facts of a key while not every fact has been looked at for its keys (``stale``).

    Done once for a key: that is written down as a place 0, where no fact is.
    """
    place = {"projection": projection, "key": key, "seq": 0}
    if _KEEP_KEY.run(conn, place).rowcount == 0:
        return
    for seq, data in _NAMING.run(conn, {"named": json.dumps(key)}).fetchall():
        if (projection, key) in keys_in(bytes(data)):
            _KEEP_KEY.run(conn, place | {"seq": seq})


def _raw(row: Any, meant: Mapping[str, str]) -> RawFact:
    return RawFact(
        arrival=row.seq,
        hash=row.hash,
        segment=row.id,
        n=row.n,
        data=row.bytes,
        personal=row.personal,
        ordinal=row.ordinal,
        boot=row.boot,
        returned=bool(row.returned),
        person_is=meant.get(row.hash.hex(), ""),
    )
