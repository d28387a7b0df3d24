"""Who is known here: the roster, the index that finds a name, and what is proposed about people.

What a station says of somebody is used at once. A station that has a centre shows it as not
checked yet until the centre has answered; one that stands alone keeps its roster so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from app.areas.people.entry import PersonEntry, checked
from app.areas.people.facts import PersonProposed, PersonResumed, PersonStopped, StandingSet
from app.areas.people.person import Person, Standing
from app.areas.people.views import PersonChange, PersonOpen, RosterView, WholePerson
from app.areas.sessions.verbs import OPERATOR
from app.domain import bounds
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.ids import PersonId
from app.domain.personal import Personal
from app.domain.time import local_date
from app.domain.values import dataclass
from app.names.index import NameIndex
from app.usecases.tools import Tools

if TYPE_CHECKING:
    from pathlib import Path

    from app.rosters.import_plan import Decided, ImportOutcome, ReadFile
    from app.store.reading import StoreReading
    from app.store.work import StoreWork

MOST_SESSIONS = 200
"""So many sessions a person's page tells: years."""
_ISO_DAY = 10


@dataclass(frozen=True, slots=True)
class People:
    """What can be asked and said about who is known here; every change is one unit of work."""

    tools: Tools

    def name_index(self) -> NameIndex:
        """The index over everyone known here."""
        return self.tools.store.name_index()

    def all(self) -> tuple[Person, ...]:
        """Active people by name."""
        with self.tools.store.read() as reading:
            return reading.people()

    def roster(self, *, with_stopped: bool = False) -> RosterView:
        """Everybody, with what is not checked by the centre yet."""
        with self.tools.store.read() as reading:
            return RosterView(
                people=reading.people() + (reading.stopped_people() if with_stopped else ()),
                branches=reading.branch_names(),
                unchecked=reading.unchecked() if self.tools.site is not None else frozenset(),
                alone=self.tools.site is None,
            )

    def whole(self, person: PersonId) -> WholePerson:
        """All that is known here of one person; NotFound: nobody knows them."""
        with self.tools.store.read() as reading:
            return whole_person(reading, person, alone=self.tools.site is None)

    def add(self, entry: PersonEntry, *, not_people: Collection[PersonId] = ()) -> Person:
        """Take somebody into the roster here; the centre is asked with the next exchange.

        Raises:
            NotPossibleNow: somebody of that name is here already, other than ``not_people``.
        """
        told = checked(entry)
        if not told.get("name"):
            raise BadInput("refusal.needs_name")
        with self.tools.store.begin() as work:
            alike = [one for one in work.people_called(told["name"]) if one.id not in not_people]
            if alike:
                names = "、".join(_called(one) for one in alike)
                raise NotPossibleNow("refusal.person_known", names=names)
            return self._propose(work, PersonId(self.tools.new_id("p")), told)

    def correct(self, person: PersonId, changes: Mapping[str, str]) -> Person:
        """Say what is right about somebody: the named fields hold from here on."""
        told = checked(PersonEntry(**changes), said=tuple(changes))
        if "name" in told and not told["name"]:
            raise BadInput("refusal.needs_name")
        with self.tools.store.begin() as work:
            _known(work, person)
            return self._propose(work, person, told)

    def take_in(self, changes: Iterable[PersonChange]) -> int:
        """A whole sheet in one unit of work; how many people it changes."""
        count = 0
        with self.tools.store.begin() as work:
            for one in changes:
                count += 1
                if one.says:
                    told = checked(PersonEntry(**one.says), said=tuple(one.says))
                    self._propose(work, one.person, told)
                for standing in one.standings:
                    work.record(_standing_fact(one.person, standing), actor=OPERATOR)
                if one.stopped is not None:
                    fact = PersonStopped if one.stopped else PersonResumed
                    work.record(fact(one.person), actor=OPERATOR)
        return count

    def read_sheet(self, path: Path) -> ReadFile:
        """Any thread: what a spreadsheet holds.

        Raises:
            BadInput: the file is no roster.
        """
        from app.areas.people.importing import read_file  # opens spreadsheets: seldom wanted

        return read_file(path)

    def take_sheet(
        self, sheet: ReadFile, decided: Decided | None = None, *, apply: bool = False
    ) -> ImportOutcome:
        """What a spreadsheet makes of the roster here, and, if it is meant, do it.

        Raises:
            BadInput: it is meant while rows are wrong or in question.
        """
        from app.areas.people.importing import import_read

        return import_read(self, sheet, decided, apply=apply)

    def stop(self, person: PersonId, reason: str) -> Person:
        """Somebody is in no list any more (moved away, died, left)."""
        reason = bounds.line(reason, bounds.REASON)
        if not reason:
            raise BadInput("refusal.needs_reason")
        with self.tools.store.begin() as work:
            if not _known(work, person).active:
                raise NotPossibleNow("refusal.person_stopped")
            work.record(PersonStopped(person), actor=OPERATOR, personal=Personal(reason=reason))
            return _known(work, person)

    def resume(self, person: PersonId) -> Person:
        """Take a stop back."""
        with self.tools.store.begin() as work:
            if _known(work, person).active:
                raise NotPossibleNow("refusal.person_active")
            work.record(PersonResumed(person), actor=OPERATOR)
            return _known(work, person)

    def set_standing(self, person: PersonId, standing: Standing, reason: str = "") -> Person:
        """Why somebody need not come; ``until`` before ``since`` ends it."""
        reason = bounds.line(reason, bounds.REASON)
        for day in (standing.since, standing.until or ""):
            if day and not _is_day(day):
                raise BadInput("refusal.bad_day")
        with self.tools.store.begin() as work:
            _known(work, person)
            if standing.contact is not None:
                _known(work, standing.contact)
            work.record(
                _standing_fact(person, standing),
                actor=OPERATOR,
                personal=Personal(reason=reason) or None,
            )
            return _known(work, person)

    def end_standing(self, person: PersonId, standing: Standing) -> Person:
        """It holds no more from today on."""
        today = local_date(self.tools.clock.now().wall_ms).isoformat()
        over = Standing(standing.kind, since=today, until="0001-01-01")
        return self.set_standing(person, over)

    def _propose(self, work: StoreWork, person: PersonId, told: Mapping[str, Any]) -> Person:
        says = tuple(told)
        work.record(PersonProposed(person, says), actor=OPERATOR, personal=Personal(**told))
        return _known(work, person)


def whole_person(reading: StoreReading, person: PersonId, *, alone: bool) -> WholePerson:
    """Everything a reading has of one person."""
    known = reading.person(person)
    if known is None:
        raise NotFound("refusal.no_person")
    said = reading.proposals(person)
    open_words = () if alone else reading.unanswered(person)
    contacts = {one.contact for one in known.standings if one.contact is not None}
    return WholePerson(
        person=known,
        branch=next(
            (name for unit, name in reading.branch_names().items() if unit in known.units), ""
        ),
        sessions=reading.attended(person, MOST_SESSIONS),
        words=tuple(
            PersonOpen(one.kind, one.at_ms, one.said, one.reason, one in open_words, one.standing)
            for one in said
        ),
        contacts={one: reading.name_of(one) for one in contacts},
    )


def _standing_fact(person: PersonId, one: Standing) -> StandingSet:
    return StandingSet(person, one.kind, one.since, one.until, one.needs_visit, one.contact)


def _known(reading: StoreReading, person: PersonId) -> Person:
    known = reading.person(person)
    if known is None:
        raise NotFound("refusal.no_person")
    return known


def _called(one: Person) -> str:
    return f"{one.name} ({one.phone_tail})" if one.phone_tail else one.name


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == _ISO_DAY
