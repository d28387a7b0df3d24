"""A projection declared: which facts it reads, under which keys, into which rows. Pure.

Station and centre run the same object: the facts of one key, in line order, are folded into that
key's rows. The tables are disposable: when the version or their shape is another one, all keys
are folded anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.clock_correction import Moment
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.session_fold import Waiting

MOST_KEY_CHARACTERS = 64
"""A longer key, or an empty one, is none: the fact waits as unreadable."""

Value = str | int | bytes | None


class ColumnKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """One column. ``may_lack``: rows made before it came have NULL until they are folded anew."""

    name: str
    kind: ColumnKind = ColumnKind.TEXT
    may_lack: bool = False


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table. Its first column is the projection's key; ``also`` are further columns that tell
    the rows of a key apart."""

    name: str
    columns: tuple[ColumnShape, ...]
    also: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a fold may ask beside its facts: when one was written, and who is known."""

    moment: Callable[[DecodedFact], Moment]
    is_known: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Folded:
    """Rows by table, without the key (it is added), and what must wait."""

    rows: Mapping[str, Sequence[Mapping[str, Value]]]
    waiting: tuple[Waiting, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Projection:
    """``keys`` tells under which keys a fact of one of ``kinds`` is folded, ``fold`` what a key's
    facts come to."""

    name: str
    version: int
    kinds: tuple[type[Fact], ...]
    keys: Callable[[DecodedFact], Iterable[str]]
    fold: Callable[[str, tuple[DecodedFact, ...], Inputs], Folded]
    tables: tuple[TableShape, ...]
