"""What is shown of a session, whole or as a line of the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from app.areas.attendance.marks import Turnout
from app.areas.attendance.views import PersonCard, Undoable
from app.areas.catalogue.values import (
    Approval,
    Campaign,
    Lecturer,
    Partner,
    Route,
    RouteStop,
    TrainingClass,
)
from app.areas.playback.views import PlayView
from app.areas.ratings.tally import Tally
from app.areas.sessions.approval import LateState
from app.areas.sessions.session import Session, Step
from app.domain.ids import SessionId
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class RecordedTwice:
    """The other sheets of the same real session, and everybody of all its sheets counted once."""

    sessions: tuple[SessionId, ...]
    codes: tuple[str, ...]
    """Codes of the other sheets that are closed."""
    step: Step
    """Closed as soon as one sheet is."""
    turnout: Turnout


@dataclass(frozen=True, slots=True)
class SessionView:
    """Everything of one session. ``cards``: expected and left-out by name, then visitors."""

    session: Session
    cards: tuple[PersonCard, ...]
    turnout: Turnout
    undoable: Undoable | None
    plays: tuple[PlayView, ...]
    notes: tuple[str, ...] = ()
    code: str = ""
    """The session code (``app.areas.sessions.code``), once closed."""
    to_check: int = 0
    """Its facts that wait at the centre to be checked: the centre's report is without them."""
    other_codes: tuple[str, ...] = ()
    """Codes of closings that do not hold; a paper may bear one of them."""
    together: RecordedTwice | None = None
    """Set when the same real session has another sheet."""
    late: LateState | None = None
    """How it stands when it was written down afterwards."""
    pending: int = 0
    """People whose attendance waits to be approved."""
    word: Approval | None = None
    """What the township or county said about a late session."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What those are called whose ids its setting and its activities name."""
    stops: tuple[RouteStop, ...] = ()
    """The stops of its route, in order."""
    ratings: tuple[Tally, ...] = ()
    """What those in the room thought of it, once it is closed."""

    @property
    def written(self) -> tuple[str, ...]:
        """All that was written down: why it was not held, then the notes of the discussion."""
        note = self.session.not_held_note
        return (note, *self.notes) if note else self.notes


@dataclass(frozen=True, slots=True)
class SettingChoices:
    """What a session nobody planned may be for, with whom and by which route: rows that hold today,
    by name. Classes whose roster only entitled people see are not among them."""

    classes: tuple[TrainingClass, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    lecturers: tuple[Lecturer, ...] = ()
    hosts: tuple[Partner, ...] = ()
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One line of the records list; ``waiting``: the centre has not confirmed all of it."""

    session: Session
    turnout: Turnout
    waiting: bool
    code: str = ""
    """The session code, once closed."""
    to_check: int = 0
    """Its facts that wait at the centre to be checked."""
    entered: bool = False
    """Whether the centre has said that all of it is in its reports."""
    together: RecordedTwice | None = None
    """Set when the same real session has another sheet."""
    late: LateState | None = None
    """How it stands when it was written down afterwards."""
    pending: int = 0
    """People whose attendance waits to be approved."""
