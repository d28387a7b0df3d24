"""Putting a backup back into a home.

While it is under way a note lies in the home, and nobody opens a centre there: a home that is
half the old and half the restored one, or none of both, would be begun anew without a word. A
restore that was cut off is finished by the same command.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from app.domain.errors import BadInput, StoreTrouble
from app.domain.values import dataclass
from app.wire.side_files import (
    PRIVATE_FOLDER,
    Unreadable,
    flush_folder,
    make_folder,
    only_owner,
    put_whole,
    read_small,
)
from app.wire.signing import public_key_of
from centre.backups.folder import (
    CERTIFICATE,
    KEY,
    MANIFEST,
    MEDIA,
    SEAL,
    SMALL,
    STORE,
    Manifest,
    add_courses,
    check_key_fits,
    draft_copy,
    draft_of,
    mark_of,
    prove,
)
from centre.backups.rows import put_store, sqlite_address
from centre.courses.shelf import Shelf
from centre.decisions.put_back import say_put_back
from centre.home import (
    CONFIG,
    UNFINISHED,
    Remembered,
    StoreLook,
    look,
    only_one_serves,
    remember,
    remembered,
    wherever_it_runs,
)
from centre.opening import open_centre
from centre.service import wall_clock
from centre.settings import Settings, key_in
from centre.store.upgrade import BEFORE, ensure_schema

_OWN = (
    CONFIG,
    STORE,
    *(f"{STORE}{end}" for end in ("-wal", "-shm", "-journal")),
    KEY,
    CERTIFICATE,
    SEAL,
)


class _Unfinished(msgspec.Struct, frozen=True):
    """The note in the home: which backup is put back, and into which database."""

    manifest: str = ""
    database: str = ""


@dataclass(frozen=True, slots=True)
class _Restore:
    """One restore: from where to where. ``begun`` is the note of one that was cut off."""

    folder: Path
    settings: Settings
    manifest: Manifest
    found: StoreLook
    begun: _Unfinished | None

    @property
    def note(self) -> _Unfinished:
        """What is noted of this one."""
        return _Unfinished(mark_of(self.folder / MANIFEST).sha256, self.settings.database)


def restore(settings: Settings, folder: Path, *, set_aside: bool) -> Manifest:
    """Put a backup back into a home that is new, or whose content is set aside (``set_aside``).

    The store begins a new generation: stations check and offer anew what came since, and one-time
    codes that may have been used since are closed. The manifest that is returned names courses
    that could not be put back as missing.

    Raises:
        BadInput: there is no whole backup, or the home is in use and ``set_aside`` was not said.
        StoreTrouble: the centre is being served, or the database is not empty.
    """
    manifest, found = prove(folder)
    home = settings.home
    home.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
    only_owner(home)
    with only_one_serves(home):
        begun = _begun(home)
        known = begun.database if begun is not None else _remembered_database(home)
        settings = wherever_it_runs(replace(settings, database=settings.database or known))
        used = [name for name in _OWN if os.path.lexists(home / name)]
        if used and not set_aside and begun is None:
            raise BadInput("centre.restore_home_used", home=str(home))
        this = _Restore(folder, settings, manifest, found, begun)
        make_folder(settings.media)
        lost = add_courses(Shelf(folder / MEDIA), Shelf(settings.media), manifest.courses)
        _put_back(this)
    return msgspec.structs.replace(manifest, missing=(*manifest.missing, *lost))


def _put_back(this: _Restore) -> None:
    home, note = this.settings.home, this.settings.home / UNFINISHED
    with _drafts(this) as drafts:
        check_key_fits(public_key_of(key_in(drafts[KEY])), this.found, this.folder / KEY)
        _fill_database(this, drafts)
        put_whole(note, msgspec.json.encode(this.note))
        _set_aside(home)
        for name, draft in drafts.items():
            os.replace(draft, home / name)
    flush_folder(home)
    remember(home, Remembered(this.manifest.centre, this.settings.database))
    centre = open_centre(this.settings, is_restoring=True)
    try:
        say_put_back(centre)
    finally:
        centre.close()
    note.unlink()
    flush_folder(home)


@contextmanager
def _drafts(this: _Restore) -> Iterator[dict[str, Path]]:
    """All that is to lie in the home, whole beside what lies there now; a full disk shows here."""
    home, drafts = this.settings.home, dict[str, Path]()
    names = [name for name in SMALL if name in this.manifest.files]
    try:
        for name in names:
            drafts[name] = draft_of(home / name)
            draft_copy(this.folder / name, home / name)
        yield drafts
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def _fill_database(this: _Restore, drafts: dict[str, Path]) -> None:
    """A database of its own gets the store's rows, once; then no file of it belongs in the home."""
    address, copy = this.settings.database, drafts[STORE]
    if not address:
        return
    there = look(address)
    if this.begun == this.note and there is not None and there.centre == this.manifest.centre:
        del drafts[STORE]
        copy.unlink()
        return
    if there is not None and there.centre:
        raise StoreTrouble("centre.restore_store_used")
    is_first = this.begun is None
    put_whole(this.settings.home / UNFINISHED, msgspec.json.encode(this.note))
    try:
        ensure_schema(sqlite_address(copy))
        put_store(copy, address)
    except BaseException:
        if is_first:  # nothing was moved in the home: the centre in it goes on
            (this.settings.home / UNFINISHED).unlink()
        raise
    finally:
        for path in copy.parent.glob(f"{copy.name}*"):
            if path.name.startswith((f"{copy.name}-", f"{copy.name}{BEFORE}")):
                path.unlink()
    del drafts[STORE]
    copy.unlink()


def _begun(home: Path) -> _Unfinished | None:
    if not os.path.lexists(home / UNFINISHED):
        return None
    try:
        return msgspec.json.decode(read_small(home / UNFINISHED) or b"{}", type=_Unfinished)
    except (Unreadable, ValueError):
        return _Unfinished()


def _remembered_database(home: Path) -> str:
    """A configuration that can't be read is one of the things a restore mends."""
    try:
        known = remembered(home)
    except StoreTrouble:
        return ""
    return "" if known is None else known.database


def _set_aside(home: Path) -> None:
    """Nothing is thrown away: what the home held lies in a folder named by the time."""
    used = [name for name in _OWN if os.path.lexists(home / name)]
    if not used:
        return
    stamp = datetime.fromtimestamp(wall_clock() / 1000, UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = home / f"before-restore-{stamp}"
    aside.mkdir(mode=0o700)
    for name in used:
        os.replace(home / name, aside / name)
    flush_folder(aside)
    flush_folder(home)
