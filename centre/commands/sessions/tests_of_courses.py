"""``tests``: packs of questions – template, import, open, list – and what tests came to."""

from __future__ import annotations

import argparse
from pathlib import Path

from centre.commands.output import Commands, aligned, opened, write, write_json
from centre.interpretation.on_demand import interpret_waiting
from centre.packs.packs import PackWish, import_pack, open_pack_now, packs_of
from centre.packs.results import listed_marks
from centre.settings import Settings
from centre.sites import find_site
from centre.words import say


def add_commands(commands: Commands) -> None:
    """Add ``tests`` with its verbs."""
    verbs = commands.add_parser("tests").add_subparsers(required=True, metavar="VERB")
    taken = verbs.add_parser("import", help="read a pack from a spreadsheet")
    taken.add_argument("file", type=Path)
    taken.add_argument("--name", required=True)
    taken.add_argument("--opens", required=True, metavar="'YYYY-MM-DD HH:MM'")
    taken.add_argument("--minutes", type=int, default=0, help="time limit; 0 is none")
    taken.add_argument("--apply", action="store_true", help="publish it, sealed")
    taken.set_defaults(run=_import)
    opening = verbs.add_parser("open", help="publish a pack's key when its time has come")
    opening.add_argument("pack", help="id or name")
    opening.add_argument("--early", action="store_true", help="before its time")
    opening.set_defaults(run=_open)
    listed = verbs.add_parser("list", help="all packs")
    listed.set_defaults(run=_list)
    results = verbs.add_parser("results", help="marks, by name")
    results.add_argument("--site", default="", help="name or id")
    for word in ("session", "class", "pack"):
        results.add_argument(f"--{word}", dest=f"of_{word}", default="", help="id")
    results.set_defaults(run=_results)
    for verb in (taken, opening, listed, results):
        verb.add_argument("--json", action="store_true")


def _import(settings: Settings, chosen: argparse.Namespace) -> int:
    wish = PackWish(chosen.name, chosen.opens, max(chosen.minutes, 0))
    with opened(settings) as centre:
        read = import_pack(centre, chosen.file, wish, apply=chosen.apply)
    troubles = [say(f"centre.question_{one.why}", row=one.row) for one in read.troubles]
    if chosen.json:
        told = {"questions": len(read.questions), "pack": read.pack, "key": read.key}
        write_json(told | {"troubles": [{"row": one.row, "why": one.why} for one in read.troubles]})
    elif troubles:
        write(*troubles)
    elif read.pack:
        about = {"pack": read.pack, "count": len(read.questions), "at": wish.opens}
        write(say("centre.pack_published", **about), say("centre.pack_key", code=read.key))
    else:
        write(say("centre.pack_checked", count=len(read.questions)))
    return 1 if troubles else 0


def _open(settings: Settings, chosen: argparse.Namespace) -> int:
    with opened(settings) as centre:
        key = open_pack_now(centre, chosen.pack, early=chosen.early)
    if chosen.json:
        write_json({"pack": chosen.pack, "key": key})
    else:
        write(say("centre.pack_key", code=key))
    return 0


def _list(settings: Settings, chosen: argparse.Namespace) -> int:
    with opened(settings) as centre:
        found = packs_of(centre)
    if chosen.json:
        write_json(
            [
                {"pack": one.id, "name": one.name, "opens": one.opens, "count": one.count}
                for one in found
            ]
        )
    else:
        lines = [(one.id, one.name, one.opens, str(one.count)) for one in found]
        write(aligned(lines) or say("centre.list_empty"))
    return 0


def _results(settings: Settings, chosen: argparse.Namespace) -> int:
    with opened(settings) as centre:
        interpret_waiting(centre, chosen.site)
        with centre.store.reading() as tx:
            site = find_site(tx, chosen.site).id if chosen.site else ""
            found = tuple(
                listed_marks(
                    tx,
                    site=site,
                    session=chosen.of_session,
                    training_class=chosen.of_class,
                    pack=chosen.of_pack,
                )
            )
    if chosen.json:
        write_json(found)
    else:
        lines = [
            (one.day, one.name or one.person, one.pack, f"{one.right}/{one.questions}")
            for one in found
        ]
        write(aligned(lines) or say("centre.list_empty"))
    return 0
