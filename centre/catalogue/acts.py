"""Changing the catalogue: each act is published, written down for undo, and told in the ledger.

Rows are kept where stations read them, in the feed of the county or of a site; a class stays at
home with everybody who is in it, and each site's feed gets the part that concerns it. What is
stopped keeps its row, so that old records name it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from app.areas.catalogue.values import Route
from app.domain.errors import BadInput, NotFound
from app.domain.ids import id_from_random
from app.domain.time import local_date
from app.domain.values import dataclass
from app.domain.written_forms import match_form
from app.wire.codec import read_row, write_row
from app.wire.messages import MAX_DECISION_BYTES, Decision
from centre.catalogue.acts_kept import RowBefore, keep_act
from centre.catalogue.classes import publish_class
from centre.catalogue.fields import FieldType, RowKind, row_kind
from centre.catalogue.names import NameBook
from centre.catalogue.rows import (
    AT_HOME,
    ListedRow,
    one_row,
    rows_of,
    scope_of,
    shown_name,
    told_apart,
)
from centre.catalogue.texts import read_field, rule_of
from centre.decisions import ledger
from centre.decisions.ledger import EVERYWHERE, Kind, decide
from centre.feeds.publishing import Row, publish
from centre.service import Centre

_MOST_DECIDED = 40
"""An act on more rows is one entry of the ledger: after a restored backup it is done again, from
its file. Stations keep the newest 2,000 decisions, and those about stations must not be lost."""
_MOST_BODY = 1 << 18
_ROOM = 200
"""Bytes of a decision beside the row."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after; ``before`` is None for a new one, ``after`` for one taken back."""

    kind: str
    scope: str
    id: str
    before: Any
    after: Any

    @property
    def name(self) -> str:
        """What it is called."""
        return shown_name(row_kind(self.kind), self.after or self.before)


def add_row(
    centre: Centre,
    kind: str,
    written: Mapping[str, str],
    *,
    site: str = "",
    township: str = "",
    by: str = "",
) -> ListedRow:
    """Add a row; ``written`` are texts by field. Of a site (id or name), or of the whole county.

    Raises:
        NotFound: there is no such kind or site.
        BadInput: a field can't be read, or there is such a row already.
    """
    declared = row_kind(kind)
    with centre.store.writing() as tx:
        lock_catalogue(tx)
        scope = scope_of(tx, declared, site, township)
        values = read_fields(declared, written, book_of(centre, tx))
        for one in declared.fields:
            if one.required and one.name not in values:
                raise BadInput("centre.field_missing", field=one.name)
        if declared.makes_ids:
            values["id"] = new_row_id(declared)
        value = of_site(declared.value(**values), scope)
        refuse_double(declared, value, rows_of(tx, kind, (scope,)))
        change = RowChange(kind, scope, value.id, None, value)
        carry_out(tx, centre, "add", (change,), about=change.name, by=by)
    return ListedRow(kind, scope, value.id, value)


def change_row(
    centre: Centre,
    kind: str,
    name: str,
    written: Mapping[str, str],
    *,
    site: str = "",
    township: str = "",
    by: str = "",
) -> RowChange:
    """Change fields of a row, found by id or name, as they are ``written``.

    Raises:
        NotFound: there is no such kind, site or row.
        BadInput: a field can't be read, or another row is called so.
    """
    declared = row_kind(kind)

    def turned(tx: Connection, value: Any) -> Any:
        return replace(value, **read_fields(declared, written, book_of(centre, tx)))

    return turn_row(centre, kind, name, turned, site=site, township=township, by=by)


def turn_row(
    centre: Centre,
    kind: str,
    name: str,
    turned: Callable[[Connection, Any], Any],
    *,
    site: str = "",
    township: str = "",
    by: str = "",
) -> RowChange:
    """Change a row, found by id or name, to what ``turned`` makes of it.

    Raises:
        NotFound: there is no such kind, site or row.
        BadInput: another row is called so.
    """
    declared = row_kind(kind)
    with centre.store.writing() as tx:
        lock_catalogue(tx)
        found = find_row(tx, kind, name, site, township)
        value = settled(found.value, turned(tx, found.value))
        others = [one for one in rows_of(tx, kind, (found.scope,)) if one.id != found.id]
        if value.id != found.id:
            raise BadInput("centre.row_id_stays", name=found.id)
        refuse_double(declared, value, others)
        change = RowChange(kind, found.scope, found.id, found.value, value)
        if value != found.value:
            carry_out(tx, centre, "change", (change,), about=change.name, by=by)
    return change


def stop_row(
    centre: Centre, kind: str, name: str, *, site: str = "", township: str = "", by: str = ""
) -> ListedRow:
    """Say that a row is not used any more; old records still name it.

    Raises:
        NotFound: there is no such kind, site or row.
        BadInput: it is stopped already.
    """
    with centre.store.writing() as tx:
        lock_catalogue(tx)
        found = find_row(tx, kind, name, site, township)
        if found.value.stopped:
            raise BadInput("centre.row_stopped_already", name=found.name)
        change = RowChange(
            kind, found.scope, found.id, found.value, replace(found.value, stopped=True)
        )
        carry_out(tx, centre, "stop", (change,), about=change.name, by=by)
    return replace(found, value=change.after)


def find_row(tx: Connection, kind: str, name: str, site: str = "", township: str = "") -> ListedRow:
    """The row with this id or name, of a site or of whichever has it.

    Raises:
        NotFound: there is none.
        BadInput: several are called so.
    """
    declared = row_kind(kind)
    scopes = (scope_of(tx, declared, site, township),) if site or township else ()
    known = rows_of(tx, kind, scopes)
    form = match_form(name)
    found = [one for one in known if one.id == name] or [
        one
        for one in known
        if form in (match_form(one.name), match_form(shown_name(declared, one.value)))
    ]
    going = [one for one in found if not one.value.stopped] or found
    if not going:
        raise NotFound("centre.no_row", name=name)
    if len(going) > 1:
        told = "、".join(f"{shown_name(declared, one.value)}({one.id})" for one in going[:6])
        raise BadInput("centre.many_rows", name=name, rows=told)
    return going[0]


def read_fields(kind: RowKind, written: Mapping[str, str], book: NameBook) -> dict[str, Any]:
    """The values of fields that were written as texts.

    Raises:
        BadInput: one can't be read.
    """
    found: dict[str, Any] = {}
    for name, text in written.items():
        field = kind.field(name)
        found[name] = read_field(kind, field, text, book)
        if field.type is FieldType.LESSONS:
            found["rule"] = rule_of(text, book)
    return found


def of_site(value: Any, scope: str) -> Any:
    """A row that says itself of which site it is, with the site of its scope."""
    its = hasattr(value, "site")
    return (
        replace(value, site=scope.removeprefix("site:") if scope.startswith("site:") else "")
        if its
        else value
    )


def settled(before: Any, after: Any) -> Any:
    """A changed row whose stops keep their ids: of the same name, else in the same place."""
    if before is None or not isinstance(after, Route):
        return after
    old = {match_form(one.name): one.id for one in before.stops}
    new = {match_form(one.name) for one in after.stops}
    fresh = max((int(one.id) for one in before.stops if one.id.isdigit()), default=0)
    stops = []
    for place, one in enumerate(after.stops):
        key = old.get(match_form(one.name))
        if key is None and place < len(before.stops):
            there = before.stops[place]
            key = there.id if match_form(there.name) not in new else None
        if key is None:
            fresh += 1
            key = str(fresh)
        stops.append(replace(one, id=key))
    return replace(after, stops=tuple(stops))


def book_of(centre: Centre, tx: Connection) -> NameBook:
    """Names by this transaction, and today's date."""
    return NameBook(tx, local_date(centre.now_ms()))


def new_row_id(kind: RowKind) -> str:
    """A new row's id."""
    return id_from_random(kind.prefix, secrets.token_bytes(6))


def refuse_double(kind: RowKind, value: Any, others: Sequence[ListedRow]) -> None:
    """Refuse a row that can't be told from another one.

    Raises:
        BadInput: there is one.
    """
    mine = told_apart(kind, value)
    for other in others:
        if told_apart(kind, other.value) == mine:
            key = "centre.row_there_stopped" if other.value.stopped else "centre.row_there"
            raise BadInput(key, name=shown_name(kind, value), id=other.id)


def carry_out(
    tx: Connection,
    centre: Centre,
    act: str,
    changes: Sequence[RowChange],
    *,
    about: str,
    by: str = "",
) -> int:
    """Publish changes, keep what was before, and write the decisions; the number of the act."""
    _publish(tx, [(one.kind, one.scope, one.id, one.after) for one in changes])
    before = [RowBefore(one.kind, one.scope, one.id, _body(one.before)) for one in changes]
    number = keep_act(tx, act, about, by, before, centre.now_ms())
    few = [one for one in changes if _fits(one)] if len(changes) <= _MOST_DECIDED else []
    for one in few:
        site = one.scope.removeprefix("site:") if one.scope.startswith("site:") else EVERYWHERE
        told = {} if one.after is None else {"row": write_row(one.after).decode()}
        decide(tx, centre, Kind.CATALOGUE, _about(one), site=site, values=told)
    if len(few) < len(changes):
        left = {"rows": str(len(changes) - len(few)), "about": about[:_ROOM]}
        decide(tx, centre, Kind.CATALOGUE, f"act@{number}", values=left)
    return number


def decide_again(tx: Connection, decision: Decision) -> bool:
    """Carry out the newest word about a row once more; False when a person has to do it."""
    parts = decision.about.split("@", 2)
    if len(parts) != 3:
        return False
    kind, scope, key = parts
    last = ledger.newest(tx, decision.about, (Kind.CATALOGUE,)) or decision
    told = last.values.get("row")
    try:
        value = None if told is None else read_row(told.encode(), row_kind(kind).value)
    except (BadInput, NotFound):
        return False
    _publish(tx, [(kind, scope, key, value)])
    return True


def _about(change: RowChange) -> str:
    return f"{change.kind}@{change.scope}@{change.id}"


def _fits(change: RowChange) -> bool:
    body = _body(change.after) or b""
    return len(body) + len(_about(change)) + _ROOM + body.count(b'"') <= MAX_DECISION_BYTES


def _body(value: Any) -> bytes | None:
    return None if value is None else write_row(value)


def lock_catalogue(tx: Connection) -> None:
    """Let other acts on the catalogue wait until this transaction ends."""
    publish(tx, AT_HOME, ())


def _publish(tx: Connection, changed: Sequence[tuple[str, str, str, Any]]) -> None:
    rows: dict[str, list[Row]] = {}
    for kind, scope, key, value in changed:
        body = _body(value)
        if body is not None and len(body) > _MOST_BODY:
            raise BadInput("centre.row_large", kilobytes=_MOST_BODY >> 10)
        if row_kind(kind).kept_here:
            was = one_row(tx, kind, scope, key)
            publish_class(tx, key, None if was is None else was.value, value)
        rows.setdefault(scope, []).append(Row(kind, key, body))
    for scope in sorted(rows):
        publish(tx, scope, rows[scope])
