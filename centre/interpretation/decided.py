"""What people decided about single facts, as queries ask for it."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, select

from centre.store.tables import facts, resolutions


def person_meant() -> ScalarSelect[str]:
    """Whom the newest word about a fact says it to be of; NULL when nobody said anything."""
    return (
        select(resolutions.c.person)
        .where(resolutions.c.arrival == facts.c.arrival)
        .order_by(resolutions.c.at_ms.desc())
        .limit(1)
        .correlate(facts)
        .scalar_subquery()
    )
