"""Beyond a limit an import asks again, and for a day it can be taken back as one act."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.errors import BadInput, NotFound
from centre.erasing.erasing import erase_person
from centre.rosters.acts import MAY_BE_UNDONE_MS, stop_person, undo_act
from centre.store.tables import people, roster_before
from tests.centre.benches import Bench
from tests.centre.offices import HEADER, SITE, kept, load, roster


@pytest.fixture
def site(bench: Bench) -> str:
    bench.code(SITE)
    return SITE


def test_many_stopped_or_renamed_are_asked_again_with_the_number(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    everyone = [[f"丙{n}", "一支部", f"1390000{n:04d}", ""] for n in range(20)]
    load(bench, tmp_path, [HEADER, *everyone])
    five = [HEADER, *everyone[5:]]
    assert len(load(bench, tmp_path, five, apply=False).people.stopped) == 5
    six = [HEADER, *everyone[6:]]
    assert any(
        key == "roster.roster_asks" for key, _ in load(bench, tmp_path, six, apply=False).remarks
    )
    before = kept(bench)
    for wrong in (None, 5, 7):
        with pytest.raises(BadInput, match="roster_many") as asked:
            load(bench, tmp_path, six, confirm=wrong)
        assert asked.value.values["count"] == 6
    assert kept(bench) == before
    assert len(load(bench, tmp_path, six, confirm=6).deactivated) == 6
    load(bench, tmp_path, five)


def test_very_many_people_may_change_by_a_tenth(bench: Bench, site: str, tmp_path: Path) -> None:
    everyone = [[f"丙{n}", "一支部", f"1390000{n:04d}", ""] for n in range(80)]
    load(bench, tmp_path, [HEADER, *everyone])
    assert len(load(bench, tmp_path, [HEADER, *everyone[8:]]).deactivated) == 8


def test_an_import_is_taken_back_as_one_act(bench: Bench, site: str, tmp_path: Path) -> None:
    header = ["姓名", "支部", "手机", "出生日期"]
    first = [
        header,
        ["王建国", "一支部", "13800138001", "1958-03-02"],
        ["李秀英", "一支部", "13800138002", "1960-01-01"],
        ["赵大山", "一支部", "13800138003", ""],
    ]
    load(bench, tmp_path, first)
    before = roster(bench)
    outcome = load(
        bench,
        tmp_path,
        [
            header,
            ["王建国", "二支部", "13700000001", "1958-03-02"],
            ["李秀瑛", "一支部", "13800138002", "1960-01-01"],
            ["周新来", "一支部", "13800138005", ""],
        ],
    )
    assert outcome.deactivated == ("赵大山",)
    undone = undo_act(bench.centre, SITE, outcome.import_id)
    assert (sorted(undone.restored), undone.stopped) == (sorted(before), ("周新来",))
    after = roster(bench)
    assert not after["周新来"].active
    for name, was in before.items():
        now = after[name]
        shown = ("id", "name", "units", "group", "phone_tail", "active", "birth_year")
        assert [getattr(now, one) for one in shown] == [getattr(was, one) for one in shown]
    again = load(bench, tmp_path, first, apply=False)
    assert (again.added, again.changed, again.deactivated, again.unchanged) == ((), (), (), 3)
    with pytest.raises(BadInput, match="undo_done"):
        undo_act(bench.centre, SITE, outcome.import_id)


def test_taking_back_refuses_what_a_later_import_changed_and_names_them(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    load(bench, tmp_path, [HEADER, ["张三", "一支部", "13800138001", "A1"]])
    first = load(bench, tmp_path, [HEADER, ["张三", "二支部", "13800138001", "A1"]])
    second = load(bench, tmp_path, [HEADER, ["张三", "三支部", "13800138001", "A1"]])
    with pytest.raises(BadInput, match="undo_touched") as refused:
        undo_act(bench.centre, SITE, first.import_id)
    assert (refused.value.values["names"], refused.value.values["later"]) == (
        "张三",
        second.import_id,
    )
    undo_act(bench.centre, SITE)
    undo_act(bench.centre, SITE)
    with bench.centre.store.reading() as tx:
        unit = tx.scalar(select(people.c.unit))
    assert (unit,) == roster(bench)["张三"].units
    # Going further back would stop people, so it wants the number.
    with pytest.raises(BadInput, match="undo_further") as further:
        undo_act(bench.centre, SITE)
    assert roster(bench)["张三"].active
    assert further.value.values["count"] == 1
    undo_act(bench.centre, SITE, int(str(further.value.values["number"])))
    assert not roster(bench)["张三"].active
    with pytest.raises(NotFound, match="undo_nothing"):
        undo_act(bench.centre, SITE)


def test_a_day_later_nothing_is_kept_for_taking_back(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    outcome = load(bench, tmp_path, [HEADER, ["张三", "一支部", "13800138001", "A1"]])
    bench.clock.ms -= 10 * MAY_BE_UNDONE_MS  # a clock that stands before it
    other = load(bench, tmp_path, [HEADER, ["李四", "二支部", "13800138002", "A2"]])
    undo_act(bench.centre, SITE, outcome.import_id)
    bench.clock.ms += MAY_BE_UNDONE_MS + 1
    with pytest.raises(BadInput, match="undo_late"):
        undo_act(bench.centre, SITE, other.import_id)
    bench.clock.ms += 20 * MAY_BE_UNDONE_MS
    load(bench, tmp_path, [HEADER, ["王五", "三支部", "13800138003", "A3"]])
    with bench.centre.store.reading() as tx:
        assert tx.scalars(select(roster_before.c.person)).all() == [roster(bench)["王五"].id]


def test_who_was_erased_is_in_nothing_that_is_kept_and_does_not_come_back(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    header = ["姓名", "支部", "手机", "出生日期"]
    load(bench, tmp_path, [header, ["李秀英", "一支部", "13800138002", "1960-01-01"]])
    outcome = load(bench, tmp_path, [header, ["李秀瑛", "一支部", "13800138002", "1960-01-01"]])
    ident = roster(bench)["李秀瑛"].id
    erase_person(bench.centre, ident, by="本人", reason="要求删除")
    with bench.centre.store.reading() as tx:
        assert tx.scalars(select(roster_before.c.person)).all() == []
    assert "李秀" not in str(kept(bench))
    assert undo_act(bench.centre, SITE, outcome.import_id).restored == ()
    assert roster(bench) == {}


def test_one_person_is_stopped_with_a_reason_and_that_is_taken_back_too(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    load(bench, tmp_path, [HEADER, ["张三", "一支部", "13800138001", "A1"]])
    before = roster(bench)["张三"]
    with pytest.raises(BadInput, match="stop_needs_reason"):
        stop_person(bench.centre, before.id, by=" ", reason="x")
    with pytest.raises(NotFound, match="no_person"):
        stop_person(bench.centre, "p-nobody", by="老陈", reason="重复")
    stopped = stop_person(bench.centre, before.id, by="老陈", reason="重复")
    assert not roster(bench)["张三"].active
    with pytest.raises(BadInput, match="stop_already"):
        stop_person(bench.centre, before.id, by="老陈", reason="重复")
    undo_act(bench.centre, SITE, stopped.number)
    assert roster(bench)["张三"] == before


def test_who_may_be_meant_by_a_left_out_row_is_not_stopped(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    load(
        bench,
        tmp_path,
        [
            HEADER,
            ["李秀英", "一支部", "13800138001", ""],
            ["张国", "一支部", "13800138002", ""],
            ["陈平", "一支部", "13800138003", "A0107"],
            ["周八", "一支部", "13800138004", ""],
        ],
    )
    faulty = [  # a name corrected, a sign added, a number that is known; each telephone is broken
        HEADER,
        ["李秀瑛", "一支部", "138001380", ""],
        ["张建国", "一支部", "1.38E+10", ""],
        ["陈明亮", "一支部", "12", "a0107"],
    ]
    outcome = load(bench, tmp_path, faulty, leave_out=True)
    assert outcome.deactivated == ("周八",)
