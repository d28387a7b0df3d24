"""Cases at a station: opened and moved at once, the centre's order holds, refusals change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.areas.cases.case_kind import Party
from app.areas.cases.case_row import CaseRow
from app.areas.cases.machine import OPENING, CaseStep
from app.areas.cases.verbs import MOST_OTHERS, Cases
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.support.stations import station_at

WISH = {"wish": "一副老花镜", "beneficiary": "丙一"}


def _page(row: CaseRow) -> FeedPage:
    return FeedPage("catalogue", 1, (FeedRow("case", row.id, 1, write_row(row)),))


def test_a_case_is_opened_and_moved_and_waits_for_the_centre(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        cases = Cases(opened.station.tools)
        view = cases.open_case("wish", WISH)
        assert view.record.state == "registered"
        assert view.record.value("beneficiary") == "丙一"
        assert {one.name for one in view.moves} == {"publish", "withdraw"}
        moved = cases.move_case(view.record.case, "publish", {})
        assert moved.record.state == "published"
        assert len(moved.record.unconfirmed) == 2
    with station_at(tmp_path) as opened:
        assert [one.record.state for one in Cases(opened.station.tools).all()] == ["published"]


def test_nothing_personal_stands_in_the_bytes(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        Cases(opened.station.tools).open_case("wish", WISH)
        with opened.station.tools.store.read() as reading:
            told = b"".join(
                bytes(row.bytes) for row in reading.conn.exec_driver_sql("SELECT bytes FROM facts")
            )
    assert "老花镜".encode() in told
    assert "丙一".encode() not in told


def test_what_does_not_fit_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        cases = Cases(opened.station.tools)
        for values, key in (
            ({}, "refusal.case_needs"),
            ({"wish": "x", "nothing": "y"}, "refusal.case_strange"),
            ({"wish": "x" * 1_001}, "refusal.too_long"),
        ):
            with pytest.raises(BadInput) as refused:
                cases.open_case("wish", values)
            assert refused.value.key == key
        for kind, values, key in (
            ("filing", {"training_class": "k", "from_day": "2026-02-30"}, "refusal.case_day"),
            ("request", {"course": "c", "wanted_by": "３０人"}, "refusal.case_number"),
            ("equipment", {"purpose": "gift", "thing": "t", "what": "w"}, "refusal.case_choice"),
        ):
            with pytest.raises(BadInput) as refused:
                cases.open_case(kind, values)
            assert refused.value.key == key
        with pytest.raises(NotFound):
            cases.open_case("no_such_kind", {})
        assert cases.all() == ()
        case = cases.open_case("request", {"course": "果树修剪"}).record.case
        with pytest.raises(NotPossibleNow):
            cases.move_case(case, "answer", {"answer": "好"})  # the county's move
        assert cases.show(case).record.state == "asked"


def test_the_centres_order_holds_and_who_came_too_late_is_told(tmp_path: Path) -> None:
    steps = (
        CaseStep("a" * 64, OPENING, Party.STATION, "far", 1_000, fields=(("wish", "书包"),)),
        CaseStep("b" * 64, "publish", Party.STATION, "far", 2_000),
    )
    with station_at(tmp_path) as opened:
        store = opened.station.tools.store
        store.apply_page(_page(CaseRow("c9", "wish", steps)))
        cases = Cases(opened.station.tools)
        (view,) = cases.all()
        assert {one.name for one in view.moves} == {"claim"}, "it is another site's wish"
        mine = cases.move_case("c9", "claim", {"claimant": "松岭村党支部"})
        assert mine.record.state == "claimed"
        (own,) = mine.record.unconfirmed
        theirs = CaseStep(
            "c" * 64, "claim", Party.STATION, "other", 3_000, fields=(("claimant", "清水村"),)
        )
        told = CaseRow("c9", "wish", (*steps, theirs, own.step))
        page = FeedPage("catalogue", 2, (FeedRow("case", "c9", 2, write_row(told)),), from_rev=1)
        store.apply_page(page)
        after = cases.show("c9").record
        assert (after.state, after.value("claimant"), after.unconfirmed) == (
            "claimed",
            "清水村",
            (),
        )
        assert [one.step.id for one in after.overtaken] == [own.step.id]


def test_of_many_wishes_of_others_those_that_moved_last_are_shown_and_all_own(
    tmp_path: Path,
) -> None:
    with station_at(tmp_path) as opened:
        cases, rows = Cases(opened.station.tools), []
        for at in range(MOST_OTHERS + 20):
            step = CaseStep(
                f"{at:064x}", OPENING, Party.STATION, "far", at, fields=(("wish", "x"),)
            )
            rows.append(
                FeedRow("case", f"w{at}", at + 1, write_row(CaseRow(f"w{at}", "wish", (step,))))
            )
        opened.station.tools.store.apply_page(FeedPage("catalogue", len(rows), tuple(rows)))
        mine = cases.open_case("wish", WISH).record.case
        shown = [one.record.case for one in cases.all()]
        assert len(shown) == MOST_OTHERS + 1
        assert shown[0] == mine, "what waits for us is first"
        assert {"w119", "w20"} <= set(shown)
        assert "w19" not in shown
        assert cases.show("w19").record.state == "registered", "by its number it is still found"
