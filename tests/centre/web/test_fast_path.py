"""An exchange is answered the same by the fast path and by the framework's route, byte for byte."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.wire.codec import CONTENT_TYPE, pack
from app.wire.messages import MAX_BODY_BYTES
from app.wire.signing import NONCE_HEADER, SIGNATURE_HEADER, STATION_HEADER, to_header
from centre.stations.credentials import shut_out
from centre.web import fast_path
from tests.centre.benches import Bench
from tests.support.talking_station import TalkingStation, opened_segment

Answer = tuple[int, dict[str, str], bytes]
_HOW = {"content-type": CONTENT_TYPE}


def both_answers(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, headers: Mapping[str, str], content: bytes
) -> tuple[Answer, Answer]:
    """Status, headers and body by the fast path and by the framework, once nothing is new."""

    def post() -> Answer:
        answer = bench.client.post("/v1/exchange", headers=dict(headers), content=content)
        return answer.status_code, dict(answer.headers), answer.content

    post()
    fast = post()
    with monkeypatch.context() as without:
        without.setattr(fast_path, "_PATH", "")
        framework = post()
    return fast, framework


def signed(station: TalkingStation) -> tuple[dict[str, str], bytes]:
    chain = opened_segment()
    request = station.request(tips=[chain.tip()], runs=[chain.run()])
    body = pack(request)
    return station.headers("POST", "/v1/exchange", to_header(request.nonce), body), body


def test_what_is_taken_is_answered_the_same(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, framework = both_answers(bench, monkeypatch, *signed(bench.station()))
    assert fast == framework
    assert fast[0] == 200
    assert fast[1].keys() == {"content-type", "content-length", SIGNATURE_HEADER.lower()}


@pytest.mark.parametrize(
    ("status", "changed", "content"),
    [
        (400, {}, b"not a message"),
        (401, {STATION_HEADER: "x" * 200}, None),
        (401, {SIGNATURE_HEADER: to_header(bytes(64))}, None),
        (401, {NONCE_HEADER: to_header(bytes(16))}, None),
        (401, {STATION_HEADER: "st-nobody"}, None),
        (413, {}, bytes(MAX_BODY_BYTES + 1)),
    ],
)
def test_what_is_refused_is_refused_the_same(
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    changed: dict[str, str],
    content: bytes | None,
) -> None:
    station = bench.station()
    headers, body = signed(station)
    if content is not None and len(content) < MAX_BODY_BYTES:
        headers = station.headers("POST", "/v1/exchange", to_header(b"n" * 16), content)
    fast, framework = both_answers(bench, monkeypatch, headers | changed, content or body)
    assert fast == framework
    assert fast[0] == status


@pytest.mark.parametrize("is_signed", [True, False])
def test_who_is_shut_out_or_says_nothing_of_itself_is_answered_the_same(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, *, is_signed: bool
) -> None:
    station = bench.station()
    headers, body = signed(station)
    shut_out(bench.centre, station.me.station)
    fast, framework = both_answers(bench, monkeypatch, headers if is_signed else _HOW, body)
    assert fast == framework
    assert fast[0] == (200 if is_signed else 401)
