"""Which part of a page the room sees: read down in steps, nothing left out, never larger than its screen."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.ui.handouts.pdfs import pdf, written
from tests.ui.handouts.test_showing import Shown, shown
from ui.audience.distance import least_px
from ui.handouts.parts import WHOLE, ZOOMS, parts_of
from ui.handouts.pdf_worker_client import PdfWorkerClient
from ui.input.shortcuts import Shortcut

__all__ = ["shown"]
A4 = (595.0, 842.0)
BOX = "0 0 595 842"
SLIDE = (960.0, 540.0)
SCREEN = (1728, 972)


def test_a_page_that_stands_is_seen_in_thirds_as_wide_as_the_screen() -> None:
    parts = parts_of(*A4, *SCREEN, 1.0)
    assert len(parts) == 3
    assert {one.width for one in parts} == {SCREEN[0]}
    assert parts[0].top == 0
    assert parts[-1].top + parts[-1].height == parts[-1].full_height
    for before, after in pairwise(parts):
        assert before.top < after.top < before.top + before.height, "a little stays in sight"
    twelve_points = 12 / A4[1] * parts[0].full_height * 1080 / SCREEN[1]
    assert twelve_points >= 36, "three times what the whole page had"
    assert twelve_points * 2 > least_px(6, 1.0), "and at twice the size it is read in the last row"


def test_a_page_that_lies_is_not_cut() -> None:
    for size in (SLIDE, (720.0, 540.0)):
        assert len(parts_of(*size, *SCREEN, 1.0)) == 1


@pytest.mark.parametrize("zoom", [WHOLE, *ZOOMS])
@pytest.mark.parametrize("page", [A4, SLIDE, (100.0, 4_000.0), (4_000.0, 90.0), (1.0, 1.0)])
@pytest.mark.parametrize("screen", [SCREEN, (922, 691), (2268, 972)])
def test_every_point_of_a_page_is_in_some_part_and_none_is_larger_than_the_screen(
    page: tuple[float, float], screen: tuple[int, int], zoom: float
) -> None:
    parts = parts_of(*page, *screen, zoom)
    whole = parts[0]
    for across in range(0, whole.full_width, max(whole.full_width // 23, 1)):
        for down in range(0, whole.full_height, max(whole.full_height // 23, 1)):
            assert any(
                one.left <= across < one.left + one.width and one.top <= down < one.top + one.height
                for one in parts
            )
    for one in parts:
        assert one.width <= screen[0]
        assert one.height <= screen[1]


def test_the_far_side_draws_the_part_that_is_asked_for(tmp_path: Path) -> None:
    client = PdfWorkerClient(written(tmp_path, content=pdf(1, box=BOX)))
    client.open()
    first, last = client.draw(0, *SCREEN, 1.0, 0), client.draw(0, *SCREEN, 1.0, -1)
    assert (first.part, first.parts, last.part, last.parts) == (0, 3, 2, 3)
    assert first.seen[1] == 0
    assert last.seen[1] + last.seen[3] == pytest.approx(1)
    assert (first.width, first.height) == SCREEN
    whole = client.draw(0, 360, 360)
    assert (whole.parts, whole.seen) == (1, (0, 0, 1, 1))
    client.close()
    client.clear_away()


def test_page_keys_go_down_a_page_before_they_turn_it_and_back_the_same_way(shown: Shown) -> None:
    control = shown.control
    control.open(written(shown.stick, content=pdf(2, box=BOX)))
    panel = shown.play_page().handouts
    assert panel is not None
    seen = []
    for _ in range(5):
        seen.append((control.state.page, control.state.part))
        panel.act(Shortcut.PAGE_ON)
    assert seen == [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1)]
    assert "第 3 / 3 段" in panel.where.text()
    panel.act(Shortcut.PAGE_ON)
    assert (control.state.page, control.state.part) == (2, 2), "the last part stays"
    for _ in range(3):
        panel.act(Shortcut.PAGE_BACK)
    assert (control.state.page, control.state.part, control.state.parts) == (1, 2, 3)


def test_the_operator_sees_the_page_and_what_of_it_is_shown_and_can_enlarge_it(
    shown: Shown,
) -> None:
    control = shown.control
    control.open(written(shown.stick, content=pdf(1, box=BOX)))
    panel = shown.play_page().handouts
    assert panel is not None
    page = panel.picture.page
    assert page is not None
    assert page.height > page.width
    assert panel.picture.seen[3] == pytest.approx(0.4, abs=0.05)
    panel.zoom.click()
    assert control.state.zoom == 1.5
    assert panel.picture.seen[2] == pytest.approx(1 / 1.5, abs=0.02)
    panel.zoom.click()
    panel.zoom.click()
    assert control.state.zoom == 1.0
    assert control.state.part == 0
