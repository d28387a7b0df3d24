"""What the plan says of a session beside its time and title, and why one was put off or withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.areas.sessions.session import PlanEntry
from app.words import say


def planned_line(entry: PlanEntry, names: Mapping[str, str]) -> str:
    """Who teaches, for which class or campaign, by which route and where; empty for a plain one."""
    taught = say("planned.comma").join(names.get(one, one) for one in entry.lecturers)
    named = (
        say("planned.lecturers", names=taught) if taught else "",
        *(names.get(one, one) for one in (entry.training_class, entry.campaign, entry.route)),
        *(names.get(one, one) for one in entry.hosts),
        entry.place,
    )
    parts = dict.fromkeys(one for one in named if one and one not in entry.title)
    return " · ".join(parts)


def change_line(entry: PlanEntry, day: Callable[[str], str]) -> str:
    """That it was withdrawn, put off or changed, and why; ``day`` says an ISO date."""
    told = {"title": entry.title, "reason": entry.reason}
    now = f"{day(entry.date)} {entry.start}"
    if entry.withdrawn:
        return say("planned.withdrawn", when=now, **told)
    if entry.was:
        was = f"{day(entry.was[:10])} {entry.was[11:]}"
        return say("planned.put_off", was=was, now=now, **told)
    return say("planned.changed", when=now, **told)
