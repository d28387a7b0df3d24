"""``plan``, ``plan change|withdraw|export|import`` and ``withdraw-plan``."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from app.areas.sessions.kinds import SessionKind
from app.domain.errors import BadInput
from centre.commands.output import Commands, opened, write, write_json
from centre.plans.conflicts import PlanConflict
from centre.plans.planning import PlanWish, plan_session, withdraw_plan
from centre.plans.series import (
    PlanChange,
    PlannedSeries,
    SeriesWish,
    SiteChoice,
    change_plans,
    plan_series,
    withdraw_plans,
)
from centre.settings import Settings
from centre.words import say

_MOST_SHOWN = 40


def add_commands(commands: Commands) -> None:
    """``plan`` with its acts, and ``withdraw-plan``."""
    plan = commands.add_parser("plan")
    _where(plan)
    _when(plan)
    plan.add_argument("--title", default="")
    kinds = [one.value for one in SessionKind]
    plan.add_argument("--kind", choices=kinds, default=SessionKind.GROUP_SESSION.value)
    plan.add_argument("--unit", nargs="*", action="extend", default=[], metavar="NAME")
    for name in ("campaign", "route", "place"):
        plan.add_argument(f"--{name}", default="")
    for name, metavar in (
        ("course", "ID"),
        ("lecturer", "NAME"),
        ("host", "NAME"),
        ("agenda", "ITEM"),
        ("tick", "ITEM"),
    ):
        plan.add_argument(f"--{name}", nargs="*", action="extend", default=[], metavar=metavar)
    plan.add_argument("--minutes", type=int, default=0)
    plan.add_argument("--check", action="store_true", help="only say what would be planned")
    plan.add_argument("--json", action="store_true")
    plan.set_defaults(run=run_plan, wrong=plan.error)
    acts = plan.add_subparsers(metavar="ACT")
    _add_acts(acts)

    withdrawn = commands.add_parser("withdraw-plan")
    withdrawn.add_argument("id")
    withdrawn.add_argument("--reason", default="")
    withdrawn.set_defaults(run=unplan)


def _add_acts(acts: Commands) -> None:
    kinds = [one.value for one in SessionKind]
    change = acts.add_parser("change", help="change an entry, or what of a series is to come")
    change.add_argument("id", help="an entry's id, or a series'")
    change.add_argument("--reason", required=True, help="why; the stations show it")
    for name in ("date", "start", "title", "place"):
        change.add_argument(f"--{name}", default="")
    change.add_argument("--kind", choices=kinds, default="")
    for name in ("course", "lecturer"):
        change.add_argument(f"--{name}", nargs="*", action="extend", default=[])
    change.set_defaults(run=run_change)
    withdraw = acts.add_parser(
        "withdraw", help="take an entry back, or what of a series is to come"
    )
    withdraw.add_argument("id", help="an entry's id, or a series'")
    withdraw.add_argument("--reason", required=True, help="why; the stations show it")
    withdraw.set_defaults(run=run_withdraw)
    for act in (change, withdraw):
        act.add_argument("--from", dest="from_day", default="", metavar="YYYY-MM-DD")
        act.add_argument("--json", action="store_true")
    written = acts.add_parser("export", help="write the plan as an iCalendar file")
    written.add_argument("file", type=Path)
    written.add_argument("--site", default="", help="name or id; all without it")
    written.add_argument("--from", dest="from_day", default="", metavar="YYYY-MM-DD")
    written.add_argument("--json", action="store_true")
    written.set_defaults(run=run_export)
    read = acts.add_parser("import", help="say what a calendar would plan, or plan it")
    read.add_argument("file", type=Path)
    _where(read)
    read.add_argument("--apply", action="store_true", help="plan it; otherwise only say")
    read.add_argument("--json", action="store_true")
    read.set_defaults(run=run_import)


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", action="append", default=[], help="name or id; again for more")
    parser.add_argument("--township", default="", help="all sites under this one")
    parser.add_argument("--all", action="store_true", dest="everywhere", help="the whole county")


def _when(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", default="", metavar="YYYY-MM-DD")
    parser.add_argument("--start", default="", metavar="HH:MM")
    parser.add_argument(
        "--every", default="", metavar="WORDS", help="in Chinese, as of a timetable"
    )
    parser.add_argument("--from", dest="from_day", default="", metavar="YYYY-MM-DD")
    parser.add_argument("--to", dest="to_day", default="", metavar="YYYY-MM-DD")
    parser.add_argument(
        "--class", dest="training_class", default="", help="a class; its timetable without a day"
    )


def run_plan(settings: Settings, chosen: argparse.Namespace) -> int:
    """Plan one session, or many."""
    if not (chosen.title or chosen.training_class):
        chosen.wrong("--title or --class")
    if _is_single(chosen):
        return _plan_one(settings, chosen)
    if chosen.unit:
        raise BadInput("centre.plan_units_one")
    wish = SeriesWish(
        where=SiteChoice(chosen.site, chosen.township, chosen.everywhere),
        title=chosen.title,
        date=chosen.date,
        start=chosen.start,
        every=chosen.every,
        from_day=chosen.from_day,
        to_day=chosen.to_day,
        kind=chosen.kind,
        training_class=chosen.training_class,
        campaign=chosen.campaign,
        route=chosen.route,
        place=chosen.place,
        lecturers=chosen.lecturer,
        hosts=chosen.host,
        courses=chosen.course,
        agenda=chosen.agenda,
        ticks=chosen.tick,
        minutes=chosen.minutes,
    )
    with opened(settings) as centre:
        planned = plan_series(centre, wish, only_say=chosen.check)
    key = "centre.series_would" if chosen.check else "centre.series_planned"
    return _tell(chosen, planned, say(key, **_counts(planned)))


def _is_single(chosen: argparse.Namespace) -> bool:
    """Whether it is one plain session at one site, as it always could be planned."""
    further = (
        chosen.township,
        chosen.everywhere,
        chosen.every,
        chosen.training_class,
        chosen.campaign,
        chosen.route,
        chosen.place,
        chosen.lecturer,
        chosen.host,
        chosen.agenda,
        chosen.tick,
        chosen.minutes,
        chosen.check,
    )
    return len(chosen.site) == 1 and not any(further)


def _plan_one(settings: Settings, chosen: argparse.Namespace) -> int:
    wish = PlanWish(
        site=chosen.site[0],
        date=chosen.date,
        start=chosen.start,
        title=chosen.title,
        courses=chosen.course,
        units=chosen.unit,
        kind=chosen.kind,
    )
    with opened(settings) as centre:
        entry = plan_session(centre, wish)
    if chosen.json:
        write_json(entry)
    else:
        told = {"date": entry.date, "start": entry.start, "title": entry.title, "id": entry.id}
        write(say("centre.planned", **told))
    return 0


def unplan(settings: Settings, chosen: argparse.Namespace) -> int:
    """Take a session back."""
    with opened(settings) as centre:
        entry = withdraw_plan(centre, chosen.id, reason=chosen.reason)
    write(say("centre.withdrawn", title=entry.title, id=entry.id))
    return 0


def run_change(settings: Settings, chosen: argparse.Namespace) -> int:
    """Change an entry or a series."""
    change = PlanChange(
        reason=chosen.reason,
        date=chosen.date,
        start=chosen.start,
        title=chosen.title,
        kind=chosen.kind,
        place=chosen.place,
        lecturers=chosen.lecturer,
        courses=chosen.course,
    )
    with opened(settings) as centre:
        planned = change_plans(centre, chosen.id, change, from_day=chosen.from_day)
    return _tell(chosen, planned, say("centre.series_changed", **_counts(planned)))


def run_withdraw(settings: Settings, chosen: argparse.Namespace) -> int:
    """Take an entry or a series back."""
    with opened(settings) as centre:
        planned = withdraw_plans(centre, chosen.id, reason=chosen.reason, from_day=chosen.from_day)
    return _tell(chosen, planned, say("centre.series_withdrawn", **_counts(planned)))


def run_export(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write the plan as a calendar."""
    from centre.plans.calendars import export_plans  # the calendar's library, for this command only

    with opened(settings) as centre:
        count = export_plans(centre, chosen.file, site=chosen.site, from_day=chosen.from_day)
    if chosen.json:
        write_json({"entries": count, "file": str(chosen.file)})
    else:
        write(say("centre.rows_written", count=count, file=chosen.file))
    return 0


def run_import(settings: Settings, chosen: argparse.Namespace) -> int:
    """Plan what a calendar says, or say it."""
    from centre.plans.calendars import import_plans

    where = SiteChoice(chosen.site, chosen.township, chosen.everywhere)
    with opened(settings) as centre:
        read = import_plans(centre, chosen.file, where, apply=chosen.apply)
    if chosen.json:
        write_json(read)
        return 0
    groups = (
        ("added", read.added),
        ("changed", read.changed),
        ("withdrawn", read.withdrawn),
        ("taken", read.taken),
    )
    lines = []
    for name, entries in groups:
        if entries:
            lines.append(say(f"centre.calendar_{name}", count=len(entries)))
        lines += [f"  {one.date} {one.start} {one.title}" for one in entries[:_MOST_SHOWN]]
        if len(entries) > _MOST_SHOWN:
            lines.append(say("centre.rows_more", count=len(entries) - _MOST_SHOWN))
    lines.append(say("centre.calendar_rest", same=read.same, past=read.past))
    if not chosen.apply:
        lines.append(say("centre.calendar_would"))
    write(*lines)
    return 0


def _counts(planned: PlannedSeries) -> dict[str, object]:
    return {"count": planned.count, "sites": len(planned.entries), "series": planned.series}


def _tell(chosen: argparse.Namespace, planned: PlannedSeries, done: str) -> int:
    if chosen.json:
        write_json(
            {
                "series": planned.series,
                "entries": [
                    {"site": site, "id": one.id, "date": one.date, "start": one.start}
                    for site, entries in planned.entries.items()
                    for one in entries
                ],
                "conflicts": planned.conflicts,
                "taken": planned.taken,
            }
        )
        return 0
    write(done, *_remarks((*planned.taken, *planned.conflicts)))
    return 0


def _remarks(found: Iterable[PlanConflict]) -> list[str]:
    lines = [
        say(
            f"centre.conflict_{one.what}",
            site=one.site or say("centre.policy_county"),
            date=one.date,
            start=one.start,
            about=one.about,
        )
        for one in found
    ]
    if len(lines) <= _MOST_SHOWN:
        return lines
    return [*lines[:_MOST_SHOWN], say("centre.rows_more", count=len(lines) - _MOST_SHOWN)]
