"""``./dev`` and its environment: made aside, stamped when it is whole, swapped in one step."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.rules.looking import ROOT

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the front door is a bash script"),
    pytest.mark.timeout(300),
]


def wheel(folder: Path, version: str) -> str:
    """A package that says its version; the line of a lock that asks for it."""
    folder.mkdir(exist_ok=True)
    name = f"brick-{version}"
    files = {
        "brick.py": f"VERSION = {version!r}\n",
        f"{name}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: brick\nVersion: {version}\n",
        f"{name}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [
        f"{path},sha256={_urlsafe(content.encode())},{len(content)}"
        for path, content in files.items()
    ]
    files[f"{name}.dist-info/RECORD"] = "\n".join([*record, f"{name}.dist-info/RECORD,,"]) + "\n"
    made = folder / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as packed:
        for path, content in files.items():
            packed.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), content)
    return f"brick=={version} --hash=sha256:{hashlib.sha256(made.read_bytes()).hexdigest()}\n"


def _urlsafe(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


@pytest.fixture(scope="module")
def quick_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ``python3.11`` that makes its environments as copies of one real one.

    Putting pip into a new environment takes four fifths of the time; nothing here is about it.
    """
    folder = tmp_path_factory.mktemp("python")
    real = Path(sys.executable).resolve()
    subprocess.run([str(real), "-m", "venv", str(folder / "made")], check=True)
    quick = folder / "python3.11"
    quick.write_text(
        "#!/bin/sh\n"
        'if [ "$1 $2" = "-m venv" ]; then\n'
        f'  mkdir -p "${{3%/*}}" && exec cp -a {folder / "made"} "$3"\n'
        "fi\n"
        f'exec {real} "$@"\n',
        encoding="utf-8",
    )
    quick.chmod(0o755)
    return folder


class Checkout:
    """A folder with the front door and a lock of one small package."""

    def __init__(self, folder: Path, python: Path) -> None:
        self.folder = folder / "checkout"
        self.wheels = folder / "wheels"
        self._path = f"{python}{os.pathsep}{os.environ['PATH']}"
        self.folder.mkdir()
        shutil.copy2(ROOT / "dev", self.folder / "dev")

    def lock(self, line: str) -> None:
        (self.folder / "requirements-dev.txt").write_text(line, encoding="utf-8")

    def dev(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        without = {"PYTHON", "VIRTUAL_ENV", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"}
        around = {name: value for name, value in os.environ.items() if name not in without}
        around |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PATH": self._path}
        return subprocess.run(
            ["bash", "dev", *arguments],
            cwd=self.folder,
            env=around,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    def version(self) -> str:
        asked = [str(self.folder / ".venv/bin/python"), "-c", "import brick; print(brick.VERSION)"]
        done = subprocess.run(asked, capture_output=True, text=True, check=True)
        return done.stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path, quick_python: Path) -> Checkout:
    return Checkout(tmp_path, quick_python)


def test_packages_that_cannot_be_had_leave_what_was_there_and_the_next_try_mends_it(
    checkout: Checkout,
) -> None:
    first, second = wheel(checkout.wheels, "1.0"), wheel(checkout.wheels, "2.0")
    newer = checkout.wheels / "brick-2.0-py3-none-any.whl"
    away = newer.rename(newer.with_suffix(".away"))
    checkout.lock(first)
    assert checkout.dev("setup").returncode == 0
    assert checkout.version() == "1.0"

    checkout.lock(second)
    for verb in ("setup", "centre"):
        done = checkout.dev(verb, "--help")
        assert done.returncode == 1, (verb, done.stderr)
        assert "what was there before is unchanged" in done.stderr
        assert "No module named" not in done.stderr, "it went on after the failure"
    assert checkout.version() == "1.0"
    assert len(list((checkout.folder / ".venvs").iterdir())) == 1

    away.rename(newer)
    done = checkout.dev("setup")
    assert done.returncode == 0, done.stderr
    assert checkout.version() == "2.0"
    assert "Making" not in checkout.dev("setup").stderr, "a second call has nothing to do"


def test_a_first_try_that_fails_leaves_no_environment(checkout: Checkout) -> None:
    checkout.lock(wheel(checkout.wheels, "1.0"))
    shutil.rmtree(checkout.wheels)
    assert checkout.dev("setup").returncode == 1
    assert not (checkout.folder / ".venv").exists()
    assert list((checkout.folder / ".venvs").iterdir()) == []


def test_who_runs_keeps_the_environment_it_was_started_from(checkout: Checkout) -> None:
    checkout.lock(wheel(checkout.wheels, "1.0"))
    assert checkout.dev("setup").returncode == 0
    python = (checkout.folder / ".venv").resolve() / "bin" / "python"
    late = "input(); import brick; print(brick.VERSION)"
    with subprocess.Popen(
        [str(python), "-c", late], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as service:
        checkout.lock(wheel(checkout.wheels, "2.0"))
        assert checkout.dev("setup").returncode == 0
        assert checkout.version() == "2.0"
        told, _ = service.communicate("now\n")
        assert told.strip() == "1.0"
    checkout.lock(wheel(checkout.wheels, "3.0"))
    assert checkout.dev("setup").returncode == 0
    assert len(list((checkout.folder / ".venvs").iterdir())) == 1, "nobody runs from the old ones"


def test_an_environment_of_an_older_front_door_is_replaced(checkout: Checkout) -> None:
    old = checkout.folder / ".venv"
    (old / "bin").mkdir(parents=True)
    (old / ".stamp").write_text("0123456789abcdef 3.11.0", encoding="utf-8")
    checkout.lock(wheel(checkout.wheels, "1.0"))
    assert checkout.dev("setup").returncode == 0
    assert checkout.version() == "1.0"
