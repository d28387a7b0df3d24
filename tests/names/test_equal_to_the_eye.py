"""What a reader takes for the same name or number finds the same person, however it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.areas.people.person import Person
from app.domain.errors import NotFound
from app.domain.ids import PersonId, SessionId
from app.names.index import Entry, NameIndex
from app.names.readings import search_keys
from app.names.surnames import surname_of
from app.usecases.station import Station
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.support.small_sessions import begin
from tests.support.stations import SCOPE, sample_people, station_at

WRITTEN = {
    "\u2ed3山": "长山 \u2ed3山 长 cs changshan CS Ｃｈａｎｇｓｈａｎ 长\u200b山 长\u3000山",
    "\u200b丙一": "丙一 \ufeff丙一 丙一\u200e 丙\u200b一 by bingyi",
    "买买提\u30fb吐尔逊": "买买提·吐尔逊 买买提吐尔逊 买买提•吐 买买提.吐尔逊 mmttex tuerxun",
    "阿依古丽.热合曼": "阿依古丽·热合曼 阿依古丽热合曼 aygl",
    "Ａｎｎａ Müller": "anna ANNA annaMÜLLER müller",
    "王\u25cb生": "王〇生 王\u25cb生",
    "\u2fae\u2fae": "非非 ff feifei",
}


def index_of(*names: str) -> NameIndex:
    return NameIndex(Entry(PersonId(one), one, search_keys(one), "0021") for one in names)


@pytest.mark.parametrize("written", WRITTEN)
def test_a_name_is_found_however_roster_and_question_write_it(written: str) -> None:
    index = index_of(written, "陈桂英")
    for asked in (*WRITTEN[written].split(" "), written):
        assert index.search(asked) == (written,), asked
    assert index.search_named(written) == ((written, written),), "what is shown is what was written"


def test_digits_of_any_width_are_a_tail() -> None:
    assert index_of("陈桂英").search("００\u200b２１") == ("陈桂英",)


def test_what_nobody_sees_finds_nobody() -> None:
    for nothing in ("\u200b", "·", "\x01", "\n", "\ufeff "):
        assert index_of("陈桂英").search(nothing) == ()


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("\u2ee2建国", "马"),
        ("\u200b陈平", "陈"),
        ("欧\u200b阳春梅", "欧阳"),
        ("阿依古丽.热合曼", "阿依古丽"),
        ("买买提\uff0e吐尔逊", "买买提"),
    ],
)
def test_the_wall_has_one_tile_for_a_surname(name: str, surname: str) -> None:
    assert surname_of(name) == surname


# --- cards ---------------------------------------------------------------------------


CARDS = {
    "ab12cd34": "AB12CD34",
    " ab#12/34": "AB#12/34",
    "\u200bYJ1\u201000077": "YJ1-00077",
    "12345678": "0012345678",
    "00998877": "998877",
    "ＹＪ９": "yj9",
    "0500": "0500",
    "500": "500",
    "7777": "7777",
    "07777": "07777",
}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[Station, SessionId]]:
    with station_at(tmp_path / "home") as opened:
        held = [
            replace(one, card_no=card) for one, card in zip(sample_people(), CARDS, strict=False)
        ]
        give(opened.station, *held)
        yield opened.station, begin(opened)


def give(station: Station, *people: Person) -> None:
    """Bring changed rows of the roster down."""
    store = station.tools.store
    rev = store.cursors((SCOPE,))[SCOPE]
    rows = tuple(
        FeedRow("person", one.id, rev + place, write_row(one))
        for place, one in enumerate(people, start=1)
    )
    store.apply_page(FeedPage(SCOPE, rev + len(rows), rows, from_rev=rev))


@pytest.mark.parametrize("written", CARDS)
def test_a_card_is_known_in_the_form_its_reader_types(
    running: tuple[Station, SessionId], written: str
) -> None:
    station, session = running
    place = list(CARDS).index(written)
    assert station.attendance.by_card(session, CARDS[written]).id == f"p{place}"
    assert station.attendance.by_card(session, written).id == f"p{place}"


def test_a_card_that_fits_several_is_asked_about_and_signs_nobody_in(
    running: tuple[Station, SessionId],
) -> None:
    station, session = running
    for code in ("00500", "000500", "007777"):  # without zeros it is the card of two
        with pytest.raises(NotFound) as refused:
            station.attendance.by_card(session, code)
        assert refused.value.key == "refusal.card_of_several"
        assert refused.value.values["count"] == 2
    give(station, replace(sample_people()[20], card_no="AB12cd34"))
    with pytest.raises(NotFound) as refused:
        station.attendance.by_card(session, "AB12CD34")
    assert "、" in str(refused.value.values["names"])


@pytest.mark.parametrize("code", ["", " ", "\u200b", "0", "ab12cd3", "YJ"])
def test_a_card_of_nobody_stays_nobodys(running: tuple[Station, SessionId], code: str) -> None:
    station, session = running
    with pytest.raises(NotFound) as refused:
        station.attendance.by_card(session, code)
    assert refused.value.key == "refusal.unknown_card"
