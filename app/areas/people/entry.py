"""What a person writes of a member into a form or sheet, and whether it can be kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import date

from app.areas.people.person import POSTS, PersonKind
from app.domain import bounds
from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.domain.written_forms import code_form, shown_form

TAIL_DIGITS = 4
_MOST_CODE = 40


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """The fields of one person as they are written; ``birth`` is YYYY, YYYY-MM or YYYY-MM-DD."""

    name: str = ""
    phone_tail: str = ""
    birth: str = ""
    gender: str = ""
    kind: str = ""
    unit: str = ""
    group: str = ""
    card_no: str = ""
    member_no: str = ""
    post: str = ""
    """Codes of posts in the branch with a plus between them."""


def checked(entry: PersonEntry, said: Collection[str] = ()) -> dict[str, str]:
    """The fields as they are kept: those named in ``said``, or all that hold something.

    Raises:
        BadInput: one of them cannot be kept.
    """
    told = {}
    for one in fields(entry):
        value = bounds.line(getattr(entry, one.name), _MOST.get(one.name, bounds.NAME))
        if value or one.name in said:
            told[one.name] = shown_form(value)
    tail = code_form(told.get("phone_tail", ""))
    if tail and not (len(tail) == TAIL_DIGITS and tail.isascii() and tail.isdigit()):
        raise BadInput("refusal.bad_tail")
    if told.get("kind") and told["kind"] not in {one.value for one in PersonKind}:
        raise BadInput("refusal.bad_person_kind")
    if told.get("post") and set(told["post"].split("+")) - set(POSTS):
        raise BadInput("refusal.bad_post")
    if told.get("birth") and not _is_birth(told["birth"]):
        raise BadInput("refusal.bad_birth")
    return told


_MOST = {"unit": bounds.HOME, "group": bounds.NAME, "card_no": _MOST_CODE, "member_no": _MOST_CODE}


def _is_birth(text: str) -> bool:
    whole = text + "-01-01"[: 0 if len(text) == 10 else 3 if len(text) == 7 else 6]
    if len(text) not in (4, 7, 10):
        return False
    try:
        date.fromisoformat(whole)
    except ValueError:
        return False
    return True
