"""A centre that was put back to before it let a PC in knows it again by what it signed then.

The station shows the credential it was given. It proves that this very centre once vouched for
that key, so nobody has to be asked and no new code is needed. A key that is known here, also as
an older one, never comes this way: who was replaced stays replaced.
"""

from __future__ import annotations

import binascii
import logging

from sqlalchemy import Connection, insert, select, update

from app.domain.errors import BadInput
from app.wire.codec import read_row
from app.wire.messages import Credential
from app.wire.signing import (
    CREDENTIAL_HEADER,
    CREDENTIAL_LABEL,
    NONCE_HEADER,
    REQUEST_LABEL,
    SIGNATURE_HEADER,
    STATION_HEADER,
    credential_from_header,
    from_header,
    request_parts,
    verifies,
)
from centre.decisions.put_back import Sign, close_codes, note
from centre.service import Centre
from centre.stations.rights.ended import settle_station
from centre.stations.signed import SignedRequest
from centre.stations.vouching import life_ms
from centre.store.tables import sites, station_keys, stations

_log = logging.getLogger("centre")


def learn_again(centre: Centre, request: SignedRequest) -> bool:
    """Take a PC's key back into the books by the credential that its request shows.

    False, and nothing is changed, when there is none, it is not this centre's, the request is
    not by its key, or its site is not known here. One that is over says as well whose key it
    is: what may still be read by it is judged as for any other.
    """
    credential = _shown(centre, request)
    if credential is None:
        return False
    with centre.store.writing() as tx:
        learned = _learn(tx, centre, credential)
    if learned:
        _log.info("station %s is known again by its credential", credential.station)
    return learned


def _shown(centre: Centre, request: SignedRequest) -> Credential | None:
    """The credential of a request, if this centre signed it and the request is by its key."""
    try:
        shown = credential_from_header(request.headers.get(CREDENTIAL_HEADER, ""))
        if not verifies(centre.public_key, shown.signature, CREDENTIAL_LABEL, shown.credential):
            return None
        credential = read_row(shown.credential, Credential)
    except (BadInput, ValueError, binascii.Error):
        return None
    nonce = request.headers.get(NONCE_HEADER, "")
    parts = request_parts(request.method, request.target, nonce, request.body)
    signature = from_header(request.headers.get(SIGNATURE_HEADER, ""))
    if credential.station != request.headers.get(STATION_HEADER, ""):
        return None
    if not verifies(credential.public_key, signature, REQUEST_LABEL, *parts):
        return None
    return credential


def _learn(tx: Connection, centre: Centre, credential: Credential) -> bool:
    now = centre.now_ms()
    mine = stations.c.id == credential.station
    row = tx.execute(
        select(stations.c.site, stations.c.expires_ms).where(mine).with_for_update(key_share=True)
    ).one_or_none()
    site = tx.scalar(select(sites.c.id).where(sites.c.id == credential.site))
    if site is None or (row is not None and row.site != credential.site):
        return False
    values = {
        "public_key": credential.public_key,
        "expires_ms": credential.expires_ms,
        "recipient": credential.recipient,
    }
    # Of two that this centre vouched for, the one it let in later speaks for the station.
    is_newer = row is None or (row.expires_ms or 0) < credential.expires_ms
    if row is None:
        began_ms = credential.expires_ms - life_ms(centre)
        tx.execute(
            insert(stations).values(
                id=credential.station, site=site, machine="", enrolled_ms=began_ms, **values
            )
        )
    elif is_newer:
        ended = station_keys.c.station == credential.station, station_keys.c.until_ms.is_(None)
        tx.execute(update(station_keys).where(*ended).values(until_ms=now))
        tx.execute(update(stations).where(mine).values(**values))
    tx.execute(
        insert(station_keys).values(
            station=credential.station,
            public_key=credential.public_key,
            from_ms=now,
            until_ms=None if is_newer else now,
        )
    )
    note(tx, Sign.CREDENTIAL, credential.station, "", now)
    close_codes(tx, credential.issued_ms, now)
    settle_station(tx, centre, credential.station)
    return True
