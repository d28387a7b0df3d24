"""The bytes of facts: pinned for ever, readable for ever, and hostile ones only ever refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.fact_kinds import KIND_OF, KINDS
from app.domain.personal import Personal
from app.wire.fact_bytes import (
    MAX_FACT_BYTES,
    chain_hash,
    personal_hash,
    read_fact,
    read_personal,
    segment_root,
    write_fact,
    write_personal,
)
from tests.wire.sample_facts import (
    FACTS,
    SALT,
    SEGMENT,
    facts_lines,
    instant_of,
    personal_lines,
)

CHAIN_END = "7b4827f5607f046e6891be945b11aa28d9f991e3081809aa7afe624d51a431be"


def test_there_is_a_sample_of_every_kind() -> None:
    assert {type(fact) for fact, _, _ in FACTS} == set(KINDS.values())
    assert {json.loads(line)["k"] for line in facts_lines()} == set(KINDS)


def test_facts_are_written_as_the_pinned_bytes() -> None:
    written = []
    for n, (fact, actor, personal) in enumerate(FACTS, 1):
        payload = None if personal is None else write_personal(personal, SALT)
        written.append(
            write_fact(n=n, instant=instant_of(n), actor=actor, fact=fact, personal=payload)
        )
    assert written == facts_lines()


def test_the_pinned_bytes_are_read_as_the_facts_they_were() -> None:
    for n, (line, (fact, actor, _)) in enumerate(zip(facts_lines(), FACTS, strict=True), 1):
        read = read_fact(line)
        assert read.fact == fact
        assert (read.n, read.kind, read.actor) == (n, KIND_OF[type(fact)], actor)
        assert read.instant == instant_of(n)


def test_personal_payloads_are_written_and_read_as_pinned_and_fit_their_facts() -> None:
    named = [(n, personal) for n, (_, _, personal) in enumerate(FACTS) if personal is not None]
    for (n, personal), line in zip(named, personal_lines(), strict=True):
        assert write_personal(personal, SALT) == line
        assert read_personal(line) == personal
        assert read_fact(facts_lines()[n]).personal_hash == personal_hash(line)


def test_the_chain_over_the_pinned_bytes_ends_where_it_always_did() -> None:
    end = segment_root(SEGMENT)
    for line in facts_lines()[:14]:
        end = chain_hash(end, line)
    assert end.hex() == CHAIN_END


def test_no_name_of_a_person_stands_in_the_bytes_of_a_fact() -> None:
    whole = b"".join(facts_lines()).decode()
    for _, _, personal in FACTS:
        if personal is not None:
            told = (personal.name, personal.home, personal.reason, personal.note)
            assert not any(word in whole for word in told if word)


def test_the_same_payload_hashes_differently_under_another_salt() -> None:
    personal = Personal(phone_tail="6217")
    first, second = (write_personal(personal, bytes([salt]) * 16) for salt in (1, 2))
    assert personal_hash(first) != personal_hash(second)


def test_a_kind_from_a_later_program_is_kept_as_a_reading_without_fact() -> None:
    data = b'{"v":2,"n":3,"k":"photo.taken","w":5,"m":6,"g":"ok","a":"station","b":{"x":[1]},"z":1}'
    read = read_fact(data)
    assert read.fact is None
    assert (read.n, read.kind, read.instant.wall_ms) == (3, "photo.taken", 5)


def test_fields_from_a_later_program_do_not_hinder_reading() -> None:
    for line, (fact, _, _) in zip(facts_lines(), FACTS, strict=True):
        later = json.loads(line)
        later["b"]["a_field_of_2031"] = {"deep": [1, 2]}
        later["also"] = None
        assert read_fact(json.dumps(later).encode()).fact == fact


def test_optional_fields_may_be_missing_in_old_bytes() -> None:
    data = (
        b'{"v":1,"n":1,"k":"attendance.marked","w":1,"m":1,"g":"ok","a":"member","b":{"session":"s",'
        b'"person":"p","status":"present","lane":"name_wall","standpoint":"expected"}}'
    )
    fact = read_fact(data).fact
    assert fact is not None
    assert read_fact(data).personal_hash == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"v":1}',
        b'{"v":1,"n":"1","k":"x","w":1,"m":1,"g":"ok","a":"a","b":{}}',
        b'{"v":1,"n":1,"k":"x","w":1,"m":1,"g":"maybe","a":"a","b":{}}',
        b'{"v":1,"n":1,"k":"session.moved","w":1,"m":1,"g":"ok","a":"a","b":{}}',
        b'{"v":1,"n":1,"k":"session.moved","w":1,"m":1,"g":"ok","a":"a","b":{"session":"s","step":"x"}}',
        b'{"v":1,"n":1,"k":"x","w":1,"m":1,"g":"ok","a":"a","b":'
        + b'{"a":' * 9_000
        + b"1"
        + b"}" * 9_001,
        b'{"v":1,"n":1,"k":"x","w":1,"m":1,"g":"ok","a":"a","b":{},"z":'
        + b"[" * 9_000
        + b"]" * 9_000
        + b"}",
        b" " * (MAX_FACT_BYTES + 1),
    ],
)
def test_what_is_no_fact_is_refused_as_bad_input(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_fact(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"7",
        b'{"salt":"00"}',
        b'{"salt":"00","b":{"leave":"holiday"}}',
        b'{"salt":"00","b":{"name":7}}',
        b'{"salt":"\xff","b":{}}',
        b'{"salt":"00","b":' + b'{"a":' * 9_000 + b"1" + b"}" * 9_001,
    ],
)
def test_what_is_no_personal_payload_is_refused_as_bad_input(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_personal(data)


@given(st.data())
def test_any_changed_byte_is_read_or_refused_and_never_fits_the_chain(data: st.DataObject) -> None:
    line = bytearray(data.draw(st.sampled_from(facts_lines())))
    place = data.draw(st.integers(0, len(line) - 1))
    line[place] ^= data.draw(st.integers(1, 255))
    root = segment_root(SEGMENT)
    assert chain_hash(root, bytes(line)) not in {chain_hash(root, one) for one in facts_lines()}
    try:
        read_fact(bytes(line))
    except BadInput:
        return


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(st.sampled_from(sorted(KINDS)), json_values, st.text(max_size=5), json_values)
def test_any_json_is_read_or_refused(kind: str, body: object, grade: str, number: object) -> None:
    envelope = {"v": 1, "n": number, "k": kind, "w": number, "m": 0, "g": grade or "ok", "a": ""}
    for shape in (body, {**envelope, "b": body}):
        for read in (read_fact, read_personal):
            try:
                read(json.dumps(shape).encode())
            except BadInput:
                continue


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (read_fact, read_personal):
        try:
            read(data)
        except BadInput:
            continue
