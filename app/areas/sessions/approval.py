"""Where something that was entered late stands: written down, waiting to be approved, decided.

A late session is approved as a whole, by its id; a late entry into a session held here by the hash
of its mark. The word itself is a row of the catalogue (domain d 12).
"""

from __future__ import annotations

from enum import StrEnum

from app.areas.catalogue.values import Approval, ApprovalState
from app.areas.sessions.session import Step


class LateState(StrEnum):
    """How a late session or a late entry stands."""

    DRAFT = "draft"
    """Written down here, not handed in."""
    PENDING = "pending"
    APPROVED = "approved"
    RETURNED = "returned"
    """It counts nowhere; why stands in the word."""
    DROPPED = "dropped"
    """A draft that was given up."""


def state_of_late_session(step: Step, word: Approval | None) -> LateState:
    """A late session by its step and the word about it, if there is one."""
    if step is Step.NOT_HELD:
        return LateState.DROPPED
    return state_of_late_entry(word) if step is Step.CLOSED else LateState.DRAFT


def state_of_late_entry(word: Approval | None) -> LateState:
    """A late entry by the word about it, if there is one."""
    if word is None or word.stopped:
        return LateState.PENDING
    return LateState.APPROVED if word.state is ApprovalState.APPROVED else LateState.RETURNED
