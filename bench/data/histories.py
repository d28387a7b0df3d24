"""Stations with a past: people by the feed, and sessions through the real journal.

Only the units of work are larger than in life (many sessions a commit), and each session
has its own segment, as it has when the program is started for it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from app.areas.attendance.facts import AttendanceMarked
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.people.person import OrgUnit, Person, Site, UnitKind
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.facts import SessionClosed, SessionOpened, SessionPrepared
from app.bootstrap import open_station
from app.domain.fact_kinds import Fact
from app.domain.ids import CourseId, OrgUnitId, PersonId, PlayId, SessionId, SiteId
from app.machine.clock import BUILT_MS
from app.machine.entropy import SystemEntropy
from app.store.engine import open_engine
from app.store.journal import Journal, WriterIdentity
from app.store.seal import lift_seal
from app.store.work import StoreWork
from app.wire.codec import write_row
from app.wire.messages import MAX_ROWS_A_PAGE, FeedPage, FeedRow
from tests.support.stations import SetClock

SCOPE = "site:bench"
LISTED = 100
"""People expected in a session."""
FACTS_AN_SESSION = LISTED + 6
SESSIONS_A_COMMIT = 50
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单仇解区"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰文建国春梅志红海燕龙云波辉"


@dataclass(frozen=True, slots=True)
class Past:
    """How much a station has behind it."""

    facts: int = 0
    people: int = 200


def names(count: int, seed: int = 7) -> list[str]:
    """Invented names of two and three signs, the same for the same seed."""
    chance = random.Random(seed)
    return [
        chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
        for _ in range(count)
    ]


def build_home(home: Path, past: Past) -> None:
    """Make the home of a station with this past."""
    opened = open_station(home, clock=SetClock())
    try:
        store = opened.station.tools.store
        rows = _roster(past.people)
        for start in range(0, len(rows), MAX_ROWS_A_PAGE):
            page = rows[start : start + MAX_ROWS_A_PAGE]
            store.apply_page(FeedPage(SCOPE, page[-1].rev, page))
    finally:
        opened.close()
    if past.facts:
        write_sessions(home, past)


def _roster(people: int) -> tuple[FeedRow, ...]:
    bodies: list[tuple[str, str, bytes]] = [
        ("site", "bench", write_row(Site(SiteId("bench"), "学习点"))),
        ("org_unit", "u0", write_row(OrgUnit(OrgUnitId("u0"), "第一支部", UnitKind.BRANCH))),
    ]
    for place, name in enumerate(names(people)):
        person = Person(
            id=person_at(place),
            name=name,
            units=(OrgUnitId("u0" if place < LISTED * 2 else "u1"),),
            phone_tail=f"{place * 7919 % 10_000:04d}",
        )
        bodies.append(("person", person.id, write_row(person)))
    return tuple(
        FeedRow(kind, key, place + 1, body) for place, (kind, key, body) in enumerate(bodies)
    )


def person_at(place: int) -> PersonId:
    """The id of a person of the invented roster."""
    return PersonId(f"p{place:06d}")


def write_sessions(home: Path, past: Past) -> None:
    """Add the facts of a past to a home that nobody has open."""
    sessions = -(-past.facts // FACTS_AN_SESSION)
    lift_seal(home / "station.db")
    engine = open_engine(home / "station.db")
    clock = SetClock(wall_ms=BUILT_MS)
    with engine.connect() as conn:
        for first in range(0, sessions, SESSIONS_A_COMMIT):
            with conn.begin():
                for number in range(first, min(first + SESSIONS_A_COMMIT, sessions)):
                    _write_session(conn, clock, number)
    engine.dispose()


def _write_session(conn: Connection, clock: SetClock, number: int) -> None:
    journal = Journal(clock, SystemEntropy(), WriterIdentity("", "bench", "", "bench"))
    for fact in session_facts(f"s{number:06d}"):
        StoreWork(conn, journal).record(fact, actor="operator")
        clock.pass_minutes(1)


def session_facts(name: str) -> list[Fact]:
    """One session's facts in order, without the segment's first."""
    session = SessionId(name)
    listed = tuple(person_at(place) for place in range(LISTED))
    play = PlayId(f"l{name}")
    facts: list[Fact] = [
        SessionPrepared(session, None, "group_session", "学习", (), (), None, 15),
        SessionOpened(session, listed, ()),
    ]
    facts += [
        AttendanceMarked(session, person, Status.PRESENT, Lane.NAME_WALL, RosterStatus.EXPECTED)
        for person in listed
    ]
    facts += [
        PlaybackStarted(play, session, CourseId("c1"), "0" * 64, 0, 2_400_000),
        PlaybackEnded(play, PlayOutcome.FULL, 2_400_000, ((0, 2_400_000),)),
        SessionClosed(session, LISTED, LISTED, 0, 0, 0, "0" * 64),
    ]
    return facts
