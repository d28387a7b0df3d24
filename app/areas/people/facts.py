"""The fact about people: their personal payloads were erased."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.fact_kinds import Fact, fact
from app.domain.ids import (
    PersonId,
)


@fact("person.erased", about=("person",))
@dataclass(frozen=True, slots=True)
class PersonErased(Fact):
    """Personal payloads about a person were erased here, on the centre's word."""

    person: PersonId
    payloads: int
