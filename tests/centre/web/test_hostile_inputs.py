"""Whatever is sent, the centre answers with a refusal of the 400s and goes on serving."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import msgspec
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import NotFound
from app.wire.codec import pack
from app.wire.errors import ErrorNumber
from app.wire.fact_bytes import MAX_FACT_BYTES, chain_hash, segment_root
from app.wire.messages import MAX_BODY_BYTES, MAX_TIPS, ExchangeRequest, Run, Tip
from centre.stations.credentials import shut_out
from tests.centre.benches import Bench
from tests.support.talking_station import Chain, TalkingStation, opened_segment, refusal_of


def squeezed(plain: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(plain)


def test_a_stranger_is_told_so(bench: Bench) -> None:
    known = bench.station()
    stranger = TalkingStation(bench.client)
    stranger.enrolled = known.me
    refused = stranger.send(pack(stranger.request()))
    assert (refused.status_code, refusal_of(refused).number) == (401, ErrorNumber.BAD_SIGNATURE)
    nobody = bench.client.post("/v1/exchange", content=b"x")
    assert (nobody.status_code, refusal_of(nobody).number) == (401, ErrorNumber.UNKNOWN_STATION)


def test_a_signature_covers_the_body_and_the_path(bench: Bench) -> None:
    station = bench.station()
    body = pack(station.request())
    headers = station.headers("POST", "/v1/exchange", "n", body)
    changed = bench.client.post("/v1/exchange", content=body + b" ", headers=headers)
    elsewhere = bench.client.post("/v1/exchange?x=1", content=body, headers=headers)
    assert (changed.status_code, elsewhere.status_code) == (401, 401)


def test_a_station_that_was_shut_out_reads_nothing_any_more(bench: Bench) -> None:
    station = bench.station()
    shut_out(bench.centre, station.me.station)
    told = station.exchange(station.request(cursors={station.me.scopes[0]: 0}))
    assert (told.answer.pages, told.answer.notices) == ((), ("revoked",))
    refused = station.fetch("0" * 64)
    assert (refused.status_code, refusal_of(refused).number) == (403, ErrorNumber.OUT_OF_SCOPE)
    with pytest.raises(NotFound):
        shut_out(bench.centre, "st-nobody")


def test_speaking_for_another_station_is_out_of_scope(bench: Bench) -> None:
    station, other = bench.station(), bench.station()
    refused = station.send(pack(other.request()))
    assert (refused.status_code, refusal_of(refused).number) == (403, ErrorNumber.OUT_OF_SCOPE)


def test_a_newer_protocol_is_told_to_wait_for_this_centre(bench: Bench) -> None:

    station = bench.station()
    refused = station.send(pack(msgspec.structs.replace(station.request(), major=2)))
    assert refusal_of(refused).number == ErrorNumber.TOO_NEW


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not zstd",
        squeezed(b""),
        squeezed(b"\xc1"),
        squeezed(msgspec.msgpack.encode({"station": 1})),
        squeezed(b"\x91" * 100_000),
        squeezed(b"\x81\xa1x" + b"\x91" * 5_000 + b"\x90"),
        squeezed(b"\x86\xa7station\xa2\xff\xfe"),
    ],
)
def test_bytes_that_are_no_request_are_unreadable(bench: Bench, body: bytes) -> None:
    refused = bench.station().send(body)
    assert (refused.status_code, refusal_of(refused).number) == (400, ErrorNumber.UNREADABLE)


def test_a_bomb_is_refused_before_it_is_unpacked(bench: Bench) -> None:
    bomb = squeezed(b"\0" * (200 << 20))
    assert len(bomb) < MAX_BODY_BYTES
    refused = bench.station().send(bomb)
    assert (refused.status_code, refusal_of(refused).number) == (413, ErrorNumber.TOO_LARGE)


def test_a_bomb_that_hides_its_size_is_refused(bench: Bench) -> None:
    stream = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    bomb = stream.compress(b"\0" * (50 << 20)) + stream.flush()
    refused = bench.station().send(bomb)
    assert refused.status_code in (400, 413)


def test_a_body_over_the_limit_is_too_large(bench: Bench) -> None:
    refused = bench.station().send(os.urandom(MAX_BODY_BYTES + 1))
    assert (refused.status_code, refusal_of(refused).number) == (413, ErrorNumber.TOO_LARGE)


@pytest.mark.parametrize(
    "run",
    [
        Run("", 1, b"\0" * 32, (b"x",)),
        Run("a\0b", 1, b"\0" * 32, (b"x",)),
        Run("x" * 65, 1, b"\0" * 32, (b"x",)),
        Run("../../etc", 1, b"\0" * 32, (b"x",)),
        Run("a", 1, b"short", (b"x",)),
        Run("a", 0, b"\0" * 32, (b"x",)),
        Run("a", -(2**63), b"\0" * 32, (b"x",)),
        Run("a", 2**63, b"\0" * 32, (b"x",)),
        Run("a", 1, b"\0" * 32, (b"x" * (MAX_FACT_BYTES + 1),)),
        Run("a", 1, b"\0" * 32, (b"",) * 6000),
    ],
)
def test_a_run_with_a_wrong_frame_is_refused(bench: Bench, run: Run) -> None:
    station = bench.station()
    refused = station.send(pack(station.request(runs=[run])))
    assert refused.status_code in (400, 413)
    assert bench.report().facts == 0


@pytest.mark.parametrize(
    "tips",
    [
        [Tip("a" * 32, 1, b"x" * 33)],
        [Tip("a" * 32, 1, b"", tuple((n, b"x") for n in range(100)))],
        [Tip("a" * 32, 1, b"")] * (MAX_TIPS + 1),
    ],
)
def test_tips_beyond_the_limits_are_refused(bench: Bench, tips: list[Tip]) -> None:
    station = bench.station()
    assert station.send(pack(station.request(tips=tips))).status_code in (400, 413)


@pytest.mark.logs_warnings
def test_cursors_of_any_size_are_no_trouble(bench: Bench) -> None:
    station = bench.station()
    for cursor in (-(2**63), 2**64 - 1):
        station.exchange(station.request(cursors={"catalogue": cursor}))


def envelope(body: object, kind: str = "visitor.admitted", **over: object) -> bytes:
    whole = {"v": 1, "n": 1, "k": kind, "w": 1, "m": 1, "g": "ok", "a": "x", "b": body, **over}
    return json.dumps(whole).encode()


HOSTILE_FACTS = [
    envelope({"session": "a\0b", "person": "p"}),
    envelope({"session": "", "person": "p"}),
    envelope({"session": "s" * 5000, "person": "p"}),
    envelope({"session": "e", "person": "p\0"}),
    envelope({"session": "e", "person": "p"}, w=10**40),
    envelope({"session": "e", "person": "p"}, n=10**40),
    envelope({"session": "e", "person": "p"}, a="\0" * 500),
    envelope({"session": "e\ud800", "person": "p"}),
    envelope({}, "nonsense\0kind"),
    envelope({}, "k" * 100_000),
    envelope({"session": "e", "expected": [["x"]], "left_out": 5}, "session.opened"),
    envelope({"session": "e", "expected": ["\0"], "left_out": []}, "session.opened"),
    envelope(
        {
            "play": "y",
            "session": "e",
            "course": "k",
            "video": "v",
            "from_ms": -(10**30),
            "duration_ms": 10**30,
        },
        "playback.started",
    ),
    envelope(
        {"play": "y", "outcome": "full", "position_ms": 0, "shown": [[10**25, -5]]},
        "playback.ended",
    ),
    b'{"v":1,"n":1,"k":"visitor.admitted","w":1,"m":1,"g":"ok","a":"x","b":{"session":'
    + b"[" * 50_000
    + b"]" * 50_000
    + b"}}",
    b'{"v":1,"n":1,"k":"x","w":NaN,"m":1,"g":"ok","a":"x","b":{}}',
    b"\xff\xfe",
    b"",
]


def test_hostile_facts_are_kept_and_block_nothing(bench: Bench) -> None:
    chain, station = Chain("a" * 32), bench.station()
    for data in HOSTILE_FACTS:
        chain.append(data)
    told = station.deliver(chain)
    assert told.receipts[chain.name].upto_n == len(HOSTILE_FACTS)
    for data in HOSTILE_FACTS:
        previous = segment_root(one := os.urandom(16).hex())
        told = station.exchange(station.request(runs=[Run(one, 1, previous, (data,))]))
        assert told.receipts[one].upto_hash == chain_hash(previous, data)
    good = opened_segment()
    assert station.deliver(good).receipts[good.name].upto_n == 1


@given(data=st.binary(max_size=300), cut=st.integers(0, 200))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_random_bytes_never_bring_a_500(bench: Bench, data: bytes, cut: int) -> None:
    station = bench.kept = bench.kept or bench.station()
    whole = pack(ExchangeRequest(station.me.station, b"n", 0, "", (), ()))
    for body in (data, whole[: cut % len(whole)] + data, squeezed(data)):
        assert station.send(body).status_code in (200, 400, 413)
    assert bench.client.post("/v1/enrol", content=squeezed(data)).status_code == 400
    assert bench.client.post("/v1/enrol", content=data).status_code == 400


def test_too_many_exchanges_are_told_when_to_come_back(bench: Bench) -> None:

    bench.stop()
    bench.settings = replace(bench.settings, exchanges_a_minute=3)
    bench.start()
    station = bench.station()
    answers = [station.send(pack(station.request())) for _ in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_unknown_paths_and_methods_are_refused_in_the_same_form(bench: Bench) -> None:
    assert refusal_of(bench.client.get("/v1/nothing")).number == ErrorNumber.NOT_FOUND
    wrong = bench.client.get("/v1/exchange")
    assert (wrong.status_code, refusal_of(wrong).number) == (405, ErrorNumber.UNREADABLE)
