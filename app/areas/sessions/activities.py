"""What may be done in a session beside signing in and playing: the values its report holds."""

from __future__ import annotations

from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item that was done, or skipped with a reason."""

    item: str
    is_done: bool
    reason: str = ""
    hash: str = ""
    """Of the fact that says so, by which it is taken back; the same in every line."""


@dataclass(frozen=True, slots=True)
class StopLine:
    """A stop of the route that was reached."""

    stop: str
    at_ms: int
    hash: str = ""


@dataclass(frozen=True, slots=True)
class LectureLine:
    """What a lecturer of the bank (or, with an empty ``lecturer``, somebody named) spoke on."""

    lecturer: str
    topic: str
    minutes: int
    person: str = ""
    """Who of the roster gave it: a member's micro-lesson."""
    name: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many of a kind (villager, activist …) were there beside the list of names."""

    kind: str
    count: int
    hash: str = ""


@dataclass(frozen=True, slots=True)
class VisitLine:
    """Who was visited at home, by whom (an id, or empty for somebody named in the note)."""

    person: str
    by: str
    minutes: int
    pairing: str = ""
    note: str = ""
    hash: str = ""


ActivityLine = AgendaLine | StopLine | LectureLine | HeadCount | VisitLine


@dataclass(frozen=True, slots=True)
class LateSession:
    """That a session was written down afterwards: when it was held (ms UTC), when that was
    written, by whom and why."""

    held_from_ms: int
    held_to_ms: int
    written_ms: int
    by: str = ""
    reason: str = ""
    hash: str = ""

    @property
    def minutes(self) -> int:
        """How long it was held."""
        return (self.held_to_ms - self.held_from_ms) // 60_000


@dataclass(frozen=True, slots=True)
class HintAnswer:
    """What the operator said to something noticed in the session (``app.areas.running.hints``)."""

    hint: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """All of it, each in the order in which it first came."""

    agenda: tuple[AgendaLine, ...] = ()
    stops: tuple[StopLine, ...] = ()
    lectures: tuple[LectureLine, ...] = ()
    heads: tuple[HeadCount, ...] = ()
    visits: tuple[VisitLine, ...] = ()
    late: LateSession | None = None
    answers: tuple[HintAnswer, ...] = ()


NO_ACTIVITIES = ActivityRecord()
