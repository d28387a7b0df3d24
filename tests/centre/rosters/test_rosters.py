"""Rosters: sheets as offices really keep them, and people who keep their ids."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from app.areas.people.person import Person
from app.domain.errors import BadInput, NotFound
from app.wire.codec import read_row
from centre.rosters.importing import ImportOutcome, import_roster
from centre.store.tables import feed_rows, people
from centre.words import say
from tests.centre.benches import Bench
from tests.support.sheets import write_sheet

HEADER = ["姓名", "支部", "手机"]


@pytest.fixture
def site(bench: Bench) -> str:
    bench.code("石门村")
    return "石门村"


def load(bench: Bench, path: Path, *, apply: bool = True) -> ImportOutcome:
    return import_roster(bench.centre, path, "石门村", apply=apply)


def roster(bench: Bench) -> dict[str, Person]:
    with bench.centre.store.reading() as tx:
        rows = tx.scalars(select(people.c.body)).all()
    return {one.name: one for one in (read_row(body, Person) for body in rows)}


def words_of(outcome: ImportOutcome) -> list[str]:
    return [say(one.key, row=one.row, **dict(one.values)) for one in outcome.troubles]


def test_a_sheet_with_title_merges_and_sloppy_cells_is_read(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    path = write_sheet(
        tmp_path / "名册.xlsx",
        [
            ["石门村党员名册"],
            ["序号", "党员姓名", "所在党支部", "联系电话", "性别", "出生年月", "人员类别", "备注"],
            [1, "张 三", None, 13800138001, "男", "1958年3月", "正式党员", None],
            [2, "李四　", None, "１３８００１３８００２", "女", 19601102, "预备党员", "体弱"],
            [3, "王五", "二支部", "138-0013-8003", None, "1971.5.6", None, "外出务工"],
            [4, "赵六", "二支部", "138 0013 8004", None, None, "群众", "请假"],
        ],
        merges=[(0, 0, 0, 7, "石门村党员名册"), (2, 2, 3, 2, "一支部")],
        sheets_before=["填写说明"],
    )
    outcome = load(bench, path)
    assert (len(outcome.added), outcome.troubles) == (4, ())
    found = roster(bench)
    assert set(found) == {"张三", "李四", "王五", "赵六"}
    assert found["张三"].units == found["李四"].units != found["王五"].units
    assert (found["张三"].birth_year, found["张三"].gender) == (1958, "male")
    assert (found["李四"].phone_tail, found["李四"].kind) == ("8002", "probationary_member")
    assert [one.kind for one in found["李四"].standings] == ["frail"]
    assert [one.kind for one in found["王五"].standings] == ["away"]
    assert [one.kind for one in found["赵六"].standings] == ["on_leave"]


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    path = write_sheet(tmp_path / "r.xlsx", [HEADER, ["张三", "一支部", "13800138001"]])
    outcome = load(bench, path, apply=False)
    assert (outcome.added, outcome.applied) == (("张三",), False)
    assert roster(bench) == {}


def test_people_keep_their_ids_over_imports(bench: Bench, site: str, tmp_path: Path) -> None:
    header: list[object] = ["姓名", "支部", "手机", "会员号", "出生日期"]
    path = tmp_path / "r.xlsx"
    rows: list[list[object]] = [
        header,
        ["张三", "一支部", "13800138001", "A1", ""],
        ["李四", "一支部", "13800138002", "", ""],
        ["王五", "一支部", "", "", "1960-01-02"],
        ["赵六", "一支部", "", "", ""],
    ]
    load(bench, write_sheet(path, rows))
    before = roster(bench)
    again = load(bench, write_sheet(path, rows))
    assert (again.added, again.changed, again.deactivated, again.unchanged) == ((), (), (), 4)
    rows[1] = ["张三丰", "二支部", "13800138001", "A1", ""]
    rows[2] = ["李四", "一支部", "13800138002", "B7", "1955"]
    rows[3] = ["王五", "一支部", "13700000000", "", "1960-01-02"]
    load(bench, write_sheet(path, rows))
    after = roster(bench)
    assert after["张三丰"].id == before["张三"].id
    # A number alone does not make 张三丰 somebody else's successor.
    rows[1] = ["陈平", "二支部", "13900000000", "A1", ""]
    with pytest.raises(BadInput, match="rows_wrong"):
        load(bench, write_sheet(path, rows))
    assert roster(bench) == after
    assert after["李四"].id == before["李四"].id
    assert after["王五"].id == before["王五"].id
    assert after["赵六"] == before["赵六"]


def test_who_is_missing_becomes_inactive_only_in_branches_of_the_file(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    path = tmp_path / "r.xlsx"
    both = [HEADER, ["张三", "一支部", ""], ["李四", "一支部", ""], ["王五", "二支部", ""]]
    load(bench, write_sheet(path, both))
    outcome = load(bench, write_sheet(path, [HEADER, ["张三", "一支部", ""]]))
    assert outcome.deactivated == ("李四",)
    assert {name: one.active for name, one in roster(bench).items()} == {
        "张三": True,
        "李四": False,
        "王五": True,
    }
    back = load(bench, write_sheet(path, both))
    assert back.changed == ("李四",)


def test_stations_see_only_the_last_four_digits(bench: Bench, site: str, tmp_path: Path) -> None:
    header = ["姓名", "支部", "手机", "身份证号"]
    row = ["张三", "一支部", "13812345678", "11010519491231002X"]
    load(bench, write_sheet(tmp_path / "r.xlsx", [header, row]))
    with bench.centre.store.reading() as tx:
        sent = b"".join(body for body in tx.scalars(select(feed_rows.c.body)) if body)
    assert b"5678" in sent
    assert b"1381" not in sent
    assert b"110105" not in sent
    assert roster(bench)["张三"].birth_year == 1949


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (["张三", "一支部", "123", ""], "第 2 行：手机“123”"),
        (["", "一支部", "13800138001", ""], "第 2 行：姓名空着"),
        (["张三", "", "13800138001", ""], "第 2 行：支部空着"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_in_words(
    bench: Bench,
    site: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cells: list[object],
    sentence: str,
) -> None:
    monkeypatch.setenv("YJ_LANGUAGE", "zh")
    header = ["姓名", "支部", "手机", "身份证号码"]
    path = write_sheet(tmp_path / "r.xlsx", [header, cells, ["李四", "一支部", "", ""]])
    outcome = load(bench, path, apply=False)
    assert [one.split("，")[0][: len(sentence)] for one in words_of(outcome)] == [sentence]
    assert outcome.added == ("李四",)
    with pytest.raises(BadInput, match="rows_wrong"):
        load(bench, path)
    assert roster(bench) == {}


def test_doubles_and_namesakes_are_not_guessed(
    bench: Bench, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YJ_LANGUAGE", "zh")
    rows = [
        HEADER,
        ["陈平", "一支部", ""],
        ["陈平", "一支部", ""],
        ["张三", "一支部", "13800138001"],
        ["张三", "一支部", "13800138001"],
        ["李四", "一支部", "13800138003"],
        ["李四", "一支部", "13800138004"],
    ]
    outcome = load(bench, write_sheet(tmp_path / "r.xlsx", rows), apply=False)
    assert words_of(outcome) == [
        "第 3 行：“陈平”与第 2 行同名，分不清。请补手机、出生日期或会员号。",
        "第 5 行：“张三”与第 4 行是同一个人。请删去一行。",
    ]
    assert outcome.added == ("陈平", "张三", "李四", "李四")


def test_a_namesake_already_here_makes_a_bare_row_doubtful(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    path = tmp_path / "r.xlsx"
    two = [HEADER, ["李四", "一支部", "13800138003"], ["李四", "一支部", "13800138004"]]
    load(bench, write_sheet(path, two))
    outcome = load(bench, write_sheet(path, [HEADER, ["李四", "一支部", ""]]), apply=False)
    assert [one.key for one in outcome.troubles] == ["roster.row_ambiguous"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"a letter without any table", "roster.sheet_not_excel"),
        (b"", "roster.sheet_not_excel"),
        (b"PK\x03\x04 and then nothing", "roster.sheet_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "roster.sheet_not_excel"),
    ],
)
def test_what_is_no_excel_file_gets_one_plain_sentence(
    bench: Bench, site: str, tmp_path: Path, content: bytes, key: str
) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        load(bench, path)
    assert refused.value.key == key
    assert say(key, **refused.value.values)


def test_a_bomb_is_refused_before_it_is_unpacked(bench: Bench, site: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (301 << 20))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(BadInput, match="sheet_bomb"):
        load(bench, path)


def test_a_zip_that_is_no_workbook_is_refused(bench: Bench, site: str, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", b"x")
    with pytest.raises(BadInput, match="sheet_is_archive"):
        load(bench, path)


def test_a_sheet_whose_cells_span_the_world_cannot_take_the_centre_down(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    path = write_sheet(tmp_path / "r.xlsx", [["姓名", "支部"]])
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "姓名")
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(BadInput, match=r"sheet_far_cell .*cell=XFD1048576"):
        load(bench, path)


def test_a_sheet_without_header_and_an_unknown_site_are_said(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    path = write_sheet(tmp_path / "r.xlsx", [["a", "b"], ["c", "d"]])
    with pytest.raises(BadInput, match="sheet_no_header"):
        load(bench, path)
    good = write_sheet(tmp_path / "g.xlsx", [HEADER, ["张三", "一支部", ""]])
    with pytest.raises(NotFound, match="no_site"):
        import_roster(bench.centre, good, "别处", apply=False)
