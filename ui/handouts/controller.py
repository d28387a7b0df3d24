"""Opens a handout, turns its pages and shows them to the room; GUI thread, knows no widget.

One page is drawn at a time, the newest wish first; the next one is drawn ahead. A page key
at the last page says so and stays: it never does anything else while a handout is open.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from app.domain.errors import UserError
from ui.audience.state import HandoutPage
from ui.handouts.stick_search import PdfFound, pdfs_on
from ui.jobs.protocols import DrawJobs
from ui.state.current_session import CurrentSession

if TYPE_CHECKING:
    from ui.handouts.pdf_worker_client import PdfWorkerClient

T = TypeVar("T")

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

    @property
    def is_open(self) -> bool:
        """Whether page keys turn pages."""
        return self.pages > 0

    @property
    def is_on(self) -> bool:
        """Whether the room sees a handout or a sentence, or soon will."""
        return self.is_open or self.opening or bool(self.message)


class HandoutScreen(Protocol):
    """Where the room sees handouts."""

    def page_size(self) -> tuple[int, int]:
        """The real px a page may fill."""

    def show_sheet(self, sheet: HandoutPage | None) -> None:
        """Show this page, or go back to what was there."""

    def tell(self, message: str) -> None:
        """Show one sentence instead; empty takes it away."""


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
        self._kept: OrderedDict[tuple[int, int, int], HandoutPage] = OrderedDict()
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
        """A page on (+1) or back (-1); at the ends it says so and stays."""
        if not self.state.is_open:
            return
        page = self.state.page + step
        if not 1 <= page <= self.state.pages:
            self._room.say("handout.last" if step > 0 else "handout.first")
            return
        self._become(replace(self.state, page=page))
        self._draw()

    def tell(self, message: str) -> None:
        """Show one sentence to the room instead, until it is closed."""
        self.close()
        self._become(HandoutState(message=message))
        self._screen.tell(message)

    def close(self) -> None:
        """Take it off the room's screen and let it go."""
        if not self.state.is_on:
            return
        if self.state.message:
            self._screen.tell("")
        self._turn += 1
        paper, self._paper = self._paper, None
        self._kept.clear()
        self._drawing = False
        if paper is not None:
            paper.close()
            self._jobs.draw(paper.clear_away, lambda _none: None, self._room.tell)
        self._become(HandoutState())
        self._show_room(None)

    # --- inside -----------------------------------------------------------------------

    def _draw(self) -> None:
        """Show the wanted page, drawn before or now; then draw the following one ahead."""
        wanted = self._key(self.state.page)
        kept = self._kept.get(wanted)
        if kept is not None:
            self._kept.move_to_end(wanted)
            self._show_room(kept)
            self._ask_for(self.state.page + 1)
        else:
            self._ask_for(self.state.page)

    def _ask_for(self, page: int) -> None:
        key, paper, turn = self._key(page), self._paper, self._turn
        if paper is None or self._drawing or key in self._kept or page > self.state.pages:
            return
        self._drawing = True

        def drawn(sheet: HandoutPage) -> None:
            if turn != self._turn:
                return
            self._drawing = False
            self._keep(key, sheet)
            # The wish may be another page by now; one drawn ahead is not shown.
            self._draw()

        def failed(said: UserError) -> None:
            if turn != self._turn:
                return
            self._drawing = False
            if page == self.state.page:
                self._room.tell(said)
            elif self._key(self.state.page) not in self._kept:
                self._draw()

        self._jobs.draw(lambda: paper.draw(page - 1, key[1], key[2]), drawn, failed)

    def _show_room(self, sheet: HandoutPage | None) -> None:
        if sheet is not self._seen:
            self._seen = sheet
            self._screen.show_sheet(sheet)

    def _keep(self, key: tuple[int, int, int], sheet: HandoutPage) -> None:
        self._kept[key] = sheet
        while len(self._kept) > 1 and self._kept_bytes() > KEPT_BYTES:
            self._kept.popitem(last=False)

    def _kept_bytes(self) -> int:
        return sum(len(one.pixels) for one in self._kept.values())

    def _key(self, page: int) -> tuple[int, int, int]:
        width, height = self._screen.page_size()
        return page, max(width, 1), max(height, 1)

    def _become(self, state: HandoutState) -> None:
        self.state = state
        for listener in self.listeners:
            listener(state)
