"""Which fields a row of each kind has for people: one declaration for commands and sheets.

A heading is ``centre.column_NAME`` in ``centre.words``. A new kind is one entry here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum, StrEnum, auto
from typing import Any, get_type_hints

from app.areas.catalogue.kinds import value_type
from app.domain.errors import NotFound
from app.domain.values import dataclass


class FieldType(Enum):
    """How a field is written in a cell or on a command line."""

    TEXT = auto()
    TEXTS = auto()
    TITLES = auto()
    """Texts that may hold a comma."""
    NUMBER = auto()
    DAY = auto()
    MONTH = auto()
    FLAG = auto()
    WORD = auto()
    """One of the words of the value's enumeration."""
    ROW = auto()
    """Another row of the catalogue, by its name."""
    COURSES = auto()
    PEOPLE = auto()
    KINDS = auto()
    """Kinds of person."""
    STATES = auto()
    STOPS = auto()
    CHECKS = auto()
    RATES = auto()
    """What kinds of session are worth."""
    LESSONS = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the value's attribute, how it is written, and of which kind a named row is."""

    name: str
    type: FieldType = FieldType.TEXT
    of: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class RowKind:
    """One kind that people maintain. ``named_by`` are the fields by which a row is told from
    others; the program makes ids unless the id itself is one of them."""

    kind: str
    fields: tuple[Field, ...]
    named_by: tuple[str, ...] = ("name",)
    prefix: str = "k-"
    of_township: bool = True
    """Whether the sites of a township may have rows of their own together."""
    kept_here: bool = False
    """The whole row stays at the centre, and stations get the part that concerns them."""

    @property
    def value(self) -> type[Any]:
        """The value its rows hold."""
        return value_type(self.kind)

    @property
    def makes_ids(self) -> bool:
        """Whether the program makes its ids."""
        return self.named_by != ("id",)

    def field(self, name: str) -> Field:
        """The field of this name."""
        return next(one for one in self.fields if one.name == name)

    def words_of(self, name: str) -> type[StrEnum]:
        """The enumeration of a field that holds one of a few words."""
        found: type[StrEnum] = get_type_hints(self.value)[name]
        return found

    def empty(self, name: str) -> Any:
        """What a field holds when nothing is written."""
        return next(one.default for one in fields(self.value) if one.name == name)


_T = FieldType
_NAME = Field("name", required=True)
_STOPPED = Field("stopped", _T.FLAG)
_DECLARED = (
    RowKind(
        "lecturer",
        (
            _NAME,
            Field("kind"),
            Field("fields", _T.TEXTS),
            Field("office"),
            Field("recommended_by"),
            Field("courses", _T.TITLES),
            Field("states", _T.STATES),
            _STOPPED,
        ),
        prefix="l-",
    ),
    RowKind(
        "venue",
        (
            _NAME,
            Field("place"),
            Field("rooms", _T.TEXTS),
            Field("area_m2", _T.NUMBER),
            Field("seats", _T.NUMBER),
            Field("beds", _T.NUMBER),
            Field("meals", _T.NUMBER),
            _STOPPED,
        ),
        prefix="v-",
    ),
    RowKind(
        "partner",
        (_NAME, Field("kind"), Field("gives", _T.TEXTS), Field("contact"), _STOPPED),
        prefix="u-",
    ),
    RowKind("route", (_NAME, Field("stops", _T.STOPS, required=True), _STOPPED), prefix="w-"),
    RowKind("series", (_NAME, Field("courses", _T.COURSES), _STOPPED), prefix="e-"),
    RowKind(
        "audience",
        (_NAME, Field("kinds", _T.KINDS), Field("posts", _T.TEXTS), _STOPPED),
        prefix="a-",
    ),
    RowKind(
        "calendar_day",
        (
            Field("id", _T.DAY, required=True),
            Field("kind", _T.WORD, required=True),
            Field("name"),
            _STOPPED,
        ),
        named_by=("id",),
    ),
    RowKind(
        "theme_day_rule",
        (
            Field("id", _T.MONTH, required=True),
            Field("day_of_month", _T.NUMBER, required=True),
            _STOPPED,
        ),
        named_by=("id",),
    ),
    RowKind(
        "campaign",
        (
            _NAME,
            Field("from_day", _T.DAY),
            Field("to_day", _T.DAY),
            Field("target_percent", _T.NUMBER),
            _STOPPED,
        ),
        prefix="c-",
    ),
    RowKind(
        "training_class",
        (
            _NAME,
            Field("batch"),
            Field("form", _T.WORD),
            Field("audience", _T.ROW, of="audience"),
            Field("organiser"),
            Field("venue", _T.ROW, of="venue"),
            Field("size", _T.NUMBER),
            Field("credit_minutes", _T.NUMBER),
            Field("lessons", _T.LESSONS),
            Field("people", _T.PEOPLE),
            Field("complete_percent", _T.NUMBER),
            Field("filing", _T.WORD),
            Field("checks", _T.CHECKS),
            Field("is_restricted", _T.FLAG),
            _STOPPED,
        ),
        named_by=("name", "batch"),
        prefix="b-",
        kept_here=True,
    ),
    RowKind(
        "rule_set",
        (
            Field("year", _T.NUMBER, required=True),
            Field("member_minutes", _T.NUMBER),
            Field("leader_minutes", _T.NUMBER),
            Field("leader_posts", _T.TEXTS),
            Field("rates", _T.RATES),
            Field("round_to", _T.NUMBER),
            Field("rounding", _T.WORD),
            Field("cap_session", _T.NUMBER),
            Field("cap_day", _T.NUMBER),
            Field("article"),
            _STOPPED,
        ),
        named_by=("year",),
        of_township=False,
        prefix="r-",
    ),
)
ROW_KINDS: Mapping[str, RowKind] = {one.kind: one for one in _DECLARED}
"""Every kind that people maintain, by its name."""


def row_kind(kind: str) -> RowKind:
    """The declaration of a kind.

    Raises:
        NotFound: people maintain no such kind.
    """
    found = ROW_KINDS.get(kind)
    if found is None:
        raise NotFound("centre.no_row_kind", kind=kind, kinds="、".join(ROW_KINDS))
    return found
