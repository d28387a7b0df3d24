"""Exchange by USB stick: writes unconfirmed facts to it and reads the centre's answers from it.

The same request and answer as over the network, so a stick heals what the network heals,
only with a journey in between. What was left on which stick is remembered, so that an
unchanged station leaves nothing twice. Runs on the net lane; the store is touched on its own.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from app.areas.courses import verbs as course_files
from app.areas.courses.course import CourseFile
from app.domain.errors import LinkTrouble, MediaTrouble, Refusal, StationTrouble, UserError
from app.domain.values import dataclass
from app.ports.stick import Stick, StickContents
from app.usecases.exchange import Enrolment, build_request, scopes_now, take_answer
from app.usecases.former_sites import export_former, take_former
from app.usecases.sync_once import StoreLane
from app.usecases.tools import Tools
from app.wire.messages import ExchangeAnswer, ExchangeRequest
from app.words.codes import for_log

_log = logging.getLogger("sync")

T = TypeVar("T")
Told = Callable[[int, int], None]
"""Told how many bytes are done, of about how many; on the net lane."""

PART_BUDGET_BYTES = 256 * 1024
MOST_PARTS_AN_EXPORT = 1_000

LEFT = "stick_left"
TAKEN = "stick_taken"
WANTS_CENSUS = "stick_wants_census"
_MOST_STICKS = 4
_MOST_TAKEN = 2_000


class CarryOutcome(Struct, frozen=True):
    """What one export or import did; ``trouble`` is why it stopped early, nothing is lost by it.

    ``parts`` and ``facts`` were left on the stick; ``answers``, ``rows`` and ``files`` were
    taken from it; ``confirmed`` of ``held`` facts are confirmed by the centre now.
    """

    root: Path
    parts: int = 0
    facts: int = 0
    answers: int = 0
    rows: int = 0
    files: int = 0
    foreign: int = 0
    damaged: int = 0
    unseen: int = 0
    held: int = 0
    confirmed: int = 0
    trouble: UserError | None = None


@dataclass(slots=True)
class _StickMemory:
    """What was left on one stick and still matters, and where the next export goes on.

    ``parts`` maps a part's name to the segments it has facts of.
    """

    said: str = ""
    after: dict[str, int] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, part: str, request: ExchangeRequest, still_open: frozenset[str]) -> None:
        """A request was left; what concerns only segments that are not open any more is forgotten."""
        self.said = _said(request)
        for run in request.runs:
            self.after[run.segment] = run.from_n + len(run.facts) - 1
        open_now = still_open.union(tip.segment for tip in request.tips)
        self.after = {one: n for one, n in self.after.items() if one in open_now}
        self.parts = {name: of for name, of in self.parts.items() if open_now.intersection(of)}
        self.parts[part] = [run.segment for run in request.runs]


@dataclass(frozen=True, slots=True)
class Carry:
    """Bound to one station; ``stick`` and ``enrolment`` are None until it is enrolled."""

    tools: Tools
    stick: Stick | None
    enrolment: Enrolment | None
    drives: Callable[[], tuple[Path, ...]]
    """Where sticks that may be used unasked are mounted now; never raises."""
    plugged: Callable[[], tuple[Path, ...]] = tuple
    """Where any stick is mounted now; never raises."""

    def export_if_present(self, *, store_lane: StoreLane) -> CarryOutcome | None:
        """Export to the stick that is in place; None when there is none or nothing to carry for.

        For the end of each session: call it on the net lane, after the close was stored.
        A stick counts when it has a ``YJ`` folder. Never raises for what a stick does.
        """
        if (self.stick is None or self.enrolment is None) and not self.tools.unable:
            return None
        for root in self.drives():
            return self.export(root, store_lane=store_lane)
        return None

    def export(
        self, root: Path, *, store_lane: StoreLane, told: Told = lambda _done, _all: None
    ) -> CarryOutcome:
        """Leave all that the centre has not confirmed on the stick at ``root``."""
        if self.stick is None or self.enrolment is None:
            return CarryOutcome(root, trouble=self._why_not())
        counts = [0, 0]
        trouble: UserError | None = None
        try:
            for one in export_former(self.tools, root, store_lane):
                counts = [counts[0] + one.parts, counts[1] + one.facts]
            self._export(root, self.stick, self.enrolment, counts, store_lane, told)
        except (StationTrouble, Refusal) as stopped:
            trouble = stopped
            _log.info("export to a stick ended: %s", for_log(stopped))
        held, confirmed = _on(store_lane, self._counts)
        return CarryOutcome(
            root,
            parts=counts[0],
            facts=counts[1],
            held=held,
            confirmed=confirmed,
            trouble=trouble,
        )

    def take(
        self,
        root: Path,
        *,
        store_lane: StoreLane,
        cancelled: Callable[[], bool] = lambda: False,
        courses: bool = True,
        told: Told = lambda _done, _all: None,
    ) -> CarryOutcome:
        """Take the centre's answers to this station, and courses it lacks, from a stick."""
        if self.stick is None or self.enrolment is None:
            return CarryOutcome(root, trouble=self._why_not())
        found, answers, rows, files = StickContents(()), 0, 0, 0
        trouble: UserError | None = None
        try:
            known = _on(store_lane, self._taken)
            found = self.stick.look(root, known)
            for part in found.answers:
                if cancelled():
                    break
                rows += self._take_part(root, self.stick, self.enrolment, part, store_lane)
                answers += 1
            answers += sum(one.answers for one in take_former(self.tools, root, store_lane))
            if courses:
                files, trouble = self._take_courses(root, self.stick, store_lane, cancelled, told)
        except (StationTrouble, Refusal) as stopped:
            trouble = stopped
            _log.info("import from a stick ended: %s", for_log(stopped))
        held, confirmed = _on(store_lane, self._counts)
        return CarryOutcome(
            root,
            answers=answers,
            rows=rows,
            files=files,
            foreign=found.foreign,
            damaged=found.damaged,
            unseen=found.unseen,
            held=held,
            confirmed=confirmed,
            trouble=trouble,
        )

    def _why_not(self) -> UserError:
        """Nobody could take what would be left, so nothing is, and it is said."""
        unable = self.tools.unable
        return StationTrouble(unable) if unable else Refusal("refusal.not_enrolled")

    # --- leaving ------------------------------------------------------------------

    def _export(
        self,
        root: Path,
        stick: Stick,
        enrolment: Enrolment,
        counts: list[int],
        store_lane: StoreLane,
        told: Told,
    ) -> None:
        memories = _on(store_lane, self._left)
        found = (one for one in memories if one.parts and stick.has_sent(root, tuple(one.parts)))
        left = next(found, _StickMemory())
        others = [one for one in memories if one is not left]
        census = bool(_on(store_lane, lambda: self._setting(WANTS_CENSUS)))
        still_open = _on(store_lane, self._open_segments)
        fresh: list[str] = []
        began: ExchangeRequest | None = None
        held, confirmed = _on(store_lane, self._counts)
        sent_facts = sent_bytes = 0
        while len(fresh) < MOST_PARTS_AN_EXPORT:
            build = partial(
                build_request,
                self.tools,
                enrolment,
                PART_BUDGET_BYTES,
                with_census=census and not fresh,
                with_decisions=not fresh,
                after=dict(left.after),
            )
            request = _on(store_lane, build)
            began = began or request
            # One moment for all parts: what names other segments is then as new, and is answered.
            request = replace(request, wall_ms=began.wall_ms, mono_ms=began.mono_ms)
            if not request.runs and (fresh or (left.said == _said(request) and not census)):
                left.said = _said(request)
                break
            fresh.append(stick.send(root, request))
            left.add(fresh[-1], request, still_open)
            counts[0] += 1
            counts[1] += (sent := sum(len(run.facts) for run in request.runs))
            sent_facts += sent
            sent_bytes += sum(len(one) for run in request.runs for one in run.facts)
            # What is still to come is not encoded yet: about as large as what went before.
            still = max(held - confirmed - sent_facts, 0)
            told(sent_bytes, sent_bytes + sent_bytes * still // max(sent_facts, 1))
        if not fresh:
            return
        if not stick.has_sent(root, fresh):
            raise StationTrouble("stick.false_capacity")
        _on(store_lane, partial(self._keep_left, [left, *others], census))

    def _open_segments(self) -> frozenset[str]:
        with self.tools.store.read() as reading:
            return reading.open_segments()

    def _left(self) -> list[_StickMemory]:
        try:
            kept = json.loads(self._setting(LEFT) or "[]")
            return [_StickMemory(str(one[0]), dict(one[1]), dict(one[2])) for one in kept]
        except (ValueError, TypeError, IndexError):
            return []

    def _keep_left(self, memories: list[_StickMemory], census: bool) -> None:
        kept = [(one.said, one.after, one.parts) for one in memories[:_MOST_STICKS]]
        with self.tools.store.begin() as work:
            work.keep_setting(LEFT, json.dumps(kept))
            if census:
                work.forget_setting(WANTS_CENSUS)

    # --- taking -------------------------------------------------------------------

    def _take_part(
        self, root: Path, stick: Stick, enrolment: Enrolment, part: str, store_lane: StoreLane
    ) -> int:
        """Take one answer; rows that came with it."""
        answer = stick.answer(root, part)
        if answer is None:
            raise StationTrouble("stick.gone")

        try:
            return _on(store_lane, partial(self._keep, enrolment, part, answer))
        except LinkTrouble as nonsense:
            raise StationTrouble("stick.nonsense") from nonsense

    def _keep(self, enrolment: Enrolment, part: str, answer: ExchangeAnswer) -> int:
        """Keep what an answer says, and that it was taken unless a page of it must wait."""
        cursors = self.tools.store.cursors(scopes_now(self.tools, enrolment))
        waits = any(
            not page.reset and page.from_rev > cursors.get(page.scope, 0) for page in answer.pages
        )
        taken = take_answer(self.tools, enrolment, answer)
        kept = [one for one in self._taken() if one != part]
        with self.tools.store.begin() as work:
            if not waits:
                work.keep_setting(TAKEN, " ".join([*kept, part][-_MOST_TAKEN:]))
            if answer.wants_census and taken.differs and not taken.old:
                work.keep_setting(WANTS_CENSUS, "1")
            elif answer.receipts and not taken.old:
                work.forget_setting(WANTS_CENSUS)
        return taken.rows

    def _taken(self) -> tuple[str, ...]:
        return tuple((self._setting(TAKEN) or "").split())

    def _take_courses(
        self,
        root: Path,
        stick: Stick,
        store_lane: StoreLane,
        cancelled: Callable[[], bool],
        told: Told,
    ) -> tuple[int, UserError | None]:
        """Take whole what is missing here and lies there; one bad course holds up no other."""
        shelf = self.tools.shelf
        course_files.sweep(self.tools, _on(store_lane, partial(course_files.needed, self.tools)))
        done = 0
        first: UserError | None = None
        there = [
            one
            for one in _on(store_lane, partial(course_files.wanted, self.tools))
            if stick.has_file(root, one.file)
        ]
        todo = sum(one.file.size_bytes - shelf.arrived_bytes(one.file) for one in there)
        before = 0
        for one in there:
            if cancelled():
                break
            here = shelf.arrived_bytes(one.file)
            so_far = partial(_tell_more, told, before, todo)
            before += one.file.size_bytes - here
            missing = one.file.size_bytes - shelf.have_bytes(one.file)
            if shelf.free_bytes() < missing + course_files.SPARE_BYTES:
                self.tools.sync.no_space = True
                continue
            try:
                done += self._take_file(root, stick, one.file, cancelled, so_far)
            except MediaTrouble as broken:
                first = first or MediaTrouble(broken.key, title=one.title)
        return done, first

    def _take_file(
        self,
        root: Path,
        stick: Stick,
        file: CourseFile,
        cancelled: Callable[[], bool],
        so_far: Callable[[int, int], None],
    ) -> bool:
        """Take all that is missing of a file; True when it is whole then."""
        shelf, here = self.tools.shelf, self.tools.shelf.arrived_bytes(file)
        while (found := shelf.gap(file, stop=cancelled, seen=lambda _at: None)) is not None:
            if cancelled():
                return False
            before = shelf.arrived_bytes(file)
            chunks = _counted(stick.fetch(root, file, found[0]), partial(so_far, before - here))
            shelf.receive(file, chunks, found[0], stop=cancelled)
            if shelf.arrived_bytes(file) <= before and not cancelled():
                raise MediaTrouble("media.broken", title="")
        return True

    def _setting(self, name: str) -> str | None:
        with self.tools.store.read() as reading:
            return reading.setting(name)

    def _counts(self) -> tuple[int, int]:
        with self.tools.store.read() as reading:
            return reading.fact_counts()


def _tell_more(told: Told, before: int, todo: int, came: int, chunks: int) -> None:
    told(min(before + came + chunks, todo), todo)


def _counted(
    chunks: Iterator[bytes | memoryview], came: Callable[[int], None]
) -> Iterator[bytes | memoryview]:
    """The same chunks; ``came`` hears how many bytes there were so far."""
    total = 0
    for chunk in chunks:
        yield chunk
        total += len(chunk)
        came(total)


def _said(request: ExchangeRequest) -> str:
    """What a request says beside its facts, in brief: the same means there is nothing new to say.

    What is held is part of it: it changes without facts to send when own ones came back.
    """
    said = (
        request.generation,
        request.held,
        sorted(request.cursors.items()),
        [(tip.segment, tip.n) for tip in request.tips],
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _on(store_lane: StoreLane, job: Callable[[], T]) -> T:
    return cast("T", store_lane(job))
