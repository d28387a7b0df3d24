"""Sessions as forms see them, and every form made of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.areas.absence.absence import Absence
from app.areas.attendance.marks import RosterStatus, Status, count_turnout
from app.areas.catalogue.values import ClassCheck, ClassLesson, FilingState, TrainingClass
from app.areas.classes.progress import ClassProgress
from app.areas.forms.form import Form
from app.areas.forms.held import FormSession, GivenLecture, ListedOne, ShownCourse
from app.areas.forms.sheets.bulletin import bulletin
from app.areas.forms.sheets.class_file import class_file
from app.areas.forms.sheets.equipment_list import StationMachine, equipment_list
from app.areas.forms.sheets.feedback import feedback
from app.areas.forms.sheets.month_report import month_report
from app.areas.forms.sheets.running_record import running_record
from app.areas.forms.sheets.session_record import session_record
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.areas.forms.sheets.site_file import SiteFacts, site_file
from app.areas.forms.sheets.visit_list import visit_list
from app.areas.forms.sheets.year_of_person import YearSheetPerson, year_of_person
from app.areas.hours.hours import CountedSession, HoursAccount
from app.areas.people.person import Person, StandingKind
from app.areas.running.running import (
    FaultKind,
    HeldSession,
    PowerOn,
    RunningDay,
    RunningFault,
)
from app.areas.sessions.session import NotHeldReason, Step
from app.areas.yearly.yearly import YearlySheet
from app.domain.ids import PersonId
from app.domain.time import LOCAL, wall_ms_of
from app.words import say
from centre.forms.reading import SiteSessions

SITE = "松岭村学习点"
NAMES = ("陈桂英", "买买提·艾力", "周瑞兰", "李建国", "赵秀珍", "欧阳海")


def moment(day: int, hour: int = 19, minute: int = 30, month: int = 11) -> int:
    """A moment of 2026."""
    return wall_ms_of(datetime(2026, month, day, hour, minute, tzinfo=LOCAL))


def session(
    name: str,
    day: int,
    statuses: str = "ppla",
    *,
    minutes: int = 95,
    kind: str = "group_session",
    title: str = "",
    same: tuple[str, ...] = (),
    heads: int = 0,
    visitors: int = 0,
) -> FormSession:
    """A closed session: a letter a person – present, late, a for absent, on leave (v), entered
    (e), left out (o)."""
    words = {
        "p": Status.PRESENT,
        "l": Status.LATE,
        "a": Status.ABSENT,
        "v": Status.ON_LEAVE,
        "e": Status.LATE_ENTRY,
    }
    people = [
        ListedOne(
            f"p{place}",
            NAMES[place % len(NAMES)],
            "第一组",
            RosterStatus.LEFT_OUT if letter == "o" else RosterStatus.EXPECTED,
            words.get(letter),
            moment(day, 19, 20 + place) if letter in "ple" else None,
            StandingKind.FRAIL if letter == "o" else None,
        )
        for place, letter in enumerate(statuses)
    ]
    people += [
        ListedOne(f"v{n}", f"来宾{n}", "", RosterStatus.VISITOR, Status.PRESENT, moment(day))
        for n in range(visitors)
    ]
    tally = tuple((one.standpoint, one.status, 1) for one in people)
    began = moment(day)
    return FormSession(
        id=name,
        title=title or f"集中学习 {day} 日",
        kind=kind,
        step=Step.CLOSED,
        began_ms=began,
        ended_ms=began + int(timedelta(minutes=minutes).total_seconds() * 1000),
        turnout=count_turnout(tally),
        people=tuple(people),
        courses=(ShownCourse("柑橘冬季管护", 97, "full"),),
        notes=("大家想看果树修剪。\n路灯要修。",),
        code="7K3D-QX2M",
        lectures=(GivenLecture("李建国", "修剪", 20),),
        heads=heads,
        minutes=minutes,
        same=same,
    )


def not_held(name: str, day: int) -> FormSession:
    """A planned session that did not take place."""
    return FormSession(
        id=name,
        title="主题党日",
        kind="theme_day",
        step=Step.NOT_HELD,
        began_ms=moment(day),
        ended_ms=moment(day, 20),
        turnout=count_turnout(()),
        people=(),
        not_held_reason=NotHeldReason.HARVEST,
    )


def november() -> tuple[FormSession, ...]:
    """A month with everything in it."""
    return (
        session("e1", 5, "pplave", heads=30, visitors=2),
        session("e2", 12, "paaaao", minutes=61, kind="film", title="《焦裕禄》=公式 <b>&"),
        not_held("e3", 19),
        session("e4", 26, "pppppp", kind="theme_day", minutes=120),
    )


def running() -> tuple[RunningDay, ...]:
    """Two days: one with a session and a fault, one on which the PC was only on."""
    on = PowerOn("a1", moment(5, 18, 50), moment(5, 21, 10))
    told = HeldSession("e1", "group_session", "集中学习", "closed", moment(5), moment(5, 21), 4, 6)
    fault = RunningFault(FaultKind.PLAY_BROKEN, moment(5, 20), "e1")
    later = PowerOn("a2", moment(9, 9, 0), moment(9, 9, 30))
    return (
        RunningDay("2026-11-05", (on,), (told,), (fault,), ()),
        RunningDay("2026-11-09", (later,), (), (), ()),
    )


def year() -> YearlySheet:
    """A year of 3 hours at home and 2 elsewhere, of 32."""
    account = HoursAccount(
        "p1",
        2026,
        32 * 60,
        "r1",
        (
            CountedSession(
                "e1", "2026-11-05", "group_session", "集中学习", 95, 60, why_not="capped"
            ),
            CountedSession("e2", "2026-11-12", "film", "《焦裕禄》", 120, 120, is_pending=True),
            CountedSession(
                "x1", "2026-11-20", "talk", "宣讲", 120, 120, site="s9", site_name="石门村"
            ),
        ),
    )
    return YearlySheet(
        person="p1",
        year=2026,
        hours=account,
        expected=("e1", "e2", "e4"),
        attended=("e1", "e2", "x1"),
        on_leave=("e4",),
        absent=(),
        left_out=(),
        lessons=("e1",),
        practice=(),
        visits=(),
        kinds=(("film", 1), ("group_session", 1), ("talk", 1)),
        pending=("e2",),
    )


def unseen() -> tuple[tuple[Absence, ...], dict[str, Person]]:
    """One not seen for five months, one never, one frail, one seen lately."""
    people = {
        one: Person(PersonId(one), name, group="第二组", phone_tail="6217")
        for one, name in (
            ("p1", "陈桂英"),
            ("p2", "买买提·艾力"),
            ("p3", "周瑞兰"),
            ("p4", "李建国"),
        )
    }
    return (
        Absence("p1", "2026-06-05", "e0", 160, 5),
        Absence("p2", "2026-05-01", "", 200, 6),
        Absence("p3", "2026-05-01", "e0", 200, 6, standing="frail"),
        Absence("p4", "2026-11-01", "e0", 10, 0),
    ), people


def held_class() -> TrainingClass:
    """A class of two lessons and two people."""
    return TrainingClass(
        id="k1",
        name="党务工作集训营",
        audience="支部书记",
        batch="第一期",
        organiser="街道党校",
        venue="源课堂",
        lessons=(
            ClassLesson("2026-11-05", "19:30", 90, "党务实务", "l1"),
            ClassLesson("2026-11-12", "19:30", 90, "发展党员", "l1"),
        ),
        people=("p1", "p2"),
        filing=FilingState.APPROVED,
        checks=(ClassCheck("courses", "王主任", "2026-10-20"),),
    )


def every_form() -> tuple[Form, ...]:
    """One of each."""
    month = november()
    progress = (
        ClassProgress("p1", 2, ("e1", "e2"), 180, 0, is_complete=True),
        ClassProgress("p2", 2, ("e1",), 90, 1, is_complete=False),
    )
    names = {"p1": "陈桂英", "p2": "买买提·艾力", "l1": "王讲师"}
    site = SiteFacts(
        "s-1", SITE, "雷锋街道党校", "standard", ("第一支部", "第二支部"), 52, 40, 1, 22
    )
    return (
        sign_in_sheet(say, SITE, month[0]),
        session_record(say, SITE, month[0]),
        month_report(say, SITE, "2026-11", month),
        feedback(say, SITE, "2026-11", month),
        running_record(say, SITE, "2026-11", running()),
        year_of_person(say, YearSheetPerson(SITE, "陈桂英", "第一支部"), year()),
        visit_list(say, SITE, "2026-11-30", *unseen()),
        class_file(say, held_class(), progress, names),
        site_file(say, site),
        equipment_list(say, SITE, (StationMachine("PC-01", "2026-03-02"), StationMachine())),
        bulletin(say, "2026-11", (SiteSessions("s-1", SITE, month),)),
    )
