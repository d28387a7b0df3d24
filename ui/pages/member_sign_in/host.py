"""What the sign-in screen asks of the station, and whom it tells what happened there."""

from __future__ import annotations

from typing import Protocol

from app.areas.attendance.marks import Lane
from app.areas.attendance.views import PersonCard, SignInDone, UndoDone
from app.domain.ids import FactHash, PersonId, SessionId
from ui.state.sign_in_result import SignInResult


class SignInVerbs(Protocol):
    """What of the station this screen uses; the verbs run on the store lane."""

    def by_phone_tail(self, session: SessionId, tail: str) -> tuple[PersonCard, ...]:
        """Everyone with these last four digits."""

    def sign_in(self, session: SessionId, person: PersonId, lane: Lane, by: str) -> SignInDone:
        """Someone has come."""

    def undo(self, session: SessionId, mark: FactHash | None, by: str) -> UndoDone:
        """Take back one mark."""


class MemberHost(Protocol):
    """Who hears of what happens at this screen."""

    def signed_in(self, done: SignInDone) -> None:
        """A sign-in is durable."""

    def undone(self, done: UndoDone) -> None:
        """A sign-in was taken back: it was somebody else's."""

    def heard(self, result: SignInResult) -> None:
        """Somebody is told this: it may sound."""

    def help_wanted(self) -> None:
        """Somebody asks for the operator."""

    def scan(self, code: str) -> None:
        """A card's reader typed its code here."""
