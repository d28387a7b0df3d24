"""Courses that are opened one after another leave no memory behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.machine.heap import keep_few_heaps

LESSON = Path(__file__).parents[3] / "media" / "sample" / "fire-extinguisher.mp4"
ROUNDS = 5
MOST_GROWTH_MIB = 30
"""From the first two courses to the last; without few heaps it is 60 each."""
CHILD = """
import json, sys
from pathlib import Path
from ui.shell import garbage_collection
garbage_collection.get_ready()
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from app.ports.player import Clip
from bench.processes.children import memory_mib
from ui.video.player_view import PlayerView

app = QApplication([])
cinema = PlayerView(audio=False)
surface = cinema.surface()
surface.show()
path = Path(sys.argv[1])
clip = Clip(path, 66_080, 1280, 720, path.with_suffix(".srt"))
weights = []
for _ in range(int(sys.argv[2])):
    before = cinema.pictures
    cinema.player.load(clip)
    while cinema.pictures <= before + 5:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    cinema.player.stop()
    weights.append(memory_mib())
cinema.close()
print(json.dumps(weights))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps a heap for each thread")
def test_one_course_after_another_takes_no_more_memory_than_the_second() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(LESSON), str(ROUNDS)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=LESSON.parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    weights = json.loads(done.stdout.splitlines()[-1])
    # What is freed before the weighing is chance: the heavier of the first two counts.
    assert weights[-1] - max(weights[:2]) < MOST_GROWTH_MIB, weights


def test_where_there_is_nothing_to_set_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert keep_few_heaps() is False
