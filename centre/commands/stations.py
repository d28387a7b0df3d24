"""Who may send here, and who does: ``enrol-code``, ``enrol-file``, ``shut-out``, ``stations``, ``release``."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from app.wire.introduction import full_code, key_mark
from centre.commands.output import Commands, opened, write, write_json
from centre.reports.stations import ListedStation, clock_days, list_stations
from centre.settings import Settings
from centre.sites import find_or_create_site, find_site, site_of_station
from centre.stations.by_file import FileWish, answer_file
from centre.stations.codes import new_code
from centre.stations.credentials import Standing
from centre.stations.credentials import shut_out as shut_out_station
from centre.stations.releasing import release
from centre.words import say

_STATES = {
    Standing.ACTIVE.value: "centre.state_active",
    Standing.REVOKED.value: "centre.state_revoked",
    Standing.EXPIRED.value: "centre.state_expired",
}


def add_commands(commands: Commands) -> None:
    """Add them."""
    code = commands.add_parser("enrol-code")
    place = code.add_mutually_exclusive_group(required=True)
    place.add_argument("--site", default="", help="name or id")
    place.add_argument("--station", default="", help="another PC takes the place of this station's")
    code.add_argument("--create", action="store_true", help="make the site if there is none")
    code.add_argument("--json", action="store_true")
    code.set_defaults(run=enrol_code)

    filed = commands.add_parser("enrol-file")
    filed.add_argument("request", type=Path)
    place = filed.add_mutually_exclusive_group(required=True)
    place.add_argument("--site", default="", help="name or id")
    place.add_argument("--station", default="", help="this PC takes the place of that station's")
    filed.add_argument("--address", default="", help="https://… where the centre answers")
    filed.add_argument("--certificate", type=Path, help="PEM of a proxy in front, if there is one")
    filed.add_argument("--out", type=Path, required=True, help="the answer's file")
    filed.set_defaults(run=enrol_file)

    out = commands.add_parser("shut-out")
    out.add_argument("id")
    out.set_defaults(run=shut_out)

    listed = commands.add_parser("stations")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=_list)

    released = commands.add_parser("release")
    released.add_argument("id")
    released.add_argument(
        "--let-in", action="store_true", help="serve its PC again, which had been shut out"
    )
    released.set_defaults(run=_release)


def enrol_code(settings: Settings, chosen: argparse.Namespace) -> int:
    """Make a one-time code."""
    with opened(settings) as centre:
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
        write_json({**shown, "expires_ms": made.expires_ms})
    else:
        write(say("centre.code_made", code=code, site=site.name))
    return 0


def enrol_file(settings: Settings, chosen: argparse.Namespace) -> int:
    """Answer one request; says the mark to read out."""
    wish = FileWish(
        request=chosen.request,
        answer=chosen.out,
        site=chosen.site,
        station=chosen.station,
        address=chosen.address,
        certificate=chosen.certificate,
    )
    with opened(settings) as centre:
        enrolled = answer_file(centre, wish)
    told = {"mark": key_mark(enrolled.centre_key), "site": enrolled.site_name}
    write(say("centre.file_answered", file=chosen.out, **told))
    return 0


def shut_out(settings: Settings, chosen: argparse.Namespace) -> int:
    """Serve a station no more."""
    with opened(settings) as centre:
        shut_out_station(centre, chosen.id)
    write(say("centre.shut_out", station=chosen.id))
    return 0


def _list(settings: Settings, chosen: argparse.Namespace) -> int:
    with opened(settings) as centre:
        found = list_stations(centre)
    if chosen.json:
        write_json(found)
        return 0
    for one in found:
        write(_line(one))
    if not found:
        write(say("centre.no_stations"))
    days = clock_days(found)
    if days:
        write(say("centre.clock_off", days=days))
    return 0


def _line(one: ListedStation) -> str:
    """One station in words; what is out of the ordinary stands after it."""
    parts = [
        say(
            "centre.station_line",
            station=one.station,
            site=one.site_name,
            state=say(_STATES[one.state]),
            seen=_when(one.seen_ms),
            facts=one.facts,
            agreed=say("centre.agreed" if one.agreed else "centre.not_agreed"),
        )
    ]
    if one.expires_ms is not None:
        parts.append(say("centre.station_expires", when=_when(one.expires_ms)))
    if one.quarantined:
        parts.append(say("centre.station_quarantined", count=one.quarantined, station=one.station))
    if one.state == Standing.EXPIRED.value:
        parts.append(say("centre.station_renew", station=one.station))
    if one.waiting:
        parts.append(say("centre.station_waiting", count=one.waiting))
    if one.forks:
        parts.append(say("centre.station_forks", count=one.forks))
    if one.copied_ms is not None:
        parts.append(say("centre.station_copied", when=_when(one.copied_ms)))
    if one.moved_ms is not None:
        moved = {"site": one.moved_site, "station": one.moved_to, "when": _when(one.moved_ms)}
        parts.append(say("centre.station_moved", **moved))
    if one.put_back_ms is not None:
        parts.append(say("centre.station_put_back", when=_when(one.put_back_ms)))
    return "".join(parts)


def _when(ms: int | None) -> str:
    if ms is None:
        return say("centre.never")
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def _release(settings: Settings, chosen: argparse.Namespace) -> int:
    with opened(settings) as centre:
        done = release(centre, chosen.id, let_in=chosen.let_in)
    values = {"station": chosen.id, "facts": done.facts, "segments": done.segments}
    write(say("centre.released", **values))
    if done.shut_out:
        write(say("centre.released_still_out", station=chosen.id))
    if done.renewed:
        write(say("centre.released_let_in", station=chosen.id))
    return 0
