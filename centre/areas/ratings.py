"""What the centre's report says of ratings."""

from __future__ import annotations

from sqlalchemy import Connection

from centre.interpretation.projections.rating_rows import session_ratings


def report(tx: Connection, site: str) -> list[dict[str, object]]:
    """Every tally with its site and session; too few votes are no figures."""
    return [
        {
            "site": row.site,
            "session": row.session,
            "sheet": row.tally.sheet.value,
            "counts": list(row.tally.counts),
            "good": row.tally.good,
            "votes": row.tally.votes,
        }
        for row in session_ratings(tx, site)
    ]
