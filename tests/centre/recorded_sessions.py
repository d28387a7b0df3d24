"""Sessions as stations record them, for tests of what the centre makes of them."""

from __future__ import annotations

import os
from dataclasses import dataclass

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.discussion.facts import DiscussionNoted
from app.areas.people.person import StandingKind
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.facts import SessionClosed, SessionMoved, SessionOpened, SessionPrepared
from app.areas.sessions.session import Step
from app.domain.ids import CourseId, FactHash, PersonId, PlayId, SessionId
from app.domain.personal import Personal
from tests.support.talking_station import START_MS, Chain, opened_segment


@dataclass(frozen=True, slots=True)
class RecordedSession:
    """A recorded session: its id and the segments it lies in."""

    session: SessionId
    chains: tuple[Chain, ...]


def prepared(session: SessionId, title: str = "冬季果树管理") -> SessionPrepared:
    """The fact that a session is being prepared."""
    return SessionPrepared(
        session=session,
        plan=None,
        kind="group_session",
        title=title,
        units=(),
        courses=(CourseId("k1"),),
        planned_start_ms=START_MS,
        grace_minutes=15,
    )


def mark(
    session: SessionId,
    person: str,
    status: Status = Status.PRESENT,
    lane: Lane = Lane.PHONE_TAIL,
    claimed_ms: int | None = None,
) -> AttendanceMarked:
    """The fact that somebody was marked."""
    return AttendanceMarked(
        session, PersonId(person), status, lane, RosterStatus.EXPECTED, claimed_ms
    )


def closed(session: SessionId, digest: str = "") -> SessionClosed:
    """The fact that a session ended."""
    return SessionClosed(session, 0, 0, 0, 0, 0, digest)


def new_session() -> SessionId:
    """A fresh id."""
    return SessionId("e-" + os.urandom(6).hex())


def rich_session(people: tuple[str, ...] = ()) -> RecordedSession:
    """A session over two starts of the program, with everything that happens in one."""
    session, play = new_session(), PlayId("y-" + os.urandom(6).hex())
    visitor = PersonId("v-" + os.urandom(4).hex())
    first = opened_segment()
    first.record(prepared(session))
    listed = tuple(PersonId(one) for one in people)
    left_out = ((PersonId("p-frail"), StandingKind.FRAIL),)
    first.record(SessionOpened(session, listed, left_out))
    first.record(VisitorAdmitted(session, visitor), personal=Personal(name="王过路"))
    wrong = first.record(mark(session, visitor, Status.LATE))
    first.record(AttendanceVoided(session, visitor, FactHash(wrong)))
    first.record(mark(session, visitor))
    for person in listed[:2]:
        first.record(mark(session, person))
    first.record(mark(session, "p-nobody-knows"))
    first.record(SessionMoved(session, Step.PLAY))
    first.record(PlaybackStarted(play, session, CourseId("k1"), "0" * 64, 0, 600_000))
    second = opened_segment(parent=first)
    second.record(
        PlaybackEnded(play, PlayOutcome.FULL, 600_000, ((0, 300_000), (300_000, 590_000)))
    )
    second.record(DiscussionNoted(session), personal=Personal(note="大家要修剪工具"))
    second.record(closed(session))
    for person in listed[2:3]:
        second.record(mark(session, person, Status.LATE_ENTRY, Lane.ROLL_CALL, claimed_ms=START_MS))
    return RecordedSession(session, (first, second))
