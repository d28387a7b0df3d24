"""A centre that was put back without a word may give old revisions to new rows: that is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from app.bootstrap import OpenStation
from app.wire.codec import write_row
from app.wire.messages import ExchangeAnswer, ExchangeRequest, FeedPage, FeedRow, Held
from app.wire.sums import ZERO, add_hashes, row_mark
from tests.support.port_centre import PortCentre, sync
from tests.support.stations import sample_people, station_at

SCOPE = "catalogue"
PEOPLE = sample_people(6)

pytestmark = pytest.mark.logs_warnings


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def opened(home: Path) -> Iterator[OpenStation]:
    with station_at(home, people=0) as station:
        yield station


class Roster(PortCentre):
    """A centre with one feed, whose rows may be exchanged as by an older copy of its store."""

    rows: tuple[FeedRow, ...] = ()
    pages_sent = 0

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer:
        answer = PortCentre.exchange(self, request)
        head = max(row.rev for row in self.rows)
        cursor = request.cursors[SCOPE]
        if cursor == head:
            return answer
        marks = (row_mark(SCOPE, one.kind, one.key, one.rev, one.body or b"") for one in self.rows)
        held = Held(len(self.rows), add_hashes(ZERO, marks))
        after = tuple(row for row in self.rows if row.rev > cursor)
        page = FeedPage(SCOPE, head, after, from_rev=cursor, held=held)
        self.pages_sent += 1
        return structs.replace(answer, pages=(page,))


def person(number: int, rev: int) -> FeedRow:
    return FeedRow("person", PEOPLE[number].id, rev, write_row(PEOPLE[number]))


def names(opened: OpenStation) -> set[str]:
    return {one.id for one in opened.station.people.all()}


def test_other_rows_under_the_same_revisions_are_found_at_the_next_start(
    opened: OpenStation, home: Path
) -> None:
    centre = Roster()
    centre.rows = tuple(person(number, number + 1) for number in range(4))
    sync(opened, centre)
    assert names(opened) == {"p0", "p1", "p2", "p3"}
    # Put back to revision 2, and two others were written since.
    centre.rows = (*centre.rows[:2], person(4, 3), person(5, 4))
    opened.close()
    with station_at(home, people=0) as again:
        sync(again, centre)
        assert names(again) == {"p0", "p1", "p4", "p5"}


def test_it_is_asked_once_a_start_and_costs_one_page(opened: OpenStation, home: Path) -> None:
    centre = Roster()
    centre.rows = tuple(person(number, number + 1) for number in range(4))
    for _ in range(3):
        sync(opened, centre)
    assert centre.pages_sent == 1, "the rows came with their sum"
    opened.close()
    with station_at(home, people=0) as again:
        for _ in range(3):
            sync(again, centre)
    assert centre.pages_sent == 2
    assert [asked.cursors[SCOPE] for asked in centre.asked][-3:] == [3, 4, 4]


def test_a_centre_that_asks_for_facts_again_is_held_against_its_sums(opened: OpenStation) -> None:
    centre = Roster()
    centre.rows = tuple(person(number, number + 1) for number in range(4))
    sync(opened, centre)
    sync(opened, centre)

    def lost(at: PortCentre, request: ExchangeRequest) -> ExchangeAnswer:
        return structs.replace(PortCentre.honest(at, request), resend=("s-unknown",))

    centre.rows = (*centre.rows[:2], person(4, 3), person(5, 4))
    centre.script = [lost]
    sync(opened, centre)
    sync(opened, centre)
    assert names(opened) == {"p0", "p1", "p4", "p5"}
