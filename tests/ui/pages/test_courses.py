"""The courses page: megabytes, what comes, and deleting after a question."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.areas.courses.course import Course
from app.areas.playback.plays import PlayOutcome
from app.bootstrap import OpenStation
from app.usecases.tools import Fetching
from app.words import say
from tests.ui.operator_driver import Stand, sample_course
from ui.input.shortcuts import Shortcut
from ui.pages.courses.view import CoursesPage
from ui.parts.lists.course_row import LOW, CourseRow
from ui.state.page_names import PageName
from ui.theme import look


@pytest.fixture
def films(opened: OpenStation, tmp_path: Path) -> tuple[Course, ...]:
    """Two that were played, one that was not, one that is not here."""
    made = tuple(
        sample_course(opened, tmp_path, f"c{n}", title=f"课{n}", topic=f"类{n}", whole=n < 3)
        for n in range(4)
    )
    for course in made[:2]:
        play = opened.station.playback.started(None, course.id, 0)
        opened.station.playback.ended(play, PlayOutcome.FULL, course.duration_ms, ())
    return made


@pytest.fixture
def page(stand: Stand, films: tuple[Course, ...]) -> CoursesPage:
    assert films
    window = stand.open_window()
    window.go(PageName.COURSES)
    made = cast("CoursesPage", window.pages[PageName.COURSES])
    made.presenter.load()
    QApplication.processEvents()
    return made


def rows(page: CoursesPage) -> dict[str, CourseRow]:
    found = (page.list.rows.itemAt(at).widget() for at in range(page.list.rows.count()))
    return {one.shown.title: one for one in found if isinstance(one, CourseRow)}


def test_played_ones_are_offered_with_megabytes(page: CoursesPage) -> None:
    offered = {title: row.shown.badge for title, row in rows(page).items()}
    badge = say("op.courses.played", size="1 MB")
    assert offered == {"课0": badge, "课1": badge, "课2": "", "课3": ""}
    assert page.free.text() == say("op.courses.free", count=2, size="1 MB")
    assert "MB" in page.disk.text()
    assert "GB" in page.disk.text()


def test_one_is_deleted_after_a_question_and_can_be_had_again(
    page: CoursesPage, stand: Stand, films: tuple[Course, ...]
) -> None:
    shelf = stand.opened.station.tools.shelf
    page.presenter.choose(films[0].id)
    page.delete.click()
    assert page.question.isVisible()
    assert "《课0》" in page.question.text.text()
    assert not page.main.isVisible()
    assert page.act(Shortcut.MAIN)
    assert stand.looked == [], "F5 does not play while it is asked"
    page.question.no.click()
    assert shelf.whole(films[0].video) is not None
    page.delete.click()
    page.question.yes.click()
    assert shelf.whole(films[0].video) is None
    assert "省出" in stand.said
    assert rows(page)["课0"].shown.under[-1] == say("op.course.away")
    assert page.trouble.text() == say("op.courses.not_coming")
    assert not page.delete.isVisible()
    page.fetch.click()
    assert stand.sent == 1, "it is fetched at once"
    assert rows(page)["课0"].shown.under[-1] == say("op.course.missing")
    assert not page.fetch.isVisible()


def test_all_played_ones_go_together(
    page: CoursesPage, stand: Stand, films: tuple[Course, ...]
) -> None:
    page.free.click()
    assert page.question.text.text() == say("op.courses.free_ask", count=2, size="1 MB")
    page.question.yes.click()
    here = [stand.opened.station.tools.shelf.whole(one.video) is not None for one in films]
    assert here == [False, False, True, False]
    assert not page.free.isVisible()
    assert not page.question.isVisible()


def test_one_of_an_open_session_is_not_offered(
    page: CoursesPage, stand: Stand, films: tuple[Course, ...]
) -> None:
    stand.opened.station.sessions.prepare_extra("学习", (films[0].id,))
    page.presenter.load()
    page.presenter.choose(films[0].id)
    assert not page.delete.isVisible()
    assert page.free.text() == say("op.courses.free", count=1, size="1 MB")


def test_what_is_being_fetched_or_checked_is_said_and_followed(
    page: CoursesPage, stand: Stand, films: tuple[Course, ...]
) -> None:
    assert not page.fetching.isVisible()
    memory = stand.opened.station.tools.sync
    memory.fetching = Fetching(films[3].video.sha256, "课3", 120_000_000, 350_000_000)
    page.tick()
    assert page.fetching.text() == say("op.courses.fetching", title="课3", far="120 MB / 350 MB")
    stand.player.mono_ms += 10_000
    memory.fetching = Fetching(films[3].video.sha256, "课3", 140_000_000, 350_000_000)
    page.tick()
    assert page.fetching.text().endswith("140 MB / 350 MB · 还要约 2 分钟")
    memory.fetching = Fetching(films[3].video.sha256, "课3", 0, 350_000_000, 90_000_000)
    page.tick()
    assert page.fetching.text() == say("op.courses.checking", title="课3", far="90 MB / 350 MB")
    assert rows(page)["课3"].shown.under[-1] == say("op.course.checking")
    memory.fetching = None
    page.tick()
    assert not page.fetching.isVisible()


def test_a_long_list_scrolls_and_presses_no_row(page: CoursesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.list.verticalScrollBar().maximum() > 0)
    assert {row.height() for row in rows(page).values()} == {look.scaled(LOW)}
