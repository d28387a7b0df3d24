"""A centre that was put back to before a PC was let in knows it by what it signed for it then."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import delete, select

from app.wire.codec import pack, read_row, write_row
from app.wire.errors import ErrorNumber
from app.wire.messages import Credential, SignedCredential
from app.wire.signing import (
    CREDENTIAL_HEADER,
    CREDENTIAL_LABEL,
    credential_header,
    new_private_key,
    sign,
    to_header,
)
from centre.stations.codes import new_code
from centre.stations.credentials import shut_out
from centre.store.tables import enrol_codes, sites, station_keys, stations
from tests.centre.benches import Bench
from tests.support.talking_station import Answer, TalkingStation, opened_segment, refusal_of

pytestmark = pytest.mark.logs_warnings
"""A centre that sees it was put back says so in its log."""

YEAR_MS = 366 * 24 * 3_600_000


def forget(bench: Bench, station: TalkingStation) -> None:
    """What a copy from before the enrolment says of a station: nothing."""
    with bench.centre.store.writing() as tx:
        tx.execute(delete(station_keys).where(station_keys.c.station == station.me.station))
        tx.execute(delete(stations).where(stations.c.id == station.me.station))


def shows(station: TalkingStation, given: SignedCredential | None = None) -> Answer:
    """An exchange that shows a credential, its own if no other is given."""
    shown = given or station.me.credential
    assert shown is not None
    chain = opened_segment()
    body = pack(station.request(tips=[chain.tip()], runs=[chain.run()]))
    headers = station.headers("POST", "/v1/exchange", to_header(os.urandom(16)), body)
    headers |= {CREDENTIAL_HEADER: credential_header(shown)}
    return station.client.post("/v1/exchange", content=body, headers=headers)


def test_a_station_that_is_not_known_any_more_shows_its_credential_and_goes_on(
    bench: Bench,
) -> None:
    station = bench.station()
    forget(bench, station)
    refused = station.send(pack(station.request()))
    assert refusal_of(refused).number == ErrorNumber.UNKNOWN_STATION
    assert shows(station).status_code == 200
    chain = opened_segment()
    told = station.deliver(chain)  # now without showing anything
    assert told.receipts[chain.name].status == "ok"


@pytest.mark.parametrize("newer_first", [False, True])
def test_of_two_pcs_the_one_that_was_let_in_later_speaks_whoever_comes_first(
    bench: Bench, newer_first: bool
) -> None:
    first = bench.station()
    bench.clock.ms += 60_000
    code = new_code(bench.centre, first.me.site, for_station=first.me.station).code
    second = TalkingStation(bench.client).enrol(code)
    forget(bench, first)
    for one in (second, first) if newer_first else (first, second):
        assert shows(one).status_code == 200
    begun = bench.clock.ms + 1
    chains = opened_segment(wall_ms=begun), opened_segment(wall_ms=begun)
    old, new = first.deliver(chains[0]), second.deliver(chains[1])
    assert old.receipts[chains[0].name].status == "quarantined"
    assert new.receipts[chains[1].name].status == "ok"


def test_who_was_replaced_or_shut_out_gets_nothing_by_showing_it(bench: Bench) -> None:
    old = bench.station()
    code = new_code(bench.centre, old.me.site, for_station=old.me.station).code
    TalkingStation(bench.client).enrol(code)
    assert shows(old).status_code == 200
    chain = opened_segment(wall_ms=bench.clock.ms + 1)
    assert old.deliver(chain).receipts[chain.name].status == "quarantined"
    other = bench.station()
    shut_out(bench.centre, other.me.station)
    assert shows(other).status_code == 200
    assert other.deliver(chain).receipts[chain.name].status == "quarantined"


@pytest.mark.parametrize("wrong", ["signed by another", "another's", "no such site", "rubbish"])
def test_what_proves_nothing_is_refused_and_changes_nothing(bench: Bench, wrong: str) -> None:
    station, other = bench.station("空村"), bench.station()
    assert station.me.credential is not None
    given = station.me.credential
    told = read_row(given.credential, Credential)
    if wrong == "signed by another":
        key = new_private_key(os.urandom(32))
        given = SignedCredential(given.credential, sign(key, CREDENTIAL_LABEL, given.credential))
    elif wrong == "another's":
        assert other.me.credential is not None
        given = other.me.credential
    elif wrong == "rubbish":
        given = SignedCredential(b"{", given.signature)
    forget(bench, station)
    if wrong == "no such site":
        with bench.centre.store.writing() as tx:
            tx.execute(delete(enrol_codes).where(enrol_codes.c.site == told.site))
            tx.execute(delete(sites).where(sites.c.id == told.site))
    refused = shows(station, given)
    assert refusal_of(refused).number == ErrorNumber.UNKNOWN_STATION
    with bench.centre.store.reading() as tx:
        assert tx.execute(select(stations).where(stations.c.id == told.station)).first() is None


def test_one_that_is_long_over_still_says_whose_facts_they_are(bench: Bench) -> None:
    station = bench.station()
    bench.clock.ms += 3 * YEAR_MS
    forget(bench, station)
    assert shows(station).status_code == 200
    chain = opened_segment()
    told = station.exchange(station.request(runs=[chain.run()], cursors={station.me.scopes[0]: 0}))
    assert told.receipts[chain.name].status == "ok"
    assert told.answer.pages == ()


def test_a_credential_a_station_wrote_itself_proves_nothing(bench: Bench) -> None:
    station = bench.station()
    forget(bench, station)
    assert station.me.credential is not None
    told = read_row(station.me.credential.credential, Credential)
    data = write_row(told)
    own = SignedCredential(data, sign(station.key, CREDENTIAL_LABEL, data))
    assert refusal_of(shows(station, own)).number == ErrorNumber.UNKNOWN_STATION
