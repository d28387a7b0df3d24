"""A new centre lets nobody in: no password, no code and no key that anybody could know beforehand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.wire.errors import ErrorNumber
from centre.opening import open_centre
from centre.settings import Settings
from centre.store.tables import enrol_codes, station_keys, stations
from tests.centre.benches import Bench
from tests.support.talking_station import TalkingStation, refusal_of

GUESSES = ("0000-0000-0000", "1234-5678-9012", "ADMN-ADMN-ADMN", "TEST-TEST-TEST", "", "-")


def test_there_is_nobody_and_nothing_that_would_let_somebody_in(bench: Bench) -> None:
    with bench.centre.store.reading() as tx:
        for table in (stations, station_keys, enrol_codes):
            assert tx.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize("code", GUESSES)
def test_no_code_is_good_before_one_was_made(bench: Bench, code: str) -> None:
    refused = TalkingStation(bench.client).try_enrol(code)
    assert refusal_of(refused).number == ErrorNumber.BAD_CODE


def test_whatever_the_description_names_is_refused_to_who_is_not_known(bench: Bench) -> None:
    described = bench.client.get("/schema/openapi.json").json()["paths"]
    assert {"/v1/exchange", "/v1/enrol", "/v1/identity"} <= described.keys()
    for path, operations in described.items():
        for method in operations:
            target = re.sub(r"\{[^}]*\}", "a" * 64, path)
            answer = bench.client.request(method.upper(), target, content=b"")
            if path != "/v1/health":  # says that it lives, and nothing else
                assert 400 <= answer.status_code < 500, (path, answer.status_code)


def test_two_centres_share_no_key(tmp_path: Path) -> None:
    secrets = []
    for name in ("one", "other"):
        centre = open_centre(Settings(tmp_path / name))
        secrets.append((centre.key, centre.id))
        centre.close()
    assert secrets[0][0] != secrets[1][0]
    assert secrets[0][1] != secrets[1][1]
