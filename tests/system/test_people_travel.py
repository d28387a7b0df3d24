"""A station keeps its own roster and is enrolled later: nobody is lost and nothing changes hands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.areas.attendance.marks import Lane, RosterStatus
from app.areas.attendance.visitors import VisitorLooksKnown
from app.areas.catalogue.values import AnswerState, Credit, DirectoryPerson
from app.areas.people.entry import PersonEntry
from app.areas.people.person import Standing, StandingKind
from app.bootstrap import OpenStation
from app.domain.ids import PersonId, SessionId
from centre.commands.main import main
from centre.erasing.erasing import erase_person
from centre.interpretation.queue import waiting_facts
from centre.people.proposals import Answer, answer_proposal, open_proposals
from centre.people.sameness import matches, say_other, say_same
from centre.people.townships import put_under, switch_directory
from centre.reports.printing import report_json
from centre.reports.reading import read_report
from centre.rosters.importing import import_roster
from centre.sites import find_or_create_site
from tests.support.county import County, open_county
from tests.support.talking_station import START_MS
from tests.system.agreement import told_by_centre, told_by_station

SITE = "松岭村学习点"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with open_county(tmp_path / "county", step_ms=1) as county:
        county.clock.wall_ms = START_MS
        yield county


def _held_session(opened: OpenStation, *came: PersonId) -> SessionId:
    session = opened.station.sessions.prepare_extra("学习", ()).session.id
    opened.station.sessions.open_sign_in(session)
    for person in came:
        opened.station.attendance.sign_in(session, person, Lane.ROLL_CALL, "operator")
    opened.station.sessions.close(session)
    return session


def _check_alike(county: County, opened: OpenStation, session: SessionId) -> dict[str, Any]:
    (told,) = json.loads(report_json(read_report(county.centre, session=session)))["sessions"]
    mine = json.loads(json.dumps(told_by_station(opened.station.sessions.show(session))))
    theirs = json.loads(json.dumps(told_by_centre(told)))
    assert {name: theirs[name] for name in mine} == mine
    found: dict[str, Any] = told
    return found


def _import(county: County, tmp_path: Path, *lines: str) -> None:
    sheet = tmp_path / "roster.csv"
    sheet.write_text("\n".join(("姓名,支部,手机,出生年月", *lines)), encoding="utf-8")
    import_roster(county.centre, sheet, SITE, apply=True)


def test_what_was_recorded_alone_goes_on_when_the_station_is_enrolled(
    county: County, tmp_path: Path
) -> None:
    """Three people of before: one is known to the centre, one is new to it, one is not wanted."""
    home = county.folder / SITE
    home.mkdir()
    with county.at(home) as opened:
        people = opened.station.people
        chen = people.add(PersonEntry("陈桂英", unit="石门村支部", phone_tail="0001"))
        wang = people.add(PersonEntry("王建国", unit="石门村支部", birth="1971-05"))
        guest = people.add(PersonEntry("路过人"))
        old = people.add(PersonEntry("李秀兰", unit="石门村支部"))
        people.set_standing(old.id, Standing(StandingKind.FRAIL, needs_visit=True), "腿脚不便")
        session = _held_session(opened, chen.id, guest.id)
        before = opened.station.sessions.show(session)
    county.enrolled_home(SITE)
    _import(county, tmp_path, "陈桂英,石门村支部,13900000001,1958-03")
    county.sync(home)

    assert waiting_facts(county.centre) == (), "nobody of the list of before waits in the queue"
    found = {one.name: one for one in open_proposals(county.centre)}
    assert set(found) == {"陈桂英", "王建国", "路过人", "李秀兰"}
    assert [one.name for one in found["陈桂英"].likely] == ["陈桂英"]
    with county.at(home) as opened:
        told = _check_alike(county, opened, session)
    assert {one["name"] for one in told["people"]} == {"陈桂英", "王建国", "路过人", "李秀兰"}

    known = found["陈桂英"].likely[0].id
    same = answer_proposal(county.centre, chen.id, Answer("组织干事", same=known))
    assert (same.state, same.sessions) == (AnswerState.SAME, 1)
    for who, name in ((wang.id, ""), (old.id, ""), (guest.id, "不是这个村的")):
        answer_proposal(county.centre, who, Answer("组织干事", refuse=name))
    assert open_proposals(county.centre) == ()

    county.sync(home)
    with county.at(home) as opened:
        told = _check_alike(county, opened, session)
        after = opened.station.sessions.show(session)
        assert after.turnout == before.turnout
        assert told["agrees"]
        assert {one.name for one in opened.station.people.all()} == {"陈桂英", "王建国", "李秀兰"}
        assert opened.station.people.roster().unchecked == frozenset()
        (card,) = [one for one in after.cards if one.name == "陈桂英"]
        assert (card.id, card.standpoint) == (known, RosterStatus.EXPECTED)
        (there,) = [one for one in opened.station.people.all() if one.name == "李秀兰"]
        assert there.standings[0].needs_visit
        # The next session has each of them once, and goes under the centre's ids.
        later = _held_session(opened, PersonId(known), wang.id)
        county.talk(opened)
        told = _check_alike(county, opened, later)
        assert [one["name"] for one in told["people"]].count("陈桂英") == 1
        opened.station.tools.store.rebuild()
        assert opened.station.sessions.show(session) == after
    county.sync(home)
    assert waiting_facts(county.centre) == ()


def test_somebody_new_signs_in_before_the_centre_has_answered(
    county: County, tmp_path: Path
) -> None:
    home = county.enrolled_home(SITE)
    _import(county, tmp_path, "陈桂英,石门村支部,13900000001,1958-03")
    county.sync(home)
    with county.at(home) as opened:
        session = opened.station.sessions.prepare_extra("学习", ()).session.id
        opened.station.sessions.open_sign_in(session)
        new = opened.station.people.add(PersonEntry("丙一", phone_tail="0021"))
        opened.station.attendance.sign_in(session, new.id, Lane.ROLL_CALL, "operator")
        opened.station.sessions.close(session)
    county.sync(home)

    assert waiting_facts(county.centre) == ()
    (proposed,) = open_proposals(county.centre, SITE)
    assert (proposed.name, proposed.is_new, proposed.says["phone_tail"]) == ("丙一", True, "0021")
    answer_proposal(county.centre, new.id, Answer("组织干事"))
    county.sync(home)
    with county.at(home) as opened:
        _check_alike(county, opened, session)
        assert "丙一" in [one.name for one in opened.station.people.all()]
        assert opened.station.people.roster().unchecked == frozenset()


def test_a_correction_is_answered_and_who_is_erased_leaves_nothing(
    county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = county.enrolled_home(SITE)
    _import(county, tmp_path, "陈桂英,石门村支部,13900000001,1958-03")
    county.sync(home)
    with county.at(home) as opened:
        (chen,) = opened.station.people.all()
        opened.station.people.correct(chen.id, {"name": "陈桂瑛"})
        new = opened.station.people.add(PersonEntry("陈桂英儿"))
    county.sync(home)
    where = ["--home", str(county.centre.settings.home)]
    assert main([*where, "proposals", "answer", chen.id, "--new", "--by", "组织干事"]) == 0
    said = ["proposals", "answer", new.id, "--same", chen.id, "--by", "组织干事"]
    assert main([*where, *said]) == 0
    capsys.readouterr()
    assert main([*where, "proposals", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    county.sync(home)
    with county.at(home) as opened:
        assert [one.name for one in opened.station.people.all()] == ["陈桂瑛"]

    erase_person(county.centre, chen.id, by="组织干事", reason="本人要求")
    county.sync(home)
    with county.at(home) as opened:
        assert opened.station.people.roster(with_stopped=True).people == ()
        opened.station.tools.store.rebuild()
        assert opened.station.people.roster(with_stopped=True).people == ()
    for path in (home / "station.db", *(home / "journal").glob("*.jsonl")):
        assert "陈桂".encode() not in path.read_bytes()
    assert open_proposals(county.centre) == ()


def test_a_visitor_of_the_township_is_found_offline_and_gets_credit_at_home(
    county: County, tmp_path: Path
) -> None:
    """By name, letters or tail; under the right id; once; and no more when the county says no."""
    other = "柳溪村学习点"
    home, guest_home = county.enrolled_home(SITE), county.enrolled_home(other)
    _import(county, tmp_path, "陈桂英,石门村支部,13900000001,1958-03")
    sheet = tmp_path / "other.csv"
    sheet.write_text("姓名,支部,手机\n丙一,柳溪支部,13900000021", encoding="utf-8")
    import_roster(county.centre, sheet, other, apply=True)
    find_or_create_site(county.centre, "安山乡")
    for one in (SITE, other):
        put_under(county.centre, one, "安山乡")
    county.sync(home)
    county.sync(home)  # the first told the station that it lies in a township

    with county.at(home) as opened:
        attendance = opened.station.attendance
        session = opened.station.sessions.prepare_extra("学习", ()).session.id
        opened.station.sessions.open_sign_in(session)
        for written in ("丙一", "by", "0021"):
            with pytest.raises(VisitorLooksKnown) as asked:
                attendance.admit_visitor(session, written)
            (near,) = asked.value.who
            assert (near.name, near.nearby, near.note) == ("丙一", True, "柳溪村学习点 柳溪支部")
        assert attendance.admit_visitor(session, "丙一", "9999").card.id != near.person
        done = attendance.sign_in(session, near.person, Lane.ROLL_CALL, "operator")
        assert (done.card.name, done.card.standpoint) == ("丙一", RosterStatus.VISITOR)
        opened.station.sessions.close(session)
    county.sync(home)
    county.sync(home)
    assert waiting_facts(county.centre) == ()

    county.sync(guest_home)
    with county.at(guest_home) as opened, opened.station.tools.store.read() as reading:
        (credit,) = reading.listed_about(Credit, near.person)
        assert (credit.session, credit.site_name, credit.status) == (session, SITE, "present")
        assert reading.person(near.person) is not None

    switch_directory(county.centre, on=False)
    county.sync(home)
    with county.at(home) as opened, opened.station.tools.store.read() as reading:
        assert reading.listed(DirectoryPerson) == ()
    switch_directory(county.centre, on=True)
    county.sync(home)
    erase_person(county.centre, near.person, by="组织干事", reason="本人要求")
    county.sync(home)
    with county.at(home) as opened, opened.station.tools.store.read() as reading:
        assert [one.name for one in reading.listed(DirectoryPerson)] == ["陈桂英"]
    put_under(county.centre, SITE, "")
    county.sync(home)
    county.sync(home)
    with county.at(home) as opened, opened.station.tools.store.read() as reading:
        assert reading.listed(DirectoryPerson) == ()
        assert "陈桂英" in [one.name for one in reading.people()]


def test_an_unknown_visitor_is_proposed_and_a_person_says_who_it_is(
    county: County, tmp_path: Path
) -> None:
    """The records of before go on under the person's own id, at both stations, and back again."""
    other = "柳溪村学习点"
    home, guest_home = county.enrolled_home(SITE), county.enrolled_home(other)
    _import(county, tmp_path, "陈桂英,石门村支部,13900000001,1958-03")
    sheet = tmp_path / "other.csv"
    sheet.write_text("姓名,支部,手机\n丙一,柳溪支部,13900000021", encoding="utf-8")
    import_roster(county.centre, sheet, other, apply=True)
    county.sync(home)
    with county.at(home) as opened:
        session = opened.station.sessions.prepare_extra("学习", ()).session.id
        opened.station.sessions.open_sign_in(session)
        visitor = opened.station.attendance.admit_visitor(session, "丙一").card.id
        before = opened.station.sessions.close(session).turnout
    county.sync(home)

    (proposed,) = matches(county.centre)
    assert (proposed.id, proposed.is_visitor, proposed.sessions) == (visitor, True, 1)
    (likely,) = proposed.likely
    assert say_same(county.centre, visitor, likely.id, by="组织干事") == 1
    assert matches(county.centre) == ()
    county.sync(home)
    county.sync(guest_home)
    with county.at(home) as opened:
        told = _check_alike(county, opened, session)
        assert opened.station.sessions.show(session).turnout == before
        assert [one["person"] for one in told["visitors"]] == [likely.id]
    with county.at(guest_home) as opened, opened.station.tools.store.read() as reading:
        assert [one.session for one in reading.listed_about(Credit, likely.id)] == [session]

    assert say_other(county.centre, visitor) == 1
    county.sync(home)
    county.sync(guest_home)
    with county.at(home) as opened:
        told = _check_alike(county, opened, session)
        assert [one["person"] for one in told["visitors"]] == [visitor]
    with county.at(guest_home) as opened, opened.station.tools.store.read() as reading:
        assert reading.listed_about(Credit, likely.id) == ()


def test_somebody_of_two_rosters_is_told_home_what_they_attended_at_the_other(
    county: County, tmp_path: Path
) -> None:
    other = "柳溪村学习点"
    home, second = county.enrolled_home(SITE), county.enrolled_home(other)
    line = "丙一,机关支部,13900000021,1970-01"
    _import(county, tmp_path, line)
    sheet = tmp_path / "other.csv"
    sheet.write_text(f"姓名,支部,手机,出生年月\n{line}", encoding="utf-8")
    import_roster(county.centre, sheet, other, apply=True)
    (proposed,) = matches(county.centre)
    assert not proposed.is_visitor
    county.sync(home)
    county.sync(second)
    with county.at(home) as opened:
        (mine,) = opened.station.people.all()
        session = _held_session(opened, mine.id)
    county.sync(home)
    say_same(county.centre, proposed.id, proposed.likely[0].id, by="组织干事")
    county.sync(second)
    with county.at(second) as opened, opened.station.tools.store.read() as reading:
        (there,) = reading.people()
        assert [one.session for one in reading.listed_about(Credit, there.id)] == [session]
        assert there.id != mine.id, "each roster keeps its own id"
