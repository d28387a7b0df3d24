"""Reading single cells as offices write them: full-width digits, spaces, numbers for text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.domain.errors import BadInput
from centre.rosters.opening import Cell

_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,2}\Z")
_IDENTITY = re.compile(r"\d{17}[\dX]\Z|\d{15}\Z")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_DATE = re.compile(r"(19\d\d|20\d\d)(?:\D*?(0?[1-9]|1[0-2]))?(?:\D+(0?[1-9]|[12]\d|3[01]))?\D?\Z")
_COMPACT_DATE = re.compile(r"(19\d\d|20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?\Z")
_EXCEL_DAYS = (3_000, 60_000)
_WIDEST_EXACT_NUMBER = 10**15


@dataclass(frozen=True, slots=True)
class Identity:
    """What an identity number tells; the number itself is not kept."""

    number: str
    birth: str
    gender: str


def text_of(cell: Cell) -> str:
    """A cell as text: full-width characters made plain, spaces at the ends gone."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFKC", str(cell)).replace("\0", "").strip()


def name_of(cell: Cell) -> str:
    """A person's name; "张 三" is 张三, while other scripts keep one space between words."""
    text = text_of(cell)
    if text.isascii():
        return " ".join(text.split())
    return "".join(text.split())


def phone_of(cell: Cell) -> str:
    """Digits of a telephone number, or empty.

    Raises:
        BadInput: it is there, but no telephone number.
    """
    text = text_of(cell)
    if not text:
        return ""
    if _SCIENTIFIC.match(text):
        raise BadInput("centre.row_number_broken", value=text)
    digits = re.sub(r"[\s\-—–()+]", "", text)
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    if not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 12):
        raise BadInput("centre.row_phone", value=text[:40])
    return digits


def identity_of(cell: Cell) -> Identity | None:
    """Birth and gender from an identity number; None when the cell is empty.

    Raises:
        BadInput: a spreadsheet has broken it, or it is no such number.
    """
    text = text_of(cell).upper().replace(" ", "").lstrip("'")
    if not text:
        return None
    if _SCIENTIFIC.match(text):
        raise BadInput("centre.row_identity_scientific", value=text)
    is_rounded = isinstance(cell, int | float) and abs(cell) >= _WIDEST_EXACT_NUMBER
    if is_rounded or (text.endswith("000") and not _is_checked(text)):
        raise BadInput("centre.row_identity_zeroes")
    if _IDENTITY.match(text) is None or (len(text) == 18 and not _is_checked(text)):
        raise BadInput("centre.row_identity")
    born = text[6:14] if len(text) == 18 else "19" + text[6:12]
    odd = int(text[16] if len(text) == 18 else text[14]) % 2 == 1
    return Identity(text, f"{born[:4]}-{born[4:6]}-{born[6:]}", "male" if odd else "female")


def birth_of(cell: Cell) -> str:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or empty.

    Raises:
        BadInput: it is there, but no date.
    """
    text = text_of(cell)
    if not text:
        return ""
    if text.isdigit() and _EXCEL_DAYS[0] <= int(text) <= _EXCEL_DAYS[1] and len(text) == 5:
        return _date_of_serial(int(text))
    found = _COMPACT_DATE.match(text) or _DATE.match(text)
    if found is None:
        raise BadInput("centre.row_birth", value=text[:40])
    return "-".join(part.zfill(2) for part in found.groups() if part is not None)


def same_birth(one: str, other: str) -> bool:
    """Whether two births can be the same day, each as exact as it is known."""
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _is_checked(number: str) -> bool:
    if len(number) != 18 or not number[:17].isdigit():
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK_DIGITS[weighed % 11] == number[17]


def _date_of_serial(days: int) -> str:
    from datetime import date, timedelta

    return (date(1899, 12, 30) + timedelta(days=days)).isoformat()
