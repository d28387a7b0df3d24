"""What is said once when the run before did not end in order."""

from __future__ import annotations

from app.usecases.tools import Tools


def note_cut(tools: Tools) -> None:
    """Say that it was not closed, unless something says so already."""
    if any(key.startswith(("notice.resumed", "notice.recovered_")) for key, _ in tools.notices):
        return
    before = len(tools.notices)
    say_resumed(tools)
    if len(tools.notices) == before:
        tools.notices.append(("notice.reopened", ()))


def say_resumed(tools: Tools) -> None:
    """Say how many are signed in to the evening that goes on."""
    with tools.store.read() as reading:
        session = reading.open_session()
        if session is None:
            return
        arrived = sum(card.at_ms is not None for card in reading.cards(session.id))
    tools.notices.append(("notice.resumed", (("arrived", str(arrived)),)))
