"""Makes the bundled Han font from Noto Sans CJK SC, so that every site looks alike.

    apt install fonts-noto-cjk
    python -m resources.make_fonts

Kept are all signs of GB 2312, Latin, digits, punctuation and the marks the screens draw, plus
signs that names in use have outside of it. A rarer sign falls back to the system's fonts.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto")
HERE = Path(__file__).resolve().parent / "fonts"
FAMILY = "Yuanjiao Sans"
NAME_SIGNS = "喆堃昇淼垚犇骉祎翀旻昳玥珺琬瑄璟璠烨焜煊炜熠燚赟暐暾晞昉頔颋婳媖嫒嫄姝娣妤妘芃芮茜荭莨菲葳蕤薇苡茉鑫锴镕钰铄锳铭钊钧鋆䶮㛃"
MARKS = "·•—…✓✕✗△○×→←↑↓▶⏸●■□「」『』《》〈〉“”‘’、。，！？：；（）％＋－／＝～￥°㎡"


def main() -> None:
    """Write both weights."""
    HERE.mkdir(parents=True, exist_ok=True)
    for weight in ("Regular", "Bold"):
        font = _simplified(TTCollection(str(SOURCE / f"NotoSansCJK-{weight}.ttc")))
        _cut(font)
        _rename(font, weight)
        target = HERE / f"YuanjiaoSans-{weight}.otf"
        font.save(str(target))
        print(target.name, target.stat().st_size)


def wanted() -> set[int]:
    """Code points to keep."""
    kept = {ord(sign) for sign in NAME_SIGNS + MARKS} | set(range(0x20, 0x17F))
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                kept.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return kept


def _simplified(collection: TTCollection) -> TTFont:
    for font in collection.fonts:
        if "SC" in str(font["name"].getDebugName(4)) and "Mono" not in str(
            font["name"].getDebugName(4)
        ):
            return font
    raise SystemExit("no simplified Chinese font in the collection")


def _cut(font: TTFont) -> None:
    options = subset.Options(
        layout_features=["kern", "palt", "locl", "tnum", "vert"],
        name_IDs=["*"],
        hinting=False,
        desubroutinize=False,
        notdef_outline=True,
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted())
    cutter.subset(font)


def _rename(font: TTFont, weight: str) -> None:
    names = font["name"]
    for record in list(names.names):
        if record.nameID in (1, 3, 4, 6, 16, 17, 21, 22):
            names.removeNames(nameID=record.nameID)
    plain = FAMILY.replace(" ", "")
    for identity, text in (
        (1, FAMILY), (2, weight), (3, f"{plain}-{weight}"), (4, f"{FAMILY} {weight}"), (6, f"{plain}-{weight}"),
    ):  # fmt: skip
        names.setName(text, identity, 3, 1, 0x409)


if __name__ == "__main__":
    main()
