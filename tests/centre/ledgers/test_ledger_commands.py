"""``ledger``: what the centre's ledgers say of real sessions that stations sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.areas.attendance.facts import AttendanceMarked
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.catalogue.values import ApprovalState
from app.areas.sessions.facts import SessionClosed, SessionOpened, SessionPrepared
from app.domain.ids import PersonId, PlanId, SessionId
from app.domain.time import local_date
from centre.approvals.acts import say_word
from centre.store.projection_tables import session_lines
from tests.centre.benches import Bench
from tests.centre.offices import HEADER, SITE, commanded, load, roster
from tests.support.talking_station import START_MS, Chain, TalkingStation, opened_segment

DAY = local_date(START_MS).isoformat()
YEAR = ("--from", f"{DAY[:4]}-01-01", "--to", f"{DAY[:4]}-12-31")
MINUTE_MS = 60_000


@pytest.fixture
def people(bench: Bench, tmp_path: Path) -> dict[str, str]:
    """Two people of one site: name → id."""
    bench.code(SITE)
    rows = [[name, "一支部", "", f"A{n}"] for n, name in enumerate(("陈桂英", "王建国"))]
    load(bench, tmp_path, [HEADER, *rows])
    return {name: one.id for name, one in roster(bench).items()}


def hold(
    station: TalkingStation,
    session: str,
    people: dict[str, str],
    *came: str,
    plan: str | None = None,
    minutes: int = 60,
    at_ms: int = START_MS,
) -> Chain:
    """A session that was held and sent."""
    told = opened_segment(wall_ms=at_ms)
    of = SessionId(session)
    named = None if plan is None else PlanId(plan)
    told.record(SessionPrepared(of, named, "talk", "宣讲", (), (), None, 15))
    told.record(SessionOpened(of, tuple(map(PersonId, people.values())), ()))
    for one in came:
        mark = AttendanceMarked(
            of, PersonId(people[one]), Status.PRESENT, Lane.NAME_WALL, RosterStatus.EXPECTED
        )
        told.record(mark)
    told.wall_ms = at_ms + 2_000 + minutes * MINUTE_MS
    told.record(SessionClosed(of, 0, 0, 0, 0, 0, ""))
    station.deliver(told)
    return told


def asked(bench: Bench, capsys: pytest.CaptureFixture[str], *command: str) -> list[dict[str, Any]]:
    code, out, err = commanded(bench, capsys, "ledger", *command, *YEAR, "--json")
    assert (code, err) == (0, "")
    told: list[dict[str, Any]] = json.loads(out)
    return told


def test_hours_absence_and_turnout_are_told_of_a_session(
    bench: Bench, people: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    hold(bench.station(SITE), "e1", people, "陈桂英")
    hours = {one["name"]: one["minutes"] for one in asked(bench, capsys, "hours")}
    assert hours == {"陈桂英": 60, "王建国": 0}
    (turnout,) = asked(bench, capsys, "turnout", "--site", SITE)
    assert (turnout["expected"], turnout["arrived"], turnout["rate_percent"]) == (2, 1, 50)
    clocks = {one["name"]: one["is_seen"] for one in asked(bench, capsys, "absence")}
    assert clocks == {"陈桂英": True, "王建国": False}
    (one,) = asked(bench, capsys, "hours", "--person", people["陈桂英"])
    assert [line["session"] for line in one["sessions"]] == ["e1"]
    (sheet,) = asked(bench, capsys, "yearly", "--person", people["王建国"])
    assert sheet["absent"] == ["e1"]
    books = asked(bench, capsys, "running", "--site", SITE)
    assert [len(day["sessions"]) for day in books] == [1]


def test_two_sheets_of_one_plan_count_once(
    bench: Bench, people: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    station = bench.station(SITE)
    hold(station, "e1", people, "陈桂英", plan="x")
    hold(
        station, "e2", people, "陈桂英", "王建国", plan="x", minutes=90, at_ms=START_MS + 9_000_000
    )
    (turnout,) = asked(bench, capsys, "turnout")
    assert (turnout["expected"], turnout["arrived"]) == (2, 2)
    hours = {one["name"]: one["minutes"] for one in asked(bench, capsys, "hours")}
    assert hours == {"陈桂英": 90, "王建国": 90}


def test_what_is_sent_back_counts_nowhere(
    bench: Bench, people: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    station = bench.station(SITE)
    chain = hold(station, "e1", people)
    late = AttendanceMarked(
        SessionId("e1"),
        PersonId(people["陈桂英"]),
        Status.LATE_ENTRY,
        Lane.ROLL_CALL,
        RosterStatus.EXPECTED,
    )
    mark = chain.record(late)
    station.deliver(chain)
    told = asked(bench, capsys, "hours")[1]
    assert (told["minutes"], told["pending"]) == (60, 60)
    for state, counted in ((ApprovalState.RETURNED, 0), (ApprovalState.APPROVED, 60)):
        say_word(bench.centre, mark, state, "乡镇", "名单不全")
        told = asked(bench, capsys, "hours")[1]
        assert (told["minutes"], told["pending"]) == (counted, 0)


def test_a_changed_branch_moves_no_history(
    bench: Bench, people: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    station = bench.station(SITE)
    hold(station, "e1", people, *people)
    before = asked(bench, capsys, "turnout", "--by", "branch")
    bench.clock.ms += 30 * 86_400_000
    load(
        bench,
        tmp_path,
        [HEADER, *([name, "二支部", "", f"A{n}"] for n, name in enumerate(("陈桂英", "王建国")))],
    )
    assert {one.units[0] for one in roster(bench).values()} != {before[0]["key"]}
    assert asked(bench, capsys, "turnout", "--by", "branch") == before
    with bench.centre.store.writing() as tx:
        tx.execute(session_lines.delete())
    code, _, _ = commanded(bench, capsys, "replay")
    assert code == 0
    assert asked(bench, capsys, "turnout", "--by", "branch") == before


def test_lines_are_what_a_replay_makes_of_the_facts(
    bench: Bench, people: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    station = bench.station(SITE)
    hold(station, "e1", people, "陈桂英", plan="x")
    hold(station, "e2", people, "王建国", plan="x", at_ms=START_MS + 9_000_000)
    asked(bench, capsys, "hours")
    query = select(session_lines).order_by(session_lines.c.session, session_lines.c.person)
    with bench.centre.store.reading() as tx:
        before = tx.execute(query).all()
    assert len(before) == 4
    with bench.centre.store.writing() as tx:
        tx.execute(session_lines.delete())
    assert commanded(bench, capsys, "replay")[0] == 0
    with bench.centre.store.reading() as tx:
        assert tx.execute(query).all() == before


def test_a_wrong_day_year_site_or_person_is_refused(
    bench: Bench, people: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong in (
        ("hours", "--from", "2026-13-01", "--to", "2026-12-31"),
        ("hours", "--from", "2025-01-01", "--to", "2026-12-31"),
        ("hours", "--site", "没有这里"),
        ("yearly", "--person", "nobody"),
    ):
        code, out, err = commanded(bench, capsys, "ledger", *wrong)
        assert code == 1
        assert len(err.splitlines()) == 1, "one sentence"
