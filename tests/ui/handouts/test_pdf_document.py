"""PDFs of strangers: drawn within bounds, and whatever is wrong with one is one plain sentence."""

from __future__ import annotations

import itertools
import random
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from app.domain.errors import MediaTrouble
from app.words import say_error
from tests.ui.handouts.pdfs import pdf, written
from ui.audience.picture.moments import picture_of
from ui.handouts import pdf_document as drawing
from ui.handouts.limits import MOST_PIXELS
from ui.handouts.pdf_document import PdfDocument
from ui.handouts.stick_search import pdfs_on


def test_pages_are_drawn_in_order_in_their_colours_and_as_large_as_asked(tmp_path: Path) -> None:
    paper = PdfDocument(written(tmp_path))
    assert paper.pages == 3
    for number, colour in enumerate(("#ff0000", "#00ff00", "#0000ff")):
        sheet = paper.draw(number, 1728, 972)
        assert (sheet.width, sheet.height) == (1296, 972)
        middle = picture_of(sheet).pixelColor(sheet.width // 2, sheet.height // 2)
        assert middle == QColor(colour)
    paper.close()


def test_no_page_is_drawn_larger_than_the_bound_however_large_it_says_it_is(
    tmp_path: Path,
) -> None:
    for name, box in (("wide", "0 0 14400 1"), ("huge", "0 0 14400 14400"), ("tiny", "0 0 3 3")):
        paper = PdfDocument(written(tmp_path, name, pdf(1, box=box)))
        sheet = paper.draw(0, 100_000, 100_000)
        assert sheet.width * sheet.height <= MOST_PIXELS * 1.01
        paper.close()


def test_a_page_that_takes_too_long_is_given_up_with_a_sentence(tmp_path: Path) -> None:
    circles = " ".join(
        f"{n % 900} {n % 700} m 900 100 50 700 {n % 800} 300 c s" for n in range(300)
    )
    paper = PdfDocument(written(tmp_path, content=pdf(1, drawn=circles)))
    ticks = itertools.count()
    with pytest.raises(MediaTrouble) as trouble:
        paper.draw(0, 1728, 972, now_s=lambda: float(next(ticks) * 10))
    assert trouble.value.key == "handout.page"
    assert paper.draw(0, 172, 97).width > 0, "with time enough it is drawn"
    paper.close()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "handout.broken"),
        (b"MZ this is a program", "handout.broken"),
        (b"%PDF-1.7\n", "handout.broken"),
        (pdf()[:200], "handout.broken"),
        (pdf(0), "handout.broken"),
    ],
)
def test_a_file_that_is_no_good_is_one_sentence(tmp_path: Path, content: bytes, key: str) -> None:
    with pytest.raises(MediaTrouble) as trouble:
        PdfDocument(written(tmp_path, content=content))
    assert trouble.value.key == key
    assert "记录不受影响" in say_error(trouble.value)


def test_a_file_that_is_gone_or_too_large_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MediaTrouble) as gone:
        PdfDocument(tmp_path / "nothing.pdf")
    assert gone.value.key == "handout.gone"
    monkeypatch.setattr(drawing, "MOST_BYTES", 100)
    with pytest.raises(MediaTrouble) as large:
        PdfDocument(written(tmp_path))
    assert large.value.key == "handout.too_large"


def test_hundreds_of_damaged_files_never_end_the_program(tmp_path: Path) -> None:
    chance = random.Random(4)
    sound = pdf(2)
    for _ in range(400):
        damaged = bytearray(sound)
        for _hit in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            paper = PdfDocument(written(tmp_path, content=bytes(damaged)))
        except MediaTrouble:
            continue
        for number in range(min(paper.pages, 3)):
            with suppress(MediaTrouble):
                paper.draw(number, 80, 60)
        paper.close()


def test_a_handout_stays_open_when_its_stick_is_pulled(tmp_path: Path) -> None:
    path = written(tmp_path)
    paper = PdfDocument(path)
    path.unlink()
    assert paper.draw(2, 80, 60).width == 80
    paper.close()


def test_sticks_list_pdfs_only_not_hidden_ones_and_not_deep(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    written(stick, "果树修剪")
    written(stick / "课件", "防诈骗")
    written(stick / "a" / "b" / "c", "太深")
    written(stick, ".隐藏")
    (stick / "照片.jpg").write_bytes(b"x")
    found = pdfs_on((stick, tmp_path / "no such stick"))
    assert {(one.name, one.folder) for one in found} == {("果树修剪", ""), ("防诈骗", "课件")}
