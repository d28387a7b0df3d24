"""A station as it is after some months: films with pictures, past sessions, a month that is planned.

An empty page is no fault of a station that was opened yesterday; this is what is measured for room.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPixmap, QPolygonF

from app.areas.courses.views import CourseView
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.session import PlanEntry
from app.domain.ids import CourseId, PlanId
from app.domain.time import local_date
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SCOPE, SetClock, sample_people, sample_rows
from tests.ui.audit.states import furnish
from tests.ui.operator_driver import Stand, sample_course

DAY_MS = 86_400_000
SUMMARY = (
    "讲清法律里和村民关系最大的几条：承包地、宅基地、产业扶持和人居环境，"
    "每一条都用邻村的真事说明。适合党员、村民代表和返乡青年。"
)
MORE_COURSES = (
    (
        "c4",
        "柑橘修剪与保果：从春梢到秋梢",
        "农业技术",
        41,
        "三刀修剪法和壮果肥，果农一看就会；附当地品种的采收时间。",
    ),
    (
        "c5",
        "家庭用火用电安全",
        "安全知识",
        18,
        "火塘、电热毯和三轮车充电：冬天最常见的三种火灾怎么防。",
    ),
    (
        "c6",
        "老年人智能手机入门：挂号、缴费、视频通话",
        "生活服务",
        33,
        "给六十岁以上的人：字号调大，一步一步跟着做。",
    ),
)
PAST = (
    (3, "防诈骗知识讲座", 21),
    (10, "十一月第一次集中学习", 24),
    (17, "冬季用火安全", 19),
    (26, "主题党日：重走茶马古道", 23),
    (38, "柑橘冬剪现场课", 17),
    (45, "十月集中学习", 25),
    (59, "老年人手机课", 12),
    (73, "九月集中学习", 22),
    (80, "秋收防火", 18),
)
"""Days ago, title, how many came."""
COMING = ((3, "主题党日", "14:30"), (6, "老年人智能手机入门", "09:00"))
"""In so many days, title, time."""


class DrawnPictures(QObject):
    """Stands in for ``FilmPictures``: the same landscape for every film that is here."""

    made = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._drawn = _landscape()

    def picture(self, view: CourseView) -> QPixmap | None:
        return self._drawn if view.ready else None


def live_in(stand: Stand, clock: SetClock, folder: Path) -> None:
    """Some months have passed; tonight there is the next planned session."""
    furnish(stand, folder)
    sample_course(stand.opened, folder, "c1", subtitle=True, summary=SUMMARY)
    sample_course(
        stand.opened, folder, "c2", title="大棚蔬菜病虫害绿色防控技术要点", topic="农业技术",
        minutes=38, summary="黄板、性诱剂和轮作怎么配合，少打三分之一的药；每种虫一张图。",
    )  # fmt: skip
    for course, title, topic, minutes, summary in MORE_COURSES:
        sample_course(
            stand.opened, folder, course, title=title, topic=topic, minutes=minutes, summary=summary
        )
    plain, pictures = stand.desk, DrawnPictures()
    stand.desk = lambda: replace(plain(), pictures=pictures)  # type: ignore[method-assign,arg-type]
    now_ms = clock.wall_ms
    for days, title, came in sorted(PAST, reverse=True):
        clock.wall_ms = now_ms - days * DAY_MS
        _hold(stand, clock, title, came)
    clock.wall_ms = now_ms
    stand.opened.station.tools.sync.last_success_ms = now_ms - DAY_MS // 3
    _plan(stand, local_date(now_ms))


def _hold(stand: Stand, clock: SetClock, title: str, came: int) -> None:
    station = stand.opened.station
    session = begin(stand.opened, title)
    sign_in(stand.opened, session, *range(came))
    play = station.playback.started(session, CourseId("c2"), 0)
    clock.pass_minutes(52)
    station.playback.ended(play, PlayOutcome.FULL, 38 * 60_000, ())
    station.sessions.close(session)


def _plan(stand: Stand, today: date) -> None:
    rows = list(sample_rows(sample_people(), today.isoformat()))
    tonight = PlanEntry(
        PlanId("plan1"), today.isoformat(), "19:30", "十一月集中学习",
        courses=(CourseId("c1"), CourseId("c2")),
    )  # fmt: skip
    rows.append(FeedRow("plan", tonight.id, len(rows) + 1, write_row(tonight)))
    for at, (days, title, start) in enumerate(COMING):
        day = (today + timedelta(days=days)).isoformat()
        plan = PlanEntry(PlanId(f"coming{at}"), day, start, title)
        rows.append(FeedRow("plan", plan.id, len(rows) + 1, write_row(plan)))
    stand.opened.station.tools.store.apply_page(FeedPage(SCOPE, len(rows), tuple(rows)))


def _landscape() -> QPixmap:
    """Sky, hills, a terraced field and a house: a film's picture is never of one colour."""
    picture = QPixmap(480, 270)
    painter = QPainter(picture)
    sky = QLinearGradient(0, 0, 0, 270)
    sky.setColorAt(0, QColor("#7FA6C4"))
    sky.setColorAt(1, QColor("#E9E2C8"))
    painter.fillRect(picture.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    for line in range(9):
        painter.setBrush(QColor.fromHsv(90 + line * 4, 120, 170 - line * 11))
        top = 110.0 + line * 18
        hill = [QPointF(x, top + 14 * ((x // 60 + line) % 3)) for x in range(0, 481, 60)]
        painter.drawPolygon(QPolygonF([*hill, QPointF(480, 270), QPointF(0, 270)]))
    painter.setBrush(QColor("#A3261B"))
    painter.drawRect(QRectF(330, 150, 70, 40))
    painter.end()
    return picture
