"""Tables of what was read out of facts: how far reading is, what waits, and the report's rows.

All of it can be made anew from facts. The ``report_*`` tables are no migration's: they carry
their projection's version, and one of another version or shape is folded anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text
from sqlalchemy import text as sql
from sqlalchemy.types import TypeEngine

from app.areas import parts
from app.domain.projections import ColumnKind, Projection, TableShape
from app.domain.values import dataclass
from centre.store.tables import METADATA

SESSIONS = "sessions"
"""The projection of sessions and their plays."""
CASES = "cases"
"""The projection of the steps of cases."""
_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def _word(name: str, *, key: bool = False, may_lack: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=may_lack)


def _count(name: str, *, key: bool = False, may_lack: bool = False) -> Column[int]:
    return Column(name, _NUMBER, primary_key=key, nullable=may_lack, autoincrement=False)


read_facts = Table("read_facts", METADATA, _word("station", key=True), _count("facts"))
"""How many facts of a station were looked at: what came less these is unread. A row is written
under the lock of the station's site."""

projections = Table(
    "projections",
    METADATA,
    _word("name", key=True),
    _count("version"),
    _word("shape"),
    _word("step"),
    _word("at_site"),
    _word("at_key"),
    _count("done"),
    _count("of_all"),
)
"""The version and table shape each projection's rows have; ``step`` says what is left to do (empty:
nothing), the other columns how far that is."""

fact_keys = Table(
    "fact_keys",
    METADATA,
    _word("projection", key=True),
    _word("site", key=True),
    _word("key", key=True),
    _count("arrival", key=True),
    Index("fact_keys_of_fact", "arrival"),
)
"""Which facts a projection folds under a key; sessions and plays stand in ``facts`` itself."""

held = Table(
    "held",
    METADATA,
    Column("arrival", _NUMBER, ForeignKey("facts.arrival"), primary_key=True, autoincrement=False),
    _word("projection", key=True),
    _word("site"),
    _word("key"),
    _word("reason"),
    _word("detail"),
    _count("since_ms"),
    Index("held_of_key", "site", "projection", "key"),
    Index("held_by_reason", "site", "reason"),
)
"""What waits, and in which projection; that is empty when the fact itself was not understood, and
``key`` when it belongs to none yet."""

report_sessions = Table(
    "report_sessions",
    METADATA,
    _word("site", key=True),
    _word("session", key=True),
    _count("opened_ms", may_lack=True),
    Column("day", Text, nullable=False, server_default=sql("''")),
    Column("body", LargeBinary, nullable=False),
)
"""``body`` is the record of a session (``app.areas.sessions.report``). ``day`` (ISO date) is whose
rule for late and in time holds; empty until it is folded again."""

session_sums = Table(
    "session_sums",
    METADATA,
    _word("site", key=True),
    _word("session", key=True),
    *map(_word, "step day kind title plan training_class campaign units".split()),
    *map(_count, "from_ms to_ms minutes expected arrived in_room heads plays".split()),
    *map(_word, "not_held late_of list_mark hints".split()),
    Index("session_sums_of_plan", "site", "plan"),
    Index("session_sums_by_day", "day"),
)
"""One row a session that is over: what the ledgers look up beside its lines. ``hints`` are kinds
that follow from the session alone; ``list_mark`` tells lists of names that are the same."""

session_lines = Table(
    "session_lines",
    METADATA,
    _word("site", key=True),
    _word("session", key=True),
    _word("person", key=True),
    *map(_word, "day kind status standpoint left_out late_of approval".split()),
    *map(_count, "from_ms to_ms minutes lessons came seat sheets".split()),
    _word("unit"),
    Index("session_lines_of_person", "person", "from_ms"),
    Index("session_lines_by_day", "site", "day"),
    Index(
        "session_lines_late",
        "late_of",
        sqlite_where=sql("late_of <> ''"),
        postgresql_where=sql("late_of <> ''"),
    ),
)
"""One row a person and closed session (``app.areas.hours.session_lines``). ``came``: took part, it
was not sent back, and of the ``sheets`` of one real session it is the longest. ``seat``: how turnout
counts the line (``app.areas.turnout.seats``); each person has a seat on one of several sheets.
``unit`` is the person's when it was held: a later change moves no history."""


@dataclass(frozen=True, slots=True)
class Disposable:
    """The tables of one projection in this program; another ``version`` has all keys folded anew.
    ``declared`` is None where the columns of ``facts``, not ``fact_keys``, tell what it folds."""

    version: int
    tables: tuple[Table, ...]
    declared: Projection[Any] | None = None


DISPOSABLE: dict[str, Disposable] = {
    SESSIONS: Disposable(4, (report_sessions, session_sums, session_lines)),
}
"""By projection."""
_OWN = frozenset({SESSIONS, "plays"})
"""The centre keeps these in rows of its own shape, above."""

_TYPES: Mapping[ColumnKind, tuple[TypeEngine[Any], str]] = {
    ColumnKind.TEXT: (Text(), "''"),
    ColumnKind.NUMBER: (_NUMBER, "0"),
    ColumnKind.BYTES: (LargeBinary(), "''"),
}
"""What a column of a declared table is, and what stands in it until its row is folded anew."""


def declare_tables(projection: Projection[Any]) -> Disposable:
    """Have a declared projection's tables in the store, in its order.

    They stand under ``area_`` and the name, and the site is in each key.
    """
    tables = tuple(_declared(shape) for shape in projection.tables)
    made = DISPOSABLE[projection.name] = Disposable(projection.version, tables, projection)
    return made


def _declared(shape: TableShape[Any]) -> Table:
    name = f"area_{shape.name}"
    columns = []
    for one in shape.columns:
        kind, empty = _TYPES[one.kind]
        in_key = one.name in shape.primary
        default = None if in_key or one.may_lack else sql(empty)
        columns.append(
            Column(
                one.name,
                kind,
                primary_key=in_key,
                nullable=one.may_lack and not in_key,
                server_default=default,
                autoincrement=False,
            )
        )
    keys = dict.fromkeys(("site", *one) for one in shape.indexes)
    if shape.primary[0] != shape.owner:
        keys["site", shape.owner] = None
    indexes = [Index(f"{name}_by_{'_'.join(one[1:])}", *one) for one in keys]
    return Table(name, METADATA, _word("site", key=True), *columns, *indexes)


for _record in parts("record"):
    for _one in getattr(_record, "PROJECTIONS", ()):
        if _one.name not in _OWN:
            declare_tables(_one)
