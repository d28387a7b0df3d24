"""The notice at the start after the program was killed or lost power."""

from __future__ import annotations

from app.usecases.tools import Tools


def say_cut_short(tools: Tools) -> None:
    """The run before was not closed: have that said once, calmly, unless something says it."""
    if any(key.startswith(("notice.resumed", "notice.recovered_")) for key, _ in tools.notices):
        return
    before = len(tools.notices)
    say_resumed(tools)
    if len(tools.notices) == before:
        tools.notices.append(("notice.reopened", ()))


def say_resumed(tools: Tools) -> None:
    """Say how many have arrived, if a session goes on."""
    with tools.store.read() as reading:
        session = reading.open_session()
        if session is None:
            return
        arrived = sum(card.at_ms is not None for card in reading.cards(session.id))
    tools.notices.append(("notice.resumed", (("arrived", str(arrived)),)))
