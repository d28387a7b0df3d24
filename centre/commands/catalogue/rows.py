"""``catalogue KIND`` and its short names: list, show, add, change, stop, export, import, undo."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from app.areas.catalogue.values import TrainingClass
from centre.catalogue.acts import (
    RowChange,
    add_row,
    book_of,
    change_row,
    find_row,
    stop_row,
)
from centre.catalogue.classes import too_small
from centre.catalogue.fields import ROW_KINDS, FieldType, RowKind
from centre.catalogue.headings import fields_written, heading
from centre.catalogue.names import NameBook
from centre.catalogue.rows import ListedRow, rows_of, scope_names, scope_of, shown_name
from centre.catalogue.texts import write_field
from centre.commands.output import Commands, aligned, opened, write, write_json
from centre.settings import Settings
from centre.words import say, say_error

SHORT_NAMES = {
    "lecturers": "lecturer",
    "venues": "venue",
    "partners": "partner",
    "routes": "route",
    "series": "series",
    "audiences": "audience",
    "calendar": "calendar_day",
    "campaigns": "campaign",
    "hour-rules": "rule_set",
}
_MOST_SHOWN = 60
_WIDE = 40
Run = Callable[[Settings, argparse.Namespace], int]


def add_commands(commands: Commands) -> None:
    """``catalogue KIND …``, and each kind by its short name."""
    whole = commands.add_parser("catalogue")
    whole.set_defaults(run=show_kinds)
    kinds = whole.add_subparsers(metavar="KIND")
    for kind in ROW_KINDS:
        add_row_commands(kinds.add_parser(kind), kind)
    for name, kind in SHORT_NAMES.items():
        add_row_commands(commands.add_parser(name), kind)


def add_row_commands(
    parser: argparse.ArgumentParser, kind: str
) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    """The acts on rows of one kind; without one they are listed."""
    told = {
        "kind": kind,
        "site": "",
        "township": "",
        "stopped": False,
        "json": False,
        "restricted": False,
    }
    parser.set_defaults(run=show_rows, **told)
    acts = parser.add_subparsers(metavar="ACT")
    declared = ROW_KINDS[kind]

    def act(name: str, run: Run, told: str) -> argparse.ArgumentParser:
        made = acts.add_parser(name, help=told)
        made.add_argument("--json", action="store_true")
        if not declared.kept_here:
            made.add_argument("--site", default="", help="of a site; without it the whole county's")
            made.add_argument("--township", default="", help="of all sites under this one")
        else:
            made.add_argument(
                "--restricted", action="store_true", help="you are entitled to see names"
            )
        made.set_defaults(run=run, kind=kind, site="", township="")
        return made

    act("list", show_rows, "all of them").add_argument("--stopped", action="store_true")
    act("show", show_row, "one of them").add_argument("name", help="name or id")
    fields = "FIELD=VALUE: " + " ".join(one.name for one in declared.fields)
    for name, run in (("add", add), ("change", change)):
        made = act(name, run, f"{name} one")
        if name == "change":
            made.add_argument("name", help="name or id")
        made.add_argument("fields", nargs="+", metavar="FIELD=VALUE", help=fields)
        made.add_argument("--by", default="", help="who had it done")
    stop = act("stop", stop_one, "one is not used any more")
    stop.add_argument("name", help="name or id")
    stop.add_argument("--by", default="", help="who had it done")
    act("export", export, "write all into a new .xlsx").add_argument("file", type=Path)
    read = act("import", import_file, "say what a sheet would change, or change it")
    read.add_argument("file", type=Path)
    read.add_argument("--apply", action="store_true", help="change it; otherwise only say")
    read.add_argument("--by", default="", help="who had it done")
    act("undo", undo, "take the last import back (24 hours)").add_argument("--by", default="")
    return acts


def show_kinds(_settings: Settings, _chosen: argparse.Namespace) -> int:
    """Say which kinds there are."""
    write(aligned([(kind, say(f"centre.rowkind_{kind}")) for kind in ROW_KINDS]))
    return 0


def show_rows(settings: Settings, chosen: argparse.Namespace) -> int:
    """List rows, those that are stopped only if asked."""
    kind = ROW_KINDS[chosen.kind]
    with opened(settings) as centre, centre.store.reading() as tx:
        scopes = (
            (scope_of(tx, kind, chosen.site, chosen.township),)
            if chosen.site or chosen.township
            else ()
        )
        found = rows_of(tx, chosen.kind, scopes)
        shown = [one for one in found if chosen.stopped or not one.value.stopped]
        book, sites = book_of(centre, tx), scope_names(tx)
        fields = [
            one
            for one in kind.fields
            if (one.name != "stopped" or chosen.stopped) and one.type is not FieldType.PEOPLE
        ]
        if chosen.json:
            write_json([row_json(_may_see(one, chosen), sites) for one in shown])
        elif not shown:
            write(say("centre.list_empty"))
        else:
            heads = (say("centre.column_id"), *(heading(kind, one.name) for one in fields))
            lines = [
                (
                    one.id,
                    *(
                        _short(write_field(kind, f, getattr(one.value, f.name), book))
                        for f in fields
                    ),
                )
                for one in shown
            ]
            if not kind.kept_here:
                heads = (*heads, say("centre.column_scope"))
                lines = [
                    (*line, sites.get(one.scope, ""))
                    for line, one in zip(lines, shown, strict=True)
                ]
            if not kind.makes_ids:
                heads, lines = heads[1:], [line[1:] for line in lines]
            write(aligned([heads, *lines]))
    return 0


def show_row(settings: Settings, chosen: argparse.Namespace) -> int:
    """Show one row, field by field."""
    kind = ROW_KINDS[chosen.kind]
    with opened(settings) as centre, centre.store.reading() as tx:
        row = _may_see(find_row(tx, chosen.kind, chosen.name, chosen.site, chosen.township), chosen)
        if chosen.json:
            write_json(row_json(row, scope_names(tx)))
        else:
            write(row_lines(kind, row, book_of(centre, tx), scope_names(tx)))
    return 0


def add(settings: Settings, chosen: argparse.Namespace) -> int:
    """Add one row."""
    kind = ROW_KINDS[chosen.kind]
    with opened(settings) as centre:
        written = fields_written(kind, chosen.fields)
        row = add_row(centre, chosen.kind, written, **_whose(chosen), by=chosen.by)
        with centre.store.reading() as tx:
            sites = scope_names(tx)
            remarks = _remarks(tx, row.value)
    if chosen.json:
        write_json(row_json(_may_see(row, chosen), sites))
    else:
        write(say("centre.row_added", name=shown_name(kind, row.value), id=row.id), *remarks)
    return 0


def change(settings: Settings, chosen: argparse.Namespace) -> int:
    """Change fields of one row."""
    kind = ROW_KINDS[chosen.kind]
    with opened(settings) as centre:
        written = fields_written(kind, chosen.fields)
        done = change_row(centre, chosen.kind, chosen.name, written, **_whose(chosen), by=chosen.by)
        with centre.store.reading() as tx:
            seen = replace(done, before=_seen(done.before, chosen), after=_seen(done.after, chosen))
            lines = turn_lines(kind, seen, book_of(centre, tx))
            lines += _remarks(tx, done.after) if lines else []
    if chosen.json:
        write_json(seen)
    elif not lines:
        write(say("centre.row_same", name=done.name))
    else:
        write(say("centre.row_changed", name=done.name, id=done.id), *lines)
    return 0


def stop_one(settings: Settings, chosen: argparse.Namespace) -> int:
    """Say that one is not used any more."""
    kind = ROW_KINDS[chosen.kind]
    with opened(settings) as centre:
        row = stop_row(centre, chosen.kind, chosen.name, **_whose(chosen), by=chosen.by)
    if chosen.json:
        write_json({"id": row.id, "name": row.name, "stopped": True})
    else:
        write(say("centre.row_stopped", name=shown_name(kind, row.value), id=row.id))
    return 0


def export(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write all rows of a kind into a new file."""
    from centre.catalogue.exporting import export_rows  # what writes sheets, for this command only

    with opened(settings) as centre:
        count = export_rows(
            centre, chosen.kind, chosen.file, restricted=getattr(chosen, "restricted", True)
        )
    if chosen.json:
        write_json({"rows": count, "file": str(chosen.file)})
    else:
        write(say("centre.rows_written", count=count, file=chosen.file))
    return 0


def import_file(settings: Settings, chosen: argparse.Namespace) -> int:
    """Say what a sheet would change, or change it; 1 when rows of it can't be read."""
    from centre.catalogue.importing import RowsRead, import_rows  # what opens sheets

    kind = ROW_KINDS[chosen.kind]
    with opened(settings) as centre:
        read: RowsRead = import_rows(
            centre, chosen.kind, chosen.file, apply=chosen.apply, **_whose(chosen), by=chosen.by
        )
        with centre.store.reading() as tx:
            book = book_of(centre, tx)
            groups: dict[str, list[tuple[RowChange, list[str]]]] = {
                "added": [(one, []) for one in read.added],
                "changed": [(one, turn_lines(kind, one, book)) for one in read.changed],
                "stopped": [(one, []) for one in read.stopped],
            }
    faults = [
        say("centre.row_trouble", row=one.row, cell=one.cell, why=say_error(one.why))
        for one in read.faults
    ]
    counts = {name: len(ones) for name, ones in groups.items()} | {"same": read.same}
    if chosen.json:
        told = {
            name: [{"id": one.id, "name": one.name, "turns": lines} for one, lines in ones]
            for name, ones in groups.items()
        }
        write_json(
            {
                **told,
                "same": read.same,
                "faults": faults,
                "columns": read.columns,
                "ignored": read.ignored,
                "number": read.number,
            }
        )
        return 1 if faults else 0
    lines = [say("centre.rows_columns", columns="、".join(read.columns))]
    if read.ignored:
        lines.append(say("centre.rows_ignored", columns="、".join(read.ignored)))
    for name, ones in groups.items():
        if ones:
            lines.append(say(f"centre.rows_{name}", count=len(ones)))
        for one, turns in ones[:_MOST_SHOWN]:
            lines += [f"  {one.name}", *(f"  {turn}" for turn in turns)]
        if len(ones) > _MOST_SHOWN:
            lines.append(say("centre.rows_more", count=len(ones) - _MOST_SHOWN))
    lines += faults[:_MOST_SHOWN]
    if faults:
        rows = {(one.sheet, one.row) for one in read.faults}
        lines.append(say("centre.rows_faulty", count=len(rows)))
    else:
        key = "centre.rows_done" if chosen.apply else "centre.rows_would"
        lines.append(say(key, **counts))
    write(*lines)
    return 1 if faults else 0


def undo(settings: Settings, chosen: argparse.Namespace) -> int:
    """Take the last import of a kind back."""
    from centre.catalogue.importing import undo_import

    with opened(settings) as centre:
        about, changes = undo_import(centre, chosen.kind, by=chosen.by)
    if chosen.json:
        write_json({"about": about, "rows": [one.id for one in changes]})
    else:
        write(say("centre.rows_undone", about=about, count=len(changes)))
    return 0


def row_json(row: ListedRow, sites: dict[str, str]) -> dict[str, Any]:
    """A row as JSON, with the site it is of."""
    told: dict[str, Any] = msgspec.to_builtins(row.value)
    return told | {"site_name": sites.get(row.scope, "")}


def row_lines(
    kind: RowKind, row: ListedRow, book: NameBook, sites: dict[str, str], *, people: bool = True
) -> str:
    """A row field by field; what is empty is left out."""
    lines = [(say("centre.column_id"), row.id)] if kind.makes_ids else []
    for one in kind.fields:
        if one.type is FieldType.PEOPLE and not people:
            continue
        text = write_field(kind, one, getattr(row.value, one.name), book)
        if text:
            lines.append((heading(kind, one.name), text))
    if row.scope in sites:
        lines.append((say("centre.column_scope"), sites[row.scope]))
    return aligned(lines)


def turn_lines(kind: RowKind, done: RowChange, book: NameBook) -> list[str]:
    """What a change turned, from and to."""
    written = partial(write_field, kind, book=book)
    lines = []
    for one in kind.fields:
        before, after = getattr(done.before, one.name), getattr(done.after, one.name)
        if before != after:
            told = {"before": _short(written(one, before)), "after": _short(written(one, after))}
            nothing = say("centre.row_nothing")
            told = {name: text or nothing for name, text in told.items()}
            lines.append(say("centre.row_turn", field=heading(kind, one.name), **told))
    return lines


def _whose(chosen: argparse.Namespace) -> dict[str, str]:
    return {"site": chosen.site, "township": chosen.township}


def _may_see(row: ListedRow, chosen: argparse.Namespace) -> ListedRow:
    """A row without the people of a restricted class, unless the asker is entitled."""
    return replace(row, value=_seen(row.value, chosen))


def _seen(value: Any, chosen: argparse.Namespace) -> Any:
    is_restricted = isinstance(value, TrainingClass) and value.is_restricted
    return replace(value, people=()) if is_restricted and not chosen.restricted else value


def _remarks(tx: Connection, value: Any) -> list[str]:
    """What does not go together in a row, said to whoever wrote it."""
    small = too_small(tx, value) if isinstance(value, TrainingClass) else None
    if small is None:
        return []
    return [say("centre.class_large", venue=small[0], seats=small[1], count=small[2])]


def _short(text: str, most: int = _WIDE) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
