"""Cases as the centre lists them: by kind, site and state, what stands longest first."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, tuple_

from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.machine import CaseRecord, fold_case
from app.domain.errors import NotFound
from app.domain.values import dataclass
from centre.cases.ordering import steps_of
from centre.store.decision_tables import case_heads, case_orders
from centre.store.tables import sites

PAGE = 100


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One line of a list."""

    case: str
    kind: str
    site: str
    site_name: str
    state: str
    opened_ms: int
    since_ms: int
    ended: bool


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """Which cases are asked for; empty words stand for all. ``after`` is the last line before."""

    kind: str = ""
    site: str = ""
    state: str = ""
    with_ended: bool = False
    after: tuple[int, str] | None = None
    most: int = PAGE


def list_cases(tx: Connection, chosen: CaseChoice) -> tuple[ListedCase, ...]:
    """A page of cases, those that stand longest first."""
    own = case_heads.c
    query = select(case_heads, sites.c.name.label("site_name")).join(sites, sites.c.id == own.site)
    for column, value in (
        (own.kind, chosen.kind),
        (own.site, chosen.site),
        (own.state, chosen.state),
    ):
        if value:
            query = query.where(column == value)
    if not chosen.with_ended:
        query = query.where(own.ended.is_(False))
    if chosen.after is not None:
        query = query.where(tuple_(own.since_ms, own.case_id) > tuple_(*chosen.after))
    rows = tx.execute(query.order_by(own.since_ms, own.case_id).limit(chosen.most))
    return tuple(
        ListedCase(
            row.case_id,
            row.kind,
            row.site,
            row.site_name,
            row.state,
            row.opened_ms,
            row.since_ms,
            bool(row.ended),
        )
        for row in rows
    )


def count_cases(tx: Connection) -> dict[tuple[str, str], int]:
    """How many cases stand where: (kind, state) → count."""
    own = case_heads.c
    query = select(own.kind, own.state, func.count()).where(own.kind != "")
    return {
        (kind, state): count
        for kind, state, count in tx.execute(query.group_by(own.kind, own.state))
    }


def show_case(tx: Connection, case: str) -> CaseRecord:
    """One case with its history.

    Raises:
        NotFound: there is no such case, or it is of a kind this program does not know.
    """
    head = tx.execute(select(case_heads).where(case_heads.c.case_id == case)).one_or_none()
    kind = None if head is None else CASE_KINDS.get(head.kind)
    steps = steps_of(tx, case)
    own = select(case_orders.c.step).where(case_orders.c.case_id == case)
    order = list(tx.scalars(own.order_by(case_orders.c.place)))
    record = None
    if kind is not None:
        record = fold_case(case, kind, [steps[one] for one in order if one in steps])
    if record is None:
        raise NotFound("centre.no_case", case=case)
    return record
