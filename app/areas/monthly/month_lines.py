"""A month in words: the same on the first page and by command."""

from __future__ import annotations

from datetime import date

from app.areas.monthly.monthly_set import BranchMonth, SetItem
from app.areas.monthly.views import MonthStands
from app.words import say


def branch_line(one: BranchMonth) -> str:
    """A branch and each item of its set."""
    items = "  ".join(_item(item, one.until) for item in one.items)
    return f"{one.name or say('monthly.whole_site')}  {items}"


def missing_line(stands: MonthStands) -> str:
    """What is missing until when; empty when nothing is."""
    if not stands.missing:
        return ""
    items = []
    for item, branches in stands.missing:
        word, names = say(f"item.{item.value}"), say("monthly.and").join(branches)
        items.append(say("monthly.missing_of", item=word, branches=names) if names else word)
    until = date.fromisoformat(stands.branches[0].until)
    return say("monthly.missing", items=say("monthly.and").join(items), until=_day(until))


def theme_day_line(stands: MonthStands, today: str) -> str:
    """When the theme day is, or that it is today; empty once it is past."""
    if stands.theme_day == today:
        return say("monthly.theme_day_today")
    if stands.theme_day < today:
        return ""
    return say("monthly.theme_day", day=_day(date.fromisoformat(stands.theme_day)))


def _item(one: SetItem, until: str) -> str:
    word, count, pending = say(f"item.{one.item.value}"), len(one.sessions), len(one.pending)
    if not count:
        return say("monthly.lacks", item=word, until=_day(date.fromisoformat(until)))
    if pending:
        return say("monthly.pending", item=word, count=count, pending=pending)
    return say("monthly.has", item=word, count=count)


def _day(day: date) -> str:
    return say("monthly.day", month=day.month, day=day.day)
