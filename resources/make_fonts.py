"""Makes the bundled Han font from Noto Sans CJK SC, so that every site and print looks alike.

    apt install fonts-noto-cjk
    python -m resources.make_fonts

Kept are GB 2312, the national table of 8105 signs (``fonts/signs.txt`` holds what GB 2312 lacks),
more signs that names in use have, every sign in this repository's own texts, Latin, digits,
punctuation, the marks the screens draw, and traditional signs of Big5 as far as they fit. A rarer
sign falls back to the system's fonts. The family is renamed so that it can't be taken for an
installed Noto; the licence stays the SIL OFL 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

# The library declares hardly any types.
subset: Any = import_module("fontTools.subset")
ttlib: Any = import_module("fontTools.ttLib")

SOURCE = Path("/usr/share/fonts/opentype/noto")
FACE = "Noto Sans CJK SC"
REPO = Path(__file__).resolve().parent.parent
HERE = REPO / "resources" / "fonts"
FAMILY = "Yuanjiao Sans"
CEILING_BYTES = 4_500_000
BIG5_ROWS = range(0xA4, 0xC0)  # all 35 rows would pass the ceiling
NAME_SIGNS = (
    "喆堃昇淼垚犇骉祎翀旻昳玥珺琬瑄璟璠烨焜煊炜熠燚赟暐暾晞昉頔颋婳媖嫒嫄姝娣妤妘芃芮茜荭莨菲葳蕤薇苡茉鑫锴镕钰铄锳铭钊"
    "钧鋆䶮㛃𬭛𠮷㐱㑇㕙㛹䒟䓖䓛䜣䥽䨱"
    "鄧鄭謝鍾韓魏羅譚關蘇蕭薛龔顧嚴盧錢龍龐鐘齊聶藍豐簡霍戴鄺鄒賴駱鮑閻樊駿麗蘭鳳龜寶鐵"
)
MARKS = "·•—…✓△▲▼○●◎□■◇×÷±→←↑↓↗↘▶★☆『』「」《》〈〉“”‘’、。，！？：；（）％＋－／＝～￥°℃㎡№"
# Noto lacks these marks; they are drawn with the sign of the same meaning.
DRAWN_AS = {"✕": "×", "✗": "×", "✔": "✓"}
TEXT_FOLDERS = ("app", "ui", "centre", "resources", "tests", "docs", "media/sample")
TEXT_ENDINGS = (".py", ".toml", ".json", ".md", ".html", ".js", ".css", ".srt")
BEYOND_ASCII = re.compile("[\u2000-\U0003ffff]")


def main() -> None:
    """Write both weights with one and the same set of signs; refuses one over the ceiling."""
    signs = wanted()
    for weight in ("Regular", "Bold"):
        font = _cut(weight, signs)
        _rename(font, weight)
        target = HERE / f"YuanjiaoSans-{weight}.otf"
        font.save(str(target))
        print(target.name, target.stat().st_size, len(font.getBestCmap()))
        if target.stat().st_size > CEILING_BYTES:
            raise SystemExit(f"{target.name} is over {CEILING_BYTES} bytes: leave signs out")


def wanted() -> set[int]:
    """Code points to keep."""
    kept = set(range(0x20, 0x180)) | set(range(0x2160, 0x216C)) | set(range(0x2460, 0x2474))
    kept |= set(range(0x3000, 0x3020)) | set(range(0xFF01, 0xFF5F))
    kept |= {ord(sign) for sign in NAME_SIGNS + MARKS}
    kept |= set(_coded("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)))
    kept |= set(_coded("big5", BIG5_ROWS, (*range(0x40, 0x7F), *range(0xA1, 0xFF))))
    listed = (HERE / "signs.txt").read_text(encoding="utf-8").splitlines()
    for line in listed:
        if not line.startswith("#"):
            kept.update(map(ord, line))
    for folder in TEXT_FOLDERS:
        for path in sorted((REPO / folder).rglob("*")):
            if path.suffix in TEXT_ENDINGS:
                kept.update(map(ord, BEYOND_ASCII.findall(path.read_text(encoding="utf-8"))))
    return kept


def _coded(coding: str, rows: Iterable[int], cells: Iterable[int]) -> list[int]:
    columns = list(cells)
    decoded = (bytes((row, cell)).decode(coding, "ignore") for row in rows for cell in columns)
    return [ord(sign) for sign in decoded if len(sign) == 1]


def _cut(weight: str, signs: set[int]) -> Any:
    font = _simplified(ttlib.TTCollection(str(SOURCE / f"NotoSansCJK-{weight}.ttc")))
    options = subset.Options(
        layout_features=["kern", "palt", "locl", "tnum", "vert"],
        name_IDs=["*"],
        hinting=False,
        desubroutinize=False,
        notdef_outline=True,
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=signs)
    cutter.subset(font)
    for table in font["cmap"].tables:
        for drawn, as_sign in DRAWN_AS.items():
            if table.isUnicode() and ord(as_sign) in table.cmap:
                table.cmap[ord(drawn)] = table.cmap[ord(as_sign)]
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    return font


def _simplified(collection: Any) -> Any:
    for font in collection.fonts:
        if str(font["name"].getDebugName(4)).replace(" Bold", "") == FACE:
            return font
    raise SystemExit("no simplified Chinese font in the collection")


def _rename(font: Any, weight: str) -> None:
    names = font["name"]
    for record in list(names.names):
        if record.nameID in (1, 2, 3, 4, 6, 16, 17, 21, 22):
            names.removeNames(nameID=record.nameID)
    plain = FAMILY.replace(" ", "")
    for identity, text in (
        (1, FAMILY),
        (2, weight),
        (3, f"{plain}-{weight}"),
        (4, f"{FAMILY} {weight}"),
        (6, f"{plain}-{weight}"),
    ):
        names.setName(text, identity, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [f"{plain}-{weight}"]
    top.topDictIndex[0].FullName = f"{FAMILY} {weight}"
    top.topDictIndex[0].FamilyName = FAMILY


if __name__ == "__main__":
    main()
