"""The operator's thirteen pages, each built when it is first wanted, from the page context.

Building all of them costs more than opening the record, so at the start only the page in
front is built and the others follow while nobody waits (``Pages.build_next``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtWidgets import QWidget

from app.domain.values import dataclass
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.state.page_names import PageName
from ui.state.refresh import Subscriber

if TYPE_CHECKING:
    from ui.pages.discuss.view import DiscussPage
    from ui.pages.play.view import PlayPage
    from ui.pages.roll_call.drawer import LateDrawer
    from ui.pages.roll_call.view import RollCallPage
    from ui.pages.today.view import TodayPage
    from ui.parts.session_frame import SessionFrame


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page of the operator's window: a new page is one more line in ``PAGES``."""

    name: PageName
    view: str
    """Its class in ``ui.pages.NAME.view``; the module is loaded with the page: most sessions open
    five of the thirteen."""
    icon: str = ""
    """In the sidebar; empty for pages that others lead to."""

    @property
    def module(self) -> str:
        """Where the class is."""
        return f"ui.pages.{self.name.value}.view"

    def build(self, context: PageContext) -> QWidget:
        """The page, made anew."""
        page: QWidget = getattr(import_module(self.module), self.view)(context)
        return page


PAGES = (
    PageSpec(PageName.TODAY, "TodayPage", "home"),
    PageSpec(PageName.PREPARE, "PreparePage"),
    PageSpec(PageName.ROLL_CALL, "RollCallPage"),
    PageSpec(PageName.PLAY, "PlayPage"),
    PageSpec(PageName.DISCUSS, "DiscussPage"),
    PageSpec(PageName.CLOSE, "ClosePage"),
    PageSpec(PageName.COURSES, "CoursesPage", "book"),
    PageSpec(PageName.CASES, "CasesPage", "seal"),
    PageSpec(PageName.RECORDS, "RecordsPage", "records"),
    PageSpec(PageName.SENDING, "SendingPage", "send"),
    PageSpec(PageName.ROSTER, "RosterPage", "people"),
    PageSpec(PageName.SETTINGS, "SettingsPage", "settings"),
    PageSpec(PageName.LATE_SESSION, "LateSessionPage"),
)
_SPECS = {one.name: one for one in PAGES}


class OperatorPage(Protocol):
    """What the window needs of a page; every page is a QWidget besides."""

    reader: Subscriber

    def act(self, act: Shortcut) -> bool:
        """A key was pressed; True when it meant something here."""


class SessionPage(Protocol):
    """A page that can share a wide window with the people and the line of tonight."""

    foot: QWidget

    def spread(self, frame: SessionFrame | None) -> None:
        """Lend the frame what it shows, or take all back."""


TOGETHER = (PageName.ROLL_CALL, PageName.PLAY, PageName.DISCUSS)
"""The pages that do; each is a ``SessionPage``."""


class Pages(MutableMapping[PageName, QWidget]):
    """All pages by name. Looking one up builds it; ``standing`` are those built so far.

    ``built`` is told of each page once, before anyone else has it.
    """

    def __init__(self, context: PageContext, built: Callable[[PageName, QWidget], None]) -> None:
        self._context = context
        self._built = built
        self._standing: dict[PageName, QWidget] = {}

    def __getitem__(self, place: PageName) -> QWidget:
        page = self._standing.get(place)
        if page is None:
            page = self._standing[place] = _SPECS[place].build(self._context)
            self._built(place, page)
        return page

    def __setitem__(self, place: PageName, page: QWidget) -> None:
        self._standing[place] = page

    def __delitem__(self, place: PageName) -> None:
        del self._standing[place]

    def __iter__(self) -> Iterator[PageName]:
        return iter(_SPECS)

    def __len__(self) -> int:
        return len(_SPECS)

    def standing(self) -> tuple[tuple[PageName, QWidget], ...]:
        """Pages that are built, in the order of their building."""
        return tuple(self._standing.items())

    def today(self) -> TodayPage:
        """The first page."""
        return cast("TodayPage", self[PageName.TODAY])

    def play(self) -> PlayPage:
        """The play page."""
        return cast("PlayPage", self[PageName.PLAY])

    def discuss(self) -> DiscussPage:
        """The discussion page."""
        return cast("DiscussPage", self[PageName.DISCUSS])

    def roll_call(self) -> RollCallPage:
        """The roll-call page."""
        return cast("RollCallPage", self[PageName.ROLL_CALL])

    def together(self) -> tuple[SessionPage, ...]:
        """Those that are built of the pages that can share a window."""
        return tuple(cast("SessionPage", self[one]) for one in TOGETHER if self.has(one))

    def drawer(self) -> LateDrawer:
        """The late drawer inside the play page."""
        return self.play().drawer

    def has(self, place: PageName) -> bool:
        """Whether a page is built."""
        return place in self._standing

    def build_next(self) -> bool:
        """Build one more page, in the order of a session; False when all are built."""
        following = next((place for place in _SPECS if place not in self._standing), None)
        if following is None:
            return False
        self[following]  # noqa: B018 - looking it up builds it
        return True


def load_modules() -> None:
    """Any thread: load what pages are made of, so that building one is short."""
    for spec in PAGES:
        import_module(spec.module)
    for name in ("ui.audience.mirror", "ui.lock.pin_change", "ui.lock.pin_confirm"):
        import_module(name)


def reader_of(page: QWidget) -> Subscriber:
    """A page's interest in what changes."""
    return cast("OperatorPage", page).reader
