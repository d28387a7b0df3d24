"""Who a station is to the centre: credentials that end, keys that are replaced, runs it vouched for."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest
from msgspec.structs import replace
from pyrage import decrypt, encrypt, x25519
from sqlalchemy import func, select

from app.areas.attendance.facts import VisitorAdmitted
from app.domain.errors import NotFound, StoreTrouble
from app.domain.ids import PersonId, SessionId
from app.wire.codec import pack, read_row
from app.wire.errors import ErrorNumber
from app.wire.messages import WHOLE, Credential, EnrolRequest, SignedCredential
from app.wire.signing import (
    ANSWER_LABEL,
    CREDENTIAL_LABEL,
    SIGNATURE_HEADER,
    from_header,
    public_key_of,
    verifies,
)
from centre.commands.main import main
from centre.reports.stations import list_stations
from centre.seal_key import centre_identity, centre_recipient
from centre.settings import Settings
from centre.stations.codes import new_code
from centre.stations.credentials import shut_out
from centre.stations.notices import SEEN_EVERY_MS
from centre.stations.releasing import release
from centre.store.tables import facts, run_seals, station_keys, stations
from tests.centre.benches import Bench
from tests.centre.recorded_sessions import rich_session
from tests.support.talking_station import (
    Chain,
    TalkingStation,
    held_of,
    opened_segment,
    refusal_of,
)

DAY_MS = 24 * 3_600_000


def a_chain(length: int = 4) -> Chain:
    chain = opened_segment()
    for number in range(length - 1):
        chain.record(VisitorAdmitted(SessionId("e1"), PersonId(f"v{number}")))
    return chain


def credential_of(bench: Bench, given: SignedCredential | None) -> Credential:
    assert given is not None
    key = bench.centre.public_key
    assert verifies(key, given.signature, CREDENTIAL_LABEL, given.credential)
    return read_row(given.credential, Credential)


def quarantined(bench: Bench) -> int:
    with bench.centre.store.reading() as tx:
        return tx.scalar(select(func.count()).select_from(facts).where(facts.c.quarantined)) or 0


def takes_over(bench: Bench, old: TalkingStation) -> TalkingStation:
    code = new_code(bench.centre, old.me.site, for_station=old.me.station).code
    return TalkingStation(bench.client).enrol(code)


def test_enrolling_gives_a_credential_signed_by_the_centre(bench: Bench) -> None:
    station = bench.station()
    told = credential_of(bench, station.me.credential)
    assert told == Credential(
        station=station.me.station,
        site=station.me.site,
        public_key=public_key_of(station.key),
        scopes=station.me.scopes,
        issued_ms=bench.clock.ms,
        expires_ms=bench.clock.ms + 400 * DAY_MS,
    )


def test_the_answer_to_an_enrolment_is_signed_over_what_was_asked(bench: Bench) -> None:
    body = pack(EnrolRequest(bench.code(), os.urandom(32)))
    answer = bench.client.post("/v1/enrol", content=body)
    signature = from_header(answer.headers[SIGNATURE_HEADER])
    asked = hashlib.sha256(body).digest()
    assert verifies(bench.centre.public_key, signature, ANSWER_LABEL, asked, answer.content)


def test_both_sides_learn_whom_to_seal_for(bench: Bench) -> None:
    own = str(x25519.Identity.generate().to_public())
    station = TalkingStation(bench.client)
    assert station.try_enrol(bench.code(), own).status_code == 200
    recipient = bench.station().me.recipient
    sealed = encrypt(b"facts", [x25519.Recipient.from_str(recipient)])
    assert decrypt(sealed, [centre_identity(bench.settings)]) == b"facts"
    with bench.centre.store.reading() as tx:
        assert own in tx.scalars(select(stations.c.recipient)).all()


def test_what_is_no_recipient_is_refused_and_the_code_stays_good(bench: Bench) -> None:
    code = bench.code()
    assert TalkingStation(bench.client).try_enrol(code, "age1nobody").status_code == 400
    TalkingStation(bench.client).enrol(code)


def test_the_key_for_sealing_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    chosen = Settings(tmp_path / "new")
    assert centre_recipient(chosen) == centre_recipient(chosen)
    path = chosen.home / "centre.age"
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("broken")
    with pytest.raises(StoreTrouble, match="key_broken"):
        centre_identity(chosen)
    assert path.read_text() == "broken"


def test_a_credential_is_renewed_in_its_last_third_and_told_for_a_day(bench: Bench) -> None:
    station = bench.station()
    first = credential_of(bench, station.me.credential)
    bench.clock.ms += 266 * DAY_MS
    assert station.exchange(station.request()).answer.credential is None
    bench.clock.ms += 2 * DAY_MS
    renewed = credential_of(bench, station.exchange(station.request()).answer.credential)
    assert renewed.expires_ms == bench.clock.ms + 400 * DAY_MS > first.expires_ms
    bench.clock.ms += DAY_MS // 2
    again = credential_of(bench, station.exchange(station.request()).answer.credential)
    assert again == renewed
    bench.clock.ms += DAY_MS
    assert station.exchange(station.request()).answer.credential is None
    bench.clock.ms = station.wall_ms = renewed.expires_ms - 1
    assert station.exchange(station.request()).answer.notices == ()


def end_by_hand(bench: Bench, station: TalkingStation) -> None:
    shut_out(bench.centre, station.me.station)


def end_by_new_pc(bench: Bench, station: TalkingStation) -> None:
    takes_over(bench, station)


@pytest.mark.parametrize(
    ("end", "words"), [(end_by_hand, ("revoked",)), (end_by_new_pc, ("revoked", "replaced"))]
)
def test_when_its_right_is_over_facts_are_kept_but_not_counted(
    bench: Bench, end: object, words: tuple[str, ...]
) -> None:
    station = bench.station()
    before, after = a_chain(), opened_segment(wall_ms=bench.clock.ms + 1)
    station.deliver(before)
    assert callable(end)
    end(bench, station)
    request = station.request(
        tips=[after.tip()],
        runs=[after.run()],
        cursors={station.me.scopes[0]: 0},
        held=held_of([before, after]),
    )
    told = station.exchange(request)
    receipt = told.receipts[after.name]
    assert (receipt.upto_n, receipt.status) == (len(after.facts), "quarantined")
    assert told.receipts[WHOLE].status == "agreed"
    assert told.answer.notices == words
    assert told.answer.waiting == len(after.facts)
    assert told.answer.pages == ()
    assert told.answer.credential is None
    assert quarantined(bench) == len(after.facts)
    asked = station.exchange(station.request(held=held_of([]), census=()))
    assert (asked.answer.returns, asked.answer.wants_census) == ((), False)
    refused = station.fetch("0" * 64)
    assert (refused.status_code, refusal_of(refused).number) == (403, ErrorNumber.OUT_OF_SCOPE)


def test_a_person_lets_them_count(bench: Bench) -> None:
    station = bench.station()
    shut_out(bench.centre, station.me.station)
    recorded = rich_session()
    station.deliver(*recorded.chains)
    done = release(bench.centre, station.me.station)
    assert (done.facts, done.segments) == (sum(len(one.facts) for one in recorded.chains), 0)
    assert quarantined(bench) == 0
    assert bench.report().sessions[0].turnout.visitors == 1
    with pytest.raises(NotFound):
        release(bench.centre, "st-nobody")


def test_another_pc_takes_the_place_of_a_station_and_gets_its_facts(bench: Bench) -> None:
    old = bench.station()
    chain = a_chain()
    old.deliver(chain)
    shut_out(bench.centre, old.me.station)
    new = takes_over(bench, old)
    assert (new.me.station, new.me.site) == (old.me.station, old.me.site)
    answer = new.exchange(new.request(held=held_of([]), census=())).answer
    assert answer.returns[0].facts == tuple(chain.facts)
    assert answer.notices == ()
    own = a_chain()
    assert new.deliver(own).receipts[own.name].status == "ok"
    with bench.centre.store.reading() as tx:
        rows = tx.execute(select(station_keys)).all()
    assert {bytes(row.public_key): row.until_ms for row in rows} == {
        public_key_of(old.key): bench.clock.ms,
        public_key_of(new.key): None,
    }


def test_taking_over_can_be_asked_for_again_but_by_nobody_else(bench: Bench) -> None:
    old = bench.station()
    code = new_code(bench.centre, old.me.site, for_station=old.me.station).code
    new = TalkingStation(bench.client).enrol(code)
    first = new.me
    assert new.enrol(code).me == first
    assert TalkingStation(bench.client).try_enrol(code).status_code == 403
    assert old.exchange(old.request()).answer.notices == ("revoked", "replaced")


def test_the_old_pc_can_be_let_in_again(bench: Bench) -> None:
    old = bench.station()
    takes_over(bench, old)
    code = new_code(bench.centre, old.me.site, for_station=old.me.station).code
    old.enrol(code)
    assert old.exchange(old.request()).answer.notices == ()
    with bench.centre.store.reading() as tx:
        query = select(station_keys.c.public_key).where(station_keys.c.until_ms.is_(None))
        assert [bytes(one) for one in tx.scalars(query)] == [public_key_of(old.key)]


def test_a_run_that_is_signed_is_verified_and_its_seal_is_kept(bench: Bench) -> None:
    station, chain = bench.station(), a_chain()
    station.exchange(station.request(runs=[chain.signed_run(station)]))
    with bench.centre.store.reading() as tx:
        seal = tx.execute(select(run_seals)).one()
    assert (seal.segment, seal.n, bytes(seal.hash)) == (chain.name, 4, chain.hashes[-1])
    assert bytes(seal.signature) == chain.signed_run(station).signature


def test_a_run_that_was_signed_by_a_key_of_before_is_the_stations(bench: Bench) -> None:
    old, chain = bench.station(), a_chain()
    signed = chain.signed_run(old)
    new = takes_over(bench, old)
    told = new.exchange(new.request(runs=[signed]))
    assert told.receipts[chain.name].upto_n == len(chain.facts)


def test_a_run_that_is_signed_wrongly_is_refused_and_nothing_of_it_kept(bench: Bench) -> None:
    station, chain, other = bench.station(), a_chain(), bench.station()
    for wrong in (
        chain.signed_run(other),
        replace(chain.signed_run(station, 1, 3), facts=tuple(chain.facts)),
        replace(chain.run(), signature=b"short"),
    ):
        answer = station.send(pack(station.request(runs=[wrong])))
        assert (answer.status_code, refusal_of(answer).number) == (401, ErrorNumber.BAD_SIGNATURE)
    with bench.centre.store.reading() as tx:
        assert tx.scalar(select(func.count()).select_from(facts)) == 0


def test_stations_are_listed_as_they_stand(bench: Bench) -> None:
    station, chain = bench.station(), a_chain()
    station.deliver(chain)
    (one,) = list_stations(bench.centre)
    assert (one.station, one.state, one.facts, one.agreed) == (
        station.me.station,
        "active",
        4,
        False,
    )
    station.compare(chain)
    bench.clock.ms += SEEN_EVERY_MS + 1
    station.compare(chain)
    (one,) = list_stations(bench.centre)
    assert one.agreed
    assert one.seen_ms == bench.clock.ms
    other = chain.fork(2)
    other.record(VisitorAdmitted(SessionId("e1"), PersonId("other")))
    station.deliver(other)
    shut_out(bench.centre, station.me.station)
    (one,) = list_stations(bench.centre)
    assert (one.state, one.facts, one.forks, one.quarantined) == ("revoked", 2, 1, 3)
    assert not one.agreed


def test_the_commands_speak_of_stations(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YJ_LANGUAGE", "zh")
    station = bench.station()
    station.deliver(a_chain())
    where = ["--home", str(bench.settings.home), "--database", bench.settings.database]
    assert main([*where, "stations", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["station"], told["facts"], told["state"]) == (station.me.station, 4, "active")
    assert main([*where, "shut-out", station.me.station]) == 0
    assert main([*where, "stations"]) == 0
    said = capsys.readouterr().out
    assert "已停用" in said
    assert "尚未核对一致" in said
    station.deliver(a_chain())
    assert main([*where, "release", station.me.station]) == 0
    assert "4 条隔离记录已计入" in capsys.readouterr().out
    assert main([*where, "enrol-code", "--station", station.me.station, "--json"]) == 0
    code = json.loads(capsys.readouterr().out)["code"]
    new = TalkingStation(bench.client).enrol(code)
    assert new.me.station == station.me.station
    assert main([*where, "enrol-code", "--station", "st-nobody"]) == 1
