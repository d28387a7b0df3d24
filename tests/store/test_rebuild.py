"""Any history: the rows are a function of the journal alone, one slot a person, one frozen list."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from app.areas.attendance.marks import PRESENCE, Lane, RosterStatus, Status
from app.areas.playback.plays import Interval, PlayOutcome
from app.areas.sessions.session import NotHeldReason, Step
from app.bootstrap import OpenStation, open_station
from app.domain.errors import Refusal
from app.domain.ids import CourseId, PersonId, PlayId, SessionId
from app.domain.personal import LeaveKind
from app.store.engine import SQLITE
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.support.stations import SCOPE, SetClock, course_of, fill, sample_people

PEOPLE = 12
COURSE = CourseId("c1")
PROJECTED = (
    "sessions",
    "session_people",
    "marks",
    "attendance",
    "visitors",
    "plays",
    "notes",
)

_furnished: list[Path] = []


def furnished() -> Path:
    """A home with a roster and a course, made once and copied for every history."""
    if not _furnished:
        folder = Path(tempfile.mkdtemp(prefix="rebuild-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        film = folder / "film.mp4"
        film.write_bytes(b"film")
        opened = open_station(folder / "home", clock=SetClock())
        fill(opened, people=PEOPLE, day="2026-11-23")
        course = course_of(film, str(COURSE), duration_ms=600_000)
        page = FeedPage("courses", 1, (FeedRow("course", course.id, 1, write_row(course)),))
        opened.station.tools.store.apply_page(page)
        opened.close()
        _furnished.append(folder / "home")
    return _furnished[0]


def rows_of(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every projected row as the database has it."""
    connection = SQLITE.connect(home / "station.db")
    try:
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)  # noqa: S608
            for table in PROJECTED
        }
    finally:
        connection.close()


class Histories(RuleBasedStateMachine):
    """What a session can bring, in any order, with the program ended in between."""

    home: Path
    opened: OpenStation

    @initialize()
    def start(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="history-")) / "home"
        shutil.copytree(furnished(), self.home)
        self.clock = SetClock()
        self.opened = open_station(self.home, clock=self.clock)
        self.known: list[SessionId] = []
        self.expected: dict[SessionId, int] = {}
        self.plays: list[PlayId] = []
        self.revision = 1_000

    def teardown(self) -> None:
        if hasattr(self, "opened"):
            self.rebuild()
            self.opened.close()
            shutil.rmtree(self.home.parent)

    @property
    def running(self) -> SessionId | None:
        view = self.opened.station.sessions.running()
        return None if view is None else view.session.id

    @rule(minutes=st.integers(0, 40), planned=st.booleans())
    def prepare(self, minutes: int, planned: bool) -> None:
        self.clock.pass_minutes(minutes)
        station = self.opened.station
        plans = station.today.overview().plans
        try:
            if planned and plans:
                view = station.sessions.prepare(plans[0].id)
            else:
                view = station.sessions.prepare_extra("临时学习", (COURSE,))
        except Refusal:
            return
        self.known.append(view.session.id)

    @precondition(lambda self: self.known)
    @rule()
    def open_sign_in(self) -> None:
        session = self.running
        if session is None:
            return
        was_open = session in self.expected
        view = self.opened.station.sessions.move(session, Step.SIGN_IN)
        if not was_open:
            self.expected[session] = view.turnout.expected

    @precondition(lambda self: self.known)
    @rule(
        person=st.integers(0, PEOPLE),
        lane=st.sampled_from(Lane),
        minutes=st.sampled_from((0, 1, 16)),
    )
    def sign_in(self, person: int, lane: Lane, minutes: int) -> None:
        self.clock.pass_minutes(minutes)
        session = self.running or self.known[-1]
        before = self._slot(session, person)
        try:
            done = self.opened.station.attendance.sign_in(
                session, PersonId(f"p{person}"), lane, "member"
            )
        except Refusal:
            return
        assert done.card.status in PRESENCE
        assert before not in PRESENCE, "someone was signed in twice"

    @precondition(lambda self: self.known)
    @rule(person=st.integers(0, PEOPLE), leave=st.sampled_from(LeaveKind))
    def leave(self, person: int, leave: LeaveKind) -> None:
        self._mark(person, Status.ON_LEAVE, leave, "家里有事")

    @precondition(lambda self: self.known)
    @rule(person=st.integers(0, PEOPLE), reason=st.sampled_from(("", "忘了签")))
    def late_entry(self, person: int, reason: str) -> None:
        self._mark(person, Status.LATE_ENTRY, None, reason)

    def _mark(self, person: int, status: Status, leave: LeaveKind | None, reason: str) -> None:
        session = self.running or self.known[-1]
        try:
            self.opened.station.attendance.mark(
                session, PersonId(f"p{person}"), status, leave=leave, reason=reason
            )
        except Refusal:
            return

    @precondition(lambda self: self.known)
    @rule(name=st.sampled_from(("", "老王", "阿依古丽")), tail=st.sampled_from(("", "1234", "x")))
    def visitor(self, name: str, tail: str) -> None:
        session = self.running or self.known[-1]
        try:
            self.opened.station.attendance.admit_visitor(session, name, tail, "邻村")
        except Refusal:
            return

    @precondition(lambda self: self.known)
    @rule(pick=st.integers(0, 30), named=st.booleans())
    def undo(self, pick: int, named: bool) -> None:
        session = self.running or self.known[-1]
        cards = [c for c in self.opened.station.sessions.show(session).cards if c.mark is not None]
        mark = cards[pick % len(cards)].mark if cards and named else None
        try:
            self.opened.station.attendance.undo(session, mark)
        except Refusal:
            return

    @precondition(lambda self: self.known)
    @rule(step=st.sampled_from((Step.PLAY, Step.DISCUSS)))
    def move(self, step: Step) -> None:
        session = self.running or self.known[-1]
        try:
            self.opened.station.sessions.move(session, step)
        except Refusal:
            return

    @rule(at_s=st.integers(0, 600))
    def play(self, at_s: int) -> None:
        self.plays.append(self.opened.station.playback.started(self.running, COURSE, at_s * 1000))

    @precondition(lambda self: self.plays)
    @rule(at_s=st.integers(0, 600), end=st.sampled_from((None, *PlayOutcome)))
    def watch(self, at_s: int, end: PlayOutcome | None) -> None:
        play, shown = self.plays[-1], (Interval(0, at_s * 1000),)
        if end is None:
            self.opened.station.playback.bookmark(play, at_s * 1000, shown)
        else:
            self.opened.station.playback.ended(play, end, at_s * 1000, shown)

    @precondition(lambda self: self.known)
    @rule(text=st.sampled_from(("", "讲得好", "想看果树修剪")))
    def note(self, text: str) -> None:
        try:
            self.opened.station.discussion.note(self.known[-1], text)
        except Refusal:
            return

    @precondition(lambda self: self.known)
    @rule()
    def close(self) -> None:
        session = self.running
        if session is None or session not in self.expected:
            return
        turnout = self.opened.station.sessions.close(session).turnout
        statuses = (turnout.present, turnout.late, turnout.on_leave, turnout.late_entry)
        assert turnout.expected == sum(statuses) + turnout.absent

    @precondition(lambda self: self.known)
    @rule(reason=st.sampled_from(NotHeldReason))
    def not_held(self, reason: NotHeldReason) -> None:
        try:
            self.opened.station.sessions.not_held(self.known[-1], reason, "停电了")
        except Refusal:
            return

    @rule(person=st.integers(0, PEOPLE + 2), active=st.booleans())
    def roster_changes(self, person: int, active: bool) -> None:
        """People come, move away or change their name in a later roster."""
        self.revision += 1
        changed = replace(sample_people(PEOPLE + 3)[person], active=active, name="改名")
        row = FeedRow("person", changed.id, self.revision, write_row(changed))
        self.opened.station.tools.store.apply_page(FeedPage(SCOPE, self.revision, (row,)))

    @rule()
    def restart(self) -> None:
        """The program ends and starts again: a new segment."""
        self.opened.close()
        self.opened = open_station(self.home, clock=self.clock)

    @rule()
    def rebuild(self) -> None:
        before = rows_of(self.home)
        assert self.opened.station.tools.store.rebuild() >= 0
        assert rows_of(self.home) == before

    @invariant()
    def the_frozen_list_alone_counts(self) -> None:
        if not hasattr(self, "opened"):
            return
        for session, expected in self.expected.items():
            view = self.opened.station.sessions.show(session)
            assert view.turnout.expected == expected
            listed = [one for one in view.cards if one.standpoint is RosterStatus.EXPECTED]
            assert len(listed) == expected
            ids = [card.id for card in view.cards]
            assert len(ids) == len(set(ids)), "one person has two slots"

    def _slot(self, session: SessionId, person: int) -> Status | None:
        cards = self.opened.station.sessions.show(session).cards
        return next((card.status for card in cards if card.id == f"p{person}"), None)


Histories.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
TestHistories = pytest.mark.timeout(900)(Histories.TestCase)  # a failure is made small, that takes


def test_a_later_roster_does_not_change_a_closed_session(tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(furnished(), home)
    opened = open_station(home, clock=SetClock())
    try:
        station = opened.station
        session = station.sessions.prepare_extra("学习", ()).session.id
        frozen = station.sessions.open_sign_in(session).turnout
        for person in range(4):
            station.attendance.sign_in(session, PersonId(f"p{person}"), Lane.NAME_WALL, "member")
        closed = station.sessions.close(session).turnout
        gone = tuple(
            FeedRow("person", f"p{person}", 100 + person, None) for person in range(PEOPLE)
        )
        station.tools.store.apply_page(FeedPage(SCOPE, 200, gone))
        assert station.people.all() == ()
        assert station.sessions.show(session).turnout == closed
        assert (closed.expected, closed.arrived) == (frozen.expected, 4)
        station.tools.store.rebuild()
        assert station.sessions.show(session).turnout == closed
    finally:
        opened.close()
