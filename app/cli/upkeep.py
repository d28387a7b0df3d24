"""``status``, ``enrol``, ``sync``, ``backup``, ``restore``, ``doctor``, ``courses``, ``play``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.areas.sessions.activity_lines import kind_word
from app.areas.sessions.plan_lines import change_line, planned_line
from app.cli.output import CommandResult
from app.domain.errors import BadInput, StoreTrouble
from app.domain.ids import CourseId
from app.domain.time import local_time
from app.words import say, say_error
from app.words.codes import code_of

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.areas.courses.verbs import FreedSpace
    from app.areas.courses.views import CourseView
    from app.bootstrap import OpenStation
    from app.usecases.views import SyncView


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of upkeep."""
    _command(commands, "status", _status)
    courses = _command(commands, "courses", _courses)
    how = courses.add_mutually_exclusive_group()
    how.add_argument("--delete", metavar="ID", help=say("command.courses.delete"))
    how.add_argument("--fetch", metavar="ID", help=say("command.courses.fetch"))
    how.add_argument("--free", action="store_true", help=say("command.courses.free"))
    enrol = _command(commands, "enrol", None)
    enrol.add_argument("address", nargs="?", help=say("command.enrol.address"))
    enrol.add_argument("code", nargs="?", help=say("command.enrol.code"))
    enrol.add_argument("--request", type=Path, metavar="FILE", help=say("command.enrol.request"))
    enrol.add_argument("--answer", type=Path, metavar="FILE", help=say("command.enrol.answer"))
    enrol.add_argument("--code", dest="mark", help=say("command.enrol.mark"))
    enrol.add_argument(
        "--same-village", action="store_true", help=say("command.enrol.same_village")
    )
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


def _status(opened: OpenStation, _: argparse.Namespace) -> CommandResult:
    view = opened.station.today.overview()
    lines = [view.site_name or say("command.no_site"), *_sync_lines(view.sync)]
    if view.running is not None:
        lines.append(f"{say(f'step.{view.running.step.value}')}  {view.running.title}")
    for plan in view.plans:
        about = f"{kind_word(plan.kind)}  {planned_line(plan, view.names)}".rstrip()
        lines.append(f"{plan.date} {plan.start}  {plan.title}  {plan.id}  {about}")
    lines += [change_line(one, str) for one in view.changes]
    lines += [say(key, **dict(values)) for key, values in view.notices]
    return CommandResult(view, tuple(lines))


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
    lines = []
    if sync.apart:
        lines.append(say("notice.waiting", count=sync.apart, station=sync.station))
    if sync.to_check:
        lines.append(say("notice.to_check", count=sync.to_check))
    return lines


def _courses(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    if options.delete:
        return _freed(station.courses.delete(CourseId(options.delete)))
    if options.free:
        return _freed(station.courses.free())
    if options.fetch:
        asked = station.courses.ask_for(CourseId(options.fetch))
        return CommandResult(
            {"course": asked.id}, (say("command.courses.comes", title=asked.title),)
        )
    courses = station.courses.all()
    return CommandResult(courses, tuple(_course_line(one) for one in courses))


def _course_line(one: CourseView) -> str:
    if one.planned:
        note = say("command.courses.planned", day=one.planned)
    elif one.here_bytes and one.played and not one.hold:
        note = say("command.courses.played")
    elif not one.ready and not one.comes:
        note = say("command.courses.away")
    else:
        note = ""
    return say(
        "command.courses.line",
        id=one.course.id,
        percent=one.percent,
        here=_megabytes(one.here_bytes),
        title=one.course.title,
        note=note,
    )


def _freed(freed: FreedSpace) -> CommandResult:
    titles = list(freed.titles)
    if freed.dead_files:
        titles.append(say("command.courses.freed_dead", files=freed.dead_files))
    if not titles:
        return CommandResult(freed, (say("command.courses.freed_none"),))
    line = say(
        "command.courses.freed",
        titles=say("command.courses.and").join(titles),
        megabytes=_megabytes(freed.bytes),
    )
    return CommandResult(freed, (line,))


def _megabytes(count: int) -> float:
    return round(count / (1 << 20), 1)


def _enrol(options: argparse.Namespace) -> CommandResult:
    from app.bootstrap import enrol_station, take_enrol_answer, write_enrol_request
    from app.machine.enrolment import load_enrolment
    from app.machine.moving import what_moved

    ways = (
        options.request is not None,
        options.answer is not None or options.mark is not None,
        options.address is not None,
    )
    if sum(ways) != 1:
        raise BadInput("command.enrol.how")
    if options.request is not None:
        write_enrol_request(options.home, options.request)
        return CommandResult({"file": str(options.request)}, (say("command.enrol.asked"),))
    before, same = load_enrolment(options.home), options.same_village
    if options.answer is not None:
        mark = options.mark or ""
        kept = take_enrol_answer(options.home, options.answer, mark, same_village=same)
    elif options.address and options.code:
        kept = enrol_station(options.home, options.address, options.code, same_village=same)
    else:
        raise BadInput("command.enrol.how")
    data = {"station": kept.station, "site": kept.site, "site_name": kept.site_name}
    lines = [say("command.enrolled", site=kept.site_name)]
    moved = None if before is None else what_moved(options.home, before)
    if before is not None and moved:
        lines.append(say(moved, site=before.site_name))
        data["moved_from"] = before.site_name
    return CommandResult(data, tuple(lines))


def _sync(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    outcome = opened.station.sync.run(store_lane=lambda job: job(), courses=not options.no_courses)
    if outcome.trouble is not None:
        raise outcome.trouble
    view = opened.station.today.sync_view()
    data: dict[str, object] = {
        "sent": outcome.sent,
        "rows": outcome.rows,
        "files": outcome.files,
        "facts": view.facts,
        "confirmed": view.confirmed,
        "course_trouble": None,
        "apart": view.apart,
        "to_check": view.to_check,
    }
    lines = [*_sync_lines(view), *_apart_lines(view)]
    if outcome.course_trouble is not None:
        why = say_error(outcome.course_trouble)
        data["course_trouble"] = code_of(outcome.course_trouble.key) or outcome.course_trouble.key
        lines.append(say("command.sync.course", why=why))
    return CommandResult(data, tuple(lines))


def _backup(opened: OpenStation, _: argparse.Namespace) -> CommandResult:
    path = opened.station.tools.store.backup_today(again=True)
    return CommandResult({"file": str(path)}, (say("command.backed_up", file=path),))


def _restore(options: argparse.Namespace) -> CommandResult:
    from app.bootstrap import restore_station

    key, values = restore_station(options.home, options.file)
    return CommandResult({"notice": key, **dict(values)}, (say(key, **dict(values)),))


def _doctor(opened: OpenStation, _: argparse.Namespace) -> CommandResult:
    report = opened.station.tools.store.verify()
    checks = opened.station.today.checks()
    lines = [
        ("✓ " if check.good else "✗ ") + say(check.key, **dict(check.values)) for check in checks
    ]
    if report.broken_at is not None:
        raise StoreTrouble("command.chain_broken", place=report.broken_at)
    lines.append("✓ " + say("command.chain_sound", facts=report.facts, segments=report.segments))
    lines += [say(key, **dict(values)) for key, values in opened.station.tools.notices]
    return CommandResult({"checks": checks, "chain": report}, tuple(lines))


def _play(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    from app.cli.headless_play import play_headless  # loads libvlc, which nothing else needs

    if not 0.75 <= options.rate <= 8.0 or options.from_ms < 0:
        raise BadInput("refusal.bad_seek")
    view = play_headless(opened.station, options.course, rate=options.rate, from_ms=options.from_ms)
    outcome = "stopped" if view.outcome is None else view.outcome.value
    line = f"{view.title}  {say(f'outcome.{outcome}')}  {view.coverage_percent} %"
    why = (say(view.trouble, title=view.title),) if view.trouble else ()
    return CommandResult(view, (line, *why))
