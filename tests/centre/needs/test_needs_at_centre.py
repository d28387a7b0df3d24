"""The survey at the centre: summed by kind, demand in order, and of few nothing anywhere."""

from __future__ import annotations

import json

import pytest

from app.areas.needs.facts import NeedsTallied
from app.areas.sessions.facts import SessionClosed, SessionOpened, SessionPrepared
from app.domain.ids import SessionId
from app.domain.time import local_date
from centre.areas import report_of_areas
from tests.centre.benches import Bench
from tests.centre.offices import commanded
from tests.support.talking_station import START_MS, Chain, opened_segment

DAY = local_date(START_MS).isoformat()
YEAR = ("--from", f"{DAY[:4]}-01-01", "--to", f"{DAY[:4]}-12-31")
RURAL = ("rural", 6, (("subject.farming", 5), ("way.talk", 2)))
FEW = ("elder", 3, (("way.home", 3),))


def held(session: str, *groups: tuple[str, int, tuple[tuple[str, int], ...]]) -> Chain:
    """A session in which the survey was answered."""
    chain, of = opened_segment(), SessionId(session)
    chain.record(SessionPrepared(of, None, "talk", "宣讲", (), (), None, 15))
    chain.record(SessionOpened(of, (), ()))
    chain.record(NeedsTallied(of, groups))
    chain.record(SessionClosed(of, 0, 0, 0, 0, 0, ""))
    return chain


def test_kinds_are_summed_and_demand_stands_in_order(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    station, other = bench.station(), bench.station("清水村")
    first = held("s1", RURAL)
    for chain in (first, held("s2", RURAL, FEW), first):
        station.deliver(chain)
    other.deliver(held("s3", ("mobile", 7, (("way.online", 7),))))
    code, out, err = commanded(bench, capsys, "needs", "--json", *YEAR)
    assert code == 0, err
    told = json.loads(out)
    assert (told["sessions"], told["people"]) == (3, 19)
    assert [(one["kind"], one["people"]) for one in told["groups"]] == [
        ("rural", 12),
        ("mobile", 7),
    ]
    assert told["demand"] == [["subject.farming", 10], ["way.online", 7], ["way.talk", 4]]
    assert "elder" not in out
    own = commanded(bench, capsys, "needs", "--site", other.me.site, "--json", *YEAR)[1]
    assert json.loads(own)["people"] == 7
    assert "种养殖技术" in commanded(bench, capsys, "needs", *YEAR)[1]
    with bench.centre.store.reading() as tx:
        assert "elder" not in json.dumps(report_of_areas(tx, "")["needs"])
        assert tx.exec_driver_sql("SELECT 1 FROM area_needs WHERE kind = 'elder'").all() == []


def test_without_answers_it_says_so(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.station().deliver(held("s1", FEW))
    assert "没有满 5 人" in commanded(bench, capsys, "needs", *YEAR)[1]
