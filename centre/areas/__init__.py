"""What the areas of the program say in the centre's report: a module for each that says something.

The module bears the area's name (``app.areas.AREAS``) and has ``report(tx, site)``: what the report
says of one site, or of all when ``site`` is empty, as plain values.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from sqlalchemy import Connection

from app.areas import AREAS


def report_of_areas(tx: Connection, site: str) -> dict[str, object]:
    """What each area says, by its name."""
    found: dict[str, object] = {}
    for area in AREAS:
        name = f"{__name__}.{area}"
        if find_spec(name) is not None:
            found[area] = import_module(name).report(tx, site)
    return found
