"""What lies where on a stick, and how much of a stick is ever looked at.

``YJ/up/<station>/<sha256>`` is a request sealed for the centre, ``YJ/down/<station>/<sha256>``
an answer sealed for the station, ``YJ/media/<sha256>`` a course file. A file's name is the
SHA-256 of its own bytes. Every name is short lower-case ASCII, so FAT32 keeps it as it is.
"""

from __future__ import annotations

import re

TOP = "YJ"
UP = "up"
DOWN = "down"
MEDIA = "media"

PART_NAME = re.compile(r"[0-9a-f]{64}")
STATION_NAME = re.compile(r"st-?[0-9a-z]{1,40}")
"""Begins with ``st``, so that no name of a station is a device of Windows (CON, AUX, COM1)."""
DRAFT_NAME = re.compile(r"tmp-[0-9a-f]{16}")

MOST_PART_BYTES = 3 << 19
"""A sealed part: 1.5 MiB."""
MOST_PARTS = 20_000
MOST_PARTS_A_STATION = 4_000
MOST_STATIONS = 200
MOST_ENTRIES = 200_000
MOST_READ_BYTES = 2 << 30
MOST_SECONDS = 45.0
"""Spent on looking and refusing; what is done with good parts does not count."""
FAT_FILE_BYTES = (4 << 30) - 1
"""The largest file FAT32 can hold."""


def is_part_name(name: str) -> bool:
    """Whether a name can be a part's: 64 lower-case hex digits."""
    return PART_NAME.fullmatch(name) is not None


def is_station_name(name: str) -> bool:
    """Whether a name can be a station's folder."""
    return STATION_NAME.fullmatch(name) is not None
