"""``xapi``: attendance and films of a period as xAPI statements, to a file or a record store."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from centre.commands.output import Commands, opened, write
from centre.home import key_mark
from centre.ledgers.scope import asked
from centre.private_files import put_private
from centre.settings import Settings
from centre.words import say
from centre.xapi.reading import statements
from centre.xapi.sending import RecordStore
from centre.xapi.statements import Statement


def add_commands(commands: Commands) -> None:
    """Add ``xapi``."""
    verbs = commands.add_parser("xapi").add_subparsers(required=True, metavar="VERB")
    export = verbs.add_parser("export")
    export.add_argument("--from", dest="first", required=True, metavar="YYYY-MM-DD")
    export.add_argument("--to", dest="last", required=True, metavar="YYYY-MM-DD")
    export.add_argument("--site", default="", help="name or id")
    export.add_argument("--account-home", default="", metavar="URL", help="names the accounts")
    export.add_argument("--token", type=Path, metavar="FILE", help="what lets us into the store")
    how = export.add_mutually_exclusive_group(required=True)
    how.add_argument("--out", type=Path, metavar="FILE", help="a statement a line")
    how.add_argument("--lrs", metavar="URL", help="address of a learning record store")
    export.set_defaults(run=export_statements)


def export_statements(settings: Settings, chosen: argparse.Namespace) -> int:
    """Tell a period."""
    with opened(settings) as centre:
        home = chosen.account_home.rstrip("/") or f"https://{key_mark(centre.public_key)}.invalid"
        with asked(centre, chosen.first, chosen.last, chosen.site) as (tx, scope):
            told = statements(tx, scope, home)
            if chosen.lrs:
                done = RecordStore.at(chosen.lrs, chosen.token).send(told)
                write(say("centre.xapi_sent", taken=done.taken, known=done.known))
                return 0
            lines = _StatementFile(told)
            put_private(chosen.out, lines)
    write(say("centre.xapi_written", count=lines.count, path=chosen.out))
    return 0


class _StatementFile:
    """Statements as lines of JSON, counted as they are written."""

    def __init__(self, told: Iterator[Statement]) -> None:
        self._told = told
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        for one in self._told:
            self.count += 1
            yield json.dumps(one, ensure_ascii=False).encode() + b"\n"
