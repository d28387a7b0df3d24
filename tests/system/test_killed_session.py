"""The program is killed in the middle of a session; the next start goes on in the same place."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.areas.playback.plays import BOOKMARK_EVERY_MS, PlayOutcome
from app.areas.sessions.session import Step
from app.words import say
from tests.support.centre_process import ROOT
from tests.system.hands import Hands
from tests.system.killed_child import IN_TIME, SEEK_MS
from tests.system.network import compare, send
from tests.system.places import enrolled_home, open_program, started_centre
from ui.pages.close.view import ClosePage
from ui.pages.play.view import PlayPage
from ui.state.page_names import PageName

LATE = 4
"""So many late-comers are confirmed before the kill."""

Told = dict[str, Any]


@contextmanager
def program_to_kill(home: Path) -> Iterator[subprocess.Popen[str]]:
    """The child; dead at the end, whatever happens."""
    command = [sys.executable, "-m", "tests.system.killed_child", str(home)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def told_until_killed(home: Path) -> list[Told]:
    """What the child told as confirmed before it was killed while people were signing in."""
    with program_to_kill(home) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(IN_TIME + LATE)]
        child.kill()
        # A line that was being written at that moment is no promise.
        lines += [line for line in child.stdout.read().splitlines(keepends=True) if "\n" in line]
    return [json.loads(line) for line in lines]


def test_a_killed_session_goes_on_in_the_same_place_and_reaches_the_centre_once(
    centre_home: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with started_centre(centre_home) as centre:
        home = enrolled_home(tmp_path / "home", centre)
        told = told_until_killed(home)
        with open_program(home, qtbot) as program:
            hands = Hands(program, qtbot)
            hands.wait(lambda: program.room.view is not None)
            marked = everyone_is_there(hands, told)
            hands.wait(lambda: hands.said == say("notice.resumed", arrived=marked))
            go_on(hands, told[-1]["playing_ms"])
            end(hands)
            send(hands)
            kept = compare(hands, centre)
    assert kept.turnout.in_room == marked
    outcomes = [one.outcome for one in kept.plays]
    assert outcomes == [PlayOutcome.INTERRUPTED, PlayOutcome.STOPPED]


def everyone_is_there(hands: Hands, told: list[Told]) -> int:
    """The same session on the same page, and every confirmed mark; how many there are."""
    view = hands.view
    assert {one["session"] for one in told} == {view.session.id}
    hands.wait_at(PageName.PLAY)
    assert view.session.step is Step.PLAY
    found = {
        one.id: {
            "person": one.id,
            "status": one.status.value,
            "at_ms": one.at_ms,
            "lane": one.lane.value,
        }
        for one in view.cards
        if one.status is not None and one.lane is not None
    }
    marks = [one["mark"] for one in told]
    assert [found.get(one["person"]) for one in marks] == marks
    # The one that was being signed in when the kill came may be there too.
    assert len(marks) <= len(found) <= len(marks) + 1
    return len(found)


def go_on(hands: Hands, playing_ms: int) -> None:
    """F5 asks to go on where the picture was, give or take a bookmark; yes plays from there."""
    playback = hands.program.playback
    hands.key(Qt.Key.Key_F5)
    hands.wait(lambda: playback.state.resume_ms is not None)
    resume_ms = playback.state.resume_ms
    assert resume_ms is not None
    assert max(SEEK_MS, playing_ms - BOOKMARK_EVERY_MS - 1_000) <= resume_ms
    page = hands.page(PlayPage)
    hands.click(page.question.yes)
    hands.wait(lambda: playback.state.playing and playback.state.position_ms > resume_ms)


def end(hands: Hands) -> None:
    """Stop, review, close."""
    page = hands.page(PlayPage)
    hands.click(page.end)
    hands.click(page.question.yes)
    hands.wait_at(PageName.DISCUSS)
    hands.key(Qt.Key.Key_F5)
    hands.wait_at(PageName.CLOSE)
    review = hands.page(ClosePage)
    hands.click(review.plain)
    if review.question.isVisible():
        hands.click(review.question.end)
    hands.wait(lambda: review.presenter.state.is_closed)
