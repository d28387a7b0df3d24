"""Three truths kept apart: saved here, received by the centre, understood by the centre."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.views import SyncView
from app.words import say
from ui.pages.parts.layout import row
from ui.pages.parts.numbers import BigNumber
from ui.theme import look
from ui.widgets.panel import label

_UNKNOWN = "–"


class ThreeSteps(QWidget):
    """Three numbers with an arrow between them; a number that was never said is a dash."""

    def __init__(self) -> None:
        super().__init__()
        self.here = BigNumber(say("op.sending.step_here"), 64)
        self.received = BigNumber(say("op.sending.step_received"), 64)
        self.understood = BigNumber(say("op.sending.step_understood"), 64)
        arrows = [label("→", "title") for _ in range(2)]
        self.setLayout(
            row(self.here, None, arrows[0], None, self.received, None, arrows[1], None,
                self.understood, gap=look.scaled(8))
        )  # fmt: skip

    def show_sync(self, sync: SyncView) -> None:
        """Show where the record stands."""
        self.here.show_number(str(sync.facts))
        self.received.show_number(str(sync.confirmed))
        known = sync.understood
        self.understood.show_number(_UNKNOWN if known is None else str(known))


def agreement_words(sync: SyncView) -> str:
    """Whether both sides hold the same, in one short sentence."""
    if sync.agreed:
        return say("op.sending.agreed")
    if sync.agreed is False:
        return say("op.sending.differs")
    return say("op.sending.not_compared")
