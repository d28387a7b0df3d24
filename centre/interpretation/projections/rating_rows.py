"""Tallies of sessions as the centre keeps them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from app.areas.ratings.record import read_tally
from app.areas.ratings.tally import Tally
from app.domain.values import dataclass
from centre.store.projection_tables import DISPOSABLE


@dataclass(frozen=True, slots=True)
class SiteTally:
    """One sheet of a session of a site."""

    site: str
    session: str
    tally: Tally


def session_ratings(tx: Connection, site: str = "") -> Iterator[SiteTally]:
    """All of a site, or of every one (empty), in order of site and session."""
    (rows,) = DISPOSABLE["ratings"].tables
    query = select(rows).order_by(rows.c.site, rows.c.session, rows.c.sheet.desc())
    if site:
        query = query.where(rows.c.site == site)
    for row in tx.execute(query):
        yield SiteTally(row.site, row.session, read_tally(row._asdict()))


def ratings_by_session(tx: Connection, site: str = "") -> Mapping[str, tuple[Tally, ...]]:
    """Session → its tallies; a session is of one site."""
    found: dict[str, tuple[Tally, ...]] = defaultdict(tuple)
    for one in session_ratings(tx, site):
        found[one.session] += (one.tally,)
    return found
