"""Whatever leads to a course that was stopped before, the question where to go on comes first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.areas.courses.course import Course
from app.areas.sessions.session import Step
from app.bootstrap import OpenStation
from app.domain.ids import CourseId
from app.ports.player import PlayerEvent
from tests.ui.operator_driver import Stand, sample_course
from ui.pages.play.view import PlayPage
from ui.parts.lists.course_row import CourseRow
from ui.state.page_names import PageName

MINUTE = 60_000
STOPPED_MS = 2 * MINUTE


@pytest.fixture
def courses(opened: OpenStation, tmp_path: Path) -> tuple[Course, Course]:
    return (
        sample_course(opened, tmp_path, "c1", title="甲", minutes=10),
        sample_course(opened, tmp_path, "c2", title="乙", minutes=10),
    )


@pytest.fixture
def page(stand: Stand, courses: tuple[Course, Course]) -> PlayPage:
    """The play page of a session whose first course was stopped after two minutes."""
    first, second = courses
    station = stand.opened.station
    session = station.sessions.prepare_extra("晚上学习", (first.id, second.id)).session.id
    station.sessions.open_sign_in(session)
    station.sessions.move(session, Step.PLAY)
    stand.open_window()
    stand.playback.open(session, first)
    stand.player.observe(PlayerEvent.PLAYING)
    stand.player.run(STOPPED_MS)
    stand.playback.stop()
    stand.room.load()
    assert stand.window is not None
    stand.window.go(PageName.PLAY)
    stand.room.chosen = first.id
    return cast("PlayPage", stand.window.pages[PageName.PLAY])


def row(page: PlayPage, title: str) -> CourseRow:
    rows = cast("list[CourseRow]", page.queue.findChildren(CourseRow))
    return next(one for one in rows if title in one.accessibleName())


def by_page_keys(stand: Stand, page: PlayPage) -> None:
    stand.room.chosen = CourseId("c2")
    for _ in range(2):
        QTest.keyClick(page, Qt.Key.Key_PageUp)


def by_course(stand: Stand) -> None:
    assert stand.window is not None
    stand.window.open_course(CourseId("c1"))


ENTRANCES: dict[str, Callable[[Stand, PlayPage], None]] = {
    "the primary button": lambda _stand, page: page.transport.main.click(),
    "F5": lambda _stand, page: QTest.keyClick(page, Qt.Key.Key_F5),
    "Space": lambda _stand, page: QTest.keyClick(page, Qt.Key.Key_Space),
    "its line in the list": lambda _stand, page: row(page, "甲").click(),
    "a clicker's page key": by_page_keys,
    "the courses page": lambda stand, _page: by_course(stand),
}


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_a_course_that_was_stopped_is_asked_about_before_anything_plays(
    stand: Stand, page: PlayPage, courses: tuple[Course, Course], entrance: str
) -> None:
    before = stand.player.generation
    ENTRANCES[entrance](stand, page)
    state = stand.playback.state
    assert state.asked == courses[0], entrance
    assert state.resume_ms == STOPPED_MS
    assert (state.playing, stand.player.generation) == (False, before), "nothing plays before"
    assert page.question.isVisible()
    QTest.mouseClick(page.question.yes, Qt.MouseButton.LeftButton)
    assert stand.player.generation == before + 1
    assert stand.player.at_ms == STOPPED_MS


def test_one_press_of_a_page_key_changes_nothing(stand: Stand, page: PlayPage) -> None:
    before = stand.player.generation
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    assert stand.player.generation == before
    assert stand.playback.state.asked is None
    stand.player.mono_ms += 2_100
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    assert stand.playback.state.asked is None, "a second press after two seconds is a first one"
