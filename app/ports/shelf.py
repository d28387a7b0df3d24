"""Where course files lie and how whole they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from app.domain.courses import CourseFile


class MediaShelf(Protocol):
    """Files are named by their hash and are whole only when every piece was verified."""

    def whole(self, file: CourseFile) -> Path | None:
        """The path of a file that was verified and has not changed since, or None."""

    def have_bytes(self, file: CourseFile) -> int:
        """How many bytes of it are here and verified."""

    def receive(self, file: CourseFile, chunks: Iterator[bytes], start: int) -> None:
        """Write chunks from ``start`` (a piece's boundary) on, checking each piece.

        Raises MediaTrouble (``media.broken``) at the first piece that does not fit –
        the good ones stay – or ``media.disk_full``.
        """

    def resume_at(self, file: CourseFile) -> int:
        """Where the next fetch must begin (bytes, at a piece's boundary)."""

    def discard(self, file: CourseFile) -> None:
        """Put a broken file aside so that it is fetched again."""

    def is_right(self, file: CourseFile) -> bool:
        """Read the whole file again; one whose bytes are not its hash's is discarded."""

    def cannot_show(self, file: CourseFile, cannot: bool) -> None:
        """Remember that this PC cannot show a file that is right, or that it can after all."""

    def is_not_shown(self, file: CourseFile) -> bool:
        """Whether it was found that this PC cannot show the file."""

    def free_bytes(self) -> int:
        """Free space of the shelf's disk."""
