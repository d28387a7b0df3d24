"""Applying pages of the centre's feeds: each page with its cursor in one transaction.

Kinds not known here are kept for a later version of the program, and a row that can't
be read is put aside; neither stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Table, bindparam, delete, insert, select

from app.domain.courses import Course
from app.domain.errors import BadInput
from app.domain.people import OrgUnit, Person, Site
from app.domain.sessions import PlanEntry
from app.names.readings import search_keys
from app.store.prepared import Prepared
from app.store.tables import (
    courses,
    feed_cursors,
    kept_rows,
    memberships,
    org_units,
    people,
    plans,
    sites,
)
from app.wire.codec import read_row
from app.wire.messages import FeedPage, FeedRow

_TABLES: dict[str, Table] = {
    "site": sites,
    "org_unit": org_units,
    "person": people,
    "plan": plans,
    "course": courses,
}
_PUT = {kind: Prepared.putting(table, table.c.keys()) for kind, table in _TABLES.items()}
_DROP = {
    kind: Prepared(delete(table).where(table.c.id == bindparam("key")))
    for kind, table in _TABLES.items()
}
_KEEP = Prepared.putting(kept_rows, kept_rows.c.keys())
_CURSORS = Prepared(select(feed_cursors))
_MOVE_CURSOR = Prepared.putting(feed_cursors, feed_cursors.c.keys())
_SPELLINGS = Prepared(
    select(people.c.spellings).where(
        people.c.id == bindparam("key"), people.c.name == bindparam("called")
    )
)
_LEAVE_UNITS = Prepared(delete(memberships).where(memberships.c.person == bindparam("key")))
_JOIN_UNIT = Prepared(insert(memberships), memberships.c.keys())


def read_cursors(conn: Connection, scopes: tuple[str, ...]) -> dict[str, int]:
    """The last revision held of each scope, 0 for none."""
    held = {row.scope: row.rev for row in _CURSORS.all(conn, {})}
    return {scope: held.get(scope, 0) for scope in scopes}


def apply_page(conn: Connection, page: FeedPage) -> tuple[str, ...]:
    """Apply one page and move its cursor; returns the kinds of rows that were put aside."""
    if page.reset:
        _forget_scope(conn, page.scope)
    aside: list[str] = []
    for row in page.rows:
        if not _apply_row(conn, page.scope, row):
            aside.append(row.kind)
            _keep_row(conn, page.scope, row)
    _MOVE_CURSOR.run(conn, {"scope": page.scope, "rev": page.to_rev})
    return tuple(aside)


def _apply_row(conn: Connection, scope: str, row: FeedRow) -> bool:
    if row.kind not in _TABLES:
        return False
    if row.body is None:
        _DROP[row.kind].run(conn, {"key": row.key})
        return True
    try:
        values = _READERS[row.kind](conn, row.body)
    except BadInput:
        return False
    _PUT[row.kind].run(conn, values | {"id": row.key, "scope": scope, "rev": row.rev})
    if row.kind == "person":
        _write_memberships(conn, row.key, read_row(row.body, Person))
    return True


def _keep_row(conn: Connection, scope: str, row: FeedRow) -> None:
    _KEEP.run(
        conn,
        {"scope": scope, "kind": row.kind, "key": row.key, "rev": row.rev, "body": row.body},
    )


def _forget_scope(conn: Connection, scope: str) -> None:
    for table in (*_TABLES.values(), kept_rows):
        conn.execute(delete(table).where(table.c.scope == scope))


def _write_memberships(conn: Connection, key: str, person: Person) -> None:
    _LEAVE_UNITS.run(conn, {"key": key})
    _JOIN_UNIT.run_many(
        conn, [{"person": key, "unit": unit} for unit in dict.fromkeys(person.units)]
    )


def _site_values(_conn: Connection, body: bytes) -> dict[str, object]:
    site = read_row(body, Site)
    return {"name": site.name, "parent": site.parent, "tier": site.tier}


def _unit_values(_conn: Connection, body: bytes) -> dict[str, object]:
    unit = read_row(body, OrgUnit)
    return {"name": unit.name, "kind": unit.kind.value, "parent": unit.parent}


def _person_values(conn: Connection, body: bytes) -> dict[str, object]:
    person = read_row(body, Person)
    known = _SPELLINGS.one(conn, {"key": person.id, "called": person.name})
    return {
        "name": person.name,
        "phone_tail": person.phone_tail,
        "card_no": person.card_no,
        "active": int(person.active),
        "spellings": search_keys(person.name) if known is None else known.spellings,
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


_READERS: dict[str, Callable[[Connection, bytes], dict[str, object]]] = {
    "site": _site_values,
    "org_unit": _unit_values,
    "person": _person_values,
    "plan": _plan_values,
    "course": _course_values,
}
