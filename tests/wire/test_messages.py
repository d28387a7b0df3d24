"""Messages as they travel: pinned, added to only, and hostile ones cost little."""

from __future__ import annotations

import os
import tracemalloc
from dataclasses import dataclass

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from app.areas.people.person import Person
from app.domain.errors import BadInput
from app.wire.codec import pack, read_receipt, read_row, unpack, unpack_request, write_receipt
from app.wire.errors import ErrorNumber, word_key
from app.wire.messages import (
    MAX_BODY_BYTES,
    MAX_UNPACKED_BYTES,
    ErrorAnswer,
    ExchangeAnswer,
    ExchangeRequest,
    Receipt,
)
from app.wire.signing import (
    ANSWER_LABEL,
    RECEIPT_LABEL,
    framed,
    from_header,
    public_key_of,
    sign,
    to_header,
    verifies,
)
from app.words import CATALOGUE
from tests.wire.sample_facts import ANSWER, LATER_ANSWER, LATER_REQUEST, REQUEST, SAMPLES

KEY = bytes(range(32))


def _sample(name: str) -> bytes:
    return bytes.fromhex((SAMPLES / name).read_text(encoding="ascii"))


def test_messages_packed_by_each_version_are_read_as_they_were_meant() -> None:
    for name, meant in (("1", REQUEST), ("2", LATER_REQUEST)):
        assert unpack_request(_sample(f"exchange-request-{name}.hex"), ExchangeRequest) == meant
        assert unpack(pack(meant), ExchangeRequest) == meant
    for name, said in (("1", ANSWER), ("2", LATER_ANSWER)):
        assert unpack(_sample(f"exchange-answer-{name}.hex"), ExchangeAnswer) == said
        assert unpack(pack(said), ExchangeAnswer) == said


def _plain(data: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompress(data)


def test_the_plain_bytes_of_a_message_are_written_as_pinned() -> None:
    for message, sample in (
        (LATER_REQUEST, "exchange-request-2.hex"),
        (LATER_ANSWER, "exchange-answer-2.hex"),
    ):
        pinned = _plain(_sample(sample))
        assert pinned[0] == 0x80 + 12
        # Since both may have more than 15 fields the encoder writes their number in two bytes;
        # what reads the one reads the other.
        assert msgspec.msgpack.encode(message) == b"\xde\x00\x0c" + pinned[1:]


def test_fields_of_a_later_version_are_passed_over() -> None:
    later = {**msgspec.to_builtins(REQUEST), "minor": 4, "battery_percent": 81}
    data = zstandard.ZstdCompressor().compress(
        msgspec.msgpack.encode({**later, "nonce": REQUEST.nonce, "tips": REQUEST.tips, "runs": ()})
    )
    read = unpack(data, ExchangeRequest)
    assert (read.station, read.minor, read.tips) == ("st1", 4, REQUEST.tips)


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(300 << 20))
    silent = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(64 << 20))
    assert len(bomb) < 64_000
    for data in (bomb, silent, _lying(bomb), _lying(silent)):
        tracemalloc.start()
        with pytest.raises(BadInput):
            unpack(data, ExchangeRequest)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 3 * MAX_UNPACKED_BYTES


def _lying(data: bytes) -> bytes:
    """The same frames behind a small honest one."""
    return zstandard.ZstdCompressor().compress(b"\x80") + data


def test_sizes_are_limited_on_the_way_in() -> None:
    with pytest.raises(BadInput) as refused:
        unpack_request(os.urandom(MAX_BODY_BYTES + 1), ExchangeRequest)
    assert refused.value.key == "wire.too_large"
    with pytest.raises(BadInput):
        unpack(os.urandom(MAX_UNPACKED_BYTES + 1), ExchangeAnswer)


@dataclass(frozen=True, slots=True)
class _Loose:
    """A message with a free field, as a later version may have one."""

    free: dict[str, object]


@pytest.mark.parametrize("kind", [ExchangeRequest, ExchangeAnswer, ErrorAnswer, _Loose])
def test_deep_nesting_is_bad_input(kind: type[object]) -> None:
    for deep in (b"\x91" * 200_000 + b"\xc0", b"\x81\xa4free" + b"\x81\xa1a" * 100_000 + b"\xc0"):
        with pytest.raises(BadInput):
            unpack(zstandard.ZstdCompressor().compress(deep), kind)
    known = b"\x81\xa5other" + b"\x91" * 200_000 + b"\xc0"
    with pytest.raises(BadInput):
        unpack(zstandard.ZstdCompressor().compress(known), kind)


@given(st.binary(max_size=400), st.sampled_from((ExchangeRequest, ExchangeAnswer, ErrorAnswer)))
def test_any_bytes_are_a_message_or_bad_input(data: bytes, kind: type[object]) -> None:
    for shape in (data, zstandard.ZstdCompressor().compress(data)):
        try:
            unpack(shape, kind)
        except BadInput:
            continue


@given(st.data())
def test_a_damaged_message_is_a_message_or_bad_input(data: st.DataObject) -> None:
    packed = bytearray(data.draw(st.sampled_from((pack(REQUEST), pack(ANSWER)))))
    for _ in range(data.draw(st.integers(1, 4))):
        packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    cut = bytes(packed[: data.draw(st.integers(0, len(packed)))])
    for shape in (bytes(packed), cut):
        for kind in (ExchangeRequest, ExchangeAnswer):
            try:
                unpack(shape, kind)
            except BadInput:
                continue


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"id":1}',
        b'{"id":"p1"}',
        b'{"id":"p1","name":"A","kind":"emperor"}',
        b'{"id":"p1","name":"\xff"}',
        b'{"id":"p1","name":"A","x":' + b"[" * 100_000,
    ],
)
def test_a_row_that_is_none_is_bad_input(body: bytes) -> None:
    with pytest.raises(BadInput):
        read_row(body, Person)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_row_or_bad_input(body: bytes) -> None:
    for read in (lambda data: read_row(data, Person), read_receipt):
        try:
            read(body)
        except BadInput:
            continue


def test_a_receipt_is_read_as_written() -> None:
    receipt = Receipt("st1", "0" * 32, 7, b"\x01" * 32, 7, 1, "g1", "fork")
    assert read_receipt(write_receipt(receipt)) == receipt


def test_a_signature_fits_its_key_its_label_and_every_part_only() -> None:
    signature = sign(KEY, RECEIPT_LABEL, b"ab", b"c")
    public = public_key_of(KEY)
    assert verifies(public, signature, RECEIPT_LABEL, b"ab", b"c")
    for label, parts in (
        (ANSWER_LABEL, (b"ab", b"c")),
        (RECEIPT_LABEL, (b"a", b"bc")),
        (RECEIPT_LABEL, (b"abc",)),
        (RECEIPT_LABEL, (b"ab", b"c", b"")),
    ):
        assert not verifies(public, signature, label, *parts)
    assert not verifies(public_key_of(bytes(32)), signature, RECEIPT_LABEL, b"ab", b"c")
    assert not verifies(b"short", signature, RECEIPT_LABEL, b"ab", b"c")
    assert not verifies(public, b"", RECEIPT_LABEL, b"ab", b"c")


@given(st.lists(st.binary(max_size=8), max_size=4), st.lists(st.binary(max_size=8), max_size=4))
def test_framing_never_lets_one_part_slide_into_another(a: list[bytes], b: list[bytes]) -> None:
    assert (framed(b"x", *a) == framed(b"x", *b)) == (a == b)


def test_headers_carry_bytes_and_nonsense_is_empty() -> None:
    assert from_header(to_header(b"\x00\xff")) == b"\x00\xff"
    assert from_header("not base64!") == b""
    assert from_header("签") == b""


def test_every_error_number_and_any_later_one_has_its_sentence() -> None:
    for number in (*ErrorNumber, 0, 199, 250, 399, 450, 500, 999):
        assert word_key(number) in CATALOGUE
    assert word_key(ErrorNumber.TOO_NEW) == "link.update"
    assert word_key(499) == "link.not_allowed"
