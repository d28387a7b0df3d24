"""The closing scene of a real session: how many came, and no code – that is on the paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.areas.attendance.marks import Status
from app.domain.ids import PersonId
from app.domain.personal import LeaveKind
from app.words import speak
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import station_at
from ui.audience.stage import AudienceStage
from ui.audience.state import RoomShows
from ui.audience.view_state import AudienceInputs, audience_state
from ui.playback.state import PlaybackState


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
def test_the_closing_scene_says_how_many_came_and_never_the_code_of_the_record(
    qtbot: QtBot, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    speak(language)
    stage = AudienceStage()
    qtbot.addWidget(stage)
    stage.resize(*size)
    stage.show()
    with station_at(tmp_path / "home") as opened:
        session = begin(opened)
        sign_in(opened, session, 1, 2)
        opened.station.attendance.mark(
            session, PersonId("p3"), Status.ON_LEAVE, leave=LeaveKind.SICK
        )
        view = opened.station.sessions.close(session)
        stage.show_state(audience_state(AudienceInputs("松岭村", view), PlaybackState()))
        stage.grab()
        drawn = {" ".join(text.lines): text for text in stage.painted.texts}
        assert stage.state.shows is RoomShows.THANKS
        assert len(view.code) == 9
        assert not [words for words in drawn if view.code in words]
        came = drawn["2 人" if language == "zh" else "2 people"]
        assert came.whole
        assert came.px >= 96 * size[1] / 1080, "to be read from the last row"
    speak("zh")
