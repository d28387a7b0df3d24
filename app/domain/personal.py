"""What of a fact can be erased: every field that may name or describe a person."""

from __future__ import annotations

from enum import StrEnum

from app.domain.values import dataclass


class LeaveKind(StrEnum):
    """Kinds of leave in practice (domain d-2)."""

    SICK = "sick"
    PRIVATE = "private"
    DUTY = "duty"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Personal:
    """What can be erased: every field that may name or describe a person."""

    name: str = ""
    phone_tail: str = ""
    home: str = ""
    reason: str = ""
    note: str = ""
    leave: LeaveKind | None = None
    birth: str = ""
    """As far as it is known: YYYY, YYYY-MM or YYYY-MM-DD."""
    gender: str = ""
    kind: str = ""
    unit: str = ""
    group: str = ""
    card_no: str = ""
    member_no: str = ""
    post: str = ""
    """Posts in the branch, codes with a plus between them."""
    more: tuple[tuple[str, str], ...] = ()
    """Fields of a case that may name or describe a person."""

    def __bool__(self) -> bool:
        return self != Personal()
