"""What the facts of one wish come to, and the rows made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.areas.wishes.facts import WishMoved, WishOpened

from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.inputs import Inputs
from app.domain.projections import Projection, Row, TableShape, number, text


@dataclass(frozen=True, slots=True)
class WishRecord:
    """One wish; its text is empty once its person was erased."""

    wish: str
    person: str
    text: str
    state: str
    opened_ms: int


def fold_wish(wish: str, facts: tuple[DecodedFact, ...], inputs: Inputs) -> WishRecord | None:
    """The first opening holds, the last move in line order tells the state."""
    opened = next((one for one in facts if isinstance(one.fact, WishOpened)), None)
    if opened is None or not isinstance(opened.fact, WishOpened):
        return None
    moves = [one.fact.state for one in facts if isinstance(one.fact, WishMoved)]
    return WishRecord(
        wish,
        opened.fact.person,
        "" if opened.personal is None else opened.personal.note,
        moves[-1] if moves else "open",
        inputs.shown(opened).at_ms,
    )


def _keys(fact: Fact) -> tuple[str, ...]:
    return (fact.wish,) if isinstance(fact, WishOpened | WishMoved) else ()


def _row(record: WishRecord | None) -> Iterator[Row]:
    if record is not None:
        yield {
            "wish": record.wish,
            "person": record.person,
            "text": record.text,
            "state": record.state,
            "opened_ms": record.opened_ms,
        }


WISHES: TableShape[WishRecord | None] = TableShape(
    name="wishes",
    owner="wish",
    columns=(text("wish"), text("person"), text("text"), text("state"), number("opened_ms")),
    primary=("wish",),
    rows=_row,
)
PROJECTIONS = (Projection("wishes", 1, (WishOpened, WishMoved), _keys, fold_wish, (WISHES,)),)
