"""Files are opened by what they are: every kind read, or told what it is; nothing hurts the centre."""

from __future__ import annotations

import datetime
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from app.domain.errors import BadInput
from app.rosters.files.opening import open_sheets
from app.rosters.sheets.sheet_rows import ReadRoster, read_roster
from app.rosters.template import write_template
from centre.words import say
from tests.support.sheets import every_sentence, left_out, said, write_sheet, wrong

HEADING = ["姓名", "支部", "手机"]
TEXT = "姓名{0}支部{0}手机\r\n辛四{0}一支部{0}13900000054\r\n"
PAGE = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head>"
    "<meta http-equiv='Content-Type' content='text/html; charset={0}'><style>td {{x:y}}</style>"
    "</head><body><p>名册</p><table><tr><td>姓名<td>支部<td>手机</tr>"
    "<tr><td>辛三</td><td rowspan=2>一支部</td><td>&#49;3900000053</td></tr>"
    "<tr><td>辛<br>五</td><td></td></tr></table></body></html>"
)


def read(path: Path) -> ReadRoster:
    return read_roster(open_sheets(path), path.name)


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as bad:
        read(path)
    assert say(bad.value.key, **bad.value.values).encode()
    return bad.value.key.removeprefix("roster.")


@pytest.mark.parametrize("name", ["r.xlsx", "r.xls", "r", "名册.csv"])
def test_the_ending_of_the_name_does_not_matter(tmp_path: Path, name: str) -> None:
    write_sheet(tmp_path / "r.xlsx", [HEADING, ["辛一", "一支部", "13900000051"]])
    (tmp_path / "r.xlsx").rename(tmp_path / name)
    assert [one.phone for one in read(tmp_path / name).rows] == ["13900000051"]


def test_an_old_workbook_named_new_is_read_with_its_errors_formats_and_hidden_sheets(
    tmp_path: Path,
) -> None:
    """The sample was made once with xlwt, for nothing here writes the old kind."""
    path = tmp_path / "r.xlsx"
    path.write_bytes((Path(__file__).parent / "files" / "roster_with_errors.xls").read_bytes())
    roster = read(path)
    assert [(one.name, one.branch, one.card_no, one.birth) for one in roster.rows] == [
        ("辛一", "一支部", "0012345678", "1958-03")
    ]
    assert wrong(roster) == [(3, "A3", "row_cell_error"), (4, "C4", "row_cell_error")]
    assert left_out(roster) == [("旧名册", "", "sheet_left_hidden")]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.format(",").encode("gb18030"),
        TEXT.format(",").encode(),
        TEXT.format(",").encode("utf-8-sig"),
        TEXT.format("\t").encode("utf-16"),
        TEXT.format(";").encode("gb18030"),
        TEXT.format(",").replace("13900000054", '="13900000054"').encode(),
    ],
)
def test_text_with_separators_is_read_in_every_usual_encoding(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "r.xls"
    path.write_bytes(content)
    roster = read(path)
    assert [(one.name, one.branch, one.phone) for one in roster.rows] == [
        ("辛四", "一支部", "13900000054")
    ]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_page_named_xls_is_read(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "r.xls"
    path.write_bytes(PAGE.format(charset).encode(charset))
    roster = read(path)
    assert [(one.row, one.name, one.branch, one.phone) for one in roster.rows] == [
        (2, "辛三", "一支部", "13900000053"),
        (3, "辛五", "一支部", ""),
    ]


@pytest.mark.parametrize(
    ("start", "key"),
    [
        (b"%PDF-1.7\n", "sheet_is_pdf"),
        (b"\x89PNG\r\n\x1a\n", "sheet_is_picture"),
        (b"\xff\xd8\xff\xe0", "sheet_is_picture"),
        (b"Rar!\x1a\x07", "sheet_is_archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage\0".encode("utf-16-le"), "sheet_locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le"), "sheet_is_document"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "sheet_is_xml"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "sheet_is_xml"),
        (b"\0\1\2\3" * 20, "sheet_not_excel"),
        ("只有一段文字".encode(), "sheet_not_excel"),
        (b"", "sheet_not_excel"),
    ],
)  # fmt: skip
def test_what_holds_no_table_is_told_what_it_is(tmp_path: Path, start: bytes, key: str) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(start)
    assert refusal(path) == key


def packed(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_letters_and_plain_archives_are_told(tmp_path: Path) -> None:
    assert refusal(packed(tmp_path / "a", {"word/document.xml": "<x/>"})) == "sheet_is_document"
    assert refusal(packed(tmp_path / "b", {"名册.xlsx": "x"})) == "sheet_is_archive"


def open_document(path: Path, cells: list[list[str]]) -> Path:
    """An .ods with text cells only."""
    urn, kind = "urn:oasis:names:tc:opendocument:xmlns:", "application/vnd.oasis.opendocument"
    spaces = " ".join(
        f'xmlns:{name}="{urn}{name}:1.0"' for name in ("office", "table", "text", "manifest")
    )
    rows = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>'
            for one in row
        )
        for row in cells
    ]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="名册">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f"<manifest:manifest {spaces}></manifest:manifest>"
    parts = {"content.xml": content, "META-INF/manifest.xml": manifest}
    return packed(path, {"mimetype": f"{kind}.spreadsheet", **parts})


def test_an_open_document_is_read_and_its_unseen_errors_are_said(tmp_path: Path) -> None:
    path = open_document(tmp_path / "r.xlsx", [HEADING, ["张三", "一支部", "13800138000"]])
    roster = read(path)
    assert [one.name for one in roster.rows] == ["张三"]
    assert left_out(roster) == [("名册", "", "sheet_errors_unseen")]


@pytest.mark.parametrize("name", [b"\xc3\xfb\xb2\xe1.xlsx", b"\xff\xfe\xfd.xlsx"])
def test_a_name_that_is_no_utf8_is_opened_and_can_be_said(tmp_path: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    write_sheet(tmp_path / "r.xlsx", [HEADING, ["张三", "一支部", ""]])
    try:
        (tmp_path / "r.xlsx").rename(path)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert [one.name for one in read(path).rows] == ["张三"]
    path.write_bytes(b"%PDF")
    assert refusal(path) == "sheet_is_pdf"


@pytest.fixture
def mixed(tmp_path: Path) -> ReadRoster:
    """Errors, formulas, formats, truth values, dates and merged cells in one workbook."""
    with xlsxwriter.Workbook(str(tmp_path / "r.xlsx")) as book:
        zeros = book.add_format({"num_format": "0000000000"})
        month = book.add_format({"num_format": 'yyyy"年"m"月"'})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        two = book.add_format({"num_format": "0.00"})
        red = book.add_format({"font_color": "red"})
        sheet = book.add_worksheet("名册")
        sheet.merge_range(0, 0, 0, 5, "石门村党员名册")
        for column, text in enumerate([*HEADING, "卡号", "出生年月", "是否为流动党员"]):
            sheet.write(1, column, text)
        sheet.write_row(2, 0, ["庚一", None, 13800138000])
        sheet.merge_range(2, 1, 4, 1, "一支部")
        sheet.write(2, 3, 12345678, zeros)
        sheet.write_datetime(2, 4, datetime.date(1958, 3, 1), month)
        sheet.write_boolean(2, 5, True)
        sheet.write_formula(3, 0, "=VLOOKUP(1,A1:B2,2,FALSE)", None, "#N/A")
        sheet.write_rich_string(4, 0, "庚", red, "三")
        sheet.write_formula(4, 2, "=#REF!A1", None, "#REF!")
        sheet.write_formula(5, 0, "=A9", None, 0)
        sheet.write_row(5, 1, ["二支部", "13800138005"])
        sheet.write_formula(6, 0, "=A9", None, "")
        sheet.write_row(6, 1, ["二支部", "13800138006"])
        sheet.write_row(7, 0, ["庚七", "二支部", ""])
        sheet.write(7, 4, 1958.1, two)
        sheet.write_row(8, 0, ["庚八", "二支部", "13800138008"])
        sheet.write_datetime(8, 4, datetime.date(1960, 5, 6), day)
        sheet.set_row(8, None, None, {"hidden": True})
        book.add_chartsheet("图")
        hidden = book.add_worksheet("旧")
        hidden.write_row(0, 0, ["旧人"])
        hidden.very_hidden()
    return read(tmp_path / "r.xlsx")


def test_errors_and_uncalculated_formulas_are_named_with_their_cells(mixed: ReadRoster) -> None:
    assert wrong(mixed) == [
        (4, "A4", "row_cell_error"),
        (5, "C5", "row_cell_error"),
        (6, "A6", "row_name_odd"),
        (7, "A7", "row_cell_formula"),
    ]
    assert left_out(mixed) == [
        ("图", "", "sheet_left_chart"),
        ("旧", "", "sheet_left_hidden"),
        ("名册", "A1", "sheet_line_unused"),
    ]
    assert every_sentence(mixed)


def test_numbers_are_read_as_the_sheet_shows_them(mixed: ReadRoster) -> None:
    assert [(one.name, one.branch, one.card_no, one.birth) for one in mixed.rows] == [
        ("庚一", "一支部", "0012345678", "1958-03"),
        ("庚七", "二支部", "", "1958-10"),
        ("庚八", "二支部", "", "1960-05-06"),
    ]
    assert [one.standing is not None for one in mixed.rows] == [True, False, False]
    assert said(mixed) == []


def test_a_stray_space_far_below_does_not_count_and_a_far_cell_is_named(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "r.xlsx", [HEADING, ["壬一", "一支部", ""]])

    def with_cell(row: int, column: int, text: str) -> Path:
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("名册")
            sheet.write_row(0, 0, HEADING)
            sheet.write_row(1, 0, ["壬一", "一支部"])
            sheet.write(row, column, text)
        return path

    assert [one.name for one in read(with_cell(59_999, 4, " ")).rows] == ["壬一"]
    assert [one.name for one in read(with_cell(1_048_575, 2, " ")).rows] == ["壬一"]
    assert left_out(read(with_cell(1, 300, "x"))) == [("名册", "KO2", "sheet_cut")]
    with pytest.raises(BadInput, match=r"sheet_far_cell .*cell=XFD1048576"):
        read(with_cell(1_048_575, 16_383, " "))


def rewritten(path: Path, change: Callable[[str, str], str]) -> Path:
    """The workbook with its XML parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    return packed(path, {name: change(name, text) for name, text in parts.items()})


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "r.xlsx", [HEADING, ["壬一", "一支部", ""]])

    def with_entity(name: str, text: str) -> str:
        if name != "xl/worksheets/sheet1.xml":
            return text
        return text.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)

    assert refusal(rewritten(path, with_entity)) == "sheet_broken"


def test_a_workbook_with_other_prefixes_tells_its_errors_too(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "r.xlsx")) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_row(0, 0, HEADING)
        sheet.write_formula(1, 0, "=NA()", None, "#N/A")
        sheet.write_row(1, 1, ["一支部", "13800138000"])
        sheet.write_row(2, 0, ["张三", "一支部"])

    def prefixed(name: str, text: str) -> str:
        if name != "xl/worksheets/sheet1.xml":
            return text
        return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text).replace("xmlns=", "xmlns:x=", 1)

    roster = read(rewritten(tmp_path / "r.xlsx", prefixed))
    assert wrong(roster) == [(2, "A2", "row_cell_error")]
    assert [one.name for one in roster.rows] == ["张三"]


def test_a_county_in_one_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_row(0, 0, HEADING)
        for row in range(1, 30_001):
            sheet.write_row(row, 0, [f"张{chr(0x4E00 + row % 5000)}", "一支部", f"138{row:08d}"])
    roster = read(path)
    assert (len(roster.rows), roster.troubles) == (30_000, ())


def test_more_rows_than_are_read_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("姓名,支部\n" + "张三,一支部\n" * 60_000, encoding="utf-8")
    assert refusal(path) == "sheet_too_many_rows"


def test_the_untouched_template_holds_nobody_and_a_filled_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path)
    assert refusal(path) == "sheet_empty"
    sheets = open_sheets(path)
    assert [sheet.name for sheet in sheets] == ["党员名册", "说明"]
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "dataValidation" in text
    headings = [str(cell) for cell in sheets[0].rows[0]]
    assert headings == [str(row[0]) for row in sheets[1].rows[1:]]
    filled = write_sheet(
        tmp_path / "r.xlsx",
        [headings, ["陈桂英", "一支部", "第一组", "13900000001", "1958-03", "女", "预备党员"]],
    )
    roster = read(filled)
    assert [one.meaning for one in roster.columns if not one.meaning] == []
    assert [(one.name, one.kind.value) for one in roster.rows] == [
        ("陈桂英", "probationary_member")
    ]


def test_every_word_the_template_offers_is_understood(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    told = open_sheets(tmp_path / "t.xlsx")[1].rows
    words = {str(row[0]): str(row[2]).split("、") for row in told if len(row) > 2 and row[2]}
    for heading in ("性别", "类别", "状态"):
        rows = [["姓名", "支部", heading], *(["张三", "一支部", word] for word in words[heading])]
        roster = read(write_sheet(tmp_path / "r.xlsx", rows))
        assert (len(roster.rows), said(roster)) == (len(rows) - 1, [])
