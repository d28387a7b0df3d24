"""Who a station itself says somebody is: used at once, and until the centre has answered.

The facts of people are folded into ``proposals``; what is not answered lies over the centre's row,
which waits in ``overlaid_people`` meanwhile. An answered word lies over nothing any more.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select

from app.areas.catalogue.values import AnswerState, PersonAlias, ProposalAnswer
from app.areas.people.person import OrgUnit, Person, UnitKind
from app.areas.people.proposals import Proposal, person_with
from app.areas.people.record import PROPOSALS_TABLE, proposal_of_row
from app.domain.errors import BadInput
from app.domain.ids import OrgUnitId
from app.domain.written_forms import match_form, shown_form
from app.store.feed_values import person_values
from app.store.prepared import Prepared
from app.store.projected_tables import table_of
from app.store.tables import catalogue, memberships, org_units, overlaid_people, people
from app.wire.codec import read_row, write_row

OWN = "own"
"""The scope of rows that this station itself says."""
_proposals = table_of(PROPOSALS_TABLE)
_WHO: BindParameter[str] = bindparam("who")
_SAID = Prepared(select(_proposals).where(_proposals.c.person == _WHO).order_by(_proposals.c.place))
_SHOWN = Prepared(select(people).where(people.c.id == _WHO))
_UNDER = Prepared(select(overlaid_people).where(overlaid_people.c.id == _WHO))
_KEEP_UNDER = Prepared.putting(overlaid_people, overlaid_people.c.keys())
_NOTHING_UNDER = Prepared(delete(overlaid_people).where(overlaid_people.c.id == _WHO))
_PUT = Prepared.putting(people, people.c.keys())
_DROP = Prepared(delete(people).where(people.c.id == _WHO))
_LEAVE_UNITS = Prepared(delete(memberships).where(memberships.c.person == _WHO))
_JOIN_UNIT = Prepared(insert(memberships), memberships.c.keys())
_UNITS = Prepared(select(org_units.c.id, org_units.c.name, org_units.c.scope))
_PUT_UNIT = Prepared.putting(org_units, org_units.c.keys())
_LISTED = Prepared(
    select(catalogue.c.body).where(
        catalogue.c.kind == bindparam("kind"), catalogue.c.id == bindparam("key")
    )
)


def put_centre_row(conn: Connection, person: str, scope: str, rev: int, body: bytes) -> None:
    """Keep the centre's row of somebody, under what is said here and not answered, if anything is.

    Raises:
        BadInput: the row cannot be read.
    """
    values = person_values(conn, body)
    _NOTHING_UNDER.run(conn, {"who": person})
    _PUT.run(conn, values | {"id": person, "scope": scope, "rev": rev})
    write_memberships(conn, person, read_row(body, Person))
    show_person(conn, person)


def drop_centre_row(conn: Connection, person: str) -> None:
    """The centre has no row of somebody any more."""
    _NOTHING_UNDER.run(conn, {"who": person})
    _DROP.run(conn, {"who": person})
    show_person(conn, person)


def show_person(conn: Connection, person: str) -> None:
    """Have in ``people`` what holds of somebody here: the centre's row and what lies over it."""
    said = [proposal_of_row(row._asdict()) for row in _SAID.all(conn, {"who": person})]
    shown = _SHOWN.one(conn, {"who": person})
    under = _UNDER.one(conn, {"who": person})
    if not said and under is None and (shown is None or shown.scope != OWN):
        return
    if shown is not None and shown.scope != OWN:
        under = shown
    if _alias_of(conn, person) is not None:
        _DROP.run(conn, {"who": person})
        return
    base = None if under is None else _read(bytes(under.body))
    over, refused = _not_answered(conn, said, has_base=base is not None)
    becomes = person_with(base, over, lambda name: _unit_of(conn, name)) if over else base
    if becomes is None:
        _DROP.run(conn, {"who": person})
    elif not over and under is not None:
        _NOTHING_UNDER.run(conn, {"who": person})
        _put(conn, becomes, under.scope, under.rev, bytes(under.body))
    else:
        if under is not None:
            row = {"id": person, "scope": under.scope, "rev": under.rev}
            _KEEP_UNDER.run(conn, row | {"body": bytes(under.body)})
        if refused and base is None:
            becomes = replace(becomes, active=False)
        _put(conn, becomes, OWN, 0, write_row(becomes))


def unanswered(conn: Connection, said: list[Proposal]) -> list[Proposal]:
    """Those of somebody's words that the centre has not answered."""
    return [one for one in said if _answer_to(conn, one) is None]


def _not_answered(
    conn: Connection, said: list[Proposal], *, has_base: bool
) -> tuple[list[Proposal], bool]:
    """What still lies over the centre's row, and whether the centre wants nothing of somebody.

    Of somebody whose row has not come, what was answered stays, so that records name them.
    """
    answers = [_answer_to(conn, one) for one in said]
    refused = any(one is not None and one.state is AnswerState.REFUSED for one in answers)
    if not has_base:
        return said, refused
    return [one for one, told in zip(said, answers, strict=True) if told is None], refused


def _answer_to(conn: Connection, one: Proposal) -> ProposalAnswer | None:
    row = _LISTED.one(conn, {"kind": "proposal_answer", "key": one.hash})
    return None if row is None else _read_listed(bytes(row.body))


def _read_listed(body: bytes) -> ProposalAnswer | None:
    try:
        return read_row(body, ProposalAnswer)
    except BadInput:
        return None


def _alias_of(conn: Connection, person: str) -> PersonAlias | None:
    row = _LISTED.one(conn, {"kind": "person_alias", "key": person})
    try:
        return None if row is None else read_row(bytes(row.body), PersonAlias)
    except BadInput:
        return None


def _read(body: bytes) -> Person | None:
    try:
        return read_row(body, Person)
    except BadInput:
        return None


def _put(conn: Connection, person: Person, scope: str, rev: int, body: bytes) -> None:
    values = person_values(conn, body)
    _PUT.run(conn, values | {"id": person.id, "scope": scope, "rev": rev})
    write_memberships(conn, person.id, person)


def write_memberships(conn: Connection, key: str, person: Person) -> None:
    """Have exactly the units of a row stand beside it."""
    _LEAVE_UNITS.run(conn, {"who": key})
    _JOIN_UNIT.run_many(
        conn, [{"person": key, "unit": unit} for unit in dict.fromkeys(person.units)]
    )


def _unit_of(conn: Connection, name: str) -> OrgUnitId:
    """The unit of that name; one that only this station knows has an id made of its name."""
    form = match_form(name)
    units = sorted(_UNITS.all(conn, {}), key=lambda row: row.scope == OWN)
    known = next((row.id for row in units if match_form(row.name) == form), None)
    if known is not None:
        return OrgUnitId(known)
    unit = OrgUnitId("u-own-" + hashlib.sha256(form.encode()).hexdigest()[:20])
    called = OrgUnit(unit, shown_form(name), UnitKind.BRANCH)
    row = {"id": unit, "name": called.name, "kind": called.kind.value, "parent": None}
    _PUT_UNIT.run(conn, row | {"scope": OWN, "rev": 0})
    return unit
