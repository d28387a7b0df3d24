"""Decides at an enrolment whether the PC's record goes on or is set aside as another site's.

A record belongs to one site. Facts that were written for it are never sent as another site's,
so an enrolment elsewhere closes the record; it stays the old site's.
"""

from __future__ import annotations

from enum import Enum

from app.domain.values import dataclass
from app.domain.written_forms import match_form


@dataclass(frozen=True, slots=True)
class EnrolledAt:
    """Where a PC is enrolled: the centre by its key and by the life of its books, and the site."""

    centre_key: bytes
    centre: str
    site: str
    site_name: str


class Change(Enum):
    """What becomes of the record."""

    STAYS = "stays"
    """The same site: everything goes on as it is."""
    MADE_ANEW = "made anew"
    """The centre lost its books and made the village anew: the record goes on under a new id."""
    MOVED = "moved"
    """Another site: the record is closed, and a fresh one begins."""


def change_of(
    before: EnrolledAt | None, after: EnrolledAt | None, *, same_village: bool = False
) -> Change:
    """What an enrolment makes of the record. ``same_village``: a person says it is this village's.

    A record that was never any site's goes with the first.
    """
    if before is None or after is None:
        return Change.STAYS
    if (before.centre_key, before.site) == (after.centre_key, after.site):
        return Change.STAYS
    if same_village:
        return Change.MADE_ANEW
    lost_its_books = before.centre_key == after.centre_key and before.centre != after.centre
    if lost_its_books and match_form(before.site_name) == match_form(after.site_name):
        return Change.MADE_ANEW
    return Change.MOVED
