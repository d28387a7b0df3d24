"""Telling stations whose a mark is that was made for somebody unknown here, as rows of their feed."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.domain.ids import PersonId, SessionId
from app.domain.resolution import Resolution
from app.wire.codec import write_row
from app.wire.messages import RESOLUTION
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import site_scope
from centre.service import Centre
from centre.store.insert import insert_new
from centre.store.tables import centre_state, facts, resolutions

TOLD = "resolutions_told"


def tell_resolution(tx: Connection, site: str, fact: bytes, resolution: Resolution) -> None:
    """Publish the newest word about a fact in the site's feed, in the caller's transaction."""
    row = Row(RESOLUTION, fact.hex(), write_row(resolution))
    publish(tx, site_scope(site), (row,))


def tell_all(centre: Centre) -> None:
    """Once: publish what was decided before stations were told."""
    name = centre_state.c.name
    with centre.store.writing() as tx:
        tx.execute(select(centre_state).where(name == "generation").with_for_update())
        if tx.scalar(select(centre_state.c.value).where(name == TOLD)) is not None:
            return
        query = (
            select(facts.c.site, facts.c.session, facts.c.hash, resolutions.c.person)
            .join(resolutions, resolutions.c.arrival == facts.c.arrival)
            .where(facts.c.session.is_not(None))
            .order_by(resolutions.c.at_ms)
        )
        newest = {(row.site, bytes(row.hash)): row for row in tx.execute(query)}
        for (site, fact), row in sorted(newest.items(), key=lambda one: one[0]):
            decided = Resolution(PersonId(row.person), SessionId(row.session))
            tell_resolution(tx, site, fact, decided)
        insert_new(tx, centre_state, ({"name": TOLD, "value": "1"},), key=["name"])
