"""The projection of what is proposed about people: one row for each word, in line order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from app.areas.people.facts import PersonProposed, PersonResumed, PersonStopped, StandingSet
from app.areas.people.person import Standing, StandingKind
from app.areas.people.proposals import Proposal, proposal_of
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.ids import PersonId
from app.domain.inputs import Inputs
from app.domain.projections import Projection, Row, TableShape, number, text


def _keys(fact: Fact) -> tuple[str, ...]:
    return (str(getattr(fact, "person", "")),)


def fold_proposals(
    _person: str, facts: Sequence[DecodedFact], inputs: Inputs
) -> tuple[Proposal, ...]:
    """Everything stations say of one person, in line order."""
    told = (proposal_of(one, inputs.shown(one).at_ms) for one in facts)
    return tuple(one for one in told if one is not None)


def _rows(said: tuple[Proposal, ...]) -> Iterator[Row]:
    for one in said:
        yield {
            "person": one.person,
            "place": one.place,
            "hash": one.hash,
            "kind": one.kind,
            "at_ms": one.at_ms,
            "actor": one.actor,
            "name": one.says("name") or "",
            "said": json.dumps(dict(one.said), ensure_ascii=False),
            "reason": one.reason,
            "standing": "" if one.standing is None else json.dumps(asdict(one.standing)),
        }


def proposal_of_row(row: Row) -> Proposal:
    """The word that a row of the table was made of."""
    standing = json.loads(str(row["standing"])) if row["standing"] else None
    if standing is not None:
        standing = Standing(**{**standing, "kind": StandingKind(standing["kind"])})
    return Proposal(
        person=PersonId(str(row["person"])),
        hash=str(row["hash"]),
        kind=str(row["kind"]),
        place=str(row["place"]),
        at_ms=int(str(row["at_ms"])),
        actor=str(row["actor"]),
        said=tuple(json.loads(str(row["said"])).items()),
        reason=str(row["reason"]),
        standing=standing,
    )


PROPOSALS_TABLE: TableShape[tuple[Proposal, ...]] = TableShape(
    name="proposals",
    owner="person",
    columns=(
        text("person"),
        text("place"),
        text("hash"),
        text("kind"),
        number("at_ms"),
        text("actor"),
        text("name"),
        text("said"),
        text("reason"),
        text("standing"),
    ),
    primary=("person", "place"),
    rows=_rows,
)

PEOPLE: Projection[tuple[Proposal, ...]] = Projection(
    name="people",
    version=1,
    kinds=(PersonProposed, PersonStopped, PersonResumed, StandingSet),
    keys=_keys,
    fold=fold_proposals,
    tables=(PROPOSALS_TABLE,),
)

PROJECTIONS = (PEOPLE,)
