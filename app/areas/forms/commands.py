"""``form`` and ``forms``: one form, or a month's books, by command."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from app.areas.forms.form import Form, FormTable, shown
from app.areas.forms.render_xlsx import xlsx_of
from app.areas.forms.verbs import NAMES, FormWish
from app.cli.output import CommandResult
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``form`` and ``forms``."""
    form = commands.add_parser("form", help=say("command.form"))
    form.add_argument("name", choices=NAMES)
    form.add_argument("--session", default="")
    form.add_argument("--month", default="", metavar="YYYY-MM")
    form.add_argument("--person", default="")
    form.add_argument("--year", type=int, default=0)
    form.add_argument("--class", dest="training_class", default="")
    form.add_argument("--xlsx", type=Path)
    form.add_argument("--json", action="store_true")
    form.set_defaults(job=_form)
    forms = commands.add_parser("forms", help=say("command.forms"))
    verbs = forms.add_subparsers(required=True, metavar="VERB")
    month = verbs.add_parser("month", help=say("command.forms.month"))
    month.add_argument("--month", required=True, metavar="YYYY-MM")
    month.add_argument("--out", type=Path, required=True)
    month.add_argument("--json", action="store_true")
    month.set_defaults(job=_month)


def _form(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    wish = FormWish(
        options.name,
        session=options.session,
        month=options.month,
        person=options.person,
        year=options.year,
        training_class=options.training_class,
    )
    form = opened.station.books.form(wish)
    lines = tuple(lines_of(form))
    if options.xlsx is not None:
        _write(options.xlsx, xlsx_of((form,)))
        lines = (say("command.form_written", path=options.xlsx),)
    return CommandResult(form, lines)


def _month(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    books = opened.station.books.of_month(options.month)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"{say('form.books')} {options.month}.xlsx"
    _write(path, xlsx_of(books))
    return CommandResult(books, (say("command.form_written", path=path),))


def _write(path: Path, content: bytes) -> None:
    """Names stand in it: only its owner reads it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)


def lines_of(form: Form) -> list[str]:
    """A form as lines of a terminal."""
    lines = [form.title]
    lines += [f"{one.label}{shown(one.cell.value)}" for one in form.head]
    for part in form.parts:
        lines += [part.title] if part.title else []
        if isinstance(part, FormTable):
            lines.append("  ".join(one.title for one in part.columns))
            lines += ["  ".join(shown(cell.value) for cell in line) for line in part.lines]
        else:
            lines += [f"{one.label}  {shown(one.cell.value)}" for one in part.fields]
    return lines
