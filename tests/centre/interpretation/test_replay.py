"""Projections: any that is declared is run, and all can be folded anew at any time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select, text, update

from app.areas.attendance.facts import AttendanceMarked
from app.areas.sessions.facts import SessionOpened
from app.domain.decoded_fact import DecodedFact, Reason
from app.domain.errors import BadInput
from app.domain.fact_kinds import Fact
from app.domain.facts import ClockCompared
from app.domain.ids import PersonId
from app.domain.inputs import Inputs
from app.wire.codec import pack
from centre.commands.main import main
from centre.erasing.erasing import erase_person
from centre.intake.exchanging import exchange
from centre.interpretation.pending import interpret_due
from centre.interpretation.projections.replay import begin_replay, replay_some
from centre.interpretation.queue import try_again, waiting_facts
from centre.opening import open_centre
from centre.service import Centre
from centre.stations.credentials import Credential
from centre.store.projection_tables import SESSIONS, fact_keys, projections, report_sessions
from centre.store.projection_versions import RebuildStep
from tests.centre.benches import Bench
from tests.centre.interpretation.toy_projection import NAME, Attending, attending, declared, fold
from tests.centre.recorded_sessions import closed, mark, new_session, prepared
from tests.support.talking_station import START_MS, Chain, TalkingStation, opened_segment

PEOPLE = tuple(PersonId(f"p{one}") for one in range(4))


@contextmanager
def opened(bench: Bench) -> Iterator[Centre]:
    """The centre without its reader, opened as a program does that has what is declared now."""
    bench.stop()
    centre = open_centre(bench.settings, now_ms=bench.clock)
    try:
        yield centre
    finally:
        centre.close()


def sessions(count: int = 3, people: tuple[PersonId, ...] = PEOPLE) -> Chain:
    """Some sessions of one start of the program, everybody marked in each."""
    chain = opened_segment()
    for _ in range(count):
        session = new_session()
        chain.record(prepared(session))
        chain.record(SessionOpened(session, people, ()))
        for person in people:
            chain.record(mark(session, person))
        chain.record(closed(session))
    return chain


def replay(centre: Centre) -> None:
    """Fold all that is due."""
    while replay_some(centre) is not None:
        pass


def rows_of(centre: Centre) -> dict[str, tuple[int, ...]]:
    """Person → times and, if there is such a column, when last."""
    with centre.store.reading() as tx:
        found = tx.execute(text("SELECT * FROM area_attending ORDER BY person")).mappings()
        return {
            str(row["person"]): (row["times"], *([row["last_ms"]] if "last_ms" in row else []))
            for row in found
        }


def reported(centre: Centre) -> list[tuple[object, ...]]:
    """Every row of the report of sessions."""
    with centre.store.reading() as tx:
        return [
            *map(tuple, tx.execute(select(report_sessions).order_by(*report_sessions.primary_key))),
        ]


def test_a_new_projection_is_folded_from_all_there_was_and_keeps_up(bench: Bench) -> None:
    station, chain = bench.station(), sessions(3)
    station.deliver(chain)
    before = bench.report()
    with declared(attending()):
        with opened(bench) as centre:
            assert rows_of(centre) == {}
            replay(centre)
            assert {times for times, _ in rows_of(centre).values()} == {3}
            assert set(rows_of(centre)) == set(PEOPLE)
        bench.start()
        station.client = bench.client
        more = sessions(1)
        station.deliver(more)
        assert len(bench.report().sessions) == len(before.sessions) + 1
        assert {times for times, _ in rows_of(bench.centre).values()} == {4}


def test_old_rows_are_read_until_their_key_is_folded_anew(bench: Bench) -> None:
    station = bench.station()
    station.deliver(sessions(2))
    bench.report()
    with declared(attending(1, has_last=False)), opened(bench) as centre:
        replay(centre)
        assert set(rows_of(centre).values()) == {(2,)}
    with declared(attending(2)), opened(bench) as centre:
        assert set(rows_of(centre).values()) == {(2, 0)}, "the new column is empty until then"
        replay(centre)
        told = rows_of(centre).values()
        assert {times for times, _ in told} == {2}
        assert min(last_ms for _, last_ms in told) > START_MS


def test_an_older_program_reads_nothing_into_a_newer_ones_rows(bench: Bench) -> None:
    station = bench.station()
    with opened(bench) as centre:
        with centre.store.writing() as tx:
            tx.execute(update(projections).values(version=99))
        bring(centre, station, sessions(1))
        assert interpret_due(centre) == (0, set())
        assert replay_some(centre) is None
    bench.start()
    assert len(bench.report().sessions) == 1, "who is opened next makes the rows its own"


def bring(centre: Centre, station: TalkingStation, chain: Chain) -> None:
    """Take in a chain at a centre that serves nobody."""
    request = station.request(tips=[chain.tip()], runs=[chain.run()])
    exchange(centre, Credential(station.me.station, station.me.site), pack(request))


def test_sessions_are_folded_anew_on_demand_with_progress(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    station = bench.station()
    station.deliver(sessions(25))
    bench.report()
    with opened(bench) as centre:
        right = reported(centre)
        with centre.store.writing() as tx:
            tx.execute(update(report_sessions).values(body=b"{}", opened_ms=None))
        assert reported(centre) != right
    place = ["--home", str(bench.settings.home), "--database", bench.settings.database]
    assert main([*place, "replay", "--projection", "sessions"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "sessions：已重算 20 项，共 25 项。"
    assert told[-1] == "sessions：25 项全部重算好了。原始记录一条也没有改。"
    with opened(bench) as centre:
        assert reported(centre) == right


def test_a_projection_nobody_knows_is_refused(bench: Bench) -> None:
    with pytest.raises(BadInput, match="no_projection"):
        begin_replay(bench.centre, "wishes")


def test_a_store_of_the_program_before_is_folded_anew(bench: Bench) -> None:
    """An upgrade finds rows of no known version: they are read, and made anew."""
    station = bench.station()
    station.deliver(sessions(2))
    bench.report()
    with opened(bench) as centre, centre.store.writing() as tx:
        right = reported(centre)
        tx.execute(projections.delete())
        tx.execute(update(report_sessions).values(day="旧的"))
    with opened(bench) as centre:
        assert {row[3] for row in reported(centre)} == {"旧的"}
        replay(centre)
        assert reported(centre) == right
        with centre.store.reading() as tx:
            mine = select(projections).where(projections.c.name == SESSIONS)
            state = tx.execute(mine).one()
        assert (state.step, state.done, state.of_all) == (RebuildStep.NONE, 2, 2)


@pytest.mark.logs_warnings
def test_a_fold_that_fails_waits_alone_and_is_tried_again(bench: Bench) -> None:
    broken = {"p1"}

    def fails(person: str, facts: tuple[DecodedFact, ...], inputs: Inputs) -> Attending:
        if person in broken:
            raise ZeroDivisionError
        return fold(person, facts, inputs)

    with declared(attending(folded=fails)):
        bench.stop()
        bench.start()
        station = bench.station()
        station.deliver(sessions(1))
        assert len(bench.report().sessions) == 1
        assert set(rows_of(bench.centre)) == {"p0", "p2", "p3"}
        (waits,) = waiting_facts(bench.centre)
        assert (waits.projection, waits.key, waits.reason) == (NAME, "p1", "failed")
        broken.clear()
        try_again(bench.centre)
        assert waiting_facts(bench.centre) == ()
        assert set(rows_of(bench.centre)) == set(PEOPLE)


def test_a_fact_waits_in_each_projection_by_itself(bench: Bench) -> None:
    """Nobody knows the person of a mark: the session waits for them, the other one counts it; and
    a key no table can hold makes it wait there too."""

    def too_long(fact: Fact) -> tuple[str, ...]:
        return ("x" * 65,) if isinstance(fact, AttendanceMarked) else ()

    with declared(attending(keys=too_long)):
        bench.stop()
        bench.start()
        station, chain, session = bench.station(), opened_segment(), new_session()
        chain.record(prepared(session))
        chain.record(mark(session, "nobody"))
        station.deliver(chain)
        waiting = waiting_facts(bench.centre)
        assert {(one.projection, one.key, one.reason) for one in waiting} == {
            ("sessions", session, Reason.UNKNOWN_PERSON),
            (NAME, "", Reason.UNREADABLE),
        }
        assert len({one.arrival for one in waiting}) == 1
        told = station.deliver(chain)
        assert told.answer.understood == len(chain.facts) - 1, "it waits once, in two places"


def test_what_is_learnt_of_a_clock_moves_every_projection(bench: Bench) -> None:
    with declared(attending()):
        bench.stop()
        bench.start()
        station, chain, session = bench.station(), opened_segment(), new_session()
        chain.record(prepared(session))
        chain.record(mark(session, "p0"))
        station.deliver(chain)
        bench.report()
        assert rows_of(bench.centre)["p0"] == (1, START_MS + 3_000)
        ahead = 40 * 60_000
        chain.record(ClockCompared("b", START_MS + 3_000, 3, START_MS + 3_000 - ahead, 0))
        station.deliver(chain)
        bench.report()
        assert rows_of(bench.centre)["p0"] == (1, START_MS + 3_000 - ahead)


def test_facts_set_apart_no_longer_count_in_any_projection(bench: Bench) -> None:
    with declared(attending()):
        bench.stop()
        bench.start()
        station, chain, session = bench.station(), opened_segment(), new_session()
        chain.record(prepared(session))
        other = chain.fork(2)
        chain.record(mark(session, "p0"))
        station.deliver(chain)
        bench.report()
        assert set(rows_of(bench.centre)) == {"p0"}
        other.record(mark(session, "p1"))
        station.deliver(other)
        bench.report()
        assert rows_of(bench.centre) == {}


def test_what_was_erased_is_folded_anew_everywhere(bench: Bench) -> None:
    with declared(attending()):
        bench.stop()
        bench.start()
        station = bench.station()
        station.deliver(sessions(1))
        bench.report()
        with bench.centre.store.writing() as tx:
            tx.execute(text("UPDATE area_attending SET times = 77"))
        erase_person(bench.centre, "p2", by="王", reason="本人要求")
        times = {person: row[0] for person, row in rows_of(bench.centre).items()}
        assert times == {"p0": 77, "p1": 77, "p2": 1, "p3": 77}


def test_keys_are_found_by_an_index(bench: Bench) -> None:
    with declared(attending()):
        bench.stop()
        bench.start()
        bench.station().deliver(sessions(2))
        bench.report()
        with bench.centre.store.reading() as tx:
            assert tx.scalar(select(func.count()).select_from(fact_keys)) == 8


def test_a_kill_at_any_moment_loses_no_row_and_the_next_goes_on(bench: Bench) -> None:
    people = tuple(PersonId(f"p{one}") for one in range(10))
    with declared(attending()):
        bench.stop()
        bench.start()
        bench.station().deliver(sessions(3, people))
        bench.report()
        with opened(bench) as centre:
            replay(centre)
            right, report = rows_of(centre), reported(centre)
            with centre.store.writing() as tx:
                tx.execute(text("UPDATE area_attending SET times = 0"))
            begin = ["begin"]
            for folds in (1, 4, 2, 5):
                killed_after(bench, folds, *begin)
                begin = []
                found = rows_of(centre)
                assert set(found) == set(people), "old rows stay until theirs is written"
                assert {times for times, _ in found.values()} <= {0, 3}
                assert reported(centre) == report
            assert 0 in {times for times, _ in rows_of(centre).values()}
            replay(centre)
            assert (rows_of(centre), reported(centre)) == (right, report)


def killed_after(bench: Bench, folds: int, *begin: str) -> None:
    """Fold anew in a process of its own that is killed in the middle of a transaction."""
    place = (str(bench.settings.home), bench.settings.database)
    command = [sys.executable, "-m", "tests.centre.interpretation.replaying_child", *place]
    pipe = subprocess.PIPE
    whole = [*command, str(folds), *begin]
    with subprocess.Popen(whole, stdin=pipe, stdout=pipe, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "fold\n"
        child.kill()
