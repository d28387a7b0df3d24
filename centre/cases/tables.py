"""Tables of cases: in which order their steps were taken in, and moves made at the centre.

These are acts of the centre, not read out of facts: they are kept. Times are ms since 1970 UTC.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text

from centre.store.tables import METADATA

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def _word(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


def _count(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, _NUMBER, primary_key=key, nullable=False, autoincrement=False)


case_heads = Table(
    "case_heads",
    METADATA,
    _word("case_id", key=True),
    _word("kind"),
    _word("site"),
    _word("state"),
    _count("opened_ms"),
    _count("since_ms"),
    Column("ended", Boolean, nullable=False),
    Column("overtaken", Boolean, nullable=False),
    Index("case_heads_of_kind", "kind", "ended", "since_ms", "case_id"),
    Index("case_heads_of_site", "site", "ended", "since_ms", "case_id"),
)
"""How each case stands, for lists; its row is locked while a step of it is taken in."""

case_orders = Table(
    "case_orders",
    METADATA,
    _word("case_id", key=True),
    _count("place", key=True),
    _word("step"),
    Index("case_orders_of_step", "case_id", "step", unique=True),
)
"""In which order a case's steps were taken in: facts by their hash, moves of here by their id."""

case_moves = Table(
    "case_moves",
    METADATA,
    _word("id", key=True),
    _word("case_id"),
    _word("move"),
    _word("party"),
    _word("by"),
    _word("seen"),
    _count("at_ms"),
    _word("fields"),
    _word("personal"),
    Index("case_moves_of_case", "case_id"),
)
"""Moves made at the centre; ``fields`` and ``personal`` are JSON lists of pairs."""
