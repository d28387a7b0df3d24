"""What people at the centre decide, and a clock that was wrong, give one truth at both ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.areas.attendance.facts import AttendanceMarked
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.people.person import Person
from app.bootstrap import OpenStation
from app.cli.main import main
from app.domain.ids import PersonId, SessionId
from app.domain.policy import Policy
from app.domain.time import local_date
from app.wire.codec import write_row
from app.words import speak
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import site_scope
from centre.interpretation.queue import resolve_person, waiting_facts
from centre.policies.acts import set_policy
from centre.reports.printing import report_json
from centre.reports.reading import read_report
from centre.sites import find_site
from centre.store.tables import people
from tests.support.county import County, open_county
from tests.support.talking_station import START_MS
from tests.system.agreement import told_by_centre, told_by_station

SITE = "松岭村学习点"
DAY = local_date(START_MS).isoformat()


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    """A centre whose roster has three people, and one station that has read it."""
    with open_county(tmp_path / "county", step_ms=1) as county:
        county.clock.wall_ms = START_MS
        yield county


@pytest.fixture
def home(county: County) -> Path:
    home = county.enrolled_home(SITE)
    with county.centre.store.writing() as tx:
        site = find_site(tx, SITE).id
        for number, name in enumerate(("陈桂英", "陈建国", "陈秀兰"), 1):
            body = write_row(Person(PersonId(f"p{number}"), name))
            empty = dict.fromkeys(("member_no", "unit", "phone", "birth"), "")
            row = {"id": f"p{number}", "site": site, "name": name, "active": True, "body": body}
            tx.execute(people.insert().values(**row, **empty))
            publish(tx, site_scope(site), (Row("person", f"p{number}", body),))
    county.sync(home)
    return home


def begun(opened: OpenStation) -> SessionId:
    session = opened.station.sessions.prepare_extra("学习", ()).session.id
    opened.station.sessions.open_sign_in(session)
    return session


def came(opened: OpenStation, session: SessionId, person: str) -> str:
    done = opened.station.attendance.sign_in(session, PersonId(person), Lane.ROLL_CALL, "operator")
    assert done.card.status is not None
    return done.card.status.value


def report_of(county: County, session: SessionId) -> dict[str, Any]:
    """The centre's report of a session, as its command writes it."""
    (found,) = json.loads(report_json(read_report(county.centre, session=session)))["sessions"]
    told: dict[str, Any] = found
    return told


def check_alike(county: County, opened: OpenStation, session: SessionId) -> dict[str, Any]:
    """The station's view and the centre's report say the same; the report."""
    told = report_of(county, session)
    mine = json.loads(json.dumps(told_by_station(opened.station.sessions.show(session))))
    assert json.loads(json.dumps(told_by_centre(told))) == mine
    return told


def test_a_clock_40_minutes_fast_makes_nobody_late_at_either_end(
    county: County, home: Path
) -> None:
    with county.at(home) as opened:
        session = begun(opened)
        county.clock.wall_ms += 40 * 60_000
        assert came(opened, session, "p1") == "late"
        opened.station.sessions.close(session)
        county.talk(opened)
        county.talk(opened)
        (card,) = [one for one in opened.station.sessions.show(session).cards if one.id == "p1"]
        assert (card.status, card.said_status) == ("present", "late")
        told = check_alike(county, opened, session)
    assert told["turnout"]["late"] == 0
    assert told["agrees"] is True


def test_a_rule_of_the_county_reaches_the_sessions_of_its_days_at_both_ends(
    county: County, home: Path
) -> None:
    with county.at(home) as opened:
        session = begun(opened)
        county.clock.pass_minutes(10)
        assert came(opened, session, "p1") == "present"
        opened.station.sessions.close(session)
        county.talk(opened)
        assert check_alike(county, opened, session)["turnout"]["late"] == 0
        set_policy(county.centre, Policy(DAY, 5))
        county.talk(opened)
        told = check_alike(county, opened, session)
        assert (told["turnout"]["late"], told["agrees"]) == (1, True)
        set_policy(county.centre, Policy(DAY, 10), site=SITE)
        county.talk(opened)
        assert check_alike(county, opened, session)["turnout"]["late"] == 0


def test_what_waits_is_told_and_who_it_was_said_to_be_counts_at_both_ends(
    county: County, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with county.at(home) as opened:
        session = begun(opened)
        came(opened, session, "p1")
        opened.station.sessions.close(session)
        other = begun(opened)
        visitor = opened.station.attendance.admit_visitor(other, "王过路", "", "").card
        with opened.station.tools.store.begin() as work:
            unknown = AttendanceMarked(
                other, PersonId("p9"), Status.PRESENT, Lane.SCANNER, RosterStatus.VISITOR
            )
            work.record(unknown, actor="member")
        opened.station.sessions.close(other)
        county.talk(opened)
        county.talk(opened)
        assert opened.station.sessions.show(other).to_check == 1
        assert opened.station.today.sync_view().to_check == 1
        assert {one.session.id: one.to_check for one in opened.station.today.records()} == {
            session: 0,
            other: 1,
        }
        keys = [key for key, _ in opened.station.today.overview().notices]
        assert "notice.to_check" in keys
        assert report_of(county, other)["agrees"] is True, "what waits is left out"
    speak("zh")
    assert main(["--home", str(home), "session", "show", other]) == 0
    assert "1 条待中心核对" in capsys.readouterr().out
    assert main(["--home", str(home), "session", "list"]) == 0
    assert capsys.readouterr().out.count("1 条待中心核对") == 1
    assert main(["--home", str(home), "status"]) == 0
    assert "中心有 1 条记录待核对" in capsys.readouterr().out
    (waiting,) = waiting_facts(county.centre)
    resolve_person(county.centre, waiting.arrival, "p3", by="王", reason="卡号登错")
    with county.at(home) as opened:
        county.talk(opened)
        county.talk(opened)
        assert opened.station.sessions.show(other).to_check == 0
        told = check_alike(county, opened, other)
    assert {one["person"] for one in told["people"] if one["status"] == "present"} == {"p3"}
    assert {one["person"] for one in told["visitors"]} == {visitor.id}
    assert told["agrees"] is True
