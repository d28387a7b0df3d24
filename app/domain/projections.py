"""Projections: rows of a subject as a pure function of its facts, declared once for every store.

A projection says which kinds of facts it reads, under which keys, how the facts of one key are
folded, and which tables the result is written to. A store that runs it drops the tables and folds
them anew when ``version`` or a table's shape changes, so nothing here is ever migrated by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from app.domain.values import dataclass

if TYPE_CHECKING:  # whoever only reads rows loads no facts
    from app.domain.decoded_fact import DecodedFact
    from app.domain.fact_kinds import Fact
    from app.domain.inputs import Inputs

State = TypeVar("State")
Row = Mapping[str, object]


class ColumnKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; what may not lack and is new in a table's shape reads as 0 or empty at first."""

    name: str
    kind: ColumnKind
    may_lack: bool = False


def text(name: str, *, may_lack: bool = False) -> Column:
    """A column of text."""
    return Column(name, ColumnKind.TEXT, may_lack)


def number(name: str, *, may_lack: bool = False) -> Column:
    """A column of whole numbers."""
    return Column(name, ColumnKind.NUMBER, may_lack)


def raw(name: str, *, may_lack: bool = False) -> Column:
    """A column of bytes."""
    return Column(name, ColumnKind.BYTES, may_lack)


@dataclass(frozen=True, slots=True)
class TableShape(Generic[State]):
    """A table and the rows a folded state has in it; ``owner`` is the column with its key."""

    name: str
    owner: str
    columns: tuple[Column, ...]
    primary: tuple[str, ...]
    rows: Callable[[State], Iterable[Row]]
    indexes: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Projection(Generic[State]):
    """``keys`` names what a fact touches; ``fold`` gets all facts of one key in line order."""

    name: str
    version: int
    kinds: tuple[type[Fact], ...]
    keys: Callable[[Fact], tuple[str, ...]]
    fold: Callable[[str, tuple[DecodedFact, ...], Inputs], State]
    tables: tuple[TableShape[State], ...]

    @property
    def shape(self) -> str:
        """A mark of the tables' shapes: another one when anything of them changes."""
        told = [(one.name, one.owner, one.columns, one.primary, one.indexes) for one in self.tables]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
