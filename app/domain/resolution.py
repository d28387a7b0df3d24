"""What a person at the centre said about a mark of somebody unknown there."""

from __future__ import annotations

from app.domain.ids import PersonId, SessionId
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Resolution:
    """The mark (its hash is the row's key) of ``session`` is of ``person``; the newest word counts."""

    person: PersonId
    session: SessionId
