"""Finds people on the list whom a new visitor may be, so that the operator is asked."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.errors import Refusal
from app.domain.ids import PersonId
from app.domain.values import dataclass
from app.domain.written_forms import match_form


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Somebody of that name. ``first_at`` is local HH:MM if they have signed in to this session.

    ``listed``: on the session's list. ``guest``: came to this session without being on it. ``nearby``: of the township's directory,
    ``note`` tells where.
    """

    person: PersonId
    name: str
    phone_tail: str = ""
    note: str = ""
    first_at: str = ""
    listed: bool = False
    guest: bool = False
    nearby: bool = False

    def may_be(self, name: str, tail: str) -> bool:
        """Whether this can be the one who is called so.

        A name on the session's list is asked about whatever the number: people change it. Of
        anybody else a number on both sides that differs says that it is another person.
        """
        if match_form(self.name) != match_form(name):
            return False
        return self.listed or not tail or not self.phone_tail or tail == self.phone_tail

    def fits(self, tail: str) -> bool:
        """Whether a number says nothing against it; one that differs says so."""
        return not tail or not self.phone_tail or tail == self.phone_tail


class VisitorLooksKnown(Refusal):
    """The visitor may be one of ``who``; nobody was taken in. Answered by signing that one in, or
    by naming them all as other people."""

    def __init__(self, who: Iterable[Lookalike]) -> None:
        self.who = tuple(who)
        super().__init__("refusal.visitor_known", names="、".join(map(_called, self.who)))


def _called(one: Lookalike) -> str:
    told = " ".join(part for part in (one.phone_tail, one.first_at) if part)
    return f"{one.name} ({told})" if told else one.name
