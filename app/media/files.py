"""Name, size and modification time of course files."""

from __future__ import annotations

from pathlib import Path

from app.areas.courses.course import CourseFile


def suffix_of(file: CourseFile) -> str:
    """The ending of a course file's name."""
    return file.suffix if file.suffix in (".mp4", ".srt") else ".bin"


def stamp_of(path: Path) -> tuple[int, int] | None:
    """Size and time of change; None when there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns)


def size_of(path: Path) -> int:
    """Bytes of a file, 0 when there is none."""
    stamp = stamp_of(path)
    return 0 if stamp is None else stamp[0]
