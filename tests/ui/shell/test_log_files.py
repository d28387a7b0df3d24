"""Whatever goes wrong is in the log with its code; people get one sentence and never a traceback."""

from __future__ import annotations

import faulthandler
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qInstallMessageHandler, qWarning
from pytestqt.qtbot import QtBot

from ui.shell import log_files
from ui.shell.log_files import CRASH_BYTES, LOG_BYTES, LOG_FILES, catch_all, start_log

pytestmark = pytest.mark.logs_warnings


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log of its own for one test."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    hooks = sys.excepthook, threading.excepthook
    handler = qInstallMessageHandler(None)
    start_log(tmp_path)
    yield tmp_path / "logs" / "station.log"
    for made in [one for one in root.handlers if one not in before]:
        root.removeHandler(made)
        made.close()
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks
    qInstallMessageHandler(handler)
    faulthandler.disable()
    for kept in log_files._kept_open:
        kept.close()
    log_files._kept_open.clear()


@pytest.mark.qt_no_exception_capture
def test_what_nobody_caught_is_said_in_one_sentence_and_logged_with_its_code(
    log: Path, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    sorry: list[bool] = []
    catch_all(lambda: sorry.append(threading.current_thread() is threading.main_thread()))

    def stumble() -> None:
        raise ValueError("a planted fault")

    QTimer.singleShot(0, stumble)
    qtbot.waitUntil(lambda: sorry == [True])
    worker = threading.Thread(target=stumble)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: sorry == [True, True])  # and on the GUI thread
    text = log.read_text(encoding="utf-8")
    assert text.count("K-900 nobody caught this") == 2
    assert text.count("ValueError: a planted fault") == 2
    assert "Traceback" not in capfd.readouterr().out


def test_what_qt_complains_of_goes_into_the_log(
    log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    qWarning("a planted complaint")
    assert "ui.qt a planted complaint" in log.read_text(encoding="utf-8")
    assert "planted" not in capfd.readouterr().err


def test_the_log_is_a_ring_of_small_files(log: Path) -> None:
    handler = next(
        one for one in logging.getLogger().handlers if isinstance(one, RotatingFileHandler)
    )
    handler.maxBytes = 2_000
    for at in range(400):
        logging.getLogger("ui").info("line %d of many", at)
    files = sorted(log.parent.glob("station.log*"))
    assert len(files) == LOG_FILES
    assert all(one.stat().st_size <= 2_000 for one in files)
    assert LOG_FILES * LOG_BYTES <= 10_000_000


def test_a_crash_of_the_interpreter_leaves_its_traces_in_a_file(tmp_path: Path) -> None:
    code = (
        "import sys, ctypes; from pathlib import Path; from ui.shell.log_files import start_log;"
        "start_log(Path(sys.argv[1])); ctypes.string_at(0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "Fatal Python error" in (tmp_path / "logs" / "crash.log").read_text(encoding="utf-8")
    assert "Traceback" not in done.stdout


def test_crash_traces_do_not_grow_for_ever(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    old = tmp_path / "logs" / "crash.log"
    old.write_text("x" * (CRASH_BYTES + 1), encoding="ascii")
    log_files._open_crash_log(tmp_path / "logs").close()
    assert old.stat().st_size == 0
    assert (tmp_path / "logs" / "crash.log.1").stat().st_size == CRASH_BYTES + 1
