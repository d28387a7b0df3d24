"""Single cells as offices write them: each is read, or said with its place; none stops the others."""

from __future__ import annotations

import pytest

from app.areas.people.person import PersonKind, StandingKind
from app.rosters.files.opening import Cell
from app.rosters.sheets.sheet_rows import RosterRow
from tests.support.sheets import every_sentence, read_one, said, wrong


def row_of(heading: str, cell: Cell) -> RosterRow:
    roster = read_one(["姓名", heading], ["张三", cell])
    assert wrong(roster) == []
    assert every_sentence(roster) is not None
    return roster.rows[0]


@pytest.mark.parametrize(
    "cell", ["无", "—", "同上", "不详", "/", ".", "没有手机", "待补", 0, "空号"]
)
def test_a_word_for_no_telephone_is_empty_and_said(cell: Cell) -> None:
    roster = read_one(["姓名", "手机"], ["张三", cell], ["李四", "13800138000"])
    assert [one.phone for one in roster.rows] == ["", "13800138000"]
    assert said(roster) == [("B2", "cell_empty_word")]


@pytest.mark.parametrize(
    ("cell", "phone", "key"),
    [
        ("13800138000/13900139000", "13800138000", "cell_phones"),
        ("13800138000、13900139000", "13800138000", "cell_phones"),
        ("13800138000 13900139000", "13800138000", "cell_phones"),
        ("138-0013-8000\n139-0013-9000", "13800138000", "cell_phones"),
        ("0571-88888888/13800138000", "13800138000", "cell_phones"),
        ("13800138000（儿子）", "13800138000", "cell_phone_read"),
        ("女儿：13800138000", "13800138000", "cell_phone_read"),
        ("0571-88888888转12", "057188888888", "cell_phone_read"),
        ("138****6217", "", "cell_masked"),
        (True, "", "cell_no_number"),
        ("儿子代接", "", "cell_no_number"),
    ],
)
def test_notes_and_second_numbers_in_a_telephone_cell_are_said(
    cell: Cell, phone: str, key: str
) -> None:
    roster = read_one(["姓名", "手机"], ["张三", cell])
    assert ([one.phone for one in roster.rows], said(roster)) == ([phone], [("B2", key)])
    assert not any("13800138000" in one or "13900139000" in one for one in every_sentence(roster))


@pytest.mark.parametrize(
    "cell",
    ["138 0013 8000", "+86 138-0013-8000", "0086 13800138000", "'13800138000", 13800138000.0]
    + ["13800138000.0", "１３８００１３８０００", "138\u200b00138000"],
)
def test_one_telephone_number_needs_no_word(cell: Cell) -> None:
    roster = read_one(["姓名", "手机"], ["张三", cell])
    assert ([one.phone for one in roster.rows], said(roster)) == (["13800138000"], [])


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("123", "row_phone"),
        ("1380013800", "row_phone"),
        ("138001380001", "row_phone"),
        ("2026-01-01", "row_phone"),
        ("1.38E+10", "row_number_broken"),
        ("#N/A", "row_cell_error"),
        ("=VLOOKUP(A2,Sheet2!A:B,2)", "row_cell_formula"),
    ],
)
def test_what_is_no_telephone_number_is_one_row_and_no_other(cell: Cell, key: str) -> None:
    roster = read_one(["姓名", "手机"], ["张三", cell], ["李四", ""])
    assert wrong(roster) == [(2, "B2", key)]
    assert [one.name for one in roster.rows] == ["李四"]
    assert every_sentence(roster)


@pytest.mark.parametrize(
    ("cell", "birth", "key"),
    [
        ("1958年3月", "1958-03", ""),
        ("1958．03", "1958-03", ""),
        (195803, "1958-03", ""),
        (19580312, "1958-03-12", ""),
        (21245, "1958-03-01", ""),
        (1958.3, "1958-03", ""),
        (1958.12, "1958-12", ""),
        (1958, "1958", ""),
        ("1958-03-02 00:00:00", "1958-03-02", ""),
        ("58.3", "1958-03", "cell_birth_read"),
        ("58年3月2日", "1958-03-02", "cell_birth_read"),
        ("580302", "1958-03-02", "cell_birth_read"),
        ("05.3", "2005-03", "cell_birth_read"),
        ("13.3", "1913-03", "cell_birth_read"),
        ("1958.3.2（农历）", "1958-03-02", "cell_birth_read"),
        (1958.1, "1958", "cell_birth_vague"),
        (58.1, "1958", "cell_birth_vague"),
        ("1958.1", "1958-01", ""),
        ("1958.10", "1958-10", ""),
        ("不详", "", "cell_empty_word"),
        (0, "", "cell_empty_word"),
    ],
)
def test_births(cell: Cell, birth: str, key: str) -> None:
    roster = read_one(["姓名", "出生年月"], ["张三", cell])
    assert [one.birth for one in roster.rows] == [birth]
    assert said(roster) == ([("B2", key)] if key else [])
    assert len(every_sentence(roster)) == bool(key)


@pytest.mark.parametrize(
    "cell", ["1958.13", "1958-02-30", "5.1E+17", "03/02/1958", "68岁", "1850-01-01", True]
)
def test_what_is_no_birth_is_said(cell: Cell) -> None:
    roster = read_one(["姓名", "出生年月"], ["张三", cell], ["李四", ""])
    assert wrong(roster) == [(2, "B2", "row_birth")]


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("5.10322E+17", "cell_identity_scientific"),
        (510322195001011234, "cell_identity_zeroes"),
        ("510322195001011000", "cell_identity_zeroes"),
        ("110105194912310021", "cell_identity"),
        ("1101051949", "cell_identity"),
        ("110105********002X", "cell_identity"),
        ("#REF!", "cell_error"),
        ("无", "cell_empty_word"),
    ],
)
def test_a_broken_identity_number_stops_nobody(cell: Cell, key: str) -> None:
    roster = read_one(["姓名", "身份证号", "手机"], ["张三", cell, "13800138000"])
    assert [(one.name, one.identity, one.phone) for one in roster.rows] == [
        ("张三", "", "13800138000")
    ]
    assert said(roster) == [("B2", key)]
    assert not any("1101051949" in one or "510322195" in one for one in every_sentence(roster))


def test_an_identity_number_tells_birth_and_gender_and_contradictions_are_said() -> None:
    heading = ["姓名", "公民身份号码", "性别", "出生日期"]
    roster = read_one(
        heading,
        ["张三", "11010519491231002x", "", ""],
        ["李四", "11010519491231002X", "男", "1950-01"],
    )
    assert [(one.birth, one.gender) for one in roster.rows] == [
        ("1949-12-31", "female"),
        ("1950-01", "male"),
    ]
    assert said(roster) == [("B3", "cell_identity_birth"), ("B3", "cell_identity_gender")]


@pytest.mark.parametrize(
    ("word", "standing", "active"),
    [
        ("已去世", None, False),
        ("2023年6月去世", None, False),
        ("停止党籍", None, False),
        ("除名", None, False),
        ("组织关系已转出", None, False),
        ("出国", StandingKind.AWAY, True),
        ("外出打工", StandingKind.AWAY, True),
        ("外出务工", StandingKind.AWAY, True),
        ("失联", StandingKind.AWAY, True),
        ("流出", StandingKind.AWAY, True),
        ("在深圳务工", StandingKind.AWAY, True),
        ("长期患病", StandingKind.FRAIL, True),
        ("卧床", StandingKind.FRAIL, True),
        ("请假", StandingKind.ON_LEAVE, True),
        ("在册", None, True),
        ("在家", None, True),
        ("未外出", None, True),
        ("正 常", None, True),
    ],
)
def test_standings(word: str, standing: StandingKind | None, active: bool) -> None:
    row = row_of("状态", word)
    assert (row.standing, row.active) == (standing, active)


@pytest.mark.parametrize(
    ("note", "standing", "key"),
    [
        ("已去世", None, ""),
        ("组长；外出务工", StandingKind.AWAY, ""),
        ("2019年外出务工", StandingKind.AWAY, ""),
        ("其父去世", None, "cell_note_unused"),
        ("返乡（原外出务工）", None, "cell_note_unused"),
        ("党小组长", None, ""),
        ("#N/A", None, "cell_error"),
    ],
)
def test_a_remark_counts_only_when_it_is_plain(
    note: str, standing: StandingKind | None, key: str
) -> None:
    roster = read_one(["姓名", "手机", "备注"], ["张三", "", note])
    assert roster.rows[0].standing == standing
    assert roster.rows[0].active == (note != "已去世")
    assert said(roster) == ([("C2", key)] if key else [])


def test_an_unknown_word_is_said_and_only_an_unknown_kind_is_wrong() -> None:
    roster = read_one(
        ["姓名", "性别", "状态", "类别"],
        ["张三", "未填", "莫名其妙", "01 正式党员"],
        ["李四", "其他", "", "正式党员（流动）"],
        ["王五", "", "", "干部"],
        ["赵六", "", "", "预备"],
    )
    assert [(one.name, one.kind, one.standing) for one in roster.rows] == [
        ("张三", PersonKind.MEMBER, None),
        ("李四", PersonKind.MEMBER, StandingKind.AWAY),
        ("赵六", PersonKind.PROBATIONARY, None),
    ]
    assert wrong(roster) == [(4, "D4", "row_word")]
    assert said(roster) == [
        ("B2", "cell_empty_word"),
        ("C2", "cell_word"),
        ("B3", "cell_word"),
    ]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("0012345678", "0012345678"),
        (12345678, "12345678"),
        ("ab12cd34", "ab12cd34"),
        ("'00123", "00123"),
        ("无", ""),
        ("—", ""),
        (0, ""),
        ("同上", ""),
    ],
)
def test_card_numbers_and_words_for_none(cell: Cell, code: str) -> None:
    assert row_of("卡号", cell).card_no == code
    assert row_of("会员号", cell).member_no == code


@pytest.mark.parametrize("cell", ["1.2E+15", 1.23e17, "#N/A", "9" * 41])
def test_a_broken_card_number_is_never_taken(cell: Cell) -> None:
    roster = read_one(["姓名", "卡号"], ["张三", cell], ["李四", ""])
    assert [(one[0], one[1]) for one in wrong(roster)] == [(2, "B2")]


@pytest.mark.parametrize(
    ("cell", "name", "note"),
    [
        ("丙一（组长）", "丙一", "组长"),
        ("丙一 (组长)(流动)", "丙一", "组长 流动"),
        ("丙一*", "丙一", "*"),
        ("丙一①", "丙一", "①"),
        ("丙一【预备】", "丙一", "预备"),
        ("丙一《老》", "丙一", "老"),
        ("丙一「组长」", "丙一", "组长"),
        ("〖丙一〗", "丙一", "()"),
        ("（流动）丙一", "丙一", "流动"),
        ("丙一 13800000000", "丙一", "13800000000"),
        ("丙一13800000000", "丙一", "13800000000"),
        ("丙一 书记", "丙一", "书记"),
        ("丙一/男", "丙一", "男"),
        ("1.丙一", "丙一", "1."),
        ("丙一\n(组长)", "丙一", "组长"),
        ("张 三", "张三", ""),
        ("Anna  Maria", "Anna Maria", ""),
        ("José García", "José García", ""),
        ("O'Brien", "O'Brien", ""),
        ("买买提·艾力 · 吐尔逊", "买买提·艾力·吐尔逊", ""),
        ("买买提•艾力", "买买提·艾力", ""),
        ("ئەخمەت جان", "ئەخمەت جان", ""),
        ("བཀྲ་ཤིས་ ཚེ་རིང་", "བཀྲ་ཤིས་ ཚེ་རིང་", ""),
        ("王〇", "王〇", ""),
        ("\ue863", "\ue863", ""),
        ("计春华", "计春华", ""),
        ("李(王)氏", "李(王)氏", ""),
    ],
)
def test_names_and_what_stands_around_them(cell: str, name: str, note: str) -> None:
    roster = read_one(["姓名", "支部"], [cell, "一支部"])
    assert [(one.name, one.note) for one in roster.rows] == [(name, note)]
    assert said(roster) == ([("A2", "cell_note")] if note else [])
    assert not any("13800000000" in one for one in every_sentence(roster))


def test_a_note_that_is_a_standing_a_kind_or_a_gender_counts() -> None:
    roster = read_one(
        ["姓名", "支部"],
        ["丙一（流动）", "一支部"],
        ["丙二(已去世)", "一支部"],
        ["丙三（预备）", "一支部"],
        ["丙四（女）", "一支部"],
    )
    assert [(one.standing, one.active, one.kind.value, one.gender) for one in roster.rows] == [
        (StandingKind.AWAY, True, "member", ""),
        (None, False, "member", ""),
        (None, True, "probationary_member", ""),
        (None, True, "member", "female"),
    ]


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        (0, "row_name_odd"),
        (12.5, "row_name_odd"),
        (True, "row_name_odd"),
        ("0", "row_name_odd"),
        ("2026-01-01", "row_name_odd"),
        ("#N/A", "row_cell_error"),
        ("#REF!", "row_cell_error"),
        ("=Sheet2!A3", "row_cell_formula"),
        ("丙一、丙二", "row_name_several"),
        ("丙一\n丙二", "row_name_several"),
        ("丙一 丙二 丙三", "row_name_several"),
        ("长" * 61, "row_too_long"),
        ("", "row_no_name"),
        ("无", "row_no_name"),
    ],
)
def test_what_is_nobodys_name_is_said_and_nobody_is_called_so(cell: Cell, key: str) -> None:
    roster = read_one(["姓名", "手机"], [cell, "13800138000"], ["李四", ""])
    assert wrong(roster) == [(2, "A2", key)]
    assert [one.name for one in roster.rows] == ["李四"]


def test_signs_nobody_sees_and_radicals_are_cleaned_and_said() -> None:
    roster = read_one(
        ["\ufeff姓名", "支\u200b部"],
        ["\u200b戊一", "一支部"],
        ["戊二\u200e", "一支部\ufeff"],
        ["⻓⼭", "一支部"],
        ["戊 三", "一支部"],
        ["欧阳 娜娜", "一支部"],
    )
    assert [(one.name, one.branch) for one in roster.rows] == [
        ("戊一", "一支部"),
        ("戊二", "一支部"),
        ("长山", "一支部"),
        ("戊三", "一支部"),
        ("欧阳娜娜", "一支部"),
    ]
    assert said(roster) == [
        ("A2", "cell_unseen"),
        ("A3", "cell_unseen"),
        ("B3", "cell_unseen"),
        ("A4", "cell_unseen"),
        ("A6", "cell_joined"),
    ]


def test_the_branch_above_is_meant_by_ditto_marks() -> None:
    roster = read_one(
        ["姓名", "支部", "党小组"],
        ["张三", "一支部", "第一组"],
        ["李四", "同上", "〃"],
        ["王五", "#REF!", ""],
        ["赵六", "无", ""],
    )
    assert [(one.name, one.branch, one.group) for one in roster.rows] == [
        ("张三", "一支部", "第一组"),
        ("李四", "一支部", "第一组"),
    ]
    assert wrong(roster) == [(4, "B4", "row_cell_error"), (5, "B5", "row_no_branch")]
    assert said(roster)[:2] == [("B3", "cell_as_above"), ("C3", "cell_as_above")]
