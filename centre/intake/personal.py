"""Personal payloads: kept beside the fact that names them, unless the person was erased."""

from __future__ import annotations

from sqlalchemy import Connection, update

from app.domain.errors import BadInput
from app.wire.fact_bytes import MAX_PERSONAL_BYTES, ReadFact, personal_hash, read_fact
from centre.intake.runs import Chained
from centre.stations.credentials import Credential
from centre.store.forgotten import erased_among
from centre.store.tables import facts


def keep_personal(tx: Connection, station: Credential, one: Chained) -> None:
    """Keep those payloads of a run whose hash stands in their fact's bytes."""
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
        tx.execute(
            update(facts)
            .where(
                facts.c.station == station.station,
                facts.c.hash == own,
                facts.c.personal.is_(None),
            )
            .values(personal=payload, interpreted=False)
        )


def _reading(data: bytes) -> ReadFact | None:
    try:
        return read_fact(data)
    except (BadInput, RecursionError):
        return None
