"""The way to the centre and back, whatever carries it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from app.wire.messages import EnrolAnswer, EnrolRequest, ExchangeAnswer, ExchangeRequest


class Link(Protocol):
    """All methods run on the net lane, may take seconds, and raise LinkTrouble."""

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer:
        """One exchange; the answer's signature has been verified."""

    def fetch(
        self, sha256: str, start: int, end: int | None = None
    ) -> Iterator[bytes | memoryview]:
        """The bytes of a course file from ``start`` up to before ``end``, in chunks, each of
        which may be overwritten once the next is asked for.

        Raises MediaTrouble when the centre has no such file (``media.centre_lost``) or not as it
        was published (``media.centre_damaged``).
        """

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Introduce this station with a one-time code."""

    def close(self) -> None:
        """Let the connection go."""
