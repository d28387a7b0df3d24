"""One walk through a session: one primary action a screen, a word beside every icon."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.areas.playback.plays import PlayOutcome
from app.bootstrap import OpenStation
from app.domain.ids import CourseId
from app.ports.player import PlayerEvent
from tests.ui.audit.states import furnish, whole_session
from tests.ui.operator_driver import Stand, sample_course
from ui.audience.state import RoomShows
from ui.parts.overlay import Overlay
from ui.state.page_names import PageName
from ui.widgets.buttons import PrimaryButton
from ui.widgets.fit.button import FitButton
from ui.widgets.tap import TapPart
from ui.widgets.touch.button import TouchButton, Voice


def test_no_screen_has_two_primary_actions_and_no_icon_stands_without_its_word(
    stand: Stand, tmp_path: Path
) -> None:
    furnish(stand, tmp_path)
    window = stand.open_window(width=1366, height=768)
    faults: list[str] = []
    seen = 0
    for state in whole_session(stand, window):
        # A question over the window is a screen of its own: what lies below can't be pressed.
        veils: Iterable[Overlay] = window.findChildren(Overlay)
        over = [one for one in veils if one.isVisible()]
        front: QWidget = over[0] if over else window
        buttons = [one for one in _buttons(front) if one.isVisible()]
        main = [one.accessibleName() for one in buttons if _is_primary(one)]
        seen += bool(main)
        if len(main) > 1:
            faults.append(f"{state}: {main}")
        faults += [f"{state}: a bare icon, {one!r}" for one in buttons if not _word(one)]
    assert not faults, "\n".join(faults)
    assert seen > 15, "the walk met screens with a primary action"


def _buttons(front: QWidget) -> list[QAbstractButton]:
    return cast("list[QAbstractButton]", front.findChildren(QAbstractButton))


def _is_primary(button: QAbstractButton) -> bool:
    if isinstance(button, FitButton):
        return button._main
    if isinstance(button, TouchButton):
        return button.voice is Voice.MAIN
    return isinstance(button, PrimaryButton)


def _word(button: QAbstractButton) -> str:
    if isinstance(button, FitButton):
        return button.words
    if isinstance(button, TouchButton):
        return button.word
    if isinstance(button, TapPart):
        return button.accessibleName()  # tiles, keys and steps paint what their name says
    return button.text()


def test_the_room_is_not_welcomed_between_a_course_and_the_questions(
    stand: Stand, opened: OpenStation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample_course(opened, tmp_path, "c1")
    session = opened.station.sessions.prepare_extra("夜校", (CourseId("c1"),)).session.id
    opened.station.sessions.open_sign_in(session)
    window = stand.open_window()
    window.go(PageName.PLAY)
    play = window.pages.play()
    stand.make_mirror()
    assert stand.stage is not None
    seen: list[RoomShows] = []
    monkeypatch.setattr(stand.stage, "show_state", lambda state: seen.append(state.shows))
    play.presenter.main()
    stand.player.observe(PlayerEvent.PLAYING)
    stand.player.run(60_000, 5_000)
    play.presenter.end_playing()
    play.presenter.yes()
    assert window.place is PageName.DISCUSS
    assert stand.player.clip is None, "the course is over"
    after = seen[seen.index(RoomShows.PLAY) :]
    assert list(dict.fromkeys(after)) == [RoomShows.PLAY, RoomShows.QUESTIONS]
    (shown,) = opened.station.sessions.show(session).plays
    assert shown.outcome is PlayOutcome.STOPPED
