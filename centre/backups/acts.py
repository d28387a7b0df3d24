"""Making a backup of a centre, putting one back, and checking the centre itself."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.domain.errors import BadInput, SaidPlainly, StoreTrouble
from app.wire.signing import public_key_of
from centre.backups.folder import (
    CERTIFICATE,
    DRAFT,
    KEY,
    MANIFEST,
    MEDIA,
    STORE,
    Manifest,
    add_courses,
    check_key_fits,
    copy_private,
    mark_of,
    prove,
    put_in_place,
    read_manifest,
    write_manifest,
)
from centre.backups.rows import copy_store, count_rows, faults_of, look_inside, put_store
from centre.courses.checking import COURSE_WORDS, words_of
from centre.courses.shelf import Shelf
from centre.courses.watching import State, all_courses, check_courses
from centre.home import CONFIG, Remembered, only_one_serves, remember, remembered
from centre.service import Centre, begin_new_generation, open_centre, wall_clock
from centre.settings import Settings, read_key
from centre.tls import first_certificate


@dataclass(frozen=True, slots=True)
class CentreCheck:
    """What a check found; ``faults`` are sentences' keys with their values, empty when sound."""

    rows: dict[str, int]
    courses: int
    faults: tuple[SaidPlainly, ...]


def back_up(centre: Centre, folder: Path) -> Manifest:
    """Copy everything a centre is into ``folder`` while it serves, and prove the copy by opening.

    A second backup into the same folder takes the first one's place once it is whole; course
    files stay.

    Raises:
        BadInput: the folder holds something else, or another centre's backup.
        StoreTrouble: the copy could not be made or is not whole.
    """
    _make_ready(centre, folder)
    settings = centre.settings
    draft = folder / f"{STORE}.{DRAFT}"
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    copy_store(settings.database_address, draft)
    found, rows = look_inside(draft)
    check_key_fits(centre.public_key, found, settings.key_file)
    wanted = {
        file.sha256: file.size_bytes
        for course in all_courses(centre)
        if not course.withdrawn
        for file in course.files
    }
    missing = add_courses(Shelf(centre.media), Shelf(folder / MEDIA), wanted)
    (folder / MANIFEST).unlink(missing_ok=True)
    put_in_place(draft, folder / STORE)
    names = [STORE]
    for name, source in ((KEY, settings.key_file), (CERTIFICATE, settings.certificate_file)):
        if source.is_file():
            copy_private(source, folder / name)
            names.append(name)
    manifest = Manifest(
        made_ms=centre.now_ms(),
        centre=centre.id,
        revision=found.revision,
        rows=rows,
        files={name: mark_of(folder / name) for name in names},
        courses={sha256: size for sha256, size in wanted.items() if sha256 not in missing},
        missing=missing,
    )
    write_manifest(folder, manifest)
    prove(folder)
    return manifest


def restore(settings: Settings, folder: Path, *, set_aside: bool) -> Manifest:
    """Put a backup back into a home that is new, or whose content is set aside (``set_aside``).

    The store begins a new generation: stations check and offer anew what came since.

    Raises:
        BadInput: there is no whole backup, or the home is in use and ``set_aside`` was not said.
        StoreTrouble: the centre is being served, or the database is not empty.
    """
    manifest, found = prove(folder)
    home = settings.home
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    with only_one_serves(home):
        settings = replace(settings, database=settings.database or _remembered_database(home))
        used = [name for name in _OWN if os.path.lexists(home / name)]
        if used and not set_aside:
            raise BadInput("centre.restore_home_used", home=str(home))
        if settings.database:
            put_store(folder / STORE, settings.database)
        if used:
            _set_aside(home, used)
        if not settings.database:
            copy_private(folder / STORE, home / STORE)
        for name in (KEY, CERTIFICATE):
            if name in manifest.files:
                copy_private(folder / name, home / name)
        check_key_fits(public_key_of(read_key(settings)), found, settings.key_file)
        add_courses(Shelf(folder / MEDIA), Shelf(settings.media), manifest.courses)
        remember(home, Remembered(manifest.centre, settings.database))
        centre = open_centre(settings)
        try:
            begin_new_generation(centre)
        finally:
            centre.close()
    return manifest


_OWN = (CONFIG, STORE, f"{STORE}-wal", f"{STORE}-shm", KEY, CERTIFICATE)


def check(centre: Centre) -> CentreCheck:
    """Look whether everything a centre is can be read and fits together; nothing is changed."""
    faults: list[SaidPlainly] = []
    with centre.store.reading() as tx:
        faults += [StoreTrouble("centre.check_store", detail=one) for one in faults_of(tx)]
        rows = count_rows(tx)
    offered = tuple(check_courses(centre, through=True))
    for one in offered:
        if one.state is not State.SOUND:
            faults.append(StoreTrouble(COURSE_WORDS[one.state], **words_of(one)))
    certificate = centre.settings.certificate_file
    if certificate.exists():
        try:
            first_certificate(certificate)
        except SaidPlainly as broken:
            faults.append(broken)
    if os.name != "nt":
        for path in (centre.settings.key_file, centre.settings.home / STORE):
            if path.exists() and path.stat().st_mode & 0o077:
                faults.append(StoreTrouble("centre.check_readable", path=str(path)))
    return CentreCheck(rows, len(offered), tuple(faults))


def _make_ready(centre: Centre, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / MANIFEST).exists() and read_manifest(folder).centre != centre.id:
        raise BadInput("centre.backup_of_another", path=str(folder))
    known = {MANIFEST, STORE, KEY, CERTIFICATE, MEDIA}
    if not known >= {path.name.removesuffix(f".{DRAFT}") for path in folder.iterdir()}:
        raise BadInput("centre.backup_folder_used", path=str(folder))
    folder.chmod(0o700)


def _remembered_database(home: Path) -> str:
    """A configuration that can't be read is one of the things a restore mends."""
    try:
        known = remembered(home)
    except StoreTrouble:
        return ""
    return "" if known is None else known.database


def _set_aside(home: Path, names: list[str]) -> None:
    """Nothing is thrown away: what the home held lies in a folder named by the time."""
    stamp = datetime.fromtimestamp(wall_clock() / 1000, UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = home / f"before-restore-{stamp}"
    aside.mkdir(mode=0o700)
    for name in names:
        os.replace(home / name, aside / name)
