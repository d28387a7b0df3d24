"""Parcels: what opens and what does not, whatever bytes are tried; and that others' tools open them."""

from __future__ import annotations

import contextlib
import hashlib
import random
import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pyrage.x25519 import Identity

from app.wire.codec import pack, unpack
from app.wire.messages import ExchangeRequest, Parcel
from app.wire.signing import REQUEST_LABEL, public_key_of, request_parts, verifies
from app.wire.sticks.folder import open_stick
from app.wire.sticks.layout import DOWN, MOST_PART_BYTES, UP
from app.wire.sticks.looking import DAMAGED, Look, Unfit
from app.wire.sticks.sealing import open_part, read_identity, seal, unseal
from app.wire.sticks.troubles import StickTrouble
from tests.sticks.parts import OTHER, STATION, Keys, lay, request

KEYS = Keys()
CENTRE = str(KEYS.centre_age.to_public())
PARCEL = Parcel("request", STATION, "ab" * 16, b"s" * 64, b"body" * 100, 7)
SEALED = seal(PARCEL, CENTRE)[1]


@given(
    st.builds(
        Parcel,
        kind=st.text(max_size=20),
        station=st.text(max_size=40),
        nonce=st.text(max_size=80),
        signature=st.binary(max_size=100),
        body=st.binary(max_size=5_000),
        made_ms=st.integers(-(1 << 62), 1 << 62),
    )
)
def test_what_is_sealed_opens_as_it_was(parcel: Parcel) -> None:
    name, sealed = seal(parcel, CENTRE)
    assert name == hashlib.sha256(sealed).hexdigest()
    assert unseal(sealed, KEYS.centre_age) == parcel


@given(st.binary(max_size=4_000), st.booleans())
def test_no_bytes_do_more_than_be_refused(content: bytes, inside: bool) -> None:
    sealed = pyrage.encrypt(content, [KEYS.centre_age.to_public()]) if inside else content
    with pytest.raises(Unfit):
        unseal(sealed, KEYS.centre_age)


@given(
    st.dictionaries(
        st.sampled_from(["kind", "station", "nonce", "signature", "body", "made_ms", "more"]),
        st.recursive(
            st.none() | st.integers(-(1 << 63), 1 << 64) | st.binary(max_size=50) | st.text(),
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner),
            max_leaves=20,
        ),
    )
)
def test_messages_that_are_nearly_parcels_are_refused_or_read(message: dict[str, object]) -> None:
    try:
        sealed = pyrage.encrypt(pack(message), [KEYS.centre_age.to_public()])
    except (OverflowError, TypeError):
        return
    with contextlib.suppress(Unfit):
        assert unseal(sealed, KEYS.centre_age).kind == message["kind"]


@given(st.data())
@settings(max_examples=200)
def test_a_part_with_any_byte_changed_or_lost_is_refused(data: st.DataObject) -> None:
    sealed = bytearray(SEALED)
    at = data.draw(st.integers(0, len(sealed) - 1))
    if data.draw(st.booleans()):
        sealed[at] ^= data.draw(st.integers(1, 255))
    else:
        del sealed[at:]
    with pytest.raises(Unfit):
        unseal(bytes(sealed), KEYS.centre_age)


def test_a_bomb_inside_is_refused_before_it_grows() -> None:
    bomb = zstandard.ZstdCompressor(level=3).compress(bytes(1 << 29))
    assert len(bomb) < MOST_PART_BYTES
    sealed = pyrage.encrypt(bomb, [KEYS.centre_age.to_public()])
    with pytest.raises(Unfit, match="unreadable"):
        unseal(sealed, KEYS.centre_age)


def test_a_header_of_thousands_of_readers_is_refused_before_any_is_tried() -> None:
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
    header = b"age-encryption.org/v1\n" + stanza * 5_000 + b"--- " + b"C" * 43 + b"\n"
    with pytest.raises(Unfit, match="unreadable"):
        unseal(header + bytes(40), KEYS.centre_age)


def test_what_is_sealed_to_another_and_what_lies_in_anothers_folder_is_counted(
    tmp_path: Path,
) -> None:
    others = [str(Identity.generate().to_public()), CENTRE, CENTRE]
    for parcel, reader in zip(
        (PARCEL, replace(PARCEL, station=OTHER), PARCEL), others, strict=True
    ):
        _, sealed = seal(parcel, reader)
        lay(tmp_path, UP, STATION, sealed)
    look = Look()
    with open_stick(tmp_path) as stick, look.station(stick, UP, STATION) as folder:
        assert folder is not None
        opened = [open_part(look, folder, name, KEYS.centre_age) for name in look.parts(folder)]
    assert [one for one in opened if one is not None] == [PARCEL]
    assert look.refused == {"sealed": 1, "station": 1}


def test_keys_that_are_none_and_parcels_that_are_too_large_are_told() -> None:
    with pytest.raises(StickTrouble, match="no_recipient"):
        seal(PARCEL, "")
    with pytest.raises(StickTrouble, match="no_identity"):
        read_identity("AGE-SECRET-KEY-1")
    big = replace(PARCEL, body=random.Random(1).randbytes(MOST_PART_BYTES))
    with pytest.raises(StickTrouble, match="too_large"):
        seal(big, CENTRE)


def test_the_request_on_a_stick_is_the_request_of_http(tmp_path: Path) -> None:
    name = KEYS.link().send(tmp_path, request())
    look = Look()
    with open_stick(tmp_path) as stick, look.station(stick, UP, STATION) as folder:
        assert folder is not None
        parcel = open_part(look, folder, name, KEYS.centre_age)
    assert parcel is not None
    signed = request_parts("POST", "/v1/exchange", parcel.nonce, parcel.body)
    station_key = public_key_of(KEYS.station_key)
    assert verifies(station_key, parcel.signature, REQUEST_LABEL, *signed)
    sent = unpack(parcel.body, ExchangeRequest)
    assert replace(sent, nonce=b"") == replace(request(), nonce=b"")


def test_only_answers_of_the_centre_to_this_stations_own_questions_count(tmp_path: Path) -> None:
    asked, theirs = KEYS.sent(tmp_path), KEYS.sent(tmp_path, OTHER)
    stranger = Keys(centre_key=bytes(31) + b"x")
    later = KEYS.leave_answer(tmp_path, KEYS.answer(asked, centre_ms=9))
    first = KEYS.leave_answer(tmp_path, KEYS.answer(asked, centre_ms=3))
    wrong = [
        KEYS.answer(asked, kind="request"),
        KEYS.answer(asked, signature=bytes(64)),
        KEYS.answer(asked, nonce="zz"),
        KEYS.answer(asked, nonce="00" * 32),
        KEYS.answer(asked, station=OTHER),
        KEYS.answer(replace(request(), nonce=b"m" * 32)),
        replace(KEYS.answer(theirs), station=STATION),
        stranger.answer(asked),
    ]
    for parcel in wrong:
        KEYS.leave_answer(tmp_path, parcel)
    link = KEYS.link()
    found = link.look(tmp_path, ())
    assert found.answers == (first, later)
    assert (found.foreign, found.damaged, found.unseen) == (0, len(wrong), 0)
    assert link.look(tmp_path, (first,)).answers == (later,)
    answer = link.answer(tmp_path, later)
    assert answer is not None
    assert answer.centre_ms == 9
    (tmp_path / "YJ" / DOWN / STATION / later).write_bytes(b"broken since")
    assert link.answer(tmp_path, later) is None
    assert link.answer(tmp_path, "../../" + later) is None
    assert len(DAMAGED) == 6


@pytest.mark.skipif(shutil.which("age") is None, reason="the age command is not installed here")
def test_the_age_command_opens_a_part_with_the_centres_key(tmp_path: Path) -> None:
    name = KEYS.link().send(tmp_path, request())
    key = tmp_path / "centre.age"
    key.write_text(str(KEYS.centre_age) + "\n")
    part = tmp_path / "YJ" / UP / STATION / name
    opened = subprocess.run(
        ["age", "--decrypt", "--identity", str(key), str(part)], capture_output=True, check=True
    )
    parcel = unpack(opened.stdout, Parcel)
    assert (parcel.kind, parcel.station) == ("request", STATION)
