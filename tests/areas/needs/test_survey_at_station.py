"""The survey at a real station: sums outlive a power cut, one fact at the close, no few anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.areas.needs.survey import MIXED, NeedsGroup
from app.bootstrap import OpenStation
from app.domain.errors import BadInput, NotPossibleNow
from app.domain.ids import SessionId
from tests.support.stations import station_at


def begun(opened: OpenStation) -> SessionId:
    """A session in which people sign in."""
    view = opened.station.sessions.prepare_extra("防汛课", ())
    return opened.station.sessions.open_sign_in(view.session.id).session.id


def said(opened: OpenStation) -> list[dict[str, object]]:
    """The bodies of all facts of the survey."""
    with opened.station.tools.store.read() as reading:
        rows = reading.conn.exec_driver_sql("SELECT bytes FROM facts").scalars()
        told = [json.loads(bytes(row)) for row in rows]
    return [one["b"] for one in told if one["k"] == "needs.tallied"]


def test_answers_are_summed_by_kind_across_a_power_cut(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        session = begun(opened)
        for _ in range(4):
            assert opened.station.needs.answer(session, [(0,), (2, 4), (0,), (1,)]) == 0
    with station_at(tmp_path) as opened:
        needs = opened.station.needs
        assert needs.answer(session, [(0,), (2,), (1,), (1,)]) == 5
        needs.answer(session, [(5,), (5,), (3,), (0,)])
        assert said(opened) == []
        opened.station.sessions.close(session)
        (group,) = needs.groups(session)
        assert group == NeedsGroup(
            "rural",
            5,
            (
                ("length.hour", 5),
                ("subject.farming", 5),
                ("subject.law", 4),
                ("way.film", 1),
                ("way.talk", 4),
            ),
        )
        assert "elder" not in json.dumps(said(opened)), "one elder is told nowhere"


def test_few_of_every_kind_are_told_together_and_again_only_when_more_answered(
    tmp_path: Path,
) -> None:
    with station_at(tmp_path) as opened:
        session, station = begun(opened), opened.station
        for kind in (0, 1, 2, 3, 4):
            station.needs.answer(session, [(kind,), (0,), (0,), (0,)])
        station.sessions.close(session)
        assert [one.kind for one in station.needs.groups(session)] == [MIXED]
        station.sessions.reopen(session)
        station.sessions.close(session)
        assert len(said(opened)) == 1


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        view = opened.station.sessions.prepare_extra("防汛课", ())
        with pytest.raises(NotPossibleNow):
            opened.station.needs.answer(view.session.id, [(0,), (0,), (0,), (0,)])
        session = opened.station.sessions.open_sign_in(view.session.id).session.id
        for answers in ([(0,), (0,), (0,)], [(0,), (9,), (0,), (0,)]):
            with pytest.raises(BadInput):
                opened.station.needs.answer(session, answers)
        opened.station.sessions.close(session)
        assert said(opened) == []
