"""Letting a station in: a one-time code against a place in a site, or that of another PC."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from pyrage import RecipientError, x25519
from sqlalchemy import Connection, insert, select, update

from app.domain.ids import id_from_random
from app.wire.errors import ErrorNumber
from app.wire.messages import EnrolAnswer, EnrolRequest
from centre.decisions.ledger import Kind, decide
from centre.feeds.scopes import scopes_of
from centre.refusals import NotServed
from centre.seal_key import centre_recipient
from centre.service import Centre, generation_of
from centre.stations.codes import UsableCode, check_code, use_code
from centre.stations.vouching import life_ms, vouch
from centre.store.insert import put_row
from centre.store.tables import sites, station_keys, stations

_MACHINE_CHARACTERS = 200


def enrol(centre: Centre, request: EnrolRequest) -> EnrolAnswer:
    """Let a station in. Asked again with the same code and key, it gets the same answer.

    Raises:
        NotServed: the code is wrong, used, too old or closed, or the key or the recipient is none.
    """
    if len(request.public_key) != 32:
        raise NotServed(ErrorNumber.UNREADABLE, "public_key")
    _check_recipient(request.recipient)
    code = check_code(centre, request.code)
    station = code.station or _let_in(centre, code, request)
    with centre.store.reading() as tx:
        row = tx.execute(
            select(
                stations.c.public_key,
                stations.c.recipient,
                stations.c.expires_ms,
                sites.c.id,
                sites.c.name,
            )
            .join(sites, sites.c.id == stations.c.site)
            .where(stations.c.id == station)
        ).one()
        generation = generation_of(tx)
    if row.public_key != request.public_key:
        raise NotServed(ErrorNumber.BAD_CODE, "used")
    return EnrolAnswer(
        station=station,
        site=row.id,
        site_name=row.name,
        centre=centre.id,
        centre_key=centre.public_key,
        generation=generation,
        scopes=scopes_of(row.id),
        credential=vouch(
            centre,
            station=station,
            site=row.id,
            public_key=row.public_key,
            recipient=row.recipient,
            expires_ms=row.expires_ms or centre.now_ms() + life_ms(centre),
        ),
        recipient=centre_recipient(centre.settings),
    )


def _check_recipient(recipient: str) -> None:
    """Stations of older programs have none; what is no recipient could never be sealed for."""
    if not recipient:
        return
    try:
        x25519.Recipient.from_str(recipient)
    except RecipientError as wrong:
        raise NotServed(ErrorNumber.UNREADABLE, "recipient") from wrong


def _let_in(centre: Centre, code: UsableCode, request: EnrolRequest) -> str:
    station = code.for_station or id_from_random("st-", secrets.token_bytes(10))
    now = centre.now_ms()
    values: dict[str, object] = {
        "public_key": request.public_key,
        "recipient": request.recipient,
        "machine": request.machine.replace("\0", "")[:_MACHINE_CHARACTERS],
        "enrolled_ms": now,
        "expires_ms": now + life_ms(centre),
    }
    with centre.store.writing() as tx:
        _note_move(tx, request.public_key, code.site, station, now)
        if code.for_station is None:
            tx.execute(insert(stations).values(id=station, site=code.site, **values))
        else:
            _take_place(tx, centre, station, request.public_key, values)
        key = {"station": station, "public_key": request.public_key, "from_ms": now}
        begins = {**key, "until_ms": None, "shut_out_ms": None}
        put_row(tx, station_keys, begins, key=["station", "public_key"])
        if not use_code(tx, code.name, station, now):
            raise NotServed(ErrorNumber.BAD_CODE, "used")
    return station


def _note_move(tx: Connection, public_key: bytes, site: str, station: str, now_ms: int) -> None:
    """The PC stood at another site until now: its key tells. What it wrote there stays there, and
    what it has not sent yet still counts there."""
    was = (
        stations.c.public_key == public_key,
        stations.c.site != site,
        stations.c.moved_ms.is_(None),
    )
    tx.execute(update(stations).where(*was).values(moved_ms=now_ms, moved_to=station))


def _take_place(
    tx: Connection, centre: Centre, station: str, key: bytes, values: Mapping[str, object]
) -> None:
    """Another PC speaks for the station from now on; whatever ended its right is over too.

    That the PC of before had been shut out stays with its key: it may be a thief's.
    """
    ended = station_keys.c.station == station, station_keys.c.until_ms.is_(None)
    out_ms = select(stations.c.revoked_ms).where(stations.c.id == station).scalar_subquery()
    ends = {"until_ms": centre.now_ms(), "shut_out_ms": out_ms}
    tx.execute(update(station_keys).where(*ended).values(**ends))
    again = {"revoked_ms": None, "moved_ms": None, "moved_to": None}
    tx.execute(update(stations).where(stations.c.id == station).values(**again, **values))
    told = {name: str(values[name]) for name in ("recipient", "expires_ms")}
    decide(tx, centre, Kind.REPLACED, station, values=told | {"key": key.hex()})
