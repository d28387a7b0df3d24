"""Exchanges: what is kept, and what receipts say of it."""

from __future__ import annotations

from msgspec import structs
from sqlalchemy import func, select

from app.areas.attendance.facts import VisitorAdmitted
from app.domain.decoded_fact import Reason
from app.domain.ids import PersonId, SessionId
from app.domain.personal import Personal
from app.wire.messages import Tip
from centre.store.tables import facts
from tests.centre.benches import Bench
from tests.support.talking_station import Chain, opened_segment


def a_chain(length: int = 10) -> Chain:
    chain = opened_segment()
    while len(chain.facts) < length:
        person = PersonId(f"v{len(chain.facts)}")
        chain.record(VisitorAdmitted(SessionId("e1"), person), personal=Personal(name="王"))
    return chain


def count_facts(bench: Bench) -> int:
    with bench.centre.store.reading() as tx:
        return tx.scalar(select(func.count()).select_from(facts)) or 0


def test_a_delivered_segment_is_receipted_to_its_end(bench: Bench) -> None:
    chain = a_chain()
    receipt = bench.station().deliver(chain).receipts[chain.name]
    assert (receipt.upto_n, receipt.upto_hash) == (10, chain.hashes[-1])
    assert (receipt.count, receipt.status) == (10, "ok")


def test_a_receipt_outlives_the_process(bench: Bench) -> None:
    chain, station = a_chain(), bench.station()
    station.deliver(chain)
    bench.stop()
    station.client = bench.start()
    told = station.exchange(station.request(tips=[chain.tip()]))
    assert told.receipts[chain.name].upto_n == 10


def test_nothing_held_is_said_as_nought(bench: Bench) -> None:
    chain, station = a_chain(), bench.station()
    told = station.exchange(station.request(tips=[chain.tip()]))
    assert (told.receipts[chain.name].upto_n, told.receipts[chain.name].upto_hash) == (0, b"")


def test_a_partial_delivery_is_receipted_to_the_end_of_the_run(bench: Bench) -> None:
    chain, station = a_chain(), bench.station()
    told = station.exchange(station.request(tips=[chain.tip()], runs=[chain.run(1, 4)]))
    assert told.receipts[chain.name].upto_hash == chain.hashes[3]


def test_the_locator_finds_the_last_fact_both_hold(bench: Bench) -> None:
    chain, station = a_chain(40), bench.station()
    station.exchange(station.request(runs=[chain.run(1, 25)]))
    told = station.exchange(station.request(tips=[chain.tip()]))
    assert told.receipts[chain.name].upto_n == 24
    assert told.receipts[chain.name].upto_hash == chain.hashes[23]


def test_pieces_in_wrong_order_wait_detached_and_attach_when_the_gap_closes(bench: Bench) -> None:
    chain, station = a_chain(), bench.station()
    late = station.exchange(station.request(tips=[chain.tip()], runs=[chain.run(6, 10)]))
    assert late.receipts[chain.name].upto_n == 0
    assert bench.report().detached == 5
    told = station.exchange(station.request(tips=[chain.tip()], runs=[chain.run(1, 5)]))
    assert told.receipts[chain.name].upto_n == 10
    assert bench.report().detached == 0


def test_a_wrong_claim_of_the_number_is_mended_by_the_chain(bench: Bench) -> None:
    chain, station = a_chain(), bench.station()
    lying = structs.replace(chain.run(6, 10), from_n=900)
    station.exchange(station.request(runs=[lying]))
    told = station.exchange(station.request(tips=[chain.tip()], runs=[chain.run(1, 5)]))
    assert told.receipts[chain.name].upto_n == 10
    # Texts are named by the number that was lied about: they are missed, and it is said.
    assert bench.report().held == {Reason.PAYLOAD_LACKING.value: 5}


def test_a_wrong_claim_behind_a_fact_that_is_held_changes_nothing(bench: Bench) -> None:
    chain, station = a_chain(), bench.station()
    station.exchange(station.request(runs=[chain.run(1, 5)]))
    lying = structs.replace(chain.run(6, 10), from_n=900)
    told = station.exchange(station.request(tips=[chain.tip()], runs=[lying]))
    assert told.receipts[chain.name].upto_n == 10
    # Texts are named by the number that was lied about: they are missed, and it is said.
    assert bench.report().held == {Reason.PAYLOAD_LACKING.value: 5}


def test_sending_twice_keeps_once(bench: Bench) -> None:
    chain, station = a_chain(), bench.station()
    for _ in range(3):
        station.deliver(chain)
    assert count_facts(bench) == 10


def test_two_branches_are_both_kept_and_flagged_to_both(bench: Bench) -> None:
    chain, station = a_chain(5), bench.station()
    other = chain.fork(3)
    other.record(VisitorAdmitted(SessionId("e1"), PersonId("other")))
    assert station.deliver(chain).receipts[chain.name].status == "ok"
    forked = station.deliver(other).receipts[chain.name]
    assert (forked.upto_n, forked.upto_hash, forked.status) == (4, other.hashes[-1], "fork")
    again = station.deliver(chain).receipts[chain.name]
    assert (again.upto_n, again.upto_hash, again.status) == (5, chain.hashes[-1], "fork")
    assert count_facts(bench) == 6
    assert [fork.why for fork in bench.report().forks] == ["branches"]


def test_a_receipt_never_names_the_other_branch(bench: Bench) -> None:
    chain, station = a_chain(8), bench.station()
    station.deliver(chain)
    other = chain.fork(3)
    for number in range(4):
        other.record(VisitorAdmitted(SessionId("e1"), PersonId(f"x{number}")))
    told = station.exchange(station.request(tips=[other.tip()], runs=[other.run(1, 3)]))
    assert told.receipts[chain.name].upto_hash == other.hashes[2]


def test_a_segment_that_belongs_to_another_station_is_kept_under_this_one(bench: Bench) -> None:
    chain = a_chain(5)
    first, second = bench.station(), bench.station()
    first.deliver(chain)
    stolen = chain.fork(2)
    stolen.record(VisitorAdmitted(SessionId("e1"), PersonId("thief")))
    told = second.deliver(stolen)
    assert (told.receipts[chain.name].upto_n, told.receipts[chain.name].status) == (3, "ok")
    assert first.deliver(chain).receipts[chain.name].upto_n == 5
    forks = bench.report().forks
    assert [fork.why for fork in forks] == ["two_stations"]
    assert set(forks[0].stations) == {first.me.station, second.me.station}


def test_facts_that_cannot_be_read_are_kept_and_block_nothing(bench: Bench) -> None:
    chain, station = a_chain(3), bench.station()
    chain.append(b"not a fact at all")
    chain.append(b'{"v":1,"n":77,"k":"visitor.admitted","w":1,"m":1,"g":"ok","a":"x","b":{}}')
    chain.append(chain.facts[1])
    chain.append(b'{"v":1,"n":7,"k":"weather.seen","w":1,"m":1,"g":"ok","a":"x","b":{"rain":1}}')
    chain.record(VisitorAdmitted(SessionId("e2"), PersonId("v-after")))
    assert station.deliver(chain).receipts[chain.name].upto_n == 8
    assert bench.report().held == {"unreadable": 2, "wrong_number": 1, "unknown_kind": 1}
    assert {one.session for one in bench.report().sessions} == {"e1", "e2"}


def test_a_personal_payload_is_kept_only_beside_the_fact_that_names_it(bench: Bench) -> None:
    chain, station = a_chain(3), bench.station()
    run = chain.run()
    forged = structs.replace(run, personal=((2, chain.personal[3] + b" "), (9, b"x"), (-1, b"y")))
    station.exchange(station.request(runs=[forged]))
    with bench.centre.store.reading() as tx:
        assert tx.scalar(select(func.count(facts.c.personal))) == 0
    station.exchange(station.request(runs=[run]))
    with bench.centre.store.reading() as tx:
        kept = {row.n: row.personal for row in tx.execute(select(facts.c.n, facts.c.personal))}
    assert kept == {1: None, 2: chain.personal[2], 3: chain.personal[3]}


def test_one_exchange_carries_many_segments(bench: Bench) -> None:
    chains = [a_chain(2) for _ in range(30)]
    told = bench.station().deliver(*chains)
    assert {name: one.upto_n for name, one in told.receipts.items()} == {
        chain.name: 2 for chain in chains
    }


def test_a_tip_with_a_strange_hash_is_no_trouble(bench: Bench) -> None:
    station = bench.station()
    told = station.exchange(station.request(tips=[Tip("a" * 32, 2**64 - 1, b"", ((-5, b"x"),))]))
    assert told.receipts["a" * 32].upto_n == 0
