"""What the operator says was done in a session beside signing in: an agenda item, a stop of the
route, a lecture, heads that were counted, a visit; each can be taken back while the session runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.areas.catalogue.values import (
    Campaign,
    Lecturer,
    LecturerState,
    Partner,
    Route,
    TrainingClass,
)
from app.areas.sessions.activities import ActivityLine
from app.areas.sessions.facts import (
    ActivityTakenBack,
    AgendaTicked,
    HeadsCounted,
    LectureGiven,
    StopReached,
    VisitMade,
)
from app.areas.sessions.kinds import HEADS, PAIRINGS, Activity
from app.areas.sessions.session import Session, check_running
from app.areas.sessions.show import view_of
from app.areas.sessions.verbs import OPERATOR
from app.areas.sessions.views import SessionView, SettingChoices
from app.domain import bounds
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.fact_kinds import Fact
from app.domain.ids import FactHash, SessionId
from app.domain.personal import Personal
from app.domain.time import local_date
from app.domain.values import dataclass
from app.usecases.tools import Tools

if TYPE_CHECKING:
    from app.store.work import StoreWork

MOST_HEADS = 100_000
MOST_MINUTES = 31 * 24 * 60
NOTHING = Personal()
ActivityFact = AgendaTicked | StopReached | LectureGiven | HeadsCounted | VisitMade


@dataclass(frozen=True, slots=True)
class SessionActivities:
    """What can be said of a running session's activities; refused when its kind has no such one."""

    tools: Tools

    def lecturers(self) -> tuple[Lecturer, ...]:
        """Who of the bank may be asked to teach today, by name."""
        day = local_date(self.tools.clock.now().wall_ms).isoformat()
        with self.tools.store.read() as reading:
            bank = reading.listed(Lecturer)
        return tuple(one for one in bank if one.state_on(day) is LecturerState.IN)

    def choices(self) -> SettingChoices:
        """Among what the setting of a session that nobody planned is chosen."""
        lecturers = self.lecturers()
        with self.tools.store.read() as reading:
            return SettingChoices(
                classes=tuple(
                    one for one in reading.listed(TrainingClass) if not one.is_restricted
                ),
                campaigns=reading.listed(Campaign),
                lecturers=lecturers,
                hosts=reading.listed(Partner),
                routes=reading.listed(Route),
            )

    def tick(
        self, session: SessionId, item: str, *, is_done: bool = True, reason: str = ""
    ) -> SessionView:
        """An agenda item was done, or skipped for a reason; the last word holds.

        An item that was not on the agenda comes at its end.
        """
        return self._record(AgendaTicked(session, item, is_done), Personal(reason=reason))

    def reach(self, session: SessionId, stop: str) -> SessionView:
        """The group stands at a stop of its route."""
        return self._record(StopReached(session, stop))

    def lecture(self, told: LectureGiven, name: str = "") -> SessionView:
        """Somebody spoke: of the bank, of the roster, or ``name``."""
        return self._record(told, Personal(name=name))

    def count_heads(self, session: SessionId, kind: str, count: int) -> SessionView:
        """So many of a kind are here beside those named; said again, the last holds."""
        return self._record(HeadsCounted(session, kind, count))

    def visit(self, told: VisitMade, note: str = "") -> SessionView:
        """Somebody of the roster was visited at home."""
        return self._record(told, Personal(note=note))

    def take_back(self, session: SessionId, target: FactHash) -> SessionView:
        """One of these was a slip: it is as if it had not been said; both stay in the journal."""
        with self.tools.store.begin() as work:
            current = work.session(session)
            check_running(current.step)
            if target not in _hashes_of(current):
                raise NotFound("refusal.nothing_to_undo")
            work.record(ActivityTakenBack(session, target), actor=OPERATOR)
            return view_of(work, session)

    def _record(self, fact: ActivityFact, personal: Personal = NOTHING) -> SessionView:
        with self.tools.store.begin() as work:
            check_running(work.session(fact.session).step)
            record_activity(work, fact, personal)
            return view_of(work, fact.session)


def record_activity(work: StoreWork, fact: ActivityFact, personal: Personal = NOTHING) -> None:
    """Check what is said and record it in the caller's unit of work.

    Raises:
        NotPossibleNow: a session of its kind has no such activity.
        BadInput: it says what cannot be.
        NotFound: nobody here knows whom it names.
    """
    activity, checked = _CHECKED[type(fact)]
    if activity not in work.session(fact.session).rule.activities:
        raise NotPossibleNow(f"refusal.no_activity.{activity.value}")
    fact, personal = checked(fact, personal)
    for who in (getattr(fact, "person", None), getattr(fact, "by", None)):
        is_known = not who or work.person(who) or work.standpoint(fact.session, who)
        if not is_known:
            raise NotFound("refusal.no_person")
    work.record(fact, actor=OPERATOR, personal=personal or None)


def _agenda(fact: AgendaTicked, told: Personal) -> tuple[AgendaTicked, Personal]:
    reason = "" if fact.is_done else bounds.line(told.reason, bounds.REASON)
    return replace(fact, item=_named(fact.item, bounds.AGENDA_ITEM)), Personal(reason=reason)


def _stop(fact: StopReached, _told: Personal) -> tuple[StopReached, Personal]:
    return replace(fact, stop=_named(fact.stop, bounds.ID)), NOTHING


def _lecture(fact: LectureGiven, told: Personal) -> tuple[LectureGiven, Personal]:
    name = bounds.line(told.name, bounds.NAME)
    if not (fact.lecturer or fact.person or name):
        raise BadInput("refusal.needs_lecturer")
    _check_minutes(fact.minutes)
    return replace(fact, topic=bounds.line(fact.topic, bounds.TITLE)), Personal(name=name)


def _heads(fact: HeadsCounted, _told: Personal) -> tuple[HeadsCounted, Personal]:
    if fact.kind not in HEADS:
        raise BadInput("refusal.no_head_kind", kind=fact.kind)
    if not 0 <= fact.count <= MOST_HEADS:
        raise BadInput("refusal.bad_count", most=MOST_HEADS)
    return fact, NOTHING


def _visit(fact: VisitMade, told: Personal) -> tuple[VisitMade, Personal]:
    if fact.pairing and fact.pairing not in PAIRINGS:
        raise BadInput("refusal.no_pairing", pairing=fact.pairing)
    _check_minutes(fact.minutes)
    return fact, Personal(note=bounds.written(told.note, bounds.NOT_HELD_NOTE))


_CHECKED: dict[type[Fact], tuple[Activity, Any]] = {
    AgendaTicked: (Activity.AGENDA, _agenda),
    StopReached: (Activity.STOPS, _stop),
    LectureGiven: (Activity.LECTURE, _lecture),
    HeadsCounted: (Activity.HEADS, _heads),
    VisitMade: (Activity.VISIT, _visit),
}
"""Fact → the activity it tells of, and what makes it and its personal part fit to be kept."""


def _hashes_of(session: Session) -> frozenset[str]:
    """The facts behind the activities that stand."""
    done = session.activities
    groups: tuple[Iterable[ActivityLine], ...] = (
        *(done.agenda, done.stops, done.lectures, done.heads, done.visits),
    )
    return frozenset(one.hash for group in groups for one in group)


def _check_minutes(minutes: int) -> None:
    if not 0 <= minutes <= MOST_MINUTES:
        raise BadInput("refusal.bad_minutes", most=MOST_MINUTES)


def _named(text: str, most: int) -> str:
    kept = bounds.line(text, most)
    if not kept:
        raise BadInput("refusal.needs_item")
    return kept
