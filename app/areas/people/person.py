"""People, the units they belong to, and why someone need not come.

A site tree and a tree of party units may have any shape (1+2+N is data, not
code); a person may belong to several units (dual membership). Full phone and
identity numbers are not kept at a station: only the last four digits.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from app.domain.ids import OrgUnitId, PersonId, SiteId
from app.domain.values import dataclass


class PersonKind(StrEnum):
    """Who someone is to the party organisation (glossary: member … villager)."""

    MEMBER = "member"
    PROBATIONARY = "probationary_member"
    ACTIVIST = "activist"
    VILLAGER = "villager"


class UnitKind(StrEnum):
    """Kinds of party unit; the codes of practice are 611, 621, 631, 711."""

    COMMITTEE = "party_committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    GROUP = "party_group"


class StandingKind(StrEnum):
    """Why a person is left out of an expected list (regulation art. 23 and 32)."""

    FRAIL = "frail"
    AWAY = "away"
    ON_LEAVE = "on_leave"


@dataclass(frozen=True, slots=True)
class Site:
    """One place of learning; ``parent`` makes the tree."""

    id: SiteId
    name: str
    parent: SiteId | None = None
    tier: str = "standard"


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """One party unit; ``parent`` makes the tree."""

    id: OrgUnitId
    name: str
    kind: UnitKind
    parent: OrgUnitId | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A dated reason to be left out; ``until`` None means until further notice (ISO dates)."""

    kind: StandingKind
    since: str = ""
    until: str | None = None
    needs_visit: bool = False
    """What is taught is brought home to them (regulation art. 23)."""
    contact: PersonId | None = None
    """Who keeps in touch with somebody who is away (art. 33)."""

    def holds_on(self, day: str) -> bool:
        """Whether it holds on an ISO date."""
        return self.since <= day and (self.until is None or day <= self.until)


POSTS = ("secretary", "deputy_secretary", "committee_member")
"""Posts in a branch that a roster tells of (domain d 14); which of them have more hours to do says the
rule set."""


def posts_in(told: str) -> tuple[str, ...]:
    """The posts that a word of before names; one that is unknown is none."""
    return tuple(one for one in told.split("+") if one in POSTS)


@dataclass(frozen=True, slots=True)
class Formerly:
    """What someone was called and belonged to before ``until_ms`` (ms since 1970 UTC)."""

    until_ms: int
    name: str
    kind: PersonKind = PersonKind.MEMBER
    units: tuple[OrgUnitId, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the roster; ``phone_tail`` is four digits or empty.

    ``formerly`` is in order of time; programs older than it do not read it.
    """

    id: PersonId
    name: str
    kind: PersonKind = PersonKind.MEMBER
    units: tuple[OrgUnitId, ...] = ()
    group: str = ""
    birth_year: int | None = None
    gender: str = ""
    phone_tail: str = ""
    card_no: str = ""
    standings: tuple[Standing, ...] = ()
    active: bool = True
    formerly: tuple[Formerly, ...] = ()
    posts: tuple[str, ...] = ()
    """Posts in the branch (``app.areas.hours.rule_set.LEADER_POSTS``): whose hours are more."""


MOST_FORMERLY = 100


def as_then(person: Person, moment_ms: int | None) -> Person:
    """``person`` under the name, in the units and of the kind that held at a moment.

    What was recorded of a session names people as they were then: a name corrected,
    a branch changed or a number given away later does not change it.
    """
    for one in person.formerly:
        if moment_ms is not None and moment_ms < one.until_ms:
            return replace(person, name=one.name, kind=one.kind, units=one.units, group=one.group)
    return person


def follow(before: Person, after: Person, from_ms: int) -> Person:
    """``after``, remembering what ``before`` was called and belonged to until ``from_ms``.

    A clock that was put back never moves what is remembered: the moments stay in order. Of very
    many changes the oldest are forgotten.
    """
    known = before.formerly
    was = Formerly(from_ms, before.name, before.kind, before.units, before.group)
    if (was.name, was.kind, was.units, was.group) != (
        after.name,
        after.kind,
        after.units,
        after.group,
    ):
        last_ms = known[-1].until_ms if known else from_ms
        known = (*known, replace(was, until_ms=max(from_ms, last_ms)))[-MOST_FORMERLY:]
    return replace(after, formerly=known)


def left_out_reason(person: Person, day: str) -> StandingKind | None:
    """Why ``person`` is not expected on an ISO date, or None when expected."""
    for standing in person.standings:
        if standing.holds_on(day):
            return standing.kind
    return None


def expected_on(
    people: tuple[Person, ...], day: str
) -> tuple[tuple[PersonId, ...], tuple[tuple[PersonId, StandingKind], ...]]:
    """Split the roster into those expected and those left out with the reason.

    This is what a session freezes at its opening; turnout is computed from the
    frozen list only, never from a later roster (domain i-4).
    """
    expected: list[PersonId] = []
    left_out: list[tuple[PersonId, StandingKind]] = []
    for person in people:
        if not person.active or person.kind is PersonKind.VILLAGER:
            continue
        reason = left_out_reason(person, day)
        if reason is None:
            expected.append(person.id)
        else:
            left_out.append((person.id, reason))
    return tuple(expected), tuple(left_out)


_MOBILE_DIGITS = 11


def mask_phone(number: str) -> str:
    """Show a mobile number as 138****6217; anything shorter is hidden but for its last two."""
    digits = number.strip()
    if len(digits) >= _MOBILE_DIGITS:
        return digits[:3] + "*" * (len(digits) - 7) + digits[-4:]
    return "*" * max(len(digits) - 2, 0) + digits[-2:]
