"""What an import changes, told person by person: who, which field, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.areas.people.person import mask_phone
from app.domain.values import dataclass
from app.domain.written_forms import match_form
from app.rosters.roster_person import RosterPerson


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, as it was and as it is; telephones are masked, identity numbers never shown."""

    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """One person by name and branch; ``id`` is empty while they are only proposed."""

    name: str
    id: str
    branch: str
    phone: str = ""
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who changes branch."""

    name: str
    id: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class PeopleChanges:
    """Everybody whom an import touches; somebody may be in several of these."""

    added: tuple[ToldPerson, ...] = ()
    changed: tuple[ToldPerson, ...] = ()
    moved: tuple[Moved, ...] = ()
    stopped: tuple[ToldPerson, ...] = ()
    returned: tuple[ToldPerson, ...] = ()
    renamed_ids: frozenset[str] = frozenset()

    @property
    def asked_again(self) -> int:
        """How many are stopped or called otherwise: beyond a limit that is asked again."""
        return len({one.id for one in self.stopped} | self.renamed_ids)


def tell_changes(
    before: Mapping[str, RosterPerson],
    after: Iterable[RosterPerson],
    branches: Mapping[str, str],
    *,
    applied: bool,
) -> PeopleChanges:
    """Hold rows as they become against rows as they were; ``branches`` are names by id."""
    added, changed, moved, stopped, returned = [], [], [], [], []
    renamed = set()
    for one in after:
        was = before.get(one.person.id)
        branch = branches.get(one.unit, "")
        told = ToldPerson(one.person.name, one.person.id, branch, mask_phone(one.phone))
        if was is None:
            new = ToldPerson(told.name, told.id if applied else "", branch, told.phone)
            added.append(new)
            continue
        fields = _fields(was, one)
        if fields:
            changed.append(ToldPerson(told.name, told.id, branch, told.phone, fields))
        if was.unit != one.unit:
            moved.append(Moved(told.name, told.id, branches.get(was.unit, ""), branch))
        if was.person.active and not one.person.active:
            stopped.append(told)
        if one.person.active and not was.person.active:
            returned.append(told)
        if match_form(was.person.name) != match_form(one.person.name):
            renamed.add(one.person.id)
    return PeopleChanges(
        tuple(added),
        tuple(changed),
        tuple(moved),
        tuple(stopped),
        tuple(returned),
        frozenset(renamed),
    )


def _fields(was: RosterPerson, now: RosterPerson) -> tuple[FieldChange, ...]:
    shown = zip(_shown(was).items(), _shown(now).values(), strict=True)
    told = [FieldChange(name, old, new) for (name, old), new in shown if old != new]
    if was.identity != now.identity:
        told.append(FieldChange("identity", "known" if was.identity else "", "known"))
    if was.phone != now.phone:
        told.append(FieldChange("phone", mask_phone(was.phone), mask_phone(now.phone)))
    return tuple(told)


def _shown(one: RosterPerson) -> dict[str, str]:
    person = one.person
    return {
        "name": person.name,
        "member_no": one.member_no,
        "birth": one.birth,
        "gender": person.gender,
        "kind": person.kind.value,
        "group": person.group,
        "card_no": person.card_no,
        "post": "+".join(person.posts),
        "standing": "+".join(standing.kind.value for standing in person.standings),
    }
