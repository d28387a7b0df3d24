"""What has changed, and which pages must read anew because of it.

A page that is hidden is only noted as stale and reads when it is shown; whoever made
the change is skipped, because its state is fresh already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial


class Topic(StrEnum):
    """What can change under a page."""

    SESSION = "session"
    COURSES = "courses"
    ROSTER = "roster"
    SENDING = "sending"
    SCREENS = "screens"
    WORDS = "words"


@dataclass(slots=True)
class Subscriber:
    """One page's interest; ``visible`` is kept by the window."""

    topics: frozenset[Topic]
    reload: Callable[[], None]
    visible: bool = False
    stale: bool = True
    due: bool = False
    """Whether it is going to read in a turn of its own."""


@dataclass(slots=True)
class Refresher:
    """All readers of one window; GUI thread only.

    With ``later`` each visible reader reads in a turn of its own, once for any number of
    changes before it, so that many pages together don't hold the screen up.
    """

    later: Callable[[Callable[[], None]], None] | None = None
    readers: list[Subscriber] = field(default_factory=list)

    def register(self, topics: frozenset[Topic], reload: Callable[[], None]) -> Subscriber:
        """Add a page; it reads for the first time when it is shown."""
        reader = Subscriber(topics, reload)
        self.readers.append(reader)
        return reader

    def show(self, reader: Subscriber, *, visible: bool) -> None:
        """A page has come to the front or left it."""
        reader.visible = visible
        if visible and reader.stale:
            reader.stale = reader.due = False
            reader.reload()

    def changed(self, *topics: Topic, by: Subscriber | None = None) -> None:
        """Have visible pages that care read anew, and mark hidden ones stale."""
        asked = frozenset(topics)
        for reader in self.readers:
            if reader is by or not reader.topics & asked:
                continue
            if not reader.visible:
                reader.stale = True
            elif self.later is None:
                reader.reload()
            elif not reader.due:
                reader.due = True
                self.later(partial(self._read, reader))

    def _read(self, reader: Subscriber) -> None:
        if not reader.due:
            return
        reader.due = False
        if reader not in self.readers:
            return
        if reader.visible:
            reader.reload()
        else:
            reader.stale = True
