"""Whether a PC's facts count, by the right it had when it began to write them.

How the right ended says what can be believed. Time alone ends nobody's: a credential that is
over stops reading, never counting. A PC that was replaced is an honest one that broke: what it
began before its successor was let in counts, whenever it arrives. A PC that was shut out may be
a thief's, who can write any time into a fact: all that arrives afterwards waits for a person,
also what claims to be older – what had arrived before counts already.
"""

from __future__ import annotations

from enum import Enum


class RightEnd(Enum):
    """How a PC's right ended, if it did."""

    NOT = "not"
    EXPIRED = "expired"
    REPLACED = "replaced"
    SHUT_OUT = "shut_out"
    """Lost or stolen; also when another PC took its place afterwards."""


class Began(Enum):
    """When a segment was begun, as against the end of the right."""

    SEEN_BEFORE = "seen_before"
    """The centre itself held a part of it before: nobody can make that up."""
    BEFORE = "before"
    """By its own time, repaired by what is known of its clock."""
    AFTER = "after"
    UNKNOWN = "unknown"
    """Its first fact has not come, or its clock was wrong and nothing repairs it."""


def counts(end: RightEnd, began: Began) -> bool:
    """Whether facts of a segment count; those that do not wait for a person."""
    if end in (RightEnd.NOT, RightEnd.EXPIRED):
        return True
    if end is RightEnd.REPLACED:
        return began in (Began.SEEN_BEFORE, Began.BEFORE)
    return False
