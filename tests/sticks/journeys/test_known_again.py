"""A centre that was put back to before a PC was let in knows it again by a stick alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace as changed
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import delete, func, select

from app.machine.enrolment import keep_enrolment, load_enrolment
from app.wire.codec import pack, read_row, unpack, write_row
from app.wire.messages import Credential, Parcel, SignedCredential
from app.wire.signing import CREDENTIAL_LABEL, new_private_key, sign
from app.wire.sticks.layout import TOP, UP
from app.wire.sticks.sealing import seal, unseal
from centre.seal_key import centre_identity, centre_recipient
from centre.sites import find_or_create_site
from centre.stations.credentials import shut_out
from centre.store.tables import enrol_codes, facts, sites, stations
from tests.sticks.parts import lay
from tests.support.county import County, bring_home, export, hold_session, open_county, station_of
from tests.support.small_sessions import facts_in

pytestmark = pytest.mark.logs_warnings
"""A centre that sees it was put back says so in its log."""

SITE = "石门村"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with open_county(tmp_path / "county") as opened:
        yield opened


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def before_anybody(county: County) -> Path:
    """A copy of a centre that knows the site and no station."""
    find_or_create_site(county.centre, SITE)
    return county.keep_centre()


def counted(county: County) -> int:
    """Facts that count."""
    query = select(func.count()).select_from(facts).where(~facts.c.quarantined)
    with county.centre.store.reading() as tx:
        return int(tx.scalar(query) or 0)


def test_a_centre_from_before_the_enrolment_takes_a_stick_and_answers_on_it(
    county: County, stick: Path
) -> None:
    kept = before_anybody(county)
    home = county.enrolled_home(SITE)
    with county.at(home) as opened:
        hold_session(opened, 3)
        export(opened, stick)
    county.take(stick)
    with county.at(home) as opened:
        bring_home(opened, stick)
    county.put_centre_back(kept)
    assert county.rows() == 0
    with county.at(home) as opened:
        hold_session(opened, 2)
        new = export(opened, stick)
    (first,) = county.take(stick).stations
    assert (first.has_recipient, first.answers > 0) == (True, True)
    assert first.facts >= new.facts
    with county.at(home) as opened:
        bring_home(opened, stick)
        export(opened, stick)
    county.take(stick)
    with county.at(home) as opened:
        done = bring_home(opened, stick)
        assert done.confirmed == done.held
    assert {one.hex() for one in county.held(station_of(home))} == set(
        facts_in(home / "station.db")
    )


def test_of_a_pc_and_the_one_that_took_its_place_only_the_later_counts(
    county: County, stick: Path
) -> None:
    kept = before_anybody(county)
    old = county.enrolled_home(SITE)
    county.clock.pass_minutes(1)
    new = county.enrolled_home(SITE, instead_of=station_of(old))
    county.put_centre_back(kept)
    counts = []
    for home in (new, old):
        with county.at(home) as opened:
            hold_session(opened, 1)
            export(opened, stick)
        county.take(stick)
        counts.append(counted(county))
    assert counts[0] == counts[1] == len(facts_in(new / "station.db"))
    assert county.rows() == counts[0] + len(facts_in(old / "station.db"))


def test_who_was_shut_out_is_not_let_in_again_by_a_stick(county: County, stick: Path) -> None:
    find_or_create_site(county.centre, SITE)
    home = county.enrolled_home(SITE)
    shut_out(county.centre, station_of(home))
    with county.at(home) as opened:
        hold_session(opened, 1)
        export(opened, stick)
    (one,) = county.take(stick).stations
    assert one.facts == county.rows() > 0
    assert counted(county) == 0


@pytest.mark.parametrize(
    "wrong", ["none", "signed by itself", "another's", "no such site", "rubbish"]
)
def test_what_proves_nothing_lets_nobody_in(county: County, stick: Path, wrong: str) -> None:
    kept = before_anybody(county)
    home, other = county.enrolled_home(SITE), county.enrolled_home("松岭村")
    with county.at(home) as opened:
        hold_session(opened, 1)
        export(opened, stick)
    (path,) = (stick / TOP / UP).glob("*/*")
    parcel = unseal(path.read_bytes(), centre_identity(county.centre.settings))
    path.unlink()
    assert parcel.credential is not None
    county.put_centre_back(kept)
    shown = _spoiled(county, parcel.credential, other, wrong)
    name, sealed = seal(replace(parcel, credential=shown), centre_recipient(county.centre.settings))
    lay(stick, UP, parcel.station, sealed, name)
    taken = county.take(stick)
    assert (taken.stations, taken.refused) == ((), {"signature": 1})
    assert county.rows() == 0
    with county.centre.store.reading() as tx:
        assert tx.execute(select(stations)).first() is None


def test_one_that_is_long_over_still_says_whose_facts_lie_on_the_stick(
    county: County, stick: Path
) -> None:
    kept = before_anybody(county)
    home = county.enrolled_home(SITE)
    enrolled = load_enrolment(home)
    assert enrolled is not None
    assert enrolled.credential is not None
    told = read_row(enrolled.credential.credential, Credential)
    data = write_row(replace(told, expires_ms=1))
    over = SignedCredential(data, sign(county.centre.key, CREDENTIAL_LABEL, data))
    keep_enrolment(home, changed(enrolled, credential=over))
    county.put_centre_back(kept)
    with county.at(home) as opened:
        hold_session(opened, 1)
        done = export(opened, stick)
    county.take(stick)
    assert counted(county) == done.facts > 0


def _spoiled(
    county: County, good: SignedCredential, other: Path, wrong: str
) -> SignedCredential | None:
    if wrong == "signed by itself":
        key = new_private_key(os.urandom(32))
        return SignedCredential(good.credential, sign(key, CREDENTIAL_LABEL, good.credential))
    if wrong == "another's":
        kept = load_enrolment(other)
        assert kept is not None
        return kept.credential
    if wrong == "no such site":
        with county.centre.store.writing() as tx:
            tx.execute(delete(enrol_codes))
            tx.execute(delete(sites))
        return good
    return None if wrong == "none" else SignedCredential(b"{" * 1_000_000, good.signature)


def test_an_older_credential_has_its_facts_taken_and_people_are_told_there_is_no_answer(
    county: County, stick: Path
) -> None:
    kept = before_anybody(county)
    home = county.enrolled_home(SITE)
    enrolled = load_enrolment(home)
    assert enrolled is not None
    assert enrolled.credential is not None
    told = read_row(enrolled.credential.credential, Credential)
    data = write_row(replace(told, recipient=""))
    assert b"recipient" not in data
    older = SignedCredential(data, sign(county.centre.key, CREDENTIAL_LABEL, data))
    keep_enrolment(home, changed(enrolled, credential=older))
    county.put_centre_back(kept)
    with county.at(home) as opened:
        hold_session(opened, 1)
        done = export(opened, stick)
    (one,) = county.take(stick).stations
    assert (one.facts, one.answers, one.has_recipient) == (done.facts, 0, False)
    assert county.rows() == done.facts


class OldParcel(msgspec.Struct, frozen=True, omit_defaults=True):
    """A parcel as programs wrote it before it carried a credential."""

    kind: str
    station: str
    nonce: str
    signature: bytes
    body: bytes
    made_ms: int = 0


def test_older_and_newer_programs_read_each_others_parcels() -> None:
    signed = SignedCredential(b"{}", bytes(64))
    new = Parcel("request", "st-1", "n", bytes(64), b"body", 5, signed)
    old = OldParcel("request", "st-1", "n", bytes(64), b"body", 5)
    assert unpack(pack(old), Parcel) == replace(new, credential=None)
    assert unpack(pack(new), OldParcel) == old
