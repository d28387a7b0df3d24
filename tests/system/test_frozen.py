"""The one-folder program: built anew unless it is fresh, free of what must not be in it, and playing."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.frozen.smoke import can_hide, play_lesson
from tests.rules.looking import ROOT

pytestmark = pytest.mark.timeout(1_200)

PROGRAM = "yuanjiao.exe" if sys.platform == "win32" else "yuanjiao"
BUILD_S = 900
SOURCES = ("app", "ui", "resources/fonts", "resources/icons", "resources/bundle")
SINGLE_SOURCES = ("build.spec", "requirements.txt", "docs/licences.md")
GPL_ONLY_QT = (
    "Bodymovin Charts DataVisualization Graphs HttpServer Lottie NetworkAuth Quick3D "
    "QuickEffectMaker QuickTimeline ShaderTools VirtualKeyboard WaylandCompositor"
).split()
FOREIGN_PLUGINS = "x264 x265 faad a52 dvd libmpeg2 dca postproc realrtsp vdr".split()
"""GPL parts of VLC, encoders and discs."""
PLUGIN_FOLDERS = ("vlc/plugins", "plugins")


@dataclass(frozen=True, slots=True)
class Built:
    """A folder with the program in it, and how long it took to build (0: it was there)."""

    folder: Path
    seconds: float

    @property
    def program(self) -> Path:
        """What one starts."""
        return self.folder / PROGRAM

    def files(self) -> Iterator[Path]:
        """Everything in the folder."""
        return (path for path in self.folder.rglob("*") if path.is_file())

    def plugins(self) -> set[str]:
        """The plug-ins of VLC, as ``group/file``."""
        folders = (self.folder / "_internal" / place for place in PLUGIN_FOLDERS)
        return {
            f"{path.parent.name}/{path.name}"
            for folder in folders
            for path in folder.rglob("*_plugin.*")
        }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The program of ``dist`` if no source is newer, else a new one."""
    kept = ROOT / "dist" / "yuanjiao"
    if is_fresh(kept / PROGRAM):
        return Built(kept, 0.0)
    why = why_not_here()
    if why:
        pytest.skip(why)
    work = tmp_path_factory.mktemp("frozen")
    places = ["--distpath", str(work / "dist"), "--workpath", str(work / "work")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    began_s = time.monotonic()
    done = subprocess.run(
        [*command, *places, "build.spec"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=BUILD_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return Built(work / "dist" / "yuanjiao", time.monotonic() - began_s)


def is_fresh(program: Path) -> bool:
    """Whether no source is newer than the program."""
    if not program.exists():
        return False
    sources = [ROOT / name for name in SINGLE_SOURCES]
    for folder in SOURCES:
        sources += [path for path in (ROOT / folder).rglob("*") if path.suffix != ".pyc"]
    newest = max(path.stat().st_mtime for path in sources if path.is_file())
    return newest <= program.stat().st_mtime


def why_not_here() -> str:
    """What is missing for a build on this machine, or nothing."""
    if importlib.util.find_spec("PyInstaller") is None:
        return "PyInstaller is not installed here"
    if sys.platform == "win32":
        return "" if os.environ.get("VLC_FOLDER") else "VLC_FOLDER does not say where VLC is"
    if shutil.which("objdump") is None:
        return "objdump (binutils) is not installed here"
    places = [*Path("/usr/lib").glob("*-linux-gnu"), Path("/usr/lib64"), Path("/usr/lib")]
    if not any((place / "libvlc.so.5").exists() for place in places):
        return "libvlc is not installed here"
    return ""


def test_the_folder_has_its_licences_and_nothing_that_is_gpl_by_choice(built: Built) -> None:
    names = {path.name for path in built.files()}
    assert "licences.md" in names
    gpl_only = [name for name in names if any(f"Qt6{part}" in name for part in GPL_ONLY_QT)]
    assert gpl_only == []
    assert any(name.startswith(("libQt6Widgets", "Qt6Widgets")) for name in names)
    plugins = built.plugins()
    assert [one for one in plugins if any(part in one for part in FOREIGN_PLUGINS)] == []
    access = {one.split("/")[1].split("_plugin")[0] for one in plugins if one.startswith("access/")}
    assert access == {"libfilesystem"}, "a station opens files and nothing else"
    size_mb = sum(path.stat().st_size for path in built.files() if not path.is_symlink()) / 1e6
    print(f"one-folder program: {size_mb:.0f} MB, built in {built.seconds:.0f} s")


def test_the_sample_lesson_plays_to_its_end_without_the_systems_vlc(
    built: Built, tmp_path: Path
) -> None:
    play = play_lesson(built.program, tmp_path)
    assert play["outcome"] == "full"
    print("the system's VLC was", "hidden" if can_hide() else "not hidden: needs root and Linux")
