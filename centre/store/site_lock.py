"""The site's lock: who reads facts into reports holds it, and who changes facts that are held.

Without it a fact could be marked as read after it was changed, and the change never be seen.
It is taken after the station's lock, never before.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from centre.store.tables import sites


def lock_site(tx: Connection, site: str) -> None:
    """Take a site for the rest of this transaction."""
    tx.execute(select(sites.c.id).where(sites.c.id == site).with_for_update(key_share=True)).one()
