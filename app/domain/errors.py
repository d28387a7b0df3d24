"""What can be refused, and what trouble the machine can make: one tree, each with a stable key.

A ``Refusal`` is a rule's "no". A ``StationTrouble`` comes from the environment
(disk full, file broken, centre silent). Both carry a key of the catalogue in
``app.words`` and the values its sentence needs; the sentence says what happened,
whether the data is safe and what to do. Nothing here knows a language.
"""

from __future__ import annotations


class UserError(Exception):
    """Something that reaches people as one sentence: catalogue ``key`` plus ``values``."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        shown = " ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.key} {shown}".strip()


class Refusal(UserError):
    """A rule says no; nothing was changed."""


class AlreadySignedIn(Refusal):
    """The person has signed in to this session; ``values['first_at']`` is local HH:MM."""

    def __init__(self, *, name: str, first_at: str) -> None:
        super().__init__("refusal.already_signed_in", name=name, first_at=first_at)


class NotPossibleNow(Refusal):
    """The session's step does not allow this act."""


class NotFound(Refusal):
    """What was named does not exist here."""


class BadInput(Refusal):
    """Something from outside can't be read or has wrong content."""


class StationTrouble(UserError):
    """The machine or its surroundings failed; ``safe`` in the sentence is always said."""


class StoreTrouble(StationTrouble):
    """The store can't be read or written: nothing that was asked has been stored."""


class MediaTrouble(StationTrouble):
    """A course file is missing, broken or can't be played."""


class LinkTrouble(StationTrouble):
    """The centre could not be reached or did not answer as agreed; all facts stay here."""
