"""Cases at the centre: it orders the steps, moves them on, sends them down, and forgets nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.areas.cases.case_kind import Party
from app.areas.cases.case_row import CaseRow
from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.facts import CaseMoved, CaseOpened
from app.areas.cases.machine import CaseRecord
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.ids import CaseId
from app.domain.personal import Personal
from app.wire.codec import read_row
from centre.cases.acts import CentreMove, move_case
from centre.cases.reading import CaseChoice, count_cases, list_cases, show_case
from centre.commands.main import main
from centre.decisions import ledger
from centre.feeds.scopes import CATALOGUE, site_scope
from centre.lost_decisions.coming_back import take_back
from centre.store.decision_tables import (
    case_heads,
    case_moves,
    case_orders,
    decision_heads,
    decisions,
)
from tests.centre.benches import Bench
from tests.support.talking_station import Chain, TalkingStation, opened_segment

C = CaseId("c1")


def opened(kind: str = "wish", **fields: str) -> Chain:
    """A journal in which a case was opened by somebody called 丙一."""
    chain = opened_segment()
    told = Personal(more=(("beneficiary", "丙一"),)) if kind == "wish" else None
    chain.record(CaseOpened(C, kind, tuple(fields.items())), personal=told)
    return chain


def case_of(bench: Bench) -> CaseRecord:
    bench.report()  # what came is read
    with bench.centre.store.reading() as tx:
        return show_case(tx, C)


def row_at(station: TalkingStation, scope: str) -> CaseRow | None:
    """The case as a station's feed has it."""
    answer = station.exchange(station.request(cursors={scope: 0})).answer
    found = [row for page in answer.pages for row in page.rows if row.kind == "case"]
    return read_row(found[-1].body or b"", CaseRow) if found else None


def test_two_claim_a_wish_while_apart_and_the_first_that_comes_has_it(bench: Bench) -> None:
    home, near, far = bench.station(), bench.station("清水村"), bench.station("另一村")
    wish = opened(wish="一副老花镜")
    wish.record(CaseMoved(C, "wish", "publish", "registered"))
    home.deliver(wish)
    assert case_of(bench).state == "published"
    for station, who in ((near, "清水村支部"), (far, "另一村支部")):
        chain = opened_segment()
        chain.record(CaseMoved(C, "wish", "claim", "published", (("claimant", who),)))
        station.deliver(chain)
        bench.report()
    record = case_of(bench)
    assert (record.state, record.value("claimant")) == ("claimed", "清水村支部")
    assert [one.step.site for one in record.overtaken] == [far.me.site]
    told = row_at(far, CATALOGUE)
    assert told is not None
    assert [one.move for one in told.steps] == ["opened", "publish", "claim", "claim"]
    assert all(one.personal == () for one in told.steps), "whose wish it is stays at home"


def test_the_same_facts_again_and_a_claim_that_comes_twice_change_nothing(bench: Bench) -> None:
    home = bench.station()
    wish = opened(wish="书包")
    home.deliver(wish)
    before = case_of(bench)
    home.deliver(wish)
    assert case_of(bench) == before


def test_the_county_answers_a_request_and_only_its_site_hears_of_it(bench: Bench) -> None:
    home, far = bench.station(), bench.station("另一村")
    home.deliver(opened("request", course="果树修剪", wanted_by="23"))
    bench.report()
    asked = CentreMove(C, "answer", {"answer": "讲师十四日来", "day": "2026-12-14"}, "王主任")
    assert move_case(bench.centre, asked).state == "answered"
    told = row_at(home, site_scope(home.me.site))
    assert told is not None
    assert (told.steps[-1].move, dict(told.steps[-1].fields)["day"]) == ("answer", "2026-12-14")
    assert row_at(far, CATALOGUE) is None


def test_what_may_not_be_done_is_refused_and_changes_nothing(bench: Bench) -> None:
    bench.station().deliver(opened("request", course="果树修剪"))
    before = case_of(bench)
    for move, values, by, party, wrong in (
        ("answer", {}, "王主任", Party.COUNTY, BadInput),
        ("answer", {"answer": "好"}, "", Party.COUNTY, BadInput),
        ("answer", {"answer": "好"}, "王主任", Party.TOWNSHIP, NotPossibleNow),
        ("rate", {"rating": "good"}, "王主任", Party.COUNTY, NotPossibleNow),
        ("no_such", {}, "王主任", Party.COUNTY, BadInput),
    ):
        with pytest.raises(wrong):
            move_case(bench.centre, CentreMove(C, move, values, by, party))
    with pytest.raises(NotFound):
        move_case(bench.centre, CentreMove("c9", "answer", {"answer": "好"}, "王主任"))
    assert case_of(bench) == before


def test_a_forged_move_of_a_station_that_may_not_is_kept_and_moves_nothing(bench: Bench) -> None:
    home = bench.station()
    chain = opened("request", course="果树修剪")
    chain.record(CaseMoved(C, "request", "answer", "asked", (("answer", "自己答复自己"),)))
    home.deliver(chain)
    record = case_of(bench)
    assert (record.state, len(record.overtaken)) == ("asked", 1)


def test_a_forged_move_carries_nothing_into_other_stations_feeds(bench: Bench) -> None:
    home, far = bench.station(), bench.station("另一村")
    wish = opened(wish="一副老花镜")
    wish.record(CaseMoved(C, "wish", "publish", "registered", (("beneficiary", "丙一"),)))
    home.deliver(wish)
    assert case_of(bench).state == "published"
    told = row_at(far, CATALOGUE)
    assert told is not None
    assert "丙一" not in repr(told)


def test_a_second_opening_of_another_kind_changes_nothing(bench: Bench) -> None:
    home, far = bench.station(), bench.station("另一村")
    home.deliver(opened(wish="一副老花镜"))
    assert case_of(bench).kind == "wish"
    far.deliver(opened("request", course="果树修剪"))
    record = case_of(bench)
    assert (record.kind, record.site, len(record.overtaken)) == ("wish", home.me.site, 1)


def test_lists_go_by_kind_site_and_state(bench: Bench) -> None:
    home, far = bench.station(), bench.station("另一村")
    home.deliver(opened(wish="书包"))
    other = opened_segment()
    other.record(CaseOpened(CaseId("c2"), "feedback", ()))
    far.deliver(other)
    bench.report()
    with bench.centre.store.reading() as tx:
        assert [one.case for one in list_cases(tx, CaseChoice(kind="wish"))] == ["c1"]
        assert [one.case for one in list_cases(tx, CaseChoice(site=far.me.site))] == ["c2"]
        assert list_cases(tx, CaseChoice(state="claimed")) == ()
        assert count_cases(tx) == {("wish", "registered"): 1, ("feedback", "told"): 1}
        (first,) = list_cases(tx, CaseChoice(most=1))
        after = (first.since_ms, first.case)
        assert len(list_cases(tx, CaseChoice(after=after))) == 1


@pytest.mark.logs_warnings
def test_a_centre_put_back_gets_moves_and_order_back_from_a_station(bench: Bench) -> None:
    home = bench.station()
    home.deliver(opened("request", course="果树修剪"))
    bench.report()
    move_case(bench.centre, CentreMove(C, "answer", {"answer": "讲师来"}, "王主任"))
    before = case_of(bench)
    with bench.centre.store.reading() as tx:
        kept = ledger.verified(bench.centre, ledger.for_station(tx, home.me.site))
    with bench.centre.store.writing() as tx:
        for table in (case_moves, case_orders, case_heads, decisions, decision_heads):
            tx.execute(table.delete())
        take_back(tx, bench.centre, kept)
    assert case_of(bench) == before


def test_the_commands_list_show_and_move(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.station().deliver(opened("request", course="果树修剪"))
    bench.report()
    where = ["--home", str(bench.settings.home), "--database", bench.settings.database, "cases"]
    assert main([*where, "list"]) == 0
    assert "点课" in capsys.readouterr().out
    assert main([*where, "move", C, "answer", "answer=讲师来", "--by", "王主任", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "answered"
    assert main([*where, "show", C]) == 0
    assert "讲师来" in capsys.readouterr().out
    assert main([*where, "kinds", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == len(CASE_KINDS)
    assert main([*where, "move", C, "decline", "--by", "王主任"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_sheet_and_the_demand_hold_nothing_personal(
    bench: Bench, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home, far = bench.station(), bench.station("另一村")
    home.deliver(opened(wish="=1+1 一副老花镜"))
    for station, case, wanted in ((home, "c2", "23"), (far, "c3", "9")):
        chain = opened_segment()
        fields = (("course", "果树修剪"), ("wanted_by", wanted))
        chain.record(CaseOpened(CaseId(case), "request", fields))
        station.deliver(chain)
    bench.report()
    where = ["--home", str(bench.settings.home), "--database", bench.settings.database, "cases"]
    assert main([*where, "demand", "--json"]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert (line["title"], line["requests"], line["wanted_by"]) == ("果树修剪", 2, 32)
    file = tmp_path / "cases.xlsx"
    assert main([*where, "export", str(file)]) == 0
    book = CalamineWorkbook.from_path(file)
    sheets = [book.get_sheet_by_name(one).to_python() for one in book.sheet_names]
    told = [str(cell) for sheet in sheets for row in sheet for cell in row]
    assert "=1+1 一副老花镜" in told
    assert not any("丙一" in one for one in told)
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(book.sheet_names) == len(CASE_KINDS)
    assert main([*where, "export", str(file)]) == 1, "nothing is written over"
