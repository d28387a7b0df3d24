"""The network is away and comes back: what the Program tells, and what the centre knows then."""

from __future__ import annotations

from app.areas.sessions.views import SessionView
from app.usecases.views import SyncState
from app.words import say
from tests.system.agreement import told_by_centre, told_by_station
from tests.system.hands import Hands
from tests.system.places import CutCentre
from ui.pages.sending.view import SendingPage
from ui.state.page_names import PageName


def wait_without_network(hands: Hands) -> None:
    """What the centre has not confirmed is told, why, and that it is safe here."""
    page = _open_sending(hands)
    hands.wait(lambda: (sync := page.presenter.state.sync) is not None and sync.waiting > 0)
    hands.wait(lambda: bool(page.reason.text()))
    assert say("op.sending.safe") == page.safe.text()


def send(hands: Hands) -> None:
    """One button, and all is confirmed."""
    page = _open_sending(hands)
    hands.wait(page.now.isEnabled)
    hands.click(page.now)
    hands.wait(
        lambda: (sync := page.presenter.state.sync) is not None and sync.state is SyncState.ALL_SENT
    )
    assert hands.sync().waiting == 0


def compare(hands: Hands, centre: CutCentre) -> SessionView:
    """The record, the screen and the centre tell the same session, each fact once; the record's."""
    shown = hands.view
    kept = hands.ask(lambda: hands.program.room.station.sessions.show(shown.session.id))
    session, report = centre.only_session()
    assert told_by_centre(session) == told_by_station(kept) == told_by_station(shown)
    assert session["agrees"] is True
    assert session["held"] == report["held"] == {}
    assert report["forks"] == []
    assert (report["facts"], report["detached"]) == (hands.sync().facts, 0)
    return kept


def _open_sending(hands: Hands) -> SendingPage:
    if hands.program.window.place is not PageName.SENDING:
        hands.click(hands.program.window.rail.items[PageName.SENDING])
        hands.wait_at(PageName.SENDING)
    return hands.page(SendingPage)
