"""Making a backup of a centre, and checking the centre itself."""

from __future__ import annotations

import os
from pathlib import Path

from app.domain.errors import BadInput, StoreTrouble, UserError
from app.domain.values import dataclass
from app.wire.side_files import PRIVATE_FOLDER
from centre.backups.folder import (
    CERTIFICATE,
    KEY,
    LOCK,
    MANIFEST,
    MEDIA,
    SEAL,
    SMALL,
    STORE,
    Manifest,
    add_courses,
    check_key_fits,
    draft_copy,
    draft_manifest,
    draft_of,
    flush,
    is_draft,
    mark_of,
    new_draft,
    prove,
    prove_inside,
    put_in_place,
    read_manifest,
    remove_drafts,
)
from centre.backups.rows import copy_store, count_rows, faults_of, look_inside
from centre.courses.shelf import Shelf
from centre.courses.watching import State, all_courses, check_courses
from centre.home import held
from centre.service import Centre
from centre.tls import first_certificate


@dataclass(frozen=True, slots=True)
class CentreCheck:
    """What a check found; ``faults`` are sentences' keys with their values, empty when sound."""

    rows: dict[str, int]
    courses: int
    faults: tuple[UserError, ...]


def back_up(centre: Centre, folder: Path) -> Manifest:
    """Copy everything a centre is into ``folder`` while it serves, and prove the copy by opening.

    A second backup into the same folder takes the first one's place once it is whole; course
    files stay.

    Raises:
        BadInput: the folder holds something else, or another centre's backup, or is the centre's.
        StoreTrouble: the copy could not be made or is not whole, or another backup is being made.
    """
    _refuse_own_home(centre.settings.home, folder)
    folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
    _refuse_used(folder)
    with held(folder / LOCK, StoreTrouble("centre.backup_running", path=str(folder))):
        put_in_place(folder)
        if (folder / MANIFEST).exists() and read_manifest(folder).centre != centre.id:
            raise BadInput("centre.backup_of_another", path=str(folder))
        folder.chmod(PRIVATE_FOLDER)
        try:
            remove_drafts(folder)
            manifest = _draft_all(centre, folder)
            prove_inside(folder, manifest, draft_of(folder / STORE))
            put_in_place(folder)
        finally:
            remove_drafts(folder)
        for name in SMALL:
            if name not in manifest.files:
                (folder / name).unlink(missing_ok=True)
        prove(folder)
    return manifest


def _draft_all(centre: Centre, folder: Path) -> Manifest:
    settings = centre.settings
    store = new_draft(folder / STORE)
    copy_store(settings.database_address, store)
    flush(store)
    found, rows = look_inside(store)
    check_key_fits(centre.public_key, found, settings.key_file)
    wanted = {
        file.sha256: file.size_bytes
        for course in all_courses(centre)
        if not course.withdrawn
        for file in course.files
    }
    missing = add_courses(Shelf(centre.media), Shelf(folder / MEDIA), wanted)
    drafts = {STORE: store}
    for name in (KEY, CERTIFICATE, SEAL):
        source = settings.home / name
        if source.is_file():
            drafts[name] = draft_copy(source, folder / name)
    manifest = Manifest(
        made_ms=centre.now_ms(),
        centre=centre.id,
        revision=found.revision,
        rows=rows,
        files={name: mark_of(draft) for name, draft in drafts.items()},
        courses={sha256: size for sha256, size in wanted.items() if sha256 not in missing},
        missing=missing,
    )
    draft_manifest(folder, manifest)
    return manifest


def check(centre: Centre) -> CentreCheck:
    """Look whether everything a centre is can be read and fits together; nothing is changed."""
    faults: list[UserError] = []
    with centre.store.reading() as tx:
        faults += [StoreTrouble("centre.check_store", detail=one) for one in faults_of(tx)]
        rows = count_rows(tx)
    offered = tuple(check_courses(centre, through=True))
    for one in offered:
        if one.state is not State.SOUND:
            key, values = one.sentence
            faults.append(StoreTrouble(key, **values))
    certificate = centre.settings.certificate_file
    if certificate.exists():
        try:
            first_certificate(certificate)
        except UserError as broken:
            faults.append(broken)
    if os.name != "nt":
        for path in (centre.settings.key_file, centre.settings.home / STORE):
            if path.exists() and path.stat().st_mode & 0o077:
                faults.append(StoreTrouble("centre.check_readable", path=str(path)))
    return CentreCheck(rows, len(offered), tuple(faults))


def _refuse_own_home(home: Path, folder: Path) -> None:
    """A copy inside the home is lost with it, and around the home it would write over it."""
    mine, its = home.resolve(), folder.resolve()
    if mine == its or mine in its.parents or its in mine.parents:
        raise BadInput("centre.backup_folder_own", path=str(folder))


def _refuse_used(folder: Path) -> None:
    known = {MANIFEST, *SMALL, MEDIA, LOCK}
    if any(path.name not in known and not is_draft(path.name) for path in folder.iterdir()):
        raise BadInput("centre.backup_folder_used", path=str(folder))
