"""Facts are judged by the right their PC had when it wrote them, and what waits is told with its cure."""

from __future__ import annotations

import itertools
import json

import pytest
from sqlalchemy import delete, func, insert, select, update

from app.areas.attendance.facts import VisitorAdmitted
from app.domain.facts import SegmentOpened
from app.domain.ids import PersonId, SessionId
from app.domain.time import ClockGrade, Instant
from app.wire.fact_bytes import write_fact
from app.wire.messages import ExchangeAnswer
from centre.clock_sense import DAY_MS, agrees, off_by
from centre.commands.main import main
from centre.opening import open_centre
from centre.reports.stations import list_stations
from centre.service import Centre
from centre.stations.codes import new_code
from centre.stations.credentials import shut_out
from centre.stations.releasing import release
from centre.stations.rights.rule import Began, RightEnd, counts
from centre.store.tables import centre_state, clock_samples, facts, stations
from tests.centre.benches import Bench
from tests.centre.recorded_sessions import rich_session
from tests.support.talking_station import START_MS, Chain, TalkingStation, opened_segment

_COUNT = {
    **{(end, began): True for end in (RightEnd.NOT, RightEnd.EXPIRED) for began in Began},
    (RightEnd.REPLACED, Began.SEEN_BEFORE): True,
    (RightEnd.REPLACED, Began.BEFORE): True,
    (RightEnd.REPLACED, Began.AFTER): False,
    (RightEnd.REPLACED, Began.UNKNOWN): False,
    **{(RightEnd.SHUT_OUT, began): False for began in Began},
}


@pytest.mark.parametrize(("end", "began"), list(itertools.product(RightEnd, Began)))
def test_what_counts_by_how_a_right_ended_and_when_a_segment_began(
    end: RightEnd, began: Began
) -> None:
    assert counts(end, began) is _COUNT[end, began]


def chain_at(wall_ms: int, length: int = 4) -> Chain:
    chain = opened_segment(wall_ms=wall_ms)
    for number in range(length - 1):
        chain.record(VisitorAdmitted(SessionId("e1"), PersonId(f"v{number}")))
    return chain


def apart(bench: Bench) -> int:
    return apart_at(bench.centre)


def apart_at(centre: Centre) -> int:
    with centre.store.reading() as tx:
        return tx.scalar(select(func.count()).select_from(facts).where(facts.c.quarantined)) or 0


def replaced(bench: Bench, old: TalkingStation) -> TalkingStation:
    bench.clock.ms += 60_000
    code = new_code(bench.centre, old.me.site, for_station=old.me.station).code
    new = TalkingStation(bench.client).enrol(code)
    bench.clock.ms += 60_000
    return new


def asked(bench: Bench, station: TalkingStation, *chains: Chain) -> ExchangeAnswer:
    """An exchange of a station whose clock is right, that asks for its feeds too."""
    station.wall_ms = bench.clock.ms
    request = station.request(runs=[one.run() for one in chains], cursors={station.me.scopes[0]: 0})
    return station.exchange(request).answer


# --- time ----------------------------------------------------------------------------------


def test_a_village_that_was_off_line_for_410_days_has_all_its_sessions_counted(
    bench: Bench,
) -> None:
    station = bench.station()
    bench.clock.ms += 410 * DAY_MS
    recorded = rich_session()
    told = asked(bench, station, *recorded.chains)
    assert (apart(bench), told.notices, told.waiting) == (0, (), 0)
    assert told.pages
    assert told.credential is not None
    bench.stop()
    bench.start()
    assert len(bench.report().sessions) == 1


def test_who_comes_after_years_has_its_facts_counted_and_reads_again_once_a_person_says_so(
    bench: Bench,
) -> None:
    station = bench.station()
    bench.clock.ms += 801 * DAY_MS
    told = asked(bench, station, chain_at(START_MS + DAY_MS))
    assert (apart(bench), told.notices, told.waiting) == (0, ("expired",), 0)
    assert (told.pages, told.credential) == ((), None)
    (listed,) = list_stations(bench.centre)
    assert listed.state == "expired"
    assert release(bench.centre, station.me.station).renewed
    told = asked(bench, station)
    assert told.notices == ()
    assert told.pages
    assert told.credential is not None


@pytest.mark.logs_warnings
@pytest.mark.parametrize("days", [500, 1_100, 20_000, -3_650])
def test_a_wrong_clock_of_the_centre_sets_nothing_apart_and_calls_nobody_over(
    bench: Bench, days: int
) -> None:
    station, other = bench.station(), bench.station("松岭村")
    station.exchange(station.request(runs=[chain_at(START_MS).run()]))
    station.exchange(station.request())
    bench.clock.ms += days * DAY_MS
    told = station.exchange(
        station.request(runs=[chain_at(START_MS + 60_000).run()], cursors={station.me.scopes[0]: 0})
    ).answer
    assert (apart(bench), told.notices) == (0, ("centre_clock",))
    assert told.pages
    assert other.exchange(other.request()).answer.notices == ("centre_clock",)
    bench.clock.ms -= days * DAY_MS
    told = station.exchange(station.request(runs=[chain_at(START_MS + 90_000).run()])).answer
    assert (apart(bench), told.notices, told.waiting) == (0, (), 0)


@pytest.mark.logs_warnings
def test_a_clock_of_the_centre_that_is_off_is_said_in_the_list(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    these = [bench.station(name) for name in ("甲村", "乙村", "丙村")]
    these[2].wall_ms += 3 * 365 * DAY_MS  # this one alone is wrong itself
    for one in these:
        one.exchange(one.request())
    assert run(bench, "stations") == 0
    assert "中心的时间" not in capsys.readouterr().out
    bench.clock.ms += 500 * DAY_MS
    for one in these[:2]:
        one.exchange(one.request())
    assert run(bench, "stations") == 0
    assert "约 500 天" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("good", "now", "shown", "believed"),
    [
        (None, 0, 10**12, True),
        (10 * DAY_MS, 11 * DAY_MS, 900 * DAY_MS, True),  # the station's clock is wrong
        (10 * DAY_MS, 10 * DAY_MS - 1, 0, True),
        (10 * DAY_MS, 510 * DAY_MS, 10 * DAY_MS, False),
        (10 * DAY_MS, 420 * DAY_MS, 420 * DAY_MS, True),  # both were silent for so long
        (4_000 * DAY_MS, 350 * DAY_MS, 4_000 * DAY_MS, False),
        (510 * DAY_MS, 11 * DAY_MS, 11 * DAY_MS, True),  # right again after a wrong hour
    ],
)
def test_when_the_centres_clock_is_believed(
    good: int | None, now: int, shown: int, believed: bool
) -> None:
    assert agrees(good, now, shown) is believed


@pytest.mark.parametrize(
    ("offsets", "off"),
    [
        ([], None),
        ([1_000, -2_000, 500 * DAY_MS], None),
        ([-500 * DAY_MS, -500 * DAY_MS + 9_000, 0], -500 * DAY_MS + 9_000),
        ([400 * DAY_MS, -400 * DAY_MS], None),
        ([3 * DAY_MS], 3 * DAY_MS),
    ],
)
def test_what_stations_clocks_say_of_the_centres(offsets: list[int], off: int | None) -> None:
    assert off_by(offsets) == off


# --- a PC that was replaced ------------------------------------------------------------------


def test_what_a_pc_began_before_it_was_replaced_counts_and_what_it_begins_after_waits(
    bench: Bench,
) -> None:
    old = bench.station()
    seen, unsent = chain_at(bench.clock.ms, 2), chain_at(bench.clock.ms + 30_000)
    old.deliver(seen)
    new = replaced(bench, old)
    told = old.exchange(old.request(runs=[unsent.run()], tips=[unsent.tip()]))
    assert told.receipts[unsent.name].status == "ok"
    assert (apart(bench), told.answer.waiting) == (0, 0)
    seen.record(VisitorAdmitted(SessionId("e1"), PersonId("late")))
    old.exchange(old.request(runs=[seen.run(3)]))
    assert apart(bench) == 0
    later = chain_at(bench.clock.ms)
    told = old.exchange(old.request(runs=[later.run()], tips=[later.tip()]))
    assert told.receipts[later.name].status == "quarantined"
    assert (apart(bench), told.answer.waiting) == (4, 4)
    assert told.answer.notices == ("revoked", "replaced")
    assert new.exchange(new.request()).answer.waiting == 4


def test_parts_that_come_before_their_beginning_count_when_it_comes(bench: Bench) -> None:
    old = bench.station()
    chain = chain_at(bench.clock.ms, 6)
    replaced(bench, old)
    old.exchange(old.request(runs=[chain.run(4)]))
    assert apart(bench) == 3
    old.exchange(old.request(runs=[chain.run(1, 3)]))
    assert apart(bench) == 0


def unsure_chain(wall_ms: int, mono_ms: int, boot: str, grade: ClockGrade) -> Chain:
    """A segment whose first fact says that its clock can't be right."""
    chain = Chain("c" * 32)
    fact = SegmentOpened("0" * 32, "start", boot, "st", "1", "3", "test")
    instant = Instant(wall_ms, mono_ms, grade)
    chain.append(write_fact(n=1, instant=instant, actor="station", fact=fact, personal=None))
    return chain


@pytest.mark.parametrize("repaired", [False, True])
def test_with_a_clock_nobody_can_repair_it_waits(bench: Bench, repaired: bool) -> None:
    old = bench.station()
    sample = {
        "station": old.me.station,
        "boot": "b1",
        "mono_ms": 5_000,
        "wall_ms": 0,
        "centre_ms": bench.clock.ms,
        "round_trip_ms": 10,
        "source": "centre",
    }
    if repaired:
        with bench.centre.store.writing() as tx:
            tx.execute(insert(clock_samples).values(**sample))
    replaced(bench, old)
    chain = unsure_chain(86_400_000, 6_000, "b1", ClockGrade.BAD)
    old.exchange(old.request(runs=[chain.run()]))
    assert apart(bench) == (0 if repaired else 1)


def test_a_pc_that_was_shut_out_before_it_was_replaced_is_believed_nothing(bench: Bench) -> None:
    stolen = bench.station()
    recorded = chain_at(bench.clock.ms)
    shut_out(bench.centre, stolen.me.station)
    replaced(bench, stolen)
    stolen.exchange(stolen.request(runs=[recorded.run()]))
    assert apart(bench) == len(recorded.facts)


# --- what waits is told, and let go -------------------------------------------------------------


def run(bench: Bench, *arguments: str) -> int:
    where = ["--home", str(bench.settings.home), "--database", bench.settings.database]
    return main([*where, *arguments])


def test_the_centre_says_what_waits_and_by_which_command_it_counts(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    station = bench.station()
    shut_out(bench.centre, station.me.station)
    assert station.exchange(station.request(runs=[chain_at(START_MS).run()])).answer.waiting == 4
    for command in ("stations", "queue"):
        assert run(bench, command) == 0
        said = capsys.readouterr().out
        assert "隔离" in said
        assert f"centre release {station.me.station}" in said
    assert run(bench, "release", station.me.station) == 0
    said = capsys.readouterr().out
    assert "4 条隔离记录已计入" in said
    assert f"release {station.me.station} --let-in" in said
    told = station.exchange(station.request(runs=[chain_at(START_MS).run()])).answer
    assert (told.notices, told.waiting) == (("revoked",), 4)
    assert run(bench, "release", station.me.station, "--let-in") == 0
    assert "恢复正常" in capsys.readouterr().out
    told = station.exchange(station.request(cursors={station.me.scopes[0]: 0})).answer
    assert (told.notices, told.waiting) == ((), 0)
    assert told.pages
    assert run(bench, "stations", "--json") == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["state"], one["quarantined"]) == ("active", 0)


# --- stores of older programs --------------------------------------------------------------------


def as_an_older_program_left_it(bench: Bench) -> None:
    """All that came was set apart, and nobody judged it by the right it was written under."""
    with bench.centre.store.writing() as tx:
        tx.execute(update(facts).values(quarantined=True))
        tx.execute(delete(centre_state).where(centre_state.c.name == "judged_by_right"))
    bench.stop()


def test_what_an_older_program_set_apart_for_a_credential_that_was_over_counts(
    bench: Bench,
) -> None:
    station = bench.station()
    station.deliver(*rich_session().chains)
    as_an_older_program_left_it(bench)
    centre = open_centre(bench.settings, now_ms=bench.clock)
    assert apart_at(centre) == 0
    centre.close()
    bench.start()
    assert bench.report().sessions[0].turnout.visitors == 1


@pytest.mark.parametrize(
    ("ended", "begun_ms", "left"),
    [("replaced", -30_000, 0), ("replaced", 90_000, 4), ("shut out", -30_000, 4)],
)
def test_what_an_older_program_set_apart_of_a_pc_is_judged_by_how_its_right_ended(
    bench: Bench, ended: str, begun_ms: int, left: int
) -> None:
    station = bench.station()
    bench.clock.ms += 60_000
    chain = chain_at(bench.clock.ms + begun_ms)
    if ended == "replaced":
        replaced(bench, station)
    else:
        shut_out(bench.centre, station.me.station)
    station.exchange(station.request(runs=[chain.signed_run(station)]))
    as_an_older_program_left_it(bench)
    centre = open_centre(bench.settings, now_ms=bench.clock)
    assert apart_at(centre) == left
    with centre.store.reading() as tx:
        out = tx.scalar(select(stations.c.revoked_ms))
    assert (out is not None) == (ended == "shut out")
    centre.close()
    bench.start()
