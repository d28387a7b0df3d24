"""Late or in time is computed: from the corrected time and the rule of the day, by both sides."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from app.areas.attendance.marks import Status
from app.areas.sessions.facts import SessionOpened
from app.domain.fact_kinds import Fact
from app.domain.facts import ClockCompared
from app.domain.ids import PersonId, SessionId
from app.domain.policy import Policy, StartRule
from app.domain.time import ClockGrade, Instant, local_date
from app.wire.codec import read_row
from app.wire.fact_bytes import write_fact
from app.wire.messages import MAX_CHECKED, POLICY, RESOLUTION, FeedRow
from centre.commands.main import main
from centre.decisions import ledger
from centre.decisions.resolutions import TOLD
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import CATALOGUE, site_scope
from centre.interpretation.queue import resolve_person, waiting_facts
from centre.lost_decisions.coming_back import take_back
from centre.policies.acts import drop_policy, list_policies, set_policy
from centre.reports.sessions import ReportSession
from centre.store.decision_tables import decision_heads, decisions
from centre.store.tables import centre_state, feed_rows
from tests.centre.benches import Bench
from tests.centre.decisions.test_people_decide import add_person
from tests.centre.recorded_sessions import closed, mark, new_session, prepared
from tests.support.talking_station import START_MS, Chain, TalkingStation, held_of, opened_segment

TODAY = local_date(START_MS).isoformat()
YESTERDAY = (local_date(START_MS) - timedelta(days=1)).isoformat()
TOMORROW = (local_date(START_MS) + timedelta(days=1)).isoformat()


def command(bench: Bench, *arguments: str) -> int:
    where = ["--home", str(bench.settings.home), "--database", bench.settings.database]
    return main([*where, *arguments])


def digest_of(*lines: str) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


@dataclass(slots=True)
class Room:
    """One session as a station records it whose clock is wrong by ``off_ms``."""

    off_ms: int = 0
    grade: ClockGrade = ClockGrade.OK
    session: SessionId = field(default_factory=new_session)
    chain: Chain = field(default_factory=opened_segment)

    def opened(self, at_ms: int, *people: str) -> Room:
        """Sign-in was opened at a moment of the true time."""
        self.at(at_ms, prepared(self.session))
        self.at(at_ms, SessionOpened(self.session, tuple(PersonId(one) for one in people), ()))
        return self

    def at(self, at_ms: int, fact: Fact) -> str:
        """Something happened at a moment of the true time."""
        n = len(self.chain.facts) + 1
        instant = Instant(at_ms + self.off_ms, at_ms - START_MS + 10**8, self.grade)
        return self.chain.append(
            write_fact(n=n, instant=instant, actor="operator", fact=fact, personal=None)
        )

    def came(self, at_ms: int, person: str, said: Status) -> str:
        """Somebody signed in, and the screen said so."""
        return self.at(at_ms, mark(self.session, person, said))

    def compared(self, at_ms: int) -> None:
        """Both clocks were compared with the centre's."""
        wall_ms, mono_ms = at_ms + self.off_ms, at_ms - START_MS + 10**8
        self.at(at_ms, ClockCompared("b", wall_ms, mono_ms, at_ms, 0))


def told(bench: Bench, site: str = "石门村") -> ReportSession:
    """The one session of a site."""
    (one,) = bench.report(site=site).sessions
    return one


def statuses(bench: Bench, site: str = "石门村") -> dict[str, tuple[str | None, str | None]]:
    """Person → how they stand, and what the screen had said when that was another."""
    session = told(bench, site)
    return {one.person: (one.status, one.said_status) for one in session.people}


def rows(station: TalkingStation, scope: str, kind: str) -> dict[str, FeedRow]:
    answer = station.exchange(station.request(cursors={scope: 0})).answer
    return {row.key: row for page in answer.pages for row in page.rows if row.kind == kind}


def minutes(count: float) -> int:
    """A moment so long after the planned start."""
    return START_MS + int(count * 60_000)


def test_a_pc_that_is_40_minutes_fast_makes_nobody_late_once_its_clock_is_known(
    bench: Bench,
) -> None:
    station, room = bench.station(), Room(off_ms=40 * 60_000)
    room.opened(minutes(-20), "p1", "p2", "p3")
    room.came(minutes(-2), "p1", Status.LATE)
    room.came(minutes(14), "p2", Status.LATE)
    room.came(minutes(20), "p3", Status.LATE)
    seen = digest_of("p1 late", "p2 late", "p3 late")
    room.at(minutes(60), closed(room.session, seen))
    station.deliver(room.chain)
    assert set(statuses(bench).values()) == {("late", None)}
    room.compared(minutes(61))
    station.deliver(room.chain)
    mended = {"p1": ("present", "late"), "p2": ("present", "late"), "p3": ("late", None)}
    assert statuses(bench) == mended
    assert (told(bench).turnout.present, told(bench).turnout.late) == (2, 1)
    assert told(bench).agrees is True, "what the screen said is what the closing was made of"


def test_a_clock_that_was_doubted_and_never_known_keeps_what_the_screen_said(
    bench: Bench,
) -> None:
    station, room = bench.station(), Room(off_ms=40 * 60_000, grade=ClockGrade.UNSURE)
    room.opened(minutes(-20), "p1", "p2")
    room.came(minutes(-2), "p1", Status.LATE)
    room.came(minutes(-1), "p2", Status.PRESENT)
    station.deliver(room.chain)
    assert statuses(bench) == {"p1": ("late", None), "p2": ("present", None)}


def test_leave_and_late_entries_are_what_the_operator_said(bench: Bench) -> None:
    station, room = bench.station(), Room()
    room.opened(minutes(-20), "p1", "p2")
    room.came(minutes(90), "p1", Status.ON_LEAVE)
    room.came(minutes(90), "p2", Status.LATE_ENTRY)
    station.deliver(room.chain)
    assert statuses(bench) == {"p1": ("on_leave", None), "p2": ("late_entry", None)}


def test_a_rule_for_days_that_have_passed_judges_their_sessions_anew(bench: Bench) -> None:
    station, room = bench.station(), Room()
    other = Room()
    room.opened(minutes(-20), "p1", "p2")
    room.came(minutes(10), "p1", Status.PRESENT)
    room.came(minutes(40), "p2", Status.LATE)
    station.deliver(room.chain)
    far = bench.station("另一村")
    other.opened(minutes(-20), "p1")
    other.came(minutes(10), "p1", Status.PRESENT)
    far.deliver(other.chain)
    bench.report()
    set_policy(bench.centre, Policy(TODAY, 5), site="石门村")
    assert statuses(bench) == {"p1": ("late", "present"), "p2": ("late", None)}
    set_policy(bench.centre, Policy(YESTERDAY, 60))
    assert statuses(bench) == {"p1": ("late", "present"), "p2": ("late", None)}, "the site's own"
    assert statuses(bench, "另一村") == {"p1": ("present", None)}
    set_policy(bench.centre, Policy(TOMORROW, 0), site="石门村")
    assert statuses(bench)["p2"] == ("late", None)
    drop_policy(bench.centre, TODAY, site="石门村")
    assert statuses(bench) == {"p1": ("present", None), "p2": ("present", "late")}
    drop_policy(bench.centre, YESTERDAY)
    assert statuses(bench) == {"p1": ("present", None), "p2": ("late", None)}


def test_minutes_count_from_the_start_the_rule_names(bench: Bench) -> None:
    station, room = bench.station(), Room()
    room.opened(minutes(30), "p1")
    room.came(minutes(40), "p1", Status.PRESENT)
    station.deliver(room.chain)
    found = []
    for start in StartRule:
        set_policy(bench.centre, Policy(TODAY, 15, start))
        found.append((start.value, statuses(bench)["p1"][0]))
    assert found == [("later", "present"), ("planned", "late"), ("opened", "present")]


def test_stations_read_the_rules_of_the_county_and_of_their_own_site_only(bench: Bench) -> None:
    station, far = bench.station(), bench.station("另一村")
    set_policy(bench.centre, Policy(TODAY, 20))
    set_policy(bench.centre, Policy(TOMORROW, 0, StartRule.PLANNED), site="石门村")
    county = rows(far, CATALOGUE, POLICY)
    assert {key: read_row(row.body or b"", Policy) for key, row in county.items()} == {
        f"county@{TODAY}": Policy(TODAY, 20)
    }
    own = rows(station, site_scope(station.me.site), POLICY)
    assert [read_row(row.body or b"", Policy) for row in own.values()] == [
        Policy(TOMORROW, 0, StartRule.PLANNED)
    ]
    assert rows(far, site_scope(far.me.site), POLICY) == {}
    drop_policy(bench.centre, TODAY)
    assert [row.body for row in rows(far, CATALOGUE, POLICY).values()] == [None]


def test_the_command_sets_lists_and_drops_rules_in_words(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.station()
    assert command(bench, "policy") == 0
    assert "没有设置过：开始后 15 分钟以内签到算按时" in capsys.readouterr().out
    assert command(bench, "policy", "--from", TODAY, "--grace", "20") == 0
    assert f"全县：从 {TODAY} 起" in capsys.readouterr().out
    assert command(bench, "policy", "--site", "石门村", "--from", TOMORROW, "--grace", "0") == 0
    capsys.readouterr()
    assert command(bench, "policy") == 0
    listed = capsys.readouterr().out
    assert [line.split()[:3] for line in listed.splitlines()[1:]] == [
        ["全县", TODAY, "20"],
        ["石门村", TOMORROW, "0"],
    ]
    assert command(bench, "policy", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["policy"]["grace_minutes"] for one in told] == [20, 0]
    assert command(bench, "policy", "--drop", "--from", TODAY) == 0
    assert [one.site_name for one in list_policies(bench.centre)] == ["石门村"]
    for wrong in (
        ("--grace", "241"),
        ("--grace", "-1"),
        ("--from", "26.3.1", "--grace", "5"),
        ("--from", TODAY),
        ("--drop",),
        ("--drop", "--from", YESTERDAY),
        ("--site", "没有的村", "--grace", "5"),
    ):
        assert command(bench, "policy", *wrong) == 1, wrong
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.logs_warnings
def test_a_store_that_was_put_back_gets_its_rules_back_from_a_station(bench: Bench) -> None:
    station, room = bench.station(), Room()
    room.opened(minutes(-20), "p1")
    room.came(minutes(20), "p1", Status.LATE)
    station.deliver(room.chain)
    set_policy(bench.centre, Policy(TODAY, 30))
    set_policy(bench.centre, Policy(TODAY, 40), site="石门村")
    drop_policy(bench.centre, TODAY, site="石门村")
    with bench.centre.store.reading() as tx:
        kept = ledger.verified(bench.centre, ledger.for_station(tx, station.me.site))
    with bench.centre.store.writing() as tx:
        tx.execute(decisions.delete())
        tx.execute(decision_heads.delete())
        for scope, key in ((CATALOGUE, f"county@{TODAY}"),):
            publish(tx, scope, (Row(POLICY, key, None),))
    with bench.centre.store.writing() as tx:
        assert take_back(tx, bench.centre, kept) == 3
    assert [(one.site, one.policy) for one in list_policies(bench.centre)] == [
        ("", Policy(TODAY, 30))
    ]
    assert statuses(bench) == {"p1": ("present", "late")}


def test_whom_an_unknown_one_was_said_to_be_comes_down_and_what_waits_is_told(
    bench: Bench,
) -> None:
    station, room = bench.station(), Room()
    add_person(bench, station, "p1", "李秀兰")
    room.opened(minutes(-20), "p1")
    fact = room.came(minutes(1), "p-typo", Status.PRESENT)
    room.at(minutes(60), closed(room.session, digest_of("p-typo present")))
    room.chain.append(b"no fact at all")
    station.deliver(room.chain)
    assert told(bench).agrees is True, "what waits is left out of the comparison"
    answer = station.exchange(station.request(cursors={site_scope(station.me.site): 0})).answer
    assert answer.to_check == {room.session: 1, "": 1}
    waiting = {one.reason: one for one in waiting_facts(bench.centre)}
    arrival = waiting["unknown_person"].arrival
    resolve_person(bench.centre, arrival, "p1", by="王", reason="卡号登错")
    (row,) = rows(station, site_scope(station.me.site), RESOLUTION).values()
    assert row.key == fact
    assert json.loads(row.body or b"") == {"person": "p1", "session": room.session}
    answer = station.exchange(station.request(held=held_of((room.chain,)))).answer
    assert answer.to_check == {"": 1}
    assert told(bench).agrees is True, "whom it was said to be does not change what was seen"


def test_what_was_decided_before_stations_were_told_is_published_at_the_next_start(
    bench: Bench,
) -> None:
    station, room = bench.station(), Room()
    add_person(bench, station, "p1", "李秀兰")
    add_person(bench, station, "p2", "李秀莲")
    room.opened(minutes(-20), "p1")
    fact = room.came(minutes(1), "p-typo", Status.PRESENT)
    station.deliver(room.chain)
    bench.report()
    (waiting,) = waiting_facts(bench.centre)
    for person in ("p2", "p1"):
        resolve_person(bench.centre, waiting.arrival, person, by="王", reason="卡号登错")
    with bench.centre.store.writing() as tx:
        tx.execute(feed_rows.delete().where(feed_rows.c.kind == RESOLUTION))
        tx.execute(centre_state.delete().where(centre_state.c.name == TOLD))
    bench.stop()
    bench.start()
    station.client = bench.client
    (row,) = rows(station, site_scope(station.me.site), RESOLUTION).values()
    assert (row.key, json.loads(row.body or b"")["person"]) == (fact, "p1")


def test_more_sessions_than_are_told_are_counted_together(bench: Bench) -> None:
    station, rooms = bench.station(), [Room() for _ in range(MAX_CHECKED + 3)]
    chain = rooms[0].chain
    for room in rooms:
        room.chain = chain
        room.opened(minutes(-20))
        room.came(minutes(1), "p-typo", Status.PRESENT)
    station.deliver(chain)
    bench.report()
    answer = station.exchange(station.request()).answer
    assert len(answer.to_check) == MAX_CHECKED + 1
    assert sum(answer.to_check.values()) == MAX_CHECKED + 3
    assert answer.to_check[""] == 3
