"""What each command does: open the centre, do it, say it in words or in JSON."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from app.wire.introduction import full_code
from centre.courses.publishing import CourseOffer, look_and_publish, withdraw_course
from centre.decisions.put_back import say_put_back
from centre.interpretation.projections.replay import begin_replay, folded_of, replay_some
from centre.opening import begin_new_key, begin_new_store, open_centre
from centre.plans.planning import PlanWish, plan_evening, withdraw_plan
from centre.reports.reading import read_report
from centre.service import Centre
from centre.settings import Settings
from centre.sites import find_or_create_site, find_site, site_of_station
from centre.stations.codes import new_code
from centre.stations.credentials import shut_out as shut_out_station
from centre.store.projection_versions import Step
from centre.words import say


@contextmanager
def _opened(settings: Settings) -> Iterator[Centre]:
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
    with _opened(settings) as centre:
        _say_line(say("centre.new_generation", generation=say_put_back(centre)))
    return 0


def enrol_code(settings: Settings, chosen: argparse.Namespace) -> int:
    """Make a one-time code."""
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
    with _opened(settings) as centre:
        shut_out_station(centre, chosen.id)
    _say_line(say("centre.shut_out", station=chosen.id))
    return 0


def publish(settings: Settings, chosen: argparse.Namespace) -> int:
    """Put an MP4 into the catalogue."""
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
    with _opened(settings) as centre:
        course = withdraw_course(centre, chosen.id)
    _say_line(say("centre.withdrawn", title=course.title, id=course.id))
    return 0


def plan(settings: Settings, chosen: argparse.Namespace) -> int:
    """Plan an evening."""
    wish = PlanWish(
        site=chosen.site,
        date=chosen.date,
        start=chosen.start,
        title=chosen.title,
        courses=chosen.course,
        units=chosen.unit,
    )
    with _opened(settings) as centre:
        entry = plan_evening(centre, wish)
    if chosen.json:
        _tell(entry)
    else:
        told = {"date": entry.date, "start": entry.start, "title": entry.title, "id": entry.id}
        _say_line(say("centre.planned", **told))
    return 0


def unplan(settings: Settings, chosen: argparse.Namespace) -> int:
    """Take an evening back."""
    with _opened(settings) as centre:
        entry = withdraw_plan(centre, chosen.id)
    _say_line(say("centre.withdrawn", title=entry.title, id=entry.id))
    return 0


def replay(settings: Settings, chosen: argparse.Namespace) -> int:
    """Have projections folded anew, and tell how far it is."""
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
    with _opened(settings) as centre:
        _tell(read_report(centre, site=chosen.site, session=chosen.session))
    return 0
