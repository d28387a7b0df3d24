"""Where the record stands with the centre, in the same words on every page."""

from __future__ import annotations

from app.usecases.views import SyncState, SyncView
from app.words import say
from ui.state.formatting import moment
from ui.widgets.chip import ChipTone

TONES = {
    SyncState.ALL_SENT: ChipTone.GOOD,
    SyncState.SENDING: ChipTone.TOLD,
    SyncState.WAITING: ChipTone.WAITING,
    SyncState.NEEDS_CARE: ChipTone.CARE,
    SyncState.NO_SPACE: ChipTone.CARE,
}


def state_words(sync: SyncView) -> str:
    """One of the five states."""
    key = f"sync.{sync.state.value}"
    return say(key, done=sync.confirmed, total=sync.facts, count=sync.waiting)


def agreed(sync: SyncView) -> str:
    """How many facts are here, and how many the centre has confirmed."""
    return say("sync.agreed", facts=sync.facts, confirmed=sync.confirmed)


def last_sent(sync: SyncView) -> str:
    """When sending last succeeded."""
    if sync.last_success_ms is None:
        return say("op.sending.never")
    return say("op.sending.last", when=moment(sync.last_success_ms))
