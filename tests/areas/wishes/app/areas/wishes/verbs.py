"""Saying a wish, moving one on, and listing all."""

from __future__ import annotations

from dataclasses import dataclass

from app.areas.wishes.facts import WishMoved, WishOpened
from app.areas.wishes.record import WISHES

from app.domain.errors import BadInput, NotFound
from app.domain.ids import PersonId
from app.domain.personal import Personal
from app.usecases.tools import Tools


@dataclass(frozen=True, slots=True)
class WishView:
    """One wish as it is shown."""

    wish: str
    name: str
    text: str
    state: str


def open_wish(tools: Tools, person: PersonId, text: str) -> WishView:
    """Somebody of the roster says what they wish to learn.

    Raises:
        BadInput: the text is empty.
        NotFound: nobody here has that id.
    """
    if not text.strip():
        raise BadInput("wishes.no_text")
    wish = tools.new_id("w")
    with tools.store.begin() as work:
        if work.person(person) is None:
            raise NotFound("wishes.no_person")
        work.record(
            WishOpened(wish, person), actor="operator", personal=Personal(note=text.strip())
        )
    return next(one for one in list_wishes(tools) if one.wish == wish)


def move_wish(tools: Tools, wish: str, state: str) -> None:
    """A wish comes to another state.

    Raises:
        NotFound: there is no such wish.
    """
    with tools.store.begin() as work:
        if not work.rows(WISHES, wish=wish):
            raise NotFound("wishes.no_wish")
        work.record(WishMoved(wish, state), actor="operator")


def list_wishes(tools: Tools) -> tuple[WishView, ...]:
    """All wishes."""
    with tools.store.read() as reading:
        return tuple(
            WishView(
                str(row["wish"]),
                reading.name_of(PersonId(str(row["person"]))),
                str(row["text"]),
                str(row["state"]),
            )
            for row in reading.rows(WISHES)
        )
