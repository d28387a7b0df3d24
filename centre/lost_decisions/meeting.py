"""What an exchange says about decisions: what a station brings back, and what it is to keep."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from app.domain.values import dataclass
from app.wire.messages import ExchangeRequest, FeedPage, Held, SignedDecision
from app.wire.sums import ZERO
from centre.decisions import ledger
from centre.decisions.ledger import Kind
from centre.decisions.put_back import note, shown_by
from centre.erasing.erasing import empty_log
from centre.lost_decisions.coming_back import take_back
from centre.service import Centre
from centre.stations.credentials import Credential, Standing, standing_of
from centre.stations.vouching import life_ms
from centre.store.station_row import StationRow, known_station

_SPEAKS_OF_DECISIONS = 2
"""The minor version from which a station keeps decisions."""


@dataclass(frozen=True, slots=True)
class Words:
    """``gives`` are decisions for the station to keep; ``wants`` asks for those it keeps.

    While it is asked it gets no pages: what it brings may change what they say.
    """

    gives: tuple[SignedDecision, ...] = ()
    wants: bool = False


def bring_back(
    tx: Connection,
    centre: Centre,
    row: StationRow,
    request: ExchangeRequest,
    pages: tuple[FeedPage, ...],
) -> bool:
    """Take what a station brings or shows of a time this store does not know; whether it did.

    What was read before is old then, and the reading transaction is over.
    """
    given = ledger.verified(centre, request.decisions or ())
    fresh = ledger.not_held(tx, given) if given else []
    signs = shown_by(tx, centre, row, request, pages)
    if not fresh and not signs:
        return False
    with centre.store.writing() as books:
        came = take_back(books, centre, fresh)
        for what, about, told in signs:
            note(books, what, about, told, centre.now_ms())
    if not came:
        return False
    tx.rollback()
    if centre.store.is_sqlite and any(one.decision.kind == Kind.ERASED for one in fresh):
        empty_log(centre.store)
    return True


def words_for(
    tx: Connection, station: Credential, row: StationRow, request: ExchangeRequest
) -> Words:
    """What is said about decisions in this answer."""
    if request.minor < _SPEAKS_OF_DECISIONS or request.held is None:
        return Words()
    if not station.trusted:
        return Words(ledger.about_one(tx, station.station), _wants(row, request))
    if (request.decided or Held(0, ZERO)) == row.decided:
        return Words()
    return Words(ledger.for_station(tx, station.site), _wants(row, request))


def _wants(row: StationRow, request: ExchangeRequest) -> bool:
    """Whether the station is to name what it keeps: it is not what is here, and it did not yet."""
    named = request.decided is not None and request.decisions is None
    return named and request.decided != row.decided


def as_it_stands(tx: Connection, centre: Centre, station: Credential) -> Credential:
    """A station that was recognised before, as it stands now."""
    known = known_station(tx, station.station)
    if known is None:
        raise LookupError(station.station)
    row, signer = known
    standing = standing_of(signer.revoked_ms, row.expires_ms, centre.now_ms(), life_ms(centre))
    if station.keys and signer.public_key != station.keys[0]:
        standing = Standing.REPLACED
    return replace(station, standing=standing)
