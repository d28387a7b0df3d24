"""Which course files belong on this PC: what is fetched, what goes, what a person may delete.

Fetched are, in this order: courses of the session that runs or is prepared, of the plan's next
days, those somebody asked for – and then the newest of the catalogue, as far as the stated room
goes. Files of withdrawn and superseded courses go by themselves, but never while something plays
and never those of an open session. What a person deleted stays away until it is asked for or
planned.
"""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from app.areas.courses.course import Course, CourseFile
from app.areas.courses.views import CourseView
from app.domain.errors import NotFound, NotPossibleNow
from app.domain.ids import CourseId
from app.domain.time import local_date
from app.domain.values import dataclass
from app.usecases.tools import Tools
from app.wire.messages import FeedPage

if TYPE_CHECKING:
    from app.store.reading import StoreReading

_log = logging.getLogger("media")

CATALOGUE = "catalogue"
PLAN_DAYS = 60
"""Courses of sessions so far ahead are always fetched."""
SPARE_BYTES = 512 << 20
"""Courses stop before the disk is this full; sign-ins go on (reliability 3 #6)."""
KEPT_FREE_BYTES = 8 << 30
"""What nobody planned or asked for leaves this much of the disk free, or a fifth of it."""
MOST_UNASKED_BYTES = 20 << 30
"""And takes this much of it at most."""

_PUT_AWAY = "courses_put_away"
_ASKED = "courses_asked"
_CATALOGUE_WHOLE = "catalogue_whole"
"""At which revision the centre's sum of the catalogue fitted what is held here."""


class CourseSnapshot(Struct, frozen=True):
    """What is known of all courses at one moment, for judging each.

    ``put_away`` and ``asked`` are as a person last said it, by the hash of the video, so that a
    new version of a course is a new course.
    """

    courses: tuple[Course, ...]
    """Newest first, withdrawn ones too."""
    running: frozenset[CourseId]
    planned: dict[CourseId, str]
    """Course → ISO date of the first session it is planned for, in order."""
    played: frozenset[CourseId]
    is_playing: bool
    put_away: frozenset[str]
    asked: frozenset[str]

    def must_come(self, course: Course) -> bool:
        """Whether a person counts on it."""
        needed = course.id in self.running or course.id in self.planned
        return needed or course.video.sha256 in self.asked

    def is_put_away(self, course: Course) -> bool:
        """Whether a person deleted it and nobody has wanted it since."""
        return course.video.sha256 in self.put_away and not self.must_come(course)

    def hold(self, course: Course) -> str:
        """Why it may not be deleted now, as the catalogue's key; empty if it may."""
        if course.id in self.running or self.is_playing:
            return "refusal.course_in_use"
        return "refusal.course_planned" if course.id in self.planned else ""

    def in_order(self) -> list[Course]:
        """Live courses, those that must come first, then the newest."""
        live = {one.id: one for one in self.courses if not one.withdrawn}
        order = [*sorted(self.running), *self.planned]
        first = [live[one] for one in order if one in live]
        first += [one for one in live.values() if one.video.sha256 in self.asked]
        return list({one.id: one for one in [*first, *live.values()]}.values())

    def needed(self) -> frozenset[str]:
        """The hashes of all files that stay."""
        kept = [
            one
            for one in self.courses
            if one.id in self.running or not (one.withdrawn or self.is_put_away(one))
        ]
        return frozenset(file.sha256 for one in kept for file in one.files)


class WantedFile(Struct, frozen=True):
    """One file to fetch; ``must`` is true when a person counts on it."""

    title: str
    file: CourseFile
    must: bool


class FreedSpace(Struct, frozen=True):
    """What was deleted: titles of courses, files of no course any more, bytes in all."""

    titles: tuple[str, ...]
    dead_files: int
    bytes: int


def standing(tools: Tools, reading: StoreReading) -> CourseSnapshot:
    """Where all courses stand now. Store lane."""
    today = local_date(tools.clock.now().wall_ms)
    last = min(today, today.max - timedelta(days=PLAN_DAYS)) + timedelta(days=PLAN_DAYS)
    planned: dict[CourseId, str] = {}
    for plan in reading.plans(today.isoformat(), last.isoformat()):
        for course in plan.courses:
            planned.setdefault(course, plan.date)
    open_now = reading.open_session()
    return CourseSnapshot(
        courses=reading.newest_courses(),
        running=frozenset() if open_now is None else frozenset(open_now.courses),
        planned=planned,
        played=reading.played_courses(),
        is_playing=bool(reading.unfinished_plays()),
        put_away=_said(reading, _PUT_AWAY),
        asked=_said(reading, _ASKED),
    )


def wanted(tools: Tools) -> tuple[WantedFile, ...]:
    """Files that are not whole and are to be fetched, in order. Store lane."""
    with tools.store.read() as reading:
        now = standing(tools, reading)
    return wanted_of(tools, now)


def wanted_of(tools: Tools, now: CourseSnapshot) -> tuple[WantedFile, ...]:
    """The same, where the standing is known."""
    shelf, found = tools.shelf, list[WantedFile]()
    room = tools.shelf.free_bytes() - kept_free(tools)
    unasked = MOST_UNASKED_BYTES
    for course in now.in_order():
        missing = tuple(file for file in course.files if shelf.whole(file) is None)
        left = sum(file.size_bytes - shelf.have_bytes(file) for file in missing)
        must = now.must_come(course)
        if not must:
            size = sum(file.size_bytes for file in course.files)
            if now.is_put_away(course) or (missing and (left > room or size > unasked)):
                continue
            unasked -= size
        room -= left
        found += [WantedFile(course.title, file, must) for file in missing]
    return tuple(found)


def kept_free(tools: Tools) -> int:
    """How much of the disk stays free of courses that nobody counts on."""
    return max(SPARE_BYTES, min(KEPT_FREE_BYTES, tools.shelf.disk_bytes() // 5))


def needed(tools: Tools) -> frozenset[str] | None:
    """The hashes of all files that stay; None when now is no time to delete. Store lane.

    What no row names any more goes only when the catalogue is known to be whole here.
    """
    with tools.store.read() as reading:
        now = standing(tools, reading)
        proven = reading.setting(_CATALOGUE_WHOLE)
    if now.is_playing or not now.courses:
        return None
    kept = now.needed()
    if proven == _here(tools):
        return kept
    known = {file.sha256 for one in now.courses for file in one.files}
    return kept | frozenset(tools.shelf.dead(frozenset(known)))


def note_catalogue(tools: Tools, page: FeedPage, *, wrong: bool) -> None:
    """A page of the catalogue was taken: remember whether all of it is here. Store lane."""
    here = _here(tools)
    ends = page.held is not None and not page.more and not wrong and here == str(page.to_rev)
    with tools.store.read() as reading:
        before = reading.setting(_CATALOGUE_WHOLE)
    if ends and before != here:
        with tools.store.begin() as work:
            work.keep_setting(_CATALOGUE_WHOLE, here)
    elif not ends and before is not None and (page.more or page.reset or wrong):
        with tools.store.begin() as work:
            work.forget_setting(_CATALOGUE_WHOLE)


@dataclass(frozen=True, slots=True)
class Courses:
    """What can be done about courses and their files."""

    tools: Tools

    def all(self) -> tuple[CourseView, ...]:
        """Every course that is not withdrawn, with how whole it is here and whether it may go."""
        with self.tools.store.read() as reading:
            now = standing(self.tools, reading)
        coming = {one.file.sha256 for one in wanted_of(self.tools, now)}
        return tuple(
            replace(
                course_view(self.tools, course),
                played=course.id in now.played,
                hold=now.hold(course),
                planned=now.planned.get(course.id, ""),
                comes=any(file.sha256 in coming for file in course.files),
            )
            for course in sorted(now.courses, key=lambda one: (one.title, one.id))
            if not course.withdrawn
        )

    def delete(self, course: CourseId) -> FreedSpace:
        """Delete a course's files; it does not come back until it is asked for or planned.

        Raises:
            NotFound: there is no such course.
            NotPossibleNow: it is planned, or something plays.
        """
        with self.tools.store.begin() as work:
            now = standing(self.tools, work)
            known = _known(now, course)
            if hold := now.hold(known):
                day = now.planned.get(course, "")
                raise NotPossibleNow(hold, title=known.title, day=day)
            work.keep_setting(_PUT_AWAY, _list(_live(now.put_away, now) | {known.video.sha256}))
            work.keep_setting(_ASKED, _list(_live(now.asked, now) - {known.video.sha256}))
            others = {
                file.sha256
                for one in now.courses
                for file in one.files
                if one.id != course and not one.withdrawn
            }
        freed = sum(
            self.tools.shelf.drop(file) for file in known.files if file.sha256 not in others
        )
        _log.info("course %s deleted by a person, %d bytes", course, freed)
        return FreedSpace((known.title,), 0, freed)

    def ask_for(self, course: CourseId) -> Course:
        """Fetch a course that was deleted or for which there was no room.

        Raises:
            NotFound: there is no such course, or it was withdrawn.
        """
        with self.tools.store.begin() as work:
            now = standing(self.tools, work)
            known = _known(now, course)
            if known.withdrawn:
                raise NotPossibleNow("refusal.withdrawn_course")
            work.keep_setting(_ASKED, _list(_live(now.asked, now) | {known.video.sha256}))
            work.keep_setting(_PUT_AWAY, _list(_live(now.put_away, now) - {known.video.sha256}))
        self.tools.sync.course_pauses.clear()
        return known

    def free(self) -> FreedSpace:
        """Delete all that is of no course any more, and all played courses that are not planned."""
        dead = sweep(self.tools, needed(self.tools))
        with self.tools.store.read() as reading:
            now = standing(self.tools, reading)
        told = [self.delete(one.id) for one in now.courses if is_freeable(self.tools, now, one)]
        return FreedSpace(
            tuple(title for one in told for title in one.titles if one.bytes),
            len(dead),
            sum(one.bytes for one in told) + sum(dead.values()),
        )


def course_view(tools: Tools, course: Course) -> CourseView:
    """One course and its readiness, from what the shelf has verified."""
    total = sum(file.size_bytes for file in course.files)
    have = sum(tools.shelf.have_bytes(file) for file in course.files)
    ready = all(tools.shelf.whole(file) is not None for file in course.files)
    percent = 100 if ready else min(99, have * 100 // total) if total else 0
    trouble = "" if ready else _trouble(tools, course, have)
    if ready and tools.shelf.is_not_shown(course.video):
        trouble = "media.not_shown"
    return CourseView(
        course,
        ready,
        percent,
        trouble,
        here_bytes=have,
        checking=any(_is_looked_at(tools, file) for file in course.files),
    )


def _trouble(tools: Tools, course: Course, have: int) -> str:
    paused = (tools.sync.course_pauses.get(file.sha256) for file in course.files)
    wrong = next((key for _until, _rev, key in filter(None, paused)), "")
    return wrong or ("media.missing" if have == 0 else "media.partial")


def _is_looked_at(tools: Tools, file: CourseFile) -> bool:
    now = tools.sync.fetching
    return now is not None and now.sha256 == file.sha256 and now.looked_at > 0


def want(tools: Tools, course: Course) -> None:
    """Somebody would play it now and it is not here: whatever was said before, it is to come."""
    with tools.store.read() as reading:
        comes = standing(tools, reading).must_come(course)
    if not comes:
        Courses(tools).ask_for(course.id)


def sweep(tools: Tools, keep: frozenset[str] | None) -> dict[str, int]:
    """Delete files that are of no course any more; hash → bytes. See ``needed``."""
    return {} if keep is None else tools.shelf.sweep(keep)


def is_freeable(tools: Tools, now: CourseSnapshot, course: Course) -> bool:
    """Whether it was played to its end, lies here, and nobody counts on it."""
    if course.id not in now.played or course.withdrawn or now.hold(course):
        return False
    return any(tools.shelf.have_bytes(file) for file in course.files)


def _here(tools: Tools) -> str:
    return str(tools.store.cursors((CATALOGUE,))[CATALOGUE])


def _known(now: CourseSnapshot, course: CourseId) -> Course:
    for one in now.courses:
        if one.id == course:
            return one
    raise NotFound("refusal.no_course")


def _said(reading: StoreReading, name: str) -> frozenset[str]:
    try:
        return frozenset(str(one) for one in json.loads(reading.setting(name) or "[]"))
    except (ValueError, TypeError):
        return frozenset()


def _live(hashes: frozenset[str], now: CourseSnapshot) -> frozenset[str]:
    """Only what a course still has: the list never grows for ever."""
    return hashes & {one.video.sha256 for one in now.courses}


def _list(hashes: frozenset[str]) -> str:
    return json.dumps(sorted(hashes))
