"""What we stand on: the Qt binding that keeps its counts, and licences that let us ship."""

from __future__ import annotations

import re
import sys
from importlib import metadata

from PySide6.QtCore import QCoreApplication, QObject, Signal

from tests.rules.looking import ROOT

_GPL_ONLY = re.compile(r"\bA?GPL", re.IGNORECASE)
_LESSER = re.compile(r"LGPL|Lesser", re.IGNORECASE)


def test_the_qt_binding_keeps_reference_counts(qapp: QCoreApplication) -> None:
    """PySide6 6.12 loses a reference to True at each emit and aborts Python 3.11 after 500."""

    class Speaker(QObject):
        said = Signal(int)

    speaker = Speaker()
    speaker.said.connect(lambda _number: None)
    before = sys.getrefcount(True)
    for number in range(300):
        speaker.said.emit(number)
    assert abs(sys.getrefcount(True) - before) < 50


def shipped_names() -> list[str]:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE)


def gpl_only(names: list[str]) -> list[str]:
    found = []
    for name in names:
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # for another platform
        words = " ".join(
            [str(about.json.get("license_expression") or about.json.get("license") or "")[:200]]
            + [line for line in about.get_all("Classifier") or [] if "License" in line]
        )
        if _GPL_ONLY.search(words) and not _LESSER.search(words):
            found.append(f"{name}: {words[:80]}")
    return found


def test_nothing_that_ships_is_gpl_only() -> None:
    names = shipped_names()
    assert len(names) > 8
    assert gpl_only(names) == []


def test_no_gpl_only_part_of_qt_is_asked_for() -> None:
    text = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    assert "pyside6-addons" not in text
    assert "fluent" not in text.lower()
