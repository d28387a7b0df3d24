"""``enrol-file``: a station that has no network is let in by a file that is carried both ways.

Whoever runs the command chose the site, so the answer is made with a one-time code that
nobody sees; the station believes it because the mark of the centre's key was read out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sqlalchemy import select

from app.domain.errors import BadInput, NotFound
from app.wire.introduction import (
    MOST_FILE_BYTES,
    FileAnswer,
    FileRequest,
    key_mark,
    read_file_request,
    write_file_answer,
)
from app.wire.messages import EnrolAnswer, EnrolRequest
from centre.opening import open_centre
from centre.refusals import NotServed
from centre.service import Centre
from centre.settings import Settings
from centre.sites import find_site
from centre.stations.codes import new_code
from centre.stations.enrolling import enrol
from centre.store.tables import stations
from centre.tls import first_certificate
from centre.words import say


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``enrol-file``."""
    filed = commands.add_parser("enrol-file")
    filed.add_argument("request", type=Path)
    place = filed.add_mutually_exclusive_group(required=True)
    place.add_argument("--site", default="", help="name or id")
    place.add_argument("--station", default="", help="this PC takes the place of that station's")
    filed.add_argument("--address", default="", help="https://… where the centre answers")
    filed.add_argument("--certificate", type=Path, help="PEM of a proxy in front, if there is one")
    filed.add_argument("--out", type=Path, required=True, help="the answer's file")
    filed.set_defaults(run=enrol_file)


def enrol_file(settings: Settings, chosen: argparse.Namespace) -> int:
    """Answer one request; says the mark to read out."""
    centre = open_centre(settings)
    try:
        request = _read(chosen.request)
        enrolled = let_in(centre, request, site=chosen.site, station=chosen.station)
        shown = chosen.certificate or settings.certificate_file
        certificate = first_certificate(shown) if chosen.address.startswith("https:") else ""
        answer = FileAnswer(
            request.public_key, request.nonce, chosen.address, certificate, enrolled
        )
        _write(chosen.out, write_file_answer(centre.key, answer))
    finally:
        centre.close()
    told = {"mark": key_mark(enrolled.centre_key), "site": enrolled.site_name}
    sys.stdout.write(say("centre.file_answered", file=chosen.out, **told) + "\n")
    return 0


def let_in(centre: Centre, request: FileRequest, *, site: str, station: str) -> EnrolAnswer:
    """Let the station of a request in, to a site or in the place of a station.

    Raises:
        NotFound: no such site or station.
        BadInput: what it names as its key or recipient is none.
    """
    with centre.store.reading() as tx:
        place = _site_of(centre, station) if station else find_site(tx, site).id
    code = new_code(centre, place, for_station=station or None).code
    try:
        return enrol(
            centre, EnrolRequest(code, request.public_key, request.machine, request.recipient)
        )
    except NotServed as refused:
        raise BadInput("centre.request_unreadable", file=refused.detail) from refused


def _site_of(centre: Centre, station: str) -> str:
    with centre.store.reading() as tx:
        site = tx.scalar(select(stations.c.site).where(stations.c.id == station))
    if site is None:
        raise NotFound("centre.no_station", station=station)
    return str(site)


def _read(path: Path) -> FileRequest:
    try:
        with path.open("rb") as opened:
            return read_file_request(opened.read(MOST_FILE_BYTES + 1))
    except OSError as closed:
        raise BadInput("centre.file_unreadable", file=path) from closed
    except BadInput as strange:
        raise BadInput("centre.request_unreadable", file=path) from strange


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as full:
        raise BadInput("centre.file_unwritable", file=path) from full
