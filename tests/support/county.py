"""A real centre and real stations that share nothing but sticks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from app.bootstrap import OpenStation, carry_of, open_station
from app.machine.enrolment import (
    KeptEnrolment,
    keep_enrolment,
    load_enrolment,
    load_or_make_key,
    load_or_make_recipient,
)
from app.machine.entropy import SystemEntropy
from app.store.engine import SQLITE
from app.sync.connection import Reply
from app.sync.http_link import HttpLink
from app.usecases.carry import CarryOutcome
from app.usecases.sync_once import SyncOnce, SyncOutcome
from app.wire.codec import pack
from app.wire.messages import EnrolRequest, ErrorAnswer, SignedCredential
from app.wire.signing import SIGNATURE_HEADER, public_key_of, to_header
from centre.intake.exchanging import serve
from centre.interpretation.on_demand import interpret_waiting
from centre.opening import open_centre
from centre.refusals import NotServed
from centre.seal_key import centre_recipient
from centre.service import Centre
from centre.settings import Settings
from centre.sites import find_or_create_site
from centre.stations.codes import new_code
from centre.stations.enrolling import enrol
from centre.stations.signed import SignedRequest
from centre.sticks.taking import StickTaken, take_stick
from centre.store.tables import facts
from tests.centre.benches import quick_codes
from tests.support.stations import SetClock
from tests.support.talking_station import START_MS


@dataclass(slots=True)
class CentreClock:
    """A clock that goes on a little each time it is asked."""

    ms: int = START_MS
    step_ms: int = 1_000

    def __call__(self) -> int:
        self.ms += self.step_ms
        return self.ms


class ShortLine(HttpLink):
    """The HTTP way without a socket: what would be sent is served at once."""

    def __init__(
        self,
        county: County,
        *,
        station: str,
        private_key: bytes,
        centre_key: bytes,
        credential: SignedCredential | None,
    ) -> None:
        super().__init__(
            "http://127.0.0.1:1",
            station=station,
            private_key=private_key,
            centre_key=centre_key,
            entropy=SystemEntropy(),
            credential=credential,
        )
        self._county = county

    def _posted(self, target: str, body: bytes, more: Mapping[str, str] | None = None) -> Reply:
        headers = self._headers("POST", target, body) | dict(more or {})
        try:
            asked = SignedRequest("POST", target, headers, body)
            answered = serve(self._county.centre, asked, lambda _station: None)
        except NotServed as refused:
            message = ErrorAnswer(int(refused.number), refused.detail, refused.retry_after_s)
            return Reply(refused.status, {}, pack(message))
        interpret_waiting(self._county.centre)
        return Reply(200, {SIGNATURE_HEADER: to_header(answered.signature)}, answered.body)


@dataclass(slots=True)
class County:
    """One centre on SQLite; stations are made where they are asked for."""

    centre: Centre
    folder: Path
    clock: SetClock = field(default_factory=SetClock)

    def keep_centre(self) -> Path:
        """A copy of the centre's database, as somebody keeps it while nobody asks anything."""
        self.centre.close()
        kept = self.folder / "kept centre"
        kept.mkdir()
        for path in self.centre.settings.home.glob("centre.sqlite*"):
            shutil.copyfile(path, kept / path.name)
        self._open_centre()
        return kept

    def put_centre_back(self, kept: Path) -> None:
        """The database is as it was when it was kept; keys lie beside it and stay."""
        self.centre.close()
        for path in self.centre.settings.home.glob("centre.sqlite*"):
            path.unlink()
        for path in kept.iterdir():
            shutil.copyfile(path, self.centre.settings.home / path.name)
        self._open_centre()

    def _open_centre(self) -> None:
        self.centre = open_centre(self.centre.settings, now_ms=self.centre.now_ms)

    def enrolled_home(self, name: str, *, instead_of: str | None = None) -> Path:
        """A new station that once met the centre, and has not since.

        ``instead_of``: a PC that takes that station's place.
        """
        home = self.folder / (name if instead_of is None else f"{name} {instead_of}")
        home.mkdir(exist_ok=True)
        key = load_or_make_key(home, SystemEntropy())
        recipient = load_or_make_recipient(home)
        site = find_or_create_site(self.centre, name).id
        code = new_code(self.centre, site, for_station=instead_of).code
        told = enrol(self.centre, EnrolRequest(code, public_key_of(key), name, recipient))
        keep_enrolment(
            home,
            KeptEnrolment(
                address="http://127.0.0.1:1",
                station=told.station,
                site=told.site,
                site_name=told.site_name,
                centre=told.centre,
                centre_key=told.centre_key,
                scopes=told.scopes,
                recipient=centre_recipient(self.centre.settings),
                credential=told.credential,
            ),
        )
        return home

    @contextmanager
    def at(self, home: Path) -> Iterator[OpenStation]:
        """The station of a home, opened and closed again."""
        opened = open_station(home, clock=self.clock)
        try:
            yield opened
        finally:
            opened.close()

    def sync(self, home: Path) -> SyncOutcome:
        """A round of the station of a home over a line, however many exchanges it takes."""
        with self.at(home) as opened:
            return self.talk(opened)

    def talk(self, opened: OpenStation) -> SyncOutcome:
        """A round of an open station."""
        before = opened.station.sync
        kept = load_enrolment(opened.home)
        assert kept is not None
        line = ShortLine(
            self,
            station=kept.station,
            private_key=load_or_make_key(opened.home, SystemEntropy()),
            centre_key=kept.centre_key,
            credential=kept.credential,
        )
        done = SyncOnce(before.tools, line, before.enrolment).run(
            store_lane=lambda job: job(), cancelled=lambda: False, courses=False
        )
        assert done.trouble is None, done.trouble
        return done

    def take(self, stick: Path) -> StickTaken:
        """The centre's side."""
        return take_stick(self.centre, stick)

    def held(self, station: str) -> dict[bytes, bytes]:
        """Every fact of a station that the centre holds: hash → bytes."""
        query = select(facts.c.hash, facts.c.bytes).where(
            facts.c.station == station, facts.c.attached
        )
        with self.centre.store.reading() as tx:
            return {row.hash: row.bytes for row in tx.execute(query)}

    def rows(self) -> int:
        """All facts there are."""
        with self.centre.store.reading() as tx:
            return int(tx.scalar(select(func.count()).select_from(facts)) or 0)


@contextmanager
def open_county(folder: Path, *, database: str = "", step_ms: int = 1_000) -> Iterator[County]:
    """A county in a folder; the centre is closed at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = CentreClock(step_ms=step_ms)
    county = County(open_centre(Settings(folder / "centre", database), now_ms=clock), folder)
    try:
        with quick_codes():
            yield county
    finally:
        county.centre.close()


def hold_session(opened: OpenStation, visitors: int) -> None:
    """A session with so many people nobody has on a list."""
    station = opened.station
    session = station.sessions.prepare_extra("学习", ())
    station.sessions.open_sign_in(session.session.id)
    for number in range(visitors):
        station.attendance.admit_visitor(session.session.id, f"来宾{number}")
    station.sessions.close(session.session.id)


def export(opened: OpenStation, stick: Path) -> CarryOutcome:
    """The station's side, outwards; it must succeed."""
    done = carry_of(opened).export(stick, store_lane=lambda job: job())
    assert done.trouble is None, done.trouble
    return done


def bring_home(opened: OpenStation, stick: Path) -> CarryOutcome:
    """The station's side, inwards; it must succeed."""
    done = carry_of(opened).take(stick, store_lane=lambda job: job())
    assert done.trouble is None, done.trouble
    return done


def station_of(home: Path) -> str:
    return str(
        json.loads((home / "keys" / "enrolment.json").read_text(encoding="utf-8"))["station"]
    )


def confirmed_in(path: Path) -> set[str]:
    """Hashes of the facts a store holds confirmed."""
    connection = SQLITE.connect(path)
    try:
        rows = connection.execute(
            "SELECT hash FROM facts f JOIN segments s ON s.no = f.segment_no WHERE f.n <= s.acked_n"
        )
        return {row[0].hex() for row in rows}
    finally:
        connection.close()
