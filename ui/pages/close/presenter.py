"""Shows the session for review and closes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.attendance.views import PersonCard
from app.areas.sessions.views import SessionView
from app.domain.ids import PersonId, SessionId
from ui.pages.close.state import CloseSection, CloseState
from ui.state.current_session import CurrentSession, StatusTone, is_here
from ui.state.page_names import PageName
from ui.state.refresh import Topic


class ClosePresenter:
    """Intents of the closing page; ``stop_playing`` ends a course that is still on."""

    def __init__(
        self,
        room: CurrentSession,
        render: Callable[[CloseState], None],
        stop_playing: Callable[[], None],
    ) -> None:
        self._room = room
        self._render = render
        self._stop_playing = stop_playing
        self._session: SessionId | None = None
        self._places: tuple[tuple[PersonId, ...], ...] = ()
        self._gathered = 0
        self.state = CloseState()
        self.reader = room.refresh.register(frozenset({Topic.SESSION}), self.load)

    def load(self) -> None:
        """Take the session as it stands."""
        view = self._room.view
        if view is None or view.session.id != self._session:
            self._session = None if view is None else view.session.id
            self._places, self._gathered = (), self._gathered + 1
        self._places = placed(self._places, view)
        self.state = replace(reviewed(view, self._places), gathered=self._gathered)
        self._render(self.state)

    def confirm(self) -> None:
        """The one primary action: close the session; afterwards back to today."""
        session = self._room.session_id()
        if session is None or self.state.is_closed:
            self._room.show(None)
            self._room.host.go(PageName.TODAY)
            return
        self._stop_playing()

        def done(view: SessionView) -> None:
            self._room.show(view)
            self._room.host.fact_made()
            self._room.say("op.close.done", StatusTone.DONE)

        self._room.ask(lambda: self._room.station.sessions.close(session), done)

    def opened(self) -> None:
        """The page has come to the front: everybody stands where they belong now."""
        self._session = None
        self.load()


def placed(
    before: tuple[tuple[PersonId, ...], ...], view: SessionView | None
) -> tuple[tuple[PersonId, ...], ...]:
    """Who stands under which heading: whoever stands somewhere stays, others come at the end."""
    known = {person for people in before for person in people}
    cards = () if view is None else view.cards
    found = (tuple(one.id for one in cards if fits(one)) for _key, fits in SECTIONS)
    if not before:
        return tuple(found)
    return tuple(
        (*stay, *(one for one in people if one not in known))
        for stay, people in zip(before, found, strict=True)
    )


def reviewed(view: SessionView | None, places: tuple[tuple[PersonId, ...], ...]) -> CloseState:
    """A session sorted for review."""
    if view is None:
        return CloseState()
    by_id = {one.id: one for one in view.cards}
    sections = tuple(
        CloseSection(
            key=key,
            count=sum(fits(one) for one in view.cards),
            cards=tuple(by_id[one] for one in people if one in by_id),
        )
        for (key, fits), people in zip(SECTIONS, places, strict=True)
    )
    return CloseState(
        view=view,
        sections=sections,
        playing=any(play.outcome is None for play in view.plays),
    )


def _is_missing(card: PersonCard) -> bool:
    return card.standpoint is RosterStatus.EXPECTED and card.status in (None, Status.ABSENT)


SECTIONS: tuple[tuple[str, Callable[[PersonCard], bool]], ...] = (
    ("op.close.missing", _is_missing),
    ("op.close.on_leave", lambda card: card.status is Status.ON_LEAVE),
    (
        "op.close.late",
        lambda card: (
            card.status in (Status.LATE, Status.LATE_ENTRY)
            and card.standpoint is not RosterStatus.VISITOR
        ),
    ),
    (
        "op.close.visitors",
        lambda card: card.standpoint is RosterStatus.VISITOR and is_here(card),
    ),
)
