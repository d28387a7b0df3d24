"""Search keys of a name: initials and full pinyin under every reading of every sign.

A general dictionary misreads half of the polyphonic surnames when they stand as
surnames, so all readings are indexed and people are found by how they are called.
Keys are made when the roster arrives and stored; the dictionary is not loaded at start.
"""

from __future__ import annotations

import os
from itertools import islice, product

from app.domain.written_forms import shown_form
from app.names.surnames import EXTRA_READINGS, surname_of

_MOST_KEYS = 48
_SEPARATORS = "·. "


def search_keys(name: str) -> str:
    """All keys of ``name``, space-separated lower-case letters: initials and full spellings."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin  # loaded only when a roster changes

    name = shown_form(name)
    plain = "".join(sign for sign in name if sign not in _SEPARATORS)
    signs = [
        tuple(dict.fromkeys(_letters(reading) for reading in readings))
        for readings in pinyin(plain, style=Style.NORMAL, heteronym=True)
    ]
    surname = surname_of(name)
    extra = EXTRA_READINGS.get(surname, ())
    keys: dict[str, None] = {}
    if len(surname) == 1 and signs:
        signs[0] = tuple(dict.fromkeys((*extra, *signs[0])))
    elif extra:
        rest = signs[len(surname) :]
        for spelling in extra:
            _add_keys(keys, [*((one,) for one in spelling.split()), *rest])
    _add_keys(keys, signs)
    return " ".join(keys)


def _letters(reading: str) -> str:
    return reading.lower().replace("ü", "v")


def _add_keys(keys: dict[str, None], signs: list[tuple[str, ...]]) -> None:
    initials = [tuple(dict.fromkeys(one[:1] for one in readings)) for readings in signs]
    for spelled in (initials, signs):
        if not spelled:
            continue
        first, *rest = spelled
        for reading in first:  # each reading of the surname has its share of the keys
            share = max(1, _MOST_KEYS // len(first))
            for chosen in islice(product((reading,), *rest), share):
                keys["".join(chosen)] = None
