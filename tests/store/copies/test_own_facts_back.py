"""Own facts come back from the centre: any subset, any order, and the rows are those of before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.areas.sessions.facts import SessionResumed
from app.areas.sessions.session import Step
from app.bootstrap import OpenStation, open_station
from app.domain.ids import PersonId, SessionId
from app.store.engine import SQLITE
from app.store.station_store import StationStore
from app.wire.fact_bytes import write_fact
from app.wire.messages import Run
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SetClock, fill, station_at

DAY = "2026-11-23"
S = SessionId("s-own")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three sessions over four starts: marks, undone marks, a visitor, an open end."""
    home = tmp_path_factory.mktemp("lived") / "home"
    clock = SetClock()
    with station_at(home, clock=clock) as opened:
        first = begin(opened, "第一场")
        sign_in(opened, first, 0, 1, 2)
        opened.station.attendance.undo(first)
    for title in ("第二场", "第三场"):
        clock.pass_minutes(60)
        opened = open_station(home, clock=clock)
        running = opened.station.sessions.running()
        assert running is not None
        sign_in(opened, running.session.id, *range(4, 8))
        opened.station.attendance.admit_visitor(running.session.id, "来客")
        opened.station.sessions.close(running.session.id)
        begin(opened, title)
        opened.close()
    opened = open_station(home, clock=clock)
    running = opened.station.sessions.running()
    assert running is not None
    sign_in(opened, running.session.id, 9)
    opened.close()
    return home


def store_of(opened: OpenStation) -> StationStore:
    """The real store behind the port."""
    store = opened.station.tools.store
    assert isinstance(store, StationStore)
    return store


def runs_of(home: Path) -> list[Run]:
    """Each fact of a home as a run of its own, as the centre could give it back."""
    opened = open_station(home, clock=SetClock())
    runs = []
    with store_of(opened).begin() as work:
        work.conn.exec_driver_sql("UPDATE segments SET acked_n = 0")
    _, whole = store_of(opened).outgoing(1 << 30)
    for run in whole:
        beside = dict(run.personal)
        previous = run.previous
        for n, data in enumerate(run.facts, run.from_n):
            personal = ((n, beside[n]),) if n in beside else ()
            one = Run(run.segment, n, previous, (data,), personal)
            runs.append(one)
            previous = _hash_after(one)
    opened.close()
    return runs


def _hash_after(run: Run) -> bytes:
    from app.wire.fact_bytes import chain_hash

    return chain_hash(run.previous, run.facts[0])


def sessions_of(opened: OpenStation) -> dict[str, object]:
    """What a station says of all its sessions, apart from where it learned it."""
    with store_of(opened).read() as reading:
        known = reading.sessions(100)
    told: dict[str, object] = {}
    for session in known:
        view = opened.station.sessions.show(session.id)
        cards = sorted((card.id, card.name, str(card.status), card.mark) for card in view.cards)
        told[session.id] = (view.session, cards, view.turnout, view.code, sorted(view.notes))
    return told


def dump(home: Path) -> dict[str, list[object]]:
    """All projected rows."""
    tables = ("sessions", "session_people", "marks", "attendance", "visitors", "plays")
    connection = SQLITE.connect(home / "station.db")
    try:
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)  # noqa: S608
            for name in tables
        }
    finally:
        connection.close()


@pytest.fixture
def runs(lived: Path, tmp_path: Path) -> list[Run]:
    """The facts of the lived home."""
    shutil.copytree(lived, tmp_path / "source")
    return runs_of(tmp_path / "source")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[OpenStation]:
    """A new station with the roster only."""
    opened = open_station(tmp_path / "empty", clock=SetClock())
    fill(opened, people=30, day=DAY)
    yield opened
    opened.close()


def test_a_station_that_lost_everything_has_every_session_again(
    lived: Path, runs: list[Run], empty: OpenStation, tmp_path: Path
) -> None:
    shutil.copytree(lived, tmp_path / "before")
    before = open_station(tmp_path / "before", clock=SetClock())
    try:
        assert store_of(empty).take_back(runs) == len(runs)
        assert store_of(empty).take_back(runs) == 0, "a second time brings nothing"
        assert sessions_of(empty) == sessions_of(before)
        assert store_of(empty).held() == store_of(before).held()
        assert store_of(empty).verify().broken_at is None
    finally:
        before.close()


def test_facts_behind_another_branch_than_is_held_here_are_not_taken(
    runs: list[Run], empty: OpenStation
) -> None:
    """Two machines went on from one memory: what one wrote must not make the other's seem sent."""
    segment = [one for one in runs if one.segment == runs[0].segment]
    store = store_of(empty)
    store.take_back(segment[:3])
    moved = write_fact(
        n=4, instant=SetClock().now(), actor="operator", fact=SessionResumed(S), personal=None
    )
    own = Run(segment[3].segment, 4, segment[3].previous, (moved,))
    assert store.take_back([own]) == 1
    others = tuple(one.facts[0] for one in segment[4:8])
    assert store.take_back([Run(own.segment, 5, segment[4].previous, others)]) == 0
    assert store.held().facts == 4


def test_a_session_that_came_back_unfinished_waits_until_somebody_goes_on_with_it(
    runs: list[Run], empty: OpenStation
) -> None:
    store_of(empty).take_back(runs)
    assert empty.station.sessions.running() is None, "it may be going on in another room right now"
    elsewhere = empty.station.today.overview().elsewhere
    assert elsewhere is not None
    assert elsewhere.step is Step.SIGN_IN
    empty.station.sessions.resume(elsewhere.id)
    running = empty.station.sessions.running()
    assert running is not None
    assert running.session.id == elsewhere.id
    sign_in(empty, elsewhere.id, 12)
    empty.station.sessions.close(elsewhere.id)
    assert empty.station.today.overview().elsewhere is None


def test_what_is_written_after_own_facts_came_back_stands_after_them_in_line(
    runs: list[Run], empty: OpenStation
) -> None:
    begin(empty)
    own = store_of(empty).newest_facts(1)[0].segment
    store_of(empty).take_back(runs)
    running = empty.station.sessions.running()
    assert running is not None
    sign_in(empty, running.session.id, 3)
    assert store_of(empty).newest_facts(1)[0].segment != own
    with store_of(empty).read() as reading:
        rows = reading.conn.exec_driver_sql("SELECT id, ordinal FROM segments").all()
    ordinals: dict[str, int] = {row[0]: row[1] for row in rows}
    newest = store_of(empty).newest_facts(1)[0].segment
    assert ordinals[newest] == max(ordinals.values())
    assert sum(one == ordinals[newest] for one in ordinals.values()) == 1


def test_facts_that_do_not_fit_the_chain_are_not_taken(runs: list[Run], empty: OpenStation) -> None:
    first = runs[0]
    forged = Run(first.segment, 2, first.previous, (runs[1].facts[0].replace(b"1", b"2"),))
    assert store_of(empty).take_back((first,)) == 1
    assert store_of(empty).take_back((forged,)) == 0
    assert store_of(empty).verify().broken_at is None


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_part_in_any_order_leaves_a_journal_whose_rows_are_a_replay(
    data: st.DataObject, lived: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("part")
    shutil.copytree(lived, folder / "source")
    runs = runs_of(folder / "source")
    before = open_station(folder / "source", clock=SetClock())
    home = folder / "home"
    opened = open_station(home, clock=SetClock())
    try:
        fill(opened, people=30, day=DAY)
        order = data.draw(st.permutations(runs))
        kept = data.draw(st.integers(0, len(order)))
        store = store_of(opened)
        for run in order[:kept]:
            store.take_back((run,))
            assert store.verify().broken_at is None, "a gap is known, not a broken chain"
        rows = dump(home)
        store.rebuild()
        assert dump(home) == rows
        assert store.held().facts == kept
        store.take_back(order[kept:])
        assert store.verify().broken_at is None
        with store.read() as reading:
            assert reading.gaps() == 0
        assert store.held() == store_of(before).held()
        assert sessions_of(opened) == sessions_of(before)
    finally:
        opened.close()
        before.close()
        shutil.rmtree(folder)


def test_a_mark_taken_back_stays_taken_back_though_its_void_came_first(
    runs: list[Run], empty: OpenStation
) -> None:
    voids = [run for run in runs if b'"k":"attendance.voided"' in run.facts[0]]
    others = [run for run in runs if run not in voids]
    store_of(empty).take_back((*voids, *others))
    view = empty.station.sessions.show(SessionId(_session_of(voids[0])))
    undone = {card.id: card.status for card in view.cards}[PersonId("p2")]
    assert undone != "present"


def _session_of(run: Run) -> str:
    import json

    return str(json.loads(run.facts[0])["b"]["session"])
