"""Which state of the record is told, in every combination of what decides it."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from app.domain.ids import PlanId
from app.usecases.sync_state import Standing, state_of
from app.usecases.views import SyncState
from tests.support.port_centre import PortCentre, sync
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SetClock, station_at

TABLE = (
    # no space, in care, enrolled, waiting, busy, held
    ("1?????", SyncState.NO_SPACE),
    ("01????", SyncState.NEEDS_CARE),
    ("000???", SyncState.NOT_ENROLLED),
    ("00111?", SyncState.SENDING),
    ("00110?", SyncState.WAITING),
    ("0010?1", SyncState.ALL_SENT),
    ("0010?0", SyncState.NOTHING),
)


def rows_for(bits: tuple[int, ...]) -> list[SyncState]:
    said = "".join(map(str, bits))
    return [
        state
        for pattern, state in TABLE
        if all(one in ("?", bit) for one, bit in zip(pattern, said, strict=True))
    ]


@pytest.mark.parametrize("bits", list(product((0, 1), repeat=6)))
def test_each_combination_has_the_state_of_its_row(bits: tuple[int, ...]) -> None:
    no_space, in_care, enrolled, waiting, busy, held = bits
    standing = Standing(
        enrolled=bool(enrolled),
        in_care=bool(in_care),
        no_space=bool(no_space),
        busy=bool(busy),
        held=bool(held),
        waiting=waiting,
    )
    assert [state_of(standing)] == rows_for(bits)


def test_a_station_without_a_centre_is_never_told_that_all_is_sent(tmp_path: Path) -> None:
    with station_at(tmp_path / "home", enrolled=False) as opened:
        assert opened.station.today.sync_view().state is SyncState.NOT_ENROLLED
        sign_in(opened, begin(opened, "冬季果树修剪"), 1)
        view = opened.station.today.sync_view()
        assert (view.state, view.waiting_sessions) == (SyncState.NOT_ENROLLED, 1)


def test_a_session_that_is_only_prepared_and_a_clock_that_was_set_are_nothing_to_send(
    tmp_path: Path,
) -> None:
    with station_at(tmp_path / "home", clock=SetClock()) as opened:
        opened.station.clock.assert_day("2026-11-23")
        prepared = opened.station.sessions.prepare(PlanId("plan1"))
        view = opened.station.today.sync_view()
        assert view.waiting > 0, "facts there are"
        assert (view.state, view.waiting_sessions) == (SyncState.NOTHING, 0)
        opened.station.sessions.open_sign_in(prepared.session.id)
        assert opened.station.today.sync_view().state is SyncState.WAITING
        sync(opened, PortCentre())
        view = opened.station.today.sync_view()
        assert (view.state, view.waiting_sessions) == (SyncState.ALL_SENT, 0)
