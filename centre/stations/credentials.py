"""Whether a request is a station's own: its signature over method, path, nonce and body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, update

from app.domain.errors import NotFound
from app.wire.errors import ErrorNumber
from app.wire.signing import (
    NONCE_HEADER,
    REQUEST_LABEL,
    SIGNATURE_HEADER,
    STATION_HEADER,
    from_header,
    request_parts,
    verifies,
)
from centre.feeds.scopes import scopes_of
from centre.refusals import NotServed
from centre.service import Centre
from centre.store.tables import stations

_MOST_NONCE_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Credential:
    """A station that proved to be itself, and the feeds it may read."""

    station: str
    site: str

    @property
    def scopes(self) -> tuple[str, ...]:
        """The feeds it may read."""
        return scopes_of(self.site)


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What a signature covers. ``target`` is the path with its query, as it was sent."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


def shut_out(centre: Centre, station: str) -> None:
    """Serve a station no more; what it sent stays.

    Raises:
        NotFound: there is no such station.
    """
    with centre.store.writing() as tx:
        done = tx.execute(
            update(stations).where(stations.c.id == station).values(revoked_ms=centre.now_ms())
        )
    if done.rowcount == 0:
        raise NotFound("centre.no_station", station=station)


def recognise(centre: Centre, request: SignedRequest) -> Credential:
    """Tell whose request it is.

    Raises:
        NotServed: the station is not known or was shut out, or the signature is not its own.
    """
    name = request.headers.get(STATION_HEADER, "")
    nonce = request.headers.get(NONCE_HEADER, "")
    signature = from_header(request.headers.get(SIGNATURE_HEADER, ""))
    if not name or "\0" in name or not 0 < len(nonce) <= _MOST_NONCE_CHARACTERS:
        raise NotServed(ErrorNumber.UNKNOWN_STATION, "headers are missing")
    with centre.store.reading() as tx:
        row = tx.execute(select(stations).where(stations.c.id == name)).one_or_none()
    if row is None:
        raise NotServed(ErrorNumber.UNKNOWN_STATION, "not enrolled here")
    parts = request_parts(request.method, request.target, nonce, request.body)
    if not verifies(row.public_key, signature, REQUEST_LABEL, *parts):
        raise NotServed(ErrorNumber.BAD_SIGNATURE)
    if row.revoked_ms is not None:
        raise NotServed(ErrorNumber.OUT_OF_SCOPE, "station was shut out")
    return Credential(row.id, row.site)
