"""Taking in the steps of a case: each gets its place once, and what holds goes down the feeds.

A step that is not placed yet is placed behind all others, facts in the order in which they came.
The case's row is locked meanwhile, so that of two who move it at once one comes first for ever.
Which of several that meet came first is a decision, kept by stations for a centre put back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from app.areas.cases.case_kind import CaseKind, Party, Reach
from app.areas.cases.case_row import CaseRow
from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.machine import MOST_STEPS, OPENING, CaseRecord, CaseStep, fold_case
from app.areas.cases.record import CASES
from app.wire.codec import write_row
from centre.decisions.ledger import Kind, decide
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import CATALOGUE, site_scope, township_scope
from centre.service import Centre
from centre.store.decision_tables import case_heads, case_moves, case_orders
from centre.store.insert import insert_new
from centre.store.prepared import Prepared
from centre.store.projection_tables import DISPOSABLE
from centre.store.tables import sites

_STEPS = DISPOSABLE[CASES.name].tables[0]
_OF_FACTS = Prepared(
    select(_STEPS).where(_STEPS.c.case_id == bindparam("of")).order_by(_STEPS.c.arrival)
)
_OF_CENTRE = Prepared(
    select(case_moves)
    .where(case_moves.c.case_id == bindparam("of"))
    .order_by(case_moves.c.at_ms, case_moves.c.id)
)
_PLACED = Prepared(
    select(case_orders.c.step, case_orders.c.place)
    .where(case_orders.c.case_id == bindparam("of"))
    .order_by(case_orders.c.place)
)
_MOST_IN_A_DECISION = 50
"""So many steps fit into one decision; a case that met after more is ordered without one."""


def order_cases(tx: Connection, centre: Centre, cases: Iterable[str]) -> None:
    """Take in what is new of some cases, in the caller's transaction."""
    for case in sorted(cases):
        order_case(tx, centre, case)


def order_case(tx: Connection, centre: Centre, case: str) -> CaseRecord | None:
    """Take in what is new of a case; how it stands now, None while its opening is not here."""
    lock_case(tx, case)
    steps = steps_of(tx, case)
    placed = [str(row.step) for row in _PLACED.all(tx, {"of": case})]
    new = [one for one in steps if one not in set(placed)]
    if new:
        start = _next_place(tx, case)
        rows = [
            {"case_id": case, "place": place, "step": one} for place, one in enumerate(new, start)
        ]
        tx.execute(insert(case_orders), rows)
    ordered = [steps[one] for one in (*placed, *new) if one in steps]
    kind = _kind_of(tx, case, ordered)
    record = None if kind is None else fold_case(case, kind, ordered)
    if kind is None or record is None:
        return None
    _write_head(tx, record)
    _publish(tx, kind, record, ordered)
    if (
        _is_a_meeting(kind, [steps[one] for one in new], ordered)
        and len(ordered) <= _MOST_IN_A_DECISION
    ):
        order = " ".join(one.id[:16] for one in ordered)
        decide(tx, centre, Kind.CASE_ORDER, case, values={"order": order})
    return record


def _is_a_meeting(kind: CaseKind, new: list[CaseStep], ordered: list[CaseStep]) -> bool:
    """Whether which came first must be remembered: two may have made the same move, or opened it."""
    openings = sum(one.move == OPENING for one in ordered)
    return any(one.move in kind.meeting or one.move == OPENING and openings > 1 for one in new)


def lock_case(tx: Connection, case: str) -> None:
    """Take a case for this transaction."""
    empty = {"case_id": case, "kind": "", "site": "", "state": "", "opened_ms": 0, "since_ms": 0}
    insert_new(tx, case_heads, (empty | {"ended": False, "overtaken": False},), key=["case_id"])
    tx.execute(select(case_heads).where(case_heads.c.case_id == case).with_for_update())


def steps_of(tx: Connection, case: str) -> dict[str, CaseStep]:
    """All steps that are here, facts first in the order in which they came; each once."""
    found: dict[str, CaseStep] = {}
    for row in _OF_FACTS.all(tx, {"of": case}):
        found.setdefault(str(row.hash), _step_of_fact(row))
    for row in _OF_CENTRE.all(tx, {"of": case}):
        found[str(row.id)] = _step_of_centre(row)
    return found


def _kind_of(tx: Connection, case: str, ordered: list[CaseStep]) -> CaseKind | None:
    """The kind that its first opening says; None while there is none, or of an unknown kind."""
    first = next((one.id for one in ordered if one.move == OPENING), None)
    kinds = (str(row.kind) for row in _OF_FACTS.all(tx, {"of": case}) if row.hash == first)
    return CASE_KINDS.get(next(kinds, ""))


def _next_place(tx: Connection, case: str) -> int:
    rows = _PLACED.all(tx, {"of": case})
    return rows[-1].place + 1 if rows else 1


def _step_of_fact(row: Any) -> CaseStep:
    return CaseStep(
        id=str(row.hash),
        move=str(row.move),
        party=Party.STATION,
        site=str(row.site),
        at_ms=int(row.at_ms),
        seen=str(row.seen),
        by=str(row.by),
        fields=_pairs(row.fields),
        personal=_pairs(row.personal),
    )


def _step_of_centre(row: Any) -> CaseStep:
    return CaseStep(
        id=str(row.id),
        move=str(row.move),
        party=Party(row.party),
        site="",
        at_ms=int(row.at_ms),
        seen=str(row.seen),
        by=str(row.by),
        fields=_pairs(row.fields),
        personal=_pairs(row.personal),
    )


def _pairs(told: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in json.loads(told))


def _write_head(tx: Connection, record: CaseRecord) -> None:
    values = {
        "kind": record.kind,
        "site": record.site,
        "state": record.state,
        "opened_ms": record.opened_ms,
        "since_ms": record.since_ms,
        "ended": record.is_ended,
        "overtaken": bool(record.overtaken),
    }
    tx.execute(update(case_heads).where(case_heads.c.case_id == record.case).values(**values))


def _publish(tx: Connection, kind: CaseKind, record: CaseRecord, steps: list[CaseStep]) -> None:
    """The home site's row holds what is personal of moves made here; everybody else's nothing."""
    known = {one.id for one in steps}
    steps = [
        one.step
        for at, one in enumerate(record.history)
        if one.step.id in known and (at < MOST_STEPS or not one.is_overtaken)
    ]
    own = [_without_personal(one) if one.site else one for one in steps]
    publish(tx, site_scope(record.site), (_row(record, own),))
    wider = _wider_scope(tx, kind.reach, record.site)
    if wider:
        publish(tx, wider, (_row(record, [_without_personal(one) for one in steps]),))


def _wider_scope(tx: Connection, reach: Reach, site: str) -> str:
    if reach is Reach.COUNTY:
        return CATALOGUE
    if reach is Reach.TOWNSHIP:
        parent = tx.scalar(select(sites.c.parent).where(sites.c.id == site))
        return township_scope(parent) if parent else ""
    return ""


def _row(record: CaseRecord, steps: list[CaseStep]) -> Row:
    return Row("case", record.case, write_row(CaseRow(record.case, record.kind, tuple(steps))))


def _without_personal(step: CaseStep) -> CaseStep:
    return CaseStep(
        step.id, step.move, step.party, step.site, step.at_ms, step.seen, step.by, step.fields
    )
