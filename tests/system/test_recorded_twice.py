"""One real session with two sheets: both ends know it, keep both, and count everybody once."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from app.areas.attendance.marks import Status
from app.areas.sessions.session import Step
from app.bootstrap import OpenStation
from app.domain.ids import PersonId, PlanId, SessionId
from app.domain.time import local_date
from centre.reports.reading import read_report
from tests.support.county import County, open_county
from tests.support.stations import fill
from ui.pages.records.view import twice_lines

PLAN = PlanId("plan1")


def hold(opened: OpenStation, people: int, *, close: bool) -> SessionId:
    """Open the planned session and mark so many."""
    session = opened.station.sessions.prepare(PLAN).session.id
    opened.station.sessions.open_sign_in(session)
    for number in range(people):
        opened.station.attendance.mark(session, PersonId(f"p{number}"), Status.PRESENT)
    if close:
        opened.station.sessions.close(session)
    return session


def village(county: County) -> Path:
    """A station with twelve people and one plan for today."""
    home = county.enrolled_home("songling")
    with county.at(home) as opened:
        fill(opened, people=12, day=local_date(county.clock.wall_ms).isoformat())
    return home


def test_files_put_back_while_off_line_and_the_plan_opened_again(tmp_path: Path) -> None:
    with open_county(tmp_path / "county", step_ms=1) as county:
        home = village(county)
        kept = shutil.copytree(home, tmp_path / "kept")
        with county.at(home) as opened:
            first = hold(opened, 9, close=False)
            county.talk(opened)
        shutil.rmtree(home)
        shutil.copytree(kept, home)
        county.clock.pass_minutes(20)
        with county.at(home) as opened:
            again = hold(opened, 10, close=True)
            for _ in range(3):
                county.talk(opened)
            view = opened.station.sessions.show(again)
            rows = {one.session.id: one for one in opened.station.today.records()}
            today = opened.station.today.overview()
        assert rows.keys() == {first, again}, "both sheets are kept and shown"
        together = view.together
        assert together is not None
        assert together.sessions == (first,)
        assert together.step is Step.CLOSED
        assert (together.turnout.in_room, together.turnout.expected) == (10, 11)
        assert all(one.together is not None for one in rows.values())
        assert today.month_sessions == 1
        assert today.elsewhere is None, "what is over is not offered to go on"
        assert "每人只算一次" in twice_lines(together)[0]
        report = read_report(county.centre)
        (meeting,) = report.meetings
        assert meeting.sessions == (first, again)
        assert (meeting.turnout.in_room, meeting.turnout.expected) == (10, 11)
        assert meeting.turnout == together.turnout
        assert (meeting.step, meeting.codes) == ("closed", (view.code,))


def test_two_pcs_of_one_site_open_the_same_plan(tmp_path: Path) -> None:
    with open_county(tmp_path / "county", step_ms=1) as county:
        beside = replace(county, folder=tmp_path / "beside")
        beside.folder.mkdir()
        for one in (county, beside):
            with one.at(village(one)) as opened:
                hold(opened, 10, close=True)
                county.talk(opened)
        (meeting,) = read_report(county.centre).meetings
        assert len(meeting.sessions) == len(meeting.codes) == 2
        assert (meeting.turnout.in_room, meeting.turnout.expected) == (10, 11)


def test_a_session_recorded_once_has_no_other_sheet(tmp_path: Path) -> None:
    with open_county(tmp_path / "county", step_ms=1) as county:
        home = village(county)
        with county.at(home) as opened:
            session = hold(opened, 3, close=True)
            county.talk(opened)
            assert opened.station.sessions.show(session).together is None
        assert read_report(county.centre).meetings == ()
