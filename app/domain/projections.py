"""A projection declared: which facts it reads, under which keys, into which rows. Pure.

Station and centre run the same object: the facts of one key, in line order, are folded into that
key's rows. The tables are disposable: when the version or their shape is another one, all keys
are folded anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.decoded_fact import DecodedFact, Waiting
from app.domain.fact_kinds import Fact
from app.domain.inputs import Inputs

MOST_KEY_CHARACTERS = 64
"""A longer key, or an empty one, is none: the fact waits as unreadable."""

Value = str | int | bytes | None
Row = Mapping[str, Value]


class ColumnKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """One column. Rows made before it came have NULL until they are folded anew, or 0 or an empty
    text where it may not lack."""

    name: str
    kind: ColumnKind = ColumnKind.TEXT
    may_lack: bool = False


def text(name: str, *, may_lack: bool = False) -> ColumnShape:
    """A column of text."""
    return ColumnShape(name, ColumnKind.TEXT, may_lack)


def number(name: str, *, may_lack: bool = False) -> ColumnShape:
    """A column of whole numbers."""
    return ColumnShape(name, ColumnKind.NUMBER, may_lack)


def raw(name: str, *, may_lack: bool = False) -> ColumnShape:
    """A column of bytes."""
    return ColumnShape(name, ColumnKind.BYTES, may_lack)


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table. Its first column is the projection's key; ``also`` are further columns that tell
    the rows of a key apart."""

    name: str
    columns: tuple[ColumnShape, ...]
    also: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def owner(self) -> str:
        """The column with the projection's key."""
        return self.columns[0].name


@dataclass(frozen=True, slots=True)
class Folded:
    """Rows by table, without the key (it is added), and what must wait."""

    rows: Mapping[str, Sequence[Row]]
    waiting: tuple[Waiting, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Projection:
    """``keys`` tells under which keys a fact of one of ``kinds`` is folded, ``fold`` what a key's
    facts come to."""

    name: str
    version: int
    kinds: tuple[type[Fact], ...]
    keys: Callable[[Fact], Iterable[str]]
    fold: Callable[[str, tuple[DecodedFact, ...], Inputs], Folded]
    tables: tuple[TableShape, ...]

    @property
    def shape(self) -> str:
        """A mark of the tables' shapes: another one when anything of them changes."""
        return hashlib.sha256(repr(self.tables).encode()).hexdigest()[:16]
