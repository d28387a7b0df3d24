"""Questions about the roster: people, their units, their numbers and cards."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, bindparam, func, select

from app.areas.people.person import OrgUnit, Person, PersonKind, UnitKind
from app.areas.people.proposals import Proposal
from app.areas.people.record import PROPOSALS_TABLE, proposal_of_row
from app.domain.errors import BadInput
from app.domain.ids import (
    OrgUnitId,
    PersonId,
)
from app.domain.written_forms import code_form, code_without_zeros, match_form
from app.names.index import Entry, NameIndex
from app.store.area_rows import AreaRows
from app.store.own_people import OWN, unanswered
from app.store.prepared import Prepared
from app.store.tables import (
    memberships,
    org_units,
    people,
    sites,
)
from app.wire.codec import read_row

_BODY = Prepared(select(people.c.body).where(people.c.id == bindparam("who")))


_EVERYONE = Prepared(
    select(people.c.id, people.c.body)
    .where(people.c.active == 1)
    .order_by(people.c.name, people.c.id)
)


_STOPPED = Prepared(
    select(people.c.id, people.c.body)
    .where(people.c.active == 0)
    .order_by(people.c.name, people.c.id)
)


_SEARCHED = Prepared(
    select(people.c.id, people.c.name, people.c.spellings, people.c.phone_tail, people.c.called)
    .where(people.c.active == 1)
    .order_by(people.c.name, people.c.id)
)


class PeopleRows(AreaRows):
    """The part of a reading that looks at people and units."""

    def person_of_body(self, person: str, body: bytes) -> Person:
        """A roster row's value; an unreadable one still stands under its id."""
        try:
            return read_row(body, Person)
        except BadInput:
            return unknown_person(person)

    def person(self, person: PersonId) -> Person | None:
        """One person of the roster."""
        row = _BODY.one(self.conn, {"who": person})
        return None if row is None else self.person_of_body(person, row.body)

    def people(self, units: Sequence[str] = ()) -> tuple[Person, ...]:
        """Active people (of the given units, or all) by name."""
        if not units:
            return tuple(self.person_of_body(*row) for row in _EVERYONE.run(self.conn, {}))
        of_units = select(memberships.c.person).where(memberships.c.unit.in_(list(units)))
        rows = self.conn.execute(
            select(people.c.id, people.c.body)
            .where(people.c.active == 1, people.c.id.in_(of_units))
            .order_by(people.c.name, people.c.id)
        )
        return tuple(self.person_of_body(row.id, row.body) for row in rows)

    def stopped_people(self) -> tuple[Person, ...]:
        """Who is in no list any more, by name."""
        return tuple(self.person_of_body(*row) for row in _STOPPED.run(self.conn, {}))

    def proposals(self, person: PersonId) -> tuple[Proposal, ...]:
        """What this site's stations say of somebody, in order."""
        return tuple(proposal_of_row(row) for row in self.rows(PROPOSALS_TABLE, person=person))

    def unanswered(self, person: PersonId) -> tuple[Proposal, ...]:
        """What of it the centre has not answered."""
        return tuple(unanswered(self.conn, list(self.proposals(person))))

    def unchecked(self) -> frozenset[PersonId]:
        """Who stands here as this station says, and not as the centre does."""
        rows = self.conn.execute(
            select(people.c.id).where(people.c.scope == OWN, people.c.active == 1)
        )
        return frozenset(PersonId(row.id) for row in rows)

    def people_by_tail(self, tail: str) -> tuple[PersonId, ...]:
        """Active people whose phone ends so."""
        rows = self.conn.execute(
            select(people.c.id)
            .where(people.c.phone_tail == tail, people.c.active == 1)
            .order_by(people.c.name, people.c.id)
        )
        return tuple(PersonId(row.id) for row in rows)

    def people_by_card(self, card_no: str) -> tuple[PersonId, ...]:
        """Active people with that card, as it is equal to the eye; if none, with its number
        whose leading zeros a spreadsheet lost."""
        form = code_form(card_no)
        if not form:
            return ()
        found = self._with_card(people.c.card_form == form)
        return found or self._with_card(people.c.card_bare == code_without_zeros(form))

    def _with_card(self, fits: ColumnElement[bool]) -> tuple[PersonId, ...]:
        rows = self.conn.execute(
            select(people.c.id).where(fits, people.c.active == 1).order_by(people.c.name)
        )
        return tuple(PersonId(row.id) for row in rows)

    def people_called(self, name: str) -> tuple[Person, ...]:
        """Everyone of the roster of that name as it is equal to the eye, inactive people too."""
        rows = self.conn.execute(
            select(people.c.id, people.c.body)
            .where(people.c.called == match_form(name))
            .order_by(people.c.name, people.c.id)
        )
        return tuple(self.person_of_body(row.id, row.body) for row in rows)

    def name_index(self) -> NameIndex:
        """Built anew at each call; the store keeps one and asks again when the roster changes."""
        everyone = (Entry(*row) for row in _SEARCHED.run(self.conn, {}))
        return NameIndex(everyone, in_order=True)

    def branch_names(self) -> dict[str, str]:
        """Unit id → name."""
        return self.cache.branches(self.conn)

    def units(self) -> tuple[OrgUnit, ...]:
        """The units of this site; one of a kind not known here is left out."""
        rows = self.conn.execute(select(org_units).order_by(org_units.c.name, org_units.c.id))
        kinds = {one.value for one in UnitKind}
        return tuple(
            OrgUnit(
                OrgUnitId(row.id),
                row.name,
                UnitKind(row.kind),
                None if row.parent is None else OrgUnitId(row.parent),
            )
            for row in rows
            if row.kind in kinds
        )

    def site_name(self) -> str:
        """This site's name, or empty before the first feed."""
        row = self.conn.execute(select(sites.c.name).order_by(sites.c.rev.desc())).first()
        return "" if row is None else str(row.name)

    def township(self) -> str:
        """The id of the site this one lies under; empty for none."""
        row = self.conn.execute(select(sites.c.parent).order_by(sites.c.rev.desc())).first()
        return "" if row is None else str(row.parent or "")

    def roster_size(self) -> int:
        """Active people known here."""
        return int(
            self.conn.execute(
                select(func.count()).select_from(people).where(people.c.active == 1)
            ).scalar_one()
        )


def unknown_person(person: str, name: str = "") -> Person:
    """Stand-in for someone whose roster row is gone; the record still names the id."""
    return Person(id=PersonId(person), name=name or person, kind=PersonKind.VILLAGER, active=False)
