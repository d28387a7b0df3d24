"""Small sessions for tests of the store: people sign in, and what was confirmed is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.areas.attendance.marks import Lane
from app.areas.attendance.views import SignInDone
from app.bootstrap import OpenStation
from app.domain.ids import PersonId, SessionId
from app.store.engine import SQLITE


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What sign-ins told: session, and (person, status, mark) in order."""

    session: SessionId
    marks: tuple[tuple[str, str, str], ...]


def begin(opened: OpenStation, title: str = "学习") -> SessionId:
    """Prepare an extra session and open its sign-in."""
    session = opened.station.sessions.prepare_extra(title, ()).session.id
    opened.station.sessions.open_sign_in(session)
    return session


def sign_in(opened: OpenStation, session: SessionId, *people: int) -> Confirmed:
    """Sign in people of the sample roster by their numbers."""
    done = [
        opened.station.attendance.sign_in(session, PersonId(f"p{person}"), Lane.NAME_WALL, "member")
        for person in people
    ]
    return Confirmed(session, tuple(_told(one) for one in done))


def shown(opened: OpenStation, session: SessionId) -> set[tuple[str, str, str]]:
    """(person, status, mark) of everyone who has a mark, as the station shows them."""
    view = opened.station.sessions.show(session)
    return {
        (card.id, card.status.value, card.mark)
        for card in view.cards
        if card.status is not None and card.mark is not None
    }


def facts_in(store: Path) -> dict[str, bytes]:
    """Hash → bytes of every fact in a closed store's file."""
    connection = SQLITE.connect(store)
    try:
        rows = connection.execute("SELECT hash, bytes FROM facts").fetchall()
        return {row[0].hex(): row[1] for row in rows}
    finally:
        connection.close()


def _told(done: SignInDone) -> tuple[str, str, str]:
    card = done.card
    if card.status is None or card.mark is None:
        raise AssertionError("a sign-in was confirmed without a mark")
    return (card.id, card.status.value, card.mark)
