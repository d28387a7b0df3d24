"""The tallies of a session, folded from their facts, and the rows made of them."""

from __future__ import annotations

from collections.abc import Iterator

from app.areas.ratings.facts import RatingTallied
from app.areas.ratings.tally import LEVELS, RatingSheet, Tally, sheet_named, told
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.inputs import Inputs
from app.domain.projections import Projection, Row, TableShape, number, text
from app.domain.values import dataclass

_COUNTS = ("first", "second", "third", "fourth")


@dataclass(frozen=True, slots=True)
class SessionTallies:
    """What was said of one session, a tally a sheet."""

    session: str
    tallies: tuple[Tally, ...]


def fold_tallies(session: str, facts: tuple[DecodedFact, ...], _inputs: Inputs) -> SessionTallies:
    """Of each sheet the last in line order holds; too few votes are nothing but that."""
    found: dict[RatingSheet, Tally] = {}
    for one in facts:
        if isinstance(one.fact, RatingTallied):
            sheet = sheet_named(one.fact.sheet)
            if sheet is not None:
                found[sheet] = Tally(sheet, told(one.fact.counts))
    return SessionTallies(session, tuple(found[one] for one in RatingSheet if one in found))


def _keys(fact: Fact) -> tuple[str, ...]:
    return (fact.session,) if isinstance(fact, RatingTallied) else ()


def _rows(record: SessionTallies) -> Iterator[Row]:
    for one in record.tallies:
        counts = one.counts or (0,) * LEVELS
        sums = dict(zip(_COUNTS, counts, strict=True))
        yield {"session": record.session, "sheet": one.sheet.value, **sums}


def read_tally(row: Row) -> Tally:
    """The tally a row was made of."""
    return Tally(RatingSheet(str(row["sheet"])), told([int(str(row[one])) for one in _COUNTS]))


RATINGS: TableShape[SessionTallies] = TableShape(
    name="ratings",
    owner="session",
    columns=(text("session"), text("sheet"), *map(number, _COUNTS)),
    primary=("session", "sheet"),
    rows=_rows,
)
PROJECTIONS = (Projection("ratings", 1, (RatingTallied,), _keys, fold_tallies, (RATINGS,)),)
