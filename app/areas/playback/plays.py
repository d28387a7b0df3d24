"""Rules of playing: when to offer a resume, what counts as played, when a play was full.

A player that says "ended" has delivered what it found in the file. Whether that was all is known
from the file's bytes, not from its length: the length stands in a header, and slides, changing
picture rates or sound beside a shorter picture end seconds before it. Where the end comes sooner
than the length says, the file's hash decides (``Coverage.believe_end``).
All times are milliseconds of media time unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from enum import StrEnum
from typing import Protocol

from app.domain.values import dataclass

RESUME_AFTER_MS = 30_000
RESUME_BEFORE_PERCENT = 95
BOOKMARK_EVERY_MS = 5_000
FULL_PLAY_PERCENT = 90
_HOLE_MERGED_MS = 600
_TAIL_CREDIT_MS = 3_000
"""Sound is handed over up to 2 s before it is heard, and the last sign is up to 0.5 s old."""
_TAIL_SHARE = 4
"""Of a short film no more than this part (a quarter) is a tail."""
_ADVANCE_SLACK = 1.25
_ADVANCE_SLACK_MS = 150

RATES = (0.75, 1.0, 1.25, 1.5)


class PlayOutcome(StrEnum):
    """How one play ended."""

    FULL = "full"
    STOPPED = "stopped"
    BROKEN = "broken"
    """The file is damaged, or cannot be shown on this PC."""
    INTERRUPTED = "interrupted"
    """Power or program failed; written at the next start."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of media time that was really shown, ``start_ms`` ≤ ``end_ms``."""

    start_ms: int
    end_ms: int


def may_resume(position_ms: int, duration_ms: int) -> bool:
    """Whether to ask once "go on from there?": after 30 s and before 95 % (ux P1)."""
    if duration_ms <= 0:
        return False
    return (
        position_ms >= RESUME_AFTER_MS and position_ms * 100 < duration_ms * RESUME_BEFORE_PERCENT
    )


def merge_intervals(
    intervals: tuple[Interval, ...], *, hole_ms: int = _HOLE_MERGED_MS
) -> tuple[Interval, ...]:
    """Union in order of time; holes of at most ``hole_ms`` (sampling gaps) are closed."""
    merged: list[Interval] = []
    for interval in sorted(intervals, key=lambda one: (one.start_ms, one.end_ms)):
        if interval.end_ms <= interval.start_ms:
            continue
        if merged and interval.start_ms <= merged[-1].end_ms + hole_ms:
            last = merged[-1]
            merged[-1] = Interval(last.start_ms, max(last.end_ms, interval.end_ms))
        else:
            merged.append(interval)
    return tuple(merged)


def covered_ms(intervals: tuple[Interval, ...]) -> int:
    """Milliseconds of media time shown at least once."""
    return sum(one.end_ms - one.start_ms for one in merge_intervals(intervals))


def coverage_percent(intervals: tuple[Interval, ...], duration_ms: int) -> int:
    """Whole percent of the course that was shown at least once, 0–100."""
    if duration_ms <= 0:
        return 0
    return min(100, covered_ms(intervals) * 100 // duration_ms)


def is_full_play(intervals: tuple[Interval, ...], duration_ms: int) -> bool:
    """A play is full when at least 90 % was really shown (Kodi's and Jellyfin's practice)."""
    return coverage_percent(intervals, duration_ms) >= FULL_PLAY_PERCENT


class ShownPlay(Protocol):
    """One play of a course, as station and centre know it."""

    @property
    def course(self) -> str:
        """Its id."""

    @property
    def duration_ms(self) -> int:
        """Length of the course."""

    @property
    def shown(self) -> tuple[Interval, ...]:
        """What was really shown in this play."""

    @property
    def outcome(self) -> PlayOutcome | None:
        """How it ended; None while it runs."""


@dataclass(frozen=True, slots=True)
class CourseShowing:
    """One course in one session: all its plays together.

    ``outcome`` is ``FULL`` when together, or once, it was shown in full, else how the last play
    ended (None: it runs); ``to_the_end``: the last picture was on, in whichever play.
    """

    course: str
    plays: int
    coverage_percent: int
    to_the_end: bool
    outcome: PlayOutcome | None

    @property
    def ending(self) -> str:
        """How it ended, in a word: ``on`` while it runs, ``to_the_end`` when the last picture was
        on though not all was shown, else its outcome."""
        if self.outcome is None:
            return "on"
        if self.to_the_end and self.outcome is not PlayOutcome.FULL:
            return "to_the_end"
        return self.outcome.value


def showings(plays: Iterable[ShownPlay]) -> tuple[CourseShowing, ...]:
    """Each course once, in the order of first showing: the union of what its plays showed."""
    together: dict[str, list[ShownPlay]] = {}
    for play in plays:
        together.setdefault(play.course, []).append(play)
    return tuple(_showing(course, found) for course, found in together.items())


def _showing(course: str, plays: list[ShownPlay]) -> CourseShowing:
    duration_ms = max(one.duration_ms for one in plays)
    shown = merge_intervals(tuple(part for one in plays for part in one.shown))
    is_full = is_full_play(shown, duration_ms) or any(
        one.outcome is PlayOutcome.FULL for one in plays
    )
    end_ms = duration_ms - min(_TAIL_CREDIT_MS, duration_ms // _TAIL_SHARE)
    return CourseShowing(
        course=course,
        plays=len(plays),
        coverage_percent=coverage_percent(shown, duration_ms),
        to_the_end=duration_ms > 0 and bool(shown) and shown[-1].end_ms >= end_ms,
        outcome=PlayOutcome.FULL if is_full else plays[-1].outcome,
    )


@dataclass(slots=True)
class Coverage:
    """Collects what was really shown from (position, monotonic time) samples.

    A step between two samples counts only when the wall time that passed explains
    it; a jump (a seek the program did not ask for, a stale position) does not.
    """

    intervals: list[Interval] = field(default_factory=list)
    reached_ms: int = 0
    """How far the clock says it had played when the player said "ended"; 0 while unknown."""
    _last_ms: int | None = None
    _last_mono_ms: int = 0
    _line_ms: int = 0
    _line_mono_ms: int = 0
    """Where and when the unbroken line of samples began."""

    def begin(self, position_ms: int, mono_ms: int) -> None:
        """Playing starts or goes on at a known position (credits the head)."""
        self._last_ms, self._last_mono_ms = position_ms, mono_ms
        self._line_ms, self._line_mono_ms = position_ms, mono_ms

    def pause(self) -> None:
        """The line of samples breaks here: pause, seek, stop."""
        self._last_ms = None

    def sample(self, position_ms: int, mono_ms: int, rate: float) -> None:
        """One observed position while playing at ``rate``.

        A picture that stands (slides) is being shown: its time is counted once it moves on.
        """
        last = self._last_ms
        if last is None:
            self.begin(position_ms, mono_ms)
            return
        if last == position_ms:
            return
        allowed = (mono_ms - self._last_mono_ms) * rate * _ADVANCE_SLACK + _ADVANCE_SLACK_MS
        if 0 < position_ms - last <= allowed:
            self._add(last, position_ms)
        self._last_ms, self._last_mono_ms = position_ms, mono_ms

    def end(self, duration_ms: int, mono_ms: int, rate: float) -> bool:
        """The player says the file ended; credits what has played since the last sample.

        True when that reaches the length. False when it ended sooner than its length says, or
        right behind a jump: then the file's bytes must be looked at.
        """
        last, self._last_ms = self._last_ms, None
        if last is None or duration_ms <= 0:
            return False
        played_ms = int(max(mono_ms - self._last_mono_ms, 0) * rate)
        self.reached_ms = max(last, min(last + played_ms, duration_ms))
        # Signs of a busy machine come in bursts: over the whole line they are as late as the clock.
        line_ms = (mono_ms - self._line_mono_ms) * rate * _ADVANCE_SLACK
        line_ms += _TAIL_CREDIT_MS * max(1.0, rate)
        explained = 0 <= self.reached_ms - self._line_ms <= line_ms
        self._credit_from(self._line_ms if explained else last, self.reached_ms)
        tail_ms = min(_TAIL_CREDIT_MS * max(1.0, rate), duration_ms / _TAIL_SHARE)
        if duration_ms - self.reached_ms > tail_ms:
            return False
        self._credit_from(self.reached_ms, duration_ms)
        return True

    def believe_end(self, duration_ms: int, rate: float) -> int:
        """The file's bytes are right, so what was delivered is all there is; its length in ms.

        What is missing to the length is the last picture, which stands on the screen, or sound
        handed over ahead, as long as it is less than half or a few seconds; a length the file has
        nothing for is not credited.
        """
        if self.reached_ms <= 0:
            return duration_ms
        missing_ms = duration_ms - self.reached_ms
        if missing_ms > max(duration_ms / 2, _TAIL_CREDIT_MS * max(1.0, rate)):
            return self.reached_ms
        self._credit_from(self.reached_ms, duration_ms)
        return duration_ms

    def shown(self) -> tuple[Interval, ...]:
        """What was shown so far, merged."""
        return merge_intervals(tuple(self.intervals))

    def _credit_from(self, start_ms: int, end_ms: int) -> None:
        if end_ms > start_ms:
            self._add(start_ms, end_ms)

    def _add(self, start_ms: int, end_ms: int) -> None:
        if self.intervals and 0 <= start_ms - self.intervals[-1].end_ms <= 1:
            self.intervals[-1] = Interval(self.intervals[-1].start_ms, end_ms)
        else:
            self.intervals.append(Interval(start_ms, end_ms))
