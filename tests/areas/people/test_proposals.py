"""What a station says of people: used at once, shown as not checked, and answered by the centre."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.catalogue.values import AnswerState, PersonAlias, ProposalAnswer
from app.areas.people.entry import PersonEntry
from app.areas.people.person import Person, Standing, StandingKind
from app.bootstrap import OpenStation, open_station
from app.domain.errors import BadInput, NotPossibleNow
from app.domain.ids import PersonId
from app.usecases.station import Station
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.support.small_sessions import begin
from tests.support.stations import SCOPE, SetClock, station_at


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[OpenStation]:
    """A station that never heard of a centre, with nobody in it."""
    opened = open_station(tmp_path / "home", clock=SetClock())
    yield opened
    opened.station.close()


@pytest.fixture
def enrolled(tmp_path: Path) -> Iterator[OpenStation]:
    with station_at(tmp_path / "home", clock=SetClock()) as opened:
        yield opened


def _hear(station: Station, *rows: tuple[str, str, object]) -> None:
    """The centre's feed says so."""
    store = station.tools.store
    rev = store.cursors((SCOPE,))[SCOPE]
    told = tuple(
        FeedRow(kind, key, rev + at, write_row(value))
        for at, (kind, key, value) in enumerate(rows, 1)
    )
    store.apply_page(FeedPage(SCOPE, rev + len(told), told, from_rev=rev))


def _answer(station: Station, person: PersonId, state: AnswerState, of: str) -> None:
    with station.tools.store.read() as reading:
        said = reading.proposals(person)
    answers = [("proposal_answer", one.hash, ProposalAnswer(one.hash, of, state)) for one in said]
    _hear(station, *answers)


def _names(station: Station) -> list[str]:
    return [one.name for one in station.people.all()]


def test_a_station_alone_has_its_roster_and_a_session_of_it(alone: OpenStation) -> None:
    station = alone.station
    chen = station.people.add(PersonEntry("陈桂英", unit="石门村支部", phone_tail="0001"))
    station.people.add(PersonEntry("王建国", unit="石门村支部"))
    old = station.people.add(PersonEntry("李秀兰", birth="1938-02"))
    station.people.set_standing(old.id, Standing(StandingKind.FRAIL, needs_visit=True), "腿脚不便")

    session = station.sessions.prepare_extra("学习", ()).session.id
    view = station.sessions.open_sign_in(session)

    assert view.turnout.expected == 2
    assert {one.branch for one in view.cards if one.standpoint is RosterStatus.EXPECTED} == {
        "石门村支部"
    }
    assert next(one for one in view.cards if one.id == old.id).left_out is StandingKind.FRAIL
    (found,) = station.people.name_index().search("cgy")
    assert found == chen.id
    assert [one.id for one in station.attendance.by_phone_tail(session, "0001")] == [chen.id]
    done = station.attendance.sign_in(session, chen.id, Lane.PHONE_TAIL, "member")
    assert done.turnout.arrived == 1
    assert station.people.roster().unchecked == frozenset(), "nobody checks what stands alone"


def test_all_of_it_is_made_anew_of_the_journal(alone: OpenStation) -> None:
    station = alone.station
    chen = station.people.add(PersonEntry("陈桂英", unit="石门村支部"))
    station.people.correct(chen.id, {"name": "陈桂瑛", "group": "第一组"})
    station.people.stop(station.people.add(PersonEntry("王建国")).id, "迁走")
    before = station.people.roster(with_stopped=True)

    station.tools.store.rebuild()

    assert station.people.roster(with_stopped=True) == before
    assert [one.name for one in before.people] == ["陈桂瑛", "王建国"]
    assert station.people.resume(before.people[1].id).active


def test_what_cannot_be_kept_is_refused(alone: OpenStation) -> None:
    people = alone.station.people
    chen = people.add(PersonEntry("陈桂英"))
    with pytest.raises(NotPossibleNow, match="person_known"):
        people.add(PersonEntry("陈桂英"))
    assert people.add(PersonEntry("陈桂英", phone_tail="0002"), not_people=[chen.id]).id != chen.id
    for entry in (PersonEntry("甲", birth="1958-13"), PersonEntry("甲", phone_tail="12")):
        with pytest.raises(BadInput):
            people.add(entry)
    with pytest.raises(BadInput):
        people.correct(chen.id, {"name": " "})
    with pytest.raises(BadInput):
        people.stop(chen.id, " ")


def test_a_correction_is_used_at_once_and_lies_over_the_centres_row(enrolled: OpenStation) -> None:
    station = enrolled.station
    p0 = PersonId("p0")
    station.people.correct(p0, {"name": "陈桂瑛", "phone_tail": "4321"})

    assert "陈桂瑛" in _names(station)
    assert station.people.roster().unchecked == {p0}
    _hear(station, ("person", p0, Person(p0, "陈桂英", group="9组", phone_tail="0000")))
    (shown,) = [one for one in station.people.all() if one.id == p0]
    assert (shown.name, shown.phone_tail, shown.group) == ("陈桂瑛", "4321", "9组")

    _answer(station, p0, AnswerState.REFUSED, p0)
    (shown,) = [one for one in station.people.all() if one.id == p0]
    assert (shown.name, shown.phone_tail) == ("陈桂英", "0000"), "the centre's row holds again"
    assert station.people.roster().unchecked == frozenset()


def test_somebody_new_is_in_the_list_until_the_centre_says_who_they_are(
    enrolled: OpenStation,
) -> None:
    """The centre knows them already: what was recorded goes on under the person's own id."""
    station = enrolled.station
    new = station.people.add(PersonEntry("丙一", phone_tail="0021"))
    assert station.people.roster().unchecked == {new.id}
    session = begin(enrolled)
    view = station.sessions.show(session)
    assert new.id in {one.id for one in view.cards if one.standpoint is RosterStatus.EXPECTED}
    station.attendance.sign_in(session, new.id, Lane.NAME_WALL, "member")
    arrived = station.sessions.close(session).turnout
    code = station.today.records()[0].code

    known = PersonId("p77")
    _hear(
        station,
        ("person", known, Person(known, "丙一", phone_tail="0021")),
        ("person_alias", new.id, PersonAlias(new.id, known)),
    )

    after = station.sessions.show(session)
    assert after.turnout == arrived, "nobody is lost and nobody counts twice"
    assert new.id not in {one.id for one in after.cards}
    (card,) = [one for one in after.cards if one.id == known]
    assert (card.status, card.standpoint) == (Status.PRESENT, RosterStatus.EXPECTED)
    assert station.today.records()[0].code == code
    assert _names(station).count("丙一") == 1
    station.tools.store.rebuild()
    assert station.sessions.show(session) == after


def test_whom_the_centre_does_not_want_is_in_no_list_and_still_named(enrolled: OpenStation) -> None:
    station = enrolled.station
    new = station.people.add(PersonEntry("丙一"))
    session = begin(enrolled)
    station.attendance.sign_in(session, new.id, Lane.NAME_WALL, "member")
    station.sessions.close(session)

    _answer(station, new.id, AnswerState.REFUSED, new.id)

    assert "丙一" not in _names(station)
    (card,) = [one for one in station.sessions.show(session).cards if one.id == new.id]
    assert (card.name, card.status) == ("丙一", Status.PRESENT)


def test_whom_the_centre_takes_keeps_the_id_and_the_centres_row_holds(
    enrolled: OpenStation,
) -> None:
    station = enrolled.station
    new = station.people.add(PersonEntry("丙一", group="一组"))
    _answer(station, new.id, AnswerState.TAKEN, new.id)
    assert "丙一" in _names(station), "until the row itself comes, what is known here stays"
    _hear(station, ("person", new.id, Person(new.id, "丙一", group="二组")))
    (shown,) = [one for one in station.people.all() if one.id == new.id]
    assert shown.group == "二组"
    assert new.id not in station.people.roster().unchecked


def test_what_is_erased_leaves_nobody_in_the_roster(enrolled: OpenStation) -> None:
    station = enrolled.station
    new = station.people.add(PersonEntry("丙一", phone_tail="0021"))
    with station.tools.store.read() as reading:
        hashes = [one.hash for one in reading.proposals(new.id)]
    store = station.tools.store
    rev = store.cursors((SCOPE,))[SCOPE]
    told = write_row({"person": new.id, "facts": hashes})
    rows = (FeedRow("person", new.id, rev + 1, None), FeedRow("erasure", new.id, rev + 2, told))
    store.apply_page(FeedPage(SCOPE, rev + 2, rows, from_rev=rev))

    assert "丙一" not in _names(station)
    store.rebuild()
    assert "丙一" not in _names(station)


def test_a_standing_holds_from_day_to_day_and_ends(enrolled: OpenStation) -> None:
    station = enrolled.station
    p1, p2 = PersonId("p1"), PersonId("p2")
    away = Standing(StandingKind.AWAY, "2026-03-01", "2026-06-30", contact=p2)
    person = station.people.set_standing(p1, away, "在广东打工")
    assert person.standings == (away,)
    whole = station.people.whole(p1)
    assert whole.waits
    assert whole.contacts == {p2: "陈秀兰"}
    assert whole.words[-1].reason == "在广东打工"
    assert station.people.end_standing(p1, away).standings == ()
    with pytest.raises(BadInput):
        station.people.set_standing(p1, Standing(StandingKind.AWAY, "三月"))
