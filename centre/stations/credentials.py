"""Whether a request is a station's own: its signature over method, path, nonce and body.

A station whose right is over is still told apart and its facts are kept: it says so in
``standing``, and who serves it looks at that.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection, bindparam, select, update

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
from centre.stations.known_again import learn_again
from centre.stations.rows import StationRow, known_station
from centre.stations.signed import SignedRequest
from centre.store.tables import station_keys, stations

_MOST_NONCE_CHARACTERS = 200
_PERHAPS_FORGOTTEN = (ErrorNumber.UNKNOWN_STATION, ErrorNumber.BAD_SIGNATURE)
_KEYS = select(station_keys.c.public_key).where(station_keys.c.station == bindparam("id"))


class Standing(Enum):
    """What a station that proved to be itself may still do."""

    ACTIVE = "active"
    REVOKED = "revoked"
    EXPIRED = "expired"
    REPLACED = "replaced"
    """Its key is an older one: another PC took its place."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A station that proved to be itself, and the feeds it may read.

    ``keys`` are public keys it has or had: what any of them signed is the station's. The
    first is the present one; the others are there when it is an older one that signed.
    ``recipient`` is what is sealed for it on sticks, empty when it has none.
    """

    station: str
    site: str
    standing: Standing = Standing.ACTIVE
    keys: tuple[bytes, ...] = ()
    recipient: str = ""

    @property
    def active(self) -> bool:
        """Whether its facts count and it may read anything."""
        return self.standing is Standing.ACTIVE

    @property
    def scopes(self) -> tuple[str, ...]:
        """The feeds it may read."""
        return scopes_of(self.site) if self.active else ()


def shut_out(centre: Centre, station: str) -> None:
    """Let a station's facts count no more from now on; what it sent and sends is kept.

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
    """Tell whose request it is, and how the station stands.

    A centre that was put back may learn of the station again by the way (``known_again``).

    Raises:
        NotServed: the station is not known, or the signature is by no key it ever had.
    """
    try:
        with centre.store.reading() as tx:
            return recognised(tx, request, centre.now_ms())[0]
    except NotServed as refused:
        if refused.number not in _PERHAPS_FORGOTTEN or not learn_again(centre, request):
            raise
    with centre.store.reading() as tx:
        return recognised(tx, request, centre.now_ms())[0]


def recognise_active(centre: Centre, request: SignedRequest) -> Credential:
    """``recognise`` for what only a station in good standing gets.

    Raises:
        NotServed: as ``recognise``, or the station's right is over.
    """
    station = recognise(centre, request)
    if not station.active:
        raise NotServed(ErrorNumber.OUT_OF_SCOPE, station.standing.value)
    return station


def recognised(
    tx: Connection, request: SignedRequest, now_ms: int
) -> tuple[Credential, StationRow]:
    """``recognise`` inside a transaction, and what is kept of the station."""
    name = request.headers.get(STATION_HEADER, "")
    nonce = request.headers.get(NONCE_HEADER, "")
    signature = from_header(request.headers.get(SIGNATURE_HEADER, ""))
    if not name or "\0" in name or not 0 < len(nonce) <= _MOST_NONCE_CHARACTERS:
        raise NotServed(ErrorNumber.UNKNOWN_STATION, "headers are missing")
    known = known_station(tx, name)
    if known is None:
        raise NotServed(ErrorNumber.UNKNOWN_STATION, "not enrolled here")
    row, signer = known
    parts = request_parts(request.method, request.target, nonce, request.body)
    keys: tuple[bytes, ...] = (signer.public_key,)
    standing = Standing.ACTIVE
    if not verifies(signer.public_key, signature, REQUEST_LABEL, *parts):
        keys = all_keys(tx, name)
        if not any(verifies(one, signature, REQUEST_LABEL, *parts) for one in keys):
            raise NotServed(ErrorNumber.BAD_SIGNATURE)
        standing = Standing.REPLACED
    elif signer.revoked_ms is not None:
        standing = Standing.REVOKED
    elif row.expires_ms is not None and row.expires_ms <= now_ms:
        standing = Standing.EXPIRED
    return Credential(name, signer.site, standing, keys, signer.recipient), row


def all_keys(tx: Connection, station: str) -> tuple[bytes, ...]:
    """Every public key a station has or had."""
    return tuple(bytes(one) for one in tx.execute(_KEYS, {"id": station}).scalars())
