"""Finding people by how they are called: every reading of every surname, few letters, digits."""

from __future__ import annotations

import random
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import PersonId
from app.names.index import Entry, NameIndex
from app.names.readings import search_keys
from app.names.surnames import COMPOUND, surname_of

POLYPHONES: dict[str, str] = {
    "单": "shan dan", "仇": "qiu chou", "曾": "zeng ceng", "解": "xie jie", "翟": "zhai di",
    "覃": "qin tan", "区": "ou qu", "盖": "ge gai", "查": "zha cha", "任": "ren",
    "华": "hua", "朴": "piao pu", "燕": "yan", "葛": "ge", "纪": "ji",
    "乐": "yue le", "员": "yun yuan", "缪": "miao", "种": "chong zhong", "逄": "pang",
    "繁": "po fan", "冼": "xian", "洗": "xian", "秘": "bi mi", "牟": "mu mou",
    "黑": "he hei", "折": "she zhe", "召": "shao zhao", "隗": "wei kui", "过": "guo",
    "哈": "ha", "那": "na", "柏": "bai bo", "薄": "bo bao", "车": "che",
    "谌": "chen shen", "郗": "xi chi", "宓": "mi fu", "宁": "ning", "祭": "zhai ji",
    "费": "fei bi", "能": "nai neng", "都": "du dou", "行": "xing hang", "相": "xiang",
    "强": "qiang jiang", "应": "ying", "么": "yao", "乜": "nie", "盛": "sheng cheng",
    "宿": "su xiu", "莘": "shen xin", "重": "chong zhong", "藏": "zang cang", "尉": "wei",
    "石": "shi", "卜": "bu", "长": "chang zhang", "句": "gou ju", "呙": "guo",
}  # fmt: skip

COMPOUND_READINGS: dict[str, str] = {
    "欧阳": "ouyang", "上官": "shangguan", "司马": "sima", "诸葛": "zhuge", "尉迟": "yuchi",
    "长孙": "zhangsun", "万俟": "moqi", "单于": "chanyu", "澹台": "tantai", "令狐": "linghu",
    "皇甫": "huangfu", "慕容": "murong", "宇文": "yuwen", "鲜于": "xianyu", "端木": "duanmu",
    "呼延": "huyan", "百里": "baili", "钟离": "zhongli", "濮阳": "puyang", "南宫": "nangong",
}  # fmt: skip

GIVEN = ("建国", "桂英", "长乐", "行重", "平")


def index_of(*names: str) -> NameIndex:
    """An index over people whose ids are their places."""
    return NameIndex(
        Entry(PersonId(str(place)), name, search_keys(name), f"{place:04d}")
        for place, name in enumerate(names)
    )


def test_there_are_enough_surnames_to_speak_of_all() -> None:
    assert len(POLYPHONES) >= 51


@pytest.mark.parametrize("surname", POLYPHONES)
def test_a_polyphonic_surname_is_found_by_every_reading(surname: str) -> None:
    endings = {"建国": "jianguo", "桂英": "guiying", "平": "ping"}
    for reading, (given_name, letters) in product(POLYPHONES[surname].split(), endings.items()):
        index = index_of(surname + given_name)
        initials = reading[0] + ("p" if letters == "ping" else letters[0] + "gy"[letters[0] == "g"])
        for asked in (reading, reading + letters, initials, f"{reading} {letters}".upper()):
            assert index.search(asked) == ("0",), (surname + given_name, asked)


@pytest.mark.parametrize(("surname", "letters"), COMPOUND_READINGS.items())
def test_a_compound_surname_is_found_whole_and_by_its_initials(surname: str, letters: str) -> None:
    assert surname in COMPOUND
    assert surname_of(surname + "春梅") == surname
    index = index_of(surname + "春梅")
    assert index.search(letters) == ("0",)
    assert index.search(letters + "chunmei") == ("0",)
    assert index.search(surname) == ("0",)
    assert index.search("春梅") == ("0",)


@pytest.mark.parametrize("surname", ["单", "曾", "尉迟", "乐", "长孙"])
def test_every_reading_is_found_however_polyphonic_the_given_name_is(surname: str) -> None:
    readings = (POLYPHONES | COMPOUND_READINGS)[surname].split()
    for rest in ("和乐重行", "着长和差"):
        index = index_of(surname + rest)
        for reading in readings:
            assert index.search(reading) == ("0",), (surname + rest, reading)


def test_two_signs_that_only_look_like_a_compound_surname_are_a_surname_and_a_name() -> None:
    assert surname_of("东方") == "东"
    assert surname_of("陈东方") == "陈"
    assert surname_of("") == ""


@pytest.mark.parametrize(
    "asked", ["mmt", "maimaiti", "mmttex", "MMTTEX", "买买提", "吐尔逊", "买买提·吐", "tuerxun"]
)
def test_a_name_with_a_middle_dot_is_found_by_either_part(asked: str) -> None:
    assert index_of("买买提·吐尔逊", "阿依古丽").search(asked) == ("0",)


def test_letters_of_a_foreign_name_and_rare_signs_do_no_harm() -> None:
    index = index_of("Anna Müller", "𬭛建国", "㛃英")
    assert index.search("anna") == ("0",)
    assert index.search("𬭛") == ("1",)
    assert index.search("㛃英") == ("2",)


def test_digits_are_the_end_of_a_phone_number_whole_before_partial() -> None:
    index = NameIndex(
        Entry(PersonId(name), name, search_keys(name), tail)
        for name, tail in (("陈平", "1621"), ("李平", "6217"), ("王平", ""), ("赵平", "0062"))
    )
    assert index.search("6217") == ("李平",)
    assert index.search("62") == ("李平", "赵平", "陈平")
    assert index.search("9") == ()


def test_what_begins_so_stands_before_what_only_contains_it() -> None:
    index = index_of("李王平", "王平", "欧阳王")
    assert index.search("王")[0] == "1"
    assert set(index.search("王")) == {"0", "1", "2"}
    assert index.search("wp")[0] == "1"


def test_nothing_asked_finds_nobody_and_the_limit_holds() -> None:
    index = index_of(*(f"陈{chr(0x4E00 + place)}" for place in range(50)))
    assert len(index) == 50
    for nothing in ("", "  ", "\x01", "\n"):
        assert index.search(nothing) == ()
    assert len(index.search("c")) == 20
    assert len(index.search("陈", limit=7)) == 7
    assert len(set(index.search("c", limit=50))) == 50


def test_an_index_of_nobody_finds_nobody() -> None:
    assert NameIndex(()).search("a") == ()


@given(st.text(max_size=12))
def test_no_question_breaks_the_index(asked: str) -> None:
    index = index_of("陈桂英", "买买提·吐尔逊", "Anna")
    assert set(index.search(asked)) <= {"0", "1", "2"}


SURNAMES = "陈 李 王 张 刘"
FIRST = [
    "建",
    "国",
    "志",
    "明",
    "秀",
    "桂",
    "金",
    "德",
    "福",
    "长",
    "玉",
    "春",
    "文",
    "海",
    "学",
    "永",
    "光",
    "小",
    "大",
    "新",
]
SECOND = [
    "国",
    "英",
    "平",
    "兰",
    "强",
    "山",
    "生",
    "顺",
    "华",
    "芳",
    "军",
    "民",
    "德",
    "林",
    "红",
    "珍",
    "梅",
    "才",
    "贵",
    "祥",
    "云",
    "勇",
    "霞",
    "龙",
    "凤",
]


def test_three_letters_leave_at_most_six_people_in_a_clan_village() -> None:
    """180 people, two thirds of them of one clan, as villages are."""
    crowded = asked = 0
    for seed in range(5):
        chance = random.Random(seed)
        names = [
            chance.choice(["陈"] * 8 + SURNAMES.split())
            + chance.choice(FIRST)
            + (chance.choice(SECOND) if chance.random() < 0.85 else "")
            for _ in range(180)
        ]
        index = index_of(*names)
        for name in names:
            if len(name) != 3:
                continue
            initials = search_keys(name).split(" ")[0]
            found = index.search(initials)
            asked += 1
            crowded += len(found) > 6
            assert any(names[int(place)] == name for place in found), (name, initials)
    print(f"{crowded} of {asked} questions of three letters found more than six")
    assert crowded / asked <= 0.01


def test_keys_are_few_and_never_double() -> None:
    for name in ("陈桂英", "买买提·吐尔逊·阿不都热合曼", "和乐重行着长"):
        keys = search_keys(name).split(" ")
        assert max(Counter(keys).values()) == 1
        assert len(keys) < 300
