"""Names and sentences are never cut: they wrap, then shrink."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from ui.theme import look
from ui.widgets.fit.text import Setting, even_lines, fit
from ui.widgets.tiles.name_tile import NameTile, TileState
from ui.widgets.tiles.wall import MOST_TILES, TileWall, WallArea, WallTile, best_grid

NAMES = [
    "陈平",
    "王建国",
    "欧阳秀兰",
    "尉迟恭敬",
    "买买提·吐尔逊",
    "阿依古丽·阿不都热合曼",
    "𬭛",
    "㛃䶮",
    "𬭛㛃䶮",
    "阿不都热合曼·吐尔逊江·买买",
    "那仁格日勒·巴特尔·苏和巴特",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("state", [TileState.NONE, TileState.ARRIVED, TileState.LEAVE])
@pytest.mark.parametrize("note", ["", "二组，1955 年生"])
def test_no_name_is_cut_or_elided_on_a_tile(
    qtbot: QtBot, name: str, state: TileState, note: str
) -> None:
    tile = NameTile(name, note, state, name_px=44)
    qtbot.addWidget(tile)
    tile.resize(200, 100)
    fitted, fitted_note = tile.fitted()
    assert fitted.whole
    assert "".join(fitted.lines) == name
    assert len(fitted.lines) <= 2
    assert fitted_note is None or fitted_note.whole


@pytest.mark.parametrize("name", NAMES)
def test_lines_stay_inside_the_width(qapp: object, name: str) -> None:
    fitted = fit(name, 170, 90, Setting(44, 600, 2, 1.16))
    metrics = QFontMetricsF(look.font(fitted.px, 600))
    assert all(metrics.horizontalAdvance(line) <= 170 for line in fitted.lines)
    assert fitted.line_px * len(fitted.lines) <= 91


def test_a_name_of_two_parts_is_broken_at_its_dot(qapp: object) -> None:
    assert fit("买买提·吐尔逊", 220, 150, Setting(60, 600, 2, 1.1)).lines == ("买买提·", "吐尔逊")


def test_a_sentence_is_broken_after_its_comma(qapp: object) -> None:
    lines = even_lines("今天讲的内容，和我们村的哪件事最有关系？", 18)
    assert lines == ("今天讲的内容，", "和我们村的哪件事最有关系？")


def test_a_time_is_never_broken(qapp: object) -> None:
    for width in range(120, 700, 9):
        fitted = fit("您 20:00 已经签过了", width, 400, Setting(60, 600, 3, 1.2))
        assert any("20:00" in line for line in fitted.lines)


def test_a_line_never_begins_with_a_closing_mark(qapp: object) -> None:
    for width in range(60, 400, 7):
        fitted = fit("没找到，请看看。再输一次，好吗？", width, 4000, Setting(40, 400, 20))
        assert not any(line[0] in "，。？" for line in fitted.lines)


@pytest.mark.parametrize("count", [1, 3, 7, 18, 42, 112])
@pytest.mark.parametrize("size", [(1840, 740), (1300, 520), (1200, 540), (420, 600)])
def test_walls_keep_the_touch_floor_and_the_page_limit(count: int, size: tuple[int, int]) -> None:
    room = WallArea(*size, tile=96, gap=20)
    grid = best_grid(count, room, 132, 36)
    wide = (room.width - room.gap * (grid.columns - 1)) / grid.columns
    high = (room.height - room.gap * (grid.rows - 1)) / grid.rows
    assert grid.capacity <= MOST_TILES
    assert wide >= 96
    assert high >= 96


def test_forty_two_names_stand_on_one_page_of_a_large_screen() -> None:
    assert best_grid(42, WallArea(1840, 740, 89, 20), 132, 40).capacity == 42


def test_tiles_do_not_move_when_somebody_signs_in(qtbot: QtBot) -> None:
    wall = TileWall()
    qtbot.addWidget(wall)
    wall.resize(1200, 500)
    wall.measure(96, 20, 100, 36)
    before = tuple(WallTile(f"p{n}", f"陈平{n}") for n in range(60))
    wall.show_tiles(before)
    wall.turn(1)
    places = {tile.name: tile.geometry() for tile in wall.tiles if not tile.isHidden()}
    after = tuple(
        WallTile(one.key, one.name, "", TileState.ARRIVED if n == 50 else TileState.NONE)
        for n, one in enumerate(before)
    )
    wall.show_tiles(after)
    assert wall.page == 1
    assert {t.name: t.geometry() for t in wall.tiles if not t.isHidden()} == places


def test_all_pages_together_show_everybody_once(qtbot: QtBot) -> None:
    wall = TileWall()
    qtbot.addWidget(wall)
    wall.resize(1200, 500)
    wall.show_tiles(tuple(WallTile(f"p{n}", f"陈平{n}") for n in range(112)))
    seen: list[str] = []
    for _ in range(wall.pages):
        seen += [tile.name for tile in wall.tiles if not tile.isHidden()]
        wall.turn(1)
    assert seen == [f"陈平{n}" for n in range(112)]
    assert wall.pages > 1
