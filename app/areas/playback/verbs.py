"""Records plays of courses: start, bookmarks every 5 s, end with outcome and coverage.

A play is two facts (started, ended); in between its position and what was shown are
bookmarked every 5 s beside the journal, and the next start turns a bookmark that was
left behind into an honest "interrupted".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.areas.courses import verbs as course_files
from app.areas.courses.course import Course
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import Interval, PlayOutcome, may_resume
from app.areas.playback.views import PlayView
from app.areas.sessions.verbs import OPERATOR
from app.domain.errors import MediaTrouble, NotFound, NotPossibleNow
from app.domain.ids import CourseId, PlayId, SessionId
from app.domain.values import dataclass
from app.ports.player import Clip
from app.usecases.tools import Tools

if TYPE_CHECKING:
    from app.store.reading import StoreReading


@dataclass(frozen=True, slots=True)
class Playback:
    """What can be done about playing a course; every change is one unit of work."""

    tools: Tools

    def clip(self, course: CourseId, *, evened: bool = True) -> Clip:
        """What to play, as loud as others if ``evened``; MediaTrouble says why it can't be now."""
        with self.tools.store.read() as reading:
            known = _course(reading, course)
        if known.withdrawn:
            raise NotPossibleNow("refusal.withdrawn_course")
        video = self.tools.shelf.whole(known.video)
        if video is None:
            course_files.want(self.tools, known)
            view = course_files.course_view(self.tools, known)
            raise MediaTrouble(
                "media.partial" if view.percent else "media.missing",
                title=known.title,
                percent=view.percent,
            )
        subtitle = None if known.subtitle is None else self.tools.shelf.whole(known.subtitle)
        size, gain_db = (known.width, known.height), known.evened_db if evened else 0.0
        return Clip(video, known.duration_ms, *size, subtitle, gain_db)

    def resume_offer(self, session: SessionId | None, course: CourseId) -> int | None:
        """Position (ms) to ask about, only between 30 s and 95 %."""
        with self.tools.store.read() as reading:
            known = _course(reading, course)
            position = reading.last_position(session, course)
        if position is None or not may_resume(position, known.duration_ms):
            return None
        return position

    def started(self, session: SessionId | None, course: CourseId, from_ms: int) -> PlayId:
        """A course begins to play."""
        with self.tools.store.begin() as work:
            known = _course(work, course)
            play = PlayId(self.tools.new_id("y"))
            work.record(
                PlaybackStarted(
                    play, session, course, known.video.sha256, from_ms, known.duration_ms
                ),
                actor=OPERATOR,
            )
            return play

    def bookmark(self, play: PlayId, position_ms: int, shown: tuple[Interval, ...]) -> None:
        """Remember where it stands and what was shown."""
        with self.tools.store.begin() as work:
            found = work.play(play)
            if found is not None and found.outcome is None:
                work.bookmark(play, position_ms, shown)

    def ended(
        self,
        play: PlayId,
        outcome: PlayOutcome,
        position_ms: int,
        shown: tuple[Interval, ...],
    ) -> None:
        """A play is over; a second end of the same play changes nothing."""
        with self.tools.store.begin() as work:
            found = work.play(play)
            if found is None:
                raise NotFound("refusal.no_course")
            if found.outcome is None:
                work.record(_ended(play, outcome, position_ms, shown), actor=OPERATOR)
            known = work.course(found.course)
        if outcome is PlayOutcome.FULL and known is not None:
            self.tools.shelf.cannot_show(known.video, False)

    def show(self, play: PlayId) -> PlayView:
        """One play as it stands; NotFound if there is none."""
        with self.tools.store.read() as reading:
            found = reading.play(play)
        if found is None:
            raise NotFound("refusal.no_course")
        return found

    def file_is_right(self, course: CourseId) -> bool:
        """Whether the video's bytes are the published ones; a damaged one is set aside."""
        with self.tools.store.read() as reading:
            known = _course(reading, course)
        return self.tools.shelf.is_right(known.video)

    def report_broken(self, course: CourseId) -> str:
        """The player could not play it: why, as a key of the catalogue.

        ``media.broken``: its bytes are damaged, it was set aside and will be fetched again.
        ``media.not_shown``: its bytes are right, so fetching it again would change nothing; it stays,
        and that this PC cannot show it is remembered until it could.
        """
        with self.tools.store.read() as reading:
            known = _course(reading, course)
        if not self.tools.shelf.is_right(known.video):
            return "media.broken"
        self.tools.shelf.cannot_show(known.video, True)
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


def _course(reading: StoreReading, course: CourseId) -> Course:
    known = reading.course(course)
    if known is None:
        raise NotFound("refusal.no_course")
    return known
