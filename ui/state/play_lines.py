"""What a session showed, in words: one line a course, all its plays together."""

from __future__ import annotations

from collections.abc import Iterator

from app.areas.playback.plays import CourseShowing, showings
from app.areas.playback.views import PlayView
from app.domain.ids import CourseId
from app.words import say


def play_lines(plays: tuple[PlayView, ...]) -> tuple[str, ...]:
    """Each course once: how much of it was shown, and how it ended."""
    return tuple(
        say("op.close.play_line", title=title, percent=one.coverage_percent, outcome=ended(one))
        for title, one in shown_courses(plays)
    )


def shown_courses(plays: tuple[PlayView, ...]) -> Iterator[tuple[str, CourseShowing]]:
    """Title and showing of each course, in the order of first showing."""
    titles = {one.course: one.title for one in plays}
    return ((titles[CourseId(one.course)], one) for one in showings(plays))


def ended(one: CourseShowing) -> str:
    """How it ended; the end counts whichever play reached it."""
    return say(f"outcome.{one.ending}")
