"""Folding projections anew, one key after another, while everything else goes on.

How far it is stands in the store and is committed with the rows: a stop or a kill at any moment
goes on from there. Of several processes one is at a projection at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, func, select, update

from app.domain.decoded_fact import DecodedFact
from app.domain.errors import BadInput
from app.domain.fact_kinds import KIND_OF
from app.domain.values import dataclass
from app.wire.decode import decode_fact
from centre.interpretation.projections.declared import DeclaredFold
from centre.interpretation.projections.registry import FOLDS, Fold
from centre.interpretation.projections.sessions import stored_fact
from centre.interpretation.reading import KEYS_A_TRANSACTION, lock, refold_one
from centre.service import Centre
from centre.store.projection_tables import DISPOSABLE, projections
from centre.store.projection_versions import RebuildStep, are_mine, begin_anew
from centre.store.tables import facts

_FACTS_A_TRANSACTION = 500
_ARRIVALS_A_TRANSACTION = 20_000
"""How far one transaction looks for facts of rare kinds."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a projection is: keys folded of all keys, or facts looked through of all facts."""

    projection: str
    step: RebuildStep
    done: int
    of_all: int


def begin_replay(centre: Centre, name: str = "") -> tuple[str, ...]:
    """Have one projection, or all of them, folded anew; their names.

    Raises:
        BadInput: there is no such projection.
    """
    chosen = (name,) if name else tuple(DISPOSABLE)
    if name and name not in DISPOSABLE:
        raise BadInput("centre.no_projection", name=name, known=" ".join(DISPOSABLE))
    with centre.store.writing() as tx:
        for one in chosen:
            begin_anew(tx, one, DISPOSABLE[one])
    return chosen


def replay_some(
    centre: Centre, *, wait: bool = False, at_once: int = KEYS_A_TRANSACTION
) -> Progress | None:
    """Fold the next keys that are due; None when nothing is left for this process to do.

    ``wait`` waits for another process that is at it; ``at_once`` bounds the keys.
    """
    due = (
        select(projections)
        .where(projections.c.step != RebuildStep.NONE.value, projections.c.name.in_(FOLDS))
        .order_by(projections.c.name)
        .limit(1)
    )
    with centre.store.reading() as tx:
        if tx.execute(due).first() is None:
            return None
    with centre.store.writing() as tx:
        if not are_mine(tx):
            return None
        row = tx.execute(due.with_for_update(key_share=True, skip_locked=not wait)).one_or_none()
        if row is None:
            return None
        fold = FOLDS[row.name]
        if row.step == RebuildStep.INDEX and isinstance(fold, DeclaredFold):
            return _index_some(tx, fold, row, centre.now_ms())
        return _fold_some(tx, fold, row, centre.now_ms(), at_once)


def folded_of(centre: Centre, names: Collection[str]) -> list[tuple[str, int]]:
    """Of some projections, how many keys were folded when they were folded anew last."""
    rows = select(projections.c.name, projections.c.done).where(projections.c.name.in_(names))
    with centre.store.reading() as tx:
        return [(row.name, row.done) for row in tx.execute(rows.order_by(projections.c.name))]


def _fold_some(tx: Connection, fold: Fold, row: Any, now_ms: int, at_once: int) -> Progress:
    """The next keys of one site, under its lock."""
    of_all = row.of_all or fold.count_keys(tx)
    keys = fold.keys_after(tx, row.at_site, row.at_key, at_once)
    if not keys:
        return _keep(tx, row, RebuildStep.NONE, ("", ""), row.done, max(of_all, row.done))
    site = keys[0][0]
    own = [key for its, key in keys if its == site]
    lock(tx, site, wait=True)
    for key in own:
        refold_one(tx, site, fold.name, key, now_ms)
    done = row.done + len(own)
    return _keep(tx, row, RebuildStep.FOLD, (site, own[-1]), done, max(of_all, done))


def _index_some(tx: Connection, fold: DeclaredFold, row: Any, now_ms: int) -> Progress:
    """Note under which keys the next facts are folded, in order of arrival."""
    at = int(row.at_key or 0)
    newest = int(tx.scalar(select(func.max(facts.c.arrival))) or 0)
    if at >= newest:
        return _keep(tx, row, RebuildStep.FOLD, ("", ""), 0, 0)
    until = min(at + _ARRIVALS_A_TRANSACTION, newest)
    kinds = [KIND_OF[kind] for kind in fold.projection.kinds]
    query = (
        select(facts)
        .where(facts.c.arrival > at, facts.c.arrival <= until, facts.c.kind.in_(kinds))
        .order_by(facts.c.arrival)
        .limit(_FACTS_A_TRANSACTION)
    )
    found = tx.execute(query).all()
    if len(found) == _FACTS_A_TRANSACTION:
        until = found[-1].arrival
    said: dict[str, list[DecodedFact]] = defaultdict(list)
    for one in found:
        reading = decode_fact(stored_fact(one))
        if isinstance(reading, DecodedFact):
            said[one.site].append(reading)
    for site, some in said.items():
        fold.index(tx, site, some, now_ms)
    return _keep(tx, row, RebuildStep.INDEX, ("", str(until)), until, newest)


def _keep(  # noqa: PLR0913 - a row of progress
    tx: Connection, row: Any, step: RebuildStep, at: tuple[str, str], done: int, of_all: int
) -> Progress:
    tx.execute(
        update(projections)
        .where(projections.c.name == row.name)
        .values(step=step.value, at_site=at[0], at_key=at[1], done=done, of_all=of_all)
    )
    return Progress(row.name, step, done, of_all)
