"""Writes down what is said in the discussion."""

from __future__ import annotations

from app.areas.discussion.facts import DiscussionNoted
from app.areas.sessions.session import (
    Step,
    check_running,
)
from app.areas.sessions.show import view_of
from app.areas.sessions.verbs import OPERATOR
from app.areas.sessions.views import SessionView
from app.domain import bounds
from app.domain.ids import SessionId
from app.domain.personal import Personal
from app.domain.values import dataclass
from app.usecases.tools import Tools


@dataclass(frozen=True, slots=True)
class Discussion:
    """What can be done in a discussion."""

    tools: Tools

    def note(self, session: SessionId, text: str) -> SessionView:
        """Keep a note of the discussion; empty text changes nothing."""
        text = bounds.written(text, bounds.DISCUSSION_NOTE)
        with self.tools.store.begin() as work:
            current = work.session(session)
            if current.step is not Step.CLOSED:
                check_running(current.step)
            if text:
                work.record(
                    DiscussionNoted(session),
                    actor=OPERATOR,
                    personal=Personal(note=text),
                )
            return view_of(work, session)
