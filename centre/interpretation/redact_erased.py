"""Payloads about erased people that came all the same: they are taken away when they are read.

Intake does not keep them either, but somebody may be erased while they are just coming in.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from app.domain.decoded_fact import DecodedFact
from centre.interpretation.decided import person_meant
from centre.store.forgotten import erased_among
from centre.store.tables import facts


def without_erased(tx: Connection, said: Sequence[DecodedFact]) -> None:
    """Take away the payloads beside those of these facts that are about erased people.

    Sessions are folded from what is stored afterwards.
    """
    about: dict[int, set[str]] = {
        one.arrival: {str(getattr(one.fact, "person", ""))}
        for one in said
        if one.personal is not None
    }
    if not about:
        return
    query = select(facts.c.arrival, person_meant().label("meant"))
    for row in tx.execute(query.where(facts.c.arrival.in_(about))):
        about[row.arrival].add(row.meant or "")
    erased = erased_among(tx, set().union(*about.values()))
    concerned = [arrival for arrival, people in about.items() if people & erased]
    if concerned:
        tx.execute(update(facts).where(facts.c.arrival.in_(concerned)).values(personal=None))
