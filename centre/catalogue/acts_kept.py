"""Acts on the catalogue with the rows as they were before, kept for a day, for taking one back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.domain.errors import BadInput, NotFound
from app.domain.values import dataclass
from app.wire.codec import read_row
from centre.catalogue.fields import RowKind
from centre.store.tables import catalogue_acts, catalogue_before

UNDO_WITHIN_MS = 24 * 3_600_000
IMPORT, UNDO = "import", "undo"
_MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class RowBefore:
    """A row an act changed, as it was; ``body`` None for one that was not there."""

    kind: str
    scope: str
    id: str
    body: bytes | None

    def value(self, kind: RowKind) -> Any:
        """Its value; None when it was not there."""
        return None if self.body is None else read_row(self.body, kind.value)


@dataclass(frozen=True, slots=True)
class CatalogueAct:
    """One act that may be taken back."""

    number: int
    about: str
    rows: tuple[RowBefore, ...]


def keep_act(
    tx: Connection, act: str, about: str, by: str, before: Sequence[RowBefore], now_ms: int
) -> int:
    """Write an act down; its number. Rows from before are forgotten after a day; taking back is an
    act that is not taken back itself."""
    old = select(catalogue_acts.c.number).where(catalogue_acts.c.at_ms < now_ms - UNDO_WITHIN_MS)
    tx.execute(delete(catalogue_before).where(catalogue_before.c.act.in_(old)))
    number = tx.execute(
        insert(catalogue_acts)
        .values(
            kind=before[0].kind if before else "",
            act=act,
            about=about[:_MOST_WORDS],
            by=by[:_MOST_WORDS],
            at_ms=now_ms,
            undone_ms=now_ms if act == UNDO else None,
        )
        .returning(catalogue_acts.c.number)
    ).scalar_one()
    rows = [
        {"act": number, "kind": one.kind, "scope": one.scope, "key": one.id, "was": one.body}
        for one in before
    ]
    if rows:
        tx.execute(insert(catalogue_before), rows)
    return int(number)


def act_to_undo(tx: Connection, kind: str, act: str, now_ms: int) -> CatalogueAct:
    """The newest act of this sort, if it may be taken back; it is marked as taken back.

    Raises:
        NotFound: there is none.
        BadInput: it is more than a day old, or a later act changed the same rows.
    """
    acts, before = catalogue_acts.c, catalogue_before.c
    row = tx.execute(
        select(catalogue_acts)
        .where(acts.kind == kind, acts.act == act, acts.undone_ms.is_(None))
        .order_by(acts.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise NotFound("centre.row_undo_nothing")
    if now_ms - row.at_ms > UNDO_WITHIN_MS:
        raise BadInput("centre.row_undo_late", about=row.about)
    kept = tx.execute(select(catalogue_before).where(before.act == row.number)).all()
    later = (
        select(before.scope, before.key)
        .join(catalogue_acts, acts.number == before.act)
        .where(before.act > row.number, before.kind == kind, acts.undone_ms.is_(None))
    )
    touched = {(one.scope, one.key) for one in tx.execute(later)}
    both = touched & {(one.scope, one.key) for one in kept}
    if both:
        raise BadInput("centre.row_undo_touched", about=row.about, count=len(both))
    tx.execute(update(catalogue_acts).where(acts.number == row.number).values(undone_ms=now_ms))
    return CatalogueAct(
        row.number,
        row.about,
        tuple(RowBefore(one.kind, one.scope, one.key, one.was) for one in kept),
    )
