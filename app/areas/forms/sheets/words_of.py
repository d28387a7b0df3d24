"""How moments and lists of names are said on every form."""

from __future__ import annotations

from collections.abc import Iterable

from app.areas.forms.form import Say
from app.areas.forms.held import FormSession
from app.domain.time import local_time


def day_of(say: Say, iso: str) -> str:
    """An ISO date with its year, as paper wants it."""
    year, month, day = (int(one) for one in iso.split("-"))
    return say("op.long_day", year=year, month=say(f"op.month.{month}"), day=day)


def short_day(say: Say, iso: str) -> str:
    """An ISO date without its year."""
    _year, month, day = (int(one) for one in iso.split("-"))
    return say("op.day", month=say(f"op.month.{month}"), day=day)


def month_of(say: Say, month: str) -> str:
    """A month (``2026-11``) with its year."""
    year, number = (int(one) for one in month.split("-"))
    return say("form.month", year=year, month=say(f"op.month.{number}"))


def clock_time(wall_ms: int) -> str:
    """Local HH:MM."""
    return f"{local_time(wall_ms):%H:%M}"


def span(session: FormSession) -> str:
    """From when to when."""
    ended = "" if session.ended_ms is None else f"–{clock_time(session.ended_ms)}"
    return f"{clock_time(session.began_ms)}{ended}"


def when(say: Say, session: FormSession) -> str:
    """Day and time of a session."""
    return f"{day_of(say, session.day)} {span(session)}"


def joined(say: Say, names: Iterable[str]) -> str:
    """Names in one line; "none" where there are none."""
    return say("paper.comma").join(names) or say("paper.none")
