"""People of several rosters who are one: their hours count once, whole, whatever was said when."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pytest
from sqlalchemy import select

from app.areas.attendance.facts import AttendanceMarked
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.catalogue.values import Credit
from app.areas.hours.hours import hours_of
from app.areas.sessions.facts import SessionClosed, SessionOpened, SessionPrepared
from app.domain.ids import PersonId, SessionId
from app.domain.time import local_date
from app.wire.codec import read_row
from centre.feeds.scopes import site_scope
from centre.interpretation.on_demand import interpret_waiting
from centre.ledgers.absence import county_absence
from centre.ledgers.hours import account_of, county_hours
from centre.ledgers.scope import LedgerScope, lines_of_people
from centre.ledgers.yearly import county_year, sheet_of
from centre.people.sameness import say_other, say_same
from centre.store.decision_tables import person_aliases
from centre.store.tables import feed_rows
from tests.centre.benches import Bench
from tests.centre.decisions.test_people_decide import add_person
from tests.support.talking_station import START_MS, TalkingStation, opened_segment

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
SITES = ("石门村", "清水村", "松岭村", "高坪村")
PEOPLE = ("p0", "p1", "p2", "p3")
DAYS = ((60, 90, 30, 45), (20, 0, 50, 0), (0, 70, 0, 70))
"""Day by day how long each site's session is, if it has one; those of a day begin together."""
YEAR = local_date(START_MS).year


@pytest.fixture
def homes(bench: Bench) -> dict[str, TalkingStation]:
    """Person → the station of their home, where they came to every session."""
    found = {}
    for place, (person, site) in enumerate(zip(PEOPLE, SITES, strict=True)):
        station = found[person] = bench.station(site)
        add_person(bench, station, person, "陈桂英")
        chain = opened_segment(wall_ms=START_MS)
        for day, lengths in enumerate(DAYS):
            if not lengths[place]:
                continue
            of = SessionId(f"e{day}{place}")
            chain.wall_ms = START_MS + day * DAY_MS
            chain.record(SessionPrepared(of, None, "talk", "宣讲", (), (), None, 15))
            chain.record(SessionOpened(of, (PersonId(person),), ()))
            came = AttendanceMarked(
                of, PersonId(person), Status.PRESENT, Lane.NAME_WALL, RosterStatus.EXPECTED
            )
            chain.record(came)
            chain.wall_ms = START_MS + day * DAY_MS + 2_000 + lengths[place] * MINUTE_MS
            chain.record(SessionClosed(of, 0, 0, 0, 0, 0, ""))
        station.deliver(chain)
    interpret_waiting(bench.centre)
    return found


def groups(said: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Who is one, by joining again and again."""
    found = [{one} for one in PEOPLE]
    for before, person in said:
        both = [one for one in found if before in one or person in one]
        found = [one for one in found if one not in both] + [set().union(*both)]
    return found


def hours(group: set[str]) -> int:
    """Of each day the longest session of any of them."""
    places = [PEOPLE.index(one) for one in group]
    return sum(max(lengths[place] for place in places) for lengths in DAYS)


def words(seed: int) -> Iterator[tuple[str, str]]:
    """Pairs in some order; an empty second one takes the word about the first back."""
    chance = random.Random(seed)
    said: set[str] = set()
    for _ in range(7):
        if said and chance.random() < 0.3:
            before = chance.choice(sorted(said))
            said.remove(before)
            yield before, ""
            continue
        before, person = chance.sample(PEOPLE, 2)
        said.add(before)
        yield before, person


@pytest.mark.parametrize("seed", range(4))
def test_hours_never_double_and_go_to_one_person_whole(
    bench: Bench, homes: dict[str, TalkingStation], seed: int
) -> None:
    said: dict[str, str] = {}
    for before, person in words(seed):
        if person:
            say_same(bench.centre, before, person, by="王主任")
            said[before] = person
        else:
            say_other(bench.centre, before)
            del said[before]
        _check(bench, homes, groups(said.items()))


def _check(bench: Bench, homes: dict[str, TalkingStation], said: list[set[str]]) -> None:
    with bench.centre.store.reading() as tx:
        scope = LedgerScope(f"{YEAR}-01-01", f"{YEAR}-12-31")
        told = {one.person: one.minutes for one in county_hours(tx, scope, YEAR)}
        assert len(told) == len(said), "each person once"
        for group in said:
            (own,) = group & told.keys()
            assert told[own] == hours(group)
        assert {one.absence.person for one in county_absence(tx, scope)} == told.keys()
        years = {one.person: one.attended for one in county_year(tx, scope, YEAR)}
        assert years.keys() == told.keys()
        for one, station in homes.items():
            group = next(every for every in said if one in every)
            alone = LedgerScope(scope.first, scope.last, site=station.me.site)
            (mine,) = county_hours(tx, alone, YEAR)
            assert (mine.person, mine.minutes) == (one, hours(group))
            assert account_of(tx, one, station.me.site, YEAR).minutes == hours(group)
            sheet = sheet_of(tx, one, YEAR)
            assert years.get(one, len(sheet.attended)) == len(sheet.attended)
            lines = [line for _, own in lines_of_people(tx, [one]) for line in own]
            at_home = hours_of(one, lines, _credits(bench, station), (), YEAR)
            assert at_home.minutes == hours(group), "the home's station says the same"
            (clock,) = county_absence(tx, alone)
            last = max(
                day for day, ms in enumerate(DAYS) if any(ms[PEOPLE.index(p)] for p in group)
            )
            assert clock.absence.since == local_date(START_MS + last * DAY_MS).isoformat()


def _credits(bench: Bench, station: TalkingStation) -> list[Credit]:
    query = select(feed_rows.c.body).where(
        feed_rows.c.scope == site_scope(station.me.site),
        feed_rows.c.kind == "credit",
        feed_rows.c.body.is_not(None),
    )
    with bench.centre.store.reading() as tx:
        return [read_row(one, Credit) for one in tx.scalars(query)]


def test_who_was_said_to_be_each_other_counts_once(
    bench: Bench, homes: dict[str, TalkingStation]
) -> None:
    """Two people each say the other way round, in two offices."""
    say_same(bench.centre, "p0", "p1", by="王主任")
    say_same(bench.centre, "p1", "p0", by="李主任")
    _check(bench, homes, groups([("p0", "p1")]))
    with bench.centre.store.reading() as tx:
        assert len(tx.execute(select(person_aliases)).all()) == 2
