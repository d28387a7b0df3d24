"""``status``, ``enrol``, ``sync``, ``backup``, ``restore``, ``doctor``, ``courses``, ``play``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap import (
    OpenStation,
    enrol_station,
    restore_station,
    take_enrol_answer,
    write_enrol_request,
)
from app.cli.output import Said
from app.domain.errors import BadInput, StoreTrouble
from app.domain.time import local_time
from app.domain.views import SyncView
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of upkeep."""
    _command(commands, "status", _status)
    _command(commands, "courses", _courses)
    enrol = _command(commands, "enrol", None)
    enrol.add_argument("address", nargs="?", help=say("command.enrol.address"))
    enrol.add_argument("code", nargs="?", help=say("command.enrol.code"))
    enrol.add_argument("--request", type=Path, metavar="FILE", help=say("command.enrol.request"))
    enrol.add_argument("--answer", type=Path, metavar="FILE", help=say("command.enrol.answer"))
    enrol.add_argument("--code", dest="mark", help=say("command.enrol.mark"))
    enrol.set_defaults(standalone=_enrol)
    sync = _command(commands, "sync", _sync)
    sync.add_argument("--once", action="store_true", required=True)
    sync.add_argument("--no-courses", action="store_true")
    _command(commands, "backup", _backup)
    restore = _command(commands, "restore", None)
    restore.add_argument("file", type=Path, nargs="?")
    restore.set_defaults(standalone=_restore)
    _command(commands, "doctor", _doctor)
    play = _command(commands, "play", _play)
    play.add_argument("course")
    play.add_argument("--headless", action="store_true", required=True)
    play.add_argument("--rate", type=float, default=1.0)
    play.add_argument("--from-ms", type=int, default=0)


def _command(
    commands: _SubParsersAction[argparse.ArgumentParser], name: str, job: object
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=say(f"command.{name}"))
    command.add_argument("--json", action="store_true")
    command.set_defaults(job=job)
    return command


def _status(opened: OpenStation, _: argparse.Namespace) -> Said:
    view = opened.station.today()
    lines = [view.site_name or say("command.no_site"), *_sync_lines(view.sync)]
    if view.running is not None:
        lines.append(f"{say(f'step.{view.running.step.value}')}  {view.running.title}")
    lines += [f"{plan.date} {plan.start}  {plan.title}  {plan.id}" for plan in view.plans]
    lines += [say(key, **dict(values)) for key, values in view.notices]
    return Said(view, tuple(lines))


def _sync_lines(sync: SyncView) -> list[str]:
    when = None if sync.last_success_ms is None else local_time(sync.last_success_ms)
    return [
        say("sync.agreed", facts=sync.facts, confirmed=sync.confirmed),
        say("sync.never")
        if when is None
        else say("sync.last_success", when=f"{when:%Y-%m-%d %H:%M}"),
    ]


def _apart_lines(sync: SyncView) -> list[str]:
    """What waits at the centre and who can let it count, if anything does."""
    if not sync.apart:
        return []
    return [say("notice.waiting", count=sync.apart, station=sync.station)]


def _courses(opened: OpenStation, _: argparse.Namespace) -> Said:
    courses = opened.station.courses()
    return Said(
        courses,
        tuple(f"{one.course.id}  {one.percent:>3} %  {one.course.title}" for one in courses),
    )


def _enrol(options: argparse.Namespace) -> Said:
    if options.request is not None:
        write_enrol_request(options.home, options.request)
        return Said({"file": str(options.request)}, (say("command.enrol.asked"),))
    if options.answer is not None:
        kept = take_enrol_answer(options.home, options.answer, options.mark or "")
    elif options.address and options.code:
        kept = enrol_station(options.home, options.address, options.code)
    else:
        raise BadInput("command.enrol.how")
    data = {"station": kept.station, "site": kept.site, "site_name": kept.site_name}
    return Said(data, (say("command.enrolled", site=kept.site_name),))


def _sync(opened: OpenStation, options: argparse.Namespace) -> Said:
    outcome = opened.station.sync_once(store_lane=lambda job: job(), courses=not options.no_courses)
    if outcome.trouble is not None:
        raise outcome.trouble
    view = opened.station.sync_view()
    data = {
        "sent": outcome.sent,
        "rows": outcome.rows,
        "files": outcome.files,
        "facts": view.facts,
        "confirmed": view.confirmed,
        "apart": view.apart,
    }
    return Said(data, (*_sync_lines(view), *_apart_lines(view)))


def _backup(opened: OpenStation, _: argparse.Namespace) -> Said:
    path = opened.station.tools.store.backup_today(again=True)
    return Said({"file": str(path)}, (say("command.backed_up", file=path),))


def _restore(options: argparse.Namespace) -> Said:
    key, values = restore_station(options.home, options.file)
    return Said({"notice": key, **dict(values)}, (say(key, **dict(values)),))


def _doctor(opened: OpenStation, _: argparse.Namespace) -> Said:
    report = opened.station.tools.store.verify()
    checks = opened.station.checks()
    lines = [
        ("✓ " if check.good else "✗ ") + say(check.key, **dict(check.values)) for check in checks
    ]
    if report.broken_at is not None:
        raise StoreTrouble("command.chain_broken", place=report.broken_at)
    lines.append("✓ " + say("command.chain_sound", facts=report.facts, segments=report.segments))
    lines += [say(key, **dict(values)) for key, values in opened.station.tools.notices]
    return Said({"checks": checks, "chain": report}, tuple(lines))


def _play(opened: OpenStation, options: argparse.Namespace) -> Said:
    from app.cli.headless_play import play_headless  # loads libvlc, which nothing else needs

    if not 0.75 <= options.rate <= 8.0 or options.from_ms < 0:
        raise BadInput("refusal.bad_seek")
    view = play_headless(opened.station, options.course, rate=options.rate, from_ms=options.from_ms)
    outcome = "stopped" if view.outcome is None else view.outcome.value
    line = f"{view.title}  {say(f'outcome.{outcome}')}  {view.coverage_percent} %"
    return Said(view, (line,))
