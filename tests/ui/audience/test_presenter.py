"""What keeps the room's screen up to date, and the two touches that make its words larger."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.words import say
from tests.support.small_sessions import begin
from tests.support.stations import station_at
from tests.ui.operator_driver import stand_at
from ui.audience.presenter import AudiencePresenter
from ui.audience.scene import KeypadPlace, LooksAt
from ui.audience.state import AudienceState, RoomShows
from ui.parts.forms.seat_distance import SeatForm
from ui.playback.state import PlaybackState
from ui.state.preferences import Preferences, read_preferences, save_preferences


def test_in_the_last_minute_the_picture_changes_each_second_and_else_never_by_itself(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with station_at(tmp_path / "home") as opened:
        stand = stand_at(opened)
        view = opened.station.sessions.show(begin(opened))
        start = 1_800_000_000_000
        stand.room.view = replace(view, session=replace(view.session, planned_start_ms=start))
        now, seen = [start - 70_000], list[AudienceState]()

        class Sources:
            playing, preferences = PlaybackState(), Preferences()

            def looks_at(self) -> LooksAt:
                return LooksAt.OWN_SCREEN

            def keypad(self) -> KeypadPlace:
                return KeypadPlace.NOWHERE

        desk = AudiencePresenter(stand.room, Sources(), seen.append, lambda: now[0], lambda: now[0])
        for _quarter in range(4 * 75):
            now[0] += 250
            desk.tick()
        counted = [one.countdown_s for one in seen if one.shows is RoomShows.COUNTDOWN]
        assert counted == list(range(60, 0, -1))
        assert seen[-1].shows is RoomShows.WELCOME
        assert len(seen) == 61
        leads = {say("audience.starts", starts_at="16:00"), seen[-1].lead}
        assert {one.lead for one in seen} == leads
        assert seen[-1].lead == say("audience.should_have_begun", starts_at="16:00")
        stand.close()


def test_two_touches_say_how_far_and_how_high_and_are_kept(qtbot: QtBot, tmp_path: Path) -> None:
    form = SeatForm()
    qtbot.addWidget(form)
    form.show()
    kept = [Preferences()]

    def chosen(last_row_m: float, picture_m: float) -> None:
        kept.append(replace(kept[-1], last_row_m=last_row_m, picture_m=picture_m))
        form.show_choices(kept[-1])

    form.chosen.connect(chosen)
    form.show_choices(kept[-1])
    QTest.mouseClick(form.last_row.buttons["8"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(form.picture.buttons["1.0"], Qt.MouseButton.LeftButton)
    assert (kept[-1].last_row_m, kept[-1].picture_m) == (8.0, 1.0)
    assert "33%" in form.note.text()
    save_preferences(tmp_path, kept[-1])
    assert read_preferences(tmp_path) == kept[-1]


@pytest.mark.parametrize("written", ["-3", "1e99"])
def test_lengths_that_are_nonsense_do_no_harm(tmp_path: Path, written: str) -> None:
    (tmp_path / "choices.json").write_text(f'{{"last_row_m": {written}}}', encoding="utf-8")
    assert 0 <= read_preferences(tmp_path).last_row_m <= 100


def test_a_break_counts_its_seconds_and_stands_at_its_end_until_it_is_taken_away(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with station_at(tmp_path / "home") as opened:
        stand = stand_at(opened)
        mono, seen = [5_000], list[AudienceState]()

        class Sources:
            playing, preferences = PlaybackState(), Preferences()

            def looks_at(self) -> LooksAt:
                return LooksAt.OWN_SCREEN

            def keypad(self) -> KeypadPlace:
                return KeypadPlace.NOWHERE

        desk = AudiencePresenter(
            stand.room, Sources(), seen.append, lambda: 1_800_000_000_000, lambda: mono[0]
        )
        desk.tell("休息 1 分钟", 60_000)
        for _quarter in range(4 * 70):
            mono[0] += 250
            desk.tick()
        assert [one.rest_s for one in seen] == list(range(60, -1, -1))
        assert {one.shows for one in seen} == {RoomShows.REST}
        assert seen[0].rest_until == "16:01"
        desk.tell("")
        assert seen[-1].shows is RoomShows.BACKDROP
        stand.close()
