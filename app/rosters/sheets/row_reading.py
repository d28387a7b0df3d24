"""One row of a sheet as a person: each cell read, what is wrong said with its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from app.areas.people.person import PersonKind, StandingKind
from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.domain.written_forms import match_form
from app.rosters.files.opening import Cell
from app.rosters.sheets.cells import (
    Say,
    birth_of,
    error_in,
    flag_of,
    given_text,
    has_unseen,
    hidden_digits,
    text_of,
)
from app.rosters.sheets.findings import Findings, RosterRow
from app.rosters.sheets.headers import Header
from app.rosters.sheets.numbers import code_of, identity_of, phone_of
from app.rosters.sheets.person_names import is_joined, joined, name_in
from app.rosters.sheets.sheet_words import (
    GENDER_WORDS,
    KIND_WORDS,
    POST_WORDS,
    STATUS_WORDS,
    is_ditto,
)

_GONE = "gone"
_STATUS_ORDER = (_GONE, "away", "frail", "on_leave")
_LONGEST_BRANCH = 80
_LONGEST_GROUP = 40
_DATE_BEFORE = re.compile(
    r"(?:自|从|于|已于|因病|现|现已|已|目前|本人|长期|常年)*"
    r"(?:(?:19|20)?\d\d年(?:\d{1,2}月(?:\d{1,2}[日号])?)?|(?:19|20)\d\d(?:[-/]?\d{1,2}){0,2}月?)?"
    r"(?:起|初|底|末|因病|因故|在家|医治无效|已|至今)*"
)
_TELLING = re.compile(
    r"去世|死亡|病故|逝世|亡故|身故|转出|停止党籍|除名|退党|脱党|开除|失联|卧床|瘫痪|务工|打工|"
    r"外出|流出|流动|出国|出境|在外"
)
_NOT = re.compile(r"未|非|不|无|否|没|曾|拟|父|母|妻|夫|子|女|家属|遗属|回|返|结束")
_TELLING_WORDS = (
    ("gone", re.compile(r"去世|死亡|病故|逝世|亡故|身故|停止党籍|除名|退党|脱党|开除|转出")),
    ("frail", re.compile(r"卧床|瘫痪")),
    ("away", re.compile(r"失联|务工|打工|外出|流出|流动|出国|出境|在外")),
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Around:
    """What the sheet around the rows tells of them: a branch, a kind or a standing in its name."""

    branch: str = ""
    group: str = ""
    kind: str = ""
    status: str = ""
    needs_branch: bool = False


class RowReader:
    """Reads rows under one header; keeps the branch and group of the row above for "同上"."""

    def __init__(self, header: Header, found: Findings, *, fill_branch: bool) -> None:
        self._header = header
        self._found = found
        self._fill_branch = fill_branch
        self._above: dict[str, str] = {}

    def read(self, place: int, row: tuple[Cell, ...], around: Around) -> None:
        """Read one row into the findings: a person, or what is wrong with it."""
        one = _OneRow(place, row, self._header, self._found)
        name, note = one.name()
        branch = self._place_word(one, "branch", _LONGEST_BRANCH) or around.branch
        group = self._place_word(one, "group", _LONGEST_GROUP) or around.group
        if around.needs_branch and not branch and not one.failed("branch"):
            one.wrong(one.first("branch"), "roster.row_no_branch")
        phone = one.first_given("phone", phone_of)
        birth, gender, number = one.birth_gender_identity()
        kind = one.kind(KIND_WORDS.get(match_form(note), "") or around.kind)
        status = one.status(note) or around.status
        member_no = one.take("member_no", code_of, "")
        card_no = one.take("card_no", code_of, "")
        if one.is_wrong:
            return
        gender = gender or GENDER_WORDS.get(match_form(note), "")
        self._found.rows.append(
            RosterRow(
                row=place + 1,
                name=name,
                member_no=member_no,
                branch=branch,
                group=group,
                phone=phone,
                birth=birth,
                gender=gender,
                kind=PersonKind(kind),
                card_no=card_no,
                standing=StandingKind(status) if status and status != _GONE else None,
                active=status != _GONE,
                identity=number,
                sheet=self._found.sheet,
                note=note,
                posts=one.posts(),
            )
        )

    def _place_word(self, one: _OneRow, meaning: str, longest: int) -> str:
        """A branch or group; "同上" and, where merging is unknown, an empty cell mean the one above."""
        column = one.first(meaning)
        if column is None:
            return ""
        raw = one.cell(column)
        above = self._above.get(meaning, "")
        if is_ditto(text_of(raw)) and above:
            one.clean(column, "roster.cell_as_above", value=text_of(raw)[:10], taken=above)
            text = above
        else:
            text = joined(one.take(meaning, given_text, ""))
            if not text and meaning == "branch" and self._fill_branch and above:
                one.clean(column, "roster.cell_as_above", value="", taken=above)
                text = above
        if len(text) > longest:
            one.wrong(column, "roster.row_too_long", value=text[:20], most=longest)
            return ""
        if text and has_unseen(raw):
            one.clean(column, "roster.cell_unseen", value=text)
        self._above[meaning] = text
        return text


class _OneRow:
    """The cells of one row, and what is wrong with them."""

    def __init__(self, place: int, row: tuple[Cell, ...], header: Header, found: Findings) -> None:
        self._place = place
        self._row = row
        self._columns: Mapping[str, tuple[int, ...]] = header.columns
        self._header = header
        self._found = found
        self._failed: set[str] = set()
        self.is_wrong = False

    def cell(self, column: int) -> Cell:
        """What stands in a column."""
        return self._row[column] if column < len(self._row) else None

    def first(self, meaning: str) -> int | None:
        """The column of a meaning."""
        return next(iter(self._columns.get(meaning, ())), None)

    def failed(self, meaning: str) -> bool:
        """Whether this was said to be wrong already."""
        return meaning in self._failed

    def wrong(self, column: int | None, key: str, **values: object) -> None:
        """Say what is wrong; the row is no person then."""
        self.is_wrong = True
        self._found.wrong(self._place, column, key, **values)

    def clean(self, column: int, key: str, **values: object) -> None:
        """Say what was taken otherwise than written."""
        self._found.clean(self._place, column, key, **self._headed(column, values))

    def take(self, meaning: str, read: Callable[[Cell, Say], T], otherwise: T) -> T:
        """Read the one column of a meaning."""
        column = self.first(meaning)
        return otherwise if column is None else self._read(meaning, column, read, otherwise)

    def first_given(self, meaning: str, read: Callable[[Cell, Say], str]) -> str:
        """The first column of a meaning that gives anything."""
        for column in self._columns.get(meaning, ()):
            found = self._read(meaning, column, read, "")
            if found:
                return found
        return ""

    def name(self) -> tuple[str, str]:
        """The name and the note behind it; what was taken off is said."""
        column = self.first("name")
        if column is None:
            return self._name_of_two()
        try:
            written = name_in(self.cell(column))
        except BadInput as bad:
            self._refuse("name", column, bad)
            return "", ""
        if not written.name:
            self.wrong(column, "roster.row_no_name")
        if written.note:
            note = hidden_digits(written.note)
            self.clean(column, "roster.cell_note", name=written.name, note=note)
        if has_unseen(self.cell(column)):
            self.clean(column, "roster.cell_unseen", value=written.name)
        elif is_joined(self.cell(column)) and not written.note:
            self.clean(column, "roster.cell_joined", name=written.name)
        return written.name, written.note

    def birth_gender_identity(self) -> tuple[str, str, str]:
        """A birth as written or from the identity number; where the two differ it is said."""
        birth = self.take("birth", birth_of, "")
        gender = self._word("gender", GENDER_WORDS)
        identity = self.take("identity", identity_of, None)
        if identity is None:
            return birth, gender, ""
        column = self.first("identity") or 0
        if birth and not identity.birth.startswith(birth):
            self.clean(column, "roster.cell_identity_birth", birth=birth)
        if gender and gender != identity.gender:
            self.clean(column, "roster.cell_identity_gender")
        return birth or identity.birth, gender or identity.gender, identity.number

    def kind(self, otherwise: str) -> str:
        """Who someone is; a word that is unknown is wrong, for everything hangs on it."""
        for column in self._columns.get("kind", ()):
            text = self._read("kind", column, given_text, "")
            form = _bare_word(text)
            if not form:
                continue
            if form in KIND_WORDS:
                return KIND_WORDS[form]
            values = {"value": text[:40], "heading": self._header.heading_of(column)}
            self.wrong(column, "roster.row_word", **values)
            return PersonKind.MEMBER.value
        return otherwise or PersonKind.MEMBER.value

    def posts(self) -> tuple[str, ...]:
        """Posts in the branch: "书记、组织委员" is two of them; any other word is none."""
        told = ""
        for column in self._columns.get("post", ()):
            told += self._read("post", column, given_text, "") + " "
        found = []
        for post, word in POST_WORDS:
            if word in told and not re.search(f"(?:原|前任?){word}", told):
                found.append(post)
                told = told.replace(word, " ")
        return tuple(found)

    def status(self, note: str) -> str:
        """Why someone is not expected: the weightiest of all columns that tell it."""
        found = {STATUS_WORDS.get(match_form(note), "")}
        for column in self._columns.get("status", ()):
            found.add(self._status_word(column))
        for column in self._columns.get("note", ()):
            found.add(self._status_note(column))
        for column in self._columns.get("kind", ()):
            behind = re.search(r"\((.*?)\)", text_of(self.cell(column)))
            found.add(STATUS_WORDS.get(match_form(behind[1]), "") if behind else "")
        found |= self._flags()
        return next((one for one in _STATUS_ORDER if one in found), "")

    def _flags(self) -> set[str]:
        found = set()
        told = [self._read("away", one, flag_of, None) for one in self._columns.get("away", ())]
        if any(told) or self.take("lost", flag_of, None):
            found.add("away")
        if self.take("frail", flag_of, None):
            found.add("frail")
        column = self.first("away_where")
        if column is not None:
            where = self.take("away_where", _place_of, "")
            if where and False in told:
                self.clean(column, "roster.cell_away_both", value=where[:40])
            elif where:
                found.add("away")
        return found

    def _status_word(self, column: int) -> str:
        text = self._read("status", column, given_text, "")
        form = _bare_word(text)
        if not form:
            return ""
        told = _status_in(form)
        if told is not None:
            return told
        if not _NOT.search(form):
            for status, words in _TELLING_WORDS:
                if words.search(form):
                    self.clean(column, "roster.cell_status_read", value=text[:40])
                    return status
        self.clean(column, "roster.cell_word", value=text[:40])
        return ""

    def _status_note(self, column: int) -> str:
        cell = self.cell(column)
        error = error_in(cell)
        if error is not None:
            self.clean(column, "roster.cell_error", value=error.values["value"])
            return ""
        text = text_of(cell)
        found = {_status_in(match_form(one)) or "" for one in re.split(r"[,;、/。,\s]+", text)}
        status = next((one for one in _STATUS_ORDER if one in found), "")
        if not status and _TELLING.search(text):
            self.clean(column, "roster.cell_note_unused", value=hidden_digits(text[:40]))
        return status

    def _word(self, meaning: str, words: Mapping[str, str]) -> str:
        column = self.first(meaning)
        text = self.take(meaning, given_text, "")
        if column is None or not text:
            return ""
        found = words.get(_bare_word(text))
        if found is None:
            self.clean(column, "roster.cell_word", value=text[:40])
        return found or ""

    def _name_of_two(self) -> tuple[str, str]:
        family, given = self.first("family_name"), self.first("given_name")
        parts = [text_of(self.cell(one)) for one in (family, given) if one is not None]
        gap = " " if all(one.isascii() for one in parts) else ""
        try:
            for column in (family, given):
                if column is not None and (error := error_in(self.cell(column))):
                    raise error
            written = name_in(gap.join(parts).strip())
        except BadInput as bad:
            self._refuse("name", family or 0, bad)
            return "", ""
        if not written.name:
            self.wrong(family, "roster.row_no_name")
        return written.name, written.note

    def _read(self, meaning: str, column: int, read: Callable[[Cell, Say], T], otherwise: T) -> T:
        def said(key: str, **values: object) -> None:
            self.clean(column, key, **values)

        try:
            return read(self.cell(column), said)
        except BadInput as bad:
            self._refuse(meaning, column, bad)
            return otherwise

    def _refuse(self, meaning: str, column: int, bad: BadInput) -> None:
        self._failed.add(meaning)
        self.wrong(column, bad.key, **self._headed(column, bad.values))

    def _headed(self, column: int, values: Mapping[str, object]) -> dict[str, object]:
        return {"heading": self._header.heading_of(column), **values}


def _bare_word(text: str) -> str:
    """A word without its code in front ("01 正式党员") and without brackets behind."""
    bare = re.sub(r"\(.*?\)\Z", "", text) or text
    return match_form(re.sub(r"\A\d{1,2}[\s.、-]*(?=\D)", "", bare))


def _status_in(form: str) -> str | None:
    """The standing a word means, with or without a date before it; None when unknown."""
    if form in STATUS_WORDS:
        return STATUS_WORDS[form]
    begun = _DATE_BEFORE.match(form)
    rest = form[begun.end() :] if begun else form
    return STATUS_WORDS.get(rest)


def _place_of(cell: Cell, said: Say) -> str:
    text = given_text(cell, said)
    return "" if flag_of(text, lambda *_key, **_values: None) is False else text
