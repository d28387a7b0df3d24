"""Rounds with the centre over a line that loses, doubles and garbles: nothing lost, nothing twice."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from app.areas.courses.course import PIECE_BYTES
from app.bootstrap import OpenStation, open_station
from app.domain.errors import LinkTrouble
from app.store.engine import SQLITE
from app.usecases.views import SyncState
from app.wire.codec import pack, write_row
from app.wire.fact_bytes import segment_root
from app.wire.messages import (
    MAX_BODY_BYTES,
    ExchangeAnswer,
    ExchangeRequest,
    FeedPage,
    FeedRow,
    SignedReceipt,
)
from tests.support.port_centre import PortCentre, sync
from tests.support.small_sessions import begin, facts_in, sign_in
from tests.support.stations import (
    SCOPE,
    SetClock,
    course_of,
    sample_people,
    sample_rows,
    station_at,
)

DAY = "2026-11-23"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenStation]:
    """A station with a session in two segments."""
    with station_at(tmp_path / "home") as first:
        session = begin(first)
        sign_in(first, session, 0, 1, 2)
    with station_at(tmp_path / "home") as second:
        sign_in(second, session, 3, 4)
        yield second


def check_all_there(opened: OpenStation, centre: PortCentre) -> None:
    """The centre holds every fact once, and the station knows it."""
    view = opened.station.today.sync_view()
    assert (view.state, view.waiting) == (SyncState.ALL_SENT, 0)
    held = {hashed.hex(): data for facts in centre.held.values() for hashed, data in facts}
    assert held == facts_in(opened.home / "station.db")


def test_a_round_brings_every_fact_and_its_receipt(opened: OpenStation) -> None:
    centre = PortCentre()
    outcome = sync(opened, centre)
    assert outcome.trouble is None
    assert outcome.sent == outcome.confirmed == len(facts_in(opened.home / "station.db"))
    check_all_there(opened, centre)
    again = sync(opened, centre)
    assert (again.sent, again.trouble) == (0, None)
    assert len(pack(centre.asked[-1])) < 400, "an idle round costs what is new, not the history"


def test_what_happens_after_a_round_goes_with_the_next(opened: OpenStation) -> None:
    centre = PortCentre()
    sync(opened, centre)
    session = opened.station.sessions.running()
    assert session is not None
    sign_in(opened, session.session.id, 5)
    assert opened.station.today.sync_view().waiting == 1
    assert sync(opened, centre).sent == 1
    check_all_there(opened, centre)


@pytest.mark.parametrize("seed", range(8))
def test_a_line_that_loses_and_doubles_delivers_everything_once(
    seed: int, opened: OpenStation
) -> None:
    chance = random.Random(seed)
    faults = (PortCentre.lost, PortCentre.deaf, PortCentre.twice, PortCentre.honest)
    centre = PortCentre(script=[chance.choice(faults) for _ in range(12)])
    session = opened.station.sessions.running()
    assert session is not None
    for person in range(10, 16):
        sign_in(opened, session.session.id, person)
        sync(opened, centre)
        confirmed = opened.station.today.sync_view().confirmed
        assert confirmed <= sum(len(facts) for facts in centre.held.values())
    while centre.script:
        sync(opened, centre)
    assert sync(opened, centre).trouble is None
    check_all_there(opened, centre)


def test_an_offline_round_says_so_calmly_and_keeps_everything(opened: OpenStation) -> None:
    before = opened.station.today.sync_view()
    outcome = sync(opened, PortCentre(script=[PortCentre.lost]))
    assert isinstance(outcome.trouble, LinkTrouble)
    view = opened.station.today.sync_view()
    assert (view.state, view.reason) == (SyncState.WAITING, "link.offline")
    assert (view.facts, view.confirmed) == (before.facts, 0)


def _wrong_nonce(centre: PortCentre, request: ExchangeRequest) -> ExchangeAnswer:
    return structs.replace(centre.honest(request), nonce=b"another")


def _wrong_key(centre: PortCentre, request: ExchangeRequest) -> ExchangeAnswer:
    answer = centre.honest(request)
    return structs.replace(
        answer,
        receipts=tuple(SignedReceipt(one.receipt, bytes(64)) for one in answer.receipts),
        pages=(FeedPage(SCOPE, 999, sample_rows(sample_people(1), DAY)),),
    )


def _changed_receipt(centre: PortCentre, request: ExchangeRequest) -> ExchangeAnswer:
    answer = centre.honest(request)
    return structs.replace(
        answer,
        receipts=tuple(
            SignedReceipt(one.receipt.replace(b'"count":', b'"count": '), one.signature)
            for one in answer.receipts
        ),
    )


@pytest.mark.parametrize("liar", [_wrong_nonce, _wrong_key, _changed_receipt])
def test_an_answer_that_is_not_the_centres_marks_nothing_as_delivered(
    liar: object, opened: OpenStation
) -> None:
    centre = PortCentre(script=[liar])  # type: ignore[list-item]  # one of the three above
    outcome = sync(opened, centre)
    assert outcome.trouble is not None
    assert outcome.trouble.key == "link.nonsense"
    assert opened.station.today.sync_view().confirmed == 0
    assert opened.station.tools.store.cursors((SCOPE,))[SCOPE] != 999
    assert sync(opened, centre).trouble is None
    check_all_there(opened, centre)


@pytest.mark.logs_warnings
def test_a_receipt_for_a_hash_that_is_not_here_means_nothing(opened: OpenStation) -> None:
    def other_branch(centre: PortCentre, request: ExchangeRequest) -> ExchangeAnswer:
        answer = centre.honest(request)
        first, *rest = request.tips
        wrong = centre.receipt(first, upto_n=first.n, upto_hash=b"\x07" * 32)
        unknown = centre.receipt(
            structs.replace(first, segment="f" * 32), upto_n=9, upto_hash=b"\x07" * 32
        )
        good = tuple(centre.receipt(tip) for tip in rest)
        return structs.replace(answer, receipts=(wrong, unknown, *good))

    centre = PortCentre(script=[other_branch])
    sync(opened, centre)
    first = centre.asked[0].tips[0]
    rerun = [run for request in centre.asked[1:] for run in request.runs]
    again = [run.segment for run in rerun if run.from_n == 1]
    assert again == [first.segment], "the others were believed"
    check_all_there(opened, centre)


def test_a_receipt_for_another_station_is_not_ours(opened: OpenStation) -> None:
    def foreign(centre: PortCentre, request: ExchangeRequest) -> ExchangeAnswer:
        answer = centre.honest(request)
        return structs.replace(
            answer, receipts=tuple(centre.receipt(tip, station="st2") for tip in request.tips)
        )

    sync(opened, PortCentre(script=[foreign] * 50))
    assert opened.station.today.sync_view().confirmed == 0


@pytest.mark.parametrize("named", ["nothing", "the root"])
def test_a_centre_that_lost_everything_gets_everything_again(
    named: str, opened: OpenStation
) -> None:
    sync(opened, PortCentre())
    reborn = PortCentre(generation="g2")
    if named == "the root":
        reborn.empty_hash = segment_root(next(iter(reborn.held), "x" * 32))
    assert sync(opened, reborn).trouble is None
    check_all_there(opened, reborn)


def test_a_centre_that_was_rolled_back_gets_what_it_lacks_and_no_more(
    opened: OpenStation,
) -> None:
    centre = PortCentre()
    sync(opened, centre)
    segment = max(centre.held, key=lambda one: len(centre.held[one]))
    whole = len(centre.held[segment])
    del centre.held[segment][3:]
    centre.generation = "g2"
    outcome = sync(opened, centre)
    assert outcome.sent <= whole
    check_all_there(opened, centre)


def test_a_rolled_back_centre_of_the_same_generation_heals_too(opened: OpenStation) -> None:
    centre = PortCentre()
    sync(opened, centre)
    segment = centre.asked[-1].tips[-1].segment
    del centre.held[segment][2:]
    before = len(centre.asked)
    sync(opened, centre)
    assert centre.asked[before + 1].runs, "a receipt may also take back what it said"
    check_all_there(opened, centre)


def test_rows_of_unknown_kinds_and_unreadable_ones_are_put_aside_and_stop_nothing(
    opened: OpenStation, caplog: pytest.LogCaptureFixture
) -> None:
    person = sample_people(40)[39]
    film = opened.home / "x.mp4"
    film.write_bytes(b"x" * 10)
    course = course_of(film, "c9", duration_ms=1)
    hostile = replace(course, video=replace(course.video, sha256="../../" + "a" * 58))
    hollow = replace(course, video=replace(course.video, pieces=()))
    plan = b'{"id":"%s","date":"%s","start":"%s","title":"x"}'
    rows = (
        FeedRow("weather", "w1", 100, b'{"rain":true}'),
        FeedRow("person", "p-bad", 101, b"{"),
        FeedRow("plan", "l1", 102, plan % (b"l1", DAY.encode(), "19：30".encode())),
        FeedRow("plan", "l2", 103, plan % (b"l2", b"20261123", b"19:30")),
        FeedRow("course", "c9", 104, write_row(hostile)),
        FeedRow("course", "c9", 105, write_row(hollow)),
        FeedRow("person", person.id, 106, write_row(person)),
    )
    centre = PortCentre(pages=[(FeedPage(SCOPE, 106, rows),)])
    caplog.set_level("CRITICAL", logger="sync")
    outcome = sync(opened, centre)
    assert (outcome.trouble, outcome.rows) == (None, 7)
    assert opened.station.tools.store.cursors((SCOPE,)) == {SCOPE: 106}
    assert person.id in {one.id for one in opened.station.people.all()}
    assert opened.station.courses.all() == ()
    assert [one.id for one in opened.station.today.overview().plans] == ["plan1"]
    with closing(SQLITE.connect(opened.home / "station.db")) as connection:
        kept = connection.execute("SELECT kind, key FROM kept_rows ORDER BY rev").fetchall()
    assert kept == [
        ("weather", "w1"), ("person", "p-bad"), ("plan", "l1"), ("plan", "l2"), ("course", "c9"),
    ]  # fmt: skip


def test_a_reset_forgets_the_scope_and_no_other(opened: OpenStation) -> None:
    other = FeedRow("person", "p90", 5, write_row(replace(sample_people(1)[0], id="p90")))  # type: ignore[arg-type]  # a plain id
    opened.station.tools.store.apply_page(FeedPage("catalogue", 5, (other,)))
    rows = sample_rows(sample_people(2), DAY)
    centre = PortCentre(pages=[(FeedPage(SCOPE, 50, rows, reset=True),)])
    assert sync(opened, centre).trouble is None
    assert {one.id for one in opened.station.people.all()} == {"p0", "p1", "p90"}
    arrived = opened.station.sessions.running()
    assert arrived is not None
    assert arrived.turnout.arrived == 5, "who has signed in does not depend on the roster"


def test_pages_go_on_while_there_is_more_and_end_when_there_is_nothing(
    opened: OpenStation,
) -> None:
    people = sample_people(40)
    pages = [
        (FeedPage(SCOPE, 100 + n, (FeedRow("person", p.id, 100 + n, write_row(p)),), more=True),)
        for n, p in enumerate(people)
    ]
    centre = PortCentre(pages=[*pages, (FeedPage(SCOPE, 139, (), more=True),)])
    outcome = sync(opened, centre)
    assert outcome.rows == 40
    assert len(centre.asked) == 41, "a page that promises more and brings nothing ends the round"


def test_a_long_history_goes_in_steps_that_fit_the_centres_limit(opened: OpenStation) -> None:
    session = opened.station.sessions.running()
    assert session is not None
    for place in range(72):
        opened.station.discussion.note(
            session.session.id, random.Random(place).randbytes(2_500).hex()
        )
    centre = PortCentre()
    assert sync(opened, centre).trouble is None
    assert len(centre.asked) > 2
    assert max(len(pack(request)) for request in centre.asked) < MAX_BODY_BYTES
    check_all_there(opened, centre)


class _Cut(tuple[FeedRow, ...]):
    """Rows whose reader is killed on the way, as a power cut would."""

    def __iter__(self) -> Iterator[FeedRow]:
        for place, row in enumerate(super().__iter__()):
            if place == len(self) // 2:
                os.kill(os.getpid(), signal.SIGKILL)
            yield row


def _apply_until_killed(home: str) -> None:
    opened = open_station(Path(home), clock=SetClock())
    rows = _Cut(sample_rows(sample_people(200), DAY))
    opened.station.tools.store.apply_page(FeedPage(SCOPE, 500, rows))


@pytest.mark.skipif(sys.platform == "win32", reason="a process can't kill itself so on Windows")
def test_a_page_that_was_half_applied_when_the_power_went_is_not_there_at_all(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with station_at(home, people=10) as first:
        before = (first.station.people.all(), first.station.tools.store.cursors((SCOPE,)))
    child = multiprocessing.get_context("fork").Process(
        target=_apply_until_killed, args=(str(home),)
    )
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    second = open_station(home, clock=SetClock())
    try:
        store = second.station.tools.store
        assert (second.station.people.all(), store.cursors((SCOPE,))) == before
        store.apply_page(FeedPage(SCOPE, 500, sample_rows(sample_people(200), DAY), reset=True))
        assert len(second.station.people.all()) == 200
    finally:
        second.close()


@pytest.fixture
def films(opened: OpenStation, tmp_path: Path) -> PortCentre:
    """A centre with two courses, the first of which has a wrong piece."""
    centre = PortCentre()
    rows: list[FeedRow] = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.mp4"
        path.write_bytes(random.Random(name).randbytes(2 * PIECE_BYTES + 1_000))
        course = course_of(path, name, duration_ms=60_000)
        rows.append(FeedRow("course", name, len(rows) + 1, write_row(course)))
        centre.files[course.video.sha256] = path.read_bytes()
    opened.station.tools.store.apply_page(FeedPage("catalogue", 2, tuple(rows)))
    return centre


def test_courses_come_after_the_record_over_a_line_that_keeps_breaking(
    opened: OpenStation, films: PortCentre
) -> None:
    films.line_breaks_after = PIECE_BYTES + 200_000
    rounds = 0
    while not all(view.ready for view in opened.station.courses.all()):
        outcome = sync(opened, films, courses=True)
        check_all_there(opened, films)
        assert opened.station.today.sync_view().reason == ""
        rounds += 1
        assert rounds < 10
    assert (rounds, outcome.trouble, outcome.course_trouble) == (1, None, None)
    assert outcome.goes_on is False
    assert outcome.arrived == sum(len(data) for data in films.files.values())
    assert len(films.fetched) <= 6, "what had come was fetched again"


@pytest.mark.parametrize("what", ["broken", "gone"])
def test_one_bad_course_holds_up_no_other(
    what: str, opened: OpenStation, films: PortCentre
) -> None:
    bad = next(iter(films.files))
    if what == "gone":
        del films.files[bad]
    else:
        films.files[bad] = bytes(2 * PIECE_BYTES + 1_000)
    outcome = sync(opened, films, courses=True)
    assert outcome.trouble is None, "the records are sent, whatever becomes of a course"
    assert outcome.course_trouble is not None
    assert outcome.files == 1
    assert {view.course.id: view.ready for view in opened.station.courses.all()} == {
        "a": False,
        "b": True,
    }
    assert outcome.course_trouble.values["title"] == "a"
    expected = {"broken": "media.centre_damaged", "gone": "media.centre_lost"}
    assert outcome.course_trouble.key == expected[what]
    assert opened.station.today.sync_view().state is SyncState.ALL_SENT


def test_a_station_that_is_not_enrolled_says_so(opened: OpenStation) -> None:
    outcome = opened.station.sync.run(store_lane=lambda job: job())
    assert outcome.trouble is not None
    assert outcome.trouble.key == "refusal.not_enrolled"
