"""The people of a generated county: sites, branches and people with their standings and posts."""

from __future__ import annotations

import random
from dataclasses import dataclass

from app.areas.people.person import (
    Formerly,
    OrgUnit,
    Person,
    PersonKind,
    Standing,
    StandingKind,
    UnitKind,
)
from app.domain.ids import OrgUnitId, PersonId
from bench.data.histories import names
from bench.data.session import word
from bench.data.speaker import site_id

YEAR = 2025
"""The year everything is of: it is over, so that no clock doubts it."""
MOVED_MS = 1_751_299_200_000
"""2025-07-01 in the county: when some people changed their branch."""


@dataclass(frozen=True, slots=True)
class CountyPlan:
    """How large a county, from which seed; ``members`` a site on average."""

    stations: int = 162
    seed: int = 1
    members: int = 210
    sessions: int = 24


@dataclass(frozen=True, slots=True)
class CountySite:
    """One site with its branches and its people."""

    index: int
    id: str
    name: str
    units: tuple[OrgUnit, ...]
    people: tuple[Person, ...]


def county_sites(plan: CountyPlan) -> list[CountySite]:
    """All sites, the same for the same plan."""
    called = names(997, plan.seed)
    return [_site(plan, one, called) for one in range(plan.stations)]


def _site(plan: CountyPlan, index: int, called: list[str]) -> CountySite:
    chance = random.Random(f"{plan.seed} roster {index}")
    count = max(8, int(plan.members * chance.uniform(0.6, 1.4)))
    units = tuple(
        OrgUnit(OrgUnitId(word(plan.seed, "u-", index * 10 + n)), f"第{n + 1}支部", UnitKind.BRANCH)
        for n in range(min(max(1, count // 60), 5))
    )
    people = tuple(
        _person(plan, index * 10_000 + place, units, chance, called) for place in range(count)
    )
    return CountySite(index, site_id(plan.seed, index), f"第{index + 1}村", units, people)


def _person(
    plan: CountyPlan,
    number: int,
    units: tuple[OrgUnit, ...],
    chance: random.Random,
    called: list[str],
) -> Person:
    unit = units[number % len(units)].id
    place = number % 10_000
    standing = chance.choices(
        (
            (),
            (Standing(StandingKind.FRAIL),),
            (Standing(StandingKind.AWAY, f"{YEAR}-03-01"),),
            (Standing(StandingKind.ON_LEAVE, f"{YEAR}-06-01", f"{YEAR}-09-30"),),
        ),
        (84, 8, 5, 3),
    )[0]
    kind = chance.choices(
        (PersonKind.MEMBER, PersonKind.PROBATIONARY, PersonKind.ACTIVIST), (94, 4, 2)
    )[0]
    was: tuple[Formerly, ...] = ()
    if len(units) > 1 and chance.random() < 0.02:
        other = units[(number + 1) % len(units)].id
        was = (Formerly(MOVED_MS, called[(number + 5) % len(called)], kind, (other,)),)
    post = "secretary" if place < len(units) else "committee_member"
    return Person(
        id=PersonId(word(plan.seed, "p-", number)),
        name=called[number % len(called)],
        kind=kind,
        units=(unit,),
        phone_tail=f"{chance.randrange(10_000):04}",
        standings=standing,
        formerly=was,
        posts=(post,) if place < 3 * len(units) else (),
    )
