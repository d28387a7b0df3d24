"""Records plays of courses: start, bookmarks every 5 s, end with outcome and coverage.

A play is two facts (started, ended); in between its position and what was shown are
bookmarked every 5 s beside the journal, and the next start turns a bookmark that was
left behind into an honest "interrupted".
"""

from __future__ import annotations

from dataclasses import replace

from app.areas.courses import verbs as course_files
from app.areas.courses.course import Course, CourseFile
from app.areas.courses.views import CourseView
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import Interval, PlayOutcome, may_resume
from app.areas.playback.views import PlayView
from app.areas.sessions.verbs import OPERATOR
from app.domain.errors import MediaTrouble, NotFound, NotPossibleNow
from app.domain.ids import CourseId, PlayId, SessionId
from app.ports.player import Clip
from app.ports.store import Reading
from app.usecases.tools import Tools


def courses(tools: Tools) -> tuple[CourseView, ...]:
    """Every course that is not withdrawn, with how whole it is here and whether it may go."""
    with tools.store.read() as reading:
        now = course_files.standing(tools, reading)
    coming = {one.file.sha256 for one in course_files.wanted_of(tools, now)}
    return tuple(
        replace(
            course_view(tools, course),
            played=course.id in now.played,
            hold=now.hold(course),
            planned=now.planned.get(course.id, ""),
            comes=any(file.sha256 in coming for file in course.files),
        )
        for course in sorted(now.courses, key=lambda one: (one.title, one.id))
        if not course.withdrawn
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


def clip(tools: Tools, course: CourseId) -> Clip:
    """What to play; MediaTrouble says in words why it can't be played now."""
    with tools.store.read() as reading:
        known = _course(reading, course)
    if known.withdrawn:
        raise NotPossibleNow("refusal.withdrawn_course")
    video = tools.shelf.whole(known.video)
    if video is None:
        course_files.want(tools, known)
        view = course_view(tools, known)
        raise MediaTrouble(
            "media.partial" if view.percent else "media.missing",
            title=known.title,
            percent=view.percent,
        )
    subtitle = None if known.subtitle is None else tools.shelf.whole(known.subtitle)
    return Clip(video, known.duration_ms, known.width, known.height, subtitle)


def resume_offer(tools: Tools, session: SessionId | None, course: CourseId) -> int | None:
    """Position (ms) to ask about, only between 30 s and 95 %."""
    with tools.store.read() as reading:
        known = _course(reading, course)
        position = reading.last_position(session, course)
    if position is None or not may_resume(position, known.duration_ms):
        return None
    return position


def started(tools: Tools, session: SessionId | None, course: CourseId, from_ms: int) -> PlayId:
    """A course begins to play."""
    with tools.store.begin() as work:
        known = _course(work, course)
        play = PlayId(tools.new_id("y"))
        work.record(
            PlaybackStarted(play, session, course, known.video.sha256, from_ms, known.duration_ms),
            actor=OPERATOR,
        )
        return play


def bookmark(tools: Tools, play: PlayId, position_ms: int, shown: tuple[Interval, ...]) -> None:
    """Remember where it stands and what was shown."""
    with tools.store.begin() as work:
        found = work.play(play)
        if found is not None and found.outcome is None:
            work.bookmark(play, position_ms, shown)


def ended(
    tools: Tools,
    play: PlayId,
    outcome: PlayOutcome,
    position_ms: int,
    shown: tuple[Interval, ...],
) -> None:
    """A play is over; a second end of the same play changes nothing."""
    with tools.store.begin() as work:
        found = work.play(play)
        if found is None:
            raise NotFound("refusal.no_course")
        if found.outcome is None:
            work.record(_ended(play, outcome, position_ms, shown), actor=OPERATOR)
        known = work.course(found.course)
    if outcome is PlayOutcome.FULL and known is not None:
        tools.shelf.cannot_show(known.video, False)


def show(tools: Tools, play: PlayId) -> PlayView:
    """One play as it stands; NotFound if there is none."""
    with tools.store.read() as reading:
        found = reading.play(play)
    if found is None:
        raise NotFound("refusal.no_course")
    return found


def file_is_right(tools: Tools, course: CourseId) -> bool:
    """Whether the video's bytes are the published ones; a damaged one is set aside."""
    with tools.store.read() as reading:
        known = _course(reading, course)
    return tools.shelf.is_right(known.video)


def report_broken(tools: Tools, course: CourseId) -> str:
    """The player could not play it: why, as a key of the catalogue.

    ``media.broken``: its bytes are damaged, it was set aside and will be fetched again.
    ``media.not_shown``: its bytes are right, so fetching it again would change nothing; it stays,
    and that this PC cannot show it is remembered until it could.
    """
    with tools.store.read() as reading:
        known = _course(reading, course)
    if not tools.shelf.is_right(known.video):
        return "media.broken"
    tools.shelf.cannot_show(known.video, True)
    return "media.not_shown"


def settle_interrupted(tools: Tools) -> int:
    """At start: plays that the last run left without an end get their honest one."""
    with tools.store.read() as reading:
        left = reading.unfinished_plays()
    if not left:
        return 0
    with tools.store.begin() as work:
        for play, position_ms, shown in left:
            work.record(
                _ended(play, PlayOutcome.INTERRUPTED, position_ms, shown),
                actor="station",
            )
    return len(left)


def _ended(
    play: PlayId, outcome: PlayOutcome, position_ms: int, shown: tuple[Interval, ...]
) -> PlaybackEnded:
    return PlaybackEnded(
        play, outcome, position_ms, tuple((one.start_ms, one.end_ms) for one in shown)
    )


def _course(reading: Reading, course: CourseId) -> Course:
    known = reading.course(course)
    if known is None:
        raise NotFound("refusal.no_course")
    return known
