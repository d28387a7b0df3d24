"""The station as screens and commands see it: one object, one method a verb.

Every method that is not marked *any thread* runs on the store lane. Each either
returns frozen values or raises a ``UserError`` (a refusal or a trouble) – and when
one returns, what it reports is durable.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from app.areas.attendance import person_sheet
from app.areas.attendance import verbs as sign_in
from app.areas.attendance.marks import Lane, LeaveKind, Status
from app.areas.clock import verbs as wall_clock
from app.areas.courses import verbs as course_files
from app.areas.courses.course import Course
from app.areas.people import verbs as roster
from app.areas.people.person import Person
from app.areas.playback import verbs as play_course
from app.areas.playback.plays import Interval, PlayOutcome
from app.areas.sessions import verbs as run_session
from app.areas.sessions.session import RUNNING, NotHeldReason, Step
from app.domain.ids import CourseId, FactHash, PersonId, PlanId, PlayId, SessionId
from app.names.index import NameIndex
from app.ports.player import Clip
from app.ports.store import FoldProgress
from app.usecases import evidence, former_sites, operator_pin, today
from app.usecases.sync_once import SyncOnce, SyncOutcome
from app.usecases.tools import Tools
from app.usecases.views import (
    Check,
    CourseView,
    PersonCard,
    PersonSheet,
    PlayView,
    SessionSummary,
    SessionView,
    SignInDone,
    SyncView,
    TodayView,
    UndoDone,
)


@dataclass(frozen=True, slots=True)
class Station:
    """All verbs of one station. Built by ``app.bootstrap.open_station`` only."""

    tools: Tools
    sync: SyncOnce
    """Runs on the net lane; see its own docstring."""

    # --- today and the record -------------------------------------------------

    def today(self) -> TodayView:
        """What the first screen shows."""
        return today.overview(self.tools)

    def checks(self) -> tuple[Check, ...]:
        """The readiness check of the preparation step (disk, clock, courses, roster)."""
        return today.checks(self.tools)

    def sync_view(self) -> SyncView:
        """Where the record stands with the centre."""
        return today.sync_view(self.tools)

    def records(self, *, limit: int = 60) -> tuple[SessionSummary, ...]:
        """Sessions, newest first."""
        return today.records(self.tools, limit)

    def dismiss_notices(self) -> None:
        """The operator has read the notices of ``today()``."""
        self.tools.notices.clear()
        former_sites.moved_was_read(self.tools)

    # --- the session ------------------------------------------------------------

    def prepare(self, plan: PlanId) -> SessionView:
        """Begin a planned session; refused while another one runs."""
        return run_session.prepare_planned(self.tools, plan)

    def prepare_extra(self, title: str, courses: tuple[CourseId, ...]) -> SessionView:
        """Begin a session that was not planned, for all branches of this site."""
        return run_session.prepare_extra(self.tools, title, courses)

    def open_sign_in(self, session: SessionId) -> SessionView:
        """Freeze the expected list and open sign-in."""
        return run_session.open_sign_in(self.tools, session)

    def move(self, session: SessionId, step: Step) -> SessionView:
        """Go to another running step (sign-in, play, discuss)."""
        return run_session.move(self.tools, session, step)

    def close(self, session: SessionId) -> SessionView:
        """End the session: whoever is expected and has no mark becomes absent."""
        return run_session.close(self.tools, session)

    def not_held(self, session: SessionId, reason: NotHeldReason, note: str = "") -> SessionView:
        """Record honestly that the session did not take place."""
        return run_session.not_held(self.tools, session, reason, note)

    def not_held_plan(self, plan: PlanId, reason: NotHeldReason, note: str = "") -> SessionView:
        """The same for a planned session that was never begun."""
        return run_session.not_held_plan(self.tools, plan, reason, note)

    def note_discussion(self, session: SessionId, text: str) -> SessionView:
        """Keep what was said in the discussion."""
        return run_session.note_discussion(self.tools, session, text)

    def resume(self, session: SessionId) -> SessionView:
        """Go on here with the session of ``today().elsewhere``."""
        return run_session.resume(self.tools, session)

    def running(self) -> SessionView | None:
        """The session that is being prepared or runs now, if any."""
        return run_session.running(self.tools)

    def session(self, session: SessionId) -> SessionView:
        """One session, whatever its step."""
        return run_session.show(self.tools, session)

    # --- sign-in ------------------------------------------------------------------

    def sign_in(self, session: SessionId, person: PersonId, lane: Lane, by: str) -> SignInDone:
        """Someone has come. ``by`` is ``member`` or ``operator``.

        Works for anyone the station knows: expected, left out, or of another branch
        (then as a visitor). Raises AlreadySignedIn with the time of the first.
        """
        return sign_in.sign_in(self.tools, session, person, lane, by)

    def mark(
        self,
        session: SessionId,
        person: PersonId,
        status: Status,
        *,
        leave: LeaveKind | None = None,
        reason: str = "",
        claimed_ms: int | None = None,
    ) -> SignInDone:
        """The operator marks leave, or enters someone afterwards (late entry, needs a reason)."""
        return sign_in.mark(
            self.tools,
            session,
            person,
            status,
            leave=leave,
            reason=reason,
            claimed_ms=claimed_ms,
        )

    def admit_visitor(
        self,
        session: SessionId,
        name: str,
        phone_tail: str = "",
        home: str = "",
        *,
        not_people: Collection[PersonId] = (),
    ) -> SignInDone:
        """Take in someone no list here has; at most three fields, only the name is needed.

        Raises VisitorLooksKnown when it may be somebody known here, or a visitor who has come
        already, other than ``not_people``.
        """
        return sign_in.admit_visitor(
            self.tools, session, name, phone_tail, home, not_people=not_people
        )

    def undo(self, session: SessionId, mark: FactHash | None = None) -> UndoDone:
        """Take back the newest mark of this session (or the one named) – the trail stays."""
        return sign_in.undo(self.tools, session, mark)

    def person_sheet(self, session: SessionId | None, person: PersonId) -> PersonSheet:
        """All that is shown of one person, in a session or in none."""
        return person_sheet.person_sheet(self.tools, session, person)

    def by_phone_tail(self, session: SessionId, tail: str) -> tuple[PersonCard, ...]:
        """Everyone of this session, else of this station, with these last four digits."""
        return sign_in.by_phone_tail(self.tools, session, tail)

    def by_card(self, session: SessionId, code: str) -> PersonCard:
        """Whose card was read."""
        return sign_in.by_card(self.tools, session, code)

    def name_index(self) -> NameIndex:
        """The search index over everyone known here; *any thread* may search in it."""
        return roster.name_index(self.tools)

    def people(self) -> tuple[Person, ...]:
        """The roster."""
        return roster.people(self.tools)

    # --- courses and playing --------------------------------------------------------

    def courses(self) -> tuple[CourseView, ...]:
        """All courses that are not withdrawn, and how whole they are here."""
        return play_course.courses(self.tools)

    def clip(self, course: CourseId) -> Clip:
        """What to hand to the player; checks that the file is whole (MediaTrouble if not)."""
        return play_course.clip(self.tools, course)

    def resume_offer(self, session: SessionId | None, course: CourseId) -> int | None:
        """Position (ms) to offer "go on from there", or None to start from the beginning."""
        return play_course.resume_offer(self.tools, session, course)

    def play_started(self, session: SessionId | None, course: CourseId, from_ms: int) -> PlayId:
        """A course begins to play."""
        return play_course.started(self.tools, session, course, from_ms)

    def bookmark(self, play: PlayId, position_ms: int, shown: tuple[Interval, ...]) -> None:
        """Every 5 s, on pause and on seek: where it is and what was shown so far."""
        play_course.bookmark(self.tools, play, position_ms, shown)

    def play_ended(
        self,
        play: PlayId,
        outcome: PlayOutcome,
        position_ms: int,
        shown: tuple[Interval, ...],
    ) -> None:
        """A play is over."""
        play_course.ended(self.tools, play, outcome, position_ms, shown)

    def play(self, play: PlayId) -> PlayView:
        """One play as it stands."""
        return play_course.show(self.tools, play)

    def delete_course(self, course: CourseId) -> course_files.FreedSpace:
        """Delete a course's files; it stays away until it is asked for or planned."""
        return course_files.delete(self.tools, course)

    def ask_for_course(self, course: CourseId) -> Course:
        """Have a course fetched that was deleted or had no room."""
        return course_files.ask_for(self.tools, course)

    def free_courses(self) -> course_files.FreedSpace:
        """Delete what is of no course any more, and played courses that are not planned."""
        return course_files.free(self.tools)

    def file_is_right(self, course: CourseId) -> bool:
        """Whether the video's bytes are the published ones; reads the whole file."""
        return play_course.file_is_right(self.tools, course)

    def report_broken(self, course: CourseId) -> str:
        """The player could not play it; says why, as a key of the catalogue."""
        return play_course.report_broken(self.tools, course)

    # --- the operator's PIN and locks ------------------------------------------------

    def lock_view(self) -> operator_pin.LockView:
        """How this PC is locked."""
        return operator_pin.view(self.tools)

    def try_pin(self, pin: str) -> operator_pin.PinAttempt:
        """Whether this is the PIN; takes some tens of ms, wrong tries cost growing pauses."""
        return operator_pin.try_pin(self.tools, pin)

    def set_pin(self, pin: str, *, old: str = "") -> operator_pin.LockView:
        """Set or change the PIN. BadInput or NotPossibleNow; then nothing was changed."""
        return operator_pin.set_pin(self.tools, pin, old=old)

    def remove_pin(self, old: str) -> operator_pin.LockView:
        """Have no PIN any more. NotPossibleNow when ``old`` is wrong."""
        return operator_pin.remove_pin(self.tools, old)

    def forget_pin(self) -> operator_pin.LockView:
        """Drop a forgotten PIN and every lock; only for the command line."""
        return operator_pin.forget_pin(self.tools)

    def lock_after(self, minutes: int) -> operator_pin.LockView:
        """Lock the operator's window after so many idle minutes."""
        return operator_pin.lock_after(self.tools, minutes)

    def use_single_screen_lock(self, *, on: bool) -> operator_pin.LockView:
        """Whether full screen for members is locked."""
        return operator_pin.use_single_screen_lock(self.tools, on=on)

    def note_locked(self, locked: operator_pin.LockedPart) -> operator_pin.LockView:
        """Remember over a restart what is locked."""
        return operator_pin.note_locked(self.tools, locked)

    def wants_first_run(self) -> bool:
        """Whether this PC is quite new."""
        return operator_pin.wants_first_run(self.tools)

    def first_run_begun(self) -> None:
        """The first setting up has come; it comes again until it is over."""
        operator_pin.first_run_begun(self.tools)

    def first_run_done(self) -> None:
        """The first setting up is over; it never comes by itself again."""
        operator_pin.first_run_done(self.tools)

    # --- upkeep -----------------------------------------------------------------------

    def daily_backup(self) -> bool:
        """Make and prove today's backup when there is none yet and no session runs.

        Copying and proving takes a second or two of the store lane, so it stays out of the
        session. The reserve file is written too if it is missing. True when a backup was made;
        StoreTrouble leaves older backups as they are.
        """
        running = run_session.running(self.tools)
        if running is not None and running.session.step in RUNNING:
            return False
        self.tools.store.keep_reserve()
        return self.tools.store.backup_today() is not None

    def fold_rows(self) -> FoldProgress:
        """A small step of folding rows anew after an upgrade; called until it ``is_over``."""
        return self.tools.store.fold_some()

    def export_record(self, folder: Path, *, with_personal: bool = False) -> evidence.ExportOutcome:
        """Write the whole record into a folder, for an auditor (docs/verifier)."""
        return evidence.export(self.tools, self.sync.enrolment, folder, with_personal=with_personal)

    def assert_clock(self, day: str) -> None:
        """The operator says what day it is (ISO date); asked when ``today().asks_day``."""
        wall_clock.assert_day(self.tools, day)

    def close_store(self) -> None:
        """Last call on the store lane: second copy to disk, checkpoint, release."""
        self.tools.store.close()

    def sync_once(
        self,
        *,
        store_lane: Callable[[Callable[[], object]], object],
        cancelled: Callable[[], bool] = lambda: False,
        courses: bool = True,
        yields: Callable[[], bool] = lambda: False,
    ) -> SyncOutcome:
        """One exchange with the centre, on the *net lane*; ``store_lane`` runs a call there.

        ``yields``: whether courses must wait now (any thread).
        """
        return self.sync.run(
            store_lane=store_lane, cancelled=cancelled, courses=courses, yields=yields
        )
