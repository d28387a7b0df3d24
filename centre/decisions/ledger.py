"""The decisions held here: written in the transaction of the deed itself, newest word counts.

Each is signed by the centre and kept by the stations (all, or one site's), so a copy of the
database that is put back takes none away for longer than until one of them comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from sqlalchemy import Connection, func, select, update

from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.wire.codec import read_row, write_row
from app.wire.messages import MAX_DECISION_BYTES, MAX_DECISIONS, Decision, SignedDecision
from app.wire.signing import DECISION_LABEL, sign, verifies
from app.wire.sums import ZERO, add_hashes, decision_mark
from centre.service import Centre
from centre.store.decision_tables import decision_heads, decisions
from centre.store.insert import insert_new

EVERYWHERE = ""
"""The ``site`` of a decision that every station keeps."""


_NEVER = 1 << 62


class Kind(StrEnum):
    """What was decided. One of a newer program is kept and listed by its word."""

    SHUT_OUT = "shut_out"
    LET_IN = "let_in"
    REPLACED = "replaced"
    RELEASED = "released"
    ERASED = "erased"
    COURSE_WITHDRAWN = "course_withdrawn"
    COURSE_BACK = "course_back"
    PLAN_WITHDRAWN = "plan_withdrawn"
    RESOLVED = "resolved"
    PERSON_SAME = "person_same"
    POLICY = "policy"
    CATALOGUE = "catalogue"
    LATE_DECIDED = "late_decided"
    CASE_MOVED = "case_moved"
    CASE_ORDER = "case_order"


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision and its own signed bytes."""

    decision: Decision
    signed: SignedDecision

    @property
    def id(self) -> str:
        """Its mark in hex."""
        return decision_mark(self.signed.decision).hex()


def decide(
    tx: Connection,
    centre: Centre,
    kind: Kind,
    about: str,
    *,
    site: str = EVERYWHERE,
    values: Mapping[str, str] | None = None,
    at_ms: int | None = None,
) -> None:
    """Write down a decision in the transaction that carries it out.

    It comes after all that was decided about the same before, whatever the clock shows.
    """
    last_ms = tx.scalar(select(func.max(decisions.c.at_ms)).where(decisions.c.about == about))
    now = centre.now_ms() if at_ms is None else at_ms
    if last_ms is not None:
        now = max(now, last_ms + 1)
    data = write_row(Decision(kind.value, about, now, site, dict(values or {})))
    signed = SignedDecision(data, sign(centre.key, DECISION_LABEL, data))
    keep(tx, [Kept(read_row(data, Decision), signed)], came_back_ms=None)


def verified(centre: Centre, given: Iterable[SignedDecision]) -> list[Kept]:
    """Those that this centre signed once; the others are passed over."""
    found = []
    for one in given:
        if len(one.decision) > MAX_DECISION_BYTES:
            continue
        if not verifies(centre.public_key, one.signature, DECISION_LABEL, one.decision):
            continue
        try:
            found.append(Kept(read_row(one.decision, Decision), one))
        except BadInput:
            continue
    return found


def keep(tx: Connection, found: Sequence[Kept], *, came_back_ms: int | None) -> None:
    """Insert decisions that are not held, and keep the sums of their sites right."""
    marks: dict[str, list[bytes]] = {}
    rows = []
    for one in found:
        marks.setdefault(one.decision.site, []).append(decision_mark(one.signed.decision))
        rows.append(
            {
                "id": one.id,
                "kind": one.decision.kind,
                "about": one.decision.about,
                "site": one.decision.site,
                "at_ms": one.decision.at_ms,
                "body": one.signed.decision,
                "signature": one.signed.signature,
                "came_back_ms": came_back_ms,
                "outcome": "",
            }
        )
    for site in sorted(marks):
        head = {"site": site, "held_rows": 0, "held_sum": ZERO}
        insert_new(tx, decision_heads, (head,), key=["site"])
        mine = decision_heads.c.site == site
        row = tx.execute(select(decision_heads).where(mine).with_for_update()).one()
        total = add_hashes(bytes(row.held_sum), marks[site])
        count = row.held_rows + len(marks[site])
        tx.execute(update(decision_heads).where(mine).values(held_rows=count, held_sum=total))
    if rows:
        tx.execute(decisions.insert(), rows)


def not_held(tx: Connection, found: Sequence[Kept]) -> list[Kept]:
    """Those of them that are not in the books, each once, oldest first."""
    own = {one.id: one for one in found}
    held: set[str] = set()
    names = sorted(own)
    for start in range(0, len(names), 500):
        some = decisions.c.id.in_(names[start : start + 500])
        held |= set(tx.scalars(select(decisions.c.id).where(some)))
    left = [one for name, one in own.items() if name not in held]
    return sorted(left, key=lambda one: (one.decision.at_ms, one.id))


def for_station(tx: Connection, site: str) -> tuple[SignedDecision, ...]:
    """The newest decisions that a site's stations are to keep."""
    query = (
        select(decisions.c.body, decisions.c.signature)
        .where(decisions.c.site.in_((EVERYWHERE, site)))
        .order_by(decisions.c.at_ms.desc(), decisions.c.id)
        .limit(MAX_DECISIONS)
    )
    return tuple(SignedDecision(bytes(row.body), bytes(row.signature)) for row in tx.execute(query))


def about_one(tx: Connection, about: str) -> tuple[SignedDecision, ...]:
    """What was decided about one thing, for the PC that is told of nothing else."""
    query = select(decisions.c.body, decisions.c.signature).where(
        decisions.c.about == about, decisions.c.site == EVERYWHERE
    )
    return tuple(
        SignedDecision(bytes(row.body), bytes(row.signature))
        for row in tx.execute(query.order_by(decisions.c.at_ms.desc()).limit(50))
    )


def newest(tx: Connection, about: str, kinds: Iterable[Kind]) -> Decision | None:
    """The last word about something, among these kinds."""
    return newest_before(tx, about, kinds, _NEVER)


def newest_before(
    tx: Connection, about: str, kinds: Iterable[Kind], before_ms: int
) -> Decision | None:
    """The last word about something before a moment."""
    words = decisions.c.kind.in_([one.value for one in kinds])
    body = tx.scalar(
        select(decisions.c.body)
        .where(decisions.c.about == about, words, decisions.c.at_ms < before_ms)
        .order_by(decisions.c.at_ms.desc(), decisions.c.id.desc())
        .limit(1)
    )
    return None if body is None else read_row(bytes(body), Decision)
