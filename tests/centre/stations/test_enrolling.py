"""Letting stations in by one-time codes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.wire.errors import ErrorNumber
from app.wire.messages import EnrolRequest
from centre.stations.codes import LIFETIME_MS, WRONG_TRIES, WRONG_TRIES_WINDOW_MS
from centre.store.tables import enrol_codes
from tests.centre.benches import Bench
from tests.support.talking_station import TalkingStation, refusal_of


def test_a_code_lets_one_station_in_to_its_site(bench: Bench) -> None:
    me = bench.station("石门村").me
    assert me.site_name == "石门村"
    assert me.scopes == (f"site:{me.site}", "catalogue")
    assert me.centre_key == bench.centre.public_key


def test_a_code_may_be_spelled_as_it_was_heard(bench: Bench) -> None:
    code = bench.code()
    heard = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    TalkingStation(bench.client).enrol(heard)


def test_a_lost_answer_can_be_asked_for_again(bench: Bench) -> None:
    station = TalkingStation(bench.client)
    code = bench.code()
    first = station.enrol(code).me
    assert station.enrol(code).me == first


def test_a_used_code_lets_nobody_else_in(bench: Bench) -> None:
    code = bench.code()
    TalkingStation(bench.client).enrol(code)
    refused = TalkingStation(bench.client).try_enrol(code)
    assert (refused.status_code, refusal_of(refused).number) == (403, ErrorNumber.BAD_CODE)


def test_a_code_dies_after_seven_days(bench: Bench) -> None:
    code = bench.code()
    bench.clock.ms += LIFETIME_MS + 1
    assert TalkingStation(bench.client).try_enrol(code).status_code == 403


@pytest.mark.parametrize("spelled", ["", "ABCD", "0000-0000-0000", "!!!!-!!!!-!!!!", "石" * 12])
def test_a_misspelled_code_is_refused(bench: Bench, spelled: str) -> None:
    assert TalkingStation(bench.client).try_enrol(spelled).status_code == 403


def test_guessing_closes_a_code_for_an_hour_even_to_the_right_secret(bench: Bench) -> None:
    code = bench.code()
    wrong = code[:5] + ("0000-0000" if not code.endswith("0000-0000") else "1111-1111")
    for _ in range(WRONG_TRIES):
        assert TalkingStation(bench.client).try_enrol(wrong).status_code == 403
    closed = TalkingStation(bench.client).try_enrol(code)
    assert closed.status_code == 429
    assert 0 < int(closed.headers["retry-after"]) <= WRONG_TRIES_WINDOW_MS // 1000 + 1
    bench.clock.ms += WRONG_TRIES_WINDOW_MS + 1
    TalkingStation(bench.client).enrol(code)


def test_the_secret_of_a_code_is_not_in_the_store(bench: Bench) -> None:
    code = bench.code()
    with bench.centre.store.reading() as tx:
        row = tx.execute(select(enrol_codes)).one()
    secret = code[5:].replace("-", "")
    assert secret.encode() not in row.hash + row.salt
    assert secret not in row.name


def test_a_key_that_is_no_key_is_refused(bench: Bench) -> None:
    from app.wire.codec import pack

    body = pack(EnrolRequest(bench.code(), b"short"))
    assert bench.client.post("/v1/enrol", content=body).status_code == 400
