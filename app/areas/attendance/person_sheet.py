"""What is shown of one person: how they stand in a session, by which marks, and lately."""

from __future__ import annotations

from app.domain.errors import NotFound
from app.domain.ids import PersonId, SessionId
from app.usecases.tools import Tools
from app.usecases.views import PersonSheet

LATELY = 6


def person_sheet(tools: Tools, session: SessionId | None, person: PersonId) -> PersonSheet:
    """One person in a session, or in none. NotFound when nobody here knows them."""
    with tools.store.read() as reading:
        of = session or SessionId("")
        card = reading.card(of, person)
        if card is None:
            raise NotFound("refusal.no_person")
        return PersonSheet(
            card=card,
            session=None if session is None else reading.session(session),
            marks=reading.trail(of, person),
            lately=reading.attended(person, LATELY),
        )
