"""A stick as an enemy would fill it, and a good part hidden behind every way out of the stick.

What is reachable only by leaving the stick is a part that would be accepted, so taking it
would be seen.
"""

from __future__ import annotations

import hashlib
import os
import random
import socket
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

from app.wire.sticks.layout import MOST_PART_BYTES, TOP

Sealer = Callable[[bytes], tuple[str, bytes]]
"""Makes a part that would be accepted if it lay on the stick: its name and bytes."""


def fill_hostile(
    root: Path, outside: Path, way: str, station: str, good: Sealer, *, many: int = 100_000
) -> None:
    """Fill ``YJ/<way>/<station>`` with everything of the corpus but a single good part."""
    folder = root / TOP / way / station
    folder.mkdir(parents=True)
    outside.mkdir()
    _ways_out(root, folder, outside, good)
    _odd_names(root, folder)
    _odd_files(folder)
    _odd_contents(folder, good)
    crowd(folder, many)


def _ways_out(root: Path, folder: Path, outside: Path, good: Sealer) -> None:
    for word in (b"link", b"second name"):
        name, sealed = good(word)
        (outside / name).write_bytes(sealed)
        if word == b"link":
            (folder / name).symlink_to(outside / name)
        else:
            (folder / name).hardlink_to(outside / name)
    beyond = outside / "st-beyond"
    beyond.mkdir()
    name, sealed = good(b"beyond")
    (beyond / name).write_bytes(sealed)
    (folder.parent / "st-beyond").symlink_to(beyond, target_is_directory=True)
    (folder / name).symlink_to(Path("..") / ".." / ".." / ".." / outside.name / name)
    (root / "autorun.inf").write_text("[autorun]\nopen=evil.exe\n")
    (folder / "autorun.inf").write_text("[autorun]\nopen=evil.exe\n")
    (folder / "evil.exe").write_bytes(b"MZ" * 100)
    (folder / "evil.exe").chmod(0o755)


def _odd_names(root: Path, folder: Path) -> None:
    upper = hashlib.sha256(b"upper").hexdigest().upper()
    names = [
        "CON", "AUX.mp4", "NUL", "COM1", "LPT1.txt", "a" * 255, "...", " ", "-rf", "%s%n",
        unicodedata.normalize("NFD", "é") + "a" * 62, "\u202egnp.exe", upper, upper.lower()[:63],
        "a" * 65, "tmp-0123456789abcdeg",
    ]  # fmt: skip
    for name in names:
        (folder / name).write_bytes(name.encode())
    (folder / os.fsdecode(b"\xff\xfe\n")).write_bytes(b"x")
    for name in ("CON", "..st", "ST-ABC", "st-" + "z" * 41, "nul", "aux"):
        (root / TOP / folder.parent.name / name).mkdir(exist_ok=True)


def _odd_files(folder: Path) -> None:
    def named(word: str) -> Path:
        return folder / hashlib.sha256(word.encode()).hexdigest()

    if sys.platform != "win32":
        os.mkfifo(named("fifo"))
        here = Path.cwd()
        os.chdir(folder)  # a socket's path must be short
        try:
            with socket.socket(socket.AF_UNIX) as bound:
                bound.bind("sock")
        finally:
            os.chdir(here)
        (folder / "sock").rename(named("socket"))
    named("folder").mkdir()
    (folder / hashlib.sha256(b"").hexdigest()).write_bytes(b"")
    with named("sparse").open("wb") as sparse:
        for size in (1 << 40, 1 << 36, 1 << 32):
            try:
                sparse.truncate(size)
                break
            except OSError:
                continue
    named("loop").symlink_to(named("loop"))


def _odd_contents(folder: Path, good: Sealer) -> None:
    chance = random.Random(4)

    def lay(content: bytes, name: str = "") -> None:
        (folder / (name or hashlib.sha256(content).hexdigest())).write_bytes(content)

    name, sealed = good(b"cut")
    lay(sealed[: len(sealed) // 2], name)
    name, sealed = good(b"flip")
    lay(sealed[:-1] + bytes([sealed[-1] ^ 1]), name)
    name, sealed = good(b"cut but named so")
    lay(sealed[:-7])
    lay(sealed + b"x")
    lay(b"age-encryption.org/v1\n" + b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n--- x")
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
    lay(b"age-encryption.org/v1\n" + stanza * 10_000 + b"--- " + b"C" * 43 + b"\n")
    for size in (1, 100, MOST_PART_BYTES, MOST_PART_BYTES + 1):
        for _ in range(5):
            lay(chance.randbytes(size))


def crowd(folder: Path, many: int) -> None:
    """Fill a folder with so many empty files that have names of parts."""
    folder.mkdir(exist_ok=True)
    for number in range(many):
        (folder / f"{number:064x}").touch()
