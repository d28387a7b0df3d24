"""What stations propose about people, and what it makes of somebody's row until the centre answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from app.areas.people.facts import PersonProposed, PersonResumed, PersonStopped, StandingSet
from app.areas.people.person import Person, PersonKind, Standing, follow, posts_in
from app.domain.decoded_fact import DecodedFact
from app.domain.ids import OrgUnitId, PersonId
from app.domain.personal import Personal
from app.domain.values import dataclass

PROPOSED_FIELDS = (
    "name",
    "phone_tail",
    "birth",
    "gender",
    "kind",
    "unit",
    "group",
    "card_no",
    "member_no",
    "post",
)
"""The personal fields that a proposal may say something of."""

PersonWord = PersonProposed | PersonStopped | PersonResumed | StandingSet
"""A fact about somebody that waits for the centre's answer."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One word about somebody: ``hash`` is its fact's, ``said`` its fields, ``reason`` why."""

    person: PersonId
    hash: str
    kind: str
    place: str
    at_ms: int
    actor: str = ""
    said: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    standing: Standing | None = None

    def says(self, field: str) -> str | None:
        """What it says of a field; None when it says nothing of it."""
        return dict(self.said).get(field)


def proposal_of(one: DecodedFact, at_ms: int) -> Proposal | None:
    """What a fact proposes; None when it is about something else."""
    told = one.personal or Personal()
    common = (one.hash, _KINDS.get(type(one.fact), ""), one.place, at_ms, one.actor)
    match one.fact:
        case PersonProposed() as fact:
            known = (name for name in fact.says if name in PROPOSED_FIELDS)
            said = tuple((name, str(getattr(told, name))) for name in known)
            # What was erased says nothing.
            return Proposal(fact.person, *common, said=() if one.personal is None else said)
        case PersonStopped() | PersonResumed() as fact:
            return Proposal(fact.person, *common, reason=told.reason)
        case StandingSet() as fact:
            standing = Standing(fact.kind, fact.since, fact.until, fact.needs_visit, fact.contact)
            return Proposal(fact.person, *common, reason=told.reason, standing=standing)
    return None


_KINDS: dict[type, str] = {
    PersonProposed: "proposed",
    PersonStopped: "stopped",
    PersonResumed: "resumed",
    StandingSet: "standing",
}


def person_with(
    base: Person | None, said: Iterable[Proposal], unit_of: Callable[[str], OrgUnitId]
) -> Person | None:
    """Somebody as they are by all these words after ``base``; None while nobody says a name."""
    person = base
    for one in said:
        was = person or Person(one.person, "")
        becomes = _turned(was, one, unit_of)
        person = follow(was, becomes, one.at_ms) if was.name else becomes
    return person if person is not None and person.name else None


def _turned(was: Person, one: Proposal, unit_of: Callable[[str], OrgUnitId]) -> Person:
    if one.kind == "stopped":
        return replace(was, active=False)
    if one.kind == "resumed":
        return replace(was, active=True)
    if one.standing is not None:
        others = tuple(told for told in was.standings if told.kind is not one.standing.kind)
        is_over = one.standing.until is not None and one.standing.until < one.standing.since
        return replace(was, standings=others if is_over else (*others, one.standing))
    said = dict(one.said)
    unit = said.get("unit")
    birth = said.get("birth")
    return replace(
        was,
        name=said.get("name") or was.name,
        kind=_kind_of(said.get("kind")) or was.kind,
        units=was.units if unit is None else ((unit_of(unit),) if unit else ()),
        group=said.get("group", was.group),
        birth_year=was.birth_year if birth is None else _year_of(birth),
        gender=said.get("gender", was.gender),
        phone_tail=said.get("phone_tail", was.phone_tail),
        card_no=said.get("card_no", said.get("member_no", was.card_no)),
        posts=was.posts if "post" not in said else posts_in(said["post"]),
    )


def _kind_of(told: str | None) -> PersonKind | None:
    return PersonKind(told) if told in {one.value for one in PersonKind} else None


def _year_of(birth: str) -> int | None:
    year = birth[:4]
    return int(year) if len(year) == 4 and year.isascii() and year.isdigit() else None
