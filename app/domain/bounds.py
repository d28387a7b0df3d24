"""Maximum lengths of texts, the same for forms, commands and the centre.

A form stops at the bound and says so, a use case refuses what is longer, and the centre takes in
all that is lawful here. The bounds count characters; no character takes more than four bytes, so
the longest lawful payload is far below what the centre's door lets in
(``app.wire.fact_bytes.MAX_PERSONAL_BYTES``).
"""

from __future__ import annotations

import unicodedata

from app.domain.errors import BadInput

ID = 64
"""Of a person, a session, a play, a course, a plan, a mark: both sides refuse a fact with a longer one."""

NAME = 60
HOME = 100
REASON = 500
PLACE = 100
AGENDA_ITEM = 100
MOST_LISTED = 40
"""So many agenda items, lecturers, partner units or ticks a session names."""
NOT_HELD_NOTE = 1_000
TITLE = 200
DISCUSSION_NOTE = 5_000

PLANNED_TITLE = 2_000
"""The plan may call a session by more than fits; the plan keeps it, the session's facts begin
with so much of it."""

_LINES = str.maketrans({"\u2028": "\n", "\u2029": "\n"})


def written(text: str, most: int) -> str:
    """``text`` as it is kept: without signs that nobody writes, no white space around it.

    Raises:
        BadInput: it is longer than ``most``, or holds what is no text at all.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINES)
    if any(unicodedata.category(sign) == "Cs" for sign in plain):
        raise BadInput("refusal.no_text")
    kept = "".join(sign for sign in plain if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    kept = kept.strip()
    if len(kept) > most:
        raise BadInput("refusal.too_long", count=len(kept), most=most)
    return kept


def line(text: str, most: int) -> str:
    """The same for what stands in one line: a name, a title, a reason."""
    return written(" ".join(written(text, len(text)).split()), most)
