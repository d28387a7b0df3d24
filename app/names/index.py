"""Finding a person by a few letters, signs or digits; built once, searched by any thread.

The index is three long strings (letters, names, digits) searched with the
interpreter's own substring search, so 200,000 people cost a few milliseconds. Question and
names are compared in the form that is equal for what is equal to the eye. Where lines begin is kept in arrays of four bytes, so that 35,000 people take a few MiB.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from io import StringIO
from operator import attrgetter

from msgspec import Struct

from app.domain.ids import PersonId
from app.domain.written_forms import match_form

_MARK = "\x01"


class Entry(Struct, frozen=True):
    """What is indexed of one person; ``keys`` come from ``search_keys``.

    ``called`` is the name's ``match_form`` where that is known already.
    """

    id: PersonId
    name: str
    keys: str
    phone_tail: str
    called: str = ""


class _Blob(Struct, frozen=True):
    text: str
    starts: Sequence[int]

    def search(self, asked: str, limit: int) -> list[int]:
        """Places of lines that contain ``asked``: first those of which a part begins with it.

        Costs about one pass over the text at most: a part that begins with ``asked`` can't
        stand before the first that contains it.
        """
        most = limit * 2
        found = self._find(asked, most)
        if len(found) < most:
            first = [place for place in found if _MARK + asked in self.line(place)]
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

    def line(self, place: int) -> str:
        """One person's line, with its mark in front."""
        return self.text[self.starts[place] : self.text.index("\n", self.starts[place])]


class _Lines:
    """Grows line by line, then becomes a blob."""

    def __init__(self) -> None:
        self._text = StringIO()
        self._starts = array("I")
        self._at = 0

    def add(self, line: str) -> None:
        self._starts.append(self._at)
        self._at += self._text.write(f"{_MARK}{line}\n")

    def blob(self) -> _Blob:
        return _Blob(self._text.getvalue(), self._starts)


class NameIndex:
    """Search over a fixed set of people; make a new one when the roster changes."""

    def __init__(self, entries: Iterable[Entry], *, in_order: bool = False) -> None:
        """``in_order`` says that entries come by name and id already; none is kept then."""
        everyone = entries if in_order else sorted(entries, key=attrgetter("name", "id"))
        ids, letters, names, tails = _Lines(), _Lines(), _Lines(), _Lines()
        for one in everyone:
            ids.add(one.id)
            letters.add(one.keys.replace(" ", _MARK))
            called = one.called or match_form(one.name)
            names.add(one.name if called == one.name else f"{one.name}{_MARK}{called}")
            tails.add(one.phone_tail)
        self._ids, self._letters = ids.blob(), letters.blob()
        self._names, self._tails = names.blob(), tails.blob()

    def __len__(self) -> int:
        return len(self._ids.starts)

    def search(self, text: str, limit: int = 20) -> tuple[PersonId, ...]:
        """People that fit, best first: keys that begin with the letters, then that contain them.

        Letters match initials or full pinyin under any reading; Han signs match any part of
        the name; digits match the phone's last four. Empty text finds no one.
        """
        return tuple(person for person, _name in self.search_named(text, limit))

    def search_named(self, text: str, limit: int = 20) -> tuple[tuple[PersonId, str], ...]:
        """The same with their names, as they are written."""
        asked = match_form(text)
        if not asked:
            return ()
        if asked.isascii() and asked.isdigit():
            blob = self._tails
        elif asked.isascii():
            blob = self._letters
        else:
            blob = self._names
        return tuple(
            (PersonId(self._ids.line(place)[1:]), self._names.line(place).split(_MARK, 2)[1])
            for place in blob.search(asked, limit)
        )
