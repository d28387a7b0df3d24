"""Plays of a session in words: one line a course, what was shown of it and how it ended."""

from __future__ import annotations

from app.areas.playback.views import PlayView
from app.words import say


def play_lines(plays: tuple[PlayView, ...]) -> tuple[str, ...]:
    """The best play of each course, in order of first showing."""
    best: dict[str, PlayView] = {}
    for play in plays:
        known = best.get(play.course)
        if known is None or play.coverage_percent >= known.coverage_percent:
            best[play.course] = play
    return tuple(
        say(
            "op.close.play_line",
            title=play.title,
            percent=play.coverage_percent,
            outcome=say(f"outcome.{play.outcome.value}")
            if play.outcome
            else say("op.close.play_on"),
        )
        for play in best.values()
    )
