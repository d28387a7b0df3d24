"""What every test stands on: no screen needed, no network beyond this machine, no silent warning."""

from __future__ import annotations

import gc
import itertools
import logging
import os
import socket
import sys
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from app.words import language, speak
from tests.rules.looking import ROOT

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if not os.path.isdir(os.environ.get("XDG_RUNTIME_DIR", "")):  # noqa: PTH112 - one call at import
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp()

settings.register_profile(
    "station",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("station")

_real_connect = socket.socket.connect


def _connect_here_only(self: socket.socket, address: object) -> None:
    """A test that reaches for the network has a bug."""
    if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
        host = str(address[0])
        if not (host.startswith("127.") or host in ("::1", "localhost")):
            raise AssertionError(f"a test tried to reach {host}")
    _real_connect(self, address)  # type: ignore[arg-type]  # as the caller gave it


setattr(socket.socket, "connect", _connect_here_only)  # noqa: B010 - for the whole run


SLOW = (
    "tests/durability/",
    "tests/model/test_histories.py",
    "tests/model/test_matrix.py",
    "tests/model/test_mutants.py",
    "tests/moving/test_killed.py",
    "tests/rules/test_front_door.py",
    "tests/sticks/journeys/test_kill.py",
    "tests/store/trouble/test_kill.py",
    "tests/system/",
    "tests/centre/decisions/test_put_back_process.py",
    "tests/centre/web/test_schemathesis.py",
)
"""Where tests of 10 s and more stand; ``-m "not slow"`` leaves them out."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow."""
    for item in items:
        if item.path.relative_to(ROOT).as_posix().startswith(SLOW):
            item.add_marker(pytest.mark.slow)


_tests_since_look = itertools.count(1)


@pytest.fixture(autouse=True)
def _cycles_are_looked_for_here() -> Iterator[None]:
    """As in the program: a look for cycles on another thread would delete widgets there."""
    if "PySide6.QtWidgets" not in sys.modules:
        yield
        return
    gc.disable()
    yield
    gc.collect(2 if next(_tests_since_look) % 20 == 0 else 1)


@pytest.fixture(autouse=True)
def _commands_leave_log_and_language_as_they_were() -> Iterator[None]:
    """A command turns its process's log off and speaks its locale; in tests the process goes on."""
    spoken = language()
    yield
    logging.disable(logging.NOTSET)
    speak(spoken)


@pytest.fixture(autouse=True)
def _no_silent_warnings(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """A warning in our own logs fails the test unless it is marked ``logs_warnings``."""
    yield
    if request.node.get_closest_marker("logs_warnings") is not None:
        return
    ours = ("store", "sync", "player", "ui", "device", "centre")
    told = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING and record.name.split(".")[0] in ours
    ]
    assert not told, f"unexpected warnings in the log: {told}"
