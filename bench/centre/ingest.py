"""What taking in costs: PostgreSQL beside COPY, a long push beside its floor, rounds with a past."""

from __future__ import annotations

from bench.centre import long_rounds, pg_ingest, push
from bench.figures import Figure
from bench.places import Places


def measure(places: Places) -> list[Figure]:
    """All of it, one after the other."""
    return [*pg_ingest.measure(places), *push.measure(places), *long_rounds.measure(places)]
