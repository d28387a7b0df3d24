"""A station that has no network is let in by a file that is carried both ways.

Whoever runs the command chose the site, so the answer is made with a one-time code that
nobody sees; the station believes it because the mark of the centre's key was read out.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from app.domain.errors import BadInput, NotFound
from app.domain.values import dataclass
from app.wire.introduction import (
    MOST_FILE_BYTES,
    FileAnswer,
    FileRequest,
    read_file_request,
    write_file_answer,
)
from app.wire.messages import EnrolAnswer, EnrolRequest
from centre.refusals import NotServed
from centre.service import Centre
from centre.sites import find_site
from centre.stations.codes import new_code
from centre.stations.enrolling import enrol
from centre.store.tables import stations
from centre.tls import first_certificate


@dataclass(frozen=True, slots=True)
class FileWish:
    """Which request is answered, for what place, and what the station is told to reach.

    One of ``site`` and ``station`` is empty; ``certificate`` is what a proxy in front shows.
    """

    request: Path
    answer: Path
    site: str = ""
    station: str = ""
    address: str = ""
    certificate: Path | None = None


def answer_file(centre: Centre, wish: FileWish) -> EnrolAnswer:
    """Let the station of a request in and write its answer.

    Raises:
        NotFound: no such site or station.
        BadInput: the request can't be read, or the answer can't be written.
    """
    request = _read(wish.request)
    enrolled = _let_in(centre, request, site=wish.site, station=wish.station)
    shown = wish.certificate or centre.settings.certificate_file
    certificate = first_certificate(shown) if wish.address.startswith("https:") else ""
    answer = FileAnswer(request.public_key, request.nonce, wish.address, certificate, enrolled)
    _write(wish.answer, write_file_answer(centre.key, answer))
    return enrolled


def _let_in(centre: Centre, request: FileRequest, *, site: str, station: str) -> EnrolAnswer:
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
