"""The name in a name cell, and what offices write behind it: notes, marks, telephone numbers."""

from __future__ import annotations

import re

from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.domain.written_forms import match_form
from app.rosters.files.opening import Cell
from app.rosters.sheets.cells import error_in, hidden_digits, text_of
from app.rosters.sheets.sheet_words import (
    GENDER_WORDS,
    KIND_WORDS,
    STATUS_WORDS,
    column_meaning,
    is_empty_word,
)

_HAN = "\u3007\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U000323af"
_HAN_GAP = re.compile(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])")
_DOT_GAP = re.compile(r"\s*·\s*")
_OPEN, _CLOSE = r"[(\[【〔<{《〈「『〖]", r"[)\]】〕>}》〉」』〗]"
_INSIDE = r"\s*([^()\[\]【】〔〕<>{}《》〈〉「」『』〖〗]*?)\s*"
_BEHIND = re.compile(rf"(.+)\s*{_OPEN}{_INSIDE}{_CLOSE}?\Z")
_BEFORE = re.compile(rf"{_OPEN}{_INSIDE}{_CLOSE}\s*(.+)\Z")
_AROUND = re.compile(rf"{_OPEN}{_INSIDE}{_CLOSE}\Z")
_COUNTED = re.compile(r"(\d{1,4}\s*[.、)])\s*(?=\D)(.+)\Z")
_DOT_BEHIND = re.compile(f"(.*[{_HAN}])([.·]+)\\Z")
_MARKS = "*#※★☆△▲●◆■□√✓✔+^,;:、。…/|!?~_=-"
_MARKS_BEHIND = _MARKS + ")]】〕>}》〉」』〗"
_CIRCLED = re.compile(r"[\u2460-\u24ff\u2776-\u2793]+")
_NUMBER_BEHIND = re.compile(r"(.*?\D)[\s,:;、/-]*((?:\+?86[\s-]*)?\d[\d\s-]{5,}\d)\Z")
_MANY = re.compile(r"[、,;/|\n]|\s{2,}和\s{2,}")
_ROLES = frozenset(
    match_form(word)
    for word in "组长 副组长 党小组长 书记 副书记 支书 委员 组织委员 宣传委员 纪检委员 主任 支委 "
    "党员 老党员 村主任 预备 流动 女 男 已故".split()
)
_TITLE_BEHIND = re.compile(r"(.+?)[\s/,;、|-]+([^\s/,;、|-]+)\Z")
_DIGITS = re.compile(r"\d\D*\d\D*\d")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name, and the note that stood with it."""

    name: str
    note: str = ""


def is_joined(cell: Cell) -> bool:
    """Whether joining took the blank between two words of several signs: "欧阳 娜娜"."""
    return isinstance(cell, str) and len(_words(text_of(cell))) == 2


def _words(text: str) -> list[str]:
    """The words of a Chinese name when each has several signs."""
    words = text.split()
    return words if all(re.fullmatch(f"[{_HAN}]{{2,}}", one) for one in words) else []


def joined(text: str) -> str:
    """ "张 三" is 张三, while names of other scripts keep one blank between their words."""
    return _DOT_GAP.sub("·", _HAN_GAP.sub("", text))


def name_in(cell: Cell) -> WrittenName:
    """The name without what stands around it; both empty when the cell is.

    Raises:
        BadInput: an error, a number, or several names.
    """
    error = error_in(cell)
    if error is not None:
        raise error
    if isinstance(cell, bool | int | float):
        raise BadInput("roster.row_name_odd", value=hidden_digits(text_of(cell)[:40]))
    raw = cell or ""
    circled = _CIRCLED.findall(raw)
    text = text_of(_CIRCLED.sub("", raw)).strip("'’‘`\"“”")
    if not text and not circled:
        return WrittenName("")
    if is_empty_word(text):
        return WrittenName("")
    name, notes = _without_notes(text)
    if _is_several(raw, name):
        raise BadInput("roster.row_name_several", value=text[:60])
    name = joined(name)
    if _is_no_name(name):
        raise BadInput("roster.row_name_odd", value=hidden_digits(text[:40]))
    if len(name) > _LONGEST_NAME:
        raise BadInput("roster.row_too_long", value=name[:20], most=_LONGEST_NAME)
    return WrittenName(name, " ".join([*notes, *circled]).strip()[:60])


def _is_no_name(name: str) -> bool:
    """Digits, signs, or a word that heads a column or tells a kind or a standing."""
    has_letters = any(
        sign.isalpha() or sign == "〇" or "\ue000" <= sign <= "\uf8ff" for sign in name
    )
    form = match_form(name)
    is_word = form in KIND_WORDS or form in STATUS_WORDS or column_meaning(name) == "name"
    return not has_letters or _DIGITS.search(name) is not None or is_word


def _without_notes(text: str) -> tuple[str, list[str]]:
    """Take off brackets, marks, a telephone number and a title, from the outside in."""
    notes: list[str] = []
    while True:
        name, note = _without_one(text)
        if not name or name == text:
            return text, notes
        notes.insert(0, note)
        text = name


def _without_one(text: str) -> tuple[str, str]:
    for form in (_BEHIND, _NUMBER_BEHIND, _DOT_BEHIND):
        found = form.match(text)
        if found:
            return found[1].strip(" ,:;、/-"), found[2]
    for form in (_BEFORE, _COUNTED):
        found = form.match(text)
        if found:
            return found[2], found[1]
    around = _AROUND.match(text)
    if around:
        return around[1], "()"
    bare = text.rstrip(_MARKS_BEHIND).lstrip(_MARKS)
    if bare != text:
        return bare.strip(), text.replace(bare, "", 1)
    return _without_title(text)


def _without_title(text: str) -> tuple[str, str]:
    found = _TITLE_BEHIND.match(text)
    word = match_form(found[2]) if found else ""
    if found and (
        word in _ROLES or STATUS_WORDS.get(word) or word in KIND_WORDS or word in GENDER_WORDS
    ):
        return found[1].strip(), found[2]
    return text, ""


def _is_several(raw: str, name: str) -> bool:
    """Several names in one cell, by a sign or a line break between them, or three by blanks."""
    parts = [one.strip() for one in _MANY.split(name) if one.strip()]
    if len(parts) > 1 or len(_words(name)) > 2:
        return True
    lines = [text_of(one) for one in raw.splitlines() if text_of(one)]
    return (
        len(lines) > 1
        and all(re.fullmatch(f"[{_HAN}]{{2,4}}", one) for one in lines)
        and ("".join(lines) == joined(name))
    )
