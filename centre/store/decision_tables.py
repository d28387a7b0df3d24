"""Tables of what people decided and of a store that was put back; ``tables`` has all others."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Table, Text

from centre.store.tables import METADATA

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def _word(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


def _count(name: str, *, may_lack: bool = False) -> Column[int]:
    return Column(name, _NUMBER, nullable=may_lack)


def _raw(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


decisions = Table(
    "decisions",
    METADATA,
    _word("id", key=True),
    _word("kind"),
    _word("about"),
    _word("site"),
    _count("at_ms"),
    _raw("body"),
    _raw("signature"),
    _count("came_back_ms", may_lack=True),
    _word("outcome"),
    Index("decisions_about", "about"),
)
"""What people here decided, signed, for stations to keep: a centre that is put back gets it from
them. ``came_back_ms``: a station brought it; ``outcome`` is what became of it then."""

decision_heads = Table(
    "decision_heads",
    METADATA,
    _word("site", key=True),
    _count("held_rows"),
    _raw("held_sum"),
)
"""Count and sum of the decisions for every station (site empty) and for one site's."""

put_back_signs = Table(
    "put_back_signs",
    METADATA,
    _word("what", key=True),
    _word("about", key=True),
    _word("told"),
    _count("since_ms"),
)
"""What shows that this store was put back to an earlier moment, until a person has seen to it."""

person_aliases = Table(
    "person_aliases",
    METADATA,
    _word("id", key=True),
    _word("person"),
    _word("site"),
    _word("by"),
    _word("reason"),
    _count("at_ms"),
    Index("person_aliases_of_person", "person"),
)
"""Id → whose it is. At ``site`` the records of before go on under ``person``; an empty one says
only that two people of two rosters are one, whose hours count once."""

# --- cases: acts of the centre, kept ---------------------------------------------------------

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
    Column("place", _NUMBER, primary_key=True, nullable=False, autoincrement=False),
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
