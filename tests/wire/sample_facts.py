"""One sample of every kind of fact; their bytes are pinned in ``app/wire/samples``."""

from __future__ import annotations

from pathlib import Path

import app.wire
from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.attendance.marks import Capacity, Lane, RosterStatus, Status
from app.areas.cases.facts import CaseMoved, CaseOpened
from app.areas.discussion.facts import DiscussionNoted
from app.areas.equipment.facts import EquipmentEntered, EquipmentTakenOut
from app.areas.needs.facts import NeedsTallied
from app.areas.people.facts import (
    PersonErased,
    PersonProposed,
    PersonResumed,
    PersonStopped,
    StandingSet,
)
from app.areas.people.person import StandingKind
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import PlayOutcome
from app.areas.ratings.facts import RatingTallied
from app.areas.running.facts import HintAnswered
from app.areas.sessions.facts import (
    ActivityTakenBack,
    AgendaTicked,
    HeadsCounted,
    LectureGiven,
    SessionClosed,
    SessionEnteredLate,
    SessionMoved,
    SessionNotHeld,
    SessionOpened,
    SessionPrepared,
    SessionReopened,
    SessionResumed,
    StopReached,
    VisitMade,
)
from app.areas.sessions.session import NotHeldReason, Step
from app.areas.tests_of_courses.facts import CourseTestTaken
from app.domain.fact_kinds import Fact
from app.domain.facts import ClockAsserted, ClockCompared, JournalGap, SegmentOpened, StoreRecovered
from app.domain.ids import (
    CaseId,
    CourseId,
    FactHash,
    OrgUnitId,
    PersonId,
    PlanId,
    PlayId,
    SessionId,
)
from app.domain.personal import LeaveKind, Personal
from app.domain.time import ClockGrade, Instant
from app.wire.messages import (
    ExchangeAnswer,
    ExchangeRequest,
    FeedPage,
    FeedRow,
    Held,
    Run,
    SegmentHeld,
    SignedCredential,
    SignedReceipt,
    Tip,
)

SAMPLES = Path(app.wire.__file__).parent / "samples"
SALT = bytes(range(16))
SEGMENT = "00112233445566778899aabbccddeeff"
S = SessionId("s0123456789abcdef")
P = PersonId("p1")

FACTS: tuple[tuple[Fact, str, Personal | None], ...] = (
    (
        SegmentOpened(
            random=SEGMENT,
            reason="start",
            boot="boot-1",
            station="st1",
            app_version="0.1.0",
            sqlite_version="3.53.4",
            platform="linux-x86_64",
            parent_segment="ffeeddccbbaa99887766554433221100",
            parent_n=7,
            parent_hash="ab" * 32,
        ),
        "station",
        None,
    ),
    (
        SessionPrepared(
            session=S,
            plan=PlanId("plan1"),
            kind="group_session",
            title="十一月集中学习",
            units=(OrgUnitId("u0"), OrgUnitId("u1")),
            courses=(CourseId("c1"),),
            planned_start_ms=1_795_433_400_000,
            grace_minutes=15,
        ),
        "operator",
        None,
    ),
    (
        SessionOpened(S, (P, PersonId("p2")), ((PersonId("p3"), StandingKind.FRAIL),)),
        "operator",
        None,
    ),
    (SessionMoved(S, Step.PLAY), "operator", None),
    (
        AttendanceMarked(S, P, Status.PRESENT, Lane.PHONE_TAIL, RosterStatus.EXPECTED),
        "member",
        None,
    ),
    (
        AttendanceMarked(
            S,
            PersonId("p2"),
            Status.LATE_ENTRY,
            Lane.ROLL_CALL,
            RosterStatus.LEFT_OUT,
            claimed_ms=1_795_433_500_000,
        ),
        "operator",
        Personal(leave=LeaveKind.SICK, reason="忘了签"),
    ),
    (AttendanceVoided(S, P, FactHash("cd" * 32)), "operator", None),
    (
        VisitorAdmitted(S, PersonId("v1")),
        "operator",
        Personal(name="买买提·吐尔逊", phone_tail="6217", home="邻村"),
    ),
    (
        PlaybackStarted(PlayId("y1"), S, CourseId("c1"), "ef" * 32, 30_000, 3_600_000),
        "operator",
        None,
    ),
    (
        PlaybackEnded(
            PlayId("y1"), PlayOutcome.FULL, 3_600_000, ((30_000, 60_000), (90_000, 99_000))
        ),
        "operator",
        None,
    ),
    (DiscussionNoted(S), "operator", Personal(note="想看果树修剪")),
    (SessionClosed(S, 2, 1, 1, 0, 1, "12" * 32), "operator", None),
    (SessionNotHeld(SessionId("s2"), NotHeldReason.HARVEST), "operator", Personal(note="抢收")),
    (StoreRecovered("quick_check", "station-2026-11-23.db", 40, 2), "station", None),
    (
        SegmentOpened(
            SEGMENT, "start", "boot-1", "st1", "0.2.0", "3.53.4", "linux-x86_64", ordinal=41
        ),
        "station",
        None,
    ),
    (SessionResumed(S), "operator", None),
    (ClockCompared("boot-1", 1_795_433_400_000, 5_000, 1_795_433_399_000, 40), "station", None),
    (ClockAsserted("boot-1", 1_795_433_400_000, 5_000, "2026-11-23"), "operator", None),
    (JournalGap(SEGMENT, 6, 9), "station", None),
    (PersonErased(PersonId("v1"), 1), "station", None),
    (SessionReopened(S, FactHash("34" * 32)), "operator", None),
    (
        SessionPrepared(
            session=S,
            plan=None,
            kind="theme_day",
            title="主题党日",
            units=(),
            courses=(),
            planned_start_ms=None,
            grace_minutes=15,
            place="大坪水库工地",
            training_class="k1",
            campaign="g1",
            route="r1",
            lecturers=("l1",),
            hosts=("h1",),
            agenda=("oath", "dues"),
            ticks=("members_meeting",),
        ),
        "operator",
        None,
    ),
    (
        SessionEnteredLate(S, 1_795_433_400_000, 1_795_440_600_000),
        "operator",
        Personal(name="丁一", reason="在工地上开的，没有电脑"),
    ),
    (AgendaTicked(S, "dues", is_done=False), "operator", Personal(reason="已网上缴")),
    (StopReached(S, "r1-2"), "operator", None),
    (LectureGiven(S, "乡村振兴", 40, lecturer="l1"), "operator", None),
    (LectureGiven(S, "我的入党故事", 6, person=P), "operator", None),
    (HeadsCounted(S, "villager", 23), "operator", None),
    (
        VisitMade(S, P, 45, by=PersonId("p2"), pairing="youth_helps"),
        "operator",
        Personal(note="留下十一月学习资料"),
    ),
    (ActivityTakenBack(S, FactHash("56" * 32)), "operator", None),
    (
        PersonProposed(P, ("name", "unit", "phone_tail", "birth")),
        "operator",
        Personal(name="陈桂英", unit="石门村支部", phone_tail="0001", birth="1958-03"),
    ),
    (PersonStopped(P), "operator", Personal(reason="迁走")),
    (
        AttendanceMarked(
            S,
            P,
            Status.PRESENT,
            Lane.ROLL_CALL,
            RosterStatus.VISITOR,
            capacity=Capacity.ORDINARY_MEMBER,
        ),
        "operator",
        None,
    ),
    (PersonResumed(P), "operator", None),
    (
        StandingSet(P, StandingKind.FRAIL, "2026-03-01", None, True, PersonId("p2")),
        "operator",
        Personal(reason="腿脚不便"),
    ),
    (HintAnswered(S, "played_at_night"), "operator", Personal(note="停电后补放")),
    (
        CaseOpened(CaseId("c1"), "wish", (("wish", "一副老花镜"),)),
        "operator",
        Personal(more=(("beneficiary", "丙一"),)),
    ),
    (CaseMoved(CaseId("c1"), "wish", "publish", "registered"), "operator", None),
    (
        EquipmentEntered("e1", "投影仪", "EB-X05", "3LCD", 1, "2021-03", "学习室柜子"),
        "operator",
        Personal(name="丁一"),
    ),
    (EquipmentTakenOut("e1"), "operator", Personal(reason="烧坏了，修不好")),
    (
        CourseTestTaken(S, "t-1", P, 8, 10),
        "member",
        Personal(more=(("1", "0"), ("2", "1 3"))),
    ),
    (RatingTallied(S, "satisfaction", (17, 4, 1, 0)), "operator", None),
    (
        NeedsTallied(S, (("rural", 6, (("subject.farming", 5), ("way.talk", 2))),)),
        "operator",
        None,
    ),
)


def instant_of(n: int) -> Instant:
    """The moment of sample ``n``."""
    return Instant(1_795_433_400_000 + n, 1_000 + n, ClockGrade.OK if n % 2 else ClockGrade.UNSURE)


def facts_lines() -> list[bytes]:
    """The pinned bytes, one fact each."""
    files = ("facts-1.jsonl", "facts-2.jsonl", "facts-3.jsonl")
    return [line for name in files for line in (SAMPLES / name).read_bytes().splitlines()]


def personal_lines() -> list[bytes]:
    """The pinned personal payloads, in the order of the samples that have one."""
    files = ("personal-1.jsonl", "personal-2.jsonl")
    return [line for name in files for line in (SAMPLES / name).read_bytes().splitlines()]


REQUEST = ExchangeRequest(
    station="st1",
    nonce=bytes(16),
    wall_ms=1_795_433_400_000,
    generation="g1",
    tips=(Tip(SEGMENT, 2, b"\x01" * 32, ((1, b"\x02" * 32),)),),
    runs=(Run(SEGMENT, 1, b"\x03" * 32, (b'{"v":1}', b'{"v":1}'), ((2, b'{"salt":""}'),)),),
    cursors={"site:songling": 12, "catalogue": 0},
)

ANSWER = ExchangeAnswer(
    nonce=bytes(16),
    centre_ms=1_795_433_400_001,
    generation="g1",
    receipts=(SignedReceipt(b'{"station":"st1"}', b"\x04" * 64),),
    pages=(
        FeedPage(
            "site:songling",
            13,
            (
                FeedRow("person", "p1", 13, b'{"id":"p1","name":"A"}'),
                FeedRow("plan", "x", 12, None),
            ),
            more=True,
            reset=True,
        ),
    ),
)

LATER_REQUEST = ExchangeRequest(
    station="st1",
    nonce=bytes(16),
    wall_ms=1_795_433_400_000,
    generation="g1",
    tips=REQUEST.tips,
    runs=(Run(SEGMENT, 1, b"\x03" * 32, (b'{"v":1}',), (), b"\x05" * 64),),
    cursors={"catalogue": 3},
    minor=1,
    held=Held(7, b"\x06" * 16),
    census=(SegmentHeld(SEGMENT, 2, 2, b"\x07" * 16),),
    mono_ms=9_000,
    boot="boot-1",
)

LATER_ANSWER = ExchangeAnswer(
    nonce=bytes(16),
    centre_ms=1_795_433_400_001,
    generation="g1",
    receipts=(),
    pages=(FeedPage("catalogue", 4, (), from_rev=3, held=Held(1, b"\x08" * 16)),),
    minor=1,
    returns=(Run(SEGMENT, 3, b"\x09" * 32, (b'{"v":1}',)),),
    resend=(SEGMENT,),
    wants_census=True,
    understood=6,
    notices=("put_back",),
    credential=SignedCredential(b"{}", b"\x0a" * 64),
)
