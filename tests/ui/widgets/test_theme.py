"""The palette's contrasts, the floors of touch, and the stylesheet of the three sizes."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QImage
from PySide6.QtWidgets import QApplication

from ui.theme import icons, look, tokens
from ui.theme.build_qss import build_qss
from ui.theme.tokens import InterfaceSize, contrast, first_size, touch_floors

MEASURED = (
    (tokens.INK, tokens.PAPER, 15.1, 6.1, 11.6),
    (tokens.MOON, tokens.NIGHT, 15.9, 6.0, 11.9),
    (tokens.INK, tokens.AMBER_TINT, 13.3, 5.4, 10.2),
    (tokens.CARD, tokens.INDIGO, 9.1, 5.0, 7.8),
    (tokens.CARD, tokens.PINE, 8.2, 4.8, 7.2),
    (tokens.PINE, tokens.PAPER, 7.7, 4.5, 6.8),
    (tokens.INK, tokens.PINE_TINT, 13.0, 5.3, 10.1),
    (tokens.INK2, tokens.PAPER, 7.9, 4.6, 6.9),
    (tokens.CARD, tokens.CINNABAR, 7.4, 4.5, 6.5),
    (tokens.JADE, tokens.NIGHT, 10.0, 4.0, 7.6),
)


@pytest.mark.parametrize(("one", "other", "plain", "daylit", "dim"), MEASURED)
def test_contrasts_are_those_that_were_measured(
    one: str, other: str, plain: float, daylit: float, dim: float
) -> None:
    assert contrast(one, other) == pytest.approx(plain, abs=0.06)
    assert contrast(one, other, 7) == pytest.approx(daylit, abs=0.06)
    assert contrast(one, other, 15) == pytest.approx(dim, abs=0.06)


@pytest.mark.parametrize(("text", "ground"), tokens.EVERYWHERE)
def test_what_may_stand_everywhere_is_readable_on_a_daylit_projector(
    text: str, ground: str
) -> None:
    assert round(contrast(text, ground, 7), 1) >= 4.5


def test_borders_of_controls_can_be_seen() -> None:
    assert contrast(tokens.LINE, tokens.CARD) >= 3
    assert contrast(tokens.LINE, tokens.PAPER) >= 3


def test_fingers_get_sixteen_millimetres_when_the_panel_tells_its_pitch() -> None:
    floors = touch_floors(0.18)
    assert floors.tile * 0.18 >= 16
    assert floors.key * 0.18 >= 20
    assert floors.gap * 0.18 >= 5


@pytest.mark.parametrize("nonsense", [0.0, 0.01, 1.6, 12.0])
def test_a_pitch_that_cannot_be_true_gives_the_px_floors(nonsense: float) -> None:
    floors = touch_floors(nonsense)
    assert (floors.tile, floors.key, floors.gap) == (96, 112, 20)
    assert first_size(nonsense) is InterfaceSize.LARGE


@pytest.mark.parametrize(
    ("width", "lines", "offered"),
    [(0, 0, 3), (1366, 768, 2), (1600, 900, 3), (1920, 1080, 3), (2560, 1440, 3), (800, 600, 1)],
)
def test_the_sizes_that_can_be_told_apart_go_round(
    qapp: QApplication, width: int, lines: int, offered: int
) -> None:
    size = InterfaceSize.STANDARD
    seen, factors = [], []
    for _ in range(offered + 1):
        look.apply_look(qapp, size, width=width, lines=lines)
        seen.append(look.size_shown())
        factors.append(look.factor())
        size = look.following_size()
    assert seen == [*tuple(InterfaceSize)[:offered], InterfaceSize.STANDARD]
    steps = [b / a for a, b in pairwise(factors[:offered])]
    assert all(step >= 1.05 for step in steps), "a choice that does nothing is not offered"
    look.apply_look(qapp, InterfaceSize.LARGEST, width=width, lines=lines)
    assert look.size_shown() is look.sizes_offered()[-1]


@pytest.mark.parametrize(
    ("width", "lines", "factor"), [(1366, 768, 1.0), (1920, 1080, 1.15), (2560, 1440, 1.3)]
)
def test_what_is_written_grows_with_the_window(width: int, lines: int, factor: float) -> None:
    assert InterfaceSize.STANDARD.factor_on(width, lines) == factor
    for size in InterfaceSize:
        grown = size.factor_on(width, lines)
        assert width / grown >= 1092
        assert lines / grown >= 614, "the pages find their place in so many design px"


@pytest.mark.parametrize("size", list(InterfaceSize))
def test_no_font_of_the_stylesheet_is_below_the_floor(size: InterfaceSize) -> None:
    sheet = build_qss(size.factor)
    fonts = [int(px) for px in re.findall(r"font-size: (\d+)px", sheet)]
    assert "$" not in sheet
    assert min(fonts) >= round(18 * size.factor)


def test_the_stylesheet_spells_no_colour_of_its_own() -> None:
    known = {value for value in vars(tokens).values() if isinstance(value, str)}
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", build_qss(1.0))) <= known


@pytest.mark.parametrize("name", icons.icon_names())
def test_every_icon_can_be_drawn(name: str) -> None:
    picture = icons.pixmap(name, tokens.CINNABAR, 32).toImage()
    assert _opaque(picture), name


def test_icons_wear_the_colour_that_is_asked_for() -> None:
    picture = icons.pixmap("stop", tokens.PINE, 32).toImage()
    assert picture.pixelColor(picture.width() // 2, picture.height() // 2) == QColor(tokens.PINE)


def test_a_han_face_is_found(qapp: object) -> None:
    families = look.font(20).families()
    assert families
    systems = QFontDatabase.WritingSystem.SimplifiedChinese
    assert families[0] in QFontDatabase.families(systems)


def _opaque(picture: QImage) -> bool:
    return any(
        picture.pixelColor(x, y).alpha() > 200
        for x in range(picture.width())
        for y in range(picture.height())
    )
