"""A stick as the way to the centre: requests are left on it, answers are found on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from app.areas.courses.course import CourseFile
from app.wire.messages import ExchangeAnswer, ExchangeRequest


class StickContents(Struct, frozen=True):
    """What lies on a stick for this station.

    ``answers`` names the parts with an answer of the centre to this station, oldest first;
    ``foreign`` counts what is not one of ours, ``damaged`` what is not whole or not to be
    believed, ``unseen`` where looking stopped because there is too much.
    """

    answers: tuple[str, ...]
    foreign: int = 0
    damaged: int = 0
    unseen: int = 0


class Stick(Protocol):
    """All methods run on the net lane, may take seconds, and raise StationTrouble.

    ``root`` is the folder of the stick as a person or the system named it.
    """

    def send(self, root: Path, request: ExchangeRequest) -> str:
        """Leave a request for the centre; the name of its part. It was read back."""

    def has_sent(self, root: Path, parts: Sequence[str]) -> bool:
        """Whether all these parts of this station lie there and are whole; they are read."""

    def look(self, root: Path, known: Sequence[str]) -> StickContents:
        """Look for answers; parts whose names are ``known`` are passed over unread."""

    def answer(self, root: Path, part: str) -> ExchangeAnswer | None:
        """A verified answer; None when it can't be had any more."""

    def has_file(self, root: Path, file: CourseFile) -> bool:
        """Whether a course file of that name and size lies there."""

    def fetch(self, root: Path, file: CourseFile, start: int) -> Iterator[bytes | memoryview]:
        """The bytes of a course file from ``start`` on; whoever takes them checks them, and a
        chunk may be overwritten once the next is asked for."""
