"""A field's value as text and back: what stands in a cell, and on a command line.

Several things in one cell stand apart by a semicolon or a new line; each form is the same in both
directions, so what was written out reads back equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.areas.catalogue.values import (
    CHECKS,
    ClassCheck,
    ClassLesson,
    LecturerState,
    RouteStop,
    StateChange,
)
from app.areas.hours.rule_set import MOST_PERCENT, KindRate
from app.areas.people.person import PersonKind
from app.areas.sessions.kinds import SessionKind
from app.domain.errors import BadInput
from app.domain.written_forms import match_form, shown_form
from centre.catalogue.fields import Field, FieldType, RowKind
from centre.catalogue.names import NameBook
from centre.catalogue.timetable import lessons_of, read_words
from centre.words import WORDS, say
from centre.words.catalogue import DAY_WRITTEN, LESSON_WRITTEN, MONTH_WRITTEN

MOST_TEXT = 400
SEPARATOR = "\uff1b"
_MOST_ITEMS = 5_000
_MOST_NUMBER = 1_000_000
_BETWEEN = re.compile(r"[;\uff1b\n]+")
_BETWEEN_WORDS = re.compile(r"[;\uff1b\n,\uff0c\u3001]+")
_EXCEL_DAY = re.compile(r"[2-9]\d{4}(?:\.0)?\Z")
_NUMBER = re.compile(r"(\d[\d,]*)(?:\.0+)?\s*\D{0,6}\Z")
_SIZED = re.compile(r"(.*?)\s*\((.*)\)\Z")
_EXCEL_ZERO = date(1899, 12, 30)
_FLAGS = {one: f"centre.word_flag_{one}" for one in ("yes", "no")}
_STATES = {one.value: f"centre.word_state_{one.value}" for one in LecturerState}
_CHECKS = {one: f"centre.word_check_{one}" for one in CHECKS}
_SESSION_KINDS = {one.value: f"session_kind.{one.value}" for one in SessionKind}
_PERSON_KINDS = {one.value: f"centre.word_person_{one.value}" for one in PersonKind}


def items_of(text: str, *, words: bool = False) -> list[str]:
    """The things of a cell, each once; single ``words`` stand apart by commas, too."""
    between = _BETWEEN_WORDS if words else _BETWEEN
    found = [shown_form(one) for one in between.split(text)]
    items = list(dict.fromkeys(one for one in found if one))
    if len(items) > _MOST_ITEMS:
        raise BadInput("centre.field_many", count=len(items), most=_MOST_ITEMS)
    return items


def read_field(kind: RowKind, field: Field, text: str, book: NameBook) -> Any:
    """The value that a text stands for.

    Raises:
        BadInput: it can't be read as this field.
    """
    plain = text if is_list(field) else shown_form(text)
    longest = (
        max(map(len, items_of(plain, words=field.type in _OF_WORDS)), default=0)
        if is_list(field)
        else len(plain)
    )
    if longest > MOST_TEXT:
        raise BadInput("centre.field_long", most=MOST_TEXT)
    if not plain.strip():
        if field.required:
            raise BadInput("centre.field_empty")
        return kind.empty(field.name)
    return _READERS[field.type](kind, field, plain, book)


def is_list(field: Field) -> bool:
    """Whether several things may stand in one cell."""
    return field.type in _SEVERAL


def write_field(kind: RowKind, field: Field, value: Any, book: NameBook) -> str:
    """A value as text; empty for what is not there."""
    if value == kind.empty(field.name) and field.type is not FieldType.WORD:
        return "" if not isinstance(value, int) or isinstance(value, bool) else _number(value)
    return _WRITERS[field.type](kind, field, value, book)


def day_of(text: str) -> str:
    """An ISO date out of any usual way to write one.

    Raises:
        BadInput: it is none.
    """
    plain = shown_form(text)
    if _EXCEL_DAY.match(plain):
        return (_EXCEL_ZERO + timedelta(days=int(float(plain)))).isoformat()
    found = DAY_WRITTEN.match(plain)
    try:
        if found is None:
            raise ValueError(plain)
        return date(*(int(one) for one in found.groups())).isoformat()
    except ValueError as wrong:
        raise BadInput("centre.field_day", value=plain[:40]) from wrong


def word_of(keys: Mapping[str, str], text: str) -> str:
    """The word whose sentence in either language is this text; ``keys`` are sentences by word.

    Raises:
        BadInput: none is.
    """
    form = match_form(text)
    for one, key in keys.items():
        if form in (match_form(one), *(match_form(told) for told in WORDS[key])):
            return one
    allowed = "、".join(say(key) for key in keys.values())
    raise BadInput("centre.field_word", value=text[:40], allowed=allowed)


def _word_key(field: Field, word: StrEnum) -> str:
    return f"centre.word_{field.name}_{word.value}"


def _number(value: int) -> str:
    return str(value) if value else ""


def _read_number(_kind: RowKind, _field: Field, text: str, _book: NameBook) -> int:
    found = _NUMBER.match(text)
    number = int(found[1].replace(",", "")) if found else -1
    if not 0 <= number <= _MOST_NUMBER:
        raise BadInput("centre.field_number", value=text[:40])
    return number


def _read_month(_kind: RowKind, _field: Field, text: str, _book: NameBook) -> str:
    found = MONTH_WRITTEN.match(text)
    if found is not None and 1 <= int(found[2]) <= 12:
        return f"{int(found[1]):04d}-{int(found[2]):02d}"
    try:
        return day_of(text)[:7]  # a sheet makes a day of "2026-05"
    except BadInput as wrong:
        raise BadInput("centre.field_month", value=text[:40]) from wrong


def _read_flag(_kind: RowKind, _field: Field, text: str, _book: NameBook) -> bool:
    return word_of(_FLAGS, text) == "yes"


def _read_word(kind: RowKind, field: Field, text: str, _book: NameBook) -> Any:
    words = kind.words_of(field.name)
    return words(word_of({one.value: _word_key(field, one) for one in words}, text))


def _read_kinds(_kind: RowKind, _field: Field, text: str, _book: NameBook) -> tuple[str, ...]:
    return tuple(word_of(_PERSON_KINDS, one) for one in items_of(text, words=True))


def _read_states(
    _kind: RowKind, _field: Field, text: str, _book: NameBook
) -> tuple[StateChange, ...]:
    """``2026-03-01 paused (ill)``; days in order."""
    found = []
    for item in items_of(text):
        written, _, rest = item.partition(" ")
        day = day_of(written)
        told = _SIZED.match(rest)
        word, reason = (told[1], told[2]) if told else (rest, "")
        state = LecturerState(word_of(_STATES, word))
        found.append(StateChange(day, state, reason))
    return tuple(sorted(found, key=lambda one: one.day))


def _read_stops(_kind: RowKind, _field: Field, text: str, _book: NameBook) -> tuple[RouteStop, ...]:
    """``NAME`` or ``NAME (optional)``, ``NAME (note)``; a stop's id is its place in the route."""
    found = []
    optional = {match_form(one) for one in WORDS["centre.stop_optional"]}
    for place, item in enumerate(items_of(text), start=1):
        told = _SIZED.match(item)
        name, inside = (told[1], told[2]) if told else (item, "")
        parts = [one.strip() for one in re.split(r"[,\uff0c\u3001]", inside) if one.strip()]
        note = "、".join(one for one in parts if match_form(one) not in optional)
        required = not any(match_form(one) in optional for one in parts)
        found.append(RouteStop(str(place), name, required, note))
    return tuple(found)


def _read_checks(
    _kind: RowKind, _field: Field, text: str, _book: NameBook
) -> tuple[ClassCheck, ...]:
    """``CHECK WHO DAY``."""
    found = {}
    for item in items_of(text):
        parts = item.split()
        if len(parts) < 3:
            raise BadInput("centre.field_check", value=item[:40])
        check = word_of(_CHECKS, parts[0])
        found[check] = ClassCheck(check, " ".join(parts[1:-1]), day_of(parts[-1]))
    return tuple(found[one] for one in CHECKS if one in found)


def _read_rates(_kind: RowKind, _field: Field, text: str, _book: NameBook) -> tuple[KindRate, ...]:
    """``KIND PERCENT% MOST_A_SESSION MOST_A_YEAR``; the two caps are minutes, 0 or nothing is none."""
    found = {}
    for item in items_of(text):
        parts = item.split()
        kind = word_of(_SESSION_KINDS, parts[0])
        figures = [_read_number(_kind, _field, one.rstrip("%"), _book) for one in parts[1:4]]
        if not figures or len(parts) > 4 or figures[0] > MOST_PERCENT:
            raise BadInput("centre.field_rate", value=item[:40])
        found[kind] = KindRate(kind, *figures)
    return tuple(found.values())


def _write_rate(one: KindRate) -> str:
    caps = [one.cap_session, one.cap_year]
    while caps and not caps[-1]:
        caps.pop()
    return " ".join((say(_SESSION_KINDS[one.kind]), f"{one.percent}%", *map(str, caps)))


def read_lesson(item: str) -> ClassLesson | None:
    """``DAY HH:MM MINUTES TITLE`` or ``DAY HH:MM-HH:MM TITLE``; None when it is no date."""
    told = LESSON_WRITTEN.match(shown_form(item))
    if told is None:
        return None
    try:
        day, start = day_of(told[1]), _clock(told[2])
        minutes = int(told[4] or 0)
        if told[3]:
            minutes = _minute_of_day(_clock(told[3])) - _minute_of_day(start)
    except BadInput:
        return None
    return ClassLesson(day, start, minutes, (told[5] or "").strip()) if minutes >= 0 else None


def _read_lessons(
    _kind: RowKind, _field: Field, text: str, book: NameBook
) -> tuple[ClassLesson, ...]:
    """Dates, each as ``read_lesson`` has it, or words such as "every Tuesday" for several."""
    found: list[ClassLesson] = []
    for item in items_of(text):
        lesson = read_lesson(item)
        found += lessons_of(read_words(item, book.today)) if lesson is None else (lesson,)
    return tuple(sorted(found, key=lambda one: (one.day, one.start)))


def rule_of(text: str, book: NameBook) -> str:
    """The rule (RFC 5545) of a timetable that was written as one sentence; empty for dates."""
    items = items_of(text)
    if len(items) != 1 or read_lesson(items[0]) is not None:
        return ""
    return read_words(items[0], book.today).rfc


def _clock(text: str) -> str:
    hour, _, minute = text.partition(":")
    if not (int(hour) < 24 and int(minute) < 60):
        raise BadInput("centre.field_lesson", value=text)
    return f"{int(hour):02d}:{int(minute):02d}"


def _minute_of_day(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _write_stop(one: RouteStop) -> str:
    told = [say("centre.stop_optional")] if not one.required else []
    told += [one.note] if one.note else []
    return one.name + (f"（{'，'.join(told)}）" if told else "")


def _write_state(one: StateChange) -> str:
    told = f"{one.day} {say(_STATES[one.state.value])}"
    return f"{told}（{one.reason}）" if one.reason else told


def _write_lesson(one: ClassLesson) -> str:
    minutes = say("centre.lesson_minutes", minutes=one.minutes) if one.minutes else ""
    return " ".join(part for part in (one.day, one.start, minutes, one.title) if part)


_Reader = Callable[[RowKind, Field, str, NameBook], Any]
_Writer = Callable[[RowKind, Field, Any, NameBook], str]
_T = FieldType
_SEVERAL = frozenset(
    {
        _T.TEXTS,
        _T.TITLES,
        _T.COURSES,
        _T.PEOPLE,
        _T.KINDS,
        _T.STATES,
        _T.STOPS,
        _T.CHECKS,
        _T.LESSONS,
        _T.RATES,
    }
)
_OF_WORDS = frozenset({_T.TEXTS, _T.PEOPLE, _T.KINDS})
_READERS: dict[FieldType, _Reader] = {
    _T.TEXT: lambda _kind, _field, text, _book: text,
    _T.TEXTS: lambda _kind, _field, text, _book: tuple(items_of(text, words=True)),
    _T.TITLES: lambda _kind, _field, text, _book: tuple(items_of(text)),
    _T.NUMBER: _read_number,
    _T.DAY: lambda _kind, _field, text, _book: day_of(text),
    _T.MONTH: _read_month,
    _T.FLAG: _read_flag,
    _T.WORD: _read_word,
    _T.ROW: lambda _kind, field, text, book: book.row_id(field.of, text),
    _T.COURSES: lambda _k, _f, text, book: tuple(book.course_id(one) for one in items_of(text)),
    _T.PEOPLE: lambda _k, _f, text, book: tuple(
        dict.fromkeys(book.person_id(one) for one in items_of(text, words=True))
    ),
    _T.KINDS: _read_kinds,
    _T.STATES: _read_states,
    _T.STOPS: _read_stops,
    _T.CHECKS: _read_checks,
    _T.LESSONS: _read_lessons,
    _T.RATES: _read_rates,
}


def _joined(each: Callable[[Any], str]) -> _Writer:
    return lambda _kind, _field, value, _book: SEPARATOR.join(each(one) for one in value)


_WRITERS: dict[FieldType, _Writer] = {
    _T.TEXT: lambda _kind, _field, value, _book: str(value),
    _T.TEXTS: _joined(str),
    _T.TITLES: _joined(str),
    _T.NUMBER: lambda _kind, _field, value, _book: str(value),
    _T.DAY: lambda _kind, _field, value, _book: str(value),
    _T.MONTH: lambda _kind, _field, value, _book: str(value),
    _T.FLAG: lambda _kind, _field, value, _book: say(_FLAGS["yes" if value else "no"]),
    _T.WORD: lambda _k, field, value, _b: say(_word_key(field, value)),
    _T.ROW: lambda _kind, field, value, book: book.row_name(field.of, value),
    _T.COURSES: lambda _k, _f, value, book: SEPARATOR.join(book.course_title(one) for one in value),
    _T.PEOPLE: lambda _k, _f, value, book: SEPARATOR.join(book.person_name(one) for one in value),
    _T.KINDS: _joined(lambda one: say(_PERSON_KINDS[one])),
    _T.STATES: _joined(_write_state),
    _T.STOPS: _joined(_write_stop),
    _T.CHECKS: _joined(lambda one: f"{say(_CHECKS[one.check])} {one.by} {one.day}"),
    _T.LESSONS: _joined(_write_lesson),
    _T.RATES: _joined(_write_rate),
}
