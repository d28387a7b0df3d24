"""Finding people in rosters of a village and of a county: the same as looking at each name."""

from __future__ import annotations

import random
from functools import cache

import pytest

from app.bootstrap import OpenStation
from app.domain.ids import PersonId
from app.names.index import Entry, NameIndex
from app.names.readings import search_keys
from bench.data.histories import names
from tests.names.test_finding import POLYPHONES

LIMIT = 20


@cache
def roster(size: int) -> tuple[tuple[Entry, ...], NameIndex]:
    """Invented people, among them every polyphonic surname, and an index over them."""
    given = [surname + "建国" for surname in POLYPHONES]
    called = [*given, *names(size - len(given), seed=11)]
    keys = {name: search_keys(name) for name in set(called)}
    entries = tuple(
        Entry(PersonId(f"p{place:05d}"), name, keys[name], f"{place * 7919 % 10_000:04d}")
        for place, name in enumerate(called)
    )
    return entries, NameIndex(entries)


def fits(one: Entry, asked: str) -> bool:
    """The rule in its simplest form."""
    if asked.isdigit():
        return asked in one.phone_tail
    if asked.isascii():
        return any(asked in key for key in one.keys.split(" "))
    return asked in one.name


def begins(one: Entry, asked: str) -> bool:
    """Whether it belongs to the better half."""
    if asked.isdigit():
        return one.phone_tail.startswith(asked)
    if asked.isascii():
        return any(key.startswith(asked) for key in one.keys.split(" "))
    return one.name.startswith(asked)


@pytest.mark.parametrize(("size", "questions"), [(200, 200), (35_000, 10)])
def test_what_is_found_is_what_looking_at_everybody_finds(size: int, questions: int) -> None:
    entries, index = roster(size)
    by_id = {one.id: one for one in entries}
    chance = random.Random(size)
    for _ in range(questions):
        one = chance.choice(entries)
        key = chance.choice(one.keys.split(" "))
        at = chance.randrange(len(key))
        asked = chance.choice(
            (key[: chance.randrange(1, len(key) + 1)], key[at : at + 3], one.phone_tail[1:],
             one.name, one.name[1:])
        )  # fmt: skip
        found = index.search(asked, limit=LIMIT)
        wanted = [other for other in entries if fits(other, asked)]
        assert len(found) == len(set(found)) == min(len(wanted), LIMIT)
        assert all(fits(by_id[person], asked) for person in found), asked
        better = sum(begins(other, asked) for other in wanted)
        assert [begins(by_id[person], asked) for person in found] == [
            place < better for place in range(len(found))
        ], f"{asked}: what begins so must come first"


@pytest.mark.parametrize("size", [200, 35_000])
def test_every_polyphonic_surname_is_found_among_many_by_every_reading(size: int) -> None:
    _entries, index = roster(size)
    for surname, readings in POLYPHONES.items():
        for reading in readings.split():
            found = index.search_named(f"{reading}jianguo", limit=200)
            assert surname + "建国" in {name for _person, name in found}, (surname, reading)


def test_names_come_with_the_people_they_belong_to() -> None:
    entries, index = roster(200)
    for one in entries:
        for person, name in index.search_named(one.phone_tail):
            assert (person, name) in {(other.id, other.name) for other in entries}
        assert (one.id, one.name) in index.search_named(one.name, limit=200)


def test_the_stores_own_order_makes_the_same_index(opened: OpenStation) -> None:
    """The store sorts by bytes and keeps nobody in memory twice."""
    people = opened.station.people.all()
    index = opened.station.people.name_index()
    again = NameIndex(
        Entry(one.id, one.name, search_keys(one.name), one.phone_tail) for one in people
    )
    assert len(index) == len(people) > 0
    for one in people:
        for asked in (one.name, one.name[0], search_keys(one.name).split(" ")[0], one.phone_tail):
            assert index.search_named(asked, 50) == again.search_named(asked, 50)
