"""The media shelf: files named by their hash, received in pieces, whole only when verified.

Pieces are what proves a file: their hashes come with its name in the centre's signed answer.
A piece counts when it is on disk and the side file says so. A whole file carries a stamp of
its size and time, so that a change under our hands sends it back to verification; what still
fits of it then stays, and only the rest is fetched again.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO

from app.areas.courses.course import PIECE_BYTES, CourseFile
from app.domain.errors import MediaTrouble
from app.media.files import size_of, stamp_of, suffix_of
from app.media.pieces import Pieces, Seen, Stop, digest_of, go_on, unheard
from app.media.receiving import Try, force, trouble_of
from app.wire.side_files import Unreadable, make_folder, put_whole, read_small

_log = logging.getLogger("media")

_SURELY_WRONG = 4
_MOST_BEGUN = 8
"""Pieces of which the beginning is remembered: each cut can leave one."""
_HEX = frozenset("0123456789abcdef")
_OURS = re.compile(
    r"([0-9a-f]{64})\.(?:mp4|srt|bin|part|broken|notshown|(?:pieces|whole)(?:\.draft)?)\Z", re.ASCII
)
_NO_NOTE = (Unreadable, ValueError, KeyError, TypeError, OverflowError, RecursionError)
"""What reading a side file of ours can come to."""


class DiskShelf:
    """Implements ``app.ports.shelf.MediaShelf`` in one folder.

    Files are received on one lane; all else may be asked on another at the same time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with suppress(OSError):  # a folder that can't be made has no courses, and stops no sign-in
            make_folder(folder)
        self._stamps: dict[str, tuple[int, int]] = {}
        self._pieces: dict[str, Pieces] = {}
        self._begun: dict[str, dict[int, bytes]] = {}
        self._wrong: dict[str, dict[int, tuple[bytes, int]]] = {}
        self._lock = threading.Lock()
        self._receiving = ""
        self._unwanted: set[str] = set()
        self._read_again: dict[str, tuple[int, int]] = {}

    def whole(self, file: CourseFile) -> Path | None:
        """The verified file's path; verifies once a run, and again if it was touched."""
        path = self._path(file)
        stamp = stamp_of(path)
        if stamp is None or stamp[0] != file.size_bytes:
            return None
        if self._stamps.get(file.sha256) == stamp:
            return path
        if self._kept_stamp(file) != stamp:
            try:
                pieces = Pieces(file)
                pieces.look(path)
                if not pieces.all:
                    self._take_apart(file, pieces)
                    return None
            except OSError as held:
                _log.info("course file %s: %s", file.sha256[:8], type(held).__name__)
                self.discard(file)
                return None
        self._remember(file, stamp)
        return path

    def have_bytes(self, file: CourseFile) -> int:
        """Verified bytes here; a finished file is believed until it is asked for."""
        stamp = stamp_of(self._path(file))
        if stamp is not None and stamp[0] == file.size_bytes:
            return file.size_bytes
        known = self._pieces.get(file.sha256)
        part = stamp_of(self._part(file))
        if part is None:
            return 0
        if known is None:
            known = Pieces(file)
            known.read(self._side(file), part[0])
        return known.have_bytes

    def arrived_bytes(self, file: CourseFile) -> int:
        """See the port."""
        begun = self._begun.get(file.sha256, {})
        return self.have_bytes(file) + sum(len(one) for one in tuple(begun.values()))

    def gap(
        self, file: CourseFile, *, stop: Stop = go_on, seen: Seen = unheard
    ) -> tuple[int, int] | None:
        """See the port; finishes a file that has all its pieces."""
        if self._is_there(file):
            return None
        try:
            pieces = self._known(file, stop, seen)
            found = pieces.gap()
            if found is None:
                self._finish(file)
                return None
        except OSError as failed:
            raise trouble_of(failed) from failed
        first, after = found
        inside = len(self._begun.get(file.sha256, {}).get(first, b""))
        return first * PIECE_BYTES + inside, min(after * PIECE_BYTES, file.size_bytes)

    def resume_at(self, file: CourseFile) -> int:
        """Where the first missing bytes begin; the last piece of a file that misses none."""
        found = self.gap(file)
        return (len(file.pieces) - 1) * PIECE_BYTES if found is None else found[0]

    def receive(
        self,
        file: CourseFile,
        chunks: Iterator[bytes | memoryview],
        start: int,
        *,
        stop: Stop = go_on,
    ) -> None:
        """See the port; what was verified stays even when the line breaks."""
        self._safe(file)
        if self._is_there(file):
            return
        begun = self._begun.setdefault(file.sha256, {})
        place, inside = divmod(start, PIECE_BYTES)
        if inside and len(begun.get(place, b"")) != inside:
            raise ValueError(f"nothing is known of the bytes before {start}")
        pieces = self._known(file, stop, unheard)
        one = Try(
            self._part(file),
            pieces,
            partial(self._save, file, pieces),
            lambda: stop() or file.sha256 in self._unwanted,
        )
        with self._lock:
            self._receiving = file.sha256
        try:
            one.run(chunks, start, begun.get(place, b"") if inside else b"")
        finally:
            for done in [at for at in begun if at in one.bad or at in pieces]:
                del begun[done]
            if one.rest is not None and (one.rest[0] in begun or len(begun) < _MOST_BEGUN):
                begun[one.rest[0]] = one.rest[1]
            self._let_go(file)
        if one.bad:
            raise MediaTrouble("media.broken", title="", again=self._came_again(file, one.bad))
        if pieces.all and file.sha256 in self._pieces:
            self.gap(file)

    def import_file(self, file: CourseFile, source: Path) -> None:
        """Take a file from another place on this PC, verified like any other."""
        with source.open("rb") as opened:
            self.receive(file, iter(lambda: opened.read(PIECE_BYTES), b""), 0)
        if not self._is_there(file):
            raise MediaTrouble("media.broken", title="")

    def discard(self, file: CourseFile) -> None:
        """Move a broken file aside and forget what was verified of it."""
        self._forget(file.sha256)
        for path in (self._path(file), self._part(file)):
            with suppress(OSError):
                if path.exists():
                    os.replace(path, path.with_suffix(".broken"))
        for path in (self._side(file), self._stamp_file(file)):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def drop(self, file: CourseFile) -> int:
        """See the port."""
        return self._delete(self._safe(file))

    def sweep(self, keep: frozenset[str]) -> dict[str, int]:
        """See the port; nothing but files of ours is touched."""
        freed: dict[str, int] = {}
        for path, sha256 in self._dead(keep):
            freed[sha256] = freed.get(sha256, 0) + self._remove(path)
            if sha256 not in keep:
                self._forget(sha256)
        freed = {sha256: count for sha256, count in freed.items() if count}
        for sha256, count in freed.items():
            _log.info("course file %s deleted: no course needs it, %d bytes", sha256[:8], count)
        return freed

    def dead(self, keep: frozenset[str]) -> dict[str, int]:
        """See the port; a file set aside is dead when the file itself is here again."""
        found: dict[str, int] = {}
        for path, sha256 in self._dead(keep):
            found[sha256] = found.get(sha256, 0) + size_of(path)
        return found

    def is_right(self, file: CourseFile) -> bool:
        """See the port; asked for when a film ended strangely, at most once a run for a file."""
        path = self._path(file)
        stamp = stamp_of(path)
        if stamp is None:
            return False
        if self._read_again.get(file.sha256) != stamp:
            if digest_of(path) != file.sha256:
                self.discard(file)
                return False
            self._read_again[file.sha256] = stamp
        return True

    def cannot_show(self, file: CourseFile, cannot: bool) -> None:
        """An empty file beside the film says it, so that the next run knows as well."""
        mark = self._not_shown(file)
        mark.touch() if cannot else mark.unlink(missing_ok=True)

    def is_not_shown(self, file: CourseFile) -> bool:
        """See the port."""
        return self._not_shown(file).exists()

    def free_bytes(self) -> int:
        """Free space of this disk; 0 when nobody can tell."""
        for folder in (self._folder, self._folder.parent):
            with suppress(OSError):
                return shutil.disk_usage(folder).free
        return 0

    def disk_bytes(self) -> int:
        """Size of this disk."""
        return shutil.disk_usage(self._folder).total

    # --- inside ---------------------------------------------------------------------

    def _known(self, file: CourseFile, stop: Stop, seen: Seen) -> Pieces:
        """What is proven of a part file; at the first time in a run it is looked through."""
        known = self._pieces.get(file.sha256)
        there = stamp_of(self._adopted(file))
        if there is None:
            known = None
        elif known is not None:
            known.forget_beyond(there[0])
            return known
        pieces = Pieces(file)
        if there is not None:
            part, side = self._part(file), self._side(file)
            pieces.read(side, there[0])
            vouched = pieces.have_bytes
            done = pieces.look(part, stop=stop, seen=seen)
            if pieces.have_bytes > vouched:
                with part.open("r+b", buffering=0) as opened:
                    self._save(file, pieces, opened)
                found = pieces.have_bytes - vouched
                _log.info("course file %s: %d bytes found by their hash", file.sha256[:8], found)
            if not done:
                return pieces
        self._pieces[file.sha256] = pieces
        return pieces

    def _adopted(self, file: CourseFile) -> Path:
        """The part file; what bears the name and is not whole, or was set aside, becomes it."""
        part, path = self._part(file), self._path(file)
        for other in (path, path.with_suffix(".broken")):
            if not part.exists() and other.exists():
                self._forget(file.sha256)
                self._side(file).unlink(missing_ok=True)
                os.replace(other, part)
        return part

    def _save(self, file: CourseFile, pieces: Pieces, opened: IO[bytes]) -> None:
        """Force what was written; what is proven by then, and nothing later, is written down."""
        said = pieces.as_text()
        force(opened)
        put_whole(self._side(file), said.encode())

    def _finish(self, file: CourseFile) -> None:
        """Every piece is proven and on disk: give the file its name."""
        part, path = self._part(file), self._path(file)
        with part.open("r+b" if part.exists() else "w+b") as opened:
            opened.truncate(file.size_bytes)
            force(opened)
        os.replace(part, path)
        self._side(file).unlink(missing_ok=True)
        self._forget(file.sha256)
        stamp = stamp_of(path)
        if stamp is not None:
            self._remember(file, stamp)

    def _take_apart(self, file: CourseFile, pieces: Pieces) -> None:
        """A whole file that is not whole any more: what fits of it stays, the rest is missing."""
        _log.warning(
            "course file %s changed on the disk: %d of %d bytes still fit",
            file.sha256[:8],
            pieces.have_bytes,
            file.size_bytes,
        )
        part = self._part(file)
        os.replace(self._path(file), part)
        self._stamp_file(file).unlink(missing_ok=True)
        self._forget(file.sha256)
        with part.open("r+b", buffering=0) as opened:
            self._save(file, pieces, opened)

    def _is_there(self, file: CourseFile) -> bool:
        stamp = stamp_of(self._path(file))
        return stamp is not None and stamp[0] == file.size_bytes

    def _came_again(self, file: CourseFile, bad: dict[int, bytes]) -> bool:
        """Whether a piece came in the same way wrong so often that it must lie so where it comes
        from: a line that damages what goes over it does so in another way each time."""
        wrong = self._wrong.setdefault(file.sha256, {})
        for place, digest in bad.items():
            before, times = wrong.get(place, (digest, 0))
            wrong[place] = (digest, times + 1 if before == digest else 1)
        return any(wrong[place][1] >= _SURELY_WRONG for place in bad)

    def _let_go(self, file: CourseFile) -> None:
        with self._lock:
            self._receiving = ""
            unwanted = file.sha256 in self._unwanted
            self._unwanted.discard(file.sha256)
        if unwanted:
            self._delete(file.sha256)

    def _delete(self, sha256: str) -> int:
        with self._lock:
            if self._receiving == sha256:
                self._unwanted.add(sha256)
                return sum(size_of(path) for path, one in self._files() if one == sha256)
        self._forget(sha256)
        return sum(self._remove(path) for path, one in self._files() if one == sha256)

    def _remove(self, path: Path) -> int:
        """Delete one file; one that somebody holds open is left for the next time."""
        size = size_of(path)
        try:
            path.unlink()
        except OSError as held:
            _log.info("course file %s not deleted: %s", path.name[:8], type(held).__name__)
            return 0
        return size

    def _files(self) -> list[tuple[Path, str]]:
        found = ((path, _OURS.match(path.name)) for path in self._folder.iterdir())
        return [(path, ours[1]) for path, ours in found if ours is not None and path.is_file()]

    def _dead(self, keep: frozenset[str]) -> list[tuple[Path, str]]:
        ours = self._files()
        here = {sha256 for path, sha256 in ours if path.suffix in (".mp4", ".srt", ".bin", ".part")}
        return [
            (path, sha256)
            for path, sha256 in ours
            if sha256 not in keep or (path.suffix == ".broken" and sha256 in here)
        ]

    def _forget(self, sha256: str) -> None:
        for kept in (self._stamps, self._pieces, self._begun, self._wrong):
            kept.pop(sha256, None)

    def _remember(self, file: CourseFile, stamp: tuple[int, int]) -> None:
        self._stamps[file.sha256] = stamp
        with suppress(OSError):  # then it is verified anew in the next run
            put_whole(self._stamp_file(file), json.dumps(stamp).encode())

    def _kept_stamp(self, file: CourseFile) -> tuple[int, int] | None:
        try:
            size, changed = json.loads(read_small(self._stamp_file(file)) or b"")
            return (int(size), int(changed))
        except _NO_NOTE:
            return None

    def _path(self, file: CourseFile) -> Path:
        return self._folder / f"{self._safe(file)}{suffix_of(file)}"

    def _part(self, file: CourseFile) -> Path:
        return self._folder / f"{self._safe(file)}.part"

    def _side(self, file: CourseFile) -> Path:
        return self._folder / f"{self._safe(file)}.pieces"

    def _stamp_file(self, file: CourseFile) -> Path:
        return self._folder / f"{self._safe(file)}.whole"

    def _not_shown(self, file: CourseFile) -> Path:
        return self._folder / f"{self._safe(file)}.notshown"

    def _safe(self, file: CourseFile) -> str:
        """Names from outside never become paths: only 64 hex digits do."""
        if len(file.sha256) != 64 or not set(file.sha256) <= _HEX:
            raise MediaTrouble("media.broken", title="")
        return file.sha256
