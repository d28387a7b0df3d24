"""The operator's eleven pages, each built when it is first wanted, from the page context.

Building all of them costs more than opening the record, so at the start only the page in
front is built and the others follow while nobody waits (``Pages.build_next``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtWidgets import QWidget

from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.state.page_names import PageName
from ui.state.refresh import Subscriber

if TYPE_CHECKING:
    from ui.pages.discuss.view import DiscussPage
    from ui.pages.play.view import PlayPage
    from ui.pages.roll_call.drawer import LateDrawer


class OperatorPage(Protocol):
    """What the window needs of a page; every page is a QWidget besides."""

    reader: Subscriber

    def act(self, act: Shortcut) -> bool:
        """A key was pressed; True when it meant something here."""


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
            page = self._standing[place] = _MAKERS[place](self._context)
            self._built(place, page)
        return page

    def __setitem__(self, place: PageName, page: QWidget) -> None:
        self._standing[place] = page

    def __delitem__(self, place: PageName) -> None:
        del self._standing[place]

    def __iter__(self) -> Iterator[PageName]:
        return iter(_MAKERS)

    def __len__(self) -> int:
        return len(_MAKERS)

    def standing(self) -> tuple[tuple[PageName, QWidget], ...]:
        """Pages that are built, in the order of their building."""
        return tuple(self._standing.items())

    def play(self) -> PlayPage:
        """The play page."""
        return cast("PlayPage", self[PageName.PLAY])

    def discuss(self) -> DiscussPage:
        """The discussion page."""
        return cast("DiscussPage", self[PageName.DISCUSS])

    def drawer(self) -> LateDrawer:
        """The late drawer inside the play page."""
        return cast("LateDrawer", self.play().drawer)

    def has(self, place: PageName) -> bool:
        """Whether a page is built."""
        return place in self._standing

    def build_next(self) -> bool:
        """Build one more page, in the order of a session; False when all are built."""
        following = next((place for place in _MAKERS if place not in self._standing), None)
        if following is None:
            return False
        self[following]  # noqa: B018 - looking it up builds it
        return True


def load_modules() -> None:
    """Any thread: load what pages are made of, so that building one is short."""
    for place in _MAKERS:
        import_module(f"ui.pages.{place.value}.view")
    import_module("ui.audience.mirror")


def reader_of(page: QWidget) -> Subscriber:
    """A page's interest in what changes."""
    return cast("OperatorPage", page).reader


# A page's module is loaded with the page: most sessions open five of the eleven.


def _today(context: PageContext) -> QWidget:
    from ui.pages.today.view import TodayPage

    return TodayPage(context.session)


def _prepare(context: PageContext) -> QWidget:
    from ui.pages.prepare.view import PreparePage

    return PreparePage(context.session, context.audience)


def _roll_call(context: PageContext) -> QWidget:
    from ui.pages.roll_call.view import RollCallPage

    return RollCallPage(context.session, context.audience)


def _play(context: PageContext) -> QWidget:
    from ui.pages.play.view import PlayPage
    from ui.pages.roll_call.drawer import LateDrawer

    drawer = LateDrawer(context.session)
    mirror = context.audience.make_mirror()
    return PlayPage(context.session, context.playback, mirror, drawer, context.handouts)


def _discuss(context: PageContext) -> QWidget:
    from ui.pages.discuss.view import DiscussPage

    return DiscussPage(context)


def _close(context: PageContext) -> QWidget:
    from ui.pages.close.view import ClosePage

    return ClosePage(context.session, context.playback)


def _courses(context: PageContext) -> QWidget:
    from ui.pages.courses.view import CoursesPage

    return CoursesPage(context.session, context.app, context.sync)


def _records(context: PageContext) -> QWidget:
    from ui.pages.records.view import RecordsPage

    return RecordsPage(context.session)


def _sending(context: PageContext) -> QWidget:
    from ui.pages.sending.view import SendingPage

    return SendingPage(context.session, context.sync, context.sticks)


def _roster(context: PageContext) -> QWidget:
    from ui.pages.roster.view import RosterPage

    return RosterPage(context.session)


def _settings(context: PageContext) -> QWidget:
    from ui.pages.settings.view import SettingsPage

    return SettingsPage(context)


_MAKERS: dict[PageName, Callable[[PageContext], QWidget]] = {
    PageName.TODAY: _today,
    PageName.PREPARE: _prepare,
    PageName.ROLL_CALL: _roll_call,
    PageName.PLAY: _play,
    PageName.DISCUSS: _discuss,
    PageName.CLOSE: _close,
    PageName.COURSES: _courses,
    PageName.RECORDS: _records,
    PageName.SENDING: _sending,
    PageName.ROSTER: _roster,
    PageName.SETTINGS: _settings,
}
