"""What a session's survey came to, folded from its facts, and the rows made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.areas.needs.facts import NeedsTallied
from app.areas.needs.survey import NeedsGroup, told_groups
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.inputs import Inputs
from app.domain.projections import Projection, Row, TableShape, number, text
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class SessionNeeds:
    """One session's groups."""

    session: str
    groups: tuple[NeedsGroup, ...]


def fold_needs(session: str, facts: tuple[DecodedFact, ...], _inputs: Inputs) -> SessionNeeds:
    """The last in line order holds; what may not be told is left out whatever a fact says."""
    said = [one.fact.groups for one in facts if isinstance(one.fact, NeedsTallied)]
    return SessionNeeds(session, told_groups(said[-1]) if said else ())


def _keys(fact: Fact) -> tuple[str, ...]:
    return (fact.session,) if isinstance(fact, NeedsTallied) else ()


def _rows(record: SessionNeeds) -> Iterator[Row]:
    for one in record.groups:
        chosen = json.dumps(one.chosen)
        yield {
            "session": record.session,
            "kind": one.kind,
            "people": one.people,
            "chosen": chosen,
        }


def read_group(row: Row) -> NeedsGroup:
    """The group a row was made of."""
    chosen = tuple((str(name), int(count)) for name, count in json.loads(str(row["chosen"])))
    return NeedsGroup(str(row["kind"]), int(str(row["people"])), chosen)


NEEDS: TableShape[SessionNeeds] = TableShape(
    name="needs",
    owner="session",
    columns=(text("session"), text("kind"), number("people"), text("chosen")),
    primary=("session", "kind"),
    rows=_rows,
)
PROJECTIONS = (Projection("needs", 1, (NeedsTallied,), _keys, fold_needs, (NEEDS,)),)
