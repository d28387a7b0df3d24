"""Letting a station in: a one-time code against a place in a site."""

from __future__ import annotations

import secrets

from sqlalchemy import insert, select

from app.domain.ids import id_from_random
from app.wire.errors import ErrorNumber
from app.wire.messages import EnrolAnswer, EnrolRequest
from centre.feeds.scopes import scopes_of
from centre.refusals import NotServed
from centre.service import Centre, generation_of
from centre.stations.codes import UsableCode, check_code, use_code
from centre.store.tables import sites, stations

_MACHINE_CHARACTERS = 200


def enrol(centre: Centre, request: EnrolRequest) -> EnrolAnswer:
    """Let a station in. Asked again with the same code and key, it gets the same answer.

    Raises:
        NotServed: the code is wrong, used, too old or closed, or the key is no key.
    """
    if len(request.public_key) != 32:
        raise NotServed(ErrorNumber.UNREADABLE, "public_key")
    code = check_code(centre, request.code)
    station = code.station or _add_station(centre, code, request)
    with centre.store.reading() as tx:
        row = tx.execute(
            select(stations.c.public_key, sites.c.id, sites.c.name)
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
    )


def _add_station(centre: Centre, code: UsableCode, request: EnrolRequest) -> str:
    station = id_from_random("st-", secrets.token_bytes(10))
    now = centre.now_ms()
    with centre.store.writing() as tx:
        tx.execute(
            insert(stations).values(
                id=station,
                site=code.site,
                public_key=request.public_key,
                machine=request.machine.replace("\0", "")[:_MACHINE_CHARACTERS],
                enrolled_ms=now,
            )
        )
        if not use_code(tx, code.name, station, now):
            raise NotServed(ErrorNumber.BAD_CODE, "used")
    return station
