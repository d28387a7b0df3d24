"""Enrolling a PC at another site: sets the old site's record aside, then begins a new one.

``HOME/former/<station>`` is a home of its own: the store, its copies, and the keys and the
enrolment it was written under. What it has not sent yet still goes up as the old site's.

The switch is noted first (``HOME/moving``) and done by whoever opens the home next, so a kill
anywhere in it is made good by the next start. Until the new enrolment is written, the old one
holds; after that nothing of the old record is in the way.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from app.domain.enrolments import Change, EnrolledAt, change_of
from app.domain.errors import Refusal, StoreTrouble
from app.machine.enrolment import (
    KeptEnrolment,
    keep_enrolment,
    load_enrolment,
)
from app.machine.lock import HomeLock
from app.wire.side_files import flush_folder, put_whole

_NOTED, _FORMER, _FOLDER = "moving", "former", "folder"
_KEYS = ("station.key", "station.age")
_MOST_MOVES = 1_000


class Record(Protocol):
    """What the switch needs of the record, which lies in the same home."""

    def session_is_open(self, home: Path) -> bool:
        """Whether a session is being prepared or is on."""

    def sites_of(self, store: Path) -> frozenset[str]:
        """The sites whose roster a store holds."""

    def set_aside(self, home: Path, to: Path) -> None:
        """Move the record's files; asked again, what is left of them."""

    def begin(self, home: Path, former: Path, site_name: str) -> None:
        """Begin a fresh record, with what belongs to the PC and not to a site."""


def refuse_mid_session(home: Path, record: Record) -> None:
    """A session belongs to the site it was begun at.

    Raises:
        Refusal: one is open, and the PC is enrolled.
    """
    if load_enrolment(home) is not None and record.session_is_open(home):
        raise Refusal("refusal.session_open")


def take_over(
    home: Path, after: KeptEnrolment, record: Record, *, same_village: bool
) -> KeptEnrolment:
    """Let a new enrolment hold. At the same site the record goes on; at another it is closed and
    a fresh one begins: at once, or with the next start while the program is open.

    ``same_village``: a person says that the record is this site's all the same.

    Raises:
        Refusal: the record is another site's, and nothing is known any more of how to send it.
    """
    before = load_enrolment(home)
    is_unknown = before is None and not same_village
    if is_unknown and record.sites_of(home / "station.db") - {after.site}:
        raise Refusal("refusal.record_of_another_site")
    change = change_of(_place(before), _place(after), same_village=same_village)
    if change is not Change.MOVED:
        forget_move(home)
        keep_enrolment(home, after)
        return after
    note_move(home, after)
    lock = HomeLock(home)
    try:
        lock.take()
    except StoreTrouble:
        return after
    try:
        finish_move(home, record)
    finally:
        lock.release()
    return after


def _speaker(kept: KeptEnrolment | None) -> tuple[bytes, str] | None:
    """Whom an enrolment speaks for."""
    return None if kept is None else (kept.centre_key, kept.station)


def _place(kept: KeptEnrolment | None) -> EnrolledAt | None:
    if kept is None:
        return None
    return EnrolledAt(kept.centre_key, kept.centre, kept.site, kept.site_name)


def former_homes(home: Path) -> tuple[Path, ...]:
    """Records of sites this PC was at before, by the names of their folders."""
    try:
        found = sorted((home / _FORMER).iterdir())
    except OSError:
        return ()
    return tuple(one for one in found if (one / "station.db").exists() and not _is_noted(home, one))


def note_move(home: Path, after: KeptEnrolment) -> None:
    """Write down that this home is to become another site's."""
    before = load_enrolment(home)
    if before is None:
        raise LookupError("not enrolled")
    put_whole(home / _NOTED / _FOLDER, _free_folder(home, before.station).name.encode())
    keep_enrolment(home / _NOTED, after)
    flush_folder(home)


def noted_move(home: Path) -> KeptEnrolment | None:
    """The enrolment that is to hold once the old record is set aside; None when nothing waits."""
    return load_enrolment(home / _NOTED)


def what_moved(home: Path, before: KeptEnrolment) -> str:
    """The sentence that says what became of the record of ``before``; empty when it stays."""
    if noted_move(home) is not None:
        return "command.moves_later"
    was = {_speaker(load_enrolment(one)) for one in former_homes(home)}
    is_apart = _speaker(before) in was and _speaker(before) != _speaker(load_enrolment(home))
    return "command.moved" if is_apart else ""


def forget_move(home: Path) -> None:
    """Nothing is to be done any more."""
    if (home / _NOTED).exists():
        (home / _NOTED / "keys" / "enrolment.json").unlink(missing_ok=True)
        shutil.rmtree(home / _NOTED)
        flush_folder(home)


def finish_move(home: Path, record: Record) -> bool:
    """Do what was noted; False when there is nothing to do, or a session is still open.

    The home is locked and its store closed. Killed anywhere, the next call goes on.
    """
    after = noted_move(home)
    if after is None:
        return False
    before = load_enrolment(home)
    former = home / _FORMER / (home / _NOTED / _FOLDER).read_text(encoding="utf-8").strip()
    if _speaker(before) != _speaker(after):
        if load_enrolment(former) is None and record.session_is_open(home):
            return False
        _set_aside(home, former, before, record)
        keep_enrolment(home, after)
    kept = load_enrolment(former)
    record.begin(home, former, "" if kept is None else kept.site_name)
    forget_move(home)
    return True


def follow_centre(former: Path, now: KeptEnrolment | None) -> KeptEnrolment | None:
    """The enrolment of a former site; where its centre is this one, its address of today."""
    kept = load_enrolment(former)
    if kept is None or now is None or kept.centre_key != now.centre_key:
        return kept
    moved = replace(kept, address=now.address, certificate=now.certificate)
    if moved != kept:
        keep_enrolment(former, moved)
    return moved


def _set_aside(home: Path, former: Path, before: KeptEnrolment | None, record: Record) -> None:
    for folder in (home / _FORMER, former):
        folder.mkdir(mode=0o700, exist_ok=True)
    for name in _KEYS:
        source = home / "keys" / name
        if source.exists() and not (former / "keys" / name).exists():
            put_whole(former / "keys" / name, source.read_bytes())
    if before is not None:
        keep_enrolment(former, before)
    record.set_aside(home, former)
    for folder in (former, home / _FORMER, home):
        flush_folder(folder)


def _free_folder(home: Path, station: str) -> Path:
    """Named after the station; one that was here before gets a number."""
    name = "".join(one for one in station if one.isascii() and (one.isalnum() or one in "-_"))[:64]
    folders = [home / _FORMER / (name or "station")]
    folders += [home / _FORMER / f"{name}.{number}" for number in range(2, _MOST_MOVES)]
    return next(one for one in folders if not os.path.lexists(one))


def _is_noted(home: Path, former: Path) -> bool:
    """Whether its switch is not done yet."""
    try:
        noted = (home / _NOTED / _FOLDER).read_text(encoding="utf-8").strip()
    except OSError:
        return False
    return noted == former.name
