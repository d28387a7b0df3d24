"""Fetching course files over the line: at once while anything arrives, and never before records.

A file is asked for in stretches of about two seconds, so that for a record made meanwhile nothing
on its way is thrown away; if the line grows slow in one, the record does not wait for its end. A cut goes on where it was cut, a piece that
does not fit is asked for alone. Only a try that brought nothing ends the fetching.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from msgspec import Struct

from app.areas.courses.course import PIECE_BYTES, CourseFile
from app.areas.courses.verbs import SPARE_BYTES, WantedFile, kept_free
from app.domain.errors import LinkTrouble, MediaTrouble, UserError
from app.ports.link import Link
from app.usecases.tools import Fetching, Tools
from app.words.codes import for_log

_log = logging.getLogger("sync")

_FIRST_SPAN = 4 * PIECE_BYTES
_MOST_SPAN = 1024 * PIECE_BYTES
_AT_ONCE_MS = 250
_QUICK_MS = 1_000
_SLOW_MS = 3_000
_MOST_VAIN = 8
"""Tries on end that only bring pieces that do not fit, each in another way."""
_PAUSE_MS = 3_600_000
"""What is wrong at the centre is asked for again after an hour, or when its catalogue changed."""
_AT_THE_CENTRE = frozenset({"media.centre_lost", "media.centre_damaged"})
_ABOUT_ONE_FILE = frozenset({"link.data", "link.not_allowed", "link.nonsense"})
"""Refusals of one file; after any other the line itself is down."""

Asked = Callable[[], bool]


class FetchOutcome(Struct, frozen=True):
    """``arrived``: bytes that were kept; ``goes_on``: stopped for something more urgent."""

    files: int = 0
    arrived: int = 0
    goes_on: bool = False
    trouble: UserError | None = None


@dataclass(slots=True)
class FetchCourses:
    """One turn of fetching; net lane. ``yields`` says that somebody else needs the line."""

    tools: Tools
    link: Link
    cancelled: Asked
    yields: Asked
    _span: int = _FIRST_SPAN

    def run(self, wanted: Sequence[WantedFile], catalogue_rev: int) -> FetchOutcome:
        """Fetch what is missing; one bad course holds up no other."""
        memory = self.tools.sync
        files, arrived, first = 0, 0, None
        memory.no_space = False
        try:
            for one in wanted:
                if self.cancelled():
                    break
                if self.yields():
                    return FetchOutcome(files, arrived, True, first)
                if self._is_paused(one.file, catalogue_rev) or not self._has_room(one):
                    continue
                memory.course_pauses.pop(one.file.sha256, None)
                before = self.tools.shelf.arrived_bytes(one.file)
                trouble = self._one(one)
                arrived += max(self.tools.shelf.arrived_bytes(one.file) - before, 0)
                if trouble is not None:
                    _log.info("course file %s: %s", one.file.sha256[:8], for_log(trouble))
                    first = first or trouble
                    memory.no_space = memory.no_space or trouble.key == "media.disk_full"
                    if trouble.key in _AT_THE_CENTRE:
                        until = self.tools.clock.now().mono_ms + _PAUSE_MS
                        memory.course_pauses[one.file.sha256] = (until, catalogue_rev, trouble.key)
                    elif isinstance(trouble, LinkTrouble) and trouble.key not in _ABOUT_ONE_FILE:
                        break
                elif self.tools.shelf.have_bytes(one.file) == one.file.size_bytes:
                    files += 1
                    _log.info("course file %s: whole", one.file.sha256[:8])
        finally:
            memory.fetching = None
        return FetchOutcome(files, arrived, self.yields(), first)

    def _one(self, wanted: WantedFile) -> UserError | None:
        """Fetch one file until it is whole, somebody needs the line, or a try brings nothing."""
        shelf, file, vain = self.tools.shelf, wanted.file, 0
        while True:
            self._tell(wanted, 0)
            seen = partial(self._tell, wanted)
            try:
                found = shelf.gap(file, stop=self._should_stop, seen=seen)
            except MediaTrouble as unusable:
                return MediaTrouble(unusable.key, **unusable.values | {"title": wanted.title})
            if found is None or self._should_stop():
                return None
            before = shelf.arrived_bytes(file)
            trouble = self._try(file, *found)
            grew = shelf.arrived_bytes(file) > before
            if grew or (trouble is None and self._should_stop()):
                vain = 0
                continue
            if trouble is None:  # it ended before its end
                return MediaTrouble("media.centre_damaged", title=wanted.title)
            if isinstance(trouble, LinkTrouble):
                return trouble
            if trouble.key == "media.broken":
                vain += 1
                if trouble.values.get("again"):
                    return MediaTrouble("media.centre_damaged", title=wanted.title)
                if vain < _MOST_VAIN:
                    continue
            return MediaTrouble(trouble.key, **trouble.values | {"title": wanted.title})

    def _try(self, file: CourseFile, start: int, end: int) -> LinkTrouble | MediaTrouble | None:
        """Ask for one stretch of what is missing."""
        end = min(end, (start // PIECE_BYTES) * PIECE_BYTES + self._span)
        began_ms = self.tools.clock.now().mono_ms

        def stop() -> bool:
            took_ms = self.tools.clock.now().mono_ms - began_ms
            return self.cancelled() or (took_ms > _SLOW_MS and self.yields())

        try:
            chunks = self.link.fetch(file.sha256, start, end)
            self.tools.shelf.receive(file, chunks, start, stop=stop)
        except (LinkTrouble, MediaTrouble) as failed:
            return failed
        finally:
            took_ms = self.tools.clock.now().mono_ms - began_ms
            if took_ms > _SLOW_MS:
                self._span = max(self._span // 2, PIECE_BYTES)
            elif took_ms < _QUICK_MS:
                self._span = min(self._span * (4 if took_ms < _AT_ONCE_MS else 2), _MOST_SPAN)
        return None

    def _should_stop(self) -> bool:
        return self.cancelled() or self.yields()

    def _has_room(self, one: WantedFile) -> bool:
        shelf = self.tools.shelf
        missing = one.file.size_bytes - shelf.have_bytes(one.file)
        spare = SPARE_BYTES if one.must else kept_free(self.tools)
        fits = shelf.free_bytes() >= missing + spare
        if not fits and one.must:
            self.tools.sync.no_space = True
        return fits

    def _is_paused(self, file: CourseFile, catalogue_rev: int) -> bool:
        until_ms, rev, _key = self.tools.sync.course_pauses.get(file.sha256, (0, -1, ""))
        return rev == catalogue_rev and self.tools.clock.now().mono_ms < until_ms

    def _tell(self, wanted: WantedFile, looked_at: int) -> None:
        """Leave where it stands for whoever shows it."""
        have = self.tools.shelf.have_bytes(wanted.file)
        self.tools.sync.fetching = Fetching(
            wanted.file.sha256, wanted.title, have, wanted.file.size_bytes, looked_at
        )
