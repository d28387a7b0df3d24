"""Reading the ``Range`` header: one range of bytes, or none."""

from __future__ import annotations

import re

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")


class OutsideFile(Exception):
    """The range begins after the file's end."""


def read_range(header: str | None, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; None means the whole file.

    A header that cannot be understood, or asks for several ranges, is passed over.

    Raises:
        OutsideFile: nothing of the range lies in the file.
    """
    found = _ONE_RANGE.match((header or "").strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        if length == 0:
            raise OutsideFile
        return size - length, size - 1
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    if start >= size:
        raise OutsideFile
    if last and int(last) < start:
        return None
    return start, end
