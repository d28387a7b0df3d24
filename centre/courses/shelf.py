"""The folder of course files, each under the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
import stat
import time
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from app.areas.courses.course import PIECE_BYTES, CourseFile
from app.domain.values import dataclass

_YOUNG_S = 600
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Course files by hash; a name from outside never becomes a path unless it is a hash."""

    folder: Path

    def path_of(self, sha256: str) -> Path | None:
        """Where a file lies; None when there is none, or the name is no hash."""
        if _SHA256.match(sha256) is None:
            return None
        path = self._place(sha256)
        return path if path.is_file() else None

    def keep(self, source: Path) -> CourseFile:
        """Copy a file in, whole or not at all, and describe it."""
        with source.open("rb") as old:
            return self._keep(old, source.suffix.lower())

    def keep_bytes(self, data: bytes, suffix: str) -> CourseFile:
        """Put a small file in that was made here, and describe it."""
        return self._keep(io.BytesIO(data), suffix)

    def _keep(self, old: BinaryIO, suffix: str) -> CourseFile:
        whole, pieces, size = hashlib.sha256(), [], 0
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"draft-{secrets.token_hex(8)}"
        try:
            with draft.open("xb") as new:
                while piece := old.read(PIECE_BYTES):
                    whole.update(piece)
                    pieces.append(hashlib.sha256(piece).hexdigest())
                    size += len(piece)
                    new.write(piece)
                new.flush()
                os.fsync(new.fileno())
            sha256 = whole.hexdigest()
            target = self._place(sha256)
            target.parent.mkdir(exist_ok=True)
            os.replace(draft, target)
            _flush_folder(target.parent)
        finally:
            draft.unlink(missing_ok=True)
        return CourseFile(sha256, size, tuple(pieces), suffix)

    def files(self) -> dict[str, int]:
        """All files that lie here, but those that came in the last minutes: whoever publishes
        puts the file here first and its course after it. Hash → bytes; old drafts too, by name."""
        young_s, found = time.time() - _YOUNG_S, dict[str, int]()
        for path in [*self.folder.glob("??/*"), *self.folder.glob("draft-*")]:
            named = path.name.startswith("draft-") or _SHA256.match(path.name) is not None
            try:
                state = path.lstat()
            except OSError:
                continue
            if named and stat.S_ISREG(state.st_mode) and state.st_mtime < young_s:
                found[path.name] = state.st_size
        return found

    def remove(self, names: Mapping[str, int]) -> int:
        """Delete files that ``files`` named; the bytes that became free."""
        freed = 0
        for name, size in names.items():
            draft = name.startswith("draft-")
            try:
                (self.folder / name if draft else self._place(name)).unlink()
            except OSError:
                continue
            freed += size
        return freed

    def _place(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
