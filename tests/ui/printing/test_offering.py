"""Printing as a person meets it: a printer, a printer that takes nothing, or none; and grey paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.areas.forms.held import of_view
from app.areas.forms.sheets.session_record import session_record
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.words import say, speak
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import sample_people, station_at
from tests.ui.operator_driver import Stand, stand_at
from ui.printing import keeping, print_or_save
from ui.printing.form_paper import draw_form
from ui.printing.member_cards import draw_member_cards
from ui.printing.output import pdf_of
from ui.printing.paper import Paper
from ui.theme import look


@pytest.fixture
def stand(tmp_path: Path, qapp: QApplication) -> Iterator[Stand]:
    speak("zh")
    look.apply_look(qapp)
    with station_at(tmp_path / "home") as opened:
        made = stand_at(opened)
        yield made
        made.close()


def draw_words(paper: Paper) -> None:
    """Some words on a sheet."""
    paper.text((20, 20, 100, 10), "签到表", size=6)


def to_file(path: Path) -> Callable[[QPrintDialog], QPrintDialog.DialogCode]:
    """Somebody who chooses "to a file" in the system's dialog."""

    def choose(dialog: QPrintDialog) -> QPrintDialog.DialogCode:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return QPrintDialog.DialogCode.Accepted

    return choose


def test_without_a_printer_a_pdf_is_put_on_the_stick_and_that_is_said(
    stand: Stand, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    monkeypatch.setattr(print_or_save, "has_printer", lambda: False)
    monkeypatch.setattr(keeping, "removable_drives", lambda: (stick,))
    print_or_save.offer(window, stand.room, draw_words, "签到表 2026-11-30")
    assert stand.said == "没有打印机，已存在U 盘上：签到表 2026-11-30.pdf"
    document = pypdfium2.PdfDocument(stick / "签到表 2026-11-30.pdf")
    assert "签到表" in document[0].get_textpage().get_text_range()
    document.close()


def test_a_stick_that_takes_nothing_leaves_it_to_the_desktop(
    stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "removable_drives", lambda: (tmp_path / "pulled",))
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", staticmethod(lambda _place: str(tmp_path))
    )
    kept = keeping.keep_file(b"%PDF", "a")
    assert (kept.place, kept.path.parent) == ("桌面上", tmp_path)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ('收看记录 接到"诈骗"电话怎么办？/2', "收看记录 接到 诈骗 电话怎么办？ 2.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("  ... ", "PDF.pdf"),
        ("\u202efdp.txt", "fdp.txt.pdf"),
        ("长" * 300, "长" * 80 + ".pdf"),
    ],
)
def test_a_name_that_any_stick_takes(tmp_path: Path, title: str, name: str) -> None:
    assert keeping.free_name(tmp_path, title) == tmp_path / name


def test_no_file_is_written_over(tmp_path: Path) -> None:
    for wanted in ("a.pdf", "a (2).pdf", "a (3).pdf"):
        made = keeping.free_name(tmp_path, "a")
        assert made.name == wanted
        made.touch()


def test_the_systems_printer_gets_the_sheets(
    stand: Stand, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(print_or_save, "has_printer", lambda: True)
    monkeypatch.setattr(QPrintDialog, "exec", to_file(tmp_path / "out.pdf"))
    print_or_save.offer(window, stand.room, draw_words, "签到表")
    assert "打印" in stand.said
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert len(document) == 1
    wide, high = document[0].get_size()
    assert (round(wide), round(high)) == (595, 842), "A4"
    document.close()


def test_a_printer_that_takes_nothing_is_said_with_its_code(
    stand: Stand, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(print_or_save, "has_printer", lambda: True)
    monkeypatch.setattr(QPrintDialog, "exec", to_file(tmp_path / "no folder" / "out.pdf"))
    print_or_save.offer(window, stand.room, draw_words, "签到表")
    assert "K-142" in stand.said
    assert "记录没有变" in stand.said


def test_every_paper_is_the_same_in_grey(tmp_path: Path, qapp: QApplication) -> None:
    look.apply_look(qapp)
    with station_at(tmp_path / "home") as opened:
        session = begin(opened)
        sign_in(opened, session, *range(5))
        held = of_view(opened.station.sessions.close(session))
        sheet, record = sign_in_sheet(say, "站", held), session_record(say, "站", held)
        people = sample_people(10)
        papers = {
            "签到表": pdf_of(lambda paper: draw_form(paper, sheet), "a"),
            "收看记录": pdf_of(lambda paper: draw_form(paper, record), "b"),
            "签到卡": pdf_of(lambda paper: draw_member_cards(paper, "站", people), "c"),
        }
    for name, content in papers.items():
        document = pypdfium2.PdfDocument(content)
        pixels = bytes(document[0].render(scale=1, rev_byteorder=True).buffer)
        document.close()
        red, green, blue = pixels[0::3], pixels[1::3], pixels[2::3]
        assert red == green == blue, f"{name}: a colour carries no meaning on a laser printer"
        assert min(red) < 100, f"{name}: something is on it"
