"""Rules of playing: when to offer a resume, what counts as played, when a play was full.

``EndReached`` from a player proves nothing (a truncated file "ends" normally), so
a full play is known from observed positions and the course's true duration alone.
All times are milliseconds of media time unless a name says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

RESUME_AFTER_MS = 30_000
RESUME_BEFORE_PERCENT = 95
BOOKMARK_EVERY_MS = 5_000
FULL_PLAY_PERCENT = 90
_HOLE_MERGED_MS = 600
_TAIL_CREDIT_MS = 1_500
_ADVANCE_SLACK = 1.25
_ADVANCE_SLACK_MS = 150

RATES = (0.75, 1.0, 1.25, 1.5)


class PlayOutcome(StrEnum):
    """How one play ended."""

    FULL = "full"
    STOPPED = "stopped"
    BROKEN = "broken"
    """The file ended or failed before its true length."""
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


@dataclass(slots=True)
class Coverage:
    """Collects what was really shown from (position, monotonic time) samples.

    A step between two samples counts only when the wall time that passed explains
    it; a jump (a seek the program did not ask for, a stale position) does not.
    """

    intervals: list[Interval] = field(default_factory=list)
    _last_ms: int | None = None
    _last_mono_ms: int = 0

    def begin(self, position_ms: int, mono_ms: int) -> None:
        """Playing starts or goes on at a known position (credits the head)."""
        self._last_ms, self._last_mono_ms = position_ms, mono_ms

    def pause(self) -> None:
        """The line of samples breaks here: pause, seek, stop."""
        self._last_ms = None

    def sample(self, position_ms: int, mono_ms: int, rate: float) -> None:
        """One observed position while playing at ``rate``."""
        last = self._last_ms
        if last is not None:
            allowed = (mono_ms - self._last_mono_ms) * rate * _ADVANCE_SLACK + _ADVANCE_SLACK_MS
            if 0 < position_ms - last <= allowed:
                self._add(last, position_ms)
        self._last_ms, self._last_mono_ms = position_ms, mono_ms

    def end(self, duration_ms: int, mono_ms: int, rate: float) -> bool:
        """The player says the file ended; credits the tail and tells if that is believable.

        False means the file stopped well before its true length: it is broken.
        """
        last = self._last_ms
        if last is None or duration_ms <= 0:
            return False
        reach = _TAIL_CREDIT_MS * max(1.0, rate)
        if duration_ms - last > reach or mono_ms - self._last_mono_ms > 2 * _TAIL_CREDIT_MS:
            return False
        if duration_ms > last:
            self._add(last, duration_ms)
        self._last_ms = None
        return True

    def shown(self) -> tuple[Interval, ...]:
        """What was shown so far, merged."""
        return merge_intervals(tuple(self.intervals))

    def _add(self, start_ms: int, end_ms: int) -> None:
        if self.intervals and 0 <= start_ms - self.intervals[-1].end_ms <= 1:
            self.intervals[-1] = Interval(self.intervals[-1].start_ms, end_ms)
        else:
            self.intervals.append(Interval(start_ms, end_ms))
