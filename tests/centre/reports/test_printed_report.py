"""``centre report --json``: its bytes, one session by id or code, and sessions recorded twice."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.areas.attendance.facts import VisitorAdmitted
from app.areas.sessions.facts import SessionOpened
from app.areas.sessions.session import Step
from app.domain.ids import PersonId, PlanId, SessionId
from app.domain.personal import Personal
from centre.commands.main import main
from tests.centre.benches import Bench
from tests.centre.recorded_sessions import closed, mark, new_session, prepared
from tests.compat.releases import Release
from tests.support.talking_station import Chain, opened_segment

ADDED_SINCE = (
    ',"place":"","training_class":"","campaign":"","route":"","lecturers":[],"hosts":[],"agenda":[]'
    ',"ticks":[],"activities":{"agenda":[],"stops":[],"lectures":[],"heads":[]'
    ',"visits":[],"late":null,"answers":[]},"late":null,"pending":0'
)
"""Of a session in which nothing of the kind was done."""
AREAS_SINCE = '"ratings":[],"needs":[],"tests_of_courses":{"taken":0,"on_paper":0}'
"""Of subjects that nothing is known of."""
BEFORE = Path(__file__).parent / "report_of_2026_11_30.json"


def sheet(session: SessionId, visitor: str) -> Chain:
    """A closed sheet of one plan: two expected, one of them came, and a visitor."""
    chain = opened_segment()
    chain.record(replace(prepared(session), plan=PlanId("plan1")))
    chain.record(SessionOpened(session, (PersonId("p1"), PersonId("p2")), ()))
    chain.record(VisitorAdmitted(session, PersonId(visitor)), personal=Personal(name="王过路"))
    chain.record(mark(session, visitor))
    chain.record(closed(session))
    return chain


def test_every_byte_is_as_before_but_for_what_was_added_at_the_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Release("2026-11-30").unpack("centre", tmp_path / "centre")
    assert main(["--home", str(home), "report", "--json"]) == 0
    said = capsys.readouterr().out
    assert '"showings":' in said
    told = re.sub(r',"showings":\[[^]]*\]', "", said)
    assert ',"capacity":null}' in told
    told = told.replace(',"capacity":null}', "}")
    assert ADDED_SINCE in told
    assert AREAS_SINCE in told
    told = told.replace(AREAS_SINCE, "")
    assert told.replace(ADDED_SINCE, "") == BEFORE.read_text(encoding="utf-8")


@pytest.mark.parametrize("by", ["id", "code", "code in small letters"])
def test_a_session_is_told_alone_by_id_or_code(
    bench: Bench, capsys: pytest.CaptureFixture[str], by: str
) -> None:
    station = bench.station()
    wanted, other = new_session(), new_session()
    station.deliver(sheet(wanted, "v1"))
    station.deliver(sheet(other, "v2"))
    (code,) = [one.code for one in bench.report().sessions if one.session == wanted]
    bench.stop()
    chosen = {"id": wanted, "code": code, "code in small letters": code.lower()}[by]
    where = ["--home", str(bench.settings.home), "--database", bench.settings.database]
    assert main([*where, "report", "--json", "--session", chosen]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert [one["session"] for one in told["sessions"]] == [wanted]
    (meeting,) = told["meetings"]
    assert set(meeting["sessions"]) == {wanted, other}, "the other sheet counts as well"
    assert len(meeting["codes"]) == 2
    assert (meeting["turnout"]["expected"], meeting["turnout"]["visitors"]) == (2, 1)


def test_sheets_of_other_sites_and_plans_are_no_part_of_it(bench: Bench) -> None:
    here, there, twice = bench.station("甲村"), bench.station("乙村"), new_session()
    here.deliver(sheet(twice, "v1"))
    there.deliver(sheet(new_session(), "v2"))
    lone = new_session()
    chain = opened_segment()
    chain.record(replace(prepared(lone), plan=PlanId("plan11")))
    chain.record(SessionOpened(lone, (PersonId("p1"),), ()))
    here.deliver(chain)
    assert bench.report().meetings == ()
    assert bench.report(session=twice).meetings == ()
    here.deliver(sheet(new_session(), "v3"))
    (meeting,) = bench.report(session=twice).meetings
    assert meeting == bench.report(site="甲村").meetings[0]
    assert (meeting.step, len(meeting.sessions)) == (Step.CLOSED, 2)
    assert bench.report(session=lone).meetings == ()
