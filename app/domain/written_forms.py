"""Normal form of names and numbers: texts a reader cannot tell apart compare as equal.

Names come from spreadsheets, PDFs, other programs and keyboards. What a reader cannot see
(zero-width signs, direction marks, variation selectors) or cannot tell apart (full-width
letters, radicals in place of the whole sign, the dots inside a long name) must not make two
people of one. Both sides compare and search by these forms; what was written is kept for
showing. The forms are never stored in facts, so a better form needs no migration of the record.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_DOTS = "\u2022\u2027\u2219\u22c5\u30fb\uff65\u0387\u16eb"  # all read as U+00B7, the name's dot
_WHOLE_SIGNS = re.compile("[\u4e00-\u9fff]+")
"""Nothing to settle in them: nearly every name, and an index is made of 35,000."""
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"
_UNSEEN = frozenset({"Cf", "Cc", "Cs"})
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x180F))
_FILLERS = frozenset("\u3164\u115f\u1160\uffa0\u2800\u034f")

# Unicode's "equivalent unified ideograph" of the signs U+2E80–U+2EF3. NFKC already replaces
# the block U+2F00–U+2FD5 but only two signs of this one. The last three are of that block:
# NFKC gives the old shapes 戶, 靑 and 黃, while PDFs mean what their readers see.
_RADICALS = {
    "⺁": "厂",
    "⺂": "乛",
    "⺃": "乚",
    "⺄": "乙",
    "⺅": "亻",
    "⺆": "冂",
    "⺈": "刀",
    "⺉": "刂",
    "⺊": "卜",
    "⺌": "小",
    "⺍": "小",
    "⺎": "兀",
    "⺏": "尣",
    "⺐": "尢",
    "⺑": "尣",
    "⺒": "巳",
    "⺓": "幺",
    "⺔": "彑",
    "⺖": "忄",
    "⺘": "扌",
    "⺙": "攵",
    "⺛": "旡",
    "⺜": "日",
    "⺝": "月",
    "⺞": "歺",
    "⺟": "母",
    "⺠": "民",
    "⺡": "氵",
    "⺢": "氺",
    "⺣": "灬",
    "⺤": "爫",
    "⺥": "爫",
    "⺦": "丬",
    "⺧": "牛",
    "⺨": "犭",
    "⺩": "王",
    "⺪": "疋",
    "⺫": "目",
    "⺬": "示",
    "⺭": "礻",
    "⺮": "竹",
    "⺯": "糹",
    "⺰": "纟",
    "⺱": "罓",
    "⺲": "罒",
    "⺴": "冈",
    "⺶": "羊",
    "⺷": "羊",
    "⺸": "羊",
    "⺹": "耂",
    "⺺": "肀",
    "⺻": "聿",
    "⺼": "肉",
    "⺽": "臼",
    "⺾": "艹",
    "⺿": "艹",
    "⻀": "艹",
    "⻁": "虎",
    "⻂": "衤",
    "⻃": "覀",
    "⻄": "西",
    "⻅": "见",
    "⻆": "角",
    "⻇": "角",
    "⻈": "讠",
    "⻉": "贝",
    "⻊": "足",
    "⻋": "车",
    "⻌": "辶",
    "⻍": "辶",
    "⻎": "辶",
    "⻏": "邑",
    "⻐": "钅",
    "⻑": "長",
    "⻒": "镸",
    "⻓": "长",
    "⻔": "门",
    "⻕": "阜",
    "⻖": "阝",
    "⻗": "雨",
    "⻘": "青",
    "⻙": "韦",
    "⻚": "页",
    "⻛": "风",
    "⻜": "飞",
    "⻝": "食",
    "⻞": "飠",
    "⻟": "飠",
    "⻠": "饣",
    "⻡": "首",
    "⻢": "马",
    "⻣": "骨",
    "⻤": "鬼",
    "⻥": "鱼",
    "⻦": "鸟",
    "⻧": "卤",
    "⻨": "麦",
    "⻩": "黄",
    "⻪": "黾",
    "⻫": "斉",
    "⻬": "齐",
    "⻭": "歯",
    "⻮": "齿",
    "⻯": "竜",
    "⻰": "龙",
    "⻱": "龟",
    "⻲": "亀",
    "⻳": "龟",
    "\u2f3e": "户",
    "\u2fad": "青",
    "\u2fc8": "黄",
}
_PLAIN = str.maketrans(
    {
        **_RADICALS,
        **dict.fromkeys(_DOTS, "\u00b7"),
        **dict.fromkeys(_DASHES, "-"),
        "\u25cb": "\u3007",  # a circle typed for the zero of names such as 王〇
        "\u25ef": "\u3007",
    }
)


def _is_unseen(sign: str) -> bool:
    if sign in _FILLERS or any(ord(sign) in block for block in _SELECTORS):
        return True
    return not sign.isspace() and unicodedata.category(sign) in _UNSEEN


def shown_form(text: str) -> str:
    """``text`` as it is kept and shown: one sign for what looks alike, nothing unseen in it.

    Full-width letters become plain (NFKC), a radical becomes the whole sign, signs nobody sees
    go, white space becomes single blanks. Letter case and notes stay.
    """
    return _settled(text, _shown)


def match_form(text: str) -> str:
    """Equal for two texts that a reader takes for the same name or word; not for showing.

    Letter case, all white space and the dots inside long names do not count.
    """
    return _settled(text, _matched)


def code_form(text: str) -> str:
    """A card's or member's number for comparing: no blanks, capitals. Leading zeros stay."""
    return _settled(text, _code)


def code_without_zeros(text: str) -> str:
    """``code_form`` without leading zeros, which spreadsheets lose; at least one sign stays.

    Only a number of digits alone loses zeros: "007A" is no number a spreadsheet would change.
    """
    form = code_form(text)
    if not (form.isascii() and form.isdigit()):
        return form
    return form.lstrip("0") or "0"


def _shown(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
    return " ".join("".join(sign for sign in plain if not _is_unseen(sign)).split())


def _matched(text: str) -> str:
    return _shown(text).replace(" ", "").replace("\u00b7", "").replace(".", "").casefold()


def _code(text: str) -> str:
    return _shown(text).replace(" ", "").upper()


def _settled(text: str, step: Callable[[str], str]) -> str:
    """Taking signs out lets others combine, so a step is repeated until nothing changes."""
    if _WHOLE_SIGNS.fullmatch(text):
        return text
    while (form := step(text)) != text:
        text = form
    return form
