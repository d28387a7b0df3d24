"""Sessions as forms see them, and every form made of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.areas.attendance.marks import RosterStatus, Status, count_turnout
from app.areas.forms.form import Form
from app.areas.forms.held import FormSession, GivenLecture, ListedOne, ShownCourse
from app.areas.forms.sheets.month_report import month_report
from app.areas.forms.sheets.session_record import session_record
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.areas.people.person import StandingKind
from app.areas.sessions.session import NotHeldReason, Step
from app.domain.time import LOCAL, wall_ms_of
from app.words import say

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


def every_form() -> tuple[Form, ...]:
    """One of each."""
    month = november()
    return (
        sign_in_sheet(say, SITE, month[0]),
        session_record(say, SITE, month[0]),
        month_report(say, SITE, "2026-11", month),
    )
