"""Telephone, identity and card numbers as spreadsheets bring them: broken, doubled, with notes."""

from __future__ import annotations

import re
from datetime import date

from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.rosters.files.opening import Cell
from app.rosters.sheets.cells import Say, error_in, given_text, hidden_digits, text_of
from app.rosters.sheets.sheet_words import is_ditto, is_empty_word

_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d{1,2}\Z", re.IGNORECASE)
_IDENTITY = re.compile(r"\d{17}[\dX]\Z|\d{15}\Z")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_WIDEST_EXACT_NUMBER = 10**15
_QUOTES = "'’‘`"
_MOBILE = re.compile(r"(?<!\d)(?:\+?(?:00)?86[\s-]*)?(1[3-9]\d[\s-]*\d{4}[\s-]*\d{4})(?!\d)")
_FIXED = re.compile(
    r"(?<!\d)((?:\(?0\d{2,3}\)?[\s-]*)?[2-8]\d{6,7}|[48]00[\s-]*\d{3}[\s-]*\d{4})"
    r"(?:\s*(?:-|转)\s*\d{1,6})?(?!\d)"
)
_MASKED = re.compile(r"\d[*·•]{3,}\d*|\d[Xx]{3,}\d")
_DATE = re.compile(r"(19|20)\d\d-\d\d-\d\d\Z")
_LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """What an identity number tells; the number itself is kept nowhere."""

    number: str
    birth: str
    gender: str


def phone_of(cell: Cell, said: Say) -> str:
    """Digits of a telephone number, or empty: of several the first mobile, the others said.

    Raises:
        BadInput: there are digits, but no telephone number.
    """
    text = given_text(cell, said).lstrip(_QUOTES)
    if not text:
        return ""
    if _SCIENTIFIC.match(text):
        raise BadInput("roster.row_number_broken", value=text)
    if _MASKED.search(text):
        said("roster.cell_masked", value=text[:40])
        return ""
    digits = "" if _DATE.match(text) else _plain_phone(text)
    if digits:
        return digits
    if not any(sign.isdigit() for sign in text):
        said("roster.cell_no_number", value=text[:40])
        return ""
    mobiles = [_digits(one) for one in _MOBILE.findall(text)]
    others = [_digits(one) for one in _FIXED.findall(_MOBILE.sub(" ", text))]
    found = [*dict.fromkeys(mobiles), *dict.fromkeys(others)]
    if not found:
        raise BadInput("roster.row_phone", value=hidden_digits(text[:40]))
    if len(found) > 1:
        rest = "、".join(hidden_digits(one) for one in found[1:])
        said("roster.cell_phones", taken=hidden_digits(found[0]), rest=rest)
    else:
        said(
            "roster.cell_phone_read", value=hidden_digits(text[:40]), taken=hidden_digits(found[0])
        )
    return found[0]


def identity_of(cell: Cell, said: Say) -> IdentityNumber | None:
    """Birth and gender from an identity number; None when there is none that holds.

    A number that a spreadsheet has broken stops nobody: it is said, and the row goes on.
    """
    error = error_in(cell)
    if error is not None:
        said("roster.cell_error", value=str(error.values["value"]))
        return None
    text = text_of(cell).upper().replace(" ", "").lstrip(_QUOTES).replace("×", "X")
    if not text:
        return None
    if is_empty_word(text):
        said("roster.cell_empty_word", value=text[:20])
        return None
    broken = _broken_identity(cell, text)
    if broken:
        said(broken, **({"value": text} if broken == "roster.cell_identity_scientific" else {}))
        return None
    born = text[6:14] if len(text) == 18 else "19" + text[6:12]
    odd = int(text[16] if len(text) == 18 else text[14]) % 2 == 1
    return IdentityNumber(text, f"{born[:4]}-{born[4:6]}-{born[6:]}", "male" if odd else "female")


def code_of(cell: Cell, said: Say) -> str:
    """A card's or a member's number as written; leading zeros as the file shows them.

    Raises:
        BadInput: a spreadsheet has broken it, or it is too long to be one.
    """
    text = given_text(cell, said).lstrip(_QUOTES)
    if is_ditto(text):
        said("roster.cell_empty_word", value=text[:20])
        return ""
    is_rounded = (
        isinstance(cell, int | float)
        and not isinstance(cell, bool)
        and abs(cell) >= _WIDEST_EXACT_NUMBER
    )
    if is_rounded or _SCIENTIFIC.match(text):
        shown = f"{cell:.5E}" if isinstance(cell, int | float) else text
        raise BadInput("roster.row_number_broken", value=shown)
    if re.fullmatch(r"\d+\.0+", text):
        text = text.partition(".")[0]
    if len(text) > _LONGEST_CODE:
        raise BadInput("roster.row_too_long", value=text[:20], most=_LONGEST_CODE)
    return text


def _plain_phone(text: str) -> str:
    """The digits when the cell holds one telephone number and nothing else."""
    digits = re.sub(r"\.0+\Z", "", text)
    digits = re.sub(r"[\s\-()+]", "", digits)
    if digits.startswith("0086") and len(digits) == 15:
        digits = digits[4:]
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    if not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 12):
        return ""
    is_cut_mobile = digits[0] == "1" and len(digits) != 11 and len(digits) > 8
    return "" if is_cut_mobile else digits


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _broken_identity(cell: Cell, text: str) -> str:
    if _SCIENTIFIC.match(text):
        return "roster.cell_identity_scientific"
    is_rounded = isinstance(cell, int | float) and abs(cell) >= _WIDEST_EXACT_NUMBER
    if is_rounded or (text.endswith("000") and len(text) == 18 and not _is_checked(text)):
        return "roster.cell_identity_zeroes"
    if _IDENTITY.match(text) is None or (len(text) == 18 and not _is_checked(text)):
        return "roster.cell_identity"
    born = text[6:14] if len(text) == 18 else "19" + text[6:12]
    try:
        date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return "roster.cell_identity"
    return ""


def _is_checked(number: str) -> bool:
    if len(number) != 18 or not number[:17].isdigit():
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK_DIGITS[weighed % 11] == number[17]
