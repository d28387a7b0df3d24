"""A handout held by a process of its own: a hostile PDF costs that process, never the session.

The library that draws may loop for ever or crash on a file made for it, and nothing in this
process could stop it there. What comes back over the line is numbers and pixels, both checked.
"""

from __future__ import annotations

import json
import multiprocessing
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Annotated, Protocol

from msgspec import Meta, Struct, ValidationError, convert

from app.domain.errors import MediaTrouble
from ui.audience.state import HandoutPage
from ui.handouts.limits import MOST_BYTES, MOST_PAGES, MOST_PIXELS
from ui.handouts.parts import MOST_PARTS, WHOLE
from ui.handouts.pdf_worker import Times, serve

SLACK_S = 10.0
"""The far side ends itself in time; so much later it is ended from here (starting it is in it)."""
_END_S = 2.0
_ANSWER_BYTES = 1_000
_KEYS = frozenset({"broken", "locked", "too_large", "too_many", "gone"})
"""What the far side may say of a whole file."""


_Share = Annotated[float, Meta(ge=0, le=1)]


class _Cut(Struct):
    part: tuple[Annotated[int, Meta(ge=0)], int]
    seen: tuple[_Share, _Share, _Share, _Share]


class _Pipe(Protocol):
    """Our end of the line: a pipe or a socket, as the system has it."""

    def send_bytes(self, buf: bytes, /) -> None:
        """One message; OSError."""

    def poll(self, timeout: float, /) -> bool:
        """Whether a message comes within so many seconds."""

    def recv_bytes(self, maxlength: int, /) -> bytes:
        """The next message; OSError when it is longer, EOFError when none comes any more."""

    def close(self) -> None:
        """Let it go."""


class PdfWorkerClient:
    """``open`` and ``draw`` belong to the drawing lane and wait; ``close`` comes from any thread."""

    def __init__(self, path: Path, times: Times | None = None) -> None:
        self._path, self._times = path, times or Times()
        self._closed = False
        self._far: SpawnProcess | None = None
        self._line: _Pipe | None = None
        self.pages = 0

    def open(self) -> None:
        """Have it read; raises MediaTrouble in one plain sentence."""
        self._begin()
        told = self._told(self._times.open_s, MediaTrouble("handout.too_hard"))
        pages = told.get("pages")
        if not isinstance(pages, int) or not 0 < pages <= MOST_PAGES:
            raise MediaTrouble("handout.broken")
        self.pages = pages

    def draw(
        self, number: int, width: int, height: int, zoom: float = WHOLE, part: int = 0
    ) -> HandoutPage:
        """A part of page ``number`` (from 0) for ``width`` × ``height`` px; MediaTrouble.

        A page that ends the far side is given up; the next one begins it anew.
        """
        trouble = MediaTrouble("handout.page", page=number + 1)
        if self._line is None:
            self.open()
        self._ask(json.dumps([number, width, height, zoom, part]).encode(), trouble)
        told = self._told(self._times.page_s, trouble)
        size = told.get("sheet")
        if not isinstance(size, list) or [type(one) for one in size] != [int, int, int]:
            self.clear_away()
            raise trouble
        wide, high, stride = size
        pixels = self._heard(SLACK_S, trouble, 8 * MOST_PIXELS)
        cut = _cut(told)
        if min(size) < 1 or stride < wide * 4 or len(pixels) != high * stride or cut is None:
            self.clear_away()
            raise trouble
        return HandoutPage(wide, high, stride, pixels, *cut)

    def close(self) -> None:
        """End the far side, whatever it is doing; never waits."""
        self._closed = True
        if self._far is not None:
            self._far.kill()

    def clear_away(self) -> None:
        """Leave nothing of it behind; the drawing lane's own."""
        far, line, self._line = self._far, self._line, None
        if line is not None:
            line.close()
        if far is not None:
            far.kill()
            far.join(_END_S)

    # --- inside -----------------------------------------------------------------------

    def _begin(self) -> None:
        if self._closed:
            raise MediaTrouble("handout.gone")
        # Spawned, not forked: threads of Qt and of the player would not survive a fork.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        far = context.Process(
            target=serve, args=(theirs, str(self._path), self._times), daemon=True
        )
        far.start()
        theirs.close()
        self._far = far
        if self._closed:  # meanwhile, when there was nothing to end yet
            far.kill()
        self._line = ours

    def _ask(self, question: bytes, trouble: MediaTrouble) -> None:
        line = self._line
        try:
            if line is None:
                raise trouble
            line.send_bytes(question)
        except OSError as error:
            self.clear_away()
            raise trouble from error

    def _told(self, seconds: float, trouble: MediaTrouble) -> dict[str, object]:
        """What the far side answers; its own troubles are raised, ``trouble`` when it fell silent."""
        try:
            told = json.loads(self._heard(seconds + SLACK_S, trouble, _ANSWER_BYTES))
        except ValueError as error:
            self.clear_away()
            raise trouble from error
        if not isinstance(told, dict):
            self.clear_away()
            raise trouble
        if "trouble" not in told:
            return told
        key = str(told["trouble"]).removeprefix("handout.")
        if key not in _KEYS:
            raise trouble
        self.clear_away()
        raise MediaTrouble(f"handout.{key}", megabytes=MOST_BYTES // 1_000_000, most=MOST_PAGES)

    def _heard(self, seconds: float, trouble: MediaTrouble, most: int) -> bytes:
        line = self._line
        try:
            if line is None or not line.poll(seconds):
                raise TimeoutError
            return line.recv_bytes(most)
        except (EOFError, OSError) as error:  # a time that is over is an OSError too
            self.clear_away()
            raise trouble from error


def _cut(
    told: dict[str, object],
) -> tuple[int, int, tuple[float, float, float, float]] | None:
    """Which part it is, of how many, and where it lies; None where that makes no sense."""
    try:
        cut = convert(told, _Cut)
    except ValidationError:
        return None
    part, parts = cut.part
    return (part, parts, cut.seen) if part < parts <= MOST_PARTS else None
