"""``cases``: which kinds there are, what stands where, one case, and moving one on."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from app.areas.cases.case_kind import Party
from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.machine import CaseRecord
from app.domain.errors import BadInput
from app.domain.time import local_time
from centre.cases.acts import CentreMove, move_case
from centre.cases.exporting import demand, export_cases
from centre.cases.reading import CaseChoice, ListedCase, list_cases, show_case
from centre.commands.output import Commands, opened, write, write_json
from centre.settings import Settings
from centre.sites import find_site
from centre.words import said_or, say

_MOST = 1_000


def add_commands(commands: Commands) -> None:
    """Add ``cases`` with its verbs."""
    verbs = commands.add_parser("cases").add_subparsers(required=True, metavar="VERB")
    kinds = verbs.add_parser("kinds")
    kinds.set_defaults(run=show_kinds)
    listed = verbs.add_parser("list")
    listed.add_argument("--kind", default="", choices=["", *CASE_KINDS])
    listed.add_argument("--site", default="", help="name or id")
    listed.add_argument("--state", default="")
    listed.add_argument("--all", action="store_true", help="those that ended too")
    listed.add_argument("--most", type=int, default=_MOST, metavar="LINES")
    listed.set_defaults(run=show_list)
    shown = verbs.add_parser("show")
    shown.add_argument("case")
    shown.set_defaults(run=show_one)
    moved = verbs.add_parser("move")
    moved.add_argument("case")
    moved.add_argument("move")
    moved.add_argument("fields", nargs="*", metavar="FIELD=TEXT")
    moved.add_argument("--by", required=True, metavar="NAME", help="who does this")
    moved.add_argument("--township", action="store_true", help="for the township, not the county")
    moved.set_defaults(run=move_one)
    wanted = verbs.add_parser("demand", help="which courses are asked for, and by how many")
    wanted.set_defaults(run=show_demand)
    out = verbs.add_parser("export", help="a sheet a kind; nothing personal")
    out.add_argument("file", type=Path, metavar="FILE.xlsx")
    out.add_argument("--kind", default="", choices=["", *CASE_KINDS])
    out.add_argument("--site", default="", help="name or id")
    out.add_argument("--all", action="store_true", help="those that ended too")
    out.set_defaults(run=export)
    for verb in (kinds, listed, shown, moved, wanted, out):
        verb.add_argument("--json", action="store_true")


def show_kinds(_settings: Settings, chosen: argparse.Namespace) -> int:
    """The kinds with their states and moves."""
    found = tuple(CASE_KINDS.values())
    if chosen.json:
        write_json(found)
    else:
        write(
            *(
                f"{one.name}  {say(f'cases.kind.{one.name}')}  {' '.join(one.states)}"
                for one in found
            )
        )
    return 0


def show_list(settings: Settings, chosen: argparse.Namespace) -> int:
    """What stands where, the longest first."""
    with opened(settings) as centre, centre.store.reading() as tx:
        site = find_site(tx, chosen.site).id if chosen.site else ""
        asked = CaseChoice(chosen.kind, site, chosen.state, chosen.all, most=max(chosen.most, 1))
        found = list_cases(tx, asked)
    if chosen.json:
        write_json(found)
    else:
        write(*([_line(one) for one in found] or [say("centre.no_cases")]))
    return 0


def show_one(settings: Settings, chosen: argparse.Namespace) -> int:
    """One case with its history."""
    with opened(settings) as centre, centre.store.reading() as tx:
        _tell(show_case(tx, chosen.case), chosen)
    return 0


def move_one(settings: Settings, chosen: argparse.Namespace) -> int:
    """Move one on."""
    party = Party.TOWNSHIP if chosen.township else Party.COUNTY
    with opened(settings) as centre:
        asked = CentreMove(chosen.case, chosen.move, _pairs(chosen.fields), chosen.by, party)
        _tell(move_case(centre, asked), chosen)
    return 0


def show_demand(settings: Settings, chosen: argparse.Namespace) -> int:
    """Which courses are asked for."""
    with opened(settings) as centre, centre.store.reading() as tx:
        found = demand(tx)
    if chosen.json:
        write_json(found)
        return 0
    lines = (
        say(
            "centre.demand_line",
            title=one.title,
            requests=one.requests,
            wanted_by=one.wanted_by,
        )
        for one in found
    )
    write(*(list(lines) or [say("centre.no_cases")]))
    return 0


def export(settings: Settings, chosen: argparse.Namespace) -> int:
    """Cases as a sheet."""
    with opened(settings) as centre:
        with centre.store.reading() as tx:
            site = find_site(tx, chosen.site).id if chosen.site else ""
        asked = CaseChoice(chosen.kind, site, with_ended=chosen.all)
        count = export_cases(centre, asked, chosen.file)
    if chosen.json:
        write_json({"count": count, "file": str(chosen.file)})
    else:
        write(say("centre.cases_exported", count=count, file=str(chosen.file)))
    return 0


def _pairs(told: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in told:
        name, equals, value = one.partition("=")
        if not equals:
            raise BadInput("refusal.case_strange", field=one)
        found[name] = value
    return found


def _line(one: ListedCase) -> str:
    told = {
        "case": one.case,
        "site": one.site_name,
        "since": f"{local_time(one.since_ms):%Y-%m-%d}",
    }
    return say("centre.case_line", kind=_kind(one.kind), state=_state(one.kind, one.state), **told)


def _tell(record: CaseRecord, chosen: argparse.Namespace) -> None:
    if chosen.json:
        write_json(record)
        return
    write(f"{record.case}  {_kind(record.kind)}  {_state(record.kind, record.state)}")
    for one in record.history:
        move = say(f"cases.move.{record.kind}.{one.step.move}") if one.step.move != "opened" else ""
        late = say("centre.case_overtaken") if one.is_overtaken else ""
        fields = "  ".join(value for _, value in one.step.fields)
        told = {"at": f"{local_time(one.step.at_ms):%Y-%m-%d %H:%M}", "who": one.step.by}
        write(say("centre.case_step", move=move + late, fields=fields, **told))


def _kind(name: str) -> str:
    return said_or(f"cases.kind.{name}", name)


def _state(kind: str, name: str) -> str:
    return said_or(f"cases.state.{kind}.{name}", name)
