"""The books on the screen: past sessions years back, a month's forms, and what is behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import OpenStation
from app.domain.ids import SessionId
from app.machine import drives
from tests.areas.forms.test_render_xlsx import opened_by_libreoffice
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SetClock
from tests.ui.operator_driver import Stand
from tests.ui.printing.test_paper import pages_of
from ui.input.shortcuts import Shortcut
from ui.pages.records.shelf.form_row import FormRow
from ui.pages.records.shelf.form_sheet import FigureTile
from ui.pages.records.shelf.view import BookShelf
from ui.pages.records.state import PAGE, month_asked
from ui.pages.records.view import MONTH, RecordsPage
from ui.parts.lists.course_row import CourseRow
from ui.printing import print_or_save
from ui.printing.output import Draw
from ui.state.page_names import PageName

DAY_MINUTES = 24 * 60


def held(opened: OpenStation, title: str, *people: int) -> SessionId:
    """A closed session."""
    session = begin(opened, title)
    sign_in(opened, session, *people)
    opened.station.sessions.close(session)
    return session


def page_of(stand: Stand) -> RecordsPage:
    """The page, in front."""
    window = stand.open_window()
    window.go(PageName.RECORDS)
    QApplication.processEvents()
    page = window.pages[PageName.RECORDS]
    assert isinstance(page, RecordsPage)
    return page


def click(button: object) -> None:
    """As a finger."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]  # any widget
    QApplication.processEvents()


def titles(page: RecordsPage) -> list[str]:
    """The sessions in the list."""
    QApplication.processEvents()
    rows = cast("list[CourseRow]", page.list.findChildren(CourseRow))
    return [one.shown.title for one in rows if one.isVisible()]


def shelf_of(page: RecordsPage) -> BookShelf:
    """The month's books, opened."""
    click(page.books.buttons[MONTH])
    assert page.shelf is not None
    return page.shelf


def tile(shelf: BookShelf, word: str) -> FigureTile:
    """The figure with this word."""
    tiles = cast("list[FigureTile]", shelf.sheet.findChildren(FigureTile))
    return next(one for one in tiles if one.note == word and one.isVisible())


def test_sessions_of_years_are_read_page_by_page_and_found(
    stand: Stand, opened: OpenStation, clock: SetClock
) -> None:
    for number in range(PAGE + 5):
        held(opened, f"学习{number:03}")
        clock.pass_minutes(14 * DAY_MINUTES)
    page = page_of(stand)
    assert len(titles(page)) == PAGE
    assert titles(page)[0] == f"学习{PAGE + 4:03}"
    click(page.earlier)
    assert len(titles(page)) == PAGE + 5
    assert titles(page)[-1] == "学习000"
    assert not page.earlier.isVisible(), "there are no older ones"
    page.search.setText("学习007")
    assert titles(page) == ["学习007"]
    page.search.setText("%")
    assert titles(page) == [], "a sign of the store's own is a sign like any other"
    first = opened.station.today.records(limit=1000)[-1].session.opened_ms or 0
    page.search.setText(f"{1970 + first // 31_556_952_000}")
    assert titles(page)[-1] == "学习000"
    assert 0 < len(titles(page)) < 15, "until the end of that year"
    page.search.clear()
    assert len(titles(page)) == PAGE


@pytest.mark.parametrize(
    ("text", "asked"),
    [("2024", (2024, 12)), ("2024年", (2024, 12)), ("2024-03", (2024, 3)), ("2024年3月", (2024, 3)),
     ("2024-13", None), ("果树", None), ("1234", None), ("", None)],
)  # fmt: skip
def test_a_year_or_a_month_is_understood(text: str, asked: tuple[int, int] | None) -> None:
    assert month_asked(text) == asked


def test_a_figure_is_asked_which_ones_and_a_session_opens(
    stand: Stand, opened: OpenStation, clock: SetClock
) -> None:
    held(opened, "柑橘管护", 0, 1, 2)
    clock.pass_minutes(1)
    film = held(opened, "焦裕禄", 0)
    page = page_of(stand)
    shelf = shelf_of(page)
    assert tile(shelf, "场次").name == "2"
    assert tile(shelf, "人次").name == "4"
    assert tile(shelf, "人数").name == "3"
    assert not tile(shelf, "请假").isEnabled(), "nothing is behind it"
    click(tile(shelf, "人次"))
    assert shelf.behind.isVisible()
    rows = cast("list[CourseRow]", shelf.behind.list.findChildren(CourseRow))
    assert {one.shown.title for one in rows} == {"柑橘管护", "焦裕禄"}
    assert page.act(Shortcut.ESCAPE)
    assert not shelf.behind.isVisible()
    lines = cast("list[FormRow]", shelf.sheet.findChildren(FormRow))
    click(lines[-1])
    rows = cast("list[CourseRow]", shelf.behind.list.findChildren(CourseRow))
    (one,) = (row for row in rows if row.isVisible())
    click(one)
    assert not shelf.behind.isVisible()
    assert page.presenter.state.view is not None
    assert page.presenter.state.view.session.id == film
    assert page.list.isVisible(), "and its people, as it was recorded"


def test_months_go_back_to_the_first_session_and_no_further(
    stand: Stand, opened: OpenStation, clock: SetClock
) -> None:
    held(opened, "第一场", 0)
    clock.pass_minutes(62 * DAY_MINUTES)
    held(opened, "后来一场", 0, 1)
    page = page_of(stand)
    shelf = shelf_of(page)
    months = opened.station.books.months()
    assert len(months) == 3
    assert not shelf.on.isEnabled()
    click(shelf.back)
    assert tile(shelf, "场次").name == "0"
    click(shelf.back)
    assert not shelf.back.isEnabled()
    assert (tile(shelf, "场次").name, tile(shelf, "人次").name) == ("1", "1")
    click(shelf.on)
    assert shelf.presenter.state.month == months[1]


def test_one_button_prints_the_months_books_and_one_saves_a_spreadsheet(
    stand: Stand, opened: OpenStation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(opened, "柑橘管护", 0, 1, 2)
    printed: list[str] = []

    def take(_parent: object, draw: Draw, title: str, *, is_wide: bool) -> bool:
        printed.extend([title, *pages_of(draw)])
        return is_wide

    monkeypatch.setattr(print_or_save, "has_printer", lambda: True)
    monkeypatch.setattr(print_or_save, "print_asking", take)
    shelf = shelf_of(page_of(stand))
    click(shelf.print_all)
    assert printed[0] == f"台账 {shelf.presenter.state.month}"
    whole = "".join(printed)
    for title in ("月报", "签到表", "学习收看记录"):
        assert title in whole
    stick, desktop, documents = (tmp_path / one for one in ("u", "desktop", "documents"))
    for folder in (stick, desktop, documents):
        folder.mkdir()
    monkeypatch.setattr(drives, "removable_drives", lambda: (stick,))
    standard = QStandardPaths.StandardLocation
    folders = {standard.DesktopLocation: desktop, standard.DocumentsLocation: documents}
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", staticmethod(lambda place: str(folders[place]))
    )
    click(shelf.save)
    assert shelf.question is not None
    assert [one.shown.title for one in shelf.question.lines] == ["U 盘 u", "桌面", "文档"]
    click(shelf.question.lines[2])
    (book,) = documents.glob("*.xlsx")
    assert stand.said == f"已存在文档里：{book.name}"
    assert not [*stick.iterdir(), *desktop.iterdir()]
    (rows,) = opened_by_libreoffice(book.read_bytes(), tmp_path).values()
    assert any("柑橘管护" in row for row in rows)


def test_a_device_is_entered_told_to_be_broken_and_mended_beside_the_books(stand: Stand) -> None:
    page = page_of(stand)
    click(page.books.buttons[MONTH])
    shelf = page.shelf
    assert shelf is not None
    assert shelf.devices.isHidden(), "only the register of equipment is written so"
    shelf.presenter.choose(
        next(one.file_name for one in shelf.presenter.state.forms if one.name == "equipment_list")
    )
    click(shelf.devices)
    sheet = shelf.equipment
    assert sheet is not None
    click(sheet.new)
    sheet.boxes["name"].setText("投影仪")
    click(sheet.save)
    assert "已登记：投影仪" in stand.said
    form = shelf.presenter.state.form
    assert form is not None
    assert "投影仪" in [cell.value for row in form.tables[0].rows for cell in row]
    (device,) = sheet.presenter.state.devices
    sheet.presenter.choose(device)
    sheet.what.setText("灯泡不亮")
    click(sheet.fault)
    (broken,) = sheet.presenter.state.devices
    assert (broken.state, broken.is_open) == ("open", True)
    sheet.presenter.choose(broken)
    assert sheet.fault.isHidden()
    sheet.what.setText("县维修点")
    click(sheet.works)
    (mended,) = sheet.presenter.state.devices
    assert mended.state == "working"
    sheet.presenter.choose(mended)
    click(sheet.out)
    assert len(sheet.presenter.state.devices) == 1, "nothing is taken out without a reason"
    assert sheet.presenter.state.is_form
    sheet.what.setText("送给学校")
    click(sheet.out)
    assert not sheet.presenter.state.devices
    page.act(Shortcut.ESCAPE)
    assert not sheet.isVisible()


def test_the_visit_list_is_shown_for_the_pin_and_gone_when_the_page_is_left(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(stand)
    click(page.books.buttons[MONTH])
    shelf = page.shelf
    assert shelf is not None
    asked: list[str] = []
    waiting: list[Callable[[], None]] = []

    def vouch(name: str, then: Callable[[], None]) -> None:
        asked.append(name)
        waiting.append(then)

    monkeypatch.setattr(stand.room.host, "vouch", vouch)
    click(shelf.visits)
    form = shelf.presenter.state.form
    assert asked == ["走访名单"]
    assert form is not None
    assert form.name != "visit_list", "not before the PIN was given"
    waiting[0]()
    form = shelf.presenter.state.form
    assert form is not None
    assert (form.name, shelf.title.text()) == ("visit_list", "走访名单")
    stand.shown_window().go(PageName.TODAY)
    form = shelf.presenter.state.form
    assert form is not None
    assert form.name != "visit_list"
    assert shelf.title.text() != "走访名单"
