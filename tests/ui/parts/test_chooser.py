"""Choosing a file in place: what is listed of friendly and of hostile folders, and how it is shown."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.words import speak
from ui.parts.chooser import listing
from ui.parts.chooser.file_list import FileList
from ui.parts.chooser.listing import list_folder, name_to_show, places
from ui.parts.lists.course_row import CourseRow
from ui.theme import look

T = TypeVar("T")


def laid(folder: Path, name: str, *, changed_s: int = 1_000_000_000, size: int = 10) -> Path:
    """A file of this age."""
    path = folder / name
    path.write_bytes(b"x" * size)
    os.utime(path, (changed_s, changed_s))
    return path


def test_the_newest_comes_first_and_only_what_is_asked_for(tmp_path: Path) -> None:
    laid(tmp_path, "旧.pdf", changed_s=1_000_000_000)
    laid(tmp_path, "新.PDF", changed_s=1_700_000_000)
    laid(tmp_path, "other.docx")
    laid(tmp_path, ".hidden.pdf")
    (tmp_path / "课件").mkdir()
    found = list_folder(tmp_path, ".pdf")
    assert [one.name for one in found.files] == ["新", "旧"]
    assert [one.name for one in found.folders] == ["课件"]
    assert not found.cut


def test_links_and_what_is_no_file_are_passed_over(tmp_path: Path) -> None:
    real = laid(tmp_path, "real.pdf")
    (tmp_path / "link.pdf").symlink_to(real)
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "waits.pdf")
    found = list_folder(tmp_path, ".pdf")
    assert [one.path for one in found.files] == [real]
    assert found.folders == ()


def test_a_folder_of_very_many_files_is_cut_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_LOOKED_AT", 300)
    for number in range(400):
        laid(tmp_path, f"{number}.pdf", changed_s=1_000_000_000 + number)
    found = list_folder(tmp_path, ".pdf")
    assert len(found.files) == listing.MOST_FILES
    assert found.cut


@pytest.mark.parametrize("kind", ["gone", "file"])
def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "gone" if kind == "gone" else laid(tmp_path, "a.pdf")
    assert not list_folder(place, ".pdf").readable


def test_a_name_is_shown_as_it_is_and_never_turned_around() -> None:
    assert name_to_show("讲义 一") == "讲义 一"
    assert name_to_show("a\u202efdp") == "a\ufffdfdp"
    assert name_to_show("a\nb") == "a\ufffdb"
    assert name_to_show(b"\xff\xfe.pdf".decode("utf-8", "surrogateescape")).endswith(".pdf")
    assert len(name_to_show("长" * 4_000)) == listing.MOST_SIGNS


def test_only_places_that_are_there_are_offered_sticks_first(tmp_path: Path) -> None:
    there = places((tmp_path / "A",), str(tmp_path), str(tmp_path / "none"))
    assert [one.kind for one in there] == ["stick", "desktop"]
    assert places((), "", "") == ()


class Later:
    """A lane that answers when it is let."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self.waiting.append(lambda: done(job()))

    def answer(self) -> None:
        waiting, self.waiting = self.waiting, []
        for one in waiting:
            one()


def rows(shown: FileList) -> list[CourseRow]:
    found = (shown.rows.itemAt(at).widget() for at in range(shown.rows.count()))
    return [one for one in found if isinstance(one, CourseRow)]


def test_a_file_is_found_by_large_rows_without_a_window_of_the_systems(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak("zh")
    look.apply_look(qapp)
    stick, desktop = tmp_path / "KINGSTON", tmp_path / "desktop"
    stick.mkdir()
    desktop.mkdir()
    wanted = laid(desktop, "防诈骗讲义.pdf", changed_s=1_764_500_000, size=3_000_000)
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", staticmethod(lambda _place: str(desktop))
    )
    lane = Later()
    shown = FileList(lane, lambda: (stick,), ".pdf")
    qtbot.addWidget(shown)
    shown.resize(600, 700)
    shown.show()
    chosen: list[object] = []
    shown.chosen.connect(chosen.append)
    shown.begin()
    assert rows(shown) == [], "nothing is listed on the GUI thread"
    lane.answer()
    assert [one.shown.title for one in rows(shown)] == ["U 盘 KINGSTON", "桌面", "文档"]
    QTest.mouseClick(rows(shown)[0], Qt.MouseButton.LeftButton)
    lane.answer()
    assert [one.shown.title for one in rows(shown)] == ["换个地方找"]
    QTest.mouseClick(rows(shown)[0], Qt.MouseButton.LeftButton)
    lane.answer()
    qapp.processEvents()
    QTest.mouseClick(rows(shown)[1], Qt.MouseButton.LeftButton)
    lane.answer()
    qapp.processEvents()
    file = rows(shown)[1]
    assert file.shown.title == "防诈骗讲义"
    assert file.shown.under == ("2025年11月30日 18:53", "3 MB")
    assert file.height() >= 56
    QTest.mouseClick(file, Qt.MouseButton.LeftButton)
    assert chosen == [wanted]


def test_an_answer_to_an_older_question_shows_nothing(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    look.apply_look(qapp)
    laid(tmp_path, "a.pdf")
    lane = Later()
    shown = FileList(lane, tuple, ".pdf")
    qtbot.addWidget(shown)
    shown.show_folder(tmp_path)
    shown.show_folder(tmp_path / "gone")
    lane.answer()
    assert [one.shown.title for one in rows(shown)] == ["换个地方找"]
