"""What a field is called over a column and on a command line, and which field a heading means."""

from __future__ import annotations

import re

from app.domain.errors import BadInput
from app.domain.written_forms import match_form
from centre.catalogue.fields import Field, RowKind
from centre.words import WORDS, said_or, say
from centre.words.catalogue import COLUMN_SYNONYMS

ID, SCOPE = "id", "scope"
"""Columns beside the fields: the row's id, and the site it is of (empty for the whole county)."""
_BRACKETS = re.compile(r"\(.*?\)|\(.*\Z")
_FURTHER = re.compile(r"(?<=\D)[2-9]\d?\Z")
"""A further column of what does not fit into one cell."""
_SYNONYMS = {match_form(word): name for word, name in COLUMN_SYNONYMS.items()}


def heading(kind: RowKind, name: str) -> str:
    """What a field is called here."""
    return said_or(f"centre.column_{kind.kind}_{name}", say(f"centre.column_{name}"))


def columns_of(kind: RowKind) -> tuple[str, ...]:
    """The columns of a sheet, in order."""
    own = tuple(one.name for one in kind.fields)
    before = (ID,) if kind.makes_ids else ()
    return (*before, *own, *(() if kind.kept_here else (SCOPE,)))


def column_named(kind: RowKind, text: str) -> str | None:
    """The column a heading means, in either language, or by a word offices use; None if unknown."""
    form = _bare(text)
    known = columns_of(kind)
    for name in known:
        keys = (f"centre.column_{kind.kind}_{name}", f"centre.column_{name}")
        told = next(WORDS[key] for key in keys if key in WORDS)
        if form in (match_form(name), *(_bare(one) for one in told)):
            return name
    found = _SYNONYMS.get(form)
    return found if found in known else None


def fields_written(kind: RowKind, pairs: list[str]) -> dict[str, str]:
    """Texts by field from ``FIELD=VALUE`` as they stand on a command line.

    Raises:
        BadInput: one is not written so, or there is no such field.
    """
    found: dict[str, str] = {}
    for one in pairs:
        told, equals, text = one.replace("\uff1d", "=", 1).partition("=")
        if not equals:
            raise BadInput("centre.field_spelled", value=one[:60])
        name = column_named(kind, told)
        if name is None or name not in {each.name for each in kind.fields}:
            fields = "、".join(heading(kind, each.name) for each in kind.fields)
            raise BadInput("centre.field_unknown", field=told[:40], fields=fields)
        found[name] = text
    return found


def is_field(kind: RowKind, name: str) -> Field | None:
    """The field of a column, None for the id and the site beside the fields."""
    return next((one for one in kind.fields if one.name == name), None)


def _bare(text: str) -> str:
    return _FURTHER.sub("", _BRACKETS.sub("", match_form(text)).strip("*:").strip())
