"""Personal payloads: kept beside the fact that names them, unless the person was erased."""

from __future__ import annotations

from sqlalchemy import Connection, update

from app.domain.errors import BadInput
from app.wire.fact_bytes import MAX_PERSONAL_BYTES, ReadFact, personal_hash, read_fact
from centre.intake.runs import Chained
from centre.stations.credentials import Credential
from centre.store.forgotten import erased_among
from centre.store.tables import facts
from centre.store.unread import read_again


def keep_personal(tx: Connection, station: Credential, one: Chained, *, is_new: bool) -> None:
    """Keep those payloads of a run whose hash stands in their fact's bytes.

    ``is_new``: all its facts came just now; else the site is the caller's.
    """
    run = one.run
    found: list[tuple[bytes, bytes, str]] = []
    for n, payload in dict(run.personal).items():
        place = n - run.from_n
        if not 0 <= place < len(run.facts) or len(payload) > MAX_PERSONAL_BYTES:
            continue
        reading = _reading(run.facts[place])
        if reading is None or reading.personal_hash != personal_hash(payload):
            continue
        found.append((one.hashes[place], payload, str(getattr(reading.fact, "person", ""))))
    erased = erased_among(tx, (person for _, _, person in found))
    for own, payload, person in found:
        if person in erased:
            continue
        lacks = (
            facts.c.station == station.station,
            facts.c.hash == own,
            facts.c.personal.is_(None),
        )
        if is_new:
            tx.execute(update(facts).where(*lacks).values(personal=payload))
        else:
            read_again(tx, *lacks, personal=payload)


def _reading(data: bytes) -> ReadFact | None:
    try:
        return read_fact(data)
    except (BadInput, RecursionError):
        return None
