"""Ratings at the centre: in its report, in sums by a key, on its forms – and too few nowhere."""

from __future__ import annotations

import json

import pytest

from app.areas.ratings.facts import RatingTallied
from app.areas.sessions.facts import SessionClosed, SessionOpened, SessionPrepared
from app.domain.ids import SessionId
from app.domain.time import local_date
from centre.areas import report_of_areas
from tests.centre.benches import Bench
from tests.centre.offices import commanded
from tests.support.talking_station import START_MS, Chain, TalkingStation, opened_segment

DAY = local_date(START_MS).isoformat()
YEAR = ("--from", f"{DAY[:4]}-01-01", "--to", f"{DAY[:4]}-12-31")


def held(session: str, *tallies: tuple[str, tuple[int, ...]]) -> Chain:
    """A session that was held and rated."""
    chain, of = opened_segment(), SessionId(session)
    chain.record(SessionPrepared(of, None, "talk", "宣讲", (), (), None, 15))
    chain.record(SessionOpened(of, (), ()))
    for sheet, counts in tallies:
        chain.record(RatingTallied(of, sheet, counts))
    chain.record(SessionClosed(of, 0, 0, 0, 0, 0, ""))
    return chain


def rated(bench: Bench) -> TalkingStation:
    """Three sessions of one site and one of another: one of them by too few, whatever it says."""
    station, other = bench.station(), bench.station("清水村")
    station.deliver(held("s1", ("satisfaction", (20, 10, 1, 1)), ("lecture", (3, 2, 0, 0))))
    station.deliver(held("s2", ("satisfaction", (4, 5, 0, 1))))
    station.deliver(held("s3", ("satisfaction", (0, 0, 0, 3))))
    other.deliver(held("s4", ("satisfaction", ())))
    return station


def told(bench: Bench, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command says."""
    code, out, err = commanded(bench, capsys, *arguments)
    assert code == 0, err
    return out


def test_rates_are_summed_with_numerator_and_denominator(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    station = rated(bench)
    (satisfied, lectures) = json.loads(told(bench, capsys, "ratings", "--json", *YEAR))
    assert (satisfied["good"], satisfied["votes"]) == (39, 42)
    assert (satisfied["permille"], satisfied["counts"]) == (928, [24, 15, 1, 2])
    assert (satisfied["sessions"], satisfied["too_few"]) == (2, 2)
    assert (lectures["sheet"], lectures["good"], lectures["votes"]) == ("lecture", 5, 5)
    by_site = json.loads(told(bench, capsys, "ratings", "--by", "site", "--json", *YEAR))
    assert [one["votes"] for one in by_site if one["sheet"] == "satisfaction"] in ([42, 0], [0, 42])
    own = json.loads(told(bench, capsys, "ratings", "--site", station.me.site, "--json", *YEAR))
    assert own[0]["too_few"] == 1
    assert "92.8%（39/42）" in told(bench, capsys, "ratings", *YEAR)


def test_too_few_are_told_nowhere(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    rated(bench)
    (small,) = (
        one
        for one in json.loads(told(bench, capsys, "ratings", "--by", "session", "--json", *YEAR))
        if one["key"] == "s3"
    )
    assert (small["good"], small["votes"], small["counts"]) == (0, 0, [])
    with bench.centre.store.reading() as tx:
        found = report_of_areas(tx, "")["ratings"]
        rows = tx.exec_driver_sql("SELECT * FROM area_ratings WHERE session = 's3'").all()
    assert [one["counts"] for one in found if one["session"] == "s3"] == [[]]  # type: ignore[attr-defined]
    assert all(3 not in row for row in rows)
    sheet = told(bench, capsys, "form", "session_record", "--session", "s3", "--json")
    assert "不足 5 票" in sheet


def test_the_last_word_holds_however_often_and_in_whatever_order_it_comes(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    station = bench.station()
    chain = held("s1", ("satisfaction", (20, 0, 0, 0)))
    chain.record(RatingTallied(SessionId("s1"), "satisfaction", (20, 2, 0, 0)))
    for run in (chain, held("s2"), chain):
        station.deliver(run)
    (said,) = json.loads(told(bench, capsys, "ratings", "--json", *YEAR))
    assert said["counts"] == [20, 2, 0, 0]
