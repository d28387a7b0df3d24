"""The station's ledgers over a real store: hours, absence, turnout, running book, yearly sheet."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.areas.attendance.marks import Lane, Status
from app.areas.catalogue.values import Approval, ApprovalState, Credit
from app.areas.hours.rule_set import RuleSet
from app.areas.running.hints import HintKind
from app.bootstrap import OpenStation
from app.cli.main import main
from app.domain.errors import BadInput, NotFound
from app.domain.ids import PersonId, PlanId, SessionId
from app.domain.personal import LeaveKind
from app.domain.time import local_date
from app.usecases.ledgers import Ledgers, TurnoutKey
from app.usecases.station import Station
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from app.words import language, speak
from tests.support.stations import SCOPE, SetClock, station_at

P0, P1, P2, P9 = (PersonId(one) for one in ("p0", "p1", "p2", "p9"))


@dataclass(slots=True)
class Village:
    """A station and its clock; ``people`` p9 is away."""

    opened: OpenStation
    clock: SetClock

    @property
    def station(self) -> Station:
        return self.opened.station

    @property
    def ledgers(self) -> Ledgers:
        return self.station.ledgers

    @property
    def today(self) -> str:
        return local_date(self.clock.wall_ms).isoformat()

    def hold(self, *came: PersonId, minutes: int = 90) -> SessionId:
        """A session that these come to."""
        session = self.station.sessions.prepare_extra("集中学习", ()).session.id
        self.station.sessions.open_sign_in(session)
        for person in came:
            self.station.attendance.sign_in(session, person, Lane.NAME_WALL, person)
        self.clock.pass_minutes(minutes)
        self.station.sessions.close(session)
        self.clock.pass_minutes(60)
        return session

    def feed(self, *rows: tuple[str, str, object]) -> None:
        """Rows of the catalogue come down."""
        rev = self.station.tools.store.cursors((SCOPE,))[SCOPE]
        page = tuple(
            FeedRow(kind, key, rev + place, write_row(value))
            for place, (kind, key, value) in enumerate(rows, start=1)
        )
        self.station.tools.store.apply_page(FeedPage(SCOPE, rev + len(page), page))


@pytest.fixture
def restored() -> Iterator[None]:
    """A command sets the language and silences the log of its whole process."""
    before = language()
    yield
    speak(before)
    logging.disable(logging.NOTSET)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    clock = SetClock()
    with station_at(tmp_path / "home", clock=clock, people=12) as opened:
        yield Village(opened, clock)


def year(village: Village) -> int:
    return int(village.today[:4])


def test_hours_of_a_person_name_the_sessions_behind_them(village: Village) -> None:
    first, second = village.hold(P0, P1), village.hold(P0, minutes=30)
    told = village.ledgers.hours(P0, year(village)).account
    assert [(one.session, one.counted) for one in told.sessions] == [(first, 90), (second, 30)]
    assert (told.minutes, told.missing) == (120, 1800)
    assert village.ledgers.hours(P2, year(village)).account.minutes == 0
    everybody = village.ledgers.hours_of_all(year(village))
    assert {one.person: one.minutes for one in everybody if one.minutes} == {P0: 120, P1: 90}


def test_missing_hours_name_planned_sessions_to_make_them_up_in(village: Village) -> None:
    told = village.ledgers.hours(P0, year(village))
    assert [one.id for one in told.ways] == [PlanId("plan1")]


def test_credits_and_the_countys_rule_come_down(village: Village) -> None:
    village.hold(P0)
    credit = Credit("c", P0, "elsewhere", village.today, "talk", "宣讲", "邻村", "present", 60)
    rule = RuleSet("r", year(village), member_minutes=600)
    village.feed(("credit", "c", credit), ("rule_set", "r", rule))
    told = village.ledgers.hours(P0, year(village)).account
    assert (told.minutes, told.elsewhere, told.target, told.rule_set) == (150, 60, 600, "r")


def test_a_late_entry_counts_at_once_and_waits_until_it_is_approved(village: Village) -> None:
    session = village.hold(P0)
    done = village.station.attendance.mark(session, P1, Status.LATE_ENTRY, reason="漏记")
    told = village.ledgers.hours(P1, year(village)).account
    assert (told.minutes, told.pending) == (90, 90)
    mark = done.card.mark
    assert mark is not None
    village.feed(("approval", mark, Approval(mark, ApprovalState.RETURNED, "乡镇", 1)))
    told = village.ledgers.hours(P1, year(village)).account
    assert (told.minutes, told.pending) == (0, 0)


def test_the_clock_of_absence_is_set_back_by_coming(village: Village) -> None:
    village.hold(P0)
    village.clock.pass_minutes(60 * 24 * 130)
    village.hold(P1)
    told = {one.person: one for one in village.ledgers.absence()}
    assert (told["p0"].alarm, told["p1"].alarm) == (4, 0)
    assert (told["p9"].standing, told["p9"].is_seen) == ("away", False)
    assert next(iter(told)) != "p1", "the longest unseen comes first"


def test_turnout_stays_with_the_frozen_list_when_the_roster_changes(village: Village) -> None:
    session = village.hold(P0, P1)
    before = village.ledgers.turnout(village.today, village.today)
    assert (before.expected, before.arrived, before.people) == (11, 2, 2)
    assert before.left_out == (("away", 1),)
    village.feed(*(("person", f"p{number}", None) for number in range(5, 12)))
    assert village.ledgers.turnout(village.today, village.today) == before
    by_branch = village.ledgers.turnout_by(village.today, village.today, TurnoutKey.BRANCH)
    assert by_branch["u0"].arrived == 1
    by_session = village.ledgers.turnout_by(village.today, village.today, TurnoutKey.SESSION)
    assert list(by_session) == [session]


def test_the_running_book_and_its_hints_are_told_and_answered(village: Village) -> None:
    session = village.hold(P0)
    (day,) = village.ledgers.running(village.today, village.today)
    assert [one.session for one in day.sessions] == [session]
    assert len(day.on) == 1
    assert village.ledgers.hints(session) == ()
    with pytest.raises(BadInput):
        village.ledgers.answer_hint(session, HintKind.SAME_LIST, " ")
    village.ledgers.answer_hint(session, HintKind.SAME_LIST, "人就这些")
    with village.station.tools.store.read() as reading:
        record = reading.session_record(session)
    assert record is not None
    assert record.report.activities.answers[0].note == "人就这些"


def test_the_yearly_sheet_is_of_the_persons_own_year(village: Village) -> None:
    session = village.station.sessions.prepare_extra("集中学习", ()).session.id
    village.station.sessions.open_sign_in(session)
    village.station.attendance.mark(session, P0, Status.ON_LEAVE, leave=LeaveKind.SICK)
    village.station.sessions.close(session)
    came = village.hold(P0)
    told = village.ledgers.yearly(P0, year(village))
    assert (told.attended, told.on_leave, told.hours.minutes) == ((came,), (session,), 90)
    with pytest.raises(NotFound):
        village.ledgers.yearly(PersonId("nobody"), year(village))


def test_the_commands_tell_the_same_as_the_verbs(
    village: Village, capsys: pytest.CaptureFixture[str], restored: None
) -> None:
    village.hold(P0)
    village.opened.close()
    told = {}
    for command in (
        ("hours", "p0"),
        ("hours",),
        ("absence",),
        ("turnout",),
        ("turnout", "--by", "month"),
        ("running",),
        ("yearly", "p0"),
    ):
        place = ["--home", str(village.opened.home), *command]
        for more in ([], ["--json"]):
            days = ["--year", village.today[:4]] if command[0] in ("hours", "yearly") else []
            days = (
                ["--from", village.today, "--to", village.today] if "turnout" in command else days
            )
            days = (
                ["--from", village.today, "--to", village.today] if "running" in command else days
            )
            assert main([*place, *days, *more], {"LANG": "en_GB.UTF-8"}) == 0
            out = capsys.readouterr().out
            assert out.strip()
        told[command] = json.loads(out)
    assert told["hours", "p0"]["minutes"] == 90
    assert told["turnout",]["arrived"] == 1
    assert told["yearly", "p0"]["hours"]["minutes"] == 90


def test_a_persons_page_is_read_within_100_ms(village: Village) -> None:
    for _ in range(24):
        village.hold(P0, P1, P2)
    begun = time.perf_counter()
    village.ledgers.hours(P0, year(village))
    village.ledgers.yearly(P0, year(village))
    assert time.perf_counter() - begun < 0.1
