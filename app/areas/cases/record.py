"""The steps of each case that this store's own facts hold, and the rows made of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from app.areas.cases.facts import CaseMoved, CaseOpened
from app.areas.cases.machine import OPENING
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.inputs import Inputs
from app.domain.projections import Projection, Row, TableShape, number, text
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as its fact says it."""

    hash: str
    arrival: int
    place: str
    kind: str
    move: str
    seen: str
    by: str
    person: str
    at_ms: int
    fields: tuple[tuple[str, str], ...]
    personal: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CaseSteps:
    """All steps of a case, in line order."""

    case: str
    steps: tuple[StepLine, ...]


def fold_steps(case: str, facts: tuple[DecodedFact, ...], inputs: Inputs) -> CaseSteps:
    """The steps of a case from its facts; what of them holds is judged by ``machine.fold_case``."""
    return CaseSteps(
        case,
        tuple(
            _step(one, one.fact, inputs)
            for one in facts
            if isinstance(one.fact, CaseOpened | CaseMoved)
        ),
    )


def _step(one: DecodedFact, fact: CaseOpened | CaseMoved, inputs: Inputs) -> StepLine:
    return StepLine(
        hash=one.hash,
        arrival=one.arrival,
        place=one.place,
        kind=fact.kind,
        move=OPENING if isinstance(fact, CaseOpened) else fact.move,
        seen="" if isinstance(fact, CaseOpened) else fact.seen,
        by=one.actor,
        person=one.person_is or fact.person or "",
        at_ms=inputs.shown(one).at_ms,
        fields=fact.fields,
        personal=() if one.personal is None else one.personal.more,
    )


def _keys(fact: Fact) -> tuple[str, ...]:
    return (fact.case,) if isinstance(fact, CaseOpened | CaseMoved) else ()


def _rows(record: CaseSteps) -> Iterator[Row]:
    for one in record.steps:
        yield {
            "case_id": record.case,
            "hash": one.hash,
            "arrival": one.arrival,
            "place": one.place,
            "kind": one.kind,
            "move": one.move,
            "seen": one.seen,
            "by": one.by,
            "person": one.person,
            "at_ms": one.at_ms,
            "fields": json.dumps(one.fields, ensure_ascii=False),
            "personal": json.dumps(one.personal, ensure_ascii=False),
        }


def read_step(row: Row | Mapping[str, object]) -> StepLine:
    """The step a row was made of."""
    return StepLine(
        hash=str(row["hash"]),
        arrival=int(str(row["arrival"])),
        place=str(row["place"]),
        kind=str(row["kind"]),
        move=str(row["move"]),
        seen=str(row["seen"]),
        by=str(row["by"]),
        person=str(row["person"]),
        at_ms=int(str(row["at_ms"])),
        fields=_pairs(row["fields"]),
        personal=_pairs(row["personal"]),
    )


def _pairs(told: object) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in json.loads(str(told)))


CASE_STEPS: TableShape[CaseSteps] = TableShape(
    name="case_steps",
    owner="case_id",
    columns=(
        text("case_id"),
        text("hash"),
        number("arrival"),
        text("place"),
        text("kind"),
        text("move"),
        text("seen"),
        text("by"),
        text("person"),
        number("at_ms"),
        text("fields"),
        text("personal"),
    ),
    primary=("case_id", "place", "hash"),
    rows=_rows,
)
CASES = Projection("cases", 1, (CaseOpened, CaseMoved), _keys, fold_steps, (CASE_STEPS,))
PROJECTIONS = (CASES,)
