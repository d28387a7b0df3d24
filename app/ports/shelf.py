"""Where course files lie and how whole they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from app.areas.courses.course import CourseFile


class MediaShelf(Protocol):
    """Files are named by their hash and are whole only when every piece was verified."""

    def whole(self, file: CourseFile) -> Path | None:
        """The path of a file that was verified and has not changed since, or None."""

    def have_bytes(self, file: CourseFile) -> int:
        """How many bytes of it are here and verified; quick."""

    def arrived_bytes(self, file: CourseFile) -> int:
        """The same, with what came of a piece before the line was cut."""

    def gap(
        self, file: CourseFile, *, stop: Callable[[], bool], seen: Callable[[int], None]
    ) -> tuple[int, int] | None:
        """The first bytes that are missing, from – up to before; None when it is whole now.

        The first time it may have to look through what lies there (net lane): ``seen`` hears how
        far that is, ``stop`` ends it.
        """

    def receive(
        self,
        file: CourseFile,
        chunks: Iterator[bytes | memoryview],
        start: int,
        *,
        stop: Callable[[], bool],
    ) -> None:
        """Write chunks from ``start`` on (see ``gap``), checking each piece; a chunk may be
        overwritten once the next is asked for.

        Pieces that fit stay, whatever becomes of the others. Raises MediaTrouble:
        ``media.broken`` when some did not fit (its ``again`` is true when one of them came just
        as wrong before), ``media.disk_full`` or ``media.not_kept``.
        """

    def discard(self, file: CourseFile) -> None:
        """Put a broken file aside so that it is fetched again."""

    def drop(self, file: CourseFile) -> int:
        """Delete a file for good, whole or not; the bytes that became free."""

    def sweep(self, keep: frozenset[str]) -> dict[str, int]:
        """Delete all files but those with these hashes; the bytes freed of each."""

    def dead(self, keep: frozenset[str]) -> dict[str, int]:
        """What ``sweep`` would delete."""

    def is_right(self, file: CourseFile) -> bool:
        """Read the whole file again; one whose bytes are not its hash's is discarded."""

    def cannot_show(self, file: CourseFile, cannot: bool) -> None:
        """Remember that this PC cannot show a file that is right, or that it can after all."""

    def is_not_shown(self, file: CourseFile) -> bool:
        """Whether it was found that this PC cannot show the file."""

    def free_bytes(self) -> int:
        """Free space of the shelf's disk."""

    def disk_bytes(self) -> int:
        """The size of the shelf's disk."""
