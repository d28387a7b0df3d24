"""The only place that builds concrete things: a home folder in, a Station out."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import LinkTrouble, StoreTrouble
from app.domain.ids import SiteId
from app.machine.clock import BUILT_MS, SystemClock
from app.machine.drives import removable_drives
from app.machine.enrolment import (
    KeptEnrolment,
    keep_enrolment,
    keep_request_nonce,
    load_enrolment,
    load_or_make_identity,
    load_or_make_key,
    load_or_make_recipient,
    load_request_nonce,
)
from app.machine.entropy import SystemEntropy
from app.machine.lock import HomeLock
from app.media.shelf import DiskShelf
from app.ports.link import Link
from app.ports.machine import Clock, Entropy
from app.store.backup import backups
from app.store.engine import SQLITE
from app.store.journal import Identity
from app.store.opening import open_store, restore_store
from app.usecases.carry import Carry
from app.usecases.diagnostics import Health, look
from app.usecases.exchange import Enrolment
from app.usecases.play_course import settle_interrupted
from app.usecases.station import Station
from app.usecases.sync_once import SyncOnce
from app.usecases.tools import Tools
from app.wire.introduction import (
    MOST_FILE_BYTES,
    FileRequest,
    key_mark,
    letters_of,
    read_file_answer,
    write_file_request,
)
from app.wire.messages import EnrolAnswer, EnrolRequest, SignedCredential
from app.wire.signing import public_key_of
from app.words import say

if TYPE_CHECKING:
    from app.machine.diagnostics import HelpFile

VERSION = "0.1.0"


@dataclass(slots=True)
class OpenStation:
    """A station with what must be let go at the end, in this order: link, store, lock."""

    station: Station
    home: Path
    lock: HomeLock
    link: Link | None

    def close(self) -> None:
        """Let everything go; call on the store lane, a second call does nothing."""
        if self.link is not None:
            self.link.close()
            self.link = None
        self.station.close_store()
        self.lock.release()


def open_station(
    home: Path, *, clock: Clock | None = None, entropy: Entropy | None = None
) -> OpenStation:
    """Open the station of ``home`` (made if new) on the calling thread, the store lane.

    Raises:
        StoreTrouble: in use by another program, of a newer version, or not writable.
    """
    lock = HomeLock(home)
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock.take()
        return _open(home, lock, clock or SystemClock(), entropy or SystemEntropy())
    except OSError as unusable:
        lock.release()
        raise StoreTrouble("trouble.home_unusable", why=unusable.strerror or "") from unusable
    except BaseException:
        lock.release()
        raise


def _open(home: Path, lock: HomeLock, clock: Clock, entropy: Entropy) -> OpenStation:
    kept = load_enrolment(home)
    store = open_store(home, clock, entropy, _identity(kept))
    with store.read() as reading:
        clock.prove(int(reading.setting("proven_ms") or BUILT_MS))
    tools = Tools(
        store=store,
        clock=clock,
        entropy=entropy,
        shelf=DiskShelf(home / "media"),
        site=None if kept is None else SiteId(kept.site),
        scopes=() if kept is None else kept.scopes,
    )
    if store.recovery is not None:
        tools.notices.append(store.recovery.notice)
    if settle_interrupted(tools):
        _say_resumed(tools)
    link = None if kept is None else _link(home, kept, entropy)
    enrolment = None if kept is None else _enrolment(home, kept, entropy)
    return OpenStation(Station(tools, SyncOnce(tools, link, enrolment)), home, lock, link)


def _enrolment(home: Path, kept: KeptEnrolment, entropy: Entropy) -> Enrolment:
    def keep(credential: SignedCredential) -> None:
        """Beside what is kept by then: the address may have changed since."""
        now = load_enrolment(home)
        if now is not None and now.station == kept.station:
            keep_enrolment(home, replace(now, credential=credential))

    return Enrolment(
        kept.station,
        kept.centre_key,
        kept.scopes,
        private_key=load_or_make_key(home, entropy),
        keep_credential=keep,
        credential=kept.credential,
    )


def _identity(kept: KeptEnrolment | None) -> Identity:
    return Identity(
        station="" if kept is None else kept.station,
        app_version=VERSION,
        sqlite_version=str(SQLITE.sqlite_version),
        platform=f"{sys.platform}-{platform.machine()}",
    )


def restore_station(home: Path, backup: Path | None) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Put a backup (the newest if None) in place of the store; returns what to say about it.

    Raises:
        StoreTrouble: the station is in use, or the backup is not sound; nothing was touched.
    """
    lock = HomeLock(home)
    lock.take()
    try:
        chosen = backup or next(iter(backups(home / "backups")), None)
        if chosen is None or not chosen.is_file():
            raise StoreTrouble("trouble.backup_bad")
        store = restore_store(
            home,
            chosen,
            SystemClock(),
            SystemEntropy(),
            _identity(load_enrolment(home)),
        )
        try:
            return (
                ("notice.recovered_none", ()) if store.recovery is None else store.recovery.notice
            )
        finally:
            store.close()
    finally:
        lock.release()


def _link(home: Path, kept: KeptEnrolment, entropy: Entropy) -> Link:
    from app.sync.http_link import (
        HttpLink,  # the HTTP client is loaded only when enrolled
    )

    return HttpLink(
        kept.address,
        station=kept.station,
        private_key=load_or_make_key(home, entropy),
        centre_key=kept.centre_key,
        entropy=entropy,
        certificate=kept.certificate,
        keep_certificate=partial(_keep_certificate, home),
        credential=kept.credential,
    )


def carry_of(opened: OpenStation) -> Carry:
    """Carrying on sticks for an open station; unenrolled it refuses calmly."""
    from app.stick.link import StickLink, sticks_among

    tools, kept = opened.station.tools, load_enrolment(opened.home)
    stick = (
        None
        if kept is None
        else StickLink(
            station=kept.station,
            private_key=load_or_make_key(opened.home, tools.entropy),
            centre_key=kept.centre_key,
            centre_recipient=kept.recipient,
            identity=load_or_make_identity(opened.home),
            entropy=tools.entropy,
            credential=kept.credential,
        )
    )
    enrolment = opened.station.sync.enrolment
    return Carry(tools, stick, enrolment, lambda: sticks_among(removable_drives()))


def look_at_health(opened: OpenStation) -> Health:
    """How an open station is, for a help file; on the store lane."""
    return look(opened.station.tools, opened.station.sync.enrolment)


def write_help(
    home: Path,
    where: Path,
    health: Health | None,
    *,
    trouble: str = "",
    screens: tuple[Mapping[str, object], ...] = (),
) -> HelpFile:
    """Write the help file of ``home``, of an open station or of one that can't be opened.

    ``trouble`` says why not; ``screens`` is what Qt knows of them. Any thread.

    Raises:
        StationTrouble: it can't be written to ``where``.
    """
    from app.machine.diagnostics import Told, write_help_file
    from app.player.version import libvlc_version

    kept = load_enrolment(home)
    site = kept.site_name if kept else say("diagnostics.no_site")
    day = f"{SystemClock().now().local:%Y-%m-%d}" if health is None else health.day
    summary = {
        "program": VERSION,
        "sqlite": str(SQLITE.sqlite_version),
        "libvlc": libvlc_version(),
        "screens": screens,
        "centre": "" if kept is None else kept.address,
        "pinned": bool(kept and kept.certificate),
        "trouble": trouble,
        "record": None if health is None else {**asdict(health), "names": len(health.names)},
    }
    stem = say("diagnostics.file", site=site, day=day, code="{code}")
    names = () if health is None else health.names
    return write_help_file(home, where, Told(summary, names, stem))


def note_cut(opened: OpenStation) -> None:
    """The run before was not closed: have that said once, calmly, unless something says it."""
    tools = opened.station.tools
    if any(key.startswith(("notice.resumed", "notice.recovered_")) for key, _ in tools.notices):
        return
    before = len(tools.notices)
    _say_resumed(tools)
    if len(tools.notices) == before:
        tools.notices.append(("notice.reopened", ()))


def _say_resumed(tools: Tools) -> None:
    with tools.store.read() as reading:
        session = reading.open_session()
        if session is None:
            return
        arrived = sum(card.at_ms is not None for card in reading.cards(session.id))
    tools.notices.append(("notice.resumed", (("arrived", str(arrived)),)))


def move_centre(home: Path, address: str) -> None:
    """The same centre answers at another address now; keys and scopes stay."""
    kept = load_enrolment(home)
    if kept is not None:
        keep_enrolment(home, replace(kept, address=address))


def enrol_station(home: Path, address: str, code: str) -> KeptEnrolment:
    """Enrol the station of ``home`` at a centre with the code that was read out.

    Raises:
        LinkTrouble: nobody there, not the centre that made the code, or the code was refused;
            nothing was changed.
    """
    from app.sync.introducing import enrol_at

    entropy = SystemEntropy()
    home.mkdir(parents=True, exist_ok=True)
    request = EnrolRequest(
        code="",
        public_key=public_key_of(load_or_make_key(home, entropy)),
        machine=platform.node(),
        recipient=load_or_make_recipient(home),
    )
    let_in = enrol_at(address, code, request, entropy)
    return _keep(home, address, let_in.answer, let_in.certificate)


def write_enrol_request(home: Path, file: Path) -> None:
    """Write a request to be let in, for carrying to the centre by hand.

    Raises:
        OSError: the file can't be written.
    """
    entropy = SystemEntropy()
    home.mkdir(parents=True, exist_ok=True)
    key = load_or_make_key(home, entropy)
    request = FileRequest(
        public_key=public_key_of(key),
        recipient=load_or_make_recipient(home),
        machine=platform.node(),
        nonce=entropy.draw(16),
    )
    keep_request_nonce(home, request.nonce)
    file.write_bytes(write_file_request(key, request))


def take_enrol_answer(home: Path, file: Path, mark: str) -> KeptEnrolment:
    """Take the centre's answer to the newest request; ``mark`` is its key's, read out by phone.

    Raises:
        LinkTrouble: another centre's answer, or one to another request; nothing was changed.
        BadInput: the file is no answer.
        OSError: it can't be read.
    """
    with file.open("rb") as opened:
        answer = read_file_answer(opened.read(MOST_FILE_BYTES + 1))
    if letters_of(mark) != letters_of(key_mark(answer.enrolled.centre_key)):
        raise LinkTrouble("link.not_that_centre")
    nonce = load_request_nonce(home)
    mine = public_key_of(load_or_make_key(home, SystemEntropy()))
    if not nonce or (answer.nonce, answer.public_key) != (nonce, mine):
        raise LinkTrouble("link.not_for_us")
    return _keep(home, answer.address, answer.enrolled, answer.certificate)


def _keep(home: Path, address: str, answer: EnrolAnswer, certificate: str) -> KeptEnrolment:
    kept = KeptEnrolment(
        address=address,
        station=answer.station,
        site=answer.site,
        site_name=answer.site_name,
        centre=answer.centre,
        centre_key=answer.centre_key,
        scopes=answer.scopes,
        certificate=certificate,
        recipient=answer.recipient,
        credential=answer.credential,
    )
    keep_enrolment(home, kept)
    return kept


def _keep_certificate(home: Path, certificate: str) -> None:
    kept = load_enrolment(home)
    if kept is not None:
        keep_enrolment(home, replace(kept, certificate=certificate))
