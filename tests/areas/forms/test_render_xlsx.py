"""A spreadsheet that LibreOffice opens has every value of every form: figures as figures, words as
words, whatever they begin with."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.areas.forms.form import Form, FormBoxes, FormTable, Value
from app.areas.forms.render_xlsx import xlsx_of
from tests.areas.forms.samples import every_form

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FURTHEST = 40

Rows = list[list[Value]]


def opened_by_libreoffice(content: bytes, folder: Path) -> dict[str, Rows]:
    """What stands on each page of a workbook, as LibreOffice reads it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here")
    (folder / "b.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    arguments = [program, profile, "--headless", "--convert-to", "fods", "--outdir", str(folder)]
    subprocess.run(
        [*arguments, str(folder / "b.xlsx")], check=True, capture_output=True, timeout=120
    )
    tree = ElementTree.parse(folder / "b.fods")
    return {
        str(table.get(f"{_TABLE}name")): [_row(row) for row in table.iter(f"{_TABLE}table-row")]
        for table in tree.iter(f"{_TABLE}table")
    }


def _row(row: ElementTree.Element) -> list[Value]:
    cells: list[Value] = []
    for cell in row:
        times = min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), _FURTHEST)
        cells += [_value(cell)] * times
    return cells


def _value(cell: ElementTree.Element) -> Value:
    if cell.get(f"{_OFFICE}value-type") == "float":
        return float(cell.get(f"{_OFFICE}value", "nan"))
    lines = ["".join(line.itertext()) for line in cell.findall(f"{_TEXT}p")]
    return "\n".join(lines) if lines else None


def wanted(form: Form) -> Rows:
    """The rows a form must have, in their order, without empty ones."""
    rows: Rows = [[form.title]]
    rows += [[one.label.strip().rstrip("："), one.cell.value] for one in form.head]
    for part in form.parts:
        rows += [[part.title]] if part.title else []
        if isinstance(part, FormBoxes):
            rows += [[one.label, one.cell.value] for one in part.fields]
        if isinstance(part, FormTable):
            rows += [[one.title for one in part.columns]]
            rows += [[cell.value for cell in line] for line in part.lines]
    signed: Rows = [[one] for one in form.signatures]
    return rows + signed


def trimmed(rows: Rows) -> Rows:
    """Without empty cells at the end of a row and without empty rows."""
    found = []
    for row in rows:
        cells = list(row)
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            found.append(cells)
    return found


def test_every_value_comes_back(tmp_path: Path) -> None:
    forms = every_form()
    sheets = opened_by_libreoffice(xlsx_of(forms), tmp_path)
    assert len(sheets) == len(forms)
    for form, rows in zip(forms, sheets.values(), strict=True):
        assert trimmed(rows) == trimmed(wanted(form)), form.name


def test_pages_of_the_same_name_and_of_long_ones_stand_beside_each_other(tmp_path: Path) -> None:
    forms = every_form()
    names = opened_by_libreoffice(xlsx_of((*forms[:1] * 3,)), tmp_path)
    assert list(names) == [
        "签到表 集中学习 5 日 2026-11-05",
        "签到表 集中学习 5 日 2026-11-05 2",
        "签到表 集中学习 5 日 2026-11-05 3",
    ]
