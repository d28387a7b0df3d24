"""What happens at a station in a year: sessions of all kinds, leave, visits, visitors, members of
two sites, late sessions and entries, sessions not held, a disk put back, a disk copied."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.people.person import Person, expected_on
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import PlayOutcome
from app.areas.running.facts import HintAnswered
from app.areas.sessions.facts import (
    HeadsCounted,
    LectureGiven,
    SessionClosed,
    SessionEnteredLate,
    SessionNotHeld,
    SessionOpened,
    SessionPrepared,
    VisitMade,
)
from app.areas.sessions.session import NotHeldReason
from app.domain.fact_kinds import Fact
from app.domain.ids import CourseId, FactHash, PersonId, PlanId, PlayId, SessionId
from app.domain.personal import LeaveKind, Personal
from app.domain.time import LOCAL, wall_ms_of
from bench.county.journal import StationJournal, WrittenSegment
from bench.county.roster import YEAR, CountyPlan, CountySite
from bench.data.session import word

MINUTE_MS = 60_000
KINDS = (
    *("group_session", "film", "practice", "talk", "mobile_class", "route", "home_visit"),
    *("micro_lesson", "members_meeting", "outside_training", "online_class", "test"),
)
AWAY = frozenset({"practice", "mobile_class", "route", "outside_training", "online_class"})
"""These are written down afterwards."""


SECOND_PC = 500
"""What a second PC's number is more than the first one's of its site."""


@dataclass(slots=True)
class Told:
    """A station's year: its journal, a copied disk's branch, what is to be approved."""

    journal: StationJournal
    branch: WrittenSegment | None = None
    branch_from: int = 0
    late: list[str] = field(default_factory=list)
    """Late sessions and late marks, for the township's word."""


@dataclass(slots=True)
class _Pen:
    """Writes one session after another."""

    plan: CountyPlan
    site: CountySite
    neighbour: Sequence[Person]
    told: Told
    chance: random.Random
    segment: WrittenSegment | None = None
    at_ms: int = 0

    def put(self, fact: Fact, personal: Personal | None = None, *, actor: str = "operator") -> str:
        """The next fact, some seconds later."""
        assert self.segment is not None
        self.at_ms += self.chance.randrange(1_000, 9_000)
        return self.told.journal.record(
            self.segment, fact, self.at_ms, actor=actor, personal=personal
        )


def tell_year(plan: CountyPlan, site: CountySite, neighbour: CountySite) -> Told:
    """Everything station number ``site.index`` records in the year."""
    told = Told(StationJournal(plan.seed, site.index))
    chance = random.Random(f"{plan.seed} year {site.index}")
    pen = _Pen(plan, site, neighbour.people[-4:], told, chance)
    before: WrittenSegment | None = None
    for number in range(plan.sessions):
        day = _day(number, plan.sessions)
        hour = chance.choice((9, 15, 19, 19, 19))
        start_ms = _at(day, 3 if site.index % 9 == 2 and number == 1 else hour, 30)
        kind = "theme_day" if number % 2 else KINDS[(number // 2 + site.index) % len(KINDS)]
        pen.at_ms = start_ms - 30 * MINUTE_MS
        is_restored = site.index % 5 == 2 and number == plan.sessions // 2 + 1
        start = before
        before = pen.segment = told.journal.begin(pen.at_ms, before)
        kept, counted = len(pen.segment.facts), len(told.late)
        _hold(pen, number, kind, day, start_ms)
        if is_restored and start is not None:
            # The disk is put back to this morning; the same plan is opened once more.
            pen.at_ms = start_ms + 20 * MINUTE_MS
            pen.segment = told.journal.begin(pen.at_ms, start)
            _hold(pen, number, kind, day, start_ms + 25 * MINUTE_MS, again="b")
            before = pen.segment
        if site.index % 5 == 3 and number == plan.sessions - 1 and kind != "outside_training":
            branch = told.journal.fork(before)
            told.branch_from = kept
            pen.segment = _cut(branch, kept)
            pen.at_ms = start_ms + MINUTE_MS
            _hold(pen, number, "group_session", day, start_ms, again="c")
            told.branch = pen.segment
            del told.late[counted:]  # both branches are set apart: nobody approves them
    return told


def has_second_pc(site: CountySite) -> bool:
    """Whether a second PC stands at the site."""
    return site.index % 4 == 1


def tell_second_pc(plan: CountyPlan, site: CountySite, neighbour: CountySite) -> Told:
    """What the second PC records: a branch holds three sessions of its own there, the last on the
    day of one at the first PC."""
    told = Told(StationJournal(plan.seed, SECOND_PC + site.index))
    chance = random.Random(f"{plan.seed} second pc {site.index}")
    pen = _Pen(plan, site, neighbour.people[-4:], told, chance)
    for number, day in enumerate((date(YEAR, 2, 15), date(YEAR, 6, 15), date(YEAR, 9, 26))):
        start_ms = _at(day, 14, 0)
        pen.at_ms = start_ms - 30 * MINUTE_MS
        pen.segment = told.journal.begin(pen.at_ms, pen.segment)
        _hold(pen, SECOND_PC + 3 * number, "group_session", day, start_ms, again="s")
    return told


def _cut(segment: WrittenSegment, n: int) -> WrittenSegment:
    """A segment as it was after its ``n``-th fact."""
    del segment.facts[n:], segment.hashes[n:]
    segment.personal = {at: one for at, one in segment.personal.items() if at <= n}
    return segment


def _day(number: int, sessions: int) -> date:
    """Two sessions a month, the second one on the 26th; fewer or more spread over the year."""
    month, second = divmod(number, 2)
    if sessions <= 24:
        return date(YEAR, month % 12 + 1, 26 if second else 8)
    return date(YEAR, 1, 3) + timedelta(days=number * 360 // sessions)


def _at(day: date, hour: int, minute: int) -> int:
    return wall_ms_of(datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOCAL))


def _hold(pen: _Pen, number: int, kind: str, day: date, start_ms: int, *, again: str = "") -> None:
    chance, site = pen.chance, pen.site
    session = SessionId(word(pen.plan.seed, f"e{again}-", site.index * 1_000 + number))
    is_planned = number % 3 != 0 or bool(again)
    plan = PlanId(word(pen.plan.seed, "pl-", site.index * 1_000 + number)) if is_planned else None
    prepared = SessionPrepared(
        session=session,
        plan=plan,
        kind=kind,
        title=f"{day.month}月学习",
        units=tuple(one.id for one in site.units[:1]) if number % 4 == 0 else (),
        courses=(),
        planned_start_ms=start_ms if is_planned else None,
        grace_minutes=15,
        training_class="class-1" if number % 6 == 1 else "",
        campaign="campaign-1" if number % 8 == 3 else "",
    )
    pen.put(prepared)
    if number % 17 == 11 and not again:
        reason = chance.choice((NotHeldReason.HARVEST, NotHeldReason.POWER_CUT))
        pen.put(SessionNotHeld(session, reason), Personal(note="改期"))
        return
    if kind in AWAY:
        _write_late(pen, session, kind, day, start_ms)
        return
    _open(pen, session, kind, day, start_ms)


def _open(pen: _Pen, session: SessionId, kind: str, day: date, start_ms: int) -> None:
    chance = pen.chance
    expected, left_out = expected_on(pen.site.people, day.isoformat())
    if kind == "home_visit":
        expected, left_out = expected[:3], ()
    pen.at_ms = start_ms - 5 * MINUTE_MS
    pen.put(SessionOpened(session, expected, left_out))
    is_empty = pen.site.index % 9 == 4 and kind == "film"
    if pen.site.index % 9 == 1 and kind == "talk":
        pen.at_ms = start_ms + 100 * MINUTE_MS  # everybody signs in when it is nearly over
    absentees: list[PersonId] = []
    for person in () if is_empty else expected:
        came = _mark(pen, session, person)
        absentees += [] if came else [person]
    for person, _ in () if is_empty else left_out:
        if chance.random() < 0.05:
            _sign(pen, session, person, RosterStatus.LEFT_OUT)
    if not is_empty:
        _visitors(pen, session)
    _activities(pen, session, kind, expected, is_empty=is_empty)
    if pen.at_ms < start_ms + 100 * MINUTE_MS:
        pen.at_ms = max(pen.at_ms, start_ms + chance.randrange(40, 180) * MINUTE_MS)
    pen.put(SessionClosed(session, 0, 0, 0, 0, 0, ""))
    if is_empty:
        pen.put(HintAnswered(session, "nobody_signed_in"), Personal(note="试放"))
    if absentees and chance.random() < 0.4:
        mark = AttendanceMarked(
            session, absentees[0], Status.LATE_ENTRY, Lane.ROLL_CALL, RosterStatus.EXPECTED
        )
        pen.told.late.append(pen.put(mark, Personal(reason="漏记")))


def _mark(pen: _Pen, session: SessionId, person: PersonId) -> bool:
    """Somebody expected comes, is on leave, or neither; a few were marked wrongly at first."""
    chance = pen.chance
    habit = random.Random(f"{pen.plan.seed} {person}").choices((0.0, 0.15, 0.8), (4, 8, 88))[0]
    if chance.random() < 0.04:
        leave = AttendanceMarked(
            session, person, Status.ON_LEAVE, Lane.ROLL_CALL, RosterStatus.EXPECTED
        )
        pen.put(leave, Personal(leave=LeaveKind.SICK, reason="住院"))
        if chance.random() > 0.1:
            return True
    if chance.random() >= habit:
        return False
    mark = _sign(pen, session, person, RosterStatus.EXPECTED)
    if chance.random() < 0.02:
        pen.put(AttendanceVoided(session, person, FactHash(mark)))
        if chance.random() < 0.5:
            return False
        _sign(pen, session, person, RosterStatus.EXPECTED)
    return True


def _sign(pen: _Pen, session: SessionId, person: PersonId, standpoint: RosterStatus) -> str:
    status = pen.chance.choices((Status.PRESENT, Status.LATE), (9, 1))[0]
    return pen.put(
        AttendanceMarked(session, person, status, Lane.NAME_WALL, standpoint), actor=person
    )


def _visitors(pen: _Pen, session: SessionId) -> None:
    """Somebody on no list, and people of the next village under their own ids."""
    strangers = [PersonId("v-" + pen.chance.randbytes(6).hex())] * pen.chance.choice((0, 1))
    known = [one.id for one in pen.neighbour if pen.chance.random() < 0.3]
    for person in (*strangers, *known):
        pen.put(VisitorAdmitted(session, person), Personal(name="来客", phone_tail="0000"))
        _sign(pen, session, person, RosterStatus.VISITOR)


def _activities(
    pen: _Pen, session: SessionId, kind: str, expected: Sequence[PersonId], *, is_empty: bool
) -> None:
    chance = pen.chance
    if kind in ("film", "theme_day", "talk"):
        play = PlayId("y-" + chance.randbytes(6).hex())
        pen.put(PlaybackStarted(play, session, CourseId("k1"), "0" * 64, 0, 600_000))
        outcome = chance.choices((PlayOutcome.FULL, PlayOutcome.BROKEN), (9, 1))[0]
        pen.put(PlaybackEnded(play, outcome, 600_000, ((0, 600_000),)))
    if kind == "micro_lesson" and expected and not is_empty:
        pen.put(LectureGiven(session, "我的入党故事", 15, person=chance.choice(expected)))
    if kind == "talk":
        pen.put(HeadsCounted(session, "villager", chance.randrange(60)))
    if kind == "home_visit":
        frail = [one for one in pen.site.people if one.standings][:5]
        for one in frail:
            by = chance.choice(pen.site.people).id
            pen.put(VisitMade(session, one.id, chance.randrange(10, 60), by=by, pairing="mentor"))


def _write_late(pen: _Pen, session: SessionId, kind: str, day: date, start_ms: int) -> None:
    """A session away from the PC, typed in the day after; an outside training lasts six days."""
    chance = pen.chance
    minutes = chance.randrange(45, 200)
    if kind == "outside_training":
        minutes = 5 * 1440 + 480
    to_ms = start_ms + minutes * MINUTE_MS
    pen.at_ms = max(pen.at_ms, to_ms + 60 * MINUTE_MS)
    pen.put(SessionEnteredLate(session, start_ms, to_ms), Personal(name="丁一", reason="没有电脑"))
    expected, left_out = expected_on(pen.site.people, day.isoformat())
    if kind in ("outside_training", "online_class"):
        expected, left_out = expected[: max(3, len(expected) // 10)], ()
        pen.put(LectureGiven(session, "乡村振兴", 90 if kind == "online_class" else 2_400))
    pen.put(SessionOpened(session, expected, left_out))
    for person in expected:
        if chance.random() < 0.7:
            mark = AttendanceMarked(
                session,
                person,
                Status.LATE_ENTRY,
                Lane.ROLL_CALL,
                RosterStatus.EXPECTED,
                claimed_ms=start_ms,
            )
            pen.put(mark)
    pen.put(SessionClosed(session, 0, 0, 0, 0, 0, ""))
    pen.told.late.append(session)
