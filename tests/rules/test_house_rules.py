"""The house rules hold over the whole project, and each rule catches a planted breach."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules import looking


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    assert looking.long_files(looking.ROOT) == []


def test_every_module_says_what_it_is_for() -> None:
    assert looking.files_without_docstring(looking.ROOT) == []


def test_chinese_stands_in_the_catalogues_only() -> None:
    assert looking.chinese_outside_catalogues(looking.ROOT) == []


def test_no_name_says_nothing() -> None:
    assert looking.banned_names(looking.ROOT) == []


def test_nothing_sleeps() -> None:
    assert looking.sleeps(looking.ROOT) == []


def test_no_python_lies_in_the_media_folder() -> None:
    assert list((looking.ROOT / "media").rglob("*.py")) == []


def tracked_texts() -> dict[str, str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=looking.ROOT, capture_output=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a checkout: nothing is tracked here")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    texts = {}
    for name in names:
        path = looking.ROOT / name
        if path.is_file() and path.suffix not in (".mp4", ".otf", ".png", ".xlsx", ".wav", ".db"):
            texts[name] = path.read_text(encoding="utf-8", errors="replace")
    return texts


def test_nothing_committed_names_a_registry() -> None:
    assert looking.foreign_hosts(tracked_texts()) == []


def test_locks_carry_hashes_and_no_addresses() -> None:
    for name in ("requirements.txt", "requirements-centre.txt", "requirements-dev.txt"):
        text = (looking.ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "pyside6-essentials==6.8.3" in text
        assert "shiboken6==6.8.3" in text


@pytest.mark.parametrize(
    ("rule", "place", "text"),
    [
        (looking.long_files, "app/long.py", '"""Long."""\n' + "x = 1\n" * 400),
        (looking.files_without_docstring, "app/mute.py", "x = 1\n"),
        (looking.chinese_outside_catalogues, "ui/page.py", '"""Page."""\ntitle = "签到"\n'),
        (looking.banned_names, "app/string_utils.py", '"""U."""\n'),
        (looking.banned_names, "app/a.py", '"""A."""\nclass SessionManager: ...\n'),
        (looking.sleeps, "tests/test_a.py", '"""A."""\nimport time\ntime.sleep(1)\n'),
        (looking.sleeps, "tests/test_b.py", '"""B."""\ndef test(qtbot): qtbot.wait(5)\n'),
    ],
)
def test_a_planted_breach_is_caught(tmp_path: Path, rule: object, place: str, text: str) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert callable(rule)
    assert rule(tmp_path) != []


def test_a_planted_registry_is_caught() -> None:
    assert looking.foreign_hosts({"a.txt": "index https://py" + "pi.org/simple"}) == ["a.txt"]


HEADLESS = """
import sys
class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] in {'PySide6', 'vlc', 'sqlalchemy', 'alembic', 'httpx2', 'pypinyin'}:
            raise ImportError('not for this room: ' + name)
sys.meta_path.insert(0, Wall())
import pkgutil, importlib, app.domain, app.wire, app.words, app.ports
for package in (app.domain, app.wire, app.words, app.ports):
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + '.'):
        importlib.import_module(found.name)
import app.areas.sessions.verbs, app.areas.attendance.verbs, app.usecases.sync_once
print('fine')
"""


def run_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=looking.ROOT,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_rules_words_and_verbs_load_without_qt_vlc_or_a_database() -> None:
    assert run_python(HEADLESS) == "fine"


def test_the_centre_loads_neither_qt_nor_vlc() -> None:
    code = "import sys, centre.web.application; print([n for n in ('PySide6', 'vlc') if n in sys.modules])"
    assert run_python(code) == "[]"


def test_opening_a_station_loads_nothing_it_does_not_need(tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    run_python(
        f"from pathlib import Path; from app.bootstrap import open_station as o; o(Path({home!r})).close()"
    )
    code = (
        "import sys; from pathlib import Path; from app.bootstrap import open_station;"
        f"open_station(Path({home!r})).close();"
        "print([n for n in ('alembic', 'pypinyin', 'vlc', 'PySide6', 'httpx2') if n in sys.modules])"
    )
    assert run_python(code) == "[]"
