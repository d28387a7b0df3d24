"""Interpreting what waits because somebody looks; what does it is loaded when something waits."""

from __future__ import annotations

from centre.service import Centre
from centre.sites import find_site
from centre.store.unread import unread_sites


def interpret_waiting(centre: Centre, site: str = "") -> None:
    """Interpret everything that is not interpreted, of one site (id or name) or of all.

    Raises:
        NotFound: there is no such site.
    """
    with centre.store.reading() as tx:
        chosen = find_site(tx, site).id if site else ""
        unread = [one for one in unread_sites(tx) if chosen in ("", one)]
    if unread:
        from centre.interpretation.pending import interpret_pending  # a command's start pays for it

        for one in unread:
            interpret_pending(centre, one)
