"""The help file: a zip about the program and this PC, without personal data, for remote help.

Logs, crash traces, versions, settings and counts; no name, number or key (``redaction``), and
never the record itself. It is put in place whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
import sys
import zipfile
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec import Struct

from app.domain.errors import StationTrouble
from app.machine.redaction import Redactor
from app.wire.side_files import Unreadable, is_plain, make_private_file, read_small

MOST_BYTES = 20_000_000
"""No help file is larger, so that it fits any stick and any mail."""
_BUDGET = 18_000_000
"""Of unpacked text: what does not shrink at all still stays under ``MOST_BYTES``."""
_OF_ONE_LOG = 2_500_000
_LIBRARIES = ("PySide6_Essentials", "python-vlc", "SQLAlchemy", "msgspec", "cryptography", "httpx2")


class HelpFile(Struct, frozen=True):
    """What was written: where, the number to say on the telephone, and the size in bytes."""

    path: Path
    code: str
    size: int


class HelpFileContent(Struct, frozen=True):
    """What goes in: ``summary`` as JSON, and the names that must not stand anywhere."""

    summary: Mapping[str, object]
    names: tuple[str, ...]
    stem: str
    """The file's name without its end; ``{code}`` stands for the number."""


def write_help_file(home: Path, where: Path, told: HelpFileContent) -> HelpFile:
    """Write the help file of ``home`` to ``where``, a folder or a file's name.

    Reads up to some MB of logs and works for a second or two. Any thread.

    Raises:
        StationTrouble: it can't be written there; nothing was left behind.
    """
    redactor = Redactor(told.names, home)
    parts = {"settings.json": _json(redactor.value(_settings(home)))}
    parts |= _logs(home / "logs", redactor, _BUDGET - 1_000_000)
    summary = {**told.summary, "machine": machine(home)}
    body = _json(redactor.value(summary))
    code = _code(body, parts)
    parts["summary.json"] = _json({"number": code, **json.loads(body)})
    if where.is_dir():
        where = where / f"{_file_name(told.stem.replace('{code}', code))}.zip"
    return HelpFile(where, code, _put(where, parts))


def machine(home: Path) -> dict[str, object]:
    """Which system, which libraries, how much room."""
    try:
        disk = shutil.disk_usage(home)
        room = {"total_mb": disk.total // 1_000_000, "free_mb": disk.free // 1_000_000}
    except OSError:
        room = {}
    return {
        "system": platform.system(),
        "release": platform.release(),
        "version": platform.version(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "disk": room,
        "files_mb": _sizes(home),
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _sizes(home: Path) -> dict[str, float]:
    """How large the record and what lies beside it is; names of courses are not told."""
    found = {}
    for name in ("station.db", "station.db-wal", "backups", "media", "logs"):
        path = home / name
        try:
            files = path.rglob("*") if path.is_dir() else (path,)
            found[name] = round(sum(one.stat().st_size for one in files if one.is_file()) / 1e6, 1)
        except OSError:
            continue
    return found


def _settings(home: Path) -> dict[str, object]:
    try:
        kept = json.loads(read_small(home / "choices.json") or b"null")
    except (Unreadable, ValueError, RecursionError):
        kept = None
    return {"choices": kept}


def _logs(folder: Path, redactor: Redactor, budget: int) -> dict[str, str]:
    """The newest first, the end of each; what no longer fits is left out."""
    parts: dict[str, str] = {}
    try:
        files = sorted(
            (one for one in folder.iterdir() if ".log" in one.name and is_plain(one)),
            key=lambda one: (one.name != "crash.log", -one.stat().st_mtime),
        )
    except OSError:
        return parts
    for path in files:
        text = "".join(redactor.lines(_tail(path)))
        size = len(text.encode("utf-8"))
        if size > budget:
            break
        parts[f"logs/{path.name}"] = text
        budget -= size
    return parts


def _tail(path: Path) -> list[str]:
    try:
        with path.open("rb") as opened:
            size = opened.seek(0, os.SEEK_END)
            opened.seek(max(0, size - _OF_ONE_LOG))
            lines = opened.read(_OF_ONE_LOG).decode("utf-8", "replace").splitlines(keepends=True)
    except OSError:
        return []
    # The first line may have lost its beginning, and with it what marks a number as one.
    return lines[1:] if size > _OF_ONE_LOG else lines


def _code(summary: str, parts: Mapping[str, str]) -> str:
    """Six digits, said easily."""
    whole = hashlib.sha256(summary.encode("utf-8"))
    for name in sorted(parts):
        whole.update(parts[name].encode("utf-8"))
    return f"{int.from_bytes(whole.digest()[:8], 'big') % 1_000_000:06}"


def _file_name(stem: str) -> str:
    """Without what a file's name can't have on Windows."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f\s]+', "", stem)[:100].rstrip(".") or "help"


def _put(path: Path, parts: Mapping[str, str]) -> int:
    """Draft, flush, rename. Returns the size in bytes."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        make_private_file(draft)
        with draft.open("wb") as opened:
            with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as zipped:
                for name, text in sorted(parts.items()):
                    zipped.writestr(name, text)
            opened.flush()
            os.fsync(opened.fileno())
        size = draft.stat().st_size
        os.replace(draft, path)
        _flush_folder(path.parent)
    except OSError as failed:
        _forget(draft)
        raise StationTrouble("trouble.file_not_written") from failed
    return size


def _forget(draft: Path) -> None:
    try:
        draft.unlink(missing_ok=True)
    except OSError:
        return  # the stick was pulled out, draft and all


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # there the rename itself is written through
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        return  # some sticks can't; the file itself is on them
    finally:
        os.close(handle)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n"
