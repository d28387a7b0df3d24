"""Scopes: whose rows a feed holds."""

from __future__ import annotations

CATALOGUE = "catalogue"
"""Courses: the same for every station."""


def site_scope(site: str) -> str:
    """The feed of one site: itself, its units, people and plans."""
    return f"site:{site}"


def township_scope(parent: str) -> str:
    """The feed of the sites under one parent site: what the stations of a township share."""
    return f"township:{parent}"


def scopes_of(site: str, township: str = "") -> tuple[str, ...]:
    """All feeds a station of a site may read; ``township`` is its parent site's id."""
    of_township = (township_scope(township),) if township else ()
    return (site_scope(site), CATALOGUE, *of_township)
