"""Which course files are fetched, which go by themselves, and what a person deletes stays away."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from app.areas.courses import verbs as course_files
from app.areas.courses.course import Course
from app.areas.courses.verbs import (
    CATALOGUE,
    KEPT_FREE_BYTES,
    MOST_UNASKED_BYTES,
    SPARE_BYTES,
    Courses,
)
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.session import PlanEntry
from app.bootstrap import OpenStation
from app.domain.errors import MediaTrouble, NotFound, NotPossibleNow
from app.domain.ids import CourseId, PlanId
from app.media.shelf import DiskShelf
from app.usecases.tools import Tools
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow, Held
from tests.support.stations import SCOPE, add_course, course_of, station_at

DAY = "2026-11-28"
GIB = 1 << 30


class SmallDisk(DiskShelf):
    """The real shelf on a disk of another size."""

    free = 100 * GIB
    total = 200 * GIB

    def free_bytes(self) -> int:
        return self.free

    def disk_bytes(self) -> int:
        return self.total


@dataclass
class Place:
    """A station whose disk can be made small; courses are 1,000 bytes each."""

    opened: OpenStation
    folder: Path
    shelf: SmallDisk
    made: dict[str, Course] = field(default_factory=dict)

    @property
    def tools(self) -> Tools:
        return replace(self.opened.station.tools, shelf=self.shelf)

    def course(
        self, name: str, *, version: int = 1, here: bool = True, **changed: object
    ) -> Course:
        path = self.folder / f"{name}{version}.mp4"
        path.write_bytes(random.Random(f"{name}{version}").randbytes(1_000))
        course = replace(course_of(path, name, duration_ms=60_000, title=name), **changed)  # type: ignore[arg-type]  # what a test says
        add_course(self.opened, course, *([path] if here else []))
        self.made[name] = course
        return course

    def plan(self, day: str, *courses: Course) -> None:
        rev = self.opened.station.tools.store.cursors((SCOPE,))[SCOPE] + 1
        plan = PlanEntry(PlanId(f"l{rev}"), day, "19:30", "x", courses=tuple(c.id for c in courses))
        row = FeedRow("plan", plan.id, rev, write_row(plan))
        self.opened.station.tools.store.apply_page(FeedPage(SCOPE, rev, (row,)))

    def withdraw(self, name: str) -> None:
        add_course(self.opened, replace(self.made[name], withdrawn=True))

    def played(self, name: str) -> None:
        station = self.opened.station
        play = station.playback.started(None, CourseId(name), 0)
        station.playback.ended(play, PlayOutcome.FULL, 60_000, ())

    def wanted(self) -> list[str]:
        return [one.title for one in course_files.wanted(self.tools)]

    def here(self) -> set[str]:
        return {name for name, one in self.made.items() if self.shelf.whole(one.video) is not None}

    def prove(self) -> None:
        """The centre's sum of the catalogue fits."""
        store = self.opened.station.tools.store
        rev = store.cursors((CATALOGUE,))[CATALOGUE]
        page = FeedPage(CATALOGUE, rev, (), from_rev=rev, held=Held(0, bytes(16)))
        course_files.note_catalogue(self.tools, page, wrong=False)

    def sweep(self) -> int:
        tools = self.tools
        return sum(course_files.sweep(tools, course_files.needed(tools)).values())


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with station_at(tmp_path / "home") as opened:
        yield Place(opened, tmp_path, SmallDisk(tmp_path / "home" / "media"))


def test_planned_courses_come_first_then_the_newest(place: Place) -> None:
    old, middle, _new = (place.course(one, here=False) for one in ("old", "middle", "new"))
    assert place.wanted() == ["new", "middle", "old"]
    place.plan(DAY, middle)
    place.plan("2026-11-27", old)
    assert place.wanted() == ["old", "middle", "new"]
    place.plan("2027-11-28", place.course("far", here=False))
    assert place.wanted() == ["old", "middle", "far", "new"], "a year ahead is not planned yet"


def test_what_nobody_counts_on_leaves_room_and_what_is_planned_comes_all_the_same(
    place: Place,
) -> None:
    planned = place.course("planned", here=False)
    place.course("other", here=False)
    place.plan(DAY, planned)
    place.shelf.free = KEPT_FREE_BYTES + 1_999
    assert place.wanted() == ["planned"], "both do not fit"
    place.shelf.free = KEPT_FREE_BYTES + 2_000
    assert place.wanted() == ["planned", "other"]
    place.shelf.free = SPARE_BYTES + 1_000
    assert place.wanted() == ["planned"]
    place.shelf.total = 10 * GIB
    place.shelf.free = 2 * GIB + 2_000
    assert place.wanted() == ["planned", "other"], "of a small disk a fifth stays free"


def test_the_catalogue_takes_no_more_than_its_share(place: Place) -> None:
    huge = place.course("huge", here=False)
    place.course("small", here=False)
    large = replace(huge.video, size_bytes=MOST_UNASKED_BYTES)
    place.shelf.free = place.shelf.total = 1000 * GIB
    place.course("huge", here=False, video=replace(large, pieces=("0" * 64,) * (20 << 10)))
    assert place.wanted() == ["huge"], "the newest takes all of it"
    place.opened.station.courses.ask_for(CourseId("small"))
    assert place.wanted() == ["small", "huge"]


def test_a_deleted_course_stays_away_until_it_is_asked_for_or_planned(place: Place) -> None:
    course = place.course("film")
    freed = Courses(place.tools).delete(course.id)
    assert (freed.titles, place.here(), place.wanted()) == (("film",), set(), [])
    assert freed.bytes >= 1_000
    (view,) = place.opened.station.courses.all()
    assert (view.ready, view.comes, view.here_bytes) == (False, False, 0)
    Courses(place.tools).ask_for(course.id)
    assert place.wanted() == ["film"]
    Courses(place.tools).delete(course.id)
    assert place.wanted() == [], "the last word counts"
    place.plan(DAY, course)
    assert place.wanted() == ["film"]


def test_a_new_version_of_a_deleted_course_is_a_new_course(place: Place) -> None:
    place.course("film")
    Courses(place.tools).delete(CourseId("film"))
    place.course("film", version=2, here=False)
    assert place.wanted() == ["film"]


@pytest.mark.parametrize("why", ["planned", "prepared", "playing"])
def test_what_is_needed_is_not_deleted_and_the_reason_is_said(why: str, place: Place) -> None:
    course = place.course("film")
    place.played("film")
    station = place.opened.station
    if why == "planned":
        place.plan(DAY, course)
    elif why == "prepared":
        station.sessions.prepare_extra("学习", (course.id,))
    else:
        station.playback.started(None, course.id, 0)
    with pytest.raises(NotPossibleNow) as refused:
        station.courses.delete(course.id)
    expected = "refusal.course_planned" if why == "planned" else "refusal.course_in_use"
    assert refused.value.key == expected
    assert station.courses.free().bytes == 0
    assert place.here() == {"film"}
    (view,) = station.courses.all()
    assert view.hold == expected
    with pytest.raises(NotFound):
        station.courses.delete(CourseId("nonsense"))


def test_superseded_and_withdrawn_files_go_by_themselves(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    old = place.course("film")
    place.course("film", version=2)
    place.course("recalled")
    place.withdraw("recalled")
    place.course("stays")
    broken = place.folder / "home" / "media" / ("c" * 64 + ".broken")
    broken.write_bytes(bytes(5_000))
    place.prove()
    assert place.sweep() >= 7_000
    assert place.here() == {"film", "stays"}
    assert place.shelf.whole(old.video) is None
    assert not broken.exists()
    assert f"course file {old.video.sha256[:8]} deleted" in caplog.text
    assert place.sweep() == 0


def test_nothing_goes_while_something_plays_nor_from_an_open_session(place: Place) -> None:
    course = place.course("film")
    place.withdraw("film")
    station = place.opened.station
    play = station.playback.started(None, course.id, 0)
    assert place.sweep() == 0
    station.playback.ended(play, PlayOutcome.STOPPED, 1_000, ())
    session = station.sessions.prepare_extra("学习", (course.id,)).session.id
    assert place.sweep() == 0
    station.sessions.open_sign_in(session)
    station.sessions.close(session)
    assert place.sweep() > 0
    assert place.here() == set()


def test_what_no_row_names_stays_until_the_catalogue_is_known_to_be_whole(place: Place) -> None:
    """A catalogue that is just being fetched anew, or an empty centre, costs no film."""
    course = place.course("film")
    tools, store = place.tools, place.opened.station.tools.store
    place.prove()
    partial = FeedPage(CATALOGUE, 1, (), reset=True, more=True)
    store.apply_page(partial)
    course_files.note_catalogue(tools, partial, wrong=False)
    assert place.sweep() == 0
    other = place.course("other")
    place.withdraw("other")
    assert place.sweep() > 0, "a withdrawn one goes at once"
    assert tools.shelf.whole(course.video) is not None
    assert tools.shelf.whole(other.video) is None
    place.course("third")
    assert place.sweep() == 0
    place.prove()
    assert place.sweep() > 0


def test_played_courses_are_offered_and_freed_together(place: Place) -> None:
    for name in ("seen", "unseen", "planned"):
        place.course(name)
    place.played("seen")
    place.played("planned")
    place.plan(DAY, place.made["planned"])
    views = {one.course.id: one for one in place.opened.station.courses.all()}
    offered = [one for one, view in views.items() if view.played and not view.hold]
    assert offered == ["seen"]
    freed = place.opened.station.courses.free()
    assert (freed.titles, freed.dead_files) == (("seen",), 0)
    assert place.here() == {"unseen", "planned"}
    assert place.opened.station.courses.free().bytes == 0


def test_a_file_two_courses_share_stays_with_the_other(place: Place) -> None:
    first = place.course("first")
    place.course("second", video=first.video, here=False)
    Courses(place.tools).delete(first.id)
    assert place.shelf.whole(first.video) is not None


def test_whoever_would_play_a_deleted_course_asks_for_it(place: Place) -> None:
    course = place.course("film")
    Courses(place.tools).delete(course.id)
    with pytest.raises(MediaTrouble) as refused:
        place.opened.station.playback.clip(course.id)
    assert refused.value.key == "media.missing", "which says that it will come"
    assert place.wanted() == ["film"]
