"""Which version and shape the store's projections have, and making their tables anew.

Tables of another shape are made anew with what the old rows can give, in one transaction under
the lock of ``ensure_schema``; a projection of another version or shape is marked to be folded
anew. Until each key is, its old row is read. A program whose projections are not the store's
reads no facts in, so two programs never write over each other.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

from sqlalchemy import Connection, Table, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable

from centre.store.insert import put_row
from centre.store.prepared import Prepared
from centre.store.projection_tables import DISPOSABLE, Disposable, projections
from centre.store.tables import facts

_STATES = Prepared(select(projections.c.name, projections.c.version, projections.c.shape))
_SHAPES: dict[tuple[str, tuple[Table, ...]], str] = {}


class RebuildStep(StrEnum):
    """What is left to do for a projection: which facts are of which key, folding keys, nothing."""

    INDEX = "index"
    FOLD = "fold"
    NONE = ""


def are_mine(tx: Connection) -> bool:
    """Whether the store's projections are this program's; they stay so until the transaction ends.

    To be asked before a site is locked: who changes them waits for all who asked.
    """
    found = {row.name: (row.version, row.shape) for row in _STATES.all(tx, {})}
    return all(found.get(name) == _wanted(tx, one) for name, one in DISPOSABLE.items())


def ensure_projections(tx: Connection) -> None:
    """Make the tables of projections that are another program's or new, to be folded anew."""
    if are_mine(tx):
        return
    if tx.dialect.name != "sqlite":
        tx.execute(text("LOCK TABLE projections IN ACCESS EXCLUSIVE MODE"))
    has_facts = tx.execute(select(facts.c.arrival).limit(1)).first() is not None
    for name, one in DISPOSABLE.items():
        row = tx.execute(select(projections).where(projections.c.name == name)).one_or_none()
        version, shape = _wanted(tx, one)
        if row is not None and (row.version, row.shape) == (version, shape):
            continue
        if row is None or row.shape != shape:
            for table in one.tables:
                _make_anew(tx, table)
        begin_anew(tx, name, one, shape, nothing_to_do=not has_facts)


def begin_anew(
    tx: Connection, name: str, one: Disposable, shape: str = "", *, nothing_to_do: bool = False
) -> None:
    """Mark a projection to be folded anew from its first key on."""
    step = RebuildStep.FOLD if one.declared is None else RebuildStep.INDEX
    row = {
        "name": name,
        "version": one.version,
        "shape": shape or _wanted(tx, one)[1],
        "step": (RebuildStep.NONE if nothing_to_do else step).value,
        **{"at_site": "", "at_key": "", "done": 0, "of_all": 0},
    }
    put_row(tx, projections, row, key=["name"])


def _wanted(tx: Connection, one: Disposable) -> tuple[int, str]:
    """Version and shape a projection has in this program; a shape is a digest of what makes it."""
    known = _SHAPES.get((tx.dialect.name, one.tables))
    if known is None:
        said = [str(CreateTable(table).compile(dialect=tx.dialect)) for table in one.tables]
        said += [
            str(CreateIndex(index).compile(dialect=tx.dialect))
            for table in one.tables
            for index in sorted(table.indexes, key=lambda index: str(index.name))
        ]
        known = hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
        _SHAPES[tx.dialect.name, one.tables] = known
    return one.version, known


def _make_anew(tx: Connection, table: Table) -> None:
    """Make a table; rows of one that is there are kept, as far as both have the same columns."""
    found = inspect(tx)
    if not found.has_table(table.name):
        table.create(tx)
        return
    there = {column["name"] for column in found.get_columns(table.name)}
    both = ", ".join(f'"{one.name}"' for one in table.columns if one.name in there)
    before = f"{table.name}_before"
    tx.exec_driver_sql(f'CREATE TABLE "{before}" AS SELECT * FROM "{table.name}"')  # noqa: S608
    tx.exec_driver_sql(f'DROP TABLE "{table.name}"')
    table.create(tx)
    copied = f'INSERT INTO "{table.name}" ({both}) SELECT {both} FROM "{before}"'  # noqa: S608
    try:
        with tx.begin_nested():
            tx.exec_driver_sql(copied)
    except IntegrityError:
        pass  # what they lack is only known when they are folded anew
    tx.exec_driver_sql(f'DROP TABLE "{before}"')
