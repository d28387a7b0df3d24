"""What calamine does not tell of an .xlsx: errors, formulas without a value, number formats.

Read as a stream with expat, whatever prefix the names have; a document type or an entity is
refused. Nothing is kept but the cells concerned and how far the sheet reaches.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from app.rosters.files.unpacking import Refused, shown_by

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_BUILT_IN = {1: "0", 2: "0.00", 17: "mmm-yy", 55: "yyyy-mm", 57: "yyyy-mm", 27: "yyyy-mm"}
_FORMULA_SHOWN = 60

Attributes = dict[str, str]
Shown = tuple[str, int] | None


@dataclass(slots=True)
class Marks:
    """Texts that stand over cells, and number formats that matter, by row and column from 0."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    shown: dict[tuple[int, int], Shown] = field(default_factory=dict)
    last_row: int = -1
    last_column: int = -1
    furthest: tuple[int, int] = (0, 0)

    def by_row(self) -> dict[int, list[tuple[int, str, Shown]]]:
        """Column, text and number format of each row."""
        rows: dict[int, list[tuple[int, str, Shown]]] = defaultdict(list)
        for row, column in {**self.texts, **self.shown}:
            place = (row, column)
            rows[row].append((column, self.texts.get(place, ""), self.shown.get(place)))
        return rows


def marks_of(content: bytes) -> dict[str, Marks]:
    """Marks by the sheet's name; a sheet that can't be looked into is not there.

    Raises:
        Refused: the file declares entities or is no XML.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _Parts(archive)
            shown = _shown_by_style(parts)
            found = {}
            for name, part in _sheet_parts(parts).items():
                reader = _SheetReader(shown)
                if parts.walk(part, reader.start, reader.end, reader.text):
                    found[name] = reader.marks
            return found
    except (zipfile.BadZipFile, expat.ExpatError, OSError, EOFError, NotImplementedError) as bad:
        raise Refused("roster.sheet_broken") from bad


class _Parts:
    """The parts of the package, found whatever the case of their names."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {
            name.replace("\\", "/").lower().lstrip("/"): name for name in archive.namelist()
        }

    def walk(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> bool:
        """Call back for each element by its bare name; False when there is no such part."""
        name = self._names.get(part.lower().lstrip("/"))
        if name is None:
            return False
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_entities
        parser.EntityDeclHandler = _refuse_entities
        parser.StartElementHandler = lambda tag, given: start(tag.rpartition(":")[2], given)
        if end is not None:
            parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        if text is not None:
            parser.CharacterDataHandler = text
        with self._archive.open(name) as opened:
            parser.ParseFile(opened)
        return True


def _refuse_entities(*_about: object) -> None:
    raise Refused("roster.sheet_broken")


def _sheet_parts(parts: _Parts) -> dict[str, str]:
    """Sheet name → part, through the workbook's relations."""
    by_id: dict[str, str] = {}
    named: dict[str, str] = {}

    def relation(tag: str, given: Attributes) -> None:
        if tag == "Relationship" and given.get("TargetMode") != "External":
            target = given.get("Target", "").replace("\\", "/")
            by_id[given.get("Id", "")] = (
                target if target.startswith("/") else posixpath.normpath("xl/" + target)
            )

    def sheet(tag: str, given: Attributes) -> None:
        if tag == "sheet":
            found = [value for key, value in given.items() if key.rpartition(":")[2] == "id"]
            if found and found[0] in by_id:
                named[given.get("name", "")] = by_id[found[0]]

    parts.walk("xl/_rels/workbook.xml.rels", relation)
    parts.walk("xl/workbook.xml", sheet)
    return named


def _shown_by_style(parts: _Parts) -> Mapping[str, Shown]:
    """Style number of a cell → how its number format shows a number, where that matters."""
    codes = {str(number): code for number, code in _BUILT_IN.items()}
    styles: dict[str, Shown] = {}
    inside = [""]

    def start(tag: str, given: Attributes) -> None:
        if tag == "numFmt":
            codes[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyleXfs"):
            inside[0] = tag
        elif tag == "xf" and inside[0] == "cellXfs":
            code = codes.get(given.get("numFmtId", ""), "")
            styles[str(len(styles))] = shown_by(code)

    parts.walk("xl/styles.xml", start)
    return {style: shown for style, shown in styles.items() if shown is not None}


class _SheetReader:
    """Reads one sheet's elements and notes what matters."""

    def __init__(self, shown: Mapping[str, Shown]) -> None:
        self.marks = Marks()
        self._shown = shown
        self._row = self._column = -1
        self._kind = self._style = ""
        self._inside = ""
        self._value: str | None = None
        self._formula: str | None = None

    def start(self, tag: str, given: Attributes) -> None:
        """An element begins."""
        if tag == "c":
            self._begin_cell(given)
        elif tag == "row":
            number = given.get("r", "")
            self._row = int(number) - 1 if number.isdigit() else self._row + 1
            self._column = -1
        elif tag == "v" or tag == "is":
            self._inside, self._value = "v", ""
        elif tag == "f":
            self._inside, self._formula = "f", ""

    def text(self, text: str) -> None:
        """Characters of the element."""
        if self._inside == "v" and self._value is not None and len(self._value) < 16:
            self._value += text
        elif self._inside == "f" and self._formula is not None:
            self._formula = (self._formula + text)[:_FORMULA_SHOWN]

    def end(self, tag: str) -> None:
        """An element ends; a cell is judged."""
        if tag in ("v", "is", "f"):
            self._inside = ""
        elif tag == "c":
            self._end_cell()

    def _begin_cell(self, given: Attributes) -> None:
        found = _PLACE.match(given.get("r", ""))
        if found is None:
            self._column += 1
        else:
            self._row = int(found[2]) - 1
            self._column = 0
            for letter in found[1]:
                self._column = self._column * 26 + ord(letter) - 64
            self._column -= 1
        self._kind, self._style = given.get("t", ""), given.get("s", "0")
        self._value = self._formula = None

    def _end_cell(self) -> None:
        place = (self._row, self._column)
        if self._value is None and self._formula is None:
            return
        if self._kind == "e":
            self.marks.texts[place] = self._value or "#VALUE!"
        elif self._formula is not None and self._is_uncalculated():
            self.marks.texts[place] = "=" + self._formula
        elif self._style in self._shown:
            self.marks.shown[place] = self._shown[self._style]
        marks = self.marks
        if self._row + self._column > sum(marks.furthest):
            marks.furthest = place
        marks.last_row = max(marks.last_row, self._row)
        marks.last_column = max(marks.last_column, self._column)

    def _is_uncalculated(self) -> bool:
        """No value at all, or an empty one where only text may be empty."""
        return self._value is None or (not self._value and self._kind != "str")
