"""What the centre decides changes the station's rows: rules for late, whose a mark is, clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.areas.attendance.marks import Lane, Status
from app.areas.sessions.session import PlanEntry
from app.bootstrap import OpenStation, open_station
from app.domain.errors import BadInput
from app.domain.facts import ClockCompared
from app.domain.ids import PersonId, PlanId, SessionId
from app.domain.policy import Policy, StartRule
from app.domain.resolution import Resolution
from app.domain.time import local_date, local_time
from app.store import feeds
from app.wire.codec import write_row
from app.wire.messages import POLICY, RESOLUTION, FeedPage, FeedRow
from tests.store.test_one_fold import rows_of, store_of
from tests.support.first_schema import to_schema_of_kept_decisions
from tests.support.stations import SCOPE, SetClock, station_at

COUNTY = "catalogue"
CLOCK = SetClock()
DAY = local_date(CLOCK.wall_ms).isoformat()
NEXT_DAY = (local_date(CLOCK.wall_ms) + timedelta(days=1)).isoformat()
Seen = dict[str, tuple[str | None, str | None]]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenStation]:
    """A station whose rows, at the test's end, are those that a rebuild makes."""
    with station_at(tmp_path / "home", clock=SetClock()) as station:
        yield station
    before = rows_of(tmp_path / "home")
    station = open_station(tmp_path / "home", clock=SetClock())
    station.station.tools.store.rebuild()
    station.close()
    assert rows_of(tmp_path / "home") == before


def clock_of(opened: OpenStation) -> SetClock:
    clock = opened.station.tools.clock
    assert isinstance(clock, SetClock)
    return clock


def bring(opened: OpenStation, scope: str, *rows: tuple[str, str, bytes | None]) -> None:
    """A page of the centre's with these rows."""
    rev = store_of(opened).cursors((scope,))[scope]
    listed = tuple(
        FeedRow(kind, key, rev + place, body) for place, (kind, key, body) in enumerate(rows, 1)
    )
    store_of(opened).apply_page(FeedPage(scope, rev + len(rows), listed, from_rev=rev))


def rule(
    opened: OpenStation, grace: int | None, *, of: str = SCOPE, day: str = DAY, **more: StartRule
) -> None:
    """The centre sets a rule of the site or the county, or takes it back."""
    body = None if grace is None else write_row(Policy(day, grace, **more))
    bring(opened, of, (POLICY, f"{of}@{day}", body))


def begun(opened: OpenStation) -> SessionId:
    session = opened.station.sessions.prepare_extra("学习", ()).session.id
    opened.station.sessions.open_sign_in(session)
    return session


def sign(opened: OpenStation, session: SessionId, person: str) -> str:
    """Who signed in now, as the screen says it."""
    done = opened.station.attendance.sign_in(session, PersonId(person), Lane.NAME_WALL, "member")
    assert done.card.status is not None
    return done.card.status.value


def seen(opened: OpenStation, session: SessionId) -> Seen:
    """Who came → how they stand, and what the screen said when that was another."""
    return {
        card.id: (card.status, card.said_status)
        for card in opened.station.sessions.show(session).cards
        if card.mark is not None
    }


def test_a_rule_judges_what_was_and_what_comes_and_the_site_goes_before_the_county(
    opened: OpenStation,
) -> None:
    session = begun(opened)
    clock_of(opened).pass_minutes(10)
    assert sign(opened, session, "p1") == "present"
    rule(opened, 5, of=COUNTY)
    assert seen(opened, session) == {"p1": ("late", "present")}
    assert opened.station.sessions.show(session).turnout.late == 1
    assert sign(opened, session, "p2") == "late"
    rule(opened, 10)
    assert seen(opened, session) == {"p1": ("present", None), "p2": ("present", "late")}
    clock_of(opened).pass_minutes(1)
    assert sign(opened, session, "p3") == "late"
    rule(opened, 0, day=NEXT_DAY)
    assert seen(opened, session)["p1"] == ("present", None), "it holds from tomorrow on"
    rule(opened, None)
    rule(opened, None, of=COUNTY)
    assert seen(opened, session) == {
        "p1": ("present", None),
        "p2": ("present", "late"),
        "p3": ("present", "late"),
    }


def test_the_minutes_count_from_the_start_the_rule_names(opened: OpenStation) -> None:
    start = local_time(clock_of(opened).wall_ms)
    plan = PlanEntry(PlanId("n1"), f"{start:%Y-%m-%d}", f"{start:%H:%M}", "学习")
    bring(opened, SCOPE, ("plan", plan.id, write_row(plan)))
    session = opened.station.sessions.prepare(plan.id).session.id
    clock_of(opened).pass_minutes(30)
    opened.station.sessions.open_sign_in(session)
    clock_of(opened).pass_minutes(10)
    assert sign(opened, session, "p1") == "present"
    found = []
    for start_rule in StartRule:
        rule(opened, 15, counts_from=start_rule)
        found.append((start_rule.value, seen(opened, session)["p1"][0]))
    assert found == [("later", "present"), ("planned", "late"), ("opened", "present")]


def test_many_sessions_are_judged_anew_in_steps_and_can_be_read_meanwhile(
    opened: OpenStation,
) -> None:
    sessions = []
    for _ in range(25):
        sessions.append(begun(opened))
        clock_of(opened).pass_minutes(1)
        sign(opened, sessions[-1], "p1")
        opened.station.sessions.close(sessions[-1])
    rule(opened, 0)
    assert [seen(opened, one)["p1"][0] for one in sessions] == ["present"] * 25
    while not store_of(opened).fold_some().is_over:
        pass
    assert [seen(opened, one)["p1"] for one in sessions] == [("late", "present")] * 25


def test_a_mark_is_of_whom_the_centre_says_it_is(opened: OpenStation) -> None:
    session = begun(opened)
    done = opened.station.attendance.admit_visitor(session, "王过路", "", "")
    mark, visitor = done.card.mark, done.card.id
    assert mark is not None
    assert opened.station.sessions.show(session).turnout.visitors == 1
    said = write_row(Resolution(PersonId("p1"), session))
    bring(opened, SCOPE, (RESOLUTION, mark, said))
    assert seen(opened, session) == {"p1": ("present", None)}
    turnout = opened.station.sessions.show(session).turnout
    assert (turnout.arrived, turnout.visitors) == (1, 0)
    other = write_row(Resolution(PersonId("p2"), session))
    bring(opened, SCOPE, (RESOLUTION, mark, other))
    assert seen(opened, session) == {"p2": ("present", None)}
    bring(opened, SCOPE, (RESOLUTION, mark, None))
    assert seen(opened, session) == {visitor: ("present", None)}


def test_a_scope_that_is_sent_anew_takes_back_what_it_does_not_bring(opened: OpenStation) -> None:
    session = begun(opened)
    clock_of(opened).pass_minutes(10)
    sign(opened, session, "p1")
    rule(opened, 0, of=COUNTY)
    assert seen(opened, session) == {"p1": ("late", "present")}
    store_of(opened).apply_page(FeedPage(COUNTY, 9, (), reset=True))
    assert seen(opened, session) == {"p1": ("present", None)}


def test_a_clock_that_turns_out_wrong_changes_the_verdict_and_keeps_what_was_said(
    opened: OpenStation,
) -> None:
    clock = clock_of(opened)
    true_ms = clock.wall_ms
    start = local_time(true_ms + 20 * 60_000)
    plan = PlanEntry(PlanId("n1"), f"{start:%Y-%m-%d}", f"{start:%H:%M}", "学习")
    bring(opened, SCOPE, ("plan", plan.id, write_row(plan)))
    clock.wall_ms += 40 * 60_000
    session = opened.station.sessions.prepare(plan.id).session.id
    opened.station.sessions.open_sign_in(session)
    clock.pass_minutes(18)
    assert sign(opened, session, "p1") == "late"
    before = opened.station.sessions.show(session)
    with store_of(opened).begin() as work:
        now = clock.now()
        compared = ClockCompared(clock.boot, now.wall_ms, now.mono_ms, true_ms + 18 * 60_000, 0)
        work.record(compared, actor="station")
    assert seen(opened, session) == {"p1": ("present", "late")}
    (shown,) = [card for card in opened.station.sessions.show(session).cards if card.id == "p1"]
    assert shown.at_ms == true_ms + 18 * 60_000
    assert (before.turnout.late, opened.station.sessions.show(session).turnout.late) == (1, 0)
    assert sign(opened, session, "p2") == "present", "from now on the screen goes by it"


def test_a_rule_or_word_that_makes_no_sense_is_put_aside(opened: OpenStation) -> None:
    session = begun(opened)
    clock_of(opened).pass_minutes(10)
    sign(opened, session, "p1")
    bring(
        opened,
        SCOPE,
        (POLICY, "a", write_row(Policy("soon", 0))),
        (POLICY, "b", write_row(Policy(DAY, 100_000))),
        (POLICY, "c", b'{"valid_from":"2026-01-01","counts_from":"noon"}'),
        (RESOLUTION, "d", b'{"person":"","session":"s"}'),
        (RESOLUTION, "e", b'{"person":"' + b"p" * 65 + b'","session":"s"}'),
    )
    assert seen(opened, session) == {"p1": ("present", None)}


def test_a_program_that_knew_neither_reads_them_after_its_update(tmp_path: Path) -> None:
    apply = feeds._apply_row  # noqa: SLF001 - what sets an older program apart

    def older(conn: Connection, scope: str, row: FeedRow) -> bool:
        return row.kind not in (POLICY, RESOLUTION) and apply(conn, scope, row)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feeds, "_apply_row", older)
        with station_at(tmp_path, clock=SetClock()) as opened:
            session = begun(opened)
            clock_of(opened).pass_minutes(10)
            sign(opened, session, "p1")
            mark = opened.station.attendance.admit_visitor(session, "王过路", "", "").card.mark
            assert mark is not None
            rule(opened, 5)
            said = write_row(Resolution(PersonId("p2"), session))
            bring(opened, SCOPE, (RESOLUTION, mark, said))
            assert seen(opened, session)["p1"] == ("present", None)
    to_schema_of_kept_decisions(tmp_path / "station.db")
    newer = open_station(tmp_path, clock=SetClock())
    try:
        while not store_of(newer).fold_some().is_over:
            pass
        shown = seen(newer, session)
    finally:
        newer.close()
    assert shown == {"p1": ("late", "present"), "p2": ("late", "present")}


def test_a_fact_that_no_centre_could_read_is_refused_at_entry(opened: OpenStation) -> None:
    long = PlanEntry(PlanId("n" * 65), DAY, "19:30", "学习")
    bring(opened, SCOPE, ("plan", long.id, write_row(long)))
    with pytest.raises(BadInput) as refused:
        opened.station.sessions.prepare(long.id)
    assert refused.value.key == "refusal.not_recordable"
    assert opened.station.sessions.running() is None


def test_a_closing_is_made_of_what_the_screen_said(opened: OpenStation) -> None:
    from app.areas.sessions.closing import closing_digest

    session = begun(opened)
    clock_of(opened).pass_minutes(10)
    sign(opened, session, "p1")
    done = opened.station.attendance.admit_visitor(session, "王过路", "", "")
    rule(opened, 5)
    said = write_row(Resolution(PersonId("p2"), session))
    bring(opened, SCOPE, (RESOLUTION, str(done.card.mark), said))
    assert seen(opened, session)["p1"] == ("late", "present")
    with store_of(opened).read() as reading:
        witnessed = reading.witnessed(session)
    assert witnessed == {"p1": Status.PRESENT, done.card.id: Status.PRESENT}
    opened.station.sessions.close(session)
    data = [
        bytes(row[0])
        for row in store_of(opened)._conn.exec_driver_sql("SELECT bytes FROM facts")  # noqa: SLF001
    ]
    assert sum(closing_digest(witnessed).encode() in one for one in data) == 1
