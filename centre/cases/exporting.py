"""Cases as a sheet, and what courses are asked for: nothing that is personal stands in either."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import xlsxwriter
from sqlalchemy import Connection

from app.areas.cases.case_kind import CaseKind, FieldKind
from app.areas.cases.declared import CASE_KINDS, REQUEST
from app.areas.cases.machine import CaseRecord
from app.areas.catalogue.values import Lecturer, TrainingClass
from app.areas.courses.course import Course
from app.domain.errors import BadInput
from app.domain.time import local_time
from app.domain.values import dataclass
from app.wire.codec import read_row
from centre.cases.reading import CaseChoice, ListedCase, list_cases, show_case
from centre.feeds.scopes import CATALOGUE
from centre.private_files import put_private
from centre.service import Centre
from centre.store.tables import feed_rows
from centre.words import said_or, say

_WIDTH = 18
_HEADS = ("case", "kind", "site", "state", "opened", "since")


@dataclass(frozen=True, slots=True)
class Demand:
    """A course that is asked for and not answered yet: by how many sites, how many want it."""

    course: str
    title: str
    requests: int
    wanted_by: int


def demand(tx: Connection) -> tuple[Demand, ...]:
    """Courses that are asked for, those most people want first."""
    found: dict[str, tuple[int, int]] = {}
    for one in every_case(tx, CaseChoice(kind=REQUEST.name, state=REQUEST.first)):
        record = show_case(tx, one.case)
        course = record.value("course")
        requests, wanted = found.get(course, (0, 0))
        found[course] = requests + 1, wanted + int(record.value("wanted_by") or 1)
    titles = _names(tx)
    lines = (Demand(one, titles.get(one, one), *counts) for one, counts in found.items())
    return tuple(sorted(lines, key=lambda one: (-one.wanted_by, -one.requests, one.title)))


def every_case(tx: Connection, chosen: CaseChoice) -> Iterator[ListedCase]:
    """All that a choice names, a page at a time."""
    while page := list_cases(tx, chosen):
        yield from page
        chosen = replace(chosen, after=(page[-1].since_ms, page[-1].case))


def export_cases(centre: Centre, chosen: CaseChoice, path: Path) -> int:
    """Write what a choice names into a new .xlsx, a sheet a kind; how many cases.

    Raises:
        BadInput: the file is there already, or is no .xlsx.
    """
    if path.suffix.lower() != ".xlsx":
        raise BadInput("centre.template_ending")
    if path.exists():
        raise BadInput("centre.rows_file_there", file=str(path))
    count = 0
    kept = io.BytesIO()
    with (
        centre.store.reading() as tx,
        xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False}) as book,
    ):
        names = _names(tx)
        for kind in (one for one in CASE_KINDS.values() if chosen.kind in ("", one.name)):
            fields = [one.name for one in kind.fields if not one.is_personal]
            heads = [
                *(say(f"centre.case_head_{one}") for one in _HEADS),
                *(say(f"cases.field.{kind.name}.{one}") for one in fields),
            ]
            sheet = book.add_worksheet(say(f"cases.kind.{kind.name}"))
            sheet.set_column(0, len(heads) - 1, _WIDTH)
            for at, text in enumerate(heads):
                sheet.write_string(0, at, text)
            cases = every_case(tx, replace(chosen, kind=kind.name))
            for line, one in enumerate(cases, 1):
                for at, text in enumerate(_cells(kind, one, show_case(tx, one.case), names)):
                    sheet.write_string(line, at, text)
                count += 1
            sheet.freeze_panes(1, 1)
    put_private(path, (kept.getvalue(),))
    return count


def _cells(
    kind: CaseKind, listed: ListedCase, record: CaseRecord, names: dict[str, str]
) -> Iterator[str]:
    yield from (listed.case, say(f"cases.kind.{kind.name}"), listed.site_name)
    yield said_or(f"cases.state.{kind.name}.{record.state}", record.state)
    yield f"{local_time(record.opened_ms):%Y-%m-%d}"
    yield f"{local_time(record.since_ms):%Y-%m-%d}"
    for one in kind.fields:
        if one.is_personal:
            continue
        value = record.value(one.name)
        if one.choices and value:
            value = said_or(f"cases.choice.{kind.name}.{one.name}.{value}", value)
        yield names.get(value, value) if one.kind in _NAMED else value


_NAMED = (FieldKind.COURSE, FieldKind.LECTURER, FieldKind.TRAINING_CLASS)


def _names(tx: Connection) -> dict[str, str]:
    """What courses, lecturers and classes of the catalogue are called."""
    kinds = {"course": Course, "lecturer": Lecturer, "training_class": TrainingClass}
    own = feed_rows.c
    query = (
        feed_rows.select()
        .with_only_columns(own.kind, own.key, own.body)
        .where(own.scope == CATALOGUE, own.kind.in_(kinds), own.body.is_not(None))
    )
    found: dict[str, str] = {}
    for row in tx.execute(query):
        value: Course | Lecturer | TrainingClass = read_row(row.body, kinds[row.kind])
        found[row.key] = value.title if isinstance(value, Course) else value.name
    return found
