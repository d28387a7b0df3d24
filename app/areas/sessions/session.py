"""The group session: its steps, which moves are allowed, and the honest way out.

The session is the unit of everything (domain i-1): one gathering, one operator, one
screen. It belongs to a plan entry or stands alone.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from app.areas.sessions.activities import NO_ACTIVITIES, ActivityRecord
from app.areas.sessions.kinds import RULES, KindRule, MinutesSource, kind_of
from app.domain.errors import NotPossibleNow
from app.domain.ids import CourseId, OrgUnitId, PlanId, SessionId
from app.domain.time import LOCAL
from app.domain.values import dataclass


class Step(StrEnum):
    """Where a session stands."""

    PREPARE = "prepare"
    SIGN_IN = "sign_in"
    PLAY = "play"
    DISCUSS = "discuss"
    CLOSED = "closed"
    NOT_HELD = "not_held"


class NotHeldReason(StrEnum):
    """Honest reasons why a planned session did not take place (domain i-3)."""

    HARVEST = "harvest"
    POWER_CUT = "power_cut"
    NO_HEATING = "no_heating"
    WEATHER = "weather"
    EQUIPMENT = "equipment"
    MOVED = "moved"
    OTHER = "other"


ALLOWED: dict[Step, frozenset[Step]] = {
    Step.PREPARE: frozenset({Step.SIGN_IN, Step.NOT_HELD}),
    Step.SIGN_IN: frozenset({Step.PLAY, Step.DISCUSS, Step.CLOSED, Step.NOT_HELD}),
    Step.PLAY: frozenset({Step.SIGN_IN, Step.DISCUSS, Step.CLOSED, Step.NOT_HELD}),
    Step.DISCUSS: frozenset({Step.SIGN_IN, Step.PLAY, Step.CLOSED, Step.NOT_HELD}),
    Step.CLOSED: frozenset(),
    Step.NOT_HELD: frozenset(),
}

ENDED = frozenset({Step.CLOSED, Step.NOT_HELD})

RUNNING = frozenset({Step.SIGN_IN, Step.PLAY, Step.DISCUSS})
"""Steps in which people may sign in: a late-comer is never turned away."""


@dataclass(frozen=True, slots=True)
class SessionSetting:
    """Where, for what and with whom a session is held: what its preparation says beside its kind
    (``app.areas.sessions.facts.SessionPrepared``)."""

    place: str = ""
    training_class: str = ""
    campaign: str = ""
    route: str = ""
    lecturers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()


PLAIN_SETTING = SessionSetting()


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One session the centre planned; ``date`` ISO, ``start`` local HH:MM."""

    id: PlanId
    date: str
    start: str
    title: str
    kind: str = "group_session"
    units: tuple[OrgUnitId, ...] = ()
    courses: tuple[CourseId, ...] = ()
    withdrawn: bool = False
    place: str = ""
    training_class: str = ""
    campaign: str = ""
    route: str = ""
    lecturers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    minutes: int = 0
    """How long it is meant to take; 0 when nobody said."""
    series: str = ""
    """What was planned by one act belongs together."""
    reason: str = ""
    """Why it was changed or withdrawn."""
    was: str = ""
    """When it was to be before it was put off, as ``YYYY-MM-DD HH:MM``."""

    @property
    def setting(self) -> SessionSetting:
        """What the session's preparation says beside its kind."""
        return SessionSetting(
            place=self.place,
            training_class=self.training_class,
            campaign=self.campaign,
            route=self.route,
            lecturers=self.lecturers,
            hosts=self.hosts,
            agenda=self.agenda,
            ticks=self.ticks,
        )

    @property
    def starts_at(self) -> datetime:
        """When it begins; ValueError when ``date`` and ``start`` are none."""
        moment = datetime.strptime(f"{self.date} {self.start}", "%Y-%m-%d %H:%M")  # noqa: DTZ007
        return moment.replace(tzinfo=LOCAL)

    @property
    def has_moment(self) -> bool:
        """Whether ``date`` and ``start`` are a date and a time."""
        try:
            return f"{self.starts_at:%Y-%m-%d}" == self.date
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Session:
    """One session as it stands; times are wall ms since 1970 UTC, None when not yet."""

    id: SessionId
    plan: PlanId | None
    kind: str
    title: str
    step: Step
    units: tuple[OrgUnitId, ...]
    courses: tuple[CourseId, ...]
    planned_start_ms: int | None
    grace_minutes: int
    prepared_ms: int
    opened_ms: int | None = None
    closed_ms: int | None = None
    not_held_reason: NotHeldReason | None = None
    not_held_ms: int | None = None
    not_held_note: str = ""
    opened_said_ms: int | None = None
    opened_time_source: str = "clock"
    closed_said_ms: int | None = None
    closed_time_source: str = "clock"
    """What this PC's clock said, and where the time that is shown comes from
    (``app.domain.clock_correction.TimeSource``)."""
    setting: SessionSetting = PLAIN_SETTING
    activities: ActivityRecord = NO_ACTIVITIES

    @property
    def rule(self) -> KindRule:
        """What its kind needs and may have."""
        return RULES[kind_of(self.kind)]

    @property
    def held_ms(self) -> int:
        """When it is held: as it was written down afterwards, else as planned, opened, prepared."""
        late = self.activities.late
        if late is not None:
            return late.held_from_ms
        return self.planned_start_ms or self.opened_ms or self.prepared_ms

    @property
    def began_ms(self) -> int:
        """When it really began, as far as it is known."""
        late = self.activities.late
        return (self.opened_ms or self.prepared_ms) if late is None else late.held_from_ms

    @property
    def over_ms(self) -> int | None:
        """When it really was over: as it was written down afterwards, else as it was ended here."""
        late = self.activities.late
        return self.ended_ms if late is None else late.held_to_ms

    @property
    def is_dropped(self) -> bool:
        """Whether it was a draft of a late session that was given up: it says nothing of its day."""
        return self.activities.late is not None and self.step is Step.NOT_HELD

    @property
    def minutes(self) -> int:
        """How long it was held; 0 until it is over."""
        given = sum(one.minutes for one in self.activities.lectures)
        if self.rule.minutes is MinutesSource.GIVEN and given:
            return given
        if self.activities.late is not None:
            return self.activities.late.minutes
        if self.closed_ms is None or self.opened_ms is None:
            return 0
        return max(self.closed_ms - self.opened_ms, 0) // 60_000

    @property
    def ended_ms(self) -> int | None:
        """When it was closed, or said not to be held."""
        return self.not_held_ms if self.closed_ms is None else self.closed_ms


def check_move(current: Step, target: Step) -> None:
    """Refuse a move that the flow does not allow."""
    if target not in ALLOWED[current]:
        raise NotPossibleNow(f"refusal.move.{current.value}", target=target.value)


def check_running(step: Step) -> None:
    """Refuse an act that needs a running session."""
    if step not in RUNNING:
        raise NotPossibleNow(f"refusal.not_running.{step.value}")
