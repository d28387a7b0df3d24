"""Feeds: what is new comes in order, whole, and only to those it is for."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, event, select

from app.wire.messages import MAX_ROWS_A_PAGE, FeedPage, Held
from app.wire.sums import ZERO, add_hashes, row_mark
from centre.feeds.pages import PAGE_BYTES, pages_after
from centre.feeds.publishing import Row, publish
from centre.opening import open_centre
from centre.service import begin_new_generation
from centre.settings import Settings
from centre.stations.credentials import shut_out
from centre.store.tables import feed_heads
from tests.centre.benches import Bench
from tests.support.talking_station import TalkingStation


def ask(
    station: TalkingStation, generation: str | None = None, **cursors: int
) -> dict[str, FeedPage]:
    named = {name.replace("site", f"site:{station.me.site}"): at for name, at in cursors.items()}
    told = station.exchange(station.request(cursors=named, generation=generation))
    return {page.scope.split(":")[0]: page for page in told.answer.pages}


def put(bench: Bench, scope: str, *rows: tuple[str, bytes | None]) -> None:
    with bench.centre.store.writing() as tx:
        publish(tx, scope, [Row("course", key, body) for key, body in rows])


def test_a_new_station_gets_its_site_first(bench: Bench) -> None:
    station = bench.station("石门村")
    page = ask(station, site=0)["site"]
    assert [(row.kind, row.key) for row in page.rows] == [("site", station.me.site)]
    assert (page.to_rev, page.more, page.reset) == (1, False, False)


def test_nothing_new_means_no_page(bench: Bench) -> None:
    assert ask(bench.station(), site=1, catalogue=0) == {}


def test_only_what_was_asked_for_and_is_allowed_is_sent(bench: Bench) -> None:
    station, other = bench.station("甲村"), bench.station("乙村")
    put(bench, "catalogue", ("k1", b"{}"))
    foreign = {f"site:{other.me.site}": 0, "everything": 0, "": -5}
    told = station.exchange(station.request(cursors=foreign))
    assert told.answer.pages == ()
    assert set(ask(station, catalogue=0)) == {"catalogue"}


def test_a_changed_row_moves_to_the_end_and_an_unchanged_one_stays(bench: Bench) -> None:
    station = bench.station()
    put(bench, "catalogue", ("k1", b"1"), ("k2", b"2"))
    put(bench, "catalogue", ("k1", b"1"), ("k2", b"2"))
    put(bench, "catalogue", ("k1", b"3"))
    rows = ask(station, catalogue=0)["catalogue"].rows
    assert [(row.key, row.rev, row.body) for row in rows] == [("k2", 2, b"2"), ("k1", 3, b"3")]


def test_a_removed_row_comes_as_a_row_without_body(bench: Bench) -> None:
    station = bench.station()
    put(bench, "catalogue", ("k1", b"1"))
    put(bench, "catalogue", ("k1", None))
    (row,) = ask(station, catalogue=1)["catalogue"].rows
    assert (row.key, row.body) == ("k1", None)


def test_many_rows_come_in_pages_without_a_gap(bench: Bench) -> None:
    station = bench.station()
    put(bench, "catalogue", *((f"k{n}", b"{}") for n in range(MAX_ROWS_A_PAGE + 5)))
    first = ask(station, catalogue=0)["catalogue"]
    assert (len(first.rows), first.more) == (MAX_ROWS_A_PAGE, True)
    last = ask(station, catalogue=first.to_rev)["catalogue"]
    assert (len(last.rows), last.more) == (5, False)
    assert len({row.key for row in (*first.rows, *last.rows)}) == MAX_ROWS_A_PAGE + 5


def test_large_rows_never_make_an_answer_a_station_refuses(bench: Bench) -> None:
    station = bench.station()
    put(bench, "catalogue", *((f"k{n}", b"x" * (PAGE_BYTES // 3)) for n in range(10)))
    put(bench, "catalogue", ("huge", b"y" * (PAGE_BYTES * 2)))
    seen: list[str] = []
    cursor, more = 0, True
    while more:
        page = ask(station, catalogue=cursor)["catalogue"]
        seen += [row.key for row in page.rows]
        cursor, more = page.to_rev, page.more
    assert seen == [*(f"k{n}" for n in range(10)), "huge"]


def test_a_cursor_of_another_life_of_the_store_is_answered_from_the_start(bench: Bench) -> None:
    station = bench.station()
    put(bench, "catalogue", ("k1", b"1"), ("k2", b"2"))
    generation = begin_new_generation(bench.centre)
    page = ask(station, catalogue=900)["catalogue"]
    assert (page.reset, len(page.rows), page.to_rev) == (True, 2, 2)
    assert ask(station, catalogue=1)["catalogue"].reset is True
    assert ask(station, generation, catalogue=1)["catalogue"].reset is False
    told = station.exchange(station.request())
    assert told.answer.generation == generation


def test_an_emptied_feed_of_another_life_is_still_reset(bench: Bench) -> None:
    page = ask(bench.station(), "g-other", catalogue=5)["catalogue"]
    assert (page.reset, page.rows, page.to_rev) == (True, (), 0)


def test_a_reader_between_two_writers_never_misses_a_row(
    new_postgres: Callable[[], str], tmp_path: Path
) -> None:
    """The second writer must wait for the first, or its higher revision would be seen first."""
    centre = open_centre(Settings(tmp_path / "c", new_postgres()))
    second_done = threading.Event()

    def write_second() -> None:
        with centre.store.writing() as tx:
            publish(tx, "catalogue", [Row("course", "second", b"2")])
        second_done.set()

    writer = threading.Thread(target=write_second)
    with centre.store.writing() as tx:
        publish(tx, "catalogue", [Row("course", "first", b"1")])
        writer.start()
        assert not second_done.wait(0.3)
        with centre.store.reading() as reader:
            assert (
                pages_after(reader, {"catalogue": 0}, scopes=("catalogue",), same_generation=True)
                == ()
            )
    writer.join(timeout=20)
    with centre.store.reading() as reader:
        (page,) = pages_after(reader, {"catalogue": 0}, scopes=("catalogue",), same_generation=True)
    assert [(row.key, row.rev) for row in page.rows] == [("first", 1), ("second", 2)]
    centre.close()


def test_a_page_and_its_sum_are_of_one_moment_though_others_publish_meanwhile(
    bench: Bench,
) -> None:
    """A writer commits right after the reader's first look; the page must fit its own sum."""
    store = bench.centre.store
    put(bench, "catalogue", ("a", b"1"), ("b", b"1"))
    looks: list[str] = []

    def publish_once(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        is_reader = connection.get_execution_options().get("reads_only", False)
        if is_reader and "feed_heads" in statement:
            looks.append(statement)
            if len(looks) == 1:
                put(bench, "catalogue", ("a", b"2"), ("c", b"1"))

    event.listen(store.engine, "after_cursor_execute", publish_once)
    try:
        with store.reading() as tx:
            pages = pages_after(tx, {"catalogue": 0}, scopes=("catalogue",), same_generation=True)
    finally:
        event.remove(store.engine, "after_cursor_execute", publish_once)
    assert looks
    (page,) = pages
    marks = [row_mark("catalogue", row.kind, row.key, row.rev, row.body) for row in page.rows]
    assert page.held == Held(len(page.rows), add_hashes(ZERO, marks))
    assert [row.rev for row in page.rows][-1] == page.to_rev
    with store.reading() as tx:
        rest = pages_after(
            tx, {"catalogue": page.to_rev}, scopes=("catalogue",), same_generation=True
        )
    seen = {row.key: row.body for one in (*pages, *rest) for row in one.rows}
    assert seen == {"a": b"2", "b": b"1", "c": b"1"}


def test_many_writers_at_once_leave_no_gap_in_what_a_reader_collects(bench: Bench) -> None:
    writers, rows_each = 4, 15
    seen: dict[str, int] = {}
    failed: list[BaseException] = []

    def write(name: int) -> None:
        try:
            for n in range(rows_each):
                put(bench, "catalogue", (f"{name}-{n}", b"x"))
        except Exception as trouble:
            failed.append(trouble)
            raise

    threads = [threading.Thread(target=write, args=(name,)) for name in range(writers)]
    for thread in threads:
        thread.start()
    cursor = 0

    def collect() -> None:
        nonlocal cursor
        with bench.centre.store.reading() as tx:
            pages = pages_after(
                tx, {"catalogue": cursor}, scopes=("catalogue",), same_generation=True
            )
        for page in pages:
            seen.update({row.key: row.rev for row in page.rows})
            cursor = page.to_rev

    while any(thread.is_alive() for thread in threads):
        collect()
    collect()
    assert failed == []
    assert len(seen) == writers * rows_each
    with bench.centre.store.reading() as tx:
        assert tx.scalar(select(feed_heads.c.rev).where(feed_heads.c.scope == "catalogue")) == len(
            seen
        )


def test_the_sum_of_a_scope_is_that_of_its_rows_whatever_was_published(bench: Bench) -> None:
    chance = random.Random(5)
    station = bench.station()
    scope = f"site:{station.me.site}"
    held: dict[tuple[str, str], tuple[int, bytes]] = {}
    cursor = 0
    for _ in range(12):
        rows = [
            Row("note", f"n{chance.randrange(6)}", chance.choice((None, b"1", b"2", b"3")))
            for _ in range(chance.randrange(1, 4))
        ]
        with bench.centre.store.writing() as tx:
            publish(tx, scope, list({row.key: row for row in rows}.values()))
        told = station.exchange(station.request(cursors={scope: cursor}))
        for page in told.answer.pages:
            assert page.from_rev == cursor
            for row in page.rows:
                held.pop((row.kind, row.key), None)
                if row.body is not None:
                    held[row.kind, row.key] = (row.rev, row.body)
            cursor = page.to_rev
            marks = [row_mark(scope, *key, *value) for key, value in held.items()]
            assert page.held == Held(len(held), add_hashes(ZERO, marks))


def test_a_scope_that_is_not_the_stations_is_said_to_be_so(bench: Bench) -> None:
    station = bench.station()
    own = f"site:{station.me.site}"
    asked = station.request(cursors={own: 0, "catalogue": 0, "site:other": 3})
    assert station.exchange(asked).answer.not_granted == ("site:other",)
    shut_out(bench.centre, station.me.station)
    assert station.exchange(asked).answer.not_granted == (), "it keeps what it has"
