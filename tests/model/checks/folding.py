"""What a session's facts mean, said a second time and simply: the model's own opinion."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.discussion.facts import DiscussionNoted
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.sessions.facts import SessionClosed, SessionOpened, SessionReopened
from app.domain.clock_correction import sample_of
from app.domain.facts import ClockAsserted, ClockCompared, SegmentOpened
from app.domain.time import ClockGrade
from app.wire.fact_bytes import ReadFact, read_fact

PRESENT = ("present", "late", "late_entry")


@dataclass(frozen=True, slots=True)
class Line:
    """One fact with its place: its segment's ordinal, the segment, its number."""

    ordinal: int
    segment: str
    n: int
    hash: str
    read: ReadFact


@dataclass(slots=True)
class Folded:
    """One session: who stands how (absent too, once closed), and what else is counted."""

    statuses: dict[str, str] = field(default_factory=dict)
    expected: tuple[str, ...] = ()
    closed: bool = False
    plays: dict[str, bool] = field(default_factory=dict)
    notes: int = 0
    waiting: int = 0
    unknown: int = 0
    """Marks of people whom no list knows, whether somebody said since who they are or not."""


def lines_of(rows: Iterable[tuple[str, int, bytes, bytes]]) -> list[Line]:
    """Facts (segment, n, hash, bytes) in the order of the line of segments.

    Of two beginnings of one segment (twins that drew the same) the first that is given counts.
    """
    read = [(segment, n, hashed, read_fact(data)) for segment, n, hashed, data in rows]
    began: dict[str, SegmentOpened] = {}
    for segment, _, _, one in read:
        if isinstance(one.fact, SegmentOpened):
            began.setdefault(segment, one.fact)
    ordinals: dict[str, int] = {}
    lines = [
        Line(_ordinal(segment, began, ordinals), segment, n, hashed.hex(), one)
        for segment, n, hashed, one in read
    ]
    return sorted(lines, key=lambda one: (one.ordinal, one.segment, one.n, one.hash))


def _ordinal(segment: str, began: dict[str, SegmentOpened], known: dict[str, int]) -> int:
    """A segment stands after the one it goes on from, even if its program did not count."""
    own = began.get(segment)
    if own is None:
        return 0
    if segment not in known:
        known[segment] = own.ordinal
        if own.parent_segment in began:
            after = _ordinal(own.parent_segment, began, known) + 1
            known[segment] = max(own.ordinal, after)
    return known[segment]


@dataclass(frozen=True, slots=True)
class Record:
    """What is said of segments and clocks: which program knew what, and when it was."""

    began: dict[str, SegmentOpened]
    true_ms: dict[str, dict[int, tuple[bool, int]]]
    """Boot → at which monotonic time it was when; by the day only comes after the exact."""

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Record:
        """Gather it."""
        began: dict[str, SegmentOpened] = {}
        true_ms: dict[str, dict[int, tuple[bool, int]]] = {}
        for fact in (line.read.fact for line in lines):
            if isinstance(fact, ClockCompared | ClockAsserted) and (known := sample_of(fact)):
                told = (not known.exact, known.true_ms)
                boot = true_ms.setdefault(fact.boot, {})
                boot[known.mono_ms] = min(told, boot.get(known.mono_ms, told))
        for line in lines:
            if isinstance(line.read.fact, SegmentOpened):
                began.setdefault(line.segment, line.read.fact)
        return cls(began, true_ms)

    def earliest(self, came: list[tuple[Line, str]]) -> str:
        """Of marks in line order the first; of those written side by side the earliest that is sure."""
        first = [
            (self._rank(line), place, status)
            for place, (line, status) in enumerate(came)
            if not any(self._knew(line, other) for other, _ in came[:place])
        ]
        return min(first)[2]

    def _knew(self, later: Line, earlier: Line) -> bool:
        segment, n, passed = later.segment, later.n, set[str]()
        while segment != earlier.segment:
            opened = self.began.get(segment)
            if opened is None:
                return True
            passed.add(segment)
            if opened.parent_segment is None or opened.parent_segment in passed:
                return False
            segment, n = opened.parent_segment, opened.parent_n or 0
        return earlier.n <= n

    def _rank(self, line: Line) -> tuple[int, int]:
        now, own = line.read.instant, self.began.get(line.segment)
        samples = self.true_ms.get(own.boot, {}) if own is not None else {}
        exact = {at: told for at, told in samples.items() if not told[0]} or samples
        if not exact:
            return (0, now.wall_ms) if now.grade is ClockGrade.OK else (1, 0)
        at = min(sorted(exact), key=lambda one: abs(one - now.mono_ms))
        true_ms = exact[at][1] + now.mono_ms - at
        return (0, now.wall_ms if abs(true_ms - now.wall_ms) <= 60_000 else true_ms)


def fold(
    lines: Iterable[Line],
    known: Collection[str] | None,
    said: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Folded]:
    """Session → what its facts say. ``known`` are people of the roster; None: everybody is.

    ``said`` is mark → whom a person at the centre said its unknown one to be.
    """
    lines = list(lines)
    by_session: dict[str, list[Line]] = {}
    sessions_of_plays: dict[str, set[str]] = {}
    """Twins that drew the same name one play in two sessions; what ends it ends it in both."""
    ends: list[tuple[str, Line]] = []
    for line in lines:
        fact = line.read.fact
        session = getattr(fact, "session", None)
        if isinstance(fact, PlaybackEnded):
            ends.append((fact.play, line))
        elif session is not None:
            by_session.setdefault(session, []).append(line)
            if isinstance(fact, PlaybackStarted):
                sessions_of_plays.setdefault(fact.play, set()).add(session)
    for play, line in ends:
        for session in sessions_of_plays.get(play, ()):
            by_session[session].append(line)
    record = Record.of(lines)
    return {session: _fold(of, known, said, record) for session, of in by_session.items()}


def _fold(
    lines: list[Line], known: Collection[str] | None, said: Mapping[str, str], record: Record
) -> Folded:
    out = Folded()
    facts = [line.read.fact for line in lines]
    opened = [fact for fact in facts if isinstance(fact, SessionOpened)]
    out.expected = tuple(dict.fromkeys(opened[0].expected)) if opened else ()
    reopened = {fact.closing for fact in facts if isinstance(fact, SessionReopened)}
    out.closed = any(
        isinstance(line.read.fact, SessionClosed) and line.hash not in reopened for line in lines
    )
    out.notes = sum(isinstance(fact, DiscussionNoted) for fact in facts)
    out.plays = {one.play: False for one in facts if isinstance(one, PlaybackStarted)}
    out.plays |= {one.play: True for one in facts if isinstance(one, PlaybackEnded)}
    welcome = {fact.person for fact in facts if isinstance(fact, VisitorAdmitted)}
    for one in opened:
        welcome |= {*one.expected, *(person for person, _ in one.left_out)}
    _fold_marks(out, lines, None if known is None else welcome | {*known}, said, record)
    if out.closed:
        for person in out.expected:
            out.statuses.setdefault(person, "absent")
    return out


def _fold_marks(
    out: Folded,
    lines: list[Line],
    welcome: Collection[str] | None,
    said: Mapping[str, str],
    record: Record,
) -> None:
    voids = [line.read.fact for line in lines if isinstance(line.read.fact, AttendanceVoided)]
    hashes = {line.hash for line in lines}
    voided = {void.target for void in voids}
    out.waiting = sum(void.target not in hashes for void in voids)
    slots: dict[str, list[tuple[Line, str]]] = {}
    for line in lines:
        fact = line.read.fact
        if not isinstance(fact, AttendanceMarked):
            continue
        person = said.get(line.hash, fact.person)
        out.unknown += welcome is not None and fact.person not in welcome
        if welcome is not None and person not in welcome:
            out.waiting += 1
        elif line.hash not in voided:
            slots.setdefault(person, []).append((line, fact.status))
    for person, marks in slots.items():
        came = [(line, status) for line, status in marks if status in PRESENT]
        out.statuses[person] = record.earliest(came) if came else marks[-1][1]


def origins(rows: Iterable[tuple[str, int, bytes]]) -> dict[str, SegmentOpened]:
    """Segment → its first fact, from facts (segment, n, bytes) as they arrived; see ``lines_of``."""
    found: dict[str, SegmentOpened] = {}
    for segment, n, data in rows:
        fact = read_fact(data).fact if n == 1 else None
        if isinstance(fact, SegmentOpened):
            found.setdefault(segment, fact)
    return found
