"""What a session that has ended still offers, wherever it is shown: its sheet, and undoing the end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.areas.forms.held import of_view
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.areas.sessions.session import Session, Step
from app.areas.sessions.views import SessionView
from app.domain.ids import SessionId
from app.words import say
from ui.state.current_session import CurrentSession, StatusTone
from ui.widgets.fit.button import FitButton

_LOOKS_EVERY_MS = 5_000


class ReopenButton(FitButton):
    """Undo the end: there while the end may still be taken back, gone when the time is over.

    ``then`` hears of the session that goes on.
    """

    def __init__(self, room: CurrentSession, then: Callable[[SessionView], None]) -> None:
        super().__init__(say("op.close.reopen"), icon="undo")
        self._room, self._then = room, then
        self._session: SessionId | None = None
        self.watch = QTimer(self)
        self.watch.setInterval(_LOOKS_EVERY_MS)
        self.watch.timeout.connect(self._look)
        self.clicked.connect(self._on_touched)
        self.hide()

    def offer(self, session: Session | None) -> None:
        """For this session, if it is one that ended."""
        ended = session is not None and session.step is Step.CLOSED
        asked = session.id if session is not None and ended else None
        if asked != self._session:
            self.hide()
        self._session = asked
        self._look()

    def _look(self) -> None:
        asked, sessions = self._session, self._room.station.sessions
        if asked is None:
            self.watch.stop()
            self.hide()
        else:
            self._room.ask(lambda: (asked, sessions.may_reopen(asked)), self._on_known)

    def _on_known(self, known: tuple[SessionId, bool]) -> None:
        asked, may = known
        if asked != self._session:
            return
        self.setVisible(may)
        if may:
            self.watch.start()
        else:
            self.watch.stop()

    def _on_touched(self) -> None:
        session, sessions = self._session, self._room.station.sessions
        if session is not None:
            self._room.ask(lambda: sessions.reopen(session), self._on_reopened)

    def _on_reopened(self, view: SessionView) -> None:
        self._room.show(view)
        self._room.host.fact_made()
        self._room.say("op.close.reopened", StatusTone.DONE)
        self._then(view)


class OnlyHereButton(FitButton):
    """While it is on, the sheet names those who came and nobody else."""

    def __init__(self) -> None:
        super().__init__(say("op.close.only_here"), icon="check_circle", checkable=True)
        self.clicked.connect(lambda: self.setChecked(not self.isChecked()))


def print_sign_in_sheet(
    parent: QWidget, room: CurrentSession, view: SessionView, *, only_here: bool
) -> None:
    """Offer the sign-in sheet, of everybody or of those who came."""
    from ui.printing.print_or_save import offer_forms  # the printer's library, to print

    form = sign_in_sheet(say, room.site_name, of_view(view), only_here=only_here)
    offer_forms(parent, room, (form,), form.file_name)
