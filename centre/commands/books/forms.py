"""``form`` and ``forms``: one form, or every site's books of a month."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

from app.areas.forms.render_xlsx import xlsx_of
from centre.commands.output import Commands, opened, write, write_json
from centre.forms.making import NAMES, FormOrder, make_form, write_month
from centre.forms.print_view import html_of
from centre.private_files import put_private
from centre.settings import Settings
from centre.words import say


def add_commands(commands: Commands) -> None:
    """Add both."""
    form = commands.add_parser("form")
    form.add_argument("name", choices=NAMES)
    form.add_argument("--site", default="", help="name or id")
    form.add_argument("--session", default="", help="id or session code")
    form.add_argument("--month", default="", metavar="YYYY-MM")
    form.add_argument("--person", default="", help="id")
    form.add_argument("--year", type=int, default=0)
    form.add_argument("--class", dest="training_class", default="", help="name or id")
    form.add_argument("--restricted", action="store_true", help="you may see who is in the class")
    form.add_argument("--day", default="", help="for the visit list: today if not given")
    how = form.add_mutually_exclusive_group(required=True)
    how.add_argument("--json", action="store_true")
    how.add_argument("--xlsx", type=Path, metavar="FILE")
    how.add_argument("--html", type=Path, metavar="FILE", help="a page to print on A4")
    form.set_defaults(run=show_form)

    forms = commands.add_parser("forms")
    forms.add_argument("of", choices=["month"], help="a month's books, a workbook a site")
    forms.add_argument("--month", required=True, metavar="YYYY-MM")
    forms.add_argument("--out", type=Path, required=True, metavar="DIR")
    forms.set_defaults(run=write_forms)


def show_form(settings: Settings, chosen: argparse.Namespace) -> int:
    """Make one form and write it."""
    order = FormOrder(**{one.name: getattr(chosen, one.name) for one in fields(FormOrder)})
    with opened(settings) as centre:
        form = make_form(centre, order)
    if chosen.json:
        write_json(form)
        return 0
    path: Path = chosen.xlsx or chosen.html
    put_private(path, [xlsx_of((form,)) if chosen.xlsx else html_of((form,)).encode()])
    write(say("centre.form_written", path=path))
    return 0


def write_forms(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write the books of a month."""
    with opened(settings) as centre:
        count = write_month(centre, chosen.month, chosen.out)
    write(say("centre.forms_written", count=count, path=chosen.out))
    return 0
