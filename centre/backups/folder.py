"""A backup as a folder: store, key, certificate, course files, and a manifest of all of it.

A folder without a manifest, or with a file that differs from it, is no backup. Course files are
named by their hash, so the next backup into the same folder copies only what is new. All else is
written as drafts, the manifest last, and takes its name when the drafts are proven: a kill at
any moment leaves the backup of before or the new one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from app.domain.errors import BadInput, StoreTrouble
from app.wire.side_files import flush_folder, make_private_file
from centre.backups.rows import is_newer, look_inside
from centre.courses.shelf import Shelf
from centre.home import StoreLook, key_mark

MANIFEST, STORE, KEY, CERTIFICATE, SEAL, MEDIA = (
    "manifest.json",
    "centre.sqlite",
    "centre.key",
    "centre.tls.pem",
    "centre.age",
    "media",
)
DRAFT = "draft"
"""Ends the name of a file that is being written; one that a kill left is written over."""
LOCK = "backup.lock"
SMALL = (STORE, KEY, CERTIFICATE, SEAL)
_LARGEST_MANIFEST_BYTES = 64 << 20
_PART_BYTES = 1 << 20


class FileMark(msgspec.Struct, frozen=True):
    """How a file of the backup must look."""

    sha256: str
    bytes: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds. ``rows`` counts by table; ``courses`` are hashes with their bytes."""

    format: int = 1
    made_ms: int
    centre: str
    revision: str
    rows: dict[str, int]
    files: dict[str, FileMark]
    courses: dict[str, int]
    missing: tuple[str, ...] = ()


def draft_of(path: Path) -> Path:
    """Where a file is written before it takes its name."""
    return path.with_name(f"{path.name}.{DRAFT}")


def draft_manifest(folder: Path, manifest: Manifest) -> None:
    """Say of the drafts that they are whole."""
    draft = new_draft(folder / MANIFEST)
    draft.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    flush(draft)


def put_in_place(folder: Path) -> None:
    """Let drafts that their manifest names take their names, if all of them are whole.

    A kill in the midst of it leaves what the next call goes on with.
    """
    try:
        manifest = _read_manifest(draft_of(folder / MANIFEST))
    except (OSError, ValueError, RecursionError):
        return
    waiting = [name for name in SMALL if name in manifest.files]
    drafts = [name for name in waiting if mark_of(draft_of(folder / name)) == manifest.files[name]]
    others = set(manifest.files) - set(drafts)
    if any(mark_of(folder / name) != manifest.files[name] for name in others):
        return
    for name in (*drafts, MANIFEST):
        os.replace(draft_of(folder / name), folder / name)
    flush_folder(folder)


def remove_drafts(folder: Path) -> None:
    """What a backup that was cut off left; a database's own files beside its draft too."""
    for path in folder.iterdir():
        if is_draft(path.name) and not path.is_dir():
            path.unlink(missing_ok=True)


def is_draft(name: str) -> bool:
    """Whether a name is that of a draft, or of what a database keeps beside one."""
    return any(name.startswith(f"{one}.{DRAFT}") for one in (*SMALL, MANIFEST))


def read_manifest(folder: Path) -> Manifest:
    """What a backup says it holds.

    Raises:
        BadInput: there is no backup in this folder, or its manifest can't be read.
    """
    path = folder / MANIFEST
    try:
        return _read_manifest(path)
    except (FileNotFoundError, NotADirectoryError) as none:
        raise BadInput("centre.no_backup", path=str(folder)) from none
    except (OSError, ValueError, RecursionError) as broken:
        raise BadInput("centre.backup_broken", path=str(path)) from broken


def _read_manifest(path: Path) -> Manifest:
    with path.open("rb") as opened:  # msgspec's errors are ValueErrors
        return msgspec.json.decode(opened.read(_LARGEST_MANIFEST_BYTES), type=Manifest)


def prove(folder: Path) -> tuple[Manifest, StoreLook]:
    """Open a backup as a restore would: every file as the manifest says, the store whole.

    Raises:
        BadInput: it is none, or something in it differs.
        StoreTrouble: the store in it can't be opened, or a newer program made it.
    """
    with suppress(OSError):  # where nothing can be written nobody cuts a backup off
        put_in_place(folder)
    manifest = read_manifest(folder)
    for name, mark in manifest.files.items():
        if name not in SMALL or mark_of(folder / name) != mark:
            raise BadInput("centre.backup_broken", path=str(folder / name))
    if not {STORE, KEY} <= manifest.files.keys():
        raise BadInput("centre.backup_broken", path=str(folder / MANIFEST))
    return manifest, prove_inside(folder, manifest, folder / STORE)


def prove_inside(folder: Path, manifest: Manifest, store: Path) -> StoreLook:
    """Prove courses and store as ``prove`` does; ``store`` may still be a draft."""
    shelf = Shelf(folder / MEDIA)
    for sha256, size in manifest.courses.items():
        path = shelf.path_of(sha256)
        if path is None or path.stat().st_size != size:
            raise BadInput("centre.backup_broken", path=str(folder / MEDIA / sha256))
    found, rows = look_inside(store)
    if is_newer(found):
        raise StoreTrouble("centre.store_newer", revision=found.revision)
    if found.centre != manifest.centre or rows != manifest.rows:
        raise BadInput("centre.backup_broken", path=str(store))
    return found


def check_key_fits(public_key: bytes, found: StoreLook, path: Path) -> None:
    """Refuse a copy whose key is not the store's.

    Raises:
        StoreTrouble: it is another's.
    """
    if found.key_mark not in ("", key_mark(public_key)):
        raise StoreTrouble("centre.key_of_another", path=str(path))


def mark_of(path: Path) -> FileMark:
    """How a file looks now; a missing or unreadable one looks like nothing."""
    whole, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as opened:
            while part := opened.read(_PART_BYTES):
                whole.update(part)
                size += len(part)
    except OSError:
        return FileMark("", -1)
    return FileMark(whole.hexdigest(), size)


def draft_copy(source: Path, target: Path) -> Path:
    """Copy a file into a draft of ``target``, readable by its owner only, and force it to disk."""
    draft = new_draft(target)
    shutil.copyfile(source, draft)
    flush(draft)
    return draft


def flush(path: Path) -> None:
    """Force a file to the disk."""
    with path.open("rb+") as written:
        os.fsync(written.fileno())


def new_draft(target: Path) -> Path:
    """An empty draft of ``target``, its owner's only."""
    draft = draft_of(target)
    draft.unlink(missing_ok=True)
    make_private_file(draft)
    return draft


def add_courses(source: Shelf, target: Shelf, wanted: Mapping[str, int]) -> tuple[str, ...]:
    """Copy course files that are not there yet, each proven by its hash; those that can't be."""
    missing = []
    for sha256, size in wanted.items():
        there = target.path_of(sha256)
        if there is not None and there.stat().st_size == size:
            continue
        path = source.path_of(sha256)
        if path is None or mark_of(path) != FileMark(sha256, size):
            missing.append(sha256)
        else:
            target.keep(path)
    return tuple(missing)
