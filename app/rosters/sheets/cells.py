"""Reading single cells as offices write them: text, births, yes and no, words that mean nothing.

A reader gives the value, says by ``said`` what it took otherwise than written, and raises
``BadInput`` only when nothing can be made of the cell and leaving it out would do harm.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from app.domain.errors import BadInput
from app.domain.written_forms import match_form, shown_form
from app.rosters.files.opening import Cell
from app.rosters.sheets.sheet_words import NO_WORDS, STATUS_WORDS, YES_WORDS, is_empty_word

_ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|"
    r"CONNECT!|BUSY!|UNKNOWN!|PYTHON!|EXTERNAL!|#+)\Z|Err:\d{3}\Z",
    re.IGNORECASE,
)
_LONG_DIGITS = re.compile(r"(?<=\d{3})\d+(?=\d{4})")
_BRACKETED = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
_FULL_YEAR = re.compile(
    r"((?:19|20)\d\d)\s*(?:年|[-./、\s])\s*(\d{1,2})\s*(?:月份?|[-./、\s])?\s*(?:(\d{1,2})\s*[日号]?)?\Z"
)
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?\Z")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)?\Z")
_SHORT_YEAR = re.compile(
    r"(\d\d)\s*(?:年|[-./、])\s*(\d{1,2})\s*(?:月份?|[-./、])?\s*(?:(\d{1,2})\s*[日号]?)?\Z"
)
_SHORT_COMPACT = re.compile(r"(\d\d)(\d\d)(\d\d)\Z")
_TIME_BEHIND = re.compile(r"[T\s]+\d{1,2}:\d\d(:\d\d(\.\d+)?)?\Z")
_EXCEL_DAYS = (3_000, 60_000)
_LAST_SHORT_YEAR = 12
"""A year of two digits: 00–12 are 2000–2012, 13–99 are 1913–1999."""


class Say(Protocol):
    """Says that a cell was taken otherwise than written."""

    def __call__(self, key: str, **values: object) -> None: ...


def text_of(cell: Cell) -> str:
    """A cell as it is kept and shown: one sign for what looks alike, nothing unseen."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**22:
        cell = int(cell)
    return _shown(str(cell))


@lru_cache(maxsize=65_536)
def _shown(text: str) -> str:
    return shown_form(text)


def error_in(cell: Cell) -> BadInput | None:
    """The refusal of a cell that holds an error or a formula nobody has calculated."""
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    if text.startswith("#") or text.startswith("Err"):
        if _ERROR.match(text):
            return BadInput("roster.row_cell_error", value=text[:20])
    elif text.startswith("=") and len(text) > 1:
        return BadInput("roster.row_cell_formula", value=text[:40])
    return None


def given_text(cell: Cell, said: Say) -> str:
    """Text of a cell; a word for "nothing", or a bare 0, is empty and said; an error is refused.

    Raises:
        BadInput: the cell holds an error.
    """
    error = error_in(cell)
    if error is not None:
        raise error
    text = text_of(cell)
    if text == "0" or (text and is_empty_word(text)):
        said("roster.cell_empty_word", value=text[:20])
        return ""
    return text


def hidden_digits(text: str) -> str:
    """The text for a sentence, long numbers as 138****6217."""
    return _LONG_DIGITS.sub("****", text)


def has_unseen(cell: Cell) -> bool:
    """Whether more than letter width was made plain: signs nobody sees, radicals for signs."""
    if not isinstance(cell, str) or cell.isascii():
        return False
    return any(_is_odd(sign) for sign in set(cell))


def _is_odd(sign: str) -> bool:
    if "\u2e80" <= sign <= "\u2fdf":
        return True
    return (
        not sign.isspace() and sign not in "\u3000\ufeff" and not _shown(sign) or sign == "\ufeff"
    )


def flag_of(cell: Cell, said: Say) -> bool | None:
    """Yes or no; None when the cell is empty or tells neither.

    Raises:
        BadInput: the cell holds an error.
    """
    error = error_in(cell)
    if error is not None:
        raise error
    text = text_of(cell)
    form = match_form(text)
    if not form:
        return None
    first = re.split(r"[(,;:、]", form)[0]
    if form in YES_WORDS or first in YES_WORDS or STATUS_WORDS.get(form):
        return True
    if form in NO_WORDS or first in NO_WORDS or form in STATUS_WORDS or is_empty_word(text):
        return False
    said("roster.cell_word", value=text[:40])
    return None


def birth_of(cell: Cell, said: Say) -> str:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or empty.

    Raises:
        BadInput: it is there, but no date.
    """
    text = given_text(cell, said).lstrip("'’‘`")
    if not text:
        return ""
    if isinstance(cell, float) and not cell.is_integer() and re.search(r"\.1\Z", text):
        year = _written_birth(text.partition(".")[0] + ".6", text)[0][:4]
        said("roster.cell_birth_vague", value=text, year=year)
        return year
    plain = _TIME_BEHIND.sub("", text)
    bare = _BRACKETED.sub("", plain).strip().rstrip("生.")
    found, is_short = _written_birth(bare, text)
    if is_short or bare != plain:
        said("roster.cell_birth_read", value=text[:40], birth=found)
    return found


def same_birth(one: str, other: str) -> bool:
    """Whether two births can be the same day, each as exact as it is known."""
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _written_birth(plain: str, text: str) -> tuple[str, bool]:
    """The date, and whether its year was written with two digits."""
    if plain.isdigit() and len(plain) == 5 and _EXCEL_DAYS[0] <= int(plain) <= _EXCEL_DAYS[1]:
        return (date(1899, 12, 30) + timedelta(days=int(plain))).isoformat(), False
    found = _YEAR.match(plain) or _FULL_YEAR.match(plain) or _COMPACT.match(plain)
    short = None if found else _SHORT_YEAR.match(plain) or _SHORT_COMPACT.match(plain)
    match = found or short
    if match is None:
        raise BadInput("roster.row_birth", value=text[:40])
    year, month, day = (int(part or 0) for part in (*match.groups(), None, None)[:3])
    if short:
        year += 2000 if year <= _LAST_SHORT_YEAR else 1900
    try:
        date(year, month or 1, day or 1)
    except ValueError as wrong:
        raise BadInput("roster.row_birth", value=text[:40]) from wrong
    parts = [f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)]
    return "-".join(parts), short is not None
