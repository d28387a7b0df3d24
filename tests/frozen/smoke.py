"""Plays the sample lesson in the one-folder program while the system's VLC is hidden.

    python -m tests.frozen.smoke dist/yuanjiao

Hiding needs root and Linux (a mount namespace of its own); elsewhere it says that it was not hidden.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.rules.looking import ROOT
from tests.support.stations import add_course, course_of, station_at

LESSON = ROOT / "media" / "sample" / "fire-extinguisher.mp4"
_HIDE = """
set -e
mkdir -p "$1/nothing"
for place in /usr/lib/*-linux-gnu/vlc; do mount --bind "$1/nothing" "$place"; done
for file in /usr/lib/*-linux-gnu/libvlc*.so*; do mount --bind /dev/null "$file"; done
shift
exec "$@"
"""


def can_hide() -> bool:
    """Whether a mount namespace can be made here."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("unshare"):
        return False
    return (
        subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode == 0
    )


def lesson_ms() -> int:
    """The sample lesson's true length."""
    pack = json.loads((ROOT / "media" / "sample" / "pack.json").read_text(encoding="utf-8"))
    return next(int(one["duration_ms"]) for one in pack["lessons"] if one["file"] == LESSON.name)


def run_hidden(work: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run the program with an empty environment and, where possible, no VLC on the system."""
    if can_hide():
        command = ["unshare", "-m", "sh", "-c", _HIDE, "hide", str(work), *command]
    environment = {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": str(work),
        "XDG_RUNTIME_DIR": str(work),
    }
    if sys.platform == "win32":
        environment = dict(os.environ)
    environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        timeout=300,
    )


def play_lesson(program: Path, work: Path) -> dict[str, object]:
    """Play the sample lesson in the bundle from its last 12 s; its play as the program tells it."""
    home = work / "home"
    duration_ms = lesson_ms()
    with station_at(home) as opened:
        course = course_of(LESSON, "lesson", duration_ms=duration_ms)
        add_course(opened, course, LESSON, LESSON.with_suffix(".srt"))
    start = ["--from-ms", str(max(0, duration_ms - 12_000))]
    done = run_hidden(
        work,
        [
            str(program),
            "--command",
            "--home",
            str(home),
            "play",
            "lesson",
            "--headless",
            *start,
            "--json",
        ],
    )
    if done.returncode != 0:
        raise SystemExit(f"the program did not play: {done.stderr[-2000:]}{done.stdout[-500:]}")
    shown: dict[str, object] = json.loads(done.stdout)
    return shown


def main() -> int:
    """Command line."""
    folder = Path(sys.argv[1]).resolve()
    program = folder / ("yuanjiao.exe" if sys.platform == "win32" else "yuanjiao")
    with tempfile.TemporaryDirectory() as work:
        play = play_lesson(program, Path(work))
    hidden = "hidden" if can_hide() else "not hidden (needs root and Linux)"
    size = sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    )
    print(
        f"built: {folder.name}, {size / 1e6:.0f} MB; system VLC {hidden}; outcome {play['outcome']}"
    )
    return 0 if play["outcome"] == "full" else 1


if __name__ == "__main__":
    sys.exit(main())
