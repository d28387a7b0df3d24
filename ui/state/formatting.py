"""How moments, lengths and sizes are said on a screen, in the language in use."""

from __future__ import annotations

from app.domain.time import local_time
from app.words import say


def clock_time(wall_ms: int) -> str:
    """Local HH:MM."""
    return local_time(wall_ms).strftime("%H:%M")


def day(iso: str) -> str:
    """An ISO date as people say it."""
    return _said("op.day", iso)


def day_of(wall_ms: int) -> str:
    """The local date of a moment as people say it."""
    return day(local_time(wall_ms).date().isoformat())


def long_day(wall_ms: int) -> str:
    """The local date of a moment with its year, as paper wants it."""
    return long_day_of(local_time(wall_ms).date().isoformat())


def long_day_of(iso: str) -> str:
    """An ISO date with its year, as people say it."""
    return _said("op.long_day", iso)


def _said(key: str, iso: str) -> str:
    parts = iso.split("-")
    if len(parts) != 3 or not 1 <= int(parts[1]) <= 12:
        return iso
    month = say(f"op.month.{int(parts[1])}")
    return say(key, year=int(parts[0]), month=month, day=int(parts[2]))


def moment(wall_ms: int) -> str:
    """Date and time of a moment."""
    return f"{day_of(wall_ms)} {clock_time(wall_ms)}"


def weekday_and_time(wall_ms: int) -> str:
    """Day of the month and of the week, and the time, as a clock on the wall has them."""
    named = say("op.weekdays").split(" ")[local_time(wall_ms).weekday()]
    return say("op.now", day=day_of(wall_ms), weekday=named, time=clock_time(wall_ms))


def moment_in_full(wall_ms: int) -> str:
    """Date with its year and time of a moment, as of a file that may be old."""
    return f"{long_day(wall_ms)} {clock_time(wall_ms)}"


def moment_ago(wall_ms: int, now_ms: int) -> str:
    """Date and time of a moment and how long ago that was; not ago if the clock was put back."""
    minutes = (now_ms - wall_ms) // 60_000
    if minutes < 0:
        return moment(wall_ms)
    if minutes < 2:
        ago = say("op.sending.ago_now")
    elif minutes < 120:
        ago = say("op.sending.ago_minutes", count=minutes)
    elif minutes < 48 * 60:
        ago = say("op.sending.ago_hours", count=minutes // 60)
    else:
        ago = say("op.sending.ago_days", count=minutes // (24 * 60))
    return say("op.sending.moment_ago", moment=moment(wall_ms), ago=ago)


def wait(seconds: int) -> str:
    """A wait that is counted down, to the second."""
    if seconds < 60:
        return say("op.sending.seconds", count=seconds)
    return say("op.sending.minutes_seconds", minutes=seconds // 60, seconds=seconds % 60)


def running_time(milliseconds: int) -> str:
    """Media time as m:ss, or h:mm:ss from one hour on."""
    seconds = max(milliseconds, 0) // 1000
    hours, rest = divmod(seconds, 3600)
    if hours:
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{rest // 60}:{rest % 60:02}"


def hours_of(minutes: int) -> str:
    """Minutes as hours with one decimal, without a trailing zero."""
    tenths = minutes * 10 // 60
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def length(milliseconds: int) -> str:
    """A course's length in whole minutes."""
    return say("op.minutes", count=max(round(milliseconds / 60_000), 1))


def size(size_bytes: int) -> str:
    """A file's size in MB or GB."""
    megabytes = size_bytes / 1_000_000
    if megabytes >= 1000:
        return f"{megabytes / 1000:.1f} GB"
    return f"{max(round(megabytes), 1)} MB"
