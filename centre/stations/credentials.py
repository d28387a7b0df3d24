"""Whether a request is a station's own: its signature over method, path, nonce and body.

A station whose right is over is still told apart and its facts are kept: it says so in
``standing``, and who serves it looks at that.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from sqlalchemy import Connection, bindparam, select, update

from app.domain.errors import NotFound
from app.domain.values import dataclass
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
from centre.decisions.ledger import Kind, decide
from centre.feeds.scopes import scopes_of
from centre.refusals import NotServed
from centre.service import Centre
from centre.stations.reenrolment import learn_again
from centre.stations.signed import SignedRequest
from centre.stations.vouching import life_ms
from centre.store.station_row import StationRow, known_station
from centre.store.tables import station_keys, stations

_MOST_NONCE_CHARACTERS = 200
_PERHAPS_FORGOTTEN = (ErrorNumber.UNKNOWN_STATION, ErrorNumber.BAD_SIGNATURE)
_KEYS = select(station_keys.c.public_key).where(station_keys.c.station == bindparam("id"))


class Standing(Enum):
    """What a station that proved to be itself may still do."""

    ACTIVE = "active"
    REVOKED = "revoked"
    EXPIRED = "expired"
    """Its credential ended longer ago than one lasts: a person lets it read again."""
    REPLACED = "replaced"
    """Its key is an older one: another PC took its place."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A station that proved to be itself, and the feeds it may read.

    ``keys`` are public keys it has or had: what any of them signed is the station's. The
    first is the one that signed; the others are there when that is an older one.
    ``recipient`` is what is sealed for it on sticks, empty when it has none. ``counted`` are
    segments that count though another PC took its place (``judging``). ``township`` is the site
    its site lies under, if any.
    """

    station: str
    site: str
    standing: Standing = Standing.ACTIVE
    keys: tuple[bytes, ...] = ()
    recipient: str = ""
    counted: frozenset[str] = frozenset()
    township: str = ""

    @property
    def active(self) -> bool:
        """Whether it may read anything."""
        return self.standing is Standing.ACTIVE

    @property
    def trusted(self) -> bool:
        """Whether all it sends counts: that its credential is over stops only reading."""
        return self.standing in (Standing.ACTIVE, Standing.EXPIRED)

    def lets_count(self, segment: str) -> bool:
        """Whether what comes of a segment counts, or waits for a person."""
        return self.trusted or segment in self.counted

    @property
    def scopes(self) -> tuple[str, ...]:
        """The feeds it may read."""
        return scopes_of(self.site, self.township) if self.active else ()


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
        decide(tx, centre, Kind.SHUT_OUT, station)


def recognise(centre: Centre, request: SignedRequest) -> Credential:
    """Tell whose request it is, and how the station stands.

    A centre that was put back may learn of the station again by the way (``known_again``).

    Raises:
        NotServed: the station is not known, or the signature is by no key it ever had.
    """
    try:
        with centre.store.reading() as tx:
            return recognised(tx, request, centre)[0]
    except NotServed as refused:
        if refused.number not in _PERHAPS_FORGOTTEN or not learn_again(centre, request):
            raise
    with centre.store.reading() as tx:
        return recognised(tx, request, centre)[0]


def recognise_active(centre: Centre, request: SignedRequest) -> Credential:
    """``recognise`` for what only a station in good standing gets.

    Raises:
        NotServed: as ``recognise``, or the station's right is over.
    """
    station = recognise(centre, request)
    if centre.sense.doubted:
        station = whatever_the_clock_says(station)
    if not station.active:
        raise NotServed(ErrorNumber.OUT_OF_SCOPE, station.standing.value)
    return station


def recognised(
    tx: Connection, request: SignedRequest, centre: Centre
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
        older = all_keys(tx, name)
        its = [one for one in older if verifies(one, signature, REQUEST_LABEL, *parts)]
        if not its:
            raise NotServed(ErrorNumber.BAD_SIGNATURE)
        keys = (*its, *(one for one in older if one not in its))
        standing = Standing.REPLACED
    else:
        standing = standing_of(signer.revoked_ms, row.expires_ms, centre.now_ms(), life_ms(centre))
    told = Credential(name, signer.site, standing, keys, signer.recipient, township=signer.township)
    return told, row


def whatever_the_clock_says(station: Credential) -> Credential:
    """The station as it stands while the centre's own clock is doubted: none is called over."""
    if station.standing is not Standing.EXPIRED:
        return station
    return replace(station, standing=Standing.ACTIVE)


def standing_of(revoked_ms: int | None, expires_ms: int | None, now_ms: int, life: int) -> Standing:
    """How a station's present key stands.

    Whoever comes within one more life after its credential ended gets a new one by asking: a
    village without a line for a year is no thief, and a PC known to be lost is shut out. After
    that a person is asked, so that a PC nobody ever missed does not read a roster for ever.
    """
    if revoked_ms is not None:
        return Standing.REVOKED
    if expires_ms is not None and expires_ms + life <= now_ms:
        return Standing.EXPIRED
    return Standing.ACTIVE


def all_keys(tx: Connection, station: str) -> tuple[bytes, ...]:
    """Every public key a station has or had."""
    return tuple(bytes(one) for one in tx.execute(_KEYS, {"id": station}).scalars())
