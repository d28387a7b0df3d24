"""Real stations for tests: a home folder with a real store and an invented roster in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.areas.courses.course import PIECE_BYTES, Course, CourseFile
from app.areas.people.person import OrgUnit, Person, Site, Standing, StandingKind, UnitKind
from app.areas.sessions.session import PlanEntry
from app.bootstrap import OpenStation, open_station
from app.domain.ids import CourseId, OrgUnitId, PersonId, PlanId, SiteId
from app.domain.time import ClockGrade, Instant, local_date
from app.machine.clock import BUILT_MS
from app.usecases.station import Station
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow

SCOPE = "site:songling"
NAMES = (
    "陈桂英 陈建国 陈秀兰 陈平 陈平 陈志强 陈明德 王建国 王福生 李秀兰 李长顺 刘金山 "
    "单小平 仇国强 曾玉红 解放军 翟玉珍 覃大勇 区伟明 盖文华 尉迟恭敬 欧阳春梅 "
    "买买提·吐尔逊 阿依古丽·阿不都热合曼 张爱党 赵文华 孙国平 周淑芳 吴志强 郑红卫"
).split()


@dataclass(slots=True)
class SetClock:
    """A clock the test sets; it moves only when told."""

    wall_ms: int = BUILT_MS + 12 * 3_600_000
    mono_ms: int = 1_000
    grade: ClockGrade = ClockGrade.OK
    boot: str = "test-boot"
    proven: list[int] = field(default_factory=list)

    def now(self) -> Instant:
        return Instant(self.wall_ms, self.mono_ms, self.grade)

    def prove(self, wall_ms: int) -> None:
        self.proven.append(wall_ms)

    def pass_minutes(self, minutes: float) -> None:
        self.wall_ms += int(minutes * 60_000)
        self.mono_ms += int(minutes * 60_000)


def sample_people(count: int = len(NAMES)) -> tuple[Person, ...]:
    """People p0 …: tails 0000 … (p3 and p4 share a name), every tenth is away."""
    return tuple(
        Person(
            id=PersonId(f"p{place}"),
            name=NAMES[place % len(NAMES)] + ("" if place < len(NAMES) else str(place)),
            units=(OrgUnitId(f"u{place % 2}"),),
            group=f"{place % 3 + 1}组",
            birth_year=1945 + place % 40,
            phone_tail=f"{place:04d}"[-4:],
            card_no=f"YJ1-{place:05d}",
            standings=(Standing(StandingKind.AWAY),) if place % 10 == 9 else (),
        )
        for place in range(count)
    )


def sample_rows(people: tuple[Person, ...], day: str) -> tuple[FeedRow, ...]:
    """Feed rows of one site: two branches, the people, a plan for ``day`` at 19:30."""
    site = Site(SiteId("songling"), "松岭村学习点")
    units = [OrgUnit(OrgUnitId(f"u{n}"), f"松岭村第{n + 1}支部", UnitKind.BRANCH) for n in range(2)]
    plan = PlanEntry(PlanId("plan1"), day, "19:30", "十一月集中学习")
    bodies: list[tuple[str, str, bytes]] = [("site", site.id, write_row(site))]
    bodies += [("org_unit", unit.id, write_row(unit)) for unit in units]
    bodies += [("person", person.id, write_row(person)) for person in people]
    bodies += [("plan", plan.id, write_row(plan))]
    return tuple(
        FeedRow(kind, key, place + 1, body) for place, (kind, key, body) in enumerate(bodies)
    )


def course_of(path: Path, course: str = "c1", *, duration_ms: int, title: str = "") -> Course:
    """A course made of one local video file (and an .srt beside it), pieces hashed."""
    subtitle = path.with_suffix(".srt")
    return Course(
        id=CourseId(course),
        title=title or path.stem,
        topic="",
        summary="",
        duration_ms=duration_ms,
        width=1280,
        height=720,
        video=file_of(path),
        subtitle=file_of(subtitle) if subtitle.exists() else None,
    )


def file_of(path: Path) -> CourseFile:
    """A file's identity."""
    import hashlib

    data = path.read_bytes()
    pieces = tuple(
        hashlib.sha256(data[at : at + PIECE_BYTES]).hexdigest()
        for at in range(0, len(data), PIECE_BYTES)
    )
    return CourseFile(hashlib.sha256(data).hexdigest(), len(data), pieces, path.suffix)


@contextmanager
def station_at(
    home: Path, *, people: int = len(NAMES), clock: SetClock | None = None, enrolled: bool = True
) -> Iterator[OpenStation]:
    """A station opened on this thread with a sample roster, closed at the end."""
    clock = clock or SetClock()
    opened = open_station(home, clock=clock)
    if enrolled and opened.station.tools.site is None:
        opened.station = at_site(opened.station)
    try:
        fill(opened, people=people, day=local_date(clock.wall_ms).isoformat())
        yield opened
    finally:
        opened.close()


def at_site(station: Station, site: str = "songling") -> Station:
    """The same station as one that knows its site, though it has no line to a centre."""
    tools = replace(station.tools, site=SiteId(site))
    return Station.of(tools, replace(station.sync, tools=tools))


def fill(opened: OpenStation, *, people: int, day: str, scope: str = SCOPE) -> None:
    """Bring the sample roster and plan down as a feed page would."""
    rows = sample_rows(sample_people(people), day)
    opened.station.tools.store.apply_page(FeedPage(scope, len(rows), rows))


def add_course(opened: OpenStation, course: Course, *files: Path) -> None:
    """Publish a course to this station, with its files whole on the shelf."""
    from app.media.shelf import DiskShelf

    store = opened.station.tools.store
    rev = store.cursors(("catalogue",))["catalogue"] + 1
    row = FeedRow("course", course.id, rev, write_row(course))
    store.apply_page(FeedPage("catalogue", rev, (row,)))
    shelf = opened.station.tools.shelf
    if isinstance(shelf, DiskShelf):
        for file, path in zip(course.files, files, strict=False):
            shelf.import_file(file, path)
