"""The trace of verdicts that are others by now than the screen said at the sign-in."""

from __future__ import annotations

from app.areas.attendance.views import PersonCard
from app.words import say


def otherwise_lines(cards: tuple[PersonCard, ...]) -> tuple[str, ...]:
    """One line for each person whose verdict changed."""
    return tuple(
        say(
            "status.said_otherwise",
            name=card.name,
            said=say(f"status.{card.said_status.value}"),
            now=say(f"status.{card.status.value}"),
        )
        for card in cards
        if card.said_status is not None and card.status is not None
    )
