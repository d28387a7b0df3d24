"""Moving a case on at the centre, and carrying such moves out again after it was put back."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from app.areas.cases.case_kind import Party
from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.filling import filled
from app.areas.cases.machine import CaseRecord, may
from app.domain import bounds
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.ids import id_from_random
from app.domain.values import dataclass
from app.wire.messages import MAX_DECISION_BYTES, Decision
from centre.cases.ordering import order_case, steps_of
from centre.decisions.ledger import Kind, decide
from centre.service import Centre
from centre.store.decision_tables import case_moves, case_orders
from centre.store.insert import insert_new

_MOST_FIELDS_BYTES = MAX_DECISION_BYTES - 1_000


@dataclass(frozen=True, slots=True)
class CentreMove:
    """A move somebody of the township or the county makes."""

    case: str
    move: str
    values: Mapping[str, str]
    by: str
    party: Party = Party.COUNTY


def move_case(centre: Centre, asked: CentreMove) -> CaseRecord:
    """Move a case on; it goes down to the stations it concerns with their next exchange.

    Raises:
        NotFound: there is no such case.
        NotPossibleNow: it does not stand so that this can be done, or others do it.
        BadInput: a field is lacking or does not fit, or nobody is named.
    """
    by = bounds.line(asked.by, bounds.NAME)
    if not by:
        raise BadInput("centre.case_needs_by")
    with centre.store.writing() as tx:
        record = order_case(tx, centre, asked.case)
        if record is None:
            raise NotFound("centre.no_case", case=asked.case)
        kind = CASE_KINDS[record.kind]
        if kind.move(asked.move) is None:
            raise BadInput("centre.no_case_move", move=asked.move, kind=record.kind)
        held = dict(record.fields)
        named = (m for m in kind.moves_from(record.state) if m.name == asked.move)
        move = next((m for m in named if m.fits(held)), None)
        if move is None or not may(move.who, asked.party, "", record.site, record.holder):
            raise NotPossibleNow("centre.case_not_now", move=asked.move, state=record.state)
        plain, personal = filled(kind, asked.values, move.needs, move.may)
        lacks = [one for one in move.wants if one not in held | dict(plain) | dict(personal)]
        if lacks:
            raise BadInput("refusal.case_needs", field=f"{kind.name}.{lacks[0]}")
        row = {
            "id": id_from_random("w", secrets.token_bytes(10)),
            "case_id": asked.case,
            "move": asked.move,
            "party": asked.party.value,
            "by": by,
            "seen": record.state,
            "at_ms": max(centre.now_ms(), record.since_ms),
            "fields": json.dumps(plain, ensure_ascii=False),
            "personal": json.dumps(personal, ensure_ascii=False),
        }
        if len(str(row["fields"]).encode()) > _MOST_FIELDS_BYTES:
            raise BadInput("refusal.too_long", count=len(str(row["fields"])), most=1_000)
        tx.execute(insert(case_moves), [row])
        told = {name: str(value) for name, value in row.items() if name not in _NOT_TOLD}
        decide(tx, centre, Kind.CASE_MOVED, asked.case, site=record.site, values=told)
        moved = order_case(tx, centre, asked.case)
        if moved is None:  # pragma: no cover - it was there a line before
            raise NotFound("centre.no_case", case=asked.case)
        return moved


_NOT_TOLD = ("case_id", "personal")
"""What stations keep for the centre names nobody."""


def decide_again(tx: Connection, centre: Centre, decision: Decision) -> None:
    """Carry out once more, in the caller's transaction, what a station brought back."""
    if decision.kind == Kind.CASE_MOVED:
        _move_again(tx, decision)
    else:
        _order_again(tx, decision)
    order_case(tx, centre, decision.about)


def _move_again(tx: Connection, decision: Decision) -> None:
    told = decision.values
    try:
        row: dict[str, object] = {
            "id": told["id"],
            "case_id": decision.about,
            "move": told["move"],
            "party": Party(told["party"]).value,
            "by": told.get("by", ""),
            "seen": told.get("seen", ""),
            "at_ms": int(told["at_ms"]),
            "fields": told.get("fields", "[]"),
            "personal": "[]",
        }
    except (KeyError, ValueError):
        return
    insert_new(tx, case_moves, (row,), key=["id"])


def _order_again(tx: Connection, decision: Decision) -> None:
    """Place the steps named first, in that order; those that are not here yet keep their turn."""
    marks = decision.values.get("order", "").split()
    here = steps_of(tx, decision.about)
    own = case_orders.c.case_id == decision.about
    placed = list(tx.scalars(select(case_orders.c.step).where(own).order_by(case_orders.c.place)))
    by_mark = {one[:16]: one for one in here}
    first = [by_mark[one] for one in marks if one in by_mark]
    order = [*first, *(one for one in placed if one not in set(first))]
    tx.execute(delete(case_orders).where(own))
    rows = [
        {"case_id": decision.about, "place": place, "step": one}
        for place, one in enumerate(order, 1)
    ]
    if rows:
        tx.execute(insert(case_orders), rows)
