"""The faces of the screens: the bundled ones if they ship, else the best of the machine."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from ui.theme.files import resource

FALLBACKS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "SimSun",
)
"""In this order; the rest of the machine's faces fill in rare signs by themselves."""


def load_fonts() -> tuple[str, ...]:
    """Register the shipped fonts and answer all families to use, best first. Call once."""
    families: list[str] = []
    folder = resource("fonts")
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in {".otf", ".ttf", ".ttc"}:
                number = QFontDatabase.addApplicationFont(str(path))
                families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    here = set(QFontDatabase.families())
    families += [family for family in FALLBACKS if family in here]
    return tuple(dict.fromkeys(families))


def face(families: tuple[str, ...], px: float, weight: int = 400) -> QFont:
    """A font of ``px`` logical pixels and a weight of 400, 600 or 700."""
    # A copy shares what the first one has looked up, until somebody changes it.
    return QFont(_face(families, max(round(px), 1), weight))


@lru_cache(maxsize=512)
def _face(families: tuple[str, ...], px: int, weight: int) -> QFont:
    font = QFont()
    if families:
        font.setFamilies(list(families))
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
