"""Commands about rosters: importing one, taking an import back, stopping one person."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from app.domain.errors import BadInput
from centre.commands.output import Commands, opened, write, write_json
from centre.settings import Settings
from centre.words import say


def add_commands(commands: Commands) -> None:
    """``import-roster``, ``roster-template``, ``undo-import`` and ``stop-person``."""
    template = commands.add_parser("roster-template")
    template.add_argument("file", type=Path)
    template.set_defaults(run=write_empty_roster)

    roster = commands.add_parser("import-roster")
    roster.add_argument("file", type=Path)
    roster.add_argument("--site", required=True, help="name or id")
    roster.add_argument("--create", action="store_true", help="make the site if there is none")
    roster.add_argument("--apply", action="store_true", help="change it; otherwise only say")
    roster.add_argument(
        "--leave-out-faulty",
        action="store_true",
        help="import all but rows with faults or questions; nobody is stopped for being in one",
    )
    roster.add_argument(
        "--same",
        action="append",
        default=[],
        metavar="ROW=PERSON",
        help="a row in question is this person (id); with several sheets SHEET!ROW=PERSON",
    )
    roster.add_argument(
        "--new",
        action="append",
        default=[],
        metavar="ROW",
        help="a row in question is somebody new",
    )
    roster.add_argument(
        "--confirm", type=int, metavar="N", help="so many may be stopped or renamed, as it told"
    )
    roster.add_argument("--json", action="store_true")
    roster.set_defaults(run=import_people)

    undone = commands.add_parser("undo-import")
    undone.add_argument("id", type=int, nargs="?", help="its number; the newest if left out")
    undone.add_argument("--site", required=True, help="name or id")
    undone.add_argument("--json", action="store_true")
    undone.set_defaults(run=undo_import)

    _add_townships(commands)
    stopped = commands.add_parser("stop-person")
    stopped.add_argument("id")
    stopped.add_argument("--by", required=True, help="who had it done")
    stopped.add_argument("--reason", required=True)
    stopped.set_defaults(run=stop_somebody)


def _add_townships(commands: Commands) -> None:
    township = commands.add_parser("township")
    township.add_argument("site", help="name or id")
    township.add_argument("township", nargs="?", default="", help="the site above it; none: out")
    township.set_defaults(run=put_under_township)

    directory = commands.add_parser("directory")
    directory.add_argument("state", choices=["on", "off", "show"])
    directory.set_defaults(run=switch_the_directory)


def put_under_township(settings: Settings, chosen: argparse.Namespace) -> int:
    """Put a site under its township."""
    from centre.people.townships import put_under

    with opened(settings) as centre:
        site = put_under(centre, chosen.site, chosen.township)
    key = "centre.township_put" if chosen.township else "centre.township_none"
    write(say(key, site=site.name, township=chosen.township))
    return 0


def switch_the_directory(settings: Settings, chosen: argparse.Namespace) -> int:
    """Let stations find the people of their township, or not."""
    from centre.people.townships import directory_is_on, switch_directory

    with opened(settings) as centre:
        if chosen.state == "show":
            write(say(f"centre.directory_{'on' if directory_is_on(centre) else 'off'}"))
            return 0
        count = switch_directory(centre, on=chosen.state == "on")
    write(say("centre.directory_done", count=count), say(f"centre.directory_{chosen.state}"))
    return 0


def import_people(settings: Settings, chosen: argparse.Namespace) -> int:
    """Import a roster, or say what it would change; 1 when rows are wrong or in question."""
    # What opens sheets is loaded for this command only.
    from app.rosters.telling import as_json, as_lines
    from centre.rosters.importing import Decided, import_roster

    decided = Decided(
        create=chosen.create,
        leave_out=chosen.leave_out_faulty,
        same=_pairs(chosen.same),
        new=tuple(chosen.new),
        confirm=chosen.confirm,
    )
    with opened(settings) as centre:
        outcome = import_roster(
            centre, chosen.file, chosen.site, apply=chosen.apply, decided=decided
        )
    if chosen.json:
        write_json(as_json(outcome))
    else:
        lines = as_lines(outcome, left_out=chosen.leave_out_faulty)
        if outcome.import_id is not None:
            told = {"number": outcome.import_id, "site": chosen.site}
            lines.append(say("centre.roster_undo_hint", **told))
        write(*lines)
    is_open = bool(outcome.troubles or outcome.questions)
    return 1 if is_open and not chosen.leave_out_faulty else 0


def write_empty_roster(_settings: Settings, chosen: argparse.Namespace) -> int:
    """Write an empty roster with explanations; a file that is there is left alone."""
    from app.rosters.template import write_template

    if chosen.file.suffix.lower() != ".xlsx":
        raise BadInput("centre.template_ending")
    if chosen.file.exists():
        raise BadInput("centre.template_there", file=str(chosen.file))
    write_template(chosen.file)
    write(say("centre.template_written", file=chosen.file))
    return 0


def undo_import(settings: Settings, chosen: argparse.Namespace) -> int:
    """Take an import back."""
    from centre.rosters.acts import undo_act

    with opened(settings) as centre:
        undone = undo_act(centre, chosen.site, chosen.id)
    if chosen.json:
        write_json(undone)
    else:
        told = {"restored": len(undone.restored), "stopped": len(undone.stopped)}
        write(say("centre.undone", number=undone.number, about=undone.about, **told))
    return 0


def stop_somebody(settings: Settings, chosen: argparse.Namespace) -> int:
    """Say that one person is not active any more."""
    from centre.rosters.acts import stop_person

    with opened(settings) as centre:
        stopped = stop_person(centre, chosen.id, by=chosen.by, reason=chosen.reason)
    told = {"name": stopped.name, "id": chosen.id, "number": stopped.number}
    write(say("centre.stopped", site=stopped.site_name, **told))
    return 0


def _pairs(spelled: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in spelled:
        row, equals, person = one.rpartition("=")
        if not (row and equals and person):
            raise BadInput("roster.answer_spelled", value=one[:60])
        if row in found:
            raise BadInput("roster.answer_row_twice", row=row)
        found[row] = person
    return found
