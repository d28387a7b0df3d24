"""The facts about people: who is proposed for the roster, who is stopped, who need not come."""

from __future__ import annotations

from app.areas.people.person import StandingKind
from app.domain.fact_kinds import Fact, fact
from app.domain.ids import (
    PersonId,
)
from app.domain.values import dataclass


@fact("person.erased", about=("person",))
@dataclass(frozen=True, slots=True)
class PersonErased(Fact):
    """Personal payloads about a person were erased here, on the centre's word."""

    person: PersonId
    payloads: int


@fact("person.proposed", about=("person",))
@dataclass(frozen=True, slots=True)
class PersonProposed(Fact):
    """Somebody new, or what is right about somebody known: the personal fields named in ``says``
    hold from here on. Personal: ``name``, ``phone_tail``, ``birth``, ``gender``, ``kind``, ``unit``,
    ``group``, ``card_no``, ``member_no``."""

    person: PersonId
    says: tuple[str, ...] = ()


@fact("person.stopped", about=("person",))
@dataclass(frozen=True, slots=True)
class PersonStopped(Fact):
    """Somebody is in no list here any more. Personal: ``reason``."""

    person: PersonId


@fact("person.resumed", about=("person",))
@dataclass(frozen=True, slots=True)
class PersonResumed(Fact):
    """Somebody who was stopped is in the lists again."""

    person: PersonId


@fact("standing.set", about=("person",))
@dataclass(frozen=True, slots=True)
class StandingSet(Fact):
    """Why somebody need not come, from a day to a day (ISO dates); until before since: it is over.

    ``needs_visit``: what is taught is brought home to them; ``contact`` keeps in touch with them.
    The newest word about a kind holds. Personal: ``reason``.
    """

    person: PersonId
    kind: StandingKind
    since: str = ""
    until: str | None = None
    needs_visit: bool = False
    contact: PersonId | None = None
