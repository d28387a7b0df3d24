"""A centre that was put back gets people's decisions from its stations, and says what is to be decided again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, func, select, update

from app.areas.courses.course import Course, CourseFile
from app.domain.ids import CourseId
from app.usecases.kept_decisions import decided
from app.wire.codec import write_row
from app.wire.messages import MINOR, Decision, Held, SignedDecision
from app.wire.signing import DECISION_LABEL, sign
from app.wire.sums import ZERO, add_hashes, decision_mark
from centre.commands.decide_again import read_put_back
from centre.commands.main import main
from centre.courses import publishing
from centre.courses.publishing import withdraw_course
from centre.decisions.ledger import Kind
from centre.decisions.put_back import Sign
from centre.erasing.erasing import erase_person
from centre.plans.planning import PlanWish, plan_session, withdraw_plan
from centre.reports.stations import list_stations
from centre.rosters.importing import import_roster
from centre.sites import find_or_create_site
from centre.stations.codes import check_code, new_code
from centre.stations.credentials import shut_out
from centre.stations.releasing import release
from centre.store.decision_tables import decision_heads, decisions
from centre.store.tables import courses, enrol_codes, erasures, facts, people, plans, stations
from tests.centre.benches import Bench
from tests.centre.decisions.test_people_decide import add_person
from tests.support.county import (
    County,
    bring_home,
    export,
    hold_session,
    open_county,
    station_of,
)
from tests.support.sheets import write_sheet
from tests.support.talking_station import START_MS, held_of, opened_segment

pytestmark = pytest.mark.logs_warnings
"""A centre that sees it was put back says so in its log."""

SITE, OTHER = "石门村", "松岭村"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[County]:
    monkeypatch.setenv("YJ_LANGUAGE", "zh")
    with open_county(tmp_path / "county", step_ms=1) as opened:
        opened.clock.wall_ms = START_MS
        yield opened


def run(county: County, *arguments: str) -> int:
    return main(["--home", str(county.centre.settings.home), *arguments])


def state_of(county: County, home: Path) -> str:
    (one,) = (row for row in list_stations(county.centre) if row.station == station_of(home))
    return one.state


def counted(county: County, home: Path) -> int:
    """A station's facts that count."""
    mine = facts.c.station == station_of(home), ~facts.c.quarantined
    with county.centre.store.reading() as tx:
        return int(tx.scalar(select(func.count()).select_from(facts).where(*mine)) or 0)


def a_session(county: County, home: Path) -> None:
    with county.at(home) as opened:
        hold_session(opened, 2)
        county.talk(opened)


def kept_at(county: County, home: Path) -> int:
    """How many decisions a station keeps for the centre."""
    with county.at(home) as opened, opened.station.tools.store.read() as reading:
        found = decided(reading)
        return 0 if found is None else found.facts


@pytest.mark.parametrize("first", ["the stolen one", "another"])
@pytest.mark.parametrize("enrolled", ["before the copy", "after the copy"])
def test_a_pc_that_was_shut_out_after_the_copy_is_shut_out_again(
    county: County, first: str, enrolled: str
) -> None:
    home = county.enrolled_home(SITE)
    county.sync(home)
    if enrolled == "before the copy":
        stolen = county.enrolled_home(OTHER)
        copy = county.keep_centre()
    else:
        find_or_create_site(county.centre, OTHER)
        copy = county.keep_centre()
        stolen = county.enrolled_home(OTHER)
    shut_out(county.centre, station_of(stolen))
    a_session(county, stolen)
    assert counted(county, stolen) == 0
    county.sync(home)
    county.put_centre_back(copy)
    if first == "another":
        county.sync(home)
    a_session(county, stolen)
    if first != "another":
        county.sync(home)
    assert state_of(county, stolen) == "revoked"
    assert counted(county, stolen) == 0
    with county.at(stolen) as opened:
        view = opened.station.today.sync_view()
        assert (view.apart, view.station) == (view.facts, station_of(stolen))
    assert state_of(county, home) == "active"


def test_a_pc_that_was_replaced_after_the_copy_does_not_speak_again(county: County) -> None:
    old, home = county.enrolled_home(SITE), county.enrolled_home(OTHER)
    county.sync(old)
    copy = county.keep_centre()
    new = county.enrolled_home(SITE, instead_of=station_of(old))
    a_session(county, new)
    county.sync(home)
    county.put_centre_back(copy)
    county.sync(home)
    county.clock.pass_minutes(60)
    a_session(county, old)
    assert counted(county, new) == 0
    a_session(county, new)
    with county.at(new) as opened:
        county.talk(opened)
        assert opened.station.today.sync_view().agreed
    with county.at(old) as opened:
        notices = [key for key, _ in opened.station.today.overview().notices]
        assert "notice.replaced" in notices
        apart = opened.station.today.sync_view().apart
    assert counted(county, new) > 0
    assert apart > 0


def a_roster(county: County, folder: Path) -> str:
    """Somebody stands in the roster of ``SITE``; their id."""
    path = write_sheet(folder / "名册.xlsx", [["姓名", "支部"], ["欧阳不留痕", "第一支部"]])
    assert import_roster(county.centre, path, SITE, apply=True).applied
    with county.centre.store.reading() as tx:
        return str(tx.scalar(select(people.c.id)))


@pytest.mark.parametrize("first", [SITE, OTHER])
def test_who_was_erased_after_the_copy_is_erased_again_before_anybody_reads_of_them(
    county: County, tmp_path: Path, first: str
) -> None:
    homes = {name: county.enrolled_home(name) for name in (SITE, OTHER)}
    person = a_roster(county, tmp_path)
    for home in homes.values():
        county.sync(home)
    copy = county.keep_centre()
    erase_person(county.centre, person, by="本人", reason="要求删除")
    for home in homes.values():
        county.sync(home)
    county.put_centre_back(copy)
    for name in (first, *homes):
        county.sync(homes[name])
        with county.centre.store.reading() as tx:
            assert tx.scalar(select(people.c.id).where(people.c.id == person)) is None
            assert tx.scalar(select(erasures.c.person)) == person
    with county.at(homes[SITE]) as opened, opened.station.tools.store.read() as reading:
        assert reading.roster_size() == 0


def test_a_withdrawn_course_and_a_plan_taken_back_stay_so(county: County) -> None:
    home = county.enrolled_home(SITE)
    video = CourseFile("0" * 64, 1, ("0" * 64,), ".mp4")
    course = Course(CourseId("k1"), "旧课", "", "", 1_000, 640, 360, video)
    with county.centre.store.writing() as tx:
        publishing._put(tx, course)  # noqa: SLF001 - past the film
    plan = plan_session(county.centre, PlanWish(SITE, "2026-12-20", "19:30", "学习"))
    county.sync(home)
    copy = county.keep_centre()
    withdraw_course(county.centre, "k1")
    withdraw_plan(county.centre, plan.id)
    county.sync(home)
    county.put_centre_back(copy)
    county.sync(home)
    with county.centre.store.reading() as tx:
        assert tx.scalar(select(courses.c.withdrawn)) in (True, 1)
        assert b'"withdrawn":true' in bytes(tx.scalar(select(plans.c.body)) or b"")
    with county.at(home) as opened, opened.station.tools.store.read() as reading:
        assert [one.withdrawn for one in reading.courses()] == [True]
        assert reading.plans("2026-12-01", "2026-12-31") == ()


def test_a_store_put_back_by_one_revision_is_noticed_and_its_feed_read_anew(
    county: County,
) -> None:
    home = county.enrolled_home(SITE)
    county.sync(home)
    copy = county.keep_centre()
    plan_session(county.centre, PlanWish(SITE, "2026-12-20", "19:30", "学习"))
    county.sync(home)
    county.put_centre_back(copy)
    county.sync(home)
    (sign,) = read_put_back(county.centre).signs
    assert sign.what == Sign.CURSOR
    with county.at(home) as opened, opened.station.tools.store.read() as reading:
        assert reading.plans("2026-12-01", "2026-12-31") == ()


def test_facts_that_were_receipted_and_are_not_here_tell_it_too(county: County) -> None:
    home = county.enrolled_home(SITE)
    county.sync(home)
    copy = county.keep_centre()
    a_session(county, home)
    held = counted(county, home)
    county.put_centre_back(copy)
    county.sync(home)
    (sign,) = read_put_back(county.centre).signs
    assert (sign.what, sign.about) == (Sign.RECEIPT, station_of(home))
    assert counted(county, home) == held > 0


def test_on_a_stick_the_decisions_come_back_as_well(county: County, tmp_path: Path) -> None:
    home, stolen = county.enrolled_home(SITE), county.enrolled_home(OTHER)
    copy = county.keep_centre()
    shut_out(county.centre, station_of(stolen))
    stick = tmp_path / "stick"
    stick.mkdir()
    with county.at(home) as opened:
        hold_session(opened, 1)
        export(opened, stick)
    county.take(stick)
    with county.at(home) as opened:
        bring_home(opened, stick)
    assert kept_at(county, home) == 1
    county.put_centre_back(copy)
    assert state_of(county, stolen) == "active"
    with county.at(home) as opened:
        hold_session(opened, 1)
        export(opened, stick)
    county.take(stick)
    assert state_of(county, stolen) == "revoked"


def test_codes_that_may_have_been_used_since_are_closed(county: County) -> None:
    site = find_or_create_site(county.centre, SITE).id
    new_code(county.centre, site)
    copy = county.keep_centre()
    home = county.enrolled_home(SITE)
    county.put_centre_back(copy)
    a_session(county, home)
    assert counted(county, home) > 0
    with county.centre.store.reading() as tx:
        assert (tx.scalar(select(enrol_codes.c.expires_ms)) or 0) < county.centre.now_ms()
    assert [one.what for one in read_put_back(county.centre).signs] == ["codes", "credential"]
    assert check_code(county.centre, new_code(county.centre, site).code).site == site


def test_every_command_says_it_until_a_person_has_seen_to_it(
    county: County, capsys: pytest.CaptureFixture[str]
) -> None:
    home, stolen = county.enrolled_home(SITE), county.enrolled_home(OTHER)
    copy = county.keep_centre()
    shut_out(county.centre, station_of(stolen))
    release(county.centre, station_of(home))
    county.sync(home)
    assert run(county, "stations") == 0
    assert capsys.readouterr().err == ""
    county.put_centre_back(copy)
    county.sync(home)
    for command in ("stations", "queue"):
        assert run(county, command) == 0
        assert "decide-again" in capsys.readouterr().err
    assert run(county, "decide-again") == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert f"停用站点　{station_of(stolen)}　已自动恢复" in told.out
    assert f"（centre release）　{station_of(home)}　要再办一次" in told.out
    assert run(county, "decide-again", "--done") == 0
    assert "都办好了" in capsys.readouterr().out
    county.sync(home)
    assert run(county, "stations") == 0
    assert capsys.readouterr().err == ""
    assert run(county, "decide-again") == 0
    assert "没有要再办的事" in capsys.readouterr().out
    assert run(county, "new-generation") == 0
    assert "decide-again" in capsys.readouterr().err


def test_when_station_and_centre_are_both_put_back_nothing_can_be_known(
    county: County, tmp_path: Path
) -> None:
    home, stolen = county.enrolled_home(SITE), county.enrolled_home(OTHER)
    county.sync(home)
    copy = county.keep_centre()
    shutil.copytree(home, tmp_path / "home")
    shut_out(county.centre, station_of(stolen))
    county.sync(home)
    county.put_centre_back(copy)
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "home", home)
    county.sync(home)
    assert read_put_back(county.centre).signs == ()
    assert state_of(county, stolen) == "active"


def test_what_a_station_made_up_itself_changes_nothing(bench: Bench) -> None:
    station = bench.station()
    data = write_row(Decision(Kind.SHUT_OUT.value, station.me.station, START_MS))
    forged = SignedDecision(data, sign(station.key, DECISION_LABEL, data))
    mark = decision_mark(data)
    request = replace(
        station.request(held=held_of([])),
        minor=MINOR,
        decided=Held(1, mark),
        decisions=(forged, SignedDecision(b"{" * 100_000, b"")),
    )
    told = station.exchange(request).answer
    assert (told.notices, told.wants_decisions) == ((), False)
    assert read_put_back(bench.centre).signs == ()
    with bench.centre.store.reading() as tx:
        assert tx.scalar(select(func.count()).select_from(decisions)) == 0


def test_on_either_store_a_station_brings_back_what_was_lost(bench: Bench) -> None:
    station, other = bench.station(), bench.station("松岭村")
    chain = opened_segment()
    other.deliver(chain)
    bench.clock.ms += 1_000
    shut_out(bench.centre, other.me.station)
    erase_person_of(bench, "x1")
    asked = replace(station.request(held=held_of([])), minor=MINOR)
    given = station.exchange(asked).answer.decisions
    assert len(given) == 2
    with bench.centre.store.writing() as tx:
        for table in (decisions, decision_heads, erasures):
            tx.execute(delete(table))
        tx.execute(update(stations).values(revoked_ms=None))
    bench.clock.ms += 60_000
    other.deliver(opened_segment())
    held = Held(2, add_hashes(ZERO, (decision_mark(one.decision) for one in given)))
    cursors = {station.me.scopes[0]: 0}
    says = replace(station.request(held=held_of([]), cursors=cursors), minor=MINOR, decided=held)
    told = station.exchange(says).answer
    assert (told.wants_decisions, told.pages) == (True, ())
    told = station.exchange(replace(says, nonce=b"n" * 16, decisions=given)).answer
    assert (told.wants_decisions, told.decisions) == (False, ())
    assert told.pages
    assert {one.state for one in list_stations(bench.centre)} == {"active", "revoked"}
    with bench.centre.store.reading() as tx:
        assert tx.scalar(select(erasures.c.person)) == "x1"
        apart = select(facts.c.segment).where(facts.c.quarantined)
        assert chain.name not in tx.scalars(apart).all()
        assert tx.scalar(select(func.count()).select_from(facts).where(facts.c.quarantined)) == 1


def erase_person_of(bench: Bench, person: str) -> None:
    """Somebody who stands in the roster is erased."""
    add_person(bench, bench.station("第三村"), person, "欧阳不留痕")
    erase_person(bench.centre, person, by="本人", reason="要求删除")
