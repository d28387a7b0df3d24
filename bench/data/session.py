"""What one village does in one session: invented, the same for the same seed.

Sign-in opens at half past seven, most people come around eight, and between nine and half
past the session is closed. Times are seconds after 19:30.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.attendance.marks import Lane, RosterStatus, status_on_arrival
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.facts import SessionClosed, SessionMoved, SessionOpened, SessionPrepared
from app.areas.sessions.session import Step
from app.domain.fact_kinds import Fact
from app.domain.ids import (
    CourseId,
    FactHash,
    OrgUnitId,
    PersonId,
    PlayId,
    SessionId,
    id_from_random,
)
from app.domain.personal import Personal
from app.domain.policy import DEFAULT

SESSION_S = 7_200.0
START_S = 1_800.0
HALF_PAST_SEVEN_MS = 1_795_001_400_000
"""A Wednesday in November 2026, 19:30 in the county (11:30 UTC)."""
_SPREAD_S = 480.0
_COURSE_MS = 2_400_000
_FEWEST = 12


@dataclass(frozen=True, slots=True)
class RecordedMoment:
    """One thing that is recorded. ``voids`` names the moment whose mark it takes back."""

    at_s: float
    fact: Fact
    actor: str = "operator"
    personal: Personal | None = None
    voids: int | None = None


def attendances(stations: int, total: int, seed: int) -> list[int]:
    """How many come to each station: around the average, ``total`` together."""
    chance = random.Random(f"{seed} rooms")
    average = total / stations
    rooms = [max(_FEWEST, round(chance.gauss(average, average / 4))) for _ in range(stations)]
    place = 0
    while (missing := total - sum(rooms)) != 0:
        step = 1 if missing > 0 else -1
        for _ in range(abs(missing)):
            rooms[place % stations] += step
            place += 1
    return rooms


def word(seed: int, prefix: str, *parts: object) -> str:
    """An id as real ones look."""
    named = " ".join(str(one) for one in (seed, prefix, *parts))
    return id_from_random(prefix, hashlib.sha256(named.encode()).digest()[:10])


def listed_people(seed: int, index: int, coming: int) -> list[PersonId]:
    """Everybody of the village who is expected: a fifth more than come."""
    count = coming + max(1, coming // 5)
    return [PersonId(word(seed, "p-", index, place)) for place in range(count)]


def moments(seed: int, index: int, coming: int) -> list[RecordedMoment]:
    """The session of one station in the order of its writing."""
    chance = random.Random(f"{seed} {index}")
    session = SessionId(word(seed, "se-", index))
    listed = listed_people(seed, index, coming)
    visitors = [PersonId(word(seed, "v-", index, one)) for one in range(coming // 20)]
    prepared_s = chance.uniform(0, 420)
    opened_s = prepared_s + chance.uniform(60, 300)
    closed_s = chance.uniform(5_400, SESSION_S - 5)
    who = [*chance.sample(listed, coming - len(visitors)), *visitors]
    arrivals = sorted(
        min(max(chance.gauss(START_S - 120, _SPREAD_S), opened_s + 5), closed_s - 60) for _ in who
    )
    chance.shuffle(who)
    out = [
        RecordedMoment(prepared_s, _prepared(seed, index, session)),
        RecordedMoment(opened_s, SessionOpened(session, tuple(listed), ())),
    ]
    guests = frozenset(visitors)
    out += _marks(chance, session, who, arrivals, guests)
    out += _course(seed, index, session, START_S + chance.uniform(120, 480))
    out.sort(key=lambda one: one.at_s)
    return [*_with_places(out), RecordedMoment(closed_s, _closed(session, listed, out))]


def _prepared(seed: int, index: int, session: SessionId) -> SessionPrepared:
    return SessionPrepared(
        session,
        None,
        "group_session",
        "主题党日集中学习",
        (OrgUnitId(word(seed, "u-", index)),),
        (CourseId(word(seed, "c-", "course")),),
        HALF_PAST_SEVEN_MS + int(START_S * 1000),
        DEFAULT.grace_minutes,
    )


def _marks(
    chance: random.Random,
    session: SessionId,
    who: list[PersonId],
    arrivals: list[float],
    visitors: frozenset[PersonId],
) -> list[RecordedMoment]:
    out: list[RecordedMoment] = []
    for person, at_s in zip(who, arrivals, strict=True):
        at_ms, start_ms = int(at_s * 1000), int(START_S * 1000)
        status = status_on_arrival(at_ms, start_ms, DEFAULT.grace_minutes)
        lane = chance.choice((Lane.NAME_WALL, Lane.PHONE_TAIL, Lane.SCANNER))
        standpoint = RosterStatus.EXPECTED
        if person in visitors:
            standpoint = RosterStatus.VISITOR
            name = Personal(name="过路人", phone_tail="0000", home="邻村")
            out.append(RecordedMoment(at_s - 1, VisitorAdmitted(session, person), "operator", name))
        mark = AttendanceMarked(session, person, status, lane, standpoint)
        out.append(RecordedMoment(at_s, mark, "member"))
    return out


def _course(seed: int, index: int, session: SessionId, at_s: float) -> list[RecordedMoment]:
    play = PlayId(word(seed, "pl-", index))
    video = hashlib.sha256(str(seed).encode()).hexdigest()
    course = CourseId(word(seed, "c-", "course"))
    over_s = at_s + _COURSE_MS / 1000
    return [
        RecordedMoment(at_s, SessionMoved(session, Step.PLAY)),
        RecordedMoment(at_s, PlaybackStarted(play, session, course, video, 0, _COURSE_MS)),
        RecordedMoment(
            over_s,
            PlaybackEnded(play, PlayOutcome.FULL, _COURSE_MS, ((0, _COURSE_MS),)),
        ),
        RecordedMoment(over_s + 5, SessionMoved(session, Step.DISCUSS)),
    ]


def _with_places(out: list[RecordedMoment]) -> list[RecordedMoment]:
    """One mark in fifty was a slip: taken back, and made anew."""
    mended: list[RecordedMoment] = []
    for one in out:
        mended.append(one)
        mark = one.fact
        if isinstance(mark, AttendanceMarked) and len(mended) % 50 == 0:
            void = AttendanceVoided(mark.session, mark.person, FactHash(""))
            mended.append(RecordedMoment(one.at_s + 2, void, voids=len(mended) - 1))
            mended.append(RecordedMoment(one.at_s + 3, mark))
    return mended


def _closed(session: SessionId, listed: list[PersonId], out: list[RecordedMoment]) -> SessionClosed:
    marks = [one.fact for one in out if isinstance(one.fact, AttendanceMarked)]
    arrived = sum(one.standpoint is RosterStatus.EXPECTED for one in marks)
    lines = sorted(f"{one.person} {one.status.value}" for one in marks)
    return SessionClosed(
        session=session,
        expected=len(listed),
        arrived=arrived,
        on_leave=0,
        absent=len(listed) - arrived,
        visitors=len(marks) - arrived,
        digest=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    )
