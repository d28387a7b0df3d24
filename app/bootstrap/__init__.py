"""The only place that builds concrete things: a home folder in, a Station out."""

from __future__ import annotations

import platform
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.areas.playback.verbs import settle_interrupted
from app.bootstrap.file_record import FileRecord, writer_identity
from app.bootstrap.help_file import write_help as write_help
from app.domain.errors import Refusal, StoreTrouble, UserError
from app.domain.ids import SiteId
from app.machine.clock import BUILT_MS, SystemClock
from app.machine.drives import removable_drives
from app.machine.enrol_file import read_answer, write_request
from app.machine.enrolment import (
    KeptEnrolment,
    enrolment_of,
    keep_enrolment,
    load_enrolment,
    load_or_make_key,
    load_or_make_recipient,
)
from app.machine.enrolment_state import (
    EnrolmentState,
    clear_the_way,
    copy_for_store,
    mend_choices,
    stand,
)
from app.machine.entropy import SystemEntropy
from app.machine.lock import HomeLock, only_one_enrols
from app.machine.moving import (
    finish_move,
    follow_centre,
    former_homes,
    refuse_mid_session,
    take_over,
)
from app.media.shelf import DiskShelf
from app.ports.link import Link
from app.ports.machine import Clock, Entropy
from app.store.backup import backups
from app.store.copies import notices_of
from app.store.engine import trouble_of, want_short
from app.store.opening import open_store, restore_store
from app.store.seal import Checksum
from app.store.setting_aside import (
    sites_of,
)
from app.store.station_store import StationStore
from app.usecases.carry import Carry
from app.usecases.cut_short import say_cut_short, say_resumed
from app.usecases.diagnostics import Health, look
from app.usecases.exchange import Enrolment
from app.usecases.former_sites import FormerSite, OpenFormer
from app.usecases.station import Station
from app.usecases.sync_once import SyncOnce
from app.usecases.tools import Tools
from app.wire.messages import EnrolRequest, SignedCredential
from app.wire.side_files import PRIVATE_FOLDER
from app.wire.signing import public_key_of

_ENROLMENT_COPY = "enrolment"
"""The setting by which a damaged enrolment is put back; it holds no secret."""


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
        self.station.close()
        self.lock.release()


def open_station(
    home: Path,
    *,
    clock: Clock | None = None,
    entropy: Entropy | None = None,
    machine: str | None = None,
    checksum: Checksum | None = None,
) -> OpenStation:
    """Open the station of ``home`` (made if new) on the calling thread, the store lane.

    A move to another site that was noted is done first. ``machine`` is another mark of the PC;
    ``checksum`` is its store's, where its reading was begun before.

    Raises:
        StoreTrouble: in use by another program, of a newer version, or not writable.
    """
    lock = HomeLock(home)
    try:
        want_short(home)
        home.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
        told = clear_the_way(home)
        lock.take()
        clock, entropy = clock or SystemClock(), entropy or SystemEntropy()
        finish_move(home, FileRecord(clock, entropy))
        opened = _open(home, lock, machine, checksum, clock, entropy)
        opened.station.tools.notices.extend(told)
        return opened
    except OSError as unusable:
        lock.release()
        trouble = trouble_of(unusable, home)
        if trouble.key != "trouble.store_failed":
            raise trouble from unusable
        raise StoreTrouble("trouble.home_unusable", why=unusable.strerror or "") from unusable
    except BaseException:
        lock.release()
        raise


def _open(
    home: Path,
    lock: HomeLock,
    machine: str | None,
    checksum: Checksum | None,
    clock: Clock,
    entropy: Entropy,
) -> OpenStation:
    told = mend_choices(home)
    identity = writer_identity(load_enrolment(home), home, machine)
    store = open_store(home, clock, entropy, identity, checksum)
    try:
        standing = _stand(home, store, entropy, machine)
        with store.read() as reading:
            clock.prove(int(reading.setting("proven_ms") or BUILT_MS))
        kept = standing.kept
        mark = writer_identity(kept, home, machine).machine
        tools = Tools(
            store=store,
            clock=clock,
            entropy=entropy,
            shelf=DiskShelf(home / "media"),
            site=None if kept is None else SiteId(kept.site),
            scopes=() if kept is None else kept.scopes,
            former=_former_sites(home, kept, clock, entropy, mark),
            machine=mark,
            unable=standing.unable,
        )
        tools.notices.extend((*standing.notices, *told))
        tools.notices.extend(notices_of(store.recovery, store.copy_state))
        if settle_interrupted(tools):
            say_resumed(tools)
    except BaseException:
        store.close()
        raise
    link = _link(home, kept, standing.key, entropy) if kept and not standing.unable else None
    enrolment = None if kept is None else _enrolment(home, kept, standing.key)
    return OpenStation(Station.of(tools, SyncOnce(tools, link, enrolment)), home, lock, link)


def _stand(
    home: Path, store: StationStore, entropy: Entropy, machine: str | None
) -> EnrolmentState:
    """How this station stands to its centre; the store remembers what is sound of it."""
    with store.read() as reading:
        copy = reading.setting(_ENROLMENT_COPY) or ""
    standing = stand(home, entropy, copy)
    if standing.kept is not None:
        store.speak_for(writer_identity(standing.kept, home, machine))
    told = copy_for_store(standing, copy)
    if told != copy:
        with suppress(UserError), store.begin() as work:  # a full disk: the next start does
            work.keep_setting(_ENROLMENT_COPY, told)
    return standing


def _enrolment(home: Path, kept: KeptEnrolment, key: bytes) -> Enrolment:
    def keep(credential: SignedCredential) -> None:
        """Beside what is kept by then: the address may have changed since."""
        now = load_enrolment(home)
        if now is not None and now.station == kept.station:
            keep_enrolment(home, replace(now, credential=credential))

    return Enrolment(
        kept.station,
        kept.centre_key,
        kept.scopes,
        private_key=key,
        keep_credential=keep,
        credential=kept.credential,
    )


def _former_sites(
    home: Path, kept: KeptEnrolment | None, clock: Clock, entropy: Entropy, machine: str
) -> tuple[FormerSite, ...]:
    def opened(folder: Path) -> OpenFormer:
        former = open_station(folder, clock=clock, entropy=entropy, machine=machine)
        sync = former.station.sync
        enrolment = None if sync.enrolment is None else replace(sync.enrolment, closed=True)
        carry = replace(carry_of(former), enrolment=enrolment)
        return OpenFormer(replace(sync, enrolment=enrolment), carry, former.close)

    found = ((one, follow_centre(one, kept)) for one in former_homes(home))
    return tuple(
        FormerSite(one.name, was.site_name, partial(opened, one))
        for one, was in found
        if was is not None
    )


def restore_station(home: Path, backup: Path | None) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Put a backup (the newest if None) in place of the store; returns what to say about it.

    Raises:
        StoreTrouble: the station is in use, or the backup is not sound; nothing was touched.
        Refusal: the backup is of another site's record.
    """
    lock = HomeLock(home)
    clear_the_way(home)
    lock.take()
    try:
        chosen = backup or next(iter(backups(home / "backups")), None)
        if chosen is None or not chosen.is_file():
            raise StoreTrouble("trouble.backup_bad")
        kept = load_enrolment(home)
        if kept is not None and sites_of(chosen) - {kept.site}:
            raise Refusal("refusal.record_of_another_site")
        store = restore_store(
            home,
            chosen,
            SystemClock(),
            SystemEntropy(),
            writer_identity(kept, home),
        )
        try:
            return (
                ("notice.recovered_none", ()) if store.recovery is None else store.recovery.notice
            )
        finally:
            store.close()
    finally:
        lock.release()


def _link(home: Path, kept: KeptEnrolment, key: bytes, entropy: Entropy) -> Link:
    from app.sync.http_link import HttpLink  # the HTTP client is loaded only when enrolled

    return HttpLink(
        kept.address,
        station=kept.station,
        private_key=key,
        centre_key=kept.centre_key,
        entropy=entropy,
        certificate=kept.certificate,
        keep_certificate=partial(_keep_certificate, home),
        credential=kept.credential,
    )


def carry_of(opened: OpenStation) -> Carry:
    """Carrying on sticks for an open station; unenrolled it refuses calmly."""
    from app.stick.link import StickLink, sticks_among

    tools, standing = opened.station.tools, stand(opened.home, opened.station.tools.entropy)
    kept = standing.kept
    stick = (
        None
        if kept is None or standing.unable or tools.unable
        else StickLink(
            station=kept.station,
            private_key=standing.key,
            centre_key=kept.centre_key,
            centre_recipient=kept.recipient,
            identity=standing.secret,
            entropy=tools.entropy,
            credential=kept.credential,
        )
    )
    enrolment = opened.station.sync.enrolment
    return Carry(
        tools, stick, enrolment, lambda: sticks_among(removable_drives()), removable_drives
    )


def look_at_health(opened: OpenStation) -> Health:
    """How an open station is, for a help file; on the store lane."""
    return look(opened.station.tools, opened.station.sync.enrolment)


def note_cut(opened: OpenStation) -> None:
    """The run before was not closed: have that said once, calmly, unless something says it."""
    say_cut_short(opened.station.tools)


def move_centre(home: Path, address: str) -> None:
    """The same centre answers at another address now; keys and scopes stay."""
    kept = load_enrolment(home)
    if kept is not None:
        keep_enrolment(home, replace(kept, address=address))


def enrol_station(
    home: Path, address: str, code: str, *, same_village: bool = False
) -> KeptEnrolment:
    """Enrol the station of ``home`` at a centre with the code that was read out.

    What becomes of the record here: see ``app.machine.moving.take_over``.

    Raises:
        LinkTrouble: nobody there, not the centre that made the code, or the code was refused;
            nothing was changed.
        Refusal: a session is open, or the record is another site's and nobody knows how to
            send it.
    """
    from app.sync.introducing import enrol_at

    entropy = SystemEntropy()
    record = FileRecord(SystemClock(), entropy)
    refuse_mid_session(home, record)
    home.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
    with only_one_enrols(home):
        request = EnrolRequest(
            code="",
            public_key=public_key_of(load_or_make_key(home, entropy)),
            machine=platform.node(),
            recipient=load_or_make_recipient(home),
        )
        let_in = enrol_at(address, code, request, entropy)
        kept = enrolment_of(address, let_in.answer, let_in.certificate)
        return take_over(home, kept, record, same_village=same_village)


def write_enrol_request(home: Path, file: Path) -> None:
    """Write a request to be let in, for carrying to the centre by hand (OSError: it can't be)."""
    home.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
    with only_one_enrols(home):
        write_request(home, file, SystemEntropy())


def take_enrol_answer(
    home: Path, file: Path, mark: str, *, same_village: bool = False
) -> KeptEnrolment:
    """Take the centre's answer to the newest request; ``mark`` is its key's, read out by phone.

    Raises:
        LinkTrouble: another centre's answer, or one to another request; nothing was changed.
        BadInput: the file is no answer.
        OSError: it can't be read.
        Refusal: as ``enrol_station``.
    """
    record = FileRecord(SystemClock(), SystemEntropy())
    refuse_mid_session(home, record)
    with only_one_enrols(home):
        answer = read_answer(home, file, mark, SystemEntropy())
        kept = enrolment_of(answer.address, answer.enrolled, answer.certificate)
        return take_over(home, kept, record, same_village=same_village)


def _keep_certificate(home: Path, certificate: str) -> None:
    kept = load_enrolment(home)
    if kept is not None:
        keep_enrolment(home, replace(kept, certificate=certificate))
