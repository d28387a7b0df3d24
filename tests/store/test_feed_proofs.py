"""A scope whose sum is wrong is fetched anew, and only that one; people can be forgotten."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bootstrap import open_station
from app.domain.ids import PersonId
from app.store import erasing
from app.store.engine import SQLITE
from app.store.reading import StoreReading
from app.store.station_store import StationStore
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow, Held
from app.wire.sums import ZERO, add_hashes, row_mark
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SCOPE, SetClock, sample_people, sample_rows, station_at

DAY = "2026-11-23"


def held_of(scope: str, rows: tuple[FeedRow, ...]) -> Held:
    """What a centre says of a scope that has exactly these rows."""
    newest = {(row.kind, row.key): row for row in rows}
    alive = [row for row in newest.values() if row.body is not None]
    marks = (row_mark(scope, row.kind, row.key, row.rev, row.body) for row in alive)
    return Held(len(alive), add_hashes(ZERO, marks))


def test_a_wrong_sum_asks_for_that_scope_again_and_leaves_the_others(tmp_path: Path) -> None:
    rows = sample_rows(sample_people(8), DAY)
    with station_at(tmp_path, people=0) as opened:
        store = opened.station.tools.store
        store.apply_page(FeedPage("catalogue", 7, ()))
        right = FeedPage(SCOPE, len(rows), rows, reset=True, held=held_of(SCOPE, rows))
        assert not store.apply_page(right).wrong
        assert store.cursors((SCOPE,)) == {SCOPE: len(rows)}
        gone = FeedRow("person", "p1", len(rows) + 1, None)
        told = held_of(SCOPE, (*rows, gone, FeedRow("person", "p2", 99, None)))
        page = FeedPage(SCOPE, len(rows) + 1, (gone,), from_rev=len(rows), held=told)
        assert store.apply_page(page).wrong
        assert store.cursors((SCOPE, "catalogue")) == {SCOPE: 0, "catalogue": 7}
        assert len(opened.station.people.all()) == 7, "until it comes again, what is here stays"
        again = rows[:-1]
        fresh = FeedPage(SCOPE, 50, again, held=held_of(SCOPE, again))
        assert not store.apply_page(fresh).wrong
        assert len(opened.station.people.all()) == 8
        assert not opened.station.today.overview().plans, (
            "what the centre has no more is gone here too"
        )


def test_a_page_that_does_not_follow_is_left_for_later(tmp_path: Path) -> None:
    rows = sample_rows(sample_people(5), DAY)
    with station_at(tmp_path, people=0) as opened:
        store = opened.station.tools.store
        assert store.apply_page(FeedPage(SCOPE, 90, rows, from_rev=80)).skipped
        assert store.cursors((SCOPE,)) == {SCOPE: 4}
        assert opened.station.people.all() == ()


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_pages_carried_in_any_order_and_twice_end_in_the_same_rows(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    people = sample_people(6)
    changes = data.draw(
        st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=12)
    )
    rows = tuple(
        FeedRow("person", people[who].id, rev, write_row(people[who]) if there else None)
        for rev, (who, there) in enumerate(changes, 1)
    )
    cuts = sorted(data.draw(st.sets(st.integers(1, len(rows)), max_size=4)) | {len(rows)})
    starts = [0, *cuts[:-1]]
    pages = [
        FeedPage(
            "s",
            end,
            rows[start:end],
            more=end < len(rows),
            from_rev=start,
            held=held_of("s", rows) if end == len(rows) else None,
        )
        for start, end in zip(starts, cuts, strict=True)
    ]
    opened = open_station(tmp_path_factory.mktemp("pages"), clock=SetClock())
    try:
        store = opened.station.tools.store
        for _ in range(len(pages)):
            for page in data.draw(st.permutations(pages)):
                assert not store.apply_page(page).wrong
        alive = {people[who].id: there for who, there in changes}
        known = {person.id for person in opened.station.people.all()}
        assert known == {one for one, there in alive.items() if there}
        assert store.cursors(("s",)) == {"s": len(rows)}
    finally:
        opened.close()


def test_a_person_is_forgotten_in_the_store_its_copies_and_its_backups(tmp_path: Path) -> None:
    name, home = "张三丰来客", "邻县某村"
    with station_at(tmp_path) as opened:
        session = begin(opened)
        sign_in(opened, session, 0, 1)
        guest = opened.station.attendance.admit_visitor(session, name, "4321", home).card.id
        other = opened.station.attendance.admit_visitor(session, "李四光来客").card.id
        opened.station.tools.store.backup_today(again=True)
        opened.station.tools.store.sync_second_copy()
        before = opened.station.sessions.show(session).turnout
        facts = opened.station.tools.store.held()
        assert _places_with(tmp_path, name) >= {"journal", "backups"}
        erasure = FeedRow("erasure", guest, 500, b'{"person":"x"}')
        opened.station.tools.store.apply_page(FeedPage(SCOPE, 500, (erasure,)))
        assert _places_with(tmp_path, name) == set()
        assert _places_with(tmp_path, home) == set()
        view = opened.station.sessions.show(session)
        assert view.turnout == before, "the count stays, the person is no longer named"
        names = {card.id: card.name for card in view.cards}
        assert name not in names.values()
        assert names[other] == "李四光来客"
        store = opened.station.tools.store
        assert store.verify().broken_at is None, "the chain holds without the payload"
        assert store.held().facts == facts.facts + 1, "that it was erased is itself a fact"
        assert isinstance(store, StationStore)
        store.rebuild()
        assert {card.id: card.name for card in opened.station.sessions.show(session).cards} == names
    with station_at(tmp_path) as opened:
        assert opened.station.sessions.show(session).turnout == before
        assert _places_with(tmp_path, name) == set()
        assert opened.station.tools.store.verify().broken_at is None
        assert PersonId(guest)


@pytest.mark.logs_warnings
def test_a_program_that_ends_before_the_copies_forgot_goes_on_with_it_at_its_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "张三丰来客"
    with station_at(tmp_path) as opened:
        session = begin(opened)
        guest = opened.station.attendance.admit_visitor(session, name, "4321").card.id
        opened.station.tools.store.backup_today(again=True)
        erasure = FeedRow("erasure", guest, 500, b"{}")

        def cut(*_: object) -> None:
            raise OSError(errno.EIO, "as if the power went")

        with monkeypatch.context() as patched:
            patched.setattr(erasing, "forget_in_copies", cut)
            opened.station.tools.store.apply_page(FeedPage(SCOPE, 500, (erasure,)))
        assert _places_with(tmp_path, name) >= {"journal", "backups"}
    with station_at(tmp_path) as opened:
        assert _places_with(tmp_path, name) == set()
        with opened.station.tools.store.read() as reading:
            assert isinstance(reading, StoreReading)
            assert not erasing.left_in_copies(reading.conn).people


def _places_with(home: Path, words: str) -> set[str]:
    """Top names in a home whose files hold some words."""
    found = set()
    for path in home.rglob("*"):
        if path.is_file() and words.encode() in path.read_bytes():
            found.add(path.relative_to(home).parts[0])
    return found


def test_a_backup_that_was_forgotten_in_is_still_sound(tmp_path: Path) -> None:
    from app.store.backup import backups, prove

    with station_at(tmp_path) as opened:
        session = begin(opened)
        guest = opened.station.attendance.admit_visitor(session, "王五来客").card.id
        opened.station.tools.store.backup_today(again=True)
        erasure = FeedRow("erasure", guest, 500, b"{}")
        opened.station.tools.store.apply_page(FeedPage(SCOPE, 500, (erasure,)))
    (backup,) = backups(tmp_path / "backups")
    assert prove(backup).sound
    connection = SQLITE.connect(backup)
    assert connection.execute("SELECT name FROM visitors").fetchall() == []
    assert "王五来客".encode() not in backup.read_bytes()
    connection.close()
