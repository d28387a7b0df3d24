"""Rating at a real station: votes outlive a power cut, one fact at the close, too few nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.areas.forms.held import of_view
from app.areas.forms.sheets.rating_sheet import rating_sheet
from app.areas.forms.sheets.session_record import session_record
from app.areas.ratings.tally import RatingSheet, Tally
from app.areas.sessions.activity_lines import activity_lines
from app.bootstrap import OpenStation
from app.domain.errors import BadInput, NotPossibleNow
from app.domain.ids import SessionId
from app.words import say
from tests.support.stations import station_at


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenStation]:
    with station_at(tmp_path / "home") as opened:
        yield opened


def begun(opened: OpenStation) -> SessionId:
    """A session in which people sign in."""
    view = opened.station.sessions.prepare_extra("防汛课", ())
    return opened.station.sessions.open_sign_in(view.session.id).session.id


def tallied(opened: OpenStation) -> list[dict[str, object]]:
    """The bodies of all tallies in the journal."""
    with opened.station.tools.store.read() as reading:
        rows = reading.conn.exec_driver_sql("SELECT bytes FROM facts").scalars()
        told = [json.loads(bytes(row)) for row in rows]
    return [one["b"] for one in told if one["k"] == "rating.tallied"]


def test_votes_are_one_fact_at_the_close_and_stand_with_the_session(opened: OpenStation) -> None:
    session, ratings = begun(opened), opened.station.ratings
    said = [ratings.vote(session, level) for level in (0, 0, 1, 0, 2, 0)]
    assert said == [0, 0, 0, 0, 5, 6], "how many voted is told from the fifth on"
    assert tallied(opened) == []
    view = opened.station.sessions.close(session)
    (fact,) = tallied(opened)
    assert fact["counts"] == [4, 1, 1, 0]
    assert view.ratings == (Tally(RatingSheet.SATISFACTION, (4, 1, 1, 0)),)
    assert say("rating.rate", percent="83.3", good=5, votes=6) in activity_lines(view)[-1]
    record = session_record(say, "松岭村", of_view(view))
    assert "83.3%（5/6）" in str(record)


def test_no_vote_is_lost_by_a_power_cut_and_none_says_when(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        session = begun(opened)
        for _ in range(3):
            opened.station.ratings.vote(session, 1)
    with station_at(tmp_path) as opened:
        with opened.station.tools.store.read() as reading:
            kept = reading.setting(f"rating.{session}.satisfaction")
        assert kept == '{"screen": [0, 3, 0, 0], "paper": [0, 0, 0, 0]}'
        for _ in range(2):
            opened.station.ratings.vote(session, 0)
        view = opened.station.sessions.close(session)
        assert view.ratings[0].counts == (2, 3, 0, 0)


def test_fewer_than_five_are_in_no_fact_row_line_or_sheet(opened: OpenStation) -> None:
    session = begun(opened)
    for _ in range(4):
        opened.station.ratings.vote(session, 3)
    view = opened.station.sessions.close(session)
    (fact,) = tallied(opened)
    assert "counts" not in fact
    assert view.ratings == (Tally(RatingSheet.SATISFACTION),)
    assert say("rating.too_few") in activity_lines(view)[-1]
    assert opened.station.ratings.given(session) == 0


def test_paper_is_added_to_the_screen_and_typed_again_replaces_paper_only(
    opened: OpenStation,
) -> None:
    session, ratings = begun(opened), opened.station.ratings
    for _ in range(2):
        ratings.vote(session, 0)
    assert ratings.type_paper(session, RatingSheet.SATISFACTION, (80, 0, 0, 0)) == 82
    assert ratings.type_paper(session, RatingSheet.SATISFACTION, (8, 0, 0, 0)) == 10
    assert opened.station.sessions.close(session).ratings[0].counts == (10, 0, 0, 0)
    ratings.type_paper(session, RatingSheet.SATISFACTION, (8, 1, 0, 0))
    ratings.type_paper(session, RatingSheet.LECTURE, (3, 2, 1, 0))
    assert ratings.tallies(session) == (
        Tally(RatingSheet.SATISFACTION, (10, 1, 0, 0)),
        Tally(RatingSheet.LECTURE, (3, 2, 1, 0)),
    )


def test_a_close_that_is_taken_back_counts_on_and_says_it_once_more(opened: OpenStation) -> None:
    session, ratings = begun(opened), opened.station.ratings
    for _ in range(5):
        ratings.vote(session, 0)
    opened.station.sessions.close(session)
    opened.station.sessions.reopen(session)
    ratings.vote(session, 1)
    assert opened.station.sessions.close(session).ratings[0].counts == (5, 1, 0, 0)
    assert len(tallied(opened)) == 2
    opened.station.sessions.reopen(session)
    opened.station.sessions.close(session)
    assert len(tallied(opened)) == 2, "nothing new is not said again"


def test_paper_typed_where_the_counters_are_lost_is_added_to_what_is_recorded(
    opened: OpenStation,
) -> None:
    session, ratings = begun(opened), opened.station.ratings
    for _ in range(6):
        ratings.vote(session, 0)
    opened.station.sessions.close(session)
    with opened.station.tools.store.begin() as work:
        work.forget_setting(f"rating.{session}.satisfaction")
    ratings.type_paper(session, RatingSheet.SATISFACTION, (0, 0, 1, 0))
    ratings.type_paper(session, RatingSheet.SATISFACTION, (0, 1, 0, 0))
    assert ratings.tallies(session)[0].counts == (6, 1, 0, 0)


def test_what_cannot_be_is_refused(opened: OpenStation) -> None:
    view = opened.station.sessions.prepare_extra("防汛课", ())
    with pytest.raises(NotPossibleNow):
        opened.station.ratings.vote(view.session.id, 0)
    session, ratings = begun_again(opened, view.session.id), opened.station.ratings
    for counts in ((1, 2, 3), (1, 2, 3, -1), (1, 2, 3, 100_001)):
        with pytest.raises(BadInput):
            ratings.type_paper(session, RatingSheet.SATISFACTION, counts)
    with pytest.raises(BadInput):
        ratings.vote(session, 4)
    opened.station.sessions.close(session)
    with pytest.raises(NotPossibleNow):
        ratings.vote(session, 0)


def begun_again(opened: OpenStation, session: SessionId) -> SessionId:
    """The same session with sign-in open."""
    return opened.station.sessions.open_sign_in(session).session.id


def test_the_sheet_for_lecturers_has_five_items_of_twenty_points(opened: OpenStation) -> None:
    view = opened.station.sessions.show(begun(opened))
    (table,) = rating_sheet(say, "松岭村", of_view(view)).tables
    assert [line[1].value for line in table.lines] == [20, 20, 20, 20, 20, 100]
    assert table.rows[0][0].value == "现实针对性"


def test_no_export_and_no_help_file_holds_what_few_chose(
    opened: OpenStation, tmp_path: Path
) -> None:
    session = begun(opened)
    for _ in range(4):
        opened.station.ratings.vote(session, 3)
    opened.station.sessions.close(session)
    folder = tmp_path / "export"
    opened.station.export_record(folder, with_personal=True)
    told = [json.loads(line) for line in _lines_of(folder) if "rating.tallied" in line]
    assert told
    assert "counts" not in json.dumps(told)
    assert not any(f"rating.{session}" in line for line in _lines_of(folder))


def _lines_of(folder: Path) -> list[str]:
    """Every line of every file of text there."""
    files = [one for one in folder.rglob("*") if one.is_file()]
    return [line for one in files for line in one.read_text("utf-8", errors="replace").splitlines()]
