"""A station and its centre that only ever meet by stick."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.bootstrap import carry_of, open_station
from app.machine.enrolment import load_or_make_key
from app.machine.entropy import SystemEntropy
from app.usecases import carry
from app.usecases.exchange import UNDERSTOOD
from app.wire.signing import REQUEST_LABEL, request_parts, sign
from app.wire.sticks.layout import DOWN, TOP, UP
from app.wire.sticks.sealing import seal, unseal
from centre.feeds import pages
from centre.rosters.importing import import_roster
from centre.seal_key import centre_identity, centre_recipient
from centre.service import begin_new_generation
from centre.store.unread import unread_sites
from tests.sticks.parts import lay
from tests.support.county import County, bring_home, export, hold_session, open_county, station_of
from tests.support.sheets import write_sheet
from tests.support.small_sessions import facts_in


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with open_county(tmp_path / "county") as opened:
        yield opened


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def parts(stick: Path, way: str) -> list[str]:
    return sorted(path.name for path in (stick / TOP / way).glob("*/*"))


def test_one_journey_brings_every_fact_and_its_receipt(county: County, stick: Path) -> None:
    home = county.enrolled_home("石门村")
    with county.at(home) as opened:
        hold_session(opened, 4)
        done = export(opened, stick)
        assert (done.parts, done.facts, done.confirmed) == (1, done.held, 0)
    taken = county.take(stick)
    (one,) = taken.stations
    assert (one.parts, one.facts, one.answers, taken.refused) == (1, done.facts, 1, {})
    with county.centre.store.reading() as tx:
        assert unread_sites(tx) == {}, "whoever takes a stick reads what it brought"
    with county.at(home) as opened:
        back = bring_home(opened, stick)
        with opened.station.tools.store.read() as reading:
            assert reading.setting(UNDERSTOOD) == str(back.held), "and the answer says so"
        assert (back.answers, back.damaged, back.held) == (1, 0, back.confirmed)
        assert opened.station.tools.site is not None
        with opened.station.tools.store.read() as reading:
            assert reading.site_name() == "石门村"
    assert {one.hex() for one in county.held(one.station)} == set(facts_in(home / "station.db"))


def test_an_unchanged_station_writes_nothing_twice_and_a_changed_one_only_what_is_new(
    county: County, stick: Path, tmp_path: Path
) -> None:
    home = county.enrolled_home("石门村")
    with county.at(home) as opened:
        hold_session(opened, 3)
        first = export(opened, stick)
        before = parts(stick, UP)
        again = export(opened, stick)
        assert (again.parts, again.facts, parts(stick, UP)) == (0, 0, before)
        hold_session(opened, 2)
        more = export(opened, stick)
        assert (more.parts, more.facts + first.facts) == (1, more.held)
        other = tmp_path / "other stick"
        other.mkdir()
        whole = export(opened, other)
        assert whole.facts == whole.held, "another stick carries all that is not confirmed"
        assert export(opened, stick).parts == export(opened, other).parts == 0
        (stick / TOP / UP / next(iter((stick / TOP / UP).iterdir())).name / before[0]).unlink()
        assert export(opened, stick).facts == whole.held, "what was removed is written again"
    county.take(stick)
    with county.at(home) as opened:
        assert bring_home(opened, stick).confirmed == whole.held


def test_a_large_backlog_goes_in_several_parts_that_continue_each_other(
    county: County, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carry, "PART_BUDGET_BYTES", 4_000)
    home = county.enrolled_home("石门村")
    for _ in range(2):
        with county.at(home) as opened:
            hold_session(opened, 30)
    with county.at(home) as opened:
        done = export(opened, stick)
        assert done.parts > 5
        assert done.facts == done.held
    taken = county.take(stick)
    assert taken.stations[0].facts == done.held
    assert taken.stations[0].answers <= 2, "only what is newest is answered"
    with county.at(home) as opened:
        assert bring_home(opened, stick).confirmed == done.held


def test_one_visit_confirms_all_exports_that_lie_on_a_stick(county: County, stick: Path) -> None:
    home = county.enrolled_home("石门村")
    for people in (1, 2, 3):
        with county.at(home) as opened:
            hold_session(opened, people)
            export(opened, stick)
        county.clock.pass_minutes(1)
    assert len(parts(stick, UP)) == 3
    (one,) = county.take(stick).stations
    assert one.answers == 1
    with county.at(home) as opened:
        done = bring_home(opened, stick)
        assert done.confirmed == done.held


def test_parts_that_open_but_are_not_a_stations_own_stop_nothing(
    county: County, stick: Path
) -> None:
    home, other = county.enrolled_home("石门村"), county.enrolled_home("松岭村")
    with county.at(home) as opened:
        hold_session(opened, 1)
        done = export(opened, stick)
    (path,) = (stick / TOP / UP).glob("*/*")
    good = unseal(path.read_bytes(), centre_identity(county.centre.settings))
    key = load_or_make_key(home, SystemEntropy())
    unreadable = sign(key, REQUEST_LABEL, *request_parts("POST", "/v1/exchange", "n", b"garbage"))
    stranger = "st-stranger"
    forged = [
        replace(good, signature=bytes(64)),
        replace(good, body=good.body + b"x"),
        replace(good, nonce=""),
        replace(good, kind="answer"),
        replace(good, nonce="n", body=b"garbage", signature=unreadable),
        replace(good, station=stranger),
        replace(good, station=station_of(other)),
    ]
    for parcel in forged:
        name, sealed = seal(parcel, centre_recipient(county.centre.settings))
        lay(stick, UP, parcel.station, sealed, name)
    taken = county.take(stick)
    assert taken.refused == {"signature": len(forged)}
    (one,) = taken.stations
    assert (one.station, one.parts, one.facts) == (good.station, 1, done.facts)
    assert county.held(station_of(other)) == {}


def test_a_part_that_broke_on_the_stick_is_written_again(county: County, stick: Path) -> None:
    home = county.enrolled_home("石门村")
    with county.at(home) as opened:
        hold_session(opened, 3)
        export(opened, stick)
        (path,) = (stick / TOP / UP).glob("*/*")
        path.write_bytes(path.read_bytes()[:-1])
        assert export(opened, stick).facts == opened.station.today.sync_view().facts
    taken = county.take(stick)
    assert taken.refused == {"hash": 1}
    with county.at(home) as opened:
        done = bring_home(opened, stick)
        assert done.confirmed == done.held


def test_what_is_remembered_of_a_stick_does_not_grow_with_its_history(
    county: County, stick: Path
) -> None:
    home = county.enrolled_home("石门村")
    sizes = []
    for _ in range(6):
        with county.at(home) as opened:
            hold_session(opened, 1)
            export(opened, stick)
        county.take(stick)
        with county.at(home) as opened:
            bring_home(opened, stick)
            with opened.station.tools.store.read() as reading:
                sizes.append(len(reading.setting(carry.LEFT) or ""))
    assert sizes[-1] <= sizes[1]


def test_a_new_station_gets_all_pages_of_its_lists_in_one_journey(
    county: County, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MAX_ROWS_A_PAGE", 7)
    home = county.enrolled_home("石门村")
    rows = [["姓名", "支部", "手机"], *([f"张{n}", "一支部", f"138000{n:05d}"] for n in range(30))]
    sheet = write_sheet(tmp_path / "roster.xlsx", rows)
    import_roster(county.centre, sheet, "石门村", apply=True)
    with county.at(home) as opened:
        export(opened, stick)
    county.take(stick)
    with county.at(home) as opened:
        bring_home(opened, stick)
        assert len(opened.station.people.all()) == 30


def test_taking_in_and_bringing_home_twice_changes_nothing(county: County, stick: Path) -> None:
    home = county.enrolled_home("石门村")
    with county.at(home) as opened:
        hold_session(opened, 3)
        export(opened, stick)
    county.take(stick)
    rows = county.rows()
    county.take(stick)
    assert county.rows() == rows
    with county.at(home) as opened:
        assert bring_home(opened, stick).answers == 2
        once = bring_home(opened, stick)
        assert (once.answers, once.rows, once.confirmed) == (0, 0, once.held)


def test_an_old_answer_moves_no_confirmation_down(
    county: County, stick: Path, tmp_path: Path
) -> None:
    home = county.enrolled_home("石门村")
    with county.at(home) as opened:
        hold_session(opened, 3)
        export(opened, stick)
    county.take(stick)
    newer = tmp_path / "newer"
    newer.mkdir()
    with county.at(home) as opened:
        hold_session(opened, 3)
        export(opened, newer)
    county.take(newer)
    with county.at(home) as opened:
        done = bring_home(opened, newer)
        assert done.confirmed == done.held
        assert bring_home(opened, stick).confirmed == done.held
        assert opened.station.today.sync_view().waiting == 0


def test_a_centre_that_was_put_back_is_healed_by_one_more_journey(
    county: County, stick: Path
) -> None:
    home = county.enrolled_home("石门村")
    with county.at(home) as opened:
        hold_session(opened, 3)
        export(opened, stick)
    county.take(stick)
    with county.at(home) as opened:
        assert bring_home(opened, stick).confirmed
    begin_new_generation(county.centre)
    with county.at(home) as opened:
        hold_session(opened, 1)
        export(opened, stick)
    county.take(stick)
    with county.at(home) as opened:
        bring_home(opened, stick)
        export(opened, stick)
    county.take(stick)
    with county.at(home) as opened:
        done = bring_home(opened, stick)
        assert done.confirmed == done.held


def test_one_stick_serves_many_stations(county: County, stick: Path) -> None:
    homes = [county.enrolled_home(f"村{number}") for number in range(25)]
    for home in homes:
        with county.at(home) as opened:
            hold_session(opened, 2)
            export(opened, stick)
    taken = county.take(stick)
    assert len(taken.stations) == 25
    assert all(one.answers == 1 for one in taken.stations)
    for home in homes:
        with county.at(home) as opened:
            done = bring_home(opened, stick)
            assert (done.answers, done.foreign, done.damaged) == (1, 0, 0)
            assert done.confirmed == done.held


def test_a_station_without_a_key_for_sticks_is_taken_in_and_told(
    county: County, stick: Path
) -> None:
    from sqlalchemy import update

    from centre.store.tables import stations

    home = county.enrolled_home("石门村")
    with county.at(home) as opened:
        hold_session(opened, 1)
        done = export(opened, stick)
    with county.centre.store.writing() as tx:
        tx.execute(update(stations).values(recipient=""))
    (one,) = county.take(stick).stations
    assert (one.facts, one.answers, one.has_recipient) == (done.facts, 0, False)
    assert not (stick / TOP / DOWN).exists()


def test_a_stick_counts_at_the_end_of_a_session_only_with_our_folder(
    county: County, stick: Path
) -> None:
    home = county.enrolled_home("石门村")
    with county.at(home) as opened:
        hold_session(opened, 1)
        bound = carry_of(opened)
        there: list[Path] = []
        present = carry.Carry(bound.tools, bound.stick, bound.enrolment, lambda: tuple(there))
        assert present.export_if_present(store_lane=lambda job: job()) is None
        there.append(stick)
        done = present.export_if_present(store_lane=lambda job: job())
        assert done is not None
        assert (done.parts, done.trouble) == (1, None)
        there[0] = stick / "pulled out"
        gone = present.export_if_present(store_lane=lambda job: job())
        assert gone is not None
        assert gone.trouble is not None
        assert gone.trouble.key == "stick.not_there"


def test_a_station_that_is_not_enrolled_refuses_calmly(tmp_path: Path, stick: Path) -> None:
    opened = open_station(tmp_path / "home")
    try:
        bound = carry_of(opened)
        for done in (
            bound.export(stick, store_lane=lambda job: job()),
            bound.take(stick, store_lane=lambda job: job()),
        ):
            assert done.trouble is not None
            assert done.trouble.key == "refusal.not_enrolled"
        assert bound.export_if_present(store_lane=lambda job: job()) is None
    finally:
        opened.close()
    assert list(stick.iterdir()) == []
