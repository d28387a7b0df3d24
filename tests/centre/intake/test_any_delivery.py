"""However facts are cut, repeated and mixed up on the way, the centre ends with the same."""

from __future__ import annotations

import dataclasses
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.wire.messages import Run
from centre.reports.sessions import ReportSession
from tests.centre.benches import Bench
from tests.centre.recorded_sessions import RecordedSession, rich_session
from tests.support.talking_station import Chain, TalkingStation


def pieces_of(chain: Chain, chance: random.Random) -> list[Run]:
    """The chain in pieces of random length, some of them overlapping and some twice."""
    runs = []
    first = 1
    while first <= len(chain.facts):
        last = min(len(chain.facts), first + chance.randrange(6))
        runs.append(chain.run(max(1, first - chance.randrange(3)), last))
        first = last + 1
    return [*runs, *chance.sample(runs, chance.randrange(len(runs)))]


def deliver_anyhow(
    station: TalkingStation, recorded: RecordedSession, chance: random.Random
) -> None:
    runs = [run for chain in recorded.chains for run in pieces_of(chain, chance)]
    chance.shuffle(runs)
    while runs:
        some, runs = runs[:3], runs[3:]
        station.exchange(station.request(runs=some))


def what_is_reported(bench: Bench, site: str) -> tuple[ReportSession, dict[str, int]]:
    report = bench.report(site=site)
    (session,) = report.sessions
    return dataclasses.replace(session, site="", site_name=""), report.held


@given(chance=st.randoms(use_true_random=False))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_way_of_delivery_gives_the_same_receipts_and_report(
    bench: Bench, chance: random.Random
) -> None:
    recorded = rich_session()
    straight = bench.station(f"顺 {recorded.session}")
    mixed = bench.station(f"乱 {recorded.session}")
    told = straight.deliver(*recorded.chains)
    deliver_anyhow(mixed, recorded, chance)
    again = mixed.exchange(mixed.request(tips=[one.tip() for one in recorded.chains]))
    assert {
        name: (one.upto_n, one.upto_hash, one.status) for name, one in told.receipts.items()
    } == {name: (one.upto_n, one.upto_hash, one.status) for name, one in again.receipts.items()}
    expected = what_is_reported(bench, straight.me.site)
    assert expected == what_is_reported(bench, mixed.me.site)
    session, held = expected
    assert session.turnout.visitors == 1
    assert [play.outcome for play in session.plays] == ["full"]
    assert session.notes == ("大家要修剪工具",)
    assert held == session.held == {"unknown_person": 1}


@given(chance=st.randoms(use_true_random=False))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_two_branches_of_one_segment_give_the_same_report_in_any_order(
    bench: Bench, chance: random.Random
) -> None:
    recorded = rich_session()
    other = recorded.chains[0].fork(4)
    for data in recorded.chains[0].facts[7:]:
        other.append(data)
    forked = RecordedSession(recorded.session, (*recorded.chains, other))
    straight = bench.station(f"顺 {recorded.session}")
    mixed = bench.station(f"乱 {recorded.session}")
    for chain in forked.chains:
        straight.deliver(chain)
    deliver_anyhow(mixed, forked, chance)
    assert what_is_reported(bench, straight.me.site) == what_is_reported(bench, mixed.me.site)
    assert [one.why for one in bench.report(site=mixed.me.site).forks] == ["branches"]
