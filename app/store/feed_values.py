"""What of a feed row's body is searched by: the columns of its table, read from its value."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, bindparam, select

from app.areas.catalogue.kinds import CATALOGUE_KINDS, value_type
from app.areas.courses.course import Course
from app.areas.people.person import OrgUnit, Person, Site
from app.areas.sessions.session import PlanEntry
from app.domain import bounds
from app.domain.errors import BadInput
from app.domain.policy import Policy
from app.domain.resolution import Resolution
from app.domain.written_forms import code_form, code_without_zeros, match_form
from app.names.readings import search_keys
from app.store.prepared import Prepared
from app.store.tables import people
from app.wire.codec import read_row
from app.wire.messages import POLICY, RESOLUTION

_SPELLINGS = Prepared(
    select(people.c.spellings).where(
        people.c.id == bindparam("key"), people.c.name == bindparam("called")
    )
)


def listed_values(kind: str, body: bytes) -> dict[str, object]:
    """The columns of a row of the catalogue.

    Raises:
        BadInput: it cannot be read, or is called by another kind than it is.
    """
    if kind not in CATALOGUE_KINDS:
        raise BadInput("wire.row_unreadable")
    value = read_row(body, value_type(kind))
    return {"name": getattr(value, "name", ""), "about": getattr(value, "person", "")}


def _site_values(_conn: Connection, body: bytes) -> dict[str, object]:
    site = read_row(body, Site)
    return {"name": site.name, "parent": site.parent, "tier": site.tier}


def _unit_values(_conn: Connection, body: bytes) -> dict[str, object]:
    unit = read_row(body, OrgUnit)
    return {"name": unit.name, "kind": unit.kind.value, "parent": unit.parent}


def person_values(conn: Connection, body: bytes) -> dict[str, object]:
    """The columns of somebody's row.

    Raises:
        BadInput: it cannot be read.
    """
    person = read_row(body, Person)
    known = _SPELLINGS.one(conn, {"key": person.id, "called": person.name})
    return {
        "name": person.name,
        "phone_tail": person.phone_tail,
        "card_no": person.card_no,
        "active": int(person.active),
        "spellings": search_keys(person.name) if known is None else known.spellings,
        "called": match_form(person.name),
        "card_form": code_form(person.card_no),
        "card_bare": code_without_zeros(person.card_no) if person.card_no else "",
        "body": body,
    }


def _plan_values(_conn: Connection, body: bytes) -> dict[str, object]:
    plan = read_row(body, PlanEntry)
    if not plan.has_moment:
        raise BadInput("wire.row_unreadable")
    return {
        "day": plan.date,
        "start": plan.start,
        "withdrawn": int(plan.withdrawn),
        "body": body,
    }


def _course_values(_conn: Connection, body: bytes) -> dict[str, object]:
    course = read_row(body, Course)
    if not all(file.is_sound for file in course.files):
        raise BadInput("wire.row_unreadable")
    return {"title": course.title, "withdrawn": int(course.withdrawn), "body": body}


def _policy_values(_conn: Connection, body: bytes) -> dict[str, object]:
    policy = read_row(body, Policy)
    if not policy.is_sound:
        raise BadInput("wire.row_unreadable")
    return {"valid_from": policy.valid_from, "body": body}


def _resolution_values(_conn: Connection, body: bytes) -> dict[str, object]:
    said = read_row(body, Resolution)
    if not all(0 < len(one) <= bounds.ID for one in (said.person, said.session)):
        raise BadInput("wire.row_unreadable")
    return {"session": said.session, "person": said.person}


READERS: dict[str, Callable[[Connection, bytes], dict[str, object]]] = {
    "site": _site_values,
    "org_unit": _unit_values,
    "person": person_values,
    "plan": _plan_values,
    "course": _course_values,
    POLICY: _policy_values,
    RESOLUTION: _resolution_values,
}
SHOWN = {
    "person": ("name", "phone_tail", "card_no", "active"),
    "plan": ("day", "start", "withdrawn"),
    "course": ("title", "withdrawn"),
    POLICY: ("valid_from",),
}
