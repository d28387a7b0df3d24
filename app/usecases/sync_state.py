"""Where the record stands with the centre, in words of sessions: one of seven states.

A PC that was switched on and a session that is only being prepared are facts too, and they are
sent; but nobody waits for them, so they are never told as something that waits.
"""

from __future__ import annotations

from app.domain.values import dataclass
from app.usecases.views import SyncState


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides: ``held`` sessions stand in the record, ``waiting`` of them not wholly at the
    centre; ``in_care``: the last try, or the centre, said that a person has to look."""

    enrolled: bool = True
    in_care: bool = False
    no_space: bool = False
    busy: bool = False
    held: bool = False
    waiting: int = 0


def state_of(standing: Standing) -> SyncState:
    """The one state that is told: what a person has to do first goes before what goes by itself."""
    if standing.no_space:
        return SyncState.NO_SPACE
    if standing.in_care:
        return SyncState.NEEDS_CARE
    if not standing.enrolled:
        return SyncState.NOT_ENROLLED
    if standing.waiting:
        return SyncState.SENDING if standing.busy else SyncState.WAITING
    return SyncState.ALL_SENT if standing.held else SyncState.NOTHING
