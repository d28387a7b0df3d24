"""PDFs made to hang or to fill a PC: each is given up in time, and the session never notices."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import MediaTrouble
from app.words import say_error
from app.words.codes import code_of
from tests.support.stations import station_at
from tests.ui.handouts.pdfs import endless_page, pdf, swelling_page, written
from tests.ui.handouts.test_showing import SeenByRoom
from tests.ui.operator_driver import stand_at
from ui.handouts.controller import HandoutController
from ui.handouts.pdf_worker import MOST_MEMORY_BYTES, Times
from ui.handouts.pdf_worker_client import PdfWorkerClient
from ui.jobs.runner import JobRunner

SHORT = Times(open_s=8.0, page_s=1.0)


def alive(paper: PdfWorkerClient) -> bool:
    far = paper._far
    return far is not None and far.is_alive()


def test_pages_come_over_the_line_as_they_were_drawn_and_the_stick_may_go(tmp_path: Path) -> None:
    path = written(tmp_path)
    paper = PdfWorkerClient(path)
    paper.open()
    path.unlink()
    assert paper.pages == 3
    sheet = paper.draw(1, 1728, 972)
    assert (sheet.width, sheet.height) == (1296, 972)
    middle = sheet.stride * (sheet.height // 2) + 4 * (sheet.width // 2)
    assert sheet.pixels[middle : middle + 3] == b"\x00\xff\x00"
    paper.close()
    paper.clear_away()
    assert not alive(paper)


def test_a_page_that_never_ends_is_given_up_in_time_and_the_file_can_still_be_used(
    tmp_path: Path,
) -> None:
    paper = PdfWorkerClient(written(tmp_path, content=endless_page()), SHORT)
    paper.open()
    for _ in range(2):
        with pytest.raises(MediaTrouble) as trouble:
            paper.draw(0, 960, 720)
        assert trouble.value.key == "handout.page"
        assert not alive(paper), "what hangs is ended, not left to compute"
    assert "记录不受影响" in say_error(trouble.value)


@pytest.mark.skipif(sys.platform == "win32", reason="children are measured by POSIX")
def test_a_page_that_swells_costs_its_own_process_and_at_most_its_bound(tmp_path: Path) -> None:
    path = written(tmp_path, content=swelling_page())
    assert path.stat().st_size < 500_000
    told = subprocess.run(
        [sys.executable, "-m", "tests.ui.handouts.swelling_child", str(path)],
        check=True,
        capture_output=True,
        timeout=60,
    )
    said, most = json.loads(told.stdout)
    assert said == "handout.page"
    assert 0 < most <= MOST_MEMORY_BYTES


def test_a_page_that_never_ends_ends_by_itself_when_nobody_is_left_to_end_it(
    tmp_path: Path,
) -> None:
    paper = PdfWorkerClient(written(tmp_path, content=endless_page()), SHORT)
    paper.open()
    paper._ask(b"[0, 960, 720]", MediaTrouble("handout.page", page=1))
    far = paper._far
    assert far is not None
    far.join(8)
    assert far.exitcode is not None, "a program that was killed leaves nothing that computes"
    paper.clear_away()


def test_a_far_side_that_is_killed_is_one_sentence_and_the_next_page_begins_anew(
    tmp_path: Path,
) -> None:
    paper = PdfWorkerClient(written(tmp_path))
    paper.open()
    far = paper._far
    assert far is not None
    far.kill()
    far.join()
    with pytest.raises(MediaTrouble) as trouble:
        paper.draw(0, 80, 60)
    assert trouble.value.key == "handout.page"
    assert paper.draw(0, 80, 60).width == 80
    paper.clear_away()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"%PDF-1.7 nonsense", "handout.broken"),
        (pdf(encrypted=True), "handout.locked"),
        (pdf(10_000), "handout.too_many"),
    ],
)
def test_what_is_wrong_with_a_whole_file_is_said_with_its_code(
    tmp_path: Path, content: bytes, key: str
) -> None:
    paper = PdfWorkerClient(written(tmp_path, content=content))
    with pytest.raises(MediaTrouble) as trouble:
        paper.open()
    assert trouble.value.key == key
    assert code_of(key) in say_error(trouble.value)
    assert not alive(paper)


def test_half_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path)
    os.truncate(path, 500_000_000)
    paper = PdfWorkerClient(path)
    with pytest.raises(MediaTrouble) as trouble:
        paper.open()
    assert trouble.value.key == "handout.too_large"
    assert "100 MB" in say_error(trouble.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe in the file system is POSIX's")
def test_a_file_that_never_gives_its_bytes_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "讲义.pdf"
    os.mkfifo(path)
    paper = PdfWorkerClient(path, Times(open_s=1.0))
    with pytest.raises(MediaTrouble) as trouble:
        paper.open()
    assert trouble.value.key == "handout.too_hard"
    assert not alive(paper)


def test_putting_away_a_page_that_never_ends_frees_the_lane_for_the_next_handout(
    tmp_path: Path, qtbot: QtBot
) -> None:
    before = set(multiprocessing.active_children())
    with station_at(tmp_path / "home") as opened:
        stand = stand_at(opened)
        runner = JobRunner()
        control = HandoutController(stand.room, runner, SeenByRoom((960, 720)), lambda: ())
        control.open(written(tmp_path, "坏的", endless_page()))
        qtbot.waitUntil(lambda: control.state.is_open, timeout=20_000)
        assert control._drawing
        control.open(written(tmp_path, "好的", pdf(2)))
        qtbot.waitUntil(lambda: control.state.is_open, timeout=8_000)
        assert (control.state.name, control.state.pages) == ("好的", 2)
        control.close()
        drained = threading.Event()
        runner.draw(drained.set, lambda _none: None, stand.room.tell)
        assert drained.wait(20)
        runner.close()
        stand.close()
    assert set(multiprocessing.active_children()) <= before
