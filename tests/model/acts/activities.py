"""What an operator says was done in a session, and sessions that are written down afterwards."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.areas.sessions.facts import HeadsCounted, LectureGiven, VisitMade
from app.areas.sessions.kinds import AGENDA, HEADS, SessionKind
from app.areas.sessions.late_verbs import LateSheet, SheetMark, SheetVisitor
from app.domain.ids import FactHash, PersonId, SessionId
from app.domain.personal import LeaveKind, Personal
from app.usecases.station import Station

KINDS = (
    *(SessionKind.GROUP_SESSION, SessionKind.THEME_DAY, SessionKind.TALK),
    *(SessionKind.ROUTE, SessionKind.HOME_VISIT),
)
STOPS = ("纪念馆", "雷高路", "小学")
DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Table:
    """Where such things are said: a station, its running session if any, and who is known there."""

    station: Station
    chance: random.Random
    session: SessionId
    people: Sequence[PersonId]
    wall_ms: int

    def somebody(self) -> PersonId:
        """Anybody of the roster."""
        return self.chance.choice(self.people) if self.people else PersonId("p-nobody")


def _tick(at: Table) -> None:
    item, is_done = at.chance.choice(AGENDA), at.chance.random() < 0.7
    at.station.activities.tick(at.session, item, is_done=is_done, reason="没来得及")


def _stop(at: Table) -> None:
    at.station.activities.reach(at.session, at.chance.choice(STOPS))


def _heads(at: Table) -> None:
    count = at.chance.randrange(50)
    at.station.activities.count_heads(at.session, at.chance.choice(HEADS), count)


def _lecture(at: Table) -> None:
    person = at.somebody() if at.chance.random() < 0.5 else None
    told = LectureGiven(at.session, at.chance.choice(STOPS), 40, person=person)
    at.station.activities.lecture(told, "" if person else "丁一")


def _visit(at: Table) -> None:
    told = VisitMade(at.session, at.somebody(), 45, at.somebody())
    at.station.activities.visit(told, "留下学习资料")


def _slip(at: Table) -> None:
    """Something that was said is taken back; without anything the station refuses."""
    done = at.station.sessions.show(at.session).session.activities
    hashes = [one.hash for group in (done.agenda, done.heads, done.stops) for one in group]
    target = at.chance.choice(hashes) if hashes else "0" * 64
    at.station.activities.take_back(at.session, FactHash(target))


def _written_down(at: Table) -> None:
    """A paper list of some days ago; now and then a draft is put aside, gone on with or given up."""
    drafts = at.station.late.drafts()
    marks = tuple({one: SheetMark(one) for one in (at.somebody(), at.somebody())}.values())
    if drafts and at.chance.random() < 0.7:
        draft = drafts[0].session.id
        if at.chance.random() < 0.3:
            at.station.late.drop(draft, "记错了")
        else:
            at.station.late.go_on(draft, marks)
        return
    from_ms = at.wall_ms - at.chance.randrange(1, 20) * DAY_MS
    sheet = LateSheet(
        "院坝宣讲",
        from_ms,
        from_ms + 3_600_000,
        by="丁一",
        reason="停电",
        kind=SessionKind.TALK,
        marks=(*marks, SheetMark(at.somebody(), leave=LeaveKind.SICK)),
        visitors=(SheetVisitor("周来宾"),),
        activities=((HeadsCounted(SessionId(""), "villager", 30), Personal()),),
    )
    at.station.late.enter(sheet, hand_in=at.chance.random() < 0.7)


ACTS: dict[str, Callable[[Table], None]] = {
    "tick": _tick,
    "stop": _stop,
    "heads": _heads,
    "lecture": _lecture,
    "visit": _visit,
    "slip": _slip,
    "written_down": _written_down,
}
