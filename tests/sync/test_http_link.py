"""The HTTP way: whatever answers in the centre's place, nothing is taken for the centre's word."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from app.bootstrap import move_centre, open_station
from app.domain.errors import LinkTrouble
from app.machine.enrolment import KeptEnrolment, keep_enrolment
from app.machine.entropy import SystemEntropy
from app.sync.http_link import HttpLink
from app.sync.introducing import enrol_at
from app.wire.codec import pack, unpack
from app.wire.introduction import full_code
from app.wire.messages import (
    MAX_UNPACKED_BYTES,
    EnrolAnswer,
    EnrolRequest,
    ErrorAnswer,
    ExchangeAnswer,
    ExchangeRequest,
    Identity,
)
from app.wire.signing import (
    ANSWER_LABEL,
    NONCE_HEADER,
    REQUEST_LABEL,
    SIGNATURE_HEADER,
    from_header,
    public_key_of,
    request_parts,
    sign,
    to_header,
    verifies,
)
from tests.support.stations import SetClock

CENTRE_KEY = bytes(range(32))
STATION_KEY = bytes(range(1, 33))
NONCE = b"n" * 16
REQUEST = ExchangeRequest("st1", NONCE, 1, "", ())
GOOD = pack(ExchangeAnswer(NONCE, 1, "g1", ()))
CODE = "ABCD-EFGH-JKMN"
INTRODUCED = EnrolRequest("", bytes(32))
PORTAL = b"<html><title>Please log in</title></html>"


class _Place(BaseHTTPRequestHandler):
    """Answers as the test wants."""

    status: ClassVar[int] = 200
    body: ClassVar[bytes] = b""
    headers_out: ClassVar[dict[str, str]] = {}
    missing: ClassVar[int] = 0
    seen: ClassVar[list[tuple[str, dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", "0"))
        self.seen.append((self.path, dict(self.headers.items()), self.rfile.read(length)))
        self._answer()

    def do_GET(self) -> None:
        self.seen.append((self.path, dict(self.headers.items()), b""))
        self._answer()

    def _answer(self) -> None:
        self.send_response(self.status)
        for name, value in self.headers_out.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(self.body) + self.missing))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Stay silent."""


@contextmanager
def place(
    status: int = 200,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    missing: int = 0,
) -> Iterator[tuple[str, list[tuple[str, dict[str, str], bytes]]]]:
    """Something that answers on this machine; its address and what it was asked."""
    seen: list[tuple[str, dict[str, str], bytes]] = []
    told = {"status": status, "body": body, "headers_out": dict(headers or {}), "seen": seen}
    told |= {"missing": missing}
    made = type("_Made", (_Place,), told)
    server = ThreadingHTTPServer(("127.0.0.1", 0), made)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def link_to(address: str) -> Iterator[HttpLink]:
    """A link of an enrolled station."""
    link = HttpLink(
        address,
        station="st1",
        private_key=STATION_KEY,
        centre_key=public_key_of(CENTRE_KEY),
        entropy=SystemEntropy(),
    )
    try:
        yield link
    finally:
        link.close()


def signed(body: bytes, nonce: bytes = NONCE, key: bytes = CENTRE_KEY) -> str:
    """The centre's signature as a header's value."""
    return to_header(sign(key, ANSWER_LABEL, nonce, body))


def test_a_verified_answer_is_believed_and_the_request_was_signed() -> None:
    with (
        place(200, GOOD, {SIGNATURE_HEADER: signed(GOOD)}) as (address, seen),
        link_to(address) as link,
    ):
        assert link.exchange(REQUEST).generation == "g1"
    path, headers, body = seen[0]
    names = {name.lower(): value for name, value in headers.items()}
    parts = request_parts("POST", path, names[NONCE_HEADER], body)
    signature = from_header(names[SIGNATURE_HEADER])
    assert verifies(public_key_of(STATION_KEY), signature, REQUEST_LABEL, *parts)


@pytest.mark.parametrize(
    ("status", "body", "signature", "key"),
    [
        (200, PORTAL, "", "link.nonsense"),
        (200, PORTAL, signed(GOOD), "link.nonsense"),
        (200, GOOD, "", "link.nonsense"),
        (200, GOOD, signed(GOOD, nonce=b"old"), "link.nonsense"),
        (200, GOOD, signed(GOOD, key=STATION_KEY), "link.nonsense"),
        (200, PORTAL, signed(PORTAL), "link.nonsense"),
        (200, b"", "", "link.nonsense"),
        (200, bytes(MAX_UNPACKED_BYTES + 1), "", "link.nonsense"),
        (302, PORTAL, "", "link.nonsense"),
        (404, PORTAL, "", "link.nonsense"),
        (502, PORTAL, "", "link.silent"),
        (503, pack(ErrorAnswer(101, "busy", 30)), "", "link.later"),
        (400, pack(ErrorAnswer(201)), "", "link.data"),
        (426, pack(ErrorAnswer(301)), "", "link.update"),
        (403, pack(ErrorAnswer(401)), "", "link.not_allowed"),
    ],
)
def test_every_other_answer_is_trouble_of_the_line(
    status: int, body: bytes, signature: str, key: str
) -> None:
    with (
        place(status, body, {SIGNATURE_HEADER: signature, "location": "http://127.0.0.1:9/"}) as (
            address,
            _,
        ),
        link_to(address) as link,
        pytest.raises(LinkTrouble) as refused,
    ):
        link.exchange(REQUEST)
    assert refused.value.key == key


def test_nobody_there_is_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with link_to(address) as link:
        with pytest.raises(LinkTrouble) as refused:
            link.exchange(REQUEST)
        with pytest.raises(LinkTrouble):
            list(link.fetch("a" * 64, 0))
    assert refused.value.key == "link.offline"


def test_a_file_is_asked_for_from_the_right_byte_and_a_whole_one_is_not_taken_for_its_rest() -> (
    None
):
    with place(206, b"rest") as (address, seen), link_to(address) as link:
        assert b"".join(link.fetch("a" * 64, 1 << 20)) == b"rest"
    assert seen[0][1]["range"] == f"bytes={1 << 20}-"
    with place(200, b"whole") as (address, _), link_to(address) as link:
        assert b"".join(link.fetch("a" * 64, 0)) == b"whole"
        with pytest.raises(LinkTrouble):
            list(link.fetch("a" * 64, 1 << 20))


@pytest.mark.parametrize(
    ("status", "body", "key"),
    [
        (403, b"", "refusal.bad_enrol_code"),
        (429, b"", "refusal.bad_enrol_code"),
        (200, PORTAL, "link.nonsense"),
        (500, PORTAL, "link.silent"),
        (503, pack(ErrorAnswer(101, "busy", 30)), "link.later"),
    ],
)
def test_a_code_that_is_not_taken_is_said(status: int, body: bytes, key: str) -> None:
    with place(status, body) as (address, _), pytest.raises(LinkTrouble) as refused:
        enrol_at(address, CODE, INTRODUCED, SystemEntropy())
    assert refused.value.key == key


def test_an_enrolment_brings_who_the_station_is() -> None:
    answer = EnrolAnswer("st1", "s1", "石门村", "centre", bytes(32), "g1", ("site:s1",))
    with place(201, pack(answer)) as (address, seen):
        assert enrol_at(address, CODE, INTRODUCED, SystemEntropy()).answer == answer
    assert [path for path, *_ in seen] == ["/v1/enrol"]
    assert unpack(seen[0][2], EnrolRequest).code == CODE


@pytest.mark.parametrize("answer", [PORTAL, pack(Identity("c", bytes(32), b"", b"n", bytes(64)))])
def test_a_code_is_not_said_to_who_cannot_prove_to_be_the_centre(answer: bytes) -> None:
    with place(200, answer) as (address, seen), pytest.raises(LinkTrouble) as refused:
        enrol_at(address, full_code(CODE, bytes(32)), INTRODUCED, SystemEntropy())
    assert refused.value.key == "link.nonsense"
    assert [path.split("?")[0] for path, *_ in seen] == ["/v1/identity"]


@pytest.mark.parametrize(
    "address", ["http://10.1.2.3:8480", "http://centre.example", "http://[2001:db8::1]"]
)
def test_plain_http_to_another_machine_is_refused_before_anything_is_sent(address: str) -> None:
    with link_to(address) as link, pytest.raises(LinkTrouble) as refused:
        link.exchange(REQUEST)
    assert refused.value.key == "link.insecure"
    with pytest.raises(LinkTrouble) as refused:
        enrol_at(address, CODE, INTRODUCED, SystemEntropy())
    assert refused.value.key == "link.insecure"


def test_a_busy_centre_says_when_to_come_back_and_never_in_more_than_an_hour() -> None:
    for said, taken in ((30, 30), (10**9, 3600), (-5, 0)):
        body = pack(ErrorAnswer(101, "busy", said))
        with place(503, body) as (address, _), link_to(address) as link:
            with pytest.raises(LinkTrouble) as refused:
                link.exchange(REQUEST)
            assert refused.value.values["retry_after_s"] == taken


def test_a_kept_connection_that_was_closed_meanwhile_is_made_anew() -> None:
    with (
        place(200, GOOD, {SIGNATURE_HEADER: signed(GOOD), "connection": "close"}) as (
            address,
            seen,
        ),
        link_to(address) as link,
    ):
        for _ in range(3):
            assert link.exchange(REQUEST).generation == "g1"
    assert len(seen) == 3


def test_an_answer_that_is_cut_off_is_no_answer() -> None:
    with (
        place(200, GOOD, {SIGNATURE_HEADER: signed(GOOD)}, missing=1) as (address, _),
        link_to(address) as link,
    ):
        with pytest.raises(LinkTrouble) as refused:
            link.exchange(REQUEST)
        assert refused.value.key == "link.offline"
        with pytest.raises(LinkTrouble):
            list(link.fetch("a" * 64, 0))


@pytest.mark.parametrize("address", ["", "nonsense", "ftp://centre", "http://:x"])
def test_a_wrong_address_is_said_and_never_keeps_the_station_from_opening(
    address: str, tmp_path: Path
) -> None:
    kept = KeptEnrolment("http://127.0.0.1:9", "st1", "s1", "石门村", "c", bytes(32), ())
    (tmp_path / "home").mkdir()
    keep_enrolment(tmp_path / "home", kept)
    move_centre(tmp_path / "home", address)
    opened = open_station(tmp_path / "home", clock=SetClock())
    try:
        outcome = opened.station.sync.run(store_lane=lambda job: job())
        assert outcome.trouble is not None
        assert outcome.trouble.key == "link.bad_address"
        assert opened.station.today.sync_view().reason == "link.bad_address"
    finally:
        opened.close()
