"""Commands that show what there is: ``people``, ``sites``, ``courses``, ``plans``, ``report``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from centre.commands.output import aligned, opened, write, write_json
from centre.reports.lists import (
    ListedCourse,
    ListedPerson,
    ListedPlan,
    ListedSite,
    list_courses,
    list_people,
    list_plans,
    list_sites,
)
from centre.service import Centre
from centre.settings import Settings
from centre.words import said_or, say

T = TypeVar("T")
_PLAN_HEADS = ("id", "site", "date", "start", "kind", "title", "series")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """``people``, ``sites``, ``courses``, ``plans`` and ``report``."""
    lists: tuple[tuple[str, object], ...] = (
        ("people", show_people),
        ("sites", show_sites),
        ("courses", show_courses),
        ("plans", show_plans),
    )
    for name, run in lists:
        listed = commands.add_parser(name)
        listed.add_argument("--site", default="", help="name or id")
        listed.add_argument("--json", action="store_true")
        listed.set_defaults(run=run)

    report = commands.add_parser("report")
    report.add_argument("--json", action="store_true", required=True)
    report.add_argument("--site", default="", help="name or id")
    report.add_argument("--session", default="")
    report.set_defaults(run=show_report)


def show_people(settings: Settings, chosen: argparse.Namespace) -> int:
    """List people."""
    found = _read(settings, lambda centre: list_people(centre, chosen.site))
    heads = ("id", "name", "state", "site", "branch", "phone", "member_no", "standing")
    return _show(chosen, found, heads, _person)


def show_sites(settings: Settings, chosen: argparse.Namespace) -> int:
    """List sites."""
    found = _read(settings, lambda centre: list_sites(centre, chosen.site))
    return _show(chosen, found, ("id", "site", "people", "stations"), _site)


def show_courses(settings: Settings, chosen: argparse.Namespace) -> int:
    """List courses."""
    found = _read(settings, lambda centre: list_courses(centre, chosen.site))
    return _show(chosen, found, ("id", "title", "minutes", "megabytes", "state"), _course)


def show_plans(settings: Settings, chosen: argparse.Namespace) -> int:
    """List planned sessions."""
    found = _read(settings, lambda centre: list_plans(centre, chosen.site))
    return _show(chosen, found, (*_PLAN_HEADS, "state"), _plan)


def show_report(settings: Settings, chosen: argparse.Namespace) -> int:
    """Tell what is known of sessions."""
    from centre.reports.printing import report_json
    from centre.reports.reading import read_report

    with opened(settings) as centre:
        write(report_json(read_report(centre, site=chosen.site, session=chosen.session)).decode())
    return 0


def _person(one: ListedPerson) -> tuple[str, ...]:
    state = say("centre.state_active" if one.active else "roster.state_stopped")
    standing = "+".join(said_or(f"centre.value_{kind}", kind) for kind in one.standings)
    about = (one.branch, one.phone, one.member_no, standing)
    return (one.id, one.name, state, one.site_name, *about)


def _site(one: ListedSite) -> tuple[str, ...]:
    return (one.id, one.name, str(one.people), str(one.stations))


def _course(one: ListedCourse) -> tuple[str, ...]:
    size = f"{one.bytes / (1 << 20):.1f}"
    return (one.id, one.title, str(one.minutes), size, _withdrawn(withdrawn=one.withdrawn))


def _plan(one: ListedPlan) -> tuple[str, ...]:
    state = f"{_withdrawn(withdrawn=one.withdrawn)} {one.reason}".strip()
    kind = said_or(f"session_kind.{one.kind}", one.kind)
    return (one.id, one.site_name, one.date, one.start, kind, one.title, one.series, state)


def _withdrawn(*, withdrawn: bool) -> str:
    return say("centre.state_withdrawn") if withdrawn else ""


def _read(settings: Settings, ask: Callable[[Centre], Sequence[T]]) -> Sequence[T]:
    with opened(settings) as centre:
        return ask(centre)


def _show(
    chosen: argparse.Namespace,
    found: Sequence[T],
    heads: Iterable[str],
    cells: Callable[[T], tuple[str, ...]],
) -> int:
    if chosen.json:
        write_json(found)
    elif not found:
        write(say("centre.list_empty"))
    else:
        rows = [tuple(say(f"centre.head_{head}") for head in heads), *(cells(one) for one in found)]
        write(aligned(rows))
    return 0
