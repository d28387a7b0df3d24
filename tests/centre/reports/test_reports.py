"""Reports are read and counted by indexes, and say the same as reading everything would."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, text, true

from centre.interpretation.projections import sessions
from centre.store.prepared import Prepared
from centre.store.tables import facts, stations
from tests.centre.benches import Bench
from tests.centre.recorded_sessions import mark, new_session, prepared, rich_session
from tests.support.talking_station import opened_segment


def test_a_session_is_read_by_its_own_indexes_however_much_else_there_is(bench: Bench) -> None:
    station = bench.station()
    recorded = rich_session()
    station.deliver(*recorded.chains)
    bench.report()
    others = [
        {
            "station": station.me.station,
            "segment": recorded.chains[0].name,
            "n": 100 + number,
            "hash": number.to_bytes(32, "big"),
            "previous": b"",
            "bytes": b"{}",
            "attached": True,
            "interpreted": True,
            "site": station.me.site,
            "kind": "attendance.marked",
            "session": f"another-{number // 50}",
            "received_ms": 1,
        }
        for number in range(5_000)
    ]
    with bench.centre.store.writing() as tx:
        tx.execute(facts.insert(), others)
        if not bench.centre.store.is_sqlite:
            tx.execute(text("ANALYZE facts"))
    own: dict[str, object] = {"site": station.me.site, "session": recorded.session}
    asked: dict[str, tuple[Prepared, dict[str, object]]] = {
        "of_session": (sessions._IN_SESSION, own),
        "of_play": (sessions._ENDS_BESIDE, {"site": station.me.site, "plays": ["one", "two"]}),
    }
    for index, (prepared_one, values) in asked.items():
        with bench.centre.store.reading() as tx:
            plan = _plan(tx, prepared_one, values)
        assert f"facts_{index}" in plan, plan
        assert "Seq Scan on facts" not in plan
        assert "SCAN facts" not in plan


def _plan(tx: Connection, asked: Prepared, values: dict[str, object]) -> str:
    """How the database goes about a statement, in its own words."""
    explain = "EXPLAIN QUERY PLAN " if tx.dialect.name == "sqlite" else "EXPLAIN "
    statement, given = asked.spelled(tx, values)
    cursor = tx.connection.cursor()
    cursor.execute(explain + statement, given)
    return " ".join(str(part) for row in cursor.fetchall() for part in row)


def test_what_the_report_counts_is_what_reading_all_facts_would_count(bench: Bench) -> None:
    station, forked = bench.station("甲村"), bench.station("乙村")
    recorded = rich_session()
    left = recorded.chains[0]
    right = left.fork(4)
    right.record(mark(recorded.session, "v1"))
    station.deliver(*recorded.chains)
    forked.deliver(left)
    forked.deliver(right)
    gap = opened_segment()
    gap.record(prepared(new_session()))
    gap.record(prepared(new_session()))
    station.exchange(station.request(runs=[gap.run(3)]))
    flagged = stations.update().where(stations.c.id == forked.me.station)
    with bench.centre.store.writing() as tx:
        tx.execute(flagged.values(copied_ms=1, put_back_ms=2))
    for site, where in (("", true()), ("甲村", facts.c.site == station.me.site)):
        report = bench.report(site=site) if site else bench.report()
        counted = select(
            func.count(),
            func.count().filter(facts.c.attached.is_(False)),
            func.count().filter(facts.c.quarantined),
        ).where(where)
        with bench.centre.store.reading() as tx:
            expected = tuple(tx.execute(counted).one())
        assert (report.facts, report.detached, report.quarantined) == expected
        assert (report.copied, report.put_back) == ((0, 0) if site else (1, 1))
    assert bench.report().quarantined > 0
    assert bench.report().detached == 1
