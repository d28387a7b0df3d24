"""The people's page: somebody is added, corrected, given a standing and stopped, on real widgets."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from app.areas.attendance.marks import Lane
from app.areas.people.person import StandingKind
from app.domain.ids import PersonId
from tests.support.small_sessions import begin
from tests.ui.operator_driver import Stand
from tests.ui.printing.test_paper import pages_of
from ui.input.shortcuts import Shortcut
from ui.pages.roster.state import InFront
from ui.pages.roster.view import RosterPage
from ui.printing import print_or_save
from ui.printing.output import Draw
from ui.state.page_names import PageName
from ui.windows.operator_window import OperatorWindow


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def window(stand: Stand) -> OperatorWindow:
    window = stand.open_window()
    window.go(PageName.ROSTER)
    return window


@pytest.fixture
def page(window: OperatorWindow) -> RosterPage:
    page = window.pages[PageName.ROSTER]
    assert isinstance(page, RosterPage)
    return page


def _shown(page: RosterPage) -> list[str]:
    return [page.model.data(page.model.index(at, 0)) or "" for at in range(page.model.rowCount())]


def _standing_cell(page: RosterPage, person: PersonId) -> str:
    at = [one.id for one in page.presenter.state.people].index(person)
    return page.model.data(page.model.index(at, page.model.columnCount() - 1)) or ""


def test_somebody_is_added_and_is_in_the_list_at_once(stand: Stand, page: RosterPage) -> None:
    click(page.add)
    page.person.fields["name"].setText("丙一")
    page.person.fields["phone_tail"].setText("0021")
    page.person.fields["unit"].setText("松岭村第1支部")
    click(page.person.save)

    assert page.presenter.state.front is InFront.LIST
    assert "丙一" in _shown(page)
    new = next(one for one in stand.room.people.values() if one.name == "丙一")
    assert _standing_cell(page, new.id) == "待核对"
    page.search.setText("by")
    assert "丙一" in _shown(page), "found by letters too"


def test_a_second_of_that_name_is_asked_about_once(stand: Stand, page: RosterPage) -> None:
    click(page.add)
    page.person.fields["name"].setText("王福生")
    click(page.person.save)
    assert page.presenter.state.front is InFront.PERSON, "nobody was added"
    assert "王福生" in stand.said
    assert page.person.save.text() == "不是同一个人，还是加"
    click(page.person.save)
    assert _shown(page).count("王福生") == 2


def test_somebody_is_corrected_and_need_not_come(stand: Stand, page: RosterPage) -> None:
    page.sheet.open(PersonId("p8"))
    click(page.sheet.more)
    assert page.person.heading.text() == "王福生"
    page.person.fields["group"].setText("新组")
    click(page.person.standing.buttons["visit"])
    page.person.reason.setText("腿脚不便")
    click(page.person.save)

    (there,) = [one for one in stand.opened.station.people.all() if one.id == "p8"]
    assert there.group == "新组"
    assert (there.standings[0].kind, there.standings[0].needs_visit) == (StandingKind.FRAIL, True)
    page.presenter.open(PersonId("p8"))
    assert page.person.standing.current() == "visit"
    assert page.person.waits.text() == "待中心核对"
    click(page.person.standing.buttons["none"])
    click(page.person.save)
    (there,) = [one for one in stand.opened.station.people.all() if one.id == "p8"]
    assert there.standings == ()


def test_stopping_wants_a_reason_and_is_taken_back(stand: Stand, page: RosterPage) -> None:
    page.presenter.open(PersonId("p8"))
    click(page.person.stop)
    assert page.presenter.state.front is InFront.PERSON, "without a reason nothing happens"
    page.person.reason.setText("迁走")
    click(page.person.stop)
    assert "王福生" not in _shown(page)
    page.presenter.open(PersonId("p8"))
    assert page.person.stop.text() == "恢复"
    click(page.person.stop)
    assert "王福生" in _shown(page)


def test_the_record_is_short_until_the_pin_vouches_for_all_of_it(
    stand: Stand, page: RosterPage
) -> None:
    for _ in range(8):
        session = begin(stand.opened)
        stand.opened.station.attendance.sign_in(session, PersonId("p8"), Lane.ROLL_CALL, "operator")
        stand.opened.station.sessions.close(session)
    page.presenter.open(PersonId("p8"))
    assert page.person.count.text() == "来过 8 次，应到 8 次"
    assert page.person.hours.text().startswith("2026 年学时 0 / 32，还差 32")
    assert not page.person.given.isVisibleTo(page.person), "the operator sees what is needed"
    assert len(_lines(page)) == 6
    click(page.person.all)
    assert page.person.given.isVisibleTo(page.person)
    assert len(_lines(page)) == 8
    assert not page.person.all.isVisibleTo(page.person)
    page.act(Shortcut.ESCAPE)
    assert page.presenter.state.front is InFront.LIST


def _lines(page: RosterPage) -> list[str]:
    rows = page.person.history.rows
    parts = [rows.itemAt(at).widget() for at in range(rows.count())]
    return [one.text() for one in parts if isinstance(one, QLabel) and "学习" in one.text()]


def test_a_spreadsheet_is_told_before_it_is_taken_in(
    stand: Stand, page: RosterPage, tmp_path: Path
) -> None:
    before = len(_shown(page))
    sheet = tmp_path / "roster.csv"
    lines = ("姓名,支部,手机", "丙一,柳溪村支部,13900000021", "丁二,柳溪村支部,13")
    sheet.write_text("\n".join(lines), encoding="utf-8")
    page.presenter.read_file(sheet)
    assert page.presenter.state.front is InFront.SHEET
    assert "新增 1 人" in page.dry_run.told.text()
    assert "1 行" in page.dry_run.open_rows.text()
    assert len(_shown(page)) == before, "nothing is done yet"
    click(page.dry_run.take)
    assert "丙一" in _shown(page)
    assert len(_shown(page)) == before + 1
    assert stand.said.startswith("读好了")


def test_the_sheet_of_somebodys_year_is_printed_from_their_page(
    page: RosterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def take(_parent: object, draw: Draw, title: str, *, is_wide: bool) -> bool:
        printed.extend([title, *pages_of(draw)])
        return not is_wide

    monkeypatch.setattr(print_or_save, "has_printer", lambda: True)
    monkeypatch.setattr(print_or_save, "print_asking", take)
    click(page.add)
    assert page.person.year.isHidden(), "nobody yet"
    page.presenter.go_back()
    page.sheet.open(PersonId("p8"))
    click(page.sheet.more)
    click(page.person.year)
    assert "王福生" in printed[0]
    assert "个人年度学习情况" in "".join(printed)
