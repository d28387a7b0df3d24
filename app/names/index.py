"""Finding a person by a few letters, signs or digits; built once, searched by any thread.

The index is three long strings (letters, names, digits) searched with the
interpreter's own substring search, so 200,000 people cost a few milliseconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.ids import PersonId

_MARK = "\x01"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of one person; ``keys`` come from ``search_keys``."""

    id: PersonId
    name: str
    keys: str
    phone_tail: str


@dataclass(frozen=True, slots=True)
class _Blob:
    text: str
    starts: list[int]

    def find(self, needle: str, limit: int, seen: dict[int, None]) -> None:
        """Add the places of lines that contain ``needle`` to ``seen``, in order, up to ``limit``."""
        at = self.text.find(needle)
        while at >= 0 and len(seen) < limit:
            place = bisect_right(self.starts, at) - 1
            seen[place] = None
            if place + 1 >= len(self.starts):
                break
            at = self.text.find(needle, self.starts[place + 1])


def _blob(lines: Iterable[str]) -> _Blob:
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for line in lines:
        starts.append(length)
        parts.append(line)
        length += len(line)
    return _Blob("".join(parts), starts)


class NameIndex:
    """Search over a fixed set of people; make a new one when the roster changes."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        everyone = sorted(entries, key=lambda one: (one.name, one.id))
        self._ids = [one.id for one in everyone]
        self._letters = _blob(
            "".join(_MARK + key for key in one.keys.split(" ")) + "\n" for one in everyone
        )
        self._names = _blob(_MARK + one.name + "\n" for one in everyone)
        self._tails = _blob(_MARK + one.phone_tail + "\n" for one in everyone)

    def __len__(self) -> int:
        return len(self._ids)

    def search(self, text: str, limit: int = 20) -> tuple[PersonId, ...]:
        """People that fit, best first: keys that begin with the letters, then that contain them.

        Letters match initials or full pinyin under any reading; Han signs match any part of
        the name; digits match the phone's last four. Empty text finds no one.
        """
        asked = "".join(text.split()).replace(_MARK, "").lower()
        if not asked:
            return ()
        seen: dict[int, None] = {}
        if asked.isascii() and asked.isdigit():
            self._tails.find(_MARK + asked, limit, seen)
            self._tails.find(asked, limit, seen)
        elif asked.isascii():
            self._letters.find(_MARK + asked, limit, seen)
            self._letters.find(asked, limit, seen)
        else:
            self._names.find(_MARK + asked, limit, seen)
            self._names.find(asked, limit, seen)
        return tuple(self._ids[place] for place in seen)
