"""The session that runs, as every page of the operator sees it: one place, GUI thread only.

Holds the last ``SessionView`` and the readings pages share (courses; people and name
index once a page wants them); asks the station through ``Jobs`` and tells the
``Refresher`` what changed.
Decides no rule and knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec import Struct

from app.areas.attendance.marks import Lane
from app.areas.attendance.views import PersonCard, SignInDone, UndoDone
from app.areas.courses.course import Course
from app.areas.courses.views import CourseView
from app.areas.people.person import Person
from app.areas.playback.plays import PlayOutcome, showings
from app.areas.sessions.kinds import Activity
from app.areas.sessions.session import RUNNING, PlanEntry, Step
from app.areas.sessions.views import SessionView
from app.domain.errors import AlreadySignedIn, UserError
from app.domain.ids import CourseId, PersonId, SessionId
from app.names.index import NameIndex
from app.names.order import group_order, sounding
from app.words import say, say_error
from ui.jobs.protocols import Jobs
from ui.state.refresh import Refresher, Subscriber, Topic
from ui.state.sign_in_result import SignInResult, pending_after

if TYPE_CHECKING:
    from app.usecases.station import Station

T = TypeVar("T")
MOST_NEWEST = 8


class StatusTone:
    """How a sentence at the foot of the window is meant."""

    CALM = "calm"
    DONE = "done"
    CARE = "care"


class StatusLine(Struct, frozen=True):
    """The one sentence at the foot of the window."""

    text: str = ""
    tone: str = StatusTone.CALM
    stays: bool = False
    """Until another one comes, or the session goes on to another step: not for some seconds only."""


class _SharedReading(Struct, frozen=True):
    site_name: str
    view: SessionView | None
    courses: tuple[CourseView, ...]
    plans: tuple[PlanEntry, ...]


class SessionHost(Protocol):
    """The program around the session in hand: its window, its sending, its sounds, its lock."""

    def show_line(self, line: StatusLine) -> None:
        """Show one sentence at the foot of the window."""

    def go(self, page: str) -> None:
        """Bring a page to the front."""

    def fact_made(self) -> None:
        """Something was recorded: it is sent soon."""

    def hear(self, result: SignInResult) -> None:
        """Sound what came of a sign-in."""

    def scanned(self, result: SignInResult) -> None:
        """Hear of every card what became of it."""

    def play_now(self) -> None:
        """Begin the chosen course unless something is on; the play page is at the front."""

    def vouch(self, name: str, then: Callable[[], None]) -> None:
        """Call ``then`` once the operator gave the PIN for the person named; without one at once."""


@dataclass(slots=True)
class CurrentSession:
    """What pages share. ``view`` is None when no session is prepared or runs."""

    station: Station
    jobs: Jobs
    refresh: Refresher
    host: SessionHost
    view: SessionView | None = None
    chosen: CourseId | None = None
    """The course that "start playing" would open."""
    courses: tuple[CourseView, ...] = ()
    plans: tuple[PlanEntry, ...] = ()
    """What is planned from today on."""
    people: dict[PersonId, Person] = field(default_factory=dict)
    """By group and name; empty until ``want_people`` has been answered."""
    knows_people: bool = False
    index: NameIndex = field(default_factory=lambda: NameIndex(()))
    """Finds nobody until ``want_index`` has been answered."""
    site_name: str = ""
    looked_at: CourseId | None = None
    """The course the courses page is to show when it comes to the front."""
    newest: tuple[PersonCard, ...] = ()
    """The last who came and are here, newest first."""
    takes_card: Callable[[str], None] | None = None
    """Who is told of cards instead of the session: the page in front that writes a paper down."""
    _heard_card: bool = False
    _wants_index: bool = False
    _has_index: bool = False
    _after_index: list[Callable[[], None]] = field(default_factory=list)
    _wants_people: bool = False

    # --- asking -------------------------------------------------------------------

    def ask(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run ``job`` on the store lane; a refusal or trouble becomes the window's sentence."""
        self.jobs.store(job, done, self.tell)

    def tell(self, said: UserError) -> None:
        """Show a refusal or trouble; a second sign-in is good news, not an error."""
        if isinstance(said, AlreadySignedIn):
            self.say("op.already", StatusTone.DONE, **said.values)
        else:
            self.host.show_line(StatusLine(say_error(said), StatusTone.CARE))

    def say(self, key: str, tone: str = StatusTone.CALM, **values: object) -> None:
        """Show one sentence of the catalogue for a while."""
        self.host.show_line(StatusLine(say(key, **values), tone))

    def say_until(self, key: str, **values: object) -> None:
        """Show one sentence as long as what it says goes on."""
        self.host.show_line(StatusLine(say(key, **values), stays=True))

    # --- reading --------------------------------------------------------------------

    def load(self, after: Callable[[], None] = lambda: None) -> None:
        """Read everything anew: the session, courses, and of people what was wanted before."""

        station = self.station

        def job() -> _SharedReading:
            site_name, plans = station.today.site_and_plans()
            return _SharedReading(
                site_name, station.sessions.running(), station.courses.all(), plans
            )

        def done(read: _SharedReading) -> None:
            self.site_name, self.courses = read.site_name, read.courses
            self.plans = read.plans
            if read.view is not None or self.step() is not Step.CLOSED:
                self.show(read.view)
            self.refresh.changed(Topic.COURSES)
            after()

        self.ask(job, done)
        if self._wants_index:
            self._read_roster()

    def want_index(self, after: Callable[[], None] = lambda: None) -> None:
        """Have the name index read, and kept up to date from now on.

        ``after`` is called once it is there: now, if it has been read already.
        """
        if self._has_index:
            after()
            return
        self._after_index.append(after)
        if not self._wants_index:
            self._wants_index = True
            self._read_roster()

    def want_people(self) -> None:
        """Have everyone on the roster read, and kept up to date from now on."""
        if not self._wants_people:
            self._wants_people = self._wants_index = True
            self._read_roster()

    def people_changed(self) -> None:
        """Somebody was added, corrected or stopped here: everything that names people reads anew."""
        self._read_roster()
        self.host.fact_made()
        self.load()

    def _read_roster(self) -> None:
        station, everyone = self.station, self._wants_people
        known = self.index if self.knows_people else None

        def job() -> tuple[NameIndex, dict[PersonId, Person] | None]:
            index = station.people.name_index()
            if not everyone or index is known:
                return index, None
            people = sorted(station.people.all(), key=_in_order)
            return index, {one.id: one for one in people}

        def done(read: tuple[NameIndex, dict[PersonId, Person] | None]) -> None:
            index, people = read
            if index is not self.index or people is not None:
                self.index = index
                if people is not None:
                    self.people, self.knows_people = people, True
                self.refresh.changed(Topic.ROSTER)
            self._has_index = True
            waiting, self._after_index = self._after_index, []
            for after in waiting:
                after()

        self.ask(job, done)

    def show(self, view: SessionView | None, by: Subscriber | None = None) -> None:
        """The session now stands so."""
        other = self.session_id() != (view.session.id if view else None)
        self.view = view
        self.newest = newest_of(view.cards) if view else ()
        if other:
            self.chosen = None
        if view is not None and self.chosen is None:
            self.chosen = self.first_unplayed()
        self.refresh.changed(Topic.SESSION, by=by)

    def session_id(self) -> SessionId | None:
        """The session in hand, if any."""
        return self.view.session.id if self.view else None

    def step(self) -> Step | None:
        """Its step, if any."""
        return self.view.session.step if self.view else None

    def is_running(self) -> bool:
        """Whether people may sign in now."""
        return self.step() in RUNNING

    def queue(self) -> tuple[CourseView, ...]:
        """The session's courses in order, else all that are here."""
        if self.view is not None and Activity.PLAY not in self.view.session.rule.activities:
            return ()
        asked = self.view.session.courses if self.view else ()
        by_id = {one.course.id: one for one in self.courses}
        listed = tuple(by_id[one] for one in asked if one in by_id)
        return listed or tuple(one for one in self.courses if one.ready)

    def course(self, course: CourseId | None) -> Course | None:
        """A course by id."""
        return next((one.course for one in self.courses if one.course.id == course), None)

    def played(self) -> frozenset[str]:
        """The courses that were played in full tonight."""
        shown = showings(self.view.plays if self.view else ())
        return frozenset(one.course for one in shown if one.outcome is PlayOutcome.FULL)

    def first_unplayed(self) -> CourseId | None:
        """The first ready course of the queue that was not yet played in full tonight."""
        played = self.played()
        ready = [one.course.id for one in self.queue() if one.ready]
        return next((one for one in ready if one not in played), ready[0] if ready else None)

    def neighbour(self, course: CourseId | None, step: int) -> Course | None:
        """The ready course after (+1) or before (-1) one in the queue."""
        ready = [one.course for one in self.queue() if one.ready or one.course.id == course]
        places = [at for at, one in enumerate(ready) if one.id == course]
        at = places[0] + step if places else 0
        return ready[at] if 0 <= at < len(ready) else None

    # --- what happened ----------------------------------------------------------------

    def signed_in(self, done: SignInDone, by: Subscriber | None = None) -> None:
        """A mark is durable: put it into the view without reading all anew."""
        if self.view is None:
            return
        self._put(done)
        self._marked(by)

    def undone(self, done: UndoDone, by: Subscriber | None = None) -> None:
        """A mark was taken back."""
        if self.view is None or self.view.session.id != done.session:
            return
        self._put(done)
        self._marked(by)

    def scan(self, code: str) -> None:
        """A card or code was read, on whatever screen."""
        if self.takes_card is not None:
            self.takes_card(code)
            return
        session = self.session_id()
        if not self._heard_card:
            self._heard_card = True
            self.refresh.changed(Topic.SCREENS)  # the room may be told of the reader
        if session is None or not self.is_running():
            self.say("op.scan.no_session", StatusTone.CARE)
            return

        def job() -> SignInDone:
            card = self.station.attendance.by_card(session, code)
            return self.station.attendance.sign_in(session, card.id, Lane.SCANNER, "member")

        def done(signed: SignInDone) -> None:
            self.host.scanned(SignInResult.SUCCESS)
            self.signed_in(signed)
            self.say_signed(signed)

        def failed(said: UserError) -> None:
            known = isinstance(said, AlreadySignedIn)
            self.host.scanned(SignInResult.ALREADY if known else SignInResult.NOT_FOUND)
            self.tell(said)

        self.jobs.store(job, done, failed)

    def heard(self, result: SignInResult) -> None:
        """The members' screen says this to somebody."""
        self.host.hear(result)

    def undo(self) -> None:
        """Take back the newest mark, and say whose it was."""
        session = self.session_id()
        if session is None:
            return

        def done(taken: UndoDone) -> None:
            self.undone(taken)
            self.say_undone(taken)

        self.ask(lambda: self.station.attendance.undo(session), done)

    def say_signed(self, done: SignInDone) -> None:
        """One calm line: who, and how they stand."""
        status = done.card.status.value if done.card.status else "none"
        self.say("op.signed", StatusTone.DONE, name=done.card.name, status=say(f"status.{status}"))

    def say_undone(self, taken: UndoDone) -> None:
        """One calm line: whose mark was taken back, and what it was."""
        status = say(f"status.{taken.was.value}")
        self.say("op.undone", StatusTone.DONE, name=taken.card.name, status=status)

    @property
    def newest_names(self) -> tuple[str, ...]:
        """Their names, for the welcome wall."""
        return tuple(one.name for one in self.newest)

    @property
    def has_scanner(self) -> bool:
        """Whether cards are read here: one was, since the program started or in this session."""
        cards = self.view.cards if self.view else ()
        return self._heard_card or any(one.lane is Lane.SCANNER for one in cards)

    def _put(self, done: SignInDone | UndoDone) -> None:
        """A card as it is now, the counts with it, and whether it is among the newest."""
        if self.view is None:
            return
        card = done.card
        self.view = replace(
            self.view,
            cards=with_card(self.view.cards, card),
            turnout=done.turnout,
            undoable=done.undoable,
            pending=pending_after(self.view, done),
        )
        first = (card,) if is_here(card) and isinstance(done, SignInDone) else ()
        # What came after the eighth moves up when one of them goes.
        known = (*first, *(one for one in self.newest if one.id != card.id))
        unknown = newest_of(self.view.cards)
        self.newest = tuple({one.id: one for one in (*known, *unknown)}.values())[:MOST_NEWEST]

    def _marked(self, by: Subscriber | None) -> None:
        self.refresh.changed(Topic.SESSION, by=by)
        self.host.fact_made()


def _in_order(person: Person) -> tuple[object, ...]:
    return (group_order(person.group), sounding(person.name), person.id)


def with_card(cards: tuple[PersonCard, ...], card: PersonCard) -> tuple[PersonCard, ...]:
    """The same cards with one replaced, or a visitor added at the end."""
    if any(one.id == card.id for one in cards):
        return tuple(card if one.id == card.id else one for one in cards)
    return (*cards, card)


def newest_of(cards: tuple[PersonCard, ...]) -> tuple[PersonCard, ...]:
    """The last eight who came, newest first."""
    came = [one for one in cards if one.at_ms is not None and is_here(one)]
    came.sort(key=lambda one: one.at_ms or 0, reverse=True)
    return tuple(came[:MOST_NEWEST])


def is_here(card: PersonCard) -> bool:
    """Whether someone counts as having come."""
    return card.status is not None and card.status.value in ("present", "late", "late_entry")
