"""The session code on the room's screen: only once a session is closed, whole and large."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.areas.attendance.marks import Status
from app.domain.ids import PersonId
from app.words import say, speak
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import station_at
from ui.audience.stage import AudienceStage
from ui.audience.state import RoomShows
from ui.audience.view_state import AudienceInputs, audience_state
from ui.playback.state import PlaybackState


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
def test_the_closing_scene_shows_the_code_of_the_record_whole_and_large(
    qtbot: QtBot, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    speak(language)
    stage = AudienceStage()
    qtbot.addWidget(stage)
    stage.resize(*size)
    stage.show()
    with station_at(tmp_path / "home") as opened:
        session = begin(opened)
        sign_in(opened, session, 1)
        running = audience_state(
            AudienceInputs("松岭村", opened.station.sessions.show(session)), PlaybackState()
        )
        assert running.code == ""
        view = opened.station.sessions.close(session)
        stage.show_state(audience_state(AudienceInputs("松岭村", view), PlaybackState()))
        stage.grab()
        drawn = {" ".join(text.lines): text for text in stage.painted.texts}
        assert stage.state.shows is RoomShows.THANKS
        assert len(view.code) == 9
        assert view.code[4] == "-"
        code = drawn[view.code]
        assert code.whole
        assert code.px >= 96 * size[1] / 1080, "to be read and copied from the last row"
        assert any(say("audience.code").split("，")[0][:4] in words for words in drawn)
        person = PersonId("p5")
        opened.station.attendance.mark(session, person, Status.LATE_ENTRY, reason="来了，没签上")
        assert opened.station.sessions.show(session).code == view.code, (
            "later entries leave it alone"
        )
    speak("zh")
