"""Questions about what came down the feeds: people, units, plan, courses."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from app.areas.courses.course import Course
from app.areas.people.person import Person
from app.areas.sessions.session import PlanEntry, Session
from app.domain.errors import BadInput
from app.domain.ids import CourseId, PersonId, PlanId
from app.domain.written_forms import code_form, code_without_zeros, match_form
from app.names.index import Entry, NameIndex
from app.store.prepared import Prepared
from app.store.projected_tables import sessions
from app.store.rows import session_of, unknown_person
from app.store.tables import courses, memberships, org_units, people, plans, sites
from app.wire.codec import read_row

_BODY = Prepared(select(people.c.body).where(people.c.id == bindparam("who")))
_EVERYONE = Prepared(
    select(people.c.id, people.c.body)
    .where(people.c.active == 1)
    .order_by(people.c.name, people.c.id)
)
_SEARCHED = Prepared(
    select(people.c.id, people.c.name, people.c.spellings, people.c.phone_tail, people.c.called)
    .where(people.c.active == 1)
    .order_by(people.c.name, people.c.id)
)
_UNIT_NAMES = Prepared(select(org_units.c.id, org_units.c.name))

_PLAN = Prepared(select(plans.c.body).where(plans.c.id == bindparam("plan")))
_PLANS = Prepared(
    select(plans.c.body)
    .where(
        plans.c.day.between(bindparam("first"), bindparam("last")),
        plans.c.withdrawn == 0,
        plans.c.id.not_in(select(sessions.c.plan).where(sessions.c.plan.is_not(None))),
    )
    .order_by(plans.c.day, plans.c.start, plans.c.id)
)
_COURSE = Prepared(select(courses.c.body).where(courses.c.id == bindparam("course")))


class RosterRows:
    """The part of a reading that looks at rows from the feeds."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn

    def person_of_body(self, person: str, body: bytes) -> Person:
        """A roster row's value; an unreadable one still stands under its id."""
        try:
            return read_row(body, Person)
        except BadInput:
            return unknown_person(person)

    def person(self, person: PersonId) -> Person | None:
        row = _BODY.one(self.conn, {"who": person})
        return None if row is None else self.person_of_body(person, row.body)

    def people(self, units: Sequence[str] = ()) -> tuple[Person, ...]:
        if not units:
            return tuple(self.person_of_body(*row) for row in _EVERYONE.run(self.conn, {}))
        of_units = select(memberships.c.person).where(memberships.c.unit.in_(list(units)))
        rows = self.conn.execute(
            select(people.c.id, people.c.body)
            .where(people.c.active == 1, people.c.id.in_(of_units))
            .order_by(people.c.name, people.c.id)
        )
        return tuple(self.person_of_body(row.id, row.body) for row in rows)

    def people_by_tail(self, tail: str) -> tuple[PersonId, ...]:
        rows = self.conn.execute(
            select(people.c.id)
            .where(people.c.phone_tail == tail, people.c.active == 1)
            .order_by(people.c.name, people.c.id)
        )
        return tuple(PersonId(row.id) for row in rows)

    def people_by_card(self, card_no: str) -> tuple[PersonId, ...]:
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
        return {row.id: row.name for row in _UNIT_NAMES.all(self.conn, {})}

    def site_name(self) -> str:
        row = self.conn.execute(select(sites.c.name).order_by(sites.c.rev.desc())).first()
        return "" if row is None else str(row.name)

    def plan(self, plan: PlanId) -> PlanEntry | None:
        row = _PLAN.one(self.conn, {"plan": plan})
        return None if row is None else read_row(row.body, PlanEntry)

    def same_plan(self, plan: str) -> tuple[Session, ...]:
        rows = self.conn.execute(select(sessions).where(sessions.c.plan == plan))
        return tuple(session_of(row) for row in rows)

    def plans(self, first_day: str, last_day: str) -> tuple[PlanEntry, ...]:
        rows = _PLANS.all(self.conn, {"first": first_day, "last": last_day})
        return tuple(read_row(row.body, PlanEntry) for row in rows)

    def courses(self) -> tuple[Course, ...]:
        rows = self.conn.execute(select(courses.c.body).order_by(courses.c.title, courses.c.id))
        return tuple(read_row(row.body, Course) for row in rows)

    def newest_courses(self) -> tuple[Course, ...]:
        rows = self.conn.execute(
            select(courses.c.body).order_by(courses.c.rev.desc(), courses.c.id)
        )
        return tuple(read_row(row.body, Course) for row in rows)

    def course(self, course: CourseId) -> Course | None:
        row = _COURSE.one(self.conn, {"course": course})
        return None if row is None else read_row(row.body, Course)

    def roster_size(self) -> int:
        """Active people known here."""
        return int(
            self.conn.execute(
                select(func.count()).select_from(people).where(people.c.active == 1)
            ).scalar_one()
        )
