"""Putting a cast of stations into a centre's database at once: enrolled, with people, no facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, insert

from app.areas.people.person import OrgUnit, Person, UnitKind
from app.domain.ids import OrgUnitId, PersonId
from app.wire.codec import write_row
from app.wire.signing import public_key_of
from bench.data.histories import names
from bench.data.session import attendances, listed_people, word
from bench.data.speaker import site_id, station_id, station_key
from centre.feeds.scopes import site_scope
from centre.service import Centre, generation_of
from centre.stations.vouching import life_ms
from centre.store.tables import feed_heads, org_units, people, sites, station_keys, stations

FEED_REV = 40
_ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Cast:
    """How many stations, and how many people come to all of them together; 0: nobody is listed."""

    seed: int
    stations: int
    attendances: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What stations know of the centre once they are let in."""

    key: bytes
    generation: str


def let_in(centre: Centre, cast: Cast) -> Known:
    """Write sites, stations, keys and people; what enrolling each over the network leaves."""
    now = centre.now_ms()
    every = range(cast.stations)
    with centre.store.writing() as tx:
        _put(tx, sites, (_site_row(cast, one) for one in every))
        expires_ms = now + life_ms(centre)
        _put(tx, stations, (_station_row(cast, one, now, expires_ms) for one in every))
        _put(tx, station_keys, (_key_row(cast, one, now) for one in every))
        _put(tx, feed_heads, (_head_row(cast, one) for one in every))
        if cast.attendances:
            _put(tx, org_units, (_unit_row(cast, one) for one in every))
            _put(tx, people, _people_rows(cast))
        return Known(centre.public_key, generation_of(tx))


def _put(tx: Connection, table: Table, rows: Iterator[dict[str, object]]) -> None:
    held: list[dict[str, object]] = []
    for row in rows:
        held.append(row)
        if len(held) == _ROWS_AT_ONCE:
            tx.execute(insert(table), held)
            held = []
    if held:
        tx.execute(insert(table), held)


def _site_row(cast: Cast, one: int) -> dict[str, object]:
    site = site_id(cast.seed, one)
    return {"id": site, "name": f"第{one}村", "parent": None, "tier": "village"}


def _station_row(cast: Cast, one: int, now: int, expires_ms: int) -> dict[str, object]:
    return {
        "id": station_id(cast.seed, one),
        "site": site_id(cast.seed, one),
        "public_key": public_key_of(station_key(cast.seed, one)),
        "machine": "bench",
        "enrolled_ms": now,
        "expires_ms": expires_ms,
        "recipient": "",
        "held_facts": 0,
        "held_sum": bytes(16),
    }


def _key_row(cast: Cast, one: int, now: int) -> dict[str, object]:
    key = public_key_of(station_key(cast.seed, one))
    return {"station": station_id(cast.seed, one), "public_key": key, "from_ms": now}


def _head_row(cast: Cast, one: int) -> dict[str, object]:
    scope = site_scope(site_id(cast.seed, one))
    return {"scope": scope, "rev": FEED_REV, "held_rows": 0, "held_sum": bytes(16)}


def _unit_row(cast: Cast, one: int) -> dict[str, object]:
    unit = OrgUnit(OrgUnitId(word(cast.seed, "u-", one)), "第一支部", UnitKind.BRANCH)
    site = site_id(cast.seed, one)
    return {"id": unit.id, "site": site, "name": unit.name, "body": write_row(unit)}


def _people_rows(cast: Cast) -> Iterator[dict[str, object]]:
    rooms = attendances(cast.stations, cast.attendances, cast.seed)
    called = names(997)
    for one, coming in enumerate(rooms):
        yield from _people_of(cast, one, listed_people(cast.seed, one, coming), called)


def _people_of(
    cast: Cast, one: int, listed: Sequence[PersonId], called: Sequence[str]
) -> Iterator[dict[str, object]]:
    site, unit = site_id(cast.seed, one), word(cast.seed, "u-", one)
    for place, who in enumerate(listed):
        name = called[(one + place) % len(called)]
        person = Person(id=who, name=name, units=(OrgUnitId(unit),))
        yield {
            "id": who,
            "site": site,
            "name": name,
            "member_no": "",
            "unit": unit,
            "phone": "",
            "birth": "",
            "active": True,
            "body": write_row(person),
        }
