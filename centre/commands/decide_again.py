"""``decide-again``: what a centre that was put back has back, and what a person must decide again."""

from __future__ import annotations

import argparse

from sqlalchemy import select

from app.domain.time import local_time
from app.domain.values import dataclass
from centre.commands.output import Commands, opened, write, write_json
from centre.decisions.ledger import Kind
from centre.decisions.put_back import Noted, noted, settle
from centre.lost_decisions.coming_back import Outcome
from centre.service import Centre
from centre.settings import Settings
from centre.store.decision_tables import decisions
from centre.words import say

_KINDS = {one.value: f"centre.kind_{one.value}" for one in Kind}
_OUTCOMES = {one.value: f"centre.came_{one.value}" for one in Outcome}


@dataclass(frozen=True, slots=True)
class CameBack:
    """A decision that a station brought back; ``outcome`` is a word of ``Outcome``."""

    kind: str
    about: str
    site: str
    at_ms: int
    outcome: str


@dataclass(frozen=True, slots=True)
class PutBack:
    """All that is known of what a put-back store had lost; both empty when nothing shows one."""

    signs: tuple[Noted, ...]
    decisions: tuple[CameBack, ...]


def read_put_back(centre: Centre) -> PutBack:
    """What is listed until a person has seen to it."""
    query = (
        select(decisions)
        .where(decisions.c.came_back_ms.is_not(None))
        .order_by(decisions.c.at_ms, decisions.c.id)
    )
    with centre.store.reading() as tx:
        came = tuple(
            CameBack(row.kind, row.about, row.site, row.at_ms, row.outcome)
            for row in tx.execute(query)
        )
        return PutBack(noted(tx), came)


def add_commands(commands: Commands) -> None:
    """Add ``decide-again``."""
    again = commands.add_parser("decide-again")
    again.add_argument("--done", action="store_true", help="all that is listed has been seen to")
    again.add_argument("--json", action="store_true")
    again.set_defaults(run=show, reminds=False)  # it says it itself


def show(settings: Settings, chosen: argparse.Namespace) -> int:
    """List it; with ``--done`` note that it was seen to."""
    with opened(settings) as centre:
        found = read_put_back(centre)
        if chosen.done:
            with centre.store.writing() as tx:
                settle(tx)
    if chosen.json:
        write_json(found)
        return 0
    lines = [*map(_sign_line, found.signs), *map(_came_line, found.decisions)]
    if chosen.done and lines:
        lines.append(say("centre.put_back_settled", count=len(lines)))
    write(*(lines or [say("centre.put_back_none")]))
    return 0


def _sign_line(one: Noted) -> str:
    since = f"{local_time(one.since_ms):%Y-%m-%d %H:%M}"
    return say(f"centre.sign_{one.what}", since=since, about=one.about, told=one.told)


def _came_line(one: CameBack) -> str:
    return say(
        "centre.came_line",
        at=f"{local_time(one.at_ms):%Y-%m-%d %H:%M}",
        what=say(_KINDS.get(one.kind, "centre.kind_unknown")),
        about=one.about,
        outcome=say(_OUTCOMES.get(one.outcome, "centre.came_again")),
    )
