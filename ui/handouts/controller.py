"""Opens a handout, turns its pages and shows them to the room; GUI thread, knows no widget.

One part of a page is drawn at a time, what the room waits for first, then a small picture of the
page for the operator, then what comes next. A page key at the last page says so and stays: it
never does anything else while a handout is open.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from app.domain.errors import UserError
from app.domain.values import dataclass
from ui.audience.state import HandoutPage
from ui.handouts.parts import WHOLE, ZOOMS
from ui.handouts.stick_search import PdfFound, pdfs_on
from ui.jobs.protocols import DrawJobs
from ui.state.current_session import CurrentSession

if TYPE_CHECKING:
    from ui.handouts.pdf_worker_client import PdfWorkerClient

T = TypeVar("T")

PICTURE_PX = (360, 360)
KEPT_BYTES = 48_000_000
"""Drawn pages are kept up to so many bytes, the latest ones."""


@dataclass(frozen=True, slots=True)
class HandoutState:
    """What the operator's side shows; ``page`` counts from 1."""

    name: str = ""
    page: int = 0
    pages: int = 0
    opening: bool = False
    message: str = ""
    """One sentence the room sees instead of a handout."""
    part: int = 0
    parts: int = 1
    """The part of the page the room sees, from 0, of how many; -1 is the last one."""
    zoom: float = 1.0
    picture: HandoutPage | None = None
    """The whole page, small, for the operator."""
    seen: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    """Left, top, width and height of what the room sees, in parts of the page."""

    @property
    def is_open(self) -> bool:
        """Whether page keys turn pages."""
        return self.pages > 0

    @property
    def is_on(self) -> bool:
        """Whether the room sees a handout or a sentence, or soon will."""
        return self.is_open or self.opening or bool(self.message)


class SheetWish(NamedTuple):
    """One drawing that is wanted; without ``zoom`` it is the operator's picture of a page."""

    page: int
    part: int
    zoom: float
    width: int
    height: int


class HandoutScreen(Protocol):
    """Where the room sees handouts."""

    def page_size(self) -> tuple[int, int]:
        """The real px a page may fill."""

    def show_sheet(self, sheet: HandoutPage | None) -> None:
        """Show this page, or go back to what was there."""

    def tell(self, message: str, rest_ms: int = 0) -> None:
        """Show one sentence instead, or a break counted down; an empty one takes it away."""


class HandoutController:
    """``drives`` are the sticks in place, asked on the drawing lane."""

    def __init__(
        self,
        room: CurrentSession,
        jobs: DrawJobs,
        screen: HandoutScreen,
        drives: Callable[[], tuple[Path, ...]],
    ) -> None:
        self._room, self._jobs, self._screen, self.sticks = room, jobs, screen, drives
        self.state = HandoutState()
        self.listeners: list[Callable[[HandoutState], None]] = []
        self._paper: PdfWorkerClient | None = None
        self._kept: OrderedDict[SheetWish, HandoutPage] = OrderedDict()
        self._failed: set[SheetWish] = set()
        self._drawing = False
        self._seen: HandoutPage | None = None
        self._turn = 0
        """Counts openings and closings: what was asked before is not shown any more."""

    def find(self, done: Callable[[tuple[PdfFound, ...]], None]) -> None:
        """List the PDFs of the sticks that are in place."""
        self.look(lambda: pdfs_on(self.sticks()), done)

    def look(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        """Look for something on the drawing lane, which may take as long as a slow stick does."""
        self._jobs.draw(job, done, self._room.tell)

    def open(self, path: Path) -> None:
        """Open a PDF and show its first page; what is wrong with it is said in one sentence."""
        from ui.handouts.pdf_worker_client import (
            PdfWorkerClient,  # what it needs is loaded with the first one
        )

        self.close()
        self._turn += 1
        turn = self._turn
        paper = self._paper = PdfWorkerClient(path)
        self._become(HandoutState(path.stem, opening=True))

        def opened(_none: None) -> None:
            if turn != self._turn:
                return
            self._become(HandoutState(path.stem, 1, paper.pages))
            self._draw()

        def failed(said: UserError) -> None:
            if turn == self._turn:
                self.close()
                self._room.tell(said)

        self._jobs.draw(paper.open, opened, failed)

    def turn(self, step: int) -> None:
        """A part on (+1) or back (-1), then a page; at the ends it says so and stays."""
        state = self.state
        if not state.is_open:
            return
        page, part = state.page, state.part + step
        if state.part < 0 or not 0 <= part < state.parts:
            page, part = page + step, 0 if step > 0 else -1
        if not 1 <= page <= state.pages:
            self._room.say("handout.last" if step > 0 else "handout.first")
            return
        self._go(page=page, part=part)

    def enlarge(self) -> None:
        """The next of three sizes, from the head of the page."""
        if self.state.is_open:
            at = ZOOMS.index(self.state.zoom) + 1
            self._go(zoom=ZOOMS[at % len(ZOOMS)], part=0)

    def tell(self, message: str, rest_ms: int = 0) -> None:
        """Show one sentence or a break to the room instead, until it is closed."""
        self.close()
        self._become(HandoutState(message=message))
        self._screen.tell(message, rest_ms)

    def close(self) -> None:
        """Take it off the room's screen and let it go."""
        if not self.state.is_on:
            return
        if self.state.message:
            self._screen.tell("")
        self._turn += 1
        paper, self._paper = self._paper, None
        self._kept.clear()
        self._failed.clear()
        self._drawing = False
        if paper is not None:
            paper.close()
            self._jobs.draw(paper.clear_away, lambda _none: None, self._room.tell)
        self._become(HandoutState())
        self._show_room(None)

    # --- inside -----------------------------------------------------------------------

    def _go(self, **changes: object) -> None:
        self._failed.clear()
        other = changes.get("page", self.state.page) != self.state.page
        state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._become(replace(state, picture=None) if other else state)
        self._draw()

    def _draw(self) -> None:
        """Show what is wanted if it was drawn before; then draw what is missing."""
        state = self.state
        kept = self._kept.get(self._wish(state.page, state.part))
        picture = self._kept.get(self._picture_of(state.page))
        if kept is not None:
            self._kept.move_to_end(self._wish(state.page, state.part))
            known = replace(state, part=kept.part, parts=kept.parts, seen=kept.seen)
            self._keep(self._wish(state.page, kept.part), kept)
            if replace(known, picture=picture) != state:
                self._become(replace(known, picture=picture))
            self._show_room(kept)
        self._ask()

    def _wishes(self) -> Iterator[SheetWish]:
        """What the room sees, the operator's picture of it, and what comes next."""
        state = self.state
        yield self._wish(state.page, state.part)
        yield self._picture_of(state.page)
        if 0 <= state.part < state.parts - 1:
            yield self._wish(state.page, state.part + 1)
        elif state.page < state.pages:
            yield self._wish(state.page + 1, 0)

    def _ask(self) -> None:
        paper, turn = self._paper, self._turn
        wish = next(
            (one for one in self._wishes() if one not in self._kept and one not in self._failed),
            None,
        )
        if paper is None or self._drawing or wish is None or not self.state.is_open:
            return
        self._drawing = True

        def drawn(sheet: HandoutPage) -> None:
            if turn == self._turn:
                self._drawing = False
                self._keep(wish, sheet)
                # The wish may be another one by now; what is drawn ahead is not shown.
                self._draw()

        def failed(said: UserError) -> None:
            if turn != self._turn:
                return
            self._drawing = False
            self._failed.add(wish)
            if wish == self._wish(self.state.page, self.state.part):
                self._room.tell(said)
            else:
                self._draw()

        self._jobs.draw(
            lambda: paper.draw(wish.page - 1, wish.width, wish.height, wish.zoom, wish.part),
            drawn,
            failed,
        )

    def _show_room(self, sheet: HandoutPage | None) -> None:
        if sheet is not self._seen:
            self._seen = sheet
            self._screen.show_sheet(sheet)

    def _keep(self, wish: SheetWish, sheet: HandoutPage) -> None:
        self._kept[wish] = sheet
        while len(self._kept) > 2 and self._kept_bytes() > KEPT_BYTES:
            self._kept.popitem(last=False)

    def _kept_bytes(self) -> int:
        return sum(
            len(one) for one in {id(one): one.pixels for one in self._kept.values()}.values()
        )

    def _wish(self, page: int, part: int) -> SheetWish:
        width, height = self._screen.page_size()
        return SheetWish(page, part, self.state.zoom, max(width, 1), max(height, 1))

    def _picture_of(self, page: int) -> SheetWish:
        return SheetWish(page, 0, WHOLE, *PICTURE_PX)

    def _become(self, state: HandoutState) -> None:
        self.state = state
        for listener in self.listeners:
            listener(state)
