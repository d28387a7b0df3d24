"""The playback with libvlc itself: a short course to its real end, and one that is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.session import Step
from app.bootstrap import OpenStation
from app.domain.ids import CourseId
from tests.support.stations import add_course, course_of
from tests.ui.inline_jobs import InlineJobs
from tests.ui.operator_driver import Stand
from ui.jobs.clocks import mono_ms
from ui.playback.controller import PlaybackController
from ui.playback.state import PlaybackState
from ui.video.player_view import PlayerView

CLIP = Path(__file__).parents[2] / "player" / "clips" / "short.mp4"
CLIP_MS = 4_000


@pytest.fixture
def cinema(qtbot: QtBot) -> Iterator[PlayerView]:
    made = PlayerView()
    yield made
    made.close()


def play_in_session(
    stand: Stand, cinema: PlayerView, qtbot: QtBot, duration_ms: int
) -> tuple[PlayOutcome | None, int, str]:
    """Play the clip, published with this length; returns outcome, coverage and trouble."""
    station = stand.opened.station
    course = replace(course_of(CLIP, duration_ms=duration_ms), subtitle=None)
    add_course(stand.opened, course, CLIP)
    session = station.sessions.prepare_extra("晚上学习", (course.id,)).session.id
    station.sessions.open_sign_in(session)
    station.sessions.move(session, Step.PLAY)

    class Followed:
        def playback_changed(self, state: PlaybackState) -> None:
            cinema.follow(state)

        def unplayable(self, course: CourseId) -> None:
            pass

    playback = PlaybackController(station, InlineJobs(), cinema.player, Followed(), mono_ms)
    ticker = QTimer(interval=100)
    ticker.timeout.connect(playback.tick)
    ticker.start()
    playback.set_volume(0)
    playback.open(session, course)
    qtbot.waitUntil(lambda: playback.state.ended or bool(playback.state.trouble), timeout=60_000)
    play = station.sessions.show(session).plays[0]
    return play.outcome, play.coverage_percent, playback.state.trouble


def test_a_course_played_by_libvlc_to_its_end_is_full(
    stand: Stand, opened: OpenStation, cinema: PlayerView, qtbot: QtBot
) -> None:
    outcome, percent, trouble = play_in_session(stand, cinema, qtbot, CLIP_MS)
    assert (outcome, trouble) == (PlayOutcome.FULL, "")
    assert percent >= 90


def test_a_length_the_file_has_nothing_for_costs_neither_the_file_nor_the_play(
    stand: Stand, opened: OpenStation, cinema: PlayerView, qtbot: QtBot
) -> None:
    outcome, percent, trouble = play_in_session(stand, cinema, qtbot, 60_000)
    assert (outcome, trouble) == (PlayOutcome.FULL, "")
    assert 5 <= percent <= 8
    assert opened.station.courses.all()[0].ready
