"""What happens at one PC: one call, one act of an operator or a member."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from app.areas.attendance.marks import Lane, Status
from app.areas.playback.plays import Interval, PlayOutcome
from app.areas.sessions.session import NotHeldReason, Step
from app.domain import bounds
from app.domain.ids import PersonId, PlanId, PlayId, SessionId
from app.domain.personal import LeaveKind
from tests.model.acts import activities, cases, other_programs
from tests.model.acts.activities import Table
from tests.model.acts.other_programs import Seat
from tests.model.checks.coverage import LONG_TEXT
from tests.model.county.pc import Pc
from tests.model.county.template import COURSE

_MUST = frozenset(
    "prepare extra open sign_in leave late visitor undo play play_end play_alone note long_note "
    "close reopen not_held day new prepare_again open_again move_to_end stranger tick stop heads "
    "lecture visit slip written_down case_open case_move".split()
)
_OFTEN = {
    **{"sign_in": 60, "leave": 4, "late": 3, "visitor": 5, "undo": 8, "move": 5, "play": 5},
    **{"play_end": 5, "play_alone": 1, "note": 2, "long_note": 1, "day": 0.5},
    **{"new": 0.5, "prepare_again": 0.5, "open_again": 0.7, "move_to_end": 0.7, "stranger": 0.7},
    **{"end_again": 1, "case_open": 1.5, "case_move": 3},
    **{"tick": 3, "stop": 3, "heads": 1, "lecture": 1, "visit": 3, "slip": 1.5},
}
"""How often an act comes while a session runs."""


@dataclass(slots=True)
class Operator:
    """What a PC's operator has before the eyes; looked up anew after each start."""

    pc: Pc
    chance: random.Random
    session: SessionId | None = None
    step: Step = Step.PREPARE
    last: SessionId | None = None
    play: PlayId | None = None
    ended: PlayId | None = None
    """The play that was ended last."""
    marked: int = 0
    came: set[PersonId] = field(default_factory=set)
    people: list[PersonId] = field(default_factory=list)
    plans: list[PlanId] = field(default_factory=list)

    def look(self) -> None:
        """What the first screen shows after a start or a round."""
        station = self.pc.running.station
        view = station.sessions.running()
        self.session = None if view is None else view.session.id
        if view is not None:
            self.step = view.session.step
            self.marked = view.turnout.in_room
            self.came = {card.id for card in view.cards if card.at_ms is not None}
        self.play = self.ended = None
        self.look_at_feeds()

    def look_at_feeds(self) -> None:
        """Whom and what the centre sent."""
        station = self.pc.running.station
        self.people = sorted(one.id for one in station.people.all())
        with station.tools.store.read() as reading:
            self.plans = sorted(one.id for one in reading.plans("2020-01-01", "2100-01-01"))

    def act(self) -> tuple[str, Callable[[], object]]:
        """The next act: its name and what does it."""
        name = self.choose()
        return name, lambda: self.do(name)

    def do(self, name: str) -> None:
        """Do it."""
        if name in other_programs.ACTS:
            seat = Seat(self.pc, self.chance, self._now(), self.people, self.ended)
            other_programs.ACTS[name](seat)
            return
        if name in cases.ACTS:
            cases.ACTS[name](self.pc.running.station, self.chance, self.people)
            return
        if name in activities.ACTS:
            now = SessionId(self.session or "")
            wall_ms = self.pc.clock.wall_ms
            station = self.pc.running.station
            activities.ACTS[name](Table(station, self.chance, now, self.people, wall_ms))
            return
        deed: Callable[[], None] = getattr(self, f"_{name}")
        deed()

    @staticmethod
    def must_record(name: str) -> bool:
        """Whether an act that returns has recorded something."""
        return name in _MUST

    def choose(self) -> str:
        """Which act comes next."""
        draw = self.chance.random()
        if self.session is None:
            if draw < 0.08 and self.last is not None:
                return "late"
            if draw < 0.1 and self.last is not None:
                return "reopen"
            if draw < 0.12 and self.plans:
                return "not_held_plan"
            if draw < 0.28:
                return "resume"
            if draw < 0.33:
                return "written_down"
            if draw < 0.36:
                return "case_open" if draw < 0.34 else "case_move"
            return "prepare" if self.plans and draw < 0.7 else "extra"
        if self.step is Step.PREPARE:
            return "open" if draw < 0.93 else "not_held"
        if draw < 0.05 + 0.02 * max(0, self.marked - 8):
            return "close"
        return self.chance.choices(list(_OFTEN), list(_OFTEN.values()))[0]

    # --- the acts -----------------------------------------------------------------------

    def _prepare(self) -> None:
        self._begin(
            self.pc.running.station.sessions.prepare(self.chance.choice(self.plans)).session.id
        )

    def _extra(self) -> None:
        self._begin(
            self.pc.running.station.sessions.prepare_extra(
                "临时学习", (), self.chance.choice(activities.KINDS)
            ).session.id
        )

    def _begin(self, session: SessionId) -> None:
        self.session, self.step, self.marked = session, Step.PREPARE, 0
        self.came = set()

    def _open(self) -> None:
        self.pc.running.station.sessions.open_sign_in(self._now())
        self.step = Step.SIGN_IN

    def _sign_in(self) -> None:
        lane = self.chance.choice(list(Lane))
        by = "member" if lane is Lane.NAME_WALL else "operator"
        person = self._somebody()
        self.pc.running.station.attendance.sign_in(self._now(), person, lane, by)
        self.came.add(person)
        self.marked += 1

    def _leave(self) -> None:
        kind = self.chance.choice(list(LeaveKind))
        self.pc.running.station.attendance.mark(
            self._now(), self._somebody(), Status.ON_LEAVE, leave=kind, reason="家中有事"
        )

    def _late(self) -> None:
        session = self.session or self.last
        if session is None:
            return
        self.pc.running.station.attendance.mark(
            session,
            self._somebody(),
            Status.LATE_ENTRY,
            reason="补登",
            claimed_ms=self.pc.clock.wall_ms,
        )

    def _visitor(self) -> None:
        self.pc.running.station.attendance.admit_visitor(
            self._now(), f"来宾{self.chance.randrange(10**9)}", "1234"
        )
        self.marked += 1

    def _undo(self) -> None:
        self.pc.running.station.attendance.undo(self._now())
        self.marked -= 1

    def _move(self) -> None:
        step = self.chance.choice((Step.SIGN_IN, Step.PLAY, Step.DISCUSS))
        self.pc.running.station.sessions.move(self._now(), step)
        self.step = step

    def _play(self) -> None:
        self.play = self.pc.running.station.playback.started(self._now(), COURSE, 0)

    def _play_end(self) -> None:
        over = (
            self.play is not None
            and self.pc.running.station.playback.show(self.play).outcome is not None
        )
        if self.play is None or over:  # a copy of this PC may have ended it
            self.play = self.pc.running.station.playback.started(self._now(), COURSE, 0)
            return
        shown = (Interval(0, 1_000 * self.chance.randrange(1, 500)),)
        station = self.pc.running.station
        if self.chance.random() < 0.3:
            station.playback.bookmark(self.play, 5_000, shown)
        play, self.play = self.play, None
        station.playback.ended(play, self.chance.choice(list(PlayOutcome)), 5_000, shown)
        self.ended = play

    def _play_alone(self) -> None:
        """A course is played that belongs to no session."""
        station = self.pc.running.station
        play = station.playback.started(None, COURSE, 0)
        if self.chance.random() < 0.5:
            station.playback.ended(play, PlayOutcome.STOPPED, 3_000, (Interval(0, 3_000),))

    def _note(self) -> None:
        self.pc.running.station.discussion.note(self._now(), "要剪枝")

    def _long_note(self) -> None:
        count = self.chance.randrange(LONG_TEXT, bounds.DISCUSSION_NOTE)
        self.pc.running.station.discussion.note(self._now(), "剪" * count)

    def _close(self) -> None:
        self.pc.running.station.sessions.close(self._now())
        self._end()

    def _reopen(self) -> None:
        if self.last is not None:
            self.pc.running.station.sessions.reopen(self.last)
            self.look()

    def _not_held(self) -> None:
        self.pc.running.station.sessions.not_held(self._now(), NotHeldReason.WEATHER, "大雪")
        self._end()

    def _not_held_plan(self) -> None:
        plan = self.chance.choice(self.plans)
        self.pc.running.station.sessions.not_held_plan(plan, NotHeldReason.HARVEST)

    def _resume(self) -> None:
        elsewhere = self.pc.running.station.today.overview().elsewhere
        if elsewhere is not None:
            self.pc.running.station.sessions.resume(elsewhere.id)
            self.look()

    def _day(self) -> None:
        self.pc.running.station.clock.assert_day("2026-11-24")

    def _end(self) -> None:
        self.last, self.session, self.play, self.ended = self.session, None, None, None

    def _now(self) -> SessionId:
        if self.session is None:  # pragma: no cover - choose looks
            raise AssertionError("no session")
        return self.session

    def _somebody(self) -> PersonId:
        """Mostly one who has not come yet."""
        missing = [one for one in self.people if one not in self.came]
        if missing and self.chance.random() < 0.85:
            return self.chance.choice(missing)
        return self.chance.choice(self.people) if self.people else PersonId("p-nobody")
