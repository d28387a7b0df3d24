"""A PC that is enrolled at another site: the old site's record stays the old site's."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.areas.people.person import Person
from app.bootstrap import (
    enrol_station,
    restore_station,
    take_enrol_answer,
    write_enrol_request,
)
from app.cli.main import main
from app.domain.errors import Refusal
from app.domain.ids import PersonId
from app.machine.enrolment import keep_enrolment, load_enrolment
from app.machine.moving import former_homes
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.moving.two_villages import (
    FIRST,
    PEOPLE,
    SECOND,
    Pc,
    add_roster,
    code_for,
    report_of,
    stands,
    told_by,
)
from tests.support.centre_process import RunningCentre, running_centre


def moved_pc(centre: RunningCentre, home: Path) -> tuple[Pc, list[str]]:
    """Two sessions at the first village, of which one was sent; then enrolled at the second."""
    pc = Pc(home)
    pc.enrol(centre, FIRST)
    pc.sync()
    sent = pc.hold_session(3)
    pc.sync()
    unsent = pc.hold_session(5)
    pc.enrol(centre, SECOND)
    return pc, [sent.session, unsent.session]


def test_what_was_written_at_the_old_site_stands_there_once_and_the_new_begins_clean(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc, before = moved_pc(centre, tmp_path / "pc")
    assert pc.shown() == []
    assert pc.told()["notice.former_waits"]["site"] == FIRST
    assert pc.told()["notice.moved"] == {"site": FIRST}
    pc.sync()
    assert pc.told().keys() == {"notice.moved"}
    held = pc.hold_session(2)
    assert held.listed == tuple(sorted(PEOPLE[SECOND]))
    assert pc.roster() == set(PEOPLE[SECOND])
    pc.sync()
    found = stands(centre)
    assert [found[one] for one in before] == [[(FIRST, 3, 1)], [(FIRST, 5, 1)]]
    assert found[held.session] == [(SECOND, 2, 1)]
    assert pc.shown() == [held.session]
    opened = pc.opened()
    view = opened.station.today.overview()
    assert (view.site_name, view.sync.waiting, view.sync.agreed) == (SECOND, 0, True)
    opened.station.today.dismiss_notices()
    opened.close()
    assert pc.told() == {}


def test_every_village_it_was_at_gets_what_is_its_own_and_the_first_takes_it_back(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc, before = moved_pc(centre, tmp_path / "pc")
    second = pc.hold_session(2)
    pc.enrol(centre, FIRST)
    assert [one.name for one in former_homes(pc.home)] == sorted(
        load_station(one) for one in former_homes(pc.home)
    )
    again = pc.hold_session(1)
    assert again.listed == ()  # nobody is taken over; its own roster comes with the first contact
    pc.sync()
    listed = pc.hold_session(4)
    assert listed.listed == tuple(sorted(PEOPLE[FIRST]))
    pc.sync()
    assert pc.told().keys() == {"notice.moved"}
    found = stands(centre)
    assert [found[one] for one in before] == [[(FIRST, 3, 1)], [(FIRST, 5, 1)]]
    assert found[second.session] == [(SECOND, 0, 1)]
    assert [found[one.session] for one in (again, listed)] == [[(FIRST, 0, 1)], [(FIRST, 4, 1)]]


def load_station(home: Path) -> str:
    kept = load_enrolment(home)
    assert kept is not None
    return kept.station


def test_a_station_that_takes_its_old_place_gets_its_own_sessions_back(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc, before = moved_pc(centre, tmp_path / "pc")
    (former,) = former_homes(pc.home)
    pc.sync()
    code = json.loads(told_by(centre, "enrol-code", "--station", former.name, "--json"))["code"]
    enrol_station(pc.home, centre.address, code)
    pc.sync()
    assert set(pc.shown()) == set(before)
    pc.hold_session(1)
    pc.sync()
    assert pc.told().keys() == {"notice.moved"}
    assert [stands(centre)[one] for one in before] == [[(FIRST, 3, 1)], [(FIRST, 5, 1)]]


def test_by_files_and_sticks_alone_it_is_the_same(centre: RunningCentre, tmp_path: Path) -> None:
    pc, stick = Pc(tmp_path / "pc"), tmp_path / "stick"
    stick.mkdir()
    let_in_by_file(centre, pc, FIRST)
    unsent = pc.hold_session(0)
    let_in_by_file(centre, pc, SECOND)
    new = pc.hold_session(0)
    assert pc.export(stick) >= 2
    told_by(centre, "stick", str(stick))
    assert pc.told()["notice.former_waits"]["site"] == FIRST
    pc.bring_home(stick)
    assert "notice.former_waits" not in pc.told()
    assert pc.roster() == set(PEOPLE[SECOND])
    found = stands(centre)
    assert found[unsent.session] == [(FIRST, 0, 1)]
    assert found[new.session] == [(SECOND, 0, 1)]


def let_in_by_file(centre: RunningCentre, pc: Pc, site: str) -> None:
    request, answer = pc.home.with_suffix(".request"), pc.home.with_suffix(".answer")
    write_enrol_request(pc.home, request)
    out = ("--out", str(answer))
    said = told_by(centre, "enrol-file", str(request), "--site", site, *out)
    take_enrol_answer(pc.home, answer, said.strip()[-14:])


def test_a_stick_that_left_before_the_move_arrives_as_the_old_sites(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc, stick = Pc(tmp_path / "pc"), tmp_path / "stick"
    stick.mkdir()
    pc.enrol(centre, FIRST)
    pc.sync()
    held = pc.hold_session(2)
    pc.export(stick)
    pc.enrol(centre, SECOND)
    told_by(centre, "stick", str(stick))
    pc.bring_home(stick)
    assert "notice.former_waits" not in pc.told()
    pc.sync()
    assert stands(centre)[held.session] == [(FIRST, 2, 1)]


def test_an_open_session_is_closed_first_and_the_code_still_works(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc = Pc(tmp_path / "pc")
    pc.enrol(centre, FIRST)
    pc.sync()
    held = pc.hold_session(3, close=False)
    code = code_for(centre, SECOND)
    with pytest.raises(Refusal, match="session_open"):
        enrol_station(pc.home, centre.address, code)
    opened = pc.opened()
    opened.station.sessions.close(held.session)
    opened.close()
    enrol_station(pc.home, centre.address, code)
    pc.sync()
    assert stands(centre)[held.session] == [(FIRST, 3, 1)]


def test_while_the_program_is_open_the_move_waits_for_its_next_start(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc = Pc(tmp_path / "pc")
    pc.enrol(centre, FIRST)
    pc.sync()
    opened = pc.opened()
    opened.station.pin.set_pin("2580")
    pc.enrol(centre, SECOND)
    before = load_enrolment(pc.home)
    session = opened.station.sessions.prepare_extra("学习", ()).session.id
    opened.station.sessions.open_sign_in(session)
    opened.station.attendance.admit_visitor(session, "来宾")
    opened.close()
    opened = pc.opened()  # it began a session of the old site meanwhile: that one first
    assert load_enrolment(pc.home) == before
    opened.station.sessions.close(session)
    opened.close()
    opened = pc.opened()
    assert load_station(pc.home) != before.station if before else False
    assert opened.station.pin.view().has_pin
    opened.close()
    pc.sync()
    assert stands(centre)[session] == [(FIRST, 0, 1)]


def test_a_new_code_for_the_same_site_keeps_everything(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc = Pc(tmp_path / "pc")
    pc.enrol(centre, FIRST)
    pc.sync()
    sessions = [pc.hold_session(2).session]
    pc.sync()
    sessions.append(pc.hold_session(1).session)
    pc.enrol(centre, FIRST)
    assert former_homes(pc.home) == ()
    pc.sync()
    assert set(pc.shown()) == set(sessions)
    found = stands(centre)
    assert [found[one] for one in sessions] == [[(FIRST, 2, 1)], [(FIRST, 1, 1)]]


def test_a_village_of_another_centre_is_another_site_though_it_has_the_same_name(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc = Pc(tmp_path / "pc")
    with running_centre(tmp_path / "other") as other:
        pc.enrol(other, FIRST)
        pc.sync()
        unsent = pc.hold_session(0)
        pc.enrol(centre, FIRST)
        new = pc.hold_session(0)
        pc.sync()
        assert stands(other) == {unsent.session: [(FIRST, 0, 1)]}
        assert unsent.session not in stands(centre)
        assert stands(centre)[new.session] == [(FIRST, 0, 1)]


def test_a_centre_that_lost_its_books_gets_the_record_again_and_names_stay_readable(
    tmp_path: Path,
) -> None:
    pc, home = Pc(tmp_path / "pc"), tmp_path / "home"
    with running_centre(home) as first:
        told_by(first, "enrol-code", "--site", FIRST, "--create")
        add_roster(first, tmp_path, FIRST, PEOPLE[FIRST])
        pc.enrol(first, FIRST)
        pc.sync()
        past = pc.hold_session(3)
        pc.sync()
    for path in home.glob("centre.sqlite*"):
        path.unlink()
    told_by(first, "init", "--new-store")
    with running_centre(home) as again:
        told_by(again, "enrol-code", "--site", FIRST, "--create")
        add_roster(again, tmp_path, FIRST, PEOPLE[FIRST])
        pc.enrol(again, FIRST)
        pc.sync()
        assert pc.roster() == set(PEOPLE[FIRST])
        opened = pc.opened()
        cards = opened.station.sessions.show(past.session).cards
        assert tuple(sorted(card.name for card in cards if card.name != "来宾")) == past.listed
        assert len(opened.station.people.all()) == len(PEOPLE[FIRST])
        opened.close()
        new = pc.hold_session(2)
        assert new.listed == past.listed
        pc.sync()
        assert stands(again).keys() == {past.session, new.session}


def test_a_backup_of_another_sites_record_is_not_put_in_place(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc = Pc(tmp_path / "pc")
    pc.enrol(centre, FIRST)
    pc.sync()
    opened = pc.opened()
    backup = opened.station.tools.store.backup_today()
    opened.close()
    assert backup is not None
    pc.enrol(centre, SECOND)
    (former,) = former_homes(pc.home)
    with pytest.raises(Refusal, match="another_site"):
        restore_station(pc.home, former / "backups" / backup.name)


def test_a_record_whose_enrolment_is_lost_is_not_taken_along(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc = Pc(tmp_path / "pc")
    pc.enrol(centre, FIRST)
    pc.sync()
    (pc.home / "keys" / "enrolment.json").unlink()
    with pytest.raises(Refusal, match="another_site"):
        pc.enrol(centre, SECOND)
    pc.enrol(centre, FIRST)
    assert former_homes(pc.home) == ()


def test_whoever_is_erased_at_the_old_site_is_forgotten_in_the_record_set_aside(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc = Pc(tmp_path / "pc")
    with running_centre(tmp_path / "other") as other:
        for site in (FIRST, SECOND):
            told_by(other, "enrol-code", "--site", site, "--create")
        add_roster(other, tmp_path, FIRST, PEOPLE[FIRST])
        pc.enrol(other, FIRST)
        pc.sync()
        pc.hold_session(3)
        pc.sync()
        pc.enrol(other, SECOND)
        add_roster(other, tmp_path, FIRST, [*PEOPLE[FIRST], "新来的"])
        everybody = [one["person"] for one in report_of(other)["sessions"][0]["people"][:8]]
        first, second = everybody[:2]
        asked = ("--by", "本人", "--reason", "要求")
        told_by(other, "erase-person", first, *asked)
        pc.sync()
        assert known_in_former(pc) == set(everybody[1:])
        told_by(other, "erase-person", second, *asked)
        stick = tmp_path / "stick"
        stick.mkdir()
        pc.export(stick)  # all of the old site's is confirmed: only a stick comes here now
        told_by(other, "stick", str(stick))
        pc.bring_home(stick)
        assert known_in_former(pc) == set(everybody[2:])


def known_in_former(pc: Pc) -> set[str]:
    (former,) = former_homes(pc.home)
    opened = pc.opened(former)
    try:
        return {str(one.id) for one in opened.station.people.all()}
    finally:
        opened.close()


def test_the_centre_tells_where_the_pc_went(centre: RunningCentre, tmp_path: Path) -> None:
    pc, _ = moved_pc(centre, tmp_path / "pc")
    (former,) = former_homes(pc.home)
    now = load_station(pc.home)
    (move,) = [one for one in report_of(centre)["moves"] if one["station"] == former.name]
    assert (move["to_station"], move["at_ms"] > 0) == (now, True)
    stations = {one["station"]: one for one in json.loads(told_by(centre, "stations", "--json"))}
    assert stations[former.name]["moved_to"] == now
    assert stations[former.name]["moved_site"] == SECOND
    assert stations[now]["moved_ms"] is None
    assert now in told_by(centre, "stations")


def test_the_commands_say_in_one_sentence_what_became_of_the_record(
    centre: RunningCentre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "pc"
    for site, lines in ((FIRST, 1), (SECOND, 2)):
        words = ("--home", str(home), "enrol", centre.address, code_for(centre, site))
        assert main([*words], {"LANG": "zh_CN.UTF-8"}) == 0
        told = capsys.readouterr().out.splitlines()
        assert len(told) == lines
        Pc(home).sync()
    assert f"{FIRST} 的记录另存了" in told[1]
    assert main(["--home", str(home), "status"], {"LANG": "zh_CN.UTF-8"}) == 0
    assert f"这台电脑原来在{FIRST}" in capsys.readouterr().out


def test_a_scope_that_is_granted_no_more_goes_and_names_in_past_sessions_stay(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc = Pc(tmp_path / "pc")
    pc.enrol(centre, FIRST)
    pc.sync()
    past = pc.hold_session(2)
    kept = load_enrolment(pc.home)
    assert kept is not None
    other = FeedRow("person", "p-other", 1, write_row(Person(PersonId("p-other"), "外村人")))
    keep_enrolment(pc.home, replace(kept, scopes=(*kept.scopes, "site:other")))
    opened = pc.opened()
    opened.station.tools.store.apply_page(FeedPage("site:other", 1, (other,)))
    opened.close()
    assert "外村人" in pc.roster()
    pc.sync()
    assert pc.roster() == set(PEOPLE[FIRST])
    opened = pc.opened()
    assert len(opened.station.sessions.show(past.session).cards) == len(past.listed) + 1
    opened.close()
