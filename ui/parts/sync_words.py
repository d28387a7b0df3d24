"""Where the record stands with the centre, in the same words on every page."""

from __future__ import annotations

from app.usecases.views import SyncState, SyncView
from app.words import say
from ui.state.formatting import moment
from ui.widgets.chip import ChipTone

TONES = {
    SyncState.NOT_ENROLLED: ChipTone.WAITING,
    SyncState.NOTHING: ChipTone.PLAIN,
    SyncState.ALL_SENT: ChipTone.GOOD,
    SyncState.SENDING: ChipTone.TOLD,
    SyncState.WAITING: ChipTone.WAITING,
    SyncState.NEEDS_CARE: ChipTone.CARE,
    SyncState.NO_SPACE: ChipTone.CARE,
}


def state_words(sync: SyncView) -> str:
    """Its state in a word or two."""
    return say(f"sync.{sync.state.value}", count=sync.waiting_sessions)


def last_sent(sync: SyncView) -> str:
    """When sending last succeeded."""
    if sync.last_success_ms is None:
        return say("op.sending.never")
    return say("op.sending.last", when=moment(sync.last_success_ms))
