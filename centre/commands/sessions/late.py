"""``late``: what was entered late; approving it, or sending it back with a reason."""

from __future__ import annotations

import argparse

from app.areas.catalogue.values import ApprovalState
from app.areas.sessions.approval import LateState
from centre.approvals.acts import say_word
from centre.commands.output import Commands, aligned, opened, write, write_json
from centre.reports.late import ListedLate, list_late
from centre.settings import Settings
from centre.words import said_or, say

_HEADS = ("id", "site", "date", "title", "late_people", "state", "late_by", "late_reason")


def add_commands(commands: Commands) -> None:
    """Add ``late`` with its verbs."""
    verbs = commands.add_parser("late").add_subparsers(required=True, metavar="VERB")
    shown = verbs.add_parser("list", help="late sessions and late entries, by day")
    shown.add_argument("--site", default="", help="name or id")
    shown.add_argument("--state", choices=[one.value for one in LateState])
    shown.add_argument("--json", action="store_true")
    shown.set_defaults(run=show_late)
    for state, name in (
        (ApprovalState.APPROVED, "approve"),
        (ApprovalState.RETURNED, "return"),
    ):
        verb = verbs.add_parser(name)
        verb.add_argument("id", help="of a late session or of a mark, as listed")
        verb.add_argument("--by", required=True, help="who decides: office or name")
        verb.add_argument("--note", default="", help="why; needed to return it")
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(run=decide_late, state=state)


def show_late(settings: Settings, chosen: argparse.Namespace) -> int:
    """List what was entered late."""
    with opened(settings) as centre:
        state = None if chosen.state is None else LateState(chosen.state)
        found = list_late(centre, site=chosen.site, state=state)
    if chosen.json:
        write_json(found)
    elif not found:
        write(say("centre.list_empty"))
    else:
        rows = [tuple(say(f"centre.head_{head}") for head in _HEADS), *map(_cells, found)]
        write(aligned(rows))
    return 0


def decide_late(settings: Settings, chosen: argparse.Namespace) -> int:
    """Approve something, or return it."""
    with opened(settings) as centre:
        word = say_word(centre, chosen.id, chosen.state, chosen.by, chosen.note)
    if chosen.json:
        write_json(word)
    else:
        write(say(f"centre.late_{word.state.value}", id=word.id, by=word.by))
    return 0


def _cells(one: ListedLate) -> tuple[str, ...]:
    state = said_or(f"centre.late_state_{one.state.value}", one.state.value)
    what = f"{one.title} {one.name}".strip()
    return (one.id, one.site_name, one.day, what, str(one.people), state, one.by, one.reason)
