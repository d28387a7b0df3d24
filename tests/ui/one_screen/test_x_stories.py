"""Whole sessions on a real X server: by touch on one screen alone, by mouse, by keys."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.one_screen.hands import why_not

WAIT_S = 170


def told(kind: str, folder: Path) -> dict[str, object]:
    """One story in a program of its own."""
    done = subprocess.run(
        (sys.executable, "-m", "tests.ui.one_screen.x_stories", kind, str(folder)),
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return seen


def in_this_order(wanted: list[str], seen: object) -> bool:
    """Whether the room saw these, one after the other, whatever came between."""
    assert isinstance(seen, list)
    left = iter(seen)
    return all(one in left for one in wanted)


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "there are hands")
def test_a_session_by_touch_on_one_screen_alone(tmp_path: Path) -> None:
    seen = told("touch", tmp_path)
    assert seen["full"] == [0, 0, 1366, 768], "the film fills the screen without a key"
    assert in_this_order(["sign_in", "play", "questions", "thanks"], seen["scenes"])
    assert seen["came"] == ["王建国", "陈桂英"], "one before the film, one beside it"
    assert seen["played"] == 1
    assert seen["strokes"] == 0
    assert seen["touches"] in (26, 27), (
        "eight of them are digits; so few came that the end is asked"
    )


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "there are hands")
def test_a_session_by_mouse_alone_on_two_screens(tmp_path: Path) -> None:
    seen = told("mouse", tmp_path)
    assert seen["room"] == [1366, 0, 1024, 768]
    assert in_this_order(["welcome", "play", "questions", "thanks"], seen["scenes"])
    assert (seen["arrived"], seen["played"]) == (2, 1)
    assert seen["strokes"] == 0


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "there are hands")
def test_a_session_by_keys_alone_on_one_screen(tmp_path: Path) -> None:
    seen = told("keys", tmp_path)
    assert in_this_order(["play", "questions", "thanks"], seen["scenes"])
    assert seen["came"] == ["王福生"]
    assert (seen["played"], seen["touches"]) == (1, 0)
