"""Commands about what a person has to decide: the queue, and erasing somebody's data."""

from __future__ import annotations

import argparse

import msgspec

from app.domain.decoded_fact import Reason
from app.domain.errors import BadInput
from app.domain.time import local_time
from centre.commands.output import Commands, opened, write, write_json
from centre.erasing.erasing import erase_person
from centre.interpretation.queue import Waiting, resolve_person, try_again, waiting_facts
from centre.reports.stations import list_stations
from centre.settings import Settings
from centre.words import say

_WHY = {
    Reason.UNREADABLE: "centre.waits_unreadable",
    Reason.WRONG_NUMBER: "centre.waits_wrong_number",
    Reason.UNKNOWN_KIND: "centre.waits_unknown_kind",
    Reason.UNKNOWN_PERSON: "centre.waits_unknown_person",
    Reason.UNKNOWN_MARK: "centre.waits_unknown_mark",
    Reason.UNKNOWN_PLAY: "centre.waits_unknown_play",
    Reason.FAILED: "centre.waits_failed",
    Reason.PAYLOAD_LACKING: "centre.waits_payload_lacking",
    Reason.PAYLOAD_UNREADABLE: "centre.waits_payload_unreadable",
}


def add_commands(commands: Commands) -> None:
    """``queue`` and ``erase-person``."""
    queue = commands.add_parser("queue")
    queue.add_argument("--site", default="", help="name or id")
    queue.add_argument("--retry", action="store_true", help="read them once more first")
    queue.add_argument("--fact", type=int, help="number of a waiting mark, with --as")
    queue.add_argument(
        "--as",
        dest="person",
        default="",
        metavar="PERSON",
        help="id of the roster person it is of; said again, the newest word counts",
    )
    queue.add_argument("--by", default="", help="who says so")
    queue.add_argument("--reason", default="")
    queue.add_argument("--json", action="store_true")
    queue.set_defaults(run=show_queue)

    erase = commands.add_parser("erase-person")
    erase.add_argument("id")
    erase.add_argument("--by", required=True, help="who had it done")
    erase.add_argument("--reason", required=True)
    erase.set_defaults(run=erase_somebody)


def show_queue(settings: Settings, chosen: argparse.Namespace) -> int:
    """List what waits; decide about one, or read all once more, before."""
    with opened(settings) as centre:
        if chosen.fact is not None or chosen.person:
            if chosen.fact is None:
                raise BadInput("centre.resolve_needs_fact")
            resolve_person(centre, chosen.fact, chosen.person, by=chosen.by, reason=chosen.reason)
        if chosen.retry:
            try_again(centre, site=chosen.site)
        waiting = waiting_facts(centre, site=chosen.site)
        apart = [
            one
            for one in list_stations(centre)
            if one.quarantined and chosen.site in ("", one.site, one.site_name)
        ]
    if chosen.json:
        told = [{**msgspec.to_builtins(one), "why": _why(one)} for one in waiting]
        write_json(told)
        return 0
    lines = [
        say(
            "centre.queue_line",
            arrival=one.arrival,
            site=one.site_name,
            session=one.session or "—",
            kind=one.kind or "—",
            since=f"{local_time(one.since_ms):%Y-%m-%d %H:%M}",
            why=_why(one),
        )
        for one in waiting
    ]
    lines += [
        say("centre.queue_apart", station=one.station, site=one.site_name, count=one.quarantined)
        for one in apart
    ]
    write(*(lines or [say("centre.queue_empty")]))
    return 0


def _why(one: Waiting) -> str:
    return say(_WHY[Reason(one.reason)], detail=one.detail)


def erase_somebody(settings: Settings, chosen: argparse.Namespace) -> int:
    """Erase somebody's data, and say what is out of reach."""
    with opened(settings) as centre:
        done = erase_person(centre, chosen.id, by=chosen.by, reason=chosen.reason)
    told = say("centre.erased", person=done.person, payloads=done.payloads, sessions=done.sessions)
    write(told)
    return 0
