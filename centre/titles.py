"""Titles of courses and sessions as people give them: shown on screens and paper."""

from __future__ import annotations

from app.domain.bounds import TITLE
from app.domain.errors import BadInput
from app.domain.written_forms import shown_form


def good_title(given: str) -> str:
    """The title as it is kept.

    Raises:
        BadInput: nothing of it can be seen, or it is too long.
    """
    title = shown_form(given)
    if not title:
        raise BadInput("centre.title_empty")
    if len(title) > TITLE:
        raise BadInput("centre.title_long", count=len(title), most=TITLE)
    return title
