"""Finding a person by a few letters, signs or digits; built once, searched by any thread.

The index is three long strings (letters, names, digits) searched with the
interpreter's own substring search, so 200,000 people cost a few milliseconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter

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

    def search(self, asked: str, limit: int) -> list[int]:
        """Places of lines that contain ``asked``: first those of which a part begins with it.

        Costs about one pass over the text at most: a part that begins with ``asked`` can't
        stand before the first that contains it.
        """
        most = limit * 2
        found = self._find(asked, most)
        if len(found) < most:
            first = [place for place in found if _MARK + asked in self._line(place)]
        else:
            first = self._find(_MARK + asked, limit, self.starts[found[0]])
        return list(dict.fromkeys([*first, *found]))[:limit]

    def _find(self, needle: str, limit: int, start: int = 0) -> list[int]:
        found: list[int] = []
        at = self.text.find(needle, start)
        while at >= 0 and len(found) < limit:
            place = bisect_right(self.starts, at) - 1
            found.append(place)
            if place + 1 >= len(self.starts):
                break
            at = self.text.find(needle, self.starts[place + 1])
        return found

    def _line(self, place: int) -> str:
        return self.text[self.starts[place] : self.text.index("\n", self.starts[place])]


def _blob(lines: Iterable[str]) -> _Blob:
    parts = list(lines)
    starts = [0, *accumulate(map(len, parts))]
    return _Blob("".join(parts), starts[: len(parts)])


class NameIndex:
    """Search over a fixed set of people; make a new one when the roster changes."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        everyone = sorted(entries, key=attrgetter("name", "id"))
        self._ids = [one.id for one in everyone]
        self._letters = _blob(_MARK + one.keys.replace(" ", _MARK) + "\n" for one in everyone)
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
        if asked.isascii() and asked.isdigit():
            blob = self._tails
        elif asked.isascii():
            blob = self._letters
        else:
            blob = self._names
        return tuple(self._ids[place] for place in blob.search(asked, limit))
