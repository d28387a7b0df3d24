"""Whether one PC was put back, or two PCs go on with copies of one disk.

Both look alike in the record: it goes on from a place from which it had gone on already, or it
lacks what the station wrote before. What tells them apart is who wrote what is not known here:
a PC that was put back does not know its own newer facts, a copy does not know another's.
"""

from __future__ import annotations

from collections.abc import Iterable

PUT_BACK, COPIED = "put_back", "copied"


def what_befell(here: str, unknown_here: Iterable[str]) -> str:
    """What befell a station, by the marks of machines (``Tools.machine`` of a station).

    ``here`` wrote or asks now; ``unknown_here`` wrote what it does not know. Without a mark (older
    programs) nothing is proven: then it counts as put back.
    """
    return COPIED if any(is_another(here, there) for there in unknown_here) else PUT_BACK


def is_another(here: str, there: str) -> bool:
    """Whether two marks are known to be of two machines, or of two places on one."""
    return bool(here) and bool(there) and here != there
