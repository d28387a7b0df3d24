"""What can go wrong with a stick as such, in one plain sentence each."""

from __future__ import annotations

import errno

from app.domain.errors import StationTrouble


class StickTrouble(StationTrouble):
    """The stick can't be read or written; the record in the store is as it was."""


_KEYS = {
    errno.ENOSPC: "stick.full",
    errno.EDQUOT: "stick.full",
    errno.EROFS: "stick.read_only",
    errno.EACCES: "stick.read_only",
    errno.EPERM: "stick.read_only",
}


def trouble_of(failed: Exception, *, otherwise: str = "stick.gone") -> StickTrouble:
    """The trouble an error of the system means."""
    number = failed.errno if isinstance(failed, OSError) else None
    return StickTrouble(otherwise if number is None else _KEYS.get(number, otherwise))
