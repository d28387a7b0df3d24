"""What each command does: open the centre, do it, say it in words or in JSON."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from centre.settings import Settings
from centre.words import say

if TYPE_CHECKING:
    from centre.service import Centre


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    _add_running(commands)
    _add_stations(commands)
    _add_courses(commands)
    _add_plans(commands)


def _add_running(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    made = commands.add_parser("init")
    made.add_argument("--new-key", action="store_true", help="when centre.key is lost for good")
    made.add_argument("--new-store", action="store_true", help="when the records are lost for good")
    made.set_defaults(run=init)

    served = commands.add_parser("serve")
    served.add_argument("--host", default="127.0.0.1")
    served.add_argument("--port", type=_port, default=8480, help="0 takes a free one")
    how = served.add_mutually_exclusive_group()
    how.add_argument("--plain", action="store_true", help="without TLS, behind a proxy here")
    how.add_argument(
        "--tls", action="store_true", help="with TLS on this machine's own address too"
    )
    served.add_argument("--certificate", type=Path, help="PEM that a proxy in front shows")
    served.add_argument("--processes", type=_count, default=1, help="several need PostgreSQL")
    served.set_defaults(run=serve, reminds=False)  # it goes on until it is stopped

    renewed = commands.add_parser("new-generation")
    renewed.set_defaults(run=new_generation)


def _add_stations(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    code = commands.add_parser("enrol-code")
    place = code.add_mutually_exclusive_group(required=True)
    place.add_argument("--site", default="", help="name or id")
    place.add_argument("--station", default="", help="another PC takes the place of this station's")
    code.add_argument("--create", action="store_true", help="make the site if there is none")
    code.add_argument("--json", action="store_true")
    code.set_defaults(run=enrol_code)

    out = commands.add_parser("shut-out")
    out.add_argument("id")
    out.set_defaults(run=shut_out)

    replayed = commands.add_parser("replay")
    replayed.add_argument("--projection", default="", metavar="NAME", help="one of them; else all")
    replayed.set_defaults(run=replay)

    reported = commands.add_parser("report")
    reported.add_argument("--json", action="store_true", required=True)
    reported.add_argument("--site", default="", help="name or id")
    reported.add_argument("--session", default="")
    reported.set_defaults(run=report)


def _add_courses(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    course = commands.add_parser("publish-course")
    course.add_argument("file", type=Path)
    course.add_argument("--subtitle", type=Path)
    for word in ("title", "topic", "summary", "licence", "id"):
        course.add_argument(f"--{word}", default="")
    course.add_argument("--json", action="store_true")
    course.set_defaults(run=publish)

    withdrawn = commands.add_parser("withdraw-course")
    withdrawn.add_argument("id")
    withdrawn.set_defaults(run=withdraw)


def _add_plans(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    planned = commands.add_parser("plan")
    planned.add_argument("--site", required=True, help="name or id")
    planned.add_argument("--date", required=True, metavar="YYYY-MM-DD")
    planned.add_argument("--start", required=True, metavar="HH:MM")
    planned.add_argument("--title", required=True)
    planned.add_argument("--course", nargs="*", action="extend", default=[], metavar="ID")
    planned.add_argument("--unit", nargs="*", action="extend", default=[], metavar="NAME")
    planned.add_argument("--json", action="store_true")
    planned.set_defaults(run=plan)

    withdrawn = commands.add_parser("withdraw-plan")
    withdrawn.add_argument("id")
    withdrawn.set_defaults(run=unplan)


def _count(spelled: str) -> int:
    number = int(spelled)
    if not 1 <= number <= 64:
        raise ValueError
    return number


def _port(spelled: str) -> int:
    number = int(spelled)
    if not 0 <= number <= 65_535:
        raise ValueError
    return number


@contextmanager
def _opened(settings: Settings) -> Iterator[Centre]:
    from centre.opening import open_centre

    centre = open_centre(settings)
    try:
        yield centre
    finally:
        centre.close()


def _tell(value: object) -> None:
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")


def _say_line(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")


def init(settings: Settings, chosen: argparse.Namespace) -> int:
    """Make the store and the key, or another key for a centre that lost its own."""
    from centre.opening import begin_new_key, begin_new_store, open_centre

    if chosen.new_key:
        begin_new_key(settings)
        _say_line(say("centre.key_new"))
    if chosen.new_store:
        begin_new_store(settings)
        _say_line(say("centre.store_new"))
    open_centre(settings, may_begin=True).close()
    _say_line(say("centre.made", home=settings.home))
    return 0


def serve(settings: Settings, chosen: argparse.Namespace) -> int:
    """Answer stations until interrupted."""
    from centre.web.server import ServeWish
    from centre.web.server import serve as serve_until_stopped

    wish = ServeWish(
        host=chosen.host,
        port=chosen.port,
        plain=chosen.plain,
        tls=chosen.tls,
        certificate=chosen.certificate,
        processes=chosen.processes,
    )
    try:
        serve_until_stopped(settings, wish)
    except OSError:
        where = f"{chosen.host}:{chosen.port}"
        sys.stderr.write(say("centre.address_taken", address=where) + "\n")
        return 1
    return 0


def new_generation(settings: Settings, _chosen: argparse.Namespace) -> int:
    """Say that the store was put back."""
    from centre.decisions.put_back import say_put_back

    with _opened(settings) as centre:
        _say_line(say("centre.new_generation", generation=say_put_back(centre)))
    return 0


def enrol_code(settings: Settings, chosen: argparse.Namespace) -> int:
    """Make a one-time code."""
    from app.wire.introduction import full_code
    from centre.sites import find_or_create_site, find_site, site_of_station
    from centre.stations.codes import new_code

    with _opened(settings) as centre:
        if chosen.station:
            site = site_of_station(centre, chosen.station)
        elif chosen.create:
            site = find_or_create_site(centre, chosen.site)
        else:
            with centre.store.reading() as tx:
                site = find_site(tx, chosen.site)
        made = new_code(centre, site.id, for_station=chosen.station or None)
        code = full_code(made.code, centre.public_key)
    if chosen.json:
        shown = {"code": code, "site": site.id, "site_name": site.name, "station": chosen.station}
        _tell({**shown, "expires_ms": made.expires_ms})
    else:
        _say_line(say("centre.code_made", code=code, site=site.name))
    return 0


def shut_out(settings: Settings, chosen: argparse.Namespace) -> int:
    """Serve a station no more."""
    from centre.stations.credentials import shut_out as shut_out_station

    with _opened(settings) as centre:
        shut_out_station(centre, chosen.id)
    _say_line(say("centre.shut_out", station=chosen.id))
    return 0


def publish(settings: Settings, chosen: argparse.Namespace) -> int:
    """Put an MP4 into the catalogue."""
    from centre.courses.publishing import CourseOffer, look_and_publish

    offer = CourseOffer(
        video=chosen.file,
        subtitle=chosen.subtitle,
        title=chosen.title,
        topic=chosen.topic,
        summary=chosen.summary,
        licence=chosen.licence,
        id=chosen.id,
    )
    with _opened(settings) as centre:
        published = look_and_publish(centre, offer)
    course, film, subtitle = published.course, published.film, published.subtitle
    remarks = [say(key, **values) for key, values in published.remarks]
    if chosen.json:
        told = msgspec.to_builtins(course)
        told["video"] |= {
            one.name: getattr(film, one.name)
            for one in dataclasses.fields(film)
            if one.name not in ("width", "height", "duration_ms")
        }
        if subtitle is not None:
            read = {"encoding": subtitle.encoding, "kind": subtitle.kind, "cues": subtitle.cues}
            told["subtitle"] |= {**read, "converted": subtitle.changed}
        _tell({**told, "warnings": remarks})
        return 0
    values = {"minutes": round(course.duration_ms / 60_000, 1), "codec": film.codec}
    megabytes = round(course.video.size_bytes / (1 << 20), 1)
    size = {"width": course.width, "height": course.height, "megabytes": megabytes}
    _say_line(say("centre.published", title=course.title, id=course.id, **values, **size))
    if subtitle is not None:
        key = "centre.subtitle_converted" if subtitle.changed else "centre.subtitle_kept"
        read = {"encoding": subtitle.encoding, "kind": subtitle.kind, "cues": subtitle.cues}
        _say_line(say(key, **read))
    for sentence in remarks:
        _say_line(sentence)
    return 0


def withdraw(settings: Settings, chosen: argparse.Namespace) -> int:
    """Withdraw a course."""
    from centre.courses.publishing import withdraw_course

    with _opened(settings) as centre:
        course = withdraw_course(centre, chosen.id)
    _say_line(say("centre.withdrawn", title=course.title, id=course.id))
    return 0


def plan(settings: Settings, chosen: argparse.Namespace) -> int:
    """Plan a session."""
    from centre.plans.planning import PlanWish, plan_session

    wish = PlanWish(
        site=chosen.site,
        date=chosen.date,
        start=chosen.start,
        title=chosen.title,
        courses=chosen.course,
        units=chosen.unit,
    )
    with _opened(settings) as centre:
        entry = plan_session(centre, wish)
    if chosen.json:
        _tell(entry)
    else:
        told = {"date": entry.date, "start": entry.start, "title": entry.title, "id": entry.id}
        _say_line(say("centre.planned", **told))
    return 0


def unplan(settings: Settings, chosen: argparse.Namespace) -> int:
    """Take a session back."""
    from centre.plans.planning import withdraw_plan

    with _opened(settings) as centre:
        entry = withdraw_plan(centre, chosen.id)
    _say_line(say("centre.withdrawn", title=entry.title, id=entry.id))
    return 0


def replay(settings: Settings, chosen: argparse.Namespace) -> int:
    """Have projections folded anew, and tell how far it is."""
    from centre.interpretation.projections.replay import begin_replay, folded_of, replay_some
    from centre.store.projection_versions import Step

    with _opened(settings) as centre:
        names = begin_replay(centre, chosen.projection)
        told = ("", Step.NONE, 0)
        while (now := replay_some(centre, wait=True)) is not None:
            tenth = now.projection, now.step, now.done * 10 // max(now.of_all, 1)
            if now.step is not Step.NONE and tenth != told:
                key = "centre.replay_index" if now.step is Step.INDEX else "centre.replay_fold"
                values = {"name": now.projection, "done": now.done, "of_all": now.of_all}
                _say_line(say(key, **values))
                told = tenth
        for name, done in folded_of(centre, names):
            _say_line(say("centre.replay_done", name=name, done=done))
    return 0


def report(settings: Settings, chosen: argparse.Namespace) -> int:
    """Tell what is known of sessions."""
    from centre.reports.reading import read_report

    with _opened(settings) as centre:
        _tell(read_report(centre, site=chosen.site, session=chosen.session))
    return 0
