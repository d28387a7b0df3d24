"""A backup as a folder: store, key, certificate, course files, and a manifest of all of it.

The manifest is written last. A folder without one, or with a file that differs from it, is no
backup. Course files are named by their hash, so the next backup into the same folder copies
only what is new.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

from app.domain.errors import BadInput, StoreTrouble
from centre.backups.rows import is_newer, look_inside
from centre.courses.shelf import Shelf
from centre.home import StoreLook, key_mark

MANIFEST, STORE, KEY, CERTIFICATE, MEDIA = (
    "manifest.json",
    "centre.sqlite",
    "centre.key",
    "centre.tls.pem",
    "media",
)
DRAFT = "draft"
"""Ends the name of a file that is being written; one that a kill left is written over."""
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


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Say that the backup is whole."""
    draft = _new_draft(folder / MANIFEST)
    draft.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    put_in_place(draft, folder / MANIFEST)


def read_manifest(folder: Path) -> Manifest:
    """What a backup says it holds.

    Raises:
        BadInput: there is no backup in this folder, or its manifest can't be read.
    """
    path = folder / MANIFEST
    try:
        with path.open("rb") as opened:
            return msgspec.json.decode(opened.read(_LARGEST_MANIFEST_BYTES), type=Manifest)
    except FileNotFoundError as none:
        raise BadInput("centre.no_backup", path=str(folder)) from none
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as broken:
        raise BadInput("centre.backup_broken", path=str(path)) from broken


def prove(folder: Path) -> tuple[Manifest, StoreLook]:
    """Open a backup as a restore would: every file as the manifest says, the store whole.

    Raises:
        BadInput: it is none, or something in it differs.
        StoreTrouble: the store in it can't be opened, or a newer program made it.
    """
    manifest = read_manifest(folder)
    for name, mark in manifest.files.items():
        if name not in (STORE, KEY, CERTIFICATE) or mark_of(folder / name) != mark:
            raise BadInput("centre.backup_broken", path=str(folder / name))
    if not {STORE, KEY} <= manifest.files.keys():
        raise BadInput("centre.backup_broken", path=str(folder / MANIFEST))
    shelf = Shelf(folder / MEDIA)
    for sha256, size in manifest.courses.items():
        path = shelf.path_of(sha256)
        if path is None or path.stat().st_size != size:
            raise BadInput("centre.backup_broken", path=str(folder / MEDIA / sha256))
    found, rows = look_inside(folder / STORE)
    if is_newer(found):
        raise StoreTrouble("centre.store_newer", revision=found.revision)
    if found.centre != manifest.centre or rows != manifest.rows:
        raise BadInput("centre.backup_broken", path=str(folder / STORE))
    return manifest, found


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


def copy_private(source: Path, target: Path) -> None:
    """Copy a file, whole or not at all, readable by its owner only."""
    draft = _new_draft(target)
    shutil.copyfile(source, draft)
    put_in_place(draft, target)


def put_in_place(draft: Path, target: Path) -> None:
    """Force a draft to the disk and give it its name."""
    with draft.open("rb+") as written:
        os.fsync(written.fileno())
    os.replace(draft, target)


def _new_draft(target: Path) -> Path:
    draft = target.with_name(f"{target.name}.{DRAFT}")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
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
