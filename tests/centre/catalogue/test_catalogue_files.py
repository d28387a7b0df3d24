"""Sheets of the catalogue: each change named before it is made, read back equal, taken back as one."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from app.domain.errors import BadInput, NotFound
from centre.catalogue.acts import add_row, change_row
from centre.catalogue.acts_kept import UNDO_WITHIN_MS
from centre.catalogue.exporting import export_rows
from centre.catalogue.importing import import_rows, undo_import
from centre.catalogue.rows import rows_of
from tests.centre.benches import Bench
from tests.centre.catalogue.test_catalogue_acts import command
from tests.centre.decisions.test_people_decide import add_person

Rows = list[list[object]]


def sheet(path: Path, rows: Rows, merges: tuple[str, ...] = ()) -> Path:
    """A sheet as somebody at an office makes it."""
    with xlsxwriter.Workbook(str(path)) as book:
        made = book.add_worksheet("2026年")
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, float):
                    made.write_number(place, column, cell, days)
                elif isinstance(cell, str) and cell.startswith("="):
                    made.write_formula(place, column, cell, None, "" if "A" in cell else 7)
                elif cell is not None:
                    made.write(place, column, cell)
        for one in merges:
            made.merge_range(one, "长沙县师资库一览表")
    return path


def names(bench: Bench, kind: str, *, stopped: bool = False) -> list[str]:
    with bench.centre.store.reading() as tx:
        return sorted(one.name for one in rows_of(tx, kind) if stopped or not one.value.stopped)


MESSY: Rows = [
    ["长沙县师资库一览表", None, None, None],
    ["填表人：王", None, None, None],
    ["序号", " 讲师\u3000姓名 ", "研究领域*", "在库情况（必填）", "电话"],
    [1, "丁一", "党史、乡村振兴", "２０２６年３月１日 暂停(生病)", "13800000000"],
    [2, "丁\u200b二", "党史", None, None],
    [None, None, None, None, None],
    ["序号", "讲师姓名", "研究领域", "在库情况", "电话"],
    [3, "丁三", None, "在库", None],
    [4, "丁二", "党史", None, None],
]


def test_a_messy_sheet_says_what_it_would_change_and_which_cell_is_wrong(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_row(bench.centre, "lecturer", {"name": "丁一", "fields": "法律", "office": "村书记"})
    path = sheet(tmp_path / "师资.xlsx", MESSY, ("A1:E1",))
    read = import_rows(bench.centre, "lecturer", path, apply=True)
    assert [(one.row, one.cell, one.why.key) for one in read.faults] == [
        (8, "D8", "centre.field_day")
    ]
    assert names(bench, "lecturer") == ["丁一"], "with one cell wrong nothing is imported"
    mended = [[None if cell == "在库" else cell for cell in row] for row in MESSY]
    path = sheet(tmp_path / "师资2.xlsx", mended, ("A1:E1",))
    assert command(bench, "lecturers", "import", str(path)) == 0
    out = capsys.readouterr().out
    assert "领域：由 法律 改为 党史；乡村振兴" in out
    assert "没有用到的列：序号、电话" in out
    assert "将新增 2 条，修改 1 条，停用 0 条" in out
    assert names(bench, "lecturer") == ["丁一"], "said, not done"
    assert command(bench, "lecturers", "import", str(path), "--apply") == 0
    assert names(bench, "lecturer") == ["丁一", "丁三", "丁二"]
    with bench.centre.store.reading() as tx:
        first = rows_of(tx, "lecturer")[0].value
    assert first.office == "村书记", "a column that is not in the file changes nothing"
    read = import_rows(bench.centre, "lecturer", path, apply=True)
    assert (read.changes, read.same, read.number) == ((), 3, None)
    assert command(bench, "lecturers", "undo") == 0
    assert "已撤销“师资2.xlsx”的导入：3 条" in capsys.readouterr().out
    assert names(bench, "lecturer") == ["丁一"]


def test_dates_as_numbers_formulas_and_doubles(bench: Bench, tmp_path: Path) -> None:
    rows: Rows = [
        ["日期", "类别", "说明", "状态"],
        [46296.0, "放假", "国庆"],
        ["46297", "放假", "国庆"],
        ["2026.10.3", "holiday", "国庆"],
        ["2026年10月10日", "上班", "=1+6"],
    ]
    read = import_rows(
        bench.centre, "calendar_day", sheet(tmp_path / "日历.xlsx", rows), apply=True
    )
    assert (read.faults, [one.id for one in read.added]) == (
        (),
        ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-10"],
    )
    rows.append(["2026-10-03", "上班"])
    read = import_rows(
        bench.centre, "calendar_day", sheet(tmp_path / "日历2.xlsx", rows), apply=True
    )
    assert [(one.row, one.why.key) for one in read.faults] == [(6, "centre.rows_double")]


def test_a_formula_without_a_result_is_named_by_its_cell(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sheet(tmp_path / "场地.xlsx", [["名称", "座位"], ["礼堂", "=A1*2"], ["党校", 80]])
    assert command(bench, "venues", "import", str(path), "--apply") == 1
    out = capsys.readouterr().out
    assert "第 2 行 B2：=A1*2 是没有结果的公式" in out
    assert "有 1 行看不懂，整个文件都没有导入" in out
    assert names(bench, "venue") == []


def test_a_text_file_of_an_office_and_a_file_of_something_else(
    bench: Bench, tmp_path: Path
) -> None:
    path = tmp_path / "场地.csv"
    path.write_bytes("场地名称,座位数\n礼堂,120人\n党校,80\n".encode("gb18030"))
    assert len(import_rows(bench.centre, "venue", path, apply=True).added) == 2
    with pytest.raises(BadInput, match="rows_no_header"):
        import_rows(
            bench.centre, "lecturer", sheet(tmp_path / "a.xlsx", [["甲", "乙"], [1, 2]]), apply=True
        )
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(BadInput):
        import_rows(bench.centre, "venue", tmp_path / "b.xlsx", apply=True)


def test_what_is_written_out_reads_back_as_it_is(bench: Bench, tmp_path: Path) -> None:
    station = bench.station()
    for n in range(120):
        add_person(bench, station, f"p{n}", f"丙{n}号同志")
    add_row(bench.centre, "venue", {"name": "礼堂", "seats": "200"})
    add_row(bench.centre, "calendar_day", {"id": "2026-10-01", "kind": "放假"}, site="石门村")
    add_row(
        bench.centre,
        "training_class",
        {
            "name": "素质提升班",
            "venue": "礼堂",
            "lessons": "2027年1月5日至6月30日 每周二、四 19:30 90分钟",
            "people": "、".join(f"丙{n}号同志" for n in range(120)),
        },
    )
    for kind in ("venue", "calendar_day", "training_class", "lecturer"):
        path = tmp_path / f"{kind}.xlsx"
        export_rows(bench.centre, kind, path)
        read = import_rows(bench.centre, kind, path, apply=True)
        assert (read.changes, read.faults) == ((), ()), kind
    with bench.centre.store.reading() as tx:
        (row,) = rows_of(tx, "training_class")
    assert (len(row.value.people), len(row.value.lessons)) == (120, 51)
    assert row.value.rule.startswith("DTSTART:20270105T193000\nRRULE:FREQ=WEEKLY;BYDAY=TU,TH")
    with pytest.raises(BadInput, match="rows_file_there"):
        export_rows(bench.centre, "venue", tmp_path / "venue.xlsx")


def test_the_last_import_is_taken_back_as_one_act(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        undo_import(bench.centre, "venue")
    add_row(bench.centre, "venue", {"name": "礼堂", "seats": "120"})
    add_row(bench.centre, "venue", {"name": "旧楼"})
    rows: Rows = [
        ["名称", "座位", "停用"],
        ["礼堂", 90, None],
        ["党校", 80, "否"],
        ["旧楼", None, "是"],
    ]
    path = sheet(tmp_path / "场地.xlsx", rows)
    read = import_rows(bench.centre, "venue", path, apply=True)
    assert [len(one) for one in (read.added, read.changed, read.stopped)] == [1, 1, 1]
    about, changes = undo_import(bench.centre, "venue")
    assert (about, len(changes)) == ("场地.xlsx", 3)
    assert names(bench, "venue") == ["旧楼", "礼堂"]
    with bench.centre.store.reading() as tx:
        seats = {one.name: one.value.seats for one in rows_of(tx, "venue")}
    assert seats == {"礼堂": 120, "旧楼": 0, "党校": 80}, "what was added stays, stopped"
    import_rows(bench.centre, "venue", path, apply=True)
    assert names(bench, "venue") == ["党校", "礼堂"], "imported again, it is not added twice"
    change_row(bench.centre, "venue", "礼堂", {"seats": "100"})
    with pytest.raises(BadInput, match="row_undo_touched"):
        undo_import(bench.centre, "venue")
    import_rows(bench.centre, "venue", path, apply=True)
    bench.clock.ms += UNDO_WITHIN_MS + 1
    with pytest.raises(BadInput, match="row_undo_late"):
        undo_import(bench.centre, "venue")
