"""A station's process that is about to be killed: it acts as fast as it can and tells what is done.

What it tells has been confirmed: the verb had returned. First it tells what it found at
its start, so that whoever kills it can compare that with everything told before.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import alembic.command  # noqa: F401 - loaded once in the server that forks the children

from app.areas.attendance.marks import PRESENCE, Lane, RosterStatus, Status
from app.areas.attendance.views import SignInDone
from app.areas.playback.plays import Interval, PlayOutcome
from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.bootstrap import open_station
from app.domain.ids import CourseId, FactHash, PersonId, PlayId, SessionId
from app.domain.personal import LeaveKind
from app.store.engine import SQLITE
from app.usecases.station import Station

COURSE = CourseId("c1")
Told = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a start found in the store, read with nothing of the program but its tables."""

    marks: dict[str, tuple[str, str, str]]
    """Hash of every mark's fact → (session, person, status)."""
    voided: frozenset[str]
    """Hashes of marks that were taken back."""
    steps: dict[str, str]
    positions: dict[str, int]
    """Play → its bookmarked or final position."""
    ended: frozenset[str]
    visitors: frozenset[str]
    present_twice: int
    """People with more than one presence that is not taken back, in one session."""
    quick_check: str
    broken_at: str | None
    gaps: int
    recovered: bool


def act_until_killed(home: str, seed: int, told: Connection) -> None:
    """Open the station of ``home``, tell what is there, then do one verb after another."""
    opened = open_station(Path(home))
    told.send(found_in(Path(home), opened.station, whole=seed % 10 == 0))
    worker = _Worker(opened.station, random.Random(seed), told)
    while True:
        worker.act()


def found_in(home: Path, station: Station, *, whole: bool) -> Found:
    """Read the store as it is now; ``whole`` walks the whole chain, which a start does not."""
    connection = SQLITE.connect(home / "station.db")
    try:
        ask = connection.execute
        marks = {
            row[0].hex(): (row[1], row[2], row[3])
            for row in ask("SELECT hash, session, person, status FROM marks")
        }
        twice = ask(
            "SELECT count(*) FROM (SELECT 1 FROM marks WHERE voided_by IS NULL AND status IN "
            "('present', 'late', 'late_entry') GROUP BY session, person HAVING count(*) > 1)"
        )
        gaps = ask(
            "SELECT count(*) FROM segments s WHERE last_n <> "
            "(SELECT count(*) FROM facts f WHERE f.segment_no = s.no AND f.n BETWEEN 1 AND s.last_n)"
        )
        positions = ask(
            "SELECT id, coalesce(b.position_ms, plays.position_ms) FROM plays "
            "LEFT JOIN bookmarks b ON b.play = id"
        )
        return Found(
            marks=marks,
            voided=frozenset(
                row[0].hex() for row in ask("SELECT hash FROM marks WHERE voided_by IS NOT NULL")
            ),
            steps=dict(ask("SELECT id, step FROM sessions").fetchall()),
            positions=dict(positions.fetchall()),
            ended=frozenset(
                row[0] for row in ask("SELECT id FROM plays WHERE outcome IS NOT NULL")
            ),
            visitors=frozenset(row[0] for row in ask("SELECT person FROM visitors")),
            present_twice=twice.fetchone()[0],
            quick_check=ask("PRAGMA quick_check").fetchone()[0],
            broken_at=station.tools.store.verify().broken_at if whole else None,
            gaps=gaps.fetchone()[0],
            recovered=any(key.startswith("notice.recovered") for key, _ in station.tools.notices),
        )
    finally:
        connection.close()


@dataclass(slots=True)
class _Worker:
    """One run's hands: chooses a verb, does it, tells it."""

    station: Station
    chance: random.Random
    told: Connection
    session: SessionId = SessionId("")
    waiting: list[PersonId] = field(default_factory=list)
    marks: list[FactHash] = field(default_factory=list)
    play: PlayId | None = None
    position_ms: int = 0

    def act(self) -> None:
        """One verb."""
        if not self.session:
            self._begin()
        verbs: list[tuple[int, Callable[[], None]]] = [
            (60, self._sign_in),
            (8, self._visitor),
            (5, self._leave),
            (12, self._undo),
            (12, self._play),
            (2, self._move),
            (2, self._close),
        ]
        self.chance.choices([verb for _, verb in verbs], [weight for weight, _ in verbs])[0]()

    def _begin(self) -> None:
        view = self.station.sessions.running() or self.station.sessions.prepare_extra(
            "学习", (COURSE,)
        )
        if view.session.step is Step.PREPARE:
            view = self.station.sessions.open_sign_in(view.session.id)
        self._take(view)

    def _take(self, view: SessionView) -> None:
        self.session = view.session.id
        self.waiting = [card.id for card in view.cards if card.status is None]
        self.marks = [card.mark for card in view.cards if card.mark is not None]
        self.chance.shuffle(self.waiting)

    def _sign_in(self) -> None:
        if not self.waiting:
            self._close()
            return
        lane = self.chance.choice(list(Lane))
        self._marked(
            self.station.attendance.sign_in(self.session, self.waiting.pop(), lane, "member")
        )

    def _leave(self) -> None:
        if self.waiting:
            person = self.waiting.pop()
            self._marked(
                self.station.attendance.mark(
                    self.session, person, Status.ON_LEAVE, leave=LeaveKind.SICK, reason="腿疼"
                )
            )

    def _visitor(self) -> None:
        name = f"来宾{self.chance.randrange(10**9)}"
        done = self.station.attendance.admit_visitor(self.session, name, "1234", "邻村")
        self._marked(done, "visitor")

    def _marked(self, done: SignInDone, what: str = "marked") -> None:
        card = done.card
        if card.mark is None or card.status is None:
            raise AssertionError("a mark was confirmed without its fact")
        self.marks.append(card.mark)
        self.told.send((what, self.session, card.id, card.status.value, card.mark))

    def _undo(self) -> None:
        if not self.marks:
            return
        mark = self.marks.pop(self.chance.randrange(len(self.marks)))
        done = self.station.attendance.undo(self.session, mark)
        if done.was in PRESENCE and done.card.standpoint is not RosterStatus.VISITOR:
            self.waiting.append(done.card.id)
        self.told.send(("voided", mark))

    def _play(self) -> None:
        if self.play is None:
            self.position_ms = 0
            self.play = self.station.playback.started(self.session, COURSE, 0)
            self.told.send(("playing", self.play))
        elif self.chance.random() < 0.25:
            shown = (Interval(0, self.position_ms),)
            self.station.playback.ended(self.play, PlayOutcome.STOPPED, self.position_ms, shown)
            self.told.send(("ended", self.play, str(self.position_ms)))
            self.play = None
        else:
            self.position_ms += 5_000
            self.station.playback.bookmark(
                self.play, self.position_ms, (Interval(0, self.position_ms),)
            )
            self.told.send(("bookmarked", self.play, str(self.position_ms)))

    def _move(self) -> None:
        step = self.chance.choice((Step.SIGN_IN, Step.PLAY, Step.DISCUSS))
        self.station.sessions.move(self.session, step)

    def _close(self) -> None:
        self.station.sessions.close(self.session)
        self.told.send(("closed", self.session))
        self.session = SessionId("")
