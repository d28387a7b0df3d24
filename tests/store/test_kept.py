"""What the store keeps between units of work is what stands in the file, whoever wrote it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from app.areas.attendance.marks import Lane, Status
from app.areas.people.person import OrgUnit, UnitKind
from app.areas.sessions.session import Step
from app.bootstrap import OpenStation
from app.domain.clock_correction import Sample
from app.domain.errors import BadInput, UserError
from app.domain.facts import ClockCompared
from app.domain.ids import OrgUnitId, PersonId, SessionId
from app.domain.personal import LeaveKind
from app.domain.policy import Policy
from app.store.engine import SQLITE
from app.wire.codec import write_row
from app.wire.messages import POLICY, FeedPage, FeedRow
from tests.store.test_one_fold import store_of
from tests.support.kept_values import kept_and_stored
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SCOPE, SetClock, station_at

PEOPLE = 60


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenStation]:
    with station_at(tmp_path / "home", people=PEOPLE) as station:
        yield station


def write_beside(home: Path, statement: str, *values: object) -> None:
    """Write with another connection, as another process would."""
    with closing(SQLITE.connect(home / "station.db", isolation_level=None)) as other:
        other.execute(statement, values)


def fresh_policy(opened: OpenStation) -> object:
    with store_of(opened).read() as reading:
        return reading.policies().on("2026-11-24").grace_minutes


def fresh_branch(opened: OpenStation) -> object:
    with store_of(opened).read() as reading:
        return reading.branch_names()["u1"]


def fresh_moment(opened: OpenStation) -> object:
    clock = opened.station.tools.clock
    with store_of(opened).read() as reading:
        return reading.moment(clock.boot, clock.now()).at_ms - clock.now().wall_ms


def fresh_title(opened: OpenStation) -> object:
    with store_of(opened).read() as reading:
        session = reading.open_session()
        return session and reading.session(session.id).title


def fresh_turnout(opened: OpenStation) -> object:
    running = opened.station.sessions.running()
    return running and running.turnout.arrived


def fresh_stale(opened: OpenStation) -> object:
    with store_of(opened).read() as reading:
        return reading.kept.is_stale(reading.conn)


BESIDE: dict[str, tuple[str, Callable[[OpenStation], object], object, object]] = {
    "a rule": (
        "INSERT INTO policies (id, scope, rev, valid_from, body) VALUES ('x', 'site:songling', "
        """1, '2026-01-01', '{"valid_from":"2026-01-01","grace_minutes":3}')""",
        fresh_policy,
        15,
        3,
    ),
    "a branch's name": (
        "UPDATE org_units SET name = '新名' WHERE id = 'u1'",
        fresh_branch,
        "松岭村第2支部",
        "新名",
    ),
    "a clock sample": (
        "INSERT INTO clock_samples SELECT boot, 1000, opened_said_ms + 600000, 1 "
        "FROM (SELECT 'test-boot' AS boot, opened_said_ms FROM sessions)",
        fresh_moment,
        0,
        600_000,
    ),
    "a session": ("UPDATE sessions SET title = '改了'", fresh_title, "学习", "改了"),
    "an attendance": ("DELETE FROM attendance WHERE person = 'p1'", fresh_turnout, 2, 1),
    "rows to be folded anew": ("UPDATE projections SET folded_key = ''", fresh_stale, False, True),
}


@pytest.mark.parametrize("what", list(BESIDE))
def test_what_another_connection_writes_is_seen_by_the_next_sign_in(
    opened: OpenStation, tmp_path: Path, what: str
) -> None:
    statement, ask, before, after = BESIDE[what]
    session = begin(opened)
    sign_in(opened, session, 1, 2)
    assert ask(opened) == before
    write_beside(tmp_path / "home", statement)
    assert ask(opened) == after
    sign_in(opened, session, 3)
    held, stored = kept_and_stored(store_of(opened))
    assert held == stored


def test_what_a_unit_that_failed_had_changed_is_forgotten(opened: OpenStation) -> None:
    session = begin(opened)
    sign_in(opened, session, 1)
    clock = opened.station.tools.clock
    true_ms = clock.now().wall_ms + 900_000
    compared = ClockCompared(clock.boot, clock.now().wall_ms, 1_000, true_ms, 0)

    def fail() -> None:
        with store_of(opened).begin() as work:
            work.record(compared, actor="station")
            known = work.kept.samples(work.conn, clock.boot)
            assert known == (Sample(1_000, true_ms, exact=True),)
            raise BadInput("refusal.needs_name")

    with pytest.raises(BadInput):
        fail()
    assert fresh_moment(opened) == 0
    assert sign_in(opened, session, 2).marks[0][1] == "present"


def test_a_sign_in_counts_itself_without_counting_the_session_again(opened: OpenStation) -> None:
    session = begin(opened)
    sign_in(opened, session, 1)
    statements: list[str] = []
    driver = store_of(opened)._conn.connection.driver_connection  # noqa: SLF001
    assert driver is not None
    driver.set_trace_callback(statements.append)
    done = opened.station.attendance.sign_in(session, PersonId("p2"), Lane.NAME_WALL, "member")
    driver.set_trace_callback(None)
    assert done.turnout.arrived == 2
    assert len(statements) == 12, statements
    assert not [one for one in statements if "count(" in one]


class ChanceActs:
    """Acts by chance on one station; some fail, some are written by another connection."""

    def __init__(self, opened: OpenStation, home: Path, chance: random.Random) -> None:
        self.opened, self.home, self.chance = opened, home, chance
        self.station = opened.station
        self.session = begin(opened)
        self._rev = store_of(opened).cursors((SCOPE,))[SCOPE]

    def act(self) -> None:
        acts = (
            *(self.sign_in,) * 8,
            *(self.leave, self.undo, self.visitor, self.move) * 2,
            self.rule,
            self.branch,
            self.compare,
            self.beside,
            self.fail,
            self.anew,
            self.close,
        )
        with suppress(UserError):
            self.chance.choice(acts)()

    def somebody(self) -> PersonId:
        return PersonId(f"p{self.chance.randrange(PEOPLE)}")

    def sign_in(self) -> None:
        self.station.attendance.sign_in(self.session, self.somebody(), Lane.NAME_WALL, "member")

    def leave(self) -> None:
        self.station.attendance.mark(
            self.session, self.somebody(), Status.ON_LEAVE, leave=LeaveKind.SICK, reason="病"
        )

    def undo(self) -> None:
        self.station.attendance.undo(self.session)

    def visitor(self) -> None:
        self.station.attendance.admit_visitor(self.session, f"客{self.chance.random()}", "", "")

    def move(self) -> None:
        self.station.sessions.move(self.session, self.chance.choice((Step.PLAY, Step.SIGN_IN)))

    def _page(self, kind: str, key: str, body: bytes) -> None:
        self._rev += 1
        row = FeedRow(kind, key, self._rev, body)
        store_of(self.opened).apply_page(FeedPage(SCOPE, self._rev, (row,), from_rev=self._rev - 1))

    def rule(self) -> None:
        grace = self.chance.randrange(30)
        self._page(POLICY, f"{SCOPE}@x", write_row(Policy("2026-01-01", grace)))

    def branch(self) -> None:
        unit = OrgUnit(OrgUnitId("u1"), f"支部{self.chance.random()}", UnitKind.BRANCH)
        self._page("org_unit", "u1", write_row(unit))

    def compare(self) -> None:
        clock = self.station.tools.clock
        assert isinstance(clock, SetClock)
        clock.pass_minutes(5)
        off = self.chance.choice((0, -600_000))
        fact = ClockCompared(clock.boot, clock.wall_ms, clock.mono_ms, clock.wall_ms + off, 0)
        with store_of(self.opened).begin() as work:
            work.record(fact, actor="station")

    def beside(self) -> None:
        write_beside(self.home, "UPDATE org_units SET name = ? WHERE id = 'u0'", str(self._rev))

    def fail(self) -> None:
        with store_of(self.opened).begin() as work:
            work.session(self.session)
            raise BadInput("refusal.needs_name")

    def anew(self) -> None:
        write_beside(self.home, "UPDATE projections SET folded_key = '' WHERE name = 'sessions'")
        self.sign_in()
        while not store_of(self.opened).fold_some().is_over:
            pass

    def close(self) -> None:
        self.station.sessions.close(self.session)
        self.session = SessionId(begin(self.opened))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_what_is_kept_is_what_stands_in_the_file(
    opened: OpenStation, tmp_path: Path, seed: int
) -> None:
    acting = ChanceActs(opened, tmp_path / "home", random.Random(seed))  # noqa: S311
    seen: set[str] = set()
    for _ in range(60):
        acting.act()
        held, stored = kept_and_stored(store_of(opened))
        assert held == stored
        seen.update(name.split(" ")[0] for name in held)
    assert seen >= {"policies", "branches", "is_stale", "samples", "session", "tally"}
