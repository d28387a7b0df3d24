"""Whether what was filled in fits a kind's fields: pure, the same for screens, commands and centre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.areas.cases.case_kind import CaseKind, FieldKind
from app.domain import bounds
from app.domain.errors import BadInput

MOST_CHARACTERS = {FieldKind.NOTE: 1_000}
MOST_OF_A_LINE = 200
_MOST_DIGITS = 12

Pairs = tuple[tuple[str, str], ...]


def filled(
    kind: CaseKind, values: Mapping[str, str], needs: Iterable[str], may: Iterable[str]
) -> tuple[Pairs, Pairs]:
    """What was filled in, tidied: what travels in the bytes, and what is personal.

    Raises:
        BadInput: something is lacking, too long, not of its kind, or does not belong here.
    """
    wanted, allowed = tuple(needs), {*needs, *may}
    strange = sorted(values.keys() - allowed)
    if strange:
        raise BadInput("refusal.case_strange", field=strange[0])
    plain: list[tuple[str, str]] = []
    personal: list[tuple[str, str]] = []
    for name in (one.name for one in kind.fields if one.name in allowed):
        text = _tidy(kind, name, values.get(name, ""))
        if not text:
            if name in wanted:
                raise BadInput("refusal.case_needs", field=f"{kind.name}.{name}")
            continue
        (personal if name in kind.personal else plain).append((name, text))
    return tuple(plain), tuple(personal)


def _tidy(kind: CaseKind, name: str, value: str) -> str:
    declared = kind.field(name)
    if declared is None:  # pragma: no cover - the declaration is checked
        raise BadInput("refusal.case_strange", field=name)
    most = MOST_CHARACTERS.get(declared.kind, MOST_OF_A_LINE)
    is_note = declared.kind is FieldKind.NOTE
    text = bounds.written(value, most) if is_note else bounds.line(value, most)
    if not text:
        return ""
    if declared.kind is FieldKind.DAY and not _is_day(text):
        raise BadInput("refusal.case_day", field=f"{kind.name}.{name}")
    if declared.kind is FieldKind.NUMBER and not (
        text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    ):
        raise BadInput("refusal.case_number", field=f"{kind.name}.{name}")
    if declared.choices and text not in declared.choices:
        raise BadInput("refusal.case_choice", field=f"{kind.name}.{name}")
    return text


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
