"""TLS with one pinned certificate: who sits between sees nothing, and a renewed one is no trouble."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.bootstrap import (
    enrol_station,
    move_centre,
    open_station,
    take_enrol_answer,
    write_enrol_request,
)
from app.domain.errors import BadInput, LinkTrouble
from app.machine.enrolment import KeptEnrolment, load_enrolment
from app.sync.connection import CentreConnection
from app.usecases.sync_once import SyncOutcome
from app.wire.introduction import code_and_mark, key_mark
from centre.tls import first_certificate, make_certificate
from tests.support.centre_process import ROOT, RunningCentre, centre_command, running_centre
from tests.support.stations import SetClock

SITE = "石门村"


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[RunningCentre]:
    """A centre with TLS on this machine."""
    with running_centre(tmp_path / "centre", options=("--tls",)) as started:
        yield started


def synced(home: Path) -> SyncOutcome:
    """One round of the station of ``home``."""
    opened = open_station(home, clock=SetClock())
    try:
        return opened.station.sync.run(store_lane=lambda job: job())
    finally:
        opened.close()


def kept(home: Path) -> KeptEnrolment:
    """What the station of ``home`` keeps of its centre."""
    found = load_enrolment(home)
    assert found is not None
    return found


def test_a_station_enrols_and_syncs_over_tls_whatever_its_clock_says(
    centre: RunningCentre, tmp_path: Path
) -> None:
    home = tmp_path / "station"
    enrol_station(home, centre.address, centre.enrol_code(SITE))
    assert centre.address.startswith("https:")
    assert kept(home).certificate == first_certificate(centre.home / "centre.tls.pem")
    assert kept(home).recipient.startswith("age1")
    assert kept(home).credential is not None
    for year_ms in (0, 4_070_908_800_000):
        opened = open_station(home, clock=SetClock(wall_ms=year_ms))
        try:
            assert opened.station.sync.run(store_lane=lambda job: job()).trouble is None
        finally:
            opened.close()


def test_a_certificate_whose_time_is_over_is_as_good_as_any(tmp_path: Path) -> None:
    home = tmp_path / "centre"
    centre_command(home, "init")
    make_certificate(home / "centre.tls.pem", 1_000_000)
    with running_centre(home, options=("--tls",)) as old:
        enrol_station(tmp_path / "station", old.address, old.enrol_code(SITE))
        assert synced(tmp_path / "station").trouble is None


@dataclass(slots=True)
class Between:
    """Sits between station and centre, with a certificate of its own or only passing bytes on."""

    address: str
    heard: bytearray = field(default_factory=bytearray)


@contextmanager
def between(centre: RunningCentre, own: Path | None) -> Iterator[Between]:
    """Somebody on the way. With ``own`` (PEM) it ends TLS itself and reads all that is said."""
    host, port = centre.address.rsplit("/", 1)[1].split(":")
    listening = socket.create_server(("127.0.0.1", 0))
    told = Between(f"https://127.0.0.1:{listening.getsockname()[1]}")
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if own is not None:
        theirs.load_cert_chain(own)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ours.check_hostname, ours.verify_mode = False, ssl.CERT_NONE

    def serve(taken: socket.socket) -> None:
        with contextlib.suppress(OSError), taken, socket.create_connection((host, int(port))) as on:
            if own is None:
                pump(taken, on, told.heard)
                return
            with theirs.wrap_socket(taken, server_side=True) as ends, ours.wrap_socket(on) as far:
                pump(ends, far, told.heard)

    def accept() -> None:
        while True:
            try:
                taken, _ = listening.accept()
            except OSError:
                return
            taken.settimeout(10)
            threading.Thread(target=serve, args=(taken,), daemon=True).start()

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield told
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def pump(station: socket.socket, centre: socket.socket, heard: bytearray) -> None:
    """Pass on both ways until one side ends; keep what the station said.

    In one thread: a TLS connection may not be read and written at the same time.
    """
    with contextlib.suppress(OSError):
        while True:
            for one in select.select([station, centre], [], [], 20)[0]:
                data = one.recv(1 << 20)
                if not data:
                    return
                if one is station:
                    heard += data
                (centre if one is station else station).sendall(data)


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A stranger's certificate and key."""
    make_certificate(tmp_path / "stranger.pem", 1_795_000_000_000)
    return tmp_path / "stranger.pem"


def test_who_sits_between_learns_no_code_and_enrols_nobody(
    centre: RunningCentre, tmp_path: Path, stranger: Path
) -> None:
    code = centre.enrol_code(SITE)
    with between(centre, stranger) as middle:
        with pytest.raises(LinkTrouble) as refused:
            enrol_station(tmp_path / "station", middle.address, code)
        assert refused.value.key == "link.nonsense"
        assert b"/v1/identity" in middle.heard
        assert b"/v1/enrol" not in middle.heard
    with between(centre, None) as wire:
        enrol_station(tmp_path / "station", wire.address, code)
        assert code_and_mark(code)[0].encode() not in wire.heard


def test_who_sits_between_an_enrolled_station_and_its_centre_hears_no_request(
    centre: RunningCentre, tmp_path: Path, stranger: Path
) -> None:
    home = tmp_path / "station"
    enrol_station(home, centre.address, centre.enrol_code(SITE))
    before = kept(home).certificate
    with between(centre, stranger) as middle:
        move_centre(home, middle.address)
        outcome = synced(home)
        assert outcome.trouble is not None
        assert outcome.trouble.key == "link.nonsense"
        assert b"/v1/exchange" not in middle.heard
    assert kept(home).certificate == before
    move_centre(home, centre.address)
    assert synced(home).trouble is None


def test_a_certificate_that_was_lost_is_replaced_in_the_centres_own_word(tmp_path: Path) -> None:
    home, station = tmp_path / "centre", tmp_path / "station"
    with running_centre(home, options=("--tls",)) as first:
        enrol_station(station, first.address, first.enrol_code(SITE))
        before = kept(station).certificate
    (home / "centre.tls.pem").unlink()
    with running_centre(home, options=("--tls",)) as again:
        move_centre(station, again.address)
        assert synced(station).trouble is None
        assert kept(station).certificate == first_certificate(home / "centre.tls.pem") != before


def test_an_enrolment_of_an_older_program_finds_its_centre_behind_tls(tmp_path: Path) -> None:
    home, station = tmp_path / "centre", tmp_path / "station"
    with running_centre(home) as plain:
        enrol_station(station, plain.address, plain.enrol_code(SITE)[:14])
        assert kept(station).certificate == ""
    with running_centre(home, options=("--tls",)) as secure:
        move_centre(station, secure.address)
        assert synced(station).trouble is None
        assert kept(station).certificate != ""


def test_another_centre_with_a_good_certificate_of_its_own_is_not_ours(
    centre: RunningCentre, tmp_path: Path
) -> None:
    station, code = tmp_path / "station", centre.enrol_code(SITE)
    with running_centre(tmp_path / "other", options=("--tls",)) as other:
        with pytest.raises(LinkTrouble) as refused:
            enrol_station(station, other.address, code)
        assert refused.value.key == "link.not_that_centre"
        enrol_station(station, centre.address, code)
        move_centre(station, other.address)
        outcome = synced(station)
        assert outcome.trouble is not None
        assert outcome.trouble.key == "link.nonsense"


def test_over_tls_a_code_without_the_centres_mark_is_not_said(
    centre: RunningCentre, tmp_path: Path
) -> None:
    code = centre.enrol_code(SITE)
    with between(centre, None) as wire:
        with pytest.raises(LinkTrouble) as refused:
            enrol_station(tmp_path / "station", wire.address, code[:14])
        assert refused.value.key == "refusal.bad_enrol_code"
        assert not wire.heard


def test_the_key_of_the_certificate_is_its_owners_only(centre: RunningCentre) -> None:
    if sys.platform != "win32":
        assert (centre.home / "centre.tls.pem").stat().st_mode & 0o077 == 0
    line = CentreConnection(centre.address, certificate=None)
    line.connect()
    shown = line.shown_certificate()
    line.close()
    pem = first_certificate(centre.home / "centre.tls.pem")
    assert ssl.DER_cert_to_PEM_cert(shown) == pem


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--host", "192.0.2.1", "--plain"), "Without encryption"),
        (("--processes", "2"), "Several processes need PostgreSQL"),
        (("--certificate", "nothing.pem"), "nothing.pem"),
    ],
)
def test_what_would_not_be_safe_is_refused_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "centre", "--home", str(tmp_path), "serve", "--port", "0"]
        + list(arguments),
        cwd=ROOT,
        env={"PATH": "", "LANG": "en_GB.UTF-8", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def answered(home: Path, request: Path, answer: Path, *more: str) -> str:
    """Have a request answered at a centre; the mark that is read out."""
    said = centre_command(home, "enrol-file", str(request), "--out", str(answer), *more)
    return said.strip()[-14:]


def test_a_station_without_a_network_enrols_by_files_and_then_syncs_over_tls(
    centre: RunningCentre, tmp_path: Path
) -> None:
    home, request, answer = tmp_path / "station", tmp_path / "request", tmp_path / "answer"
    centre.enrol_code(SITE)
    write_enrol_request(home, request)
    mark = answered(centre.home, request, answer, "--site", SITE, "--address", centre.address)
    heard = mark.lower().replace("-", " ").replace("0", "o")
    assert take_enrol_answer(home, answer, heard).site_name == SITE
    assert mark == key_mark(kept(home).centre_key)
    assert kept(home).certificate == first_certificate(centre.home / "centre.tls.pem")
    assert synced(home).trouble is None


def test_an_answer_is_taken_only_with_the_right_mark_and_by_who_asked_last(
    tmp_path: Path,
) -> None:
    centre, other = tmp_path / "centre", tmp_path / "other"
    centre_command(centre, "enrol-code", "--site", SITE, "--create")
    centre_command(other, "enrol-code", "--site", SITE, "--create")
    home, request, answer = tmp_path / "station", tmp_path / "request", tmp_path / "answer"
    write_enrol_request(home, request)
    mark = answered(centre, request, answer, "--site", SITE)
    foreign = tmp_path / "foreign"
    other_mark = answered(other, request, foreign, "--site", SITE)
    assert other_mark != mark
    for file, said in ((foreign, mark), (answer, other_mark), (answer, "")):
        with pytest.raises(LinkTrouble) as refused:
            take_enrol_answer(home, file, said)
        assert refused.value.key == "link.not_that_centre"
    write_enrol_request(tmp_path / "neighbour", tmp_path / "second")
    with pytest.raises(LinkTrouble) as refused:
        take_enrol_answer(tmp_path / "neighbour", answer, mark)
    assert refused.value.key == "link.not_for_us"
    assert load_enrolment(home) is None
    assert take_enrol_answer(home, answer, mark).site_name == SITE
    write_enrol_request(home, request)
    with pytest.raises(LinkTrouble):
        take_enrol_answer(home, answer, mark)


def flipped(data: bytes, at: int) -> bytes:
    """The same with one bit turned."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize("spoil", [flipped, lambda data, at: data[:at]])
def test_a_spoiled_file_enrols_nobody(tmp_path: Path, spoil: Callable[[bytes, int], bytes]) -> None:
    centre, home = tmp_path / "centre", tmp_path / "station"
    centre_command(centre, "enrol-code", "--site", SITE, "--create")
    request, answer = tmp_path / "request", tmp_path / "answer"
    write_enrol_request(home, request)
    mark = answered(centre, request, answer, "--site", SITE)
    whole = answer.read_bytes()
    for at in range(0, len(whole), 7):
        answer.write_bytes(spoil(whole, at))
        with contextlib.suppress(BadInput, LinkTrouble):
            take_enrol_answer(home, answer, mark)
            assert kept(home).address == ""
            assert kept(home).site_name == SITE  # a bit that says nothing (of the frame) was hit
