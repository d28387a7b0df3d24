"""Applying pages of the centre's feeds: each page with its cursor in one transaction.

Kinds not known here are kept for a later version of the program, and a row that can't
be read is put aside; neither stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.courses import Course
from app.domain.errors import BadInput
from app.domain.people import OrgUnit, Person, Site
from app.domain.sessions import PlanEntry
from app.names.readings import search_keys
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


def read_cursors(conn: Connection, scopes: tuple[str, ...]) -> dict[str, int]:
    """The last revision held of each scope, 0 for none."""
    held = {row.scope: row.rev for row in conn.execute(select(feed_cursors))}
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
    conn.execute(
        upsert(feed_cursors)
        .values(scope=page.scope, rev=page.to_rev)
        .on_conflict_do_update(index_elements=["scope"], set_={"rev": page.to_rev})
    )
    return tuple(aside)


def _apply_row(conn: Connection, scope: str, row: FeedRow) -> bool:
    table = _TABLES.get(row.kind)
    if table is None:
        return False
    if row.body is None:
        conn.execute(delete(table).where(table.c.id == row.key))
        return True
    try:
        values = _READERS[row.kind](conn, row.body)
    except BadInput:
        return False
    values |= {"id": row.key, "scope": scope, "rev": row.rev}
    conn.execute(
        upsert(table)
        .values(**values)
        .on_conflict_do_update(
            index_elements=["id"], set_={k: v for k, v in values.items() if k != "id"}
        )
    )
    if row.kind == "person":
        _write_memberships(conn, row.key, read_row(row.body, Person))
    return True


def _keep_row(conn: Connection, scope: str, row: FeedRow) -> None:
    values = {"rev": row.rev, "body": row.body}
    conn.execute(
        upsert(kept_rows)
        .values(scope=scope, kind=row.kind, key=row.key, **values)
        .on_conflict_do_update(index_elements=["scope", "kind", "key"], set_=values)
    )


def _forget_scope(conn: Connection, scope: str) -> None:
    for table in (*_TABLES.values(), kept_rows):
        conn.execute(delete(table).where(table.c.scope == scope))


def _write_memberships(conn: Connection, key: str, person: Person) -> None:
    conn.execute(delete(memberships).where(memberships.c.person == key))
    rows = [{"person": key, "unit": unit} for unit in dict.fromkeys(person.units)]
    if rows:
        conn.execute(insert(memberships), rows)


def _site_values(_conn: Connection, body: bytes) -> dict[str, object]:
    site = read_row(body, Site)
    return {"name": site.name, "parent": site.parent, "tier": site.tier}


def _unit_values(_conn: Connection, body: bytes) -> dict[str, object]:
    unit = read_row(body, OrgUnit)
    return {"name": unit.name, "kind": unit.kind.value, "parent": unit.parent}


def _person_values(conn: Connection, body: bytes) -> dict[str, object]:
    person = read_row(body, Person)
    known = conn.execute(
        select(people.c.spellings).where(people.c.id == person.id, people.c.name == person.name)
    ).one_or_none()
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
    return {
        "day": plan.date,
        "start": plan.start,
        "withdrawn": int(plan.withdrawn),
        "body": body,
    }


def _course_values(_conn: Connection, body: bytes) -> dict[str, object]:
    course = read_row(body, Course)
    return {"title": course.title, "withdrawn": int(course.withdrawn), "body": body}


_READERS: dict[str, Callable[[Connection, bytes], dict[str, object]]] = {
    "site": _site_values,
    "org_unit": _unit_values,
    "person": _person_values,
    "plan": _plan_values,
    "course": _course_values,
}
