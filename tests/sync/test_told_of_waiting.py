"""What the centre keeps and does not count is told at the station; a clock the centre doubts moves nothing."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from app.usecases.exchange import CLOCK_OFFSET, PROVEN
from app.usecases.views import SyncState
from app.wire.messages import ExchangeAnswer, ExchangeRequest
from app.words import say
from tests.support.port_centre import CENTRE_MS, STATION, PortCentre, sync
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SetClock, station_at

DAY_MS = 24 * 3_600_000


def test_how_many_records_wait_is_told_with_who_can_let_them_count_until_none_does(
    tmp_path: Path,
) -> None:
    centre = PortCentre()

    def sets_apart(one: PortCentre, request: ExchangeRequest) -> ExchangeAnswer:
        return replace(one.honest(request), waiting=9)

    with station_at(tmp_path) as opened:
        sign_in(opened, begin(opened), 1)
        centre.script = [sets_apart] * 3
        sync(opened, centre)
        view = opened.station.today.sync_view()
        assert (view.state, view.apart, view.station) == (SyncState.NEEDS_CARE, 9, STATION)
        (told,) = (
            one for one in opened.station.today.overview().notices if one[0] == "notice.waiting"
        )
        assert say(told[0], **dict(told[1])).count(STATION) == 1
        centre.script = []
        sync(opened, centre)
        assert opened.station.today.sync_view().apart == 0
        assert "notice.waiting" not in [key for key, _ in opened.station.today.overview().notices]


def test_a_clock_that_the_centre_doubts_itself_is_compared_with_nothing(tmp_path: Path) -> None:
    centre, clock = PortCentre(), SetClock(wall_ms=CENTRE_MS)

    def doubts(one: PortCentre, request: ExchangeRequest) -> ExchangeAnswer:
        answer = one.honest(request)
        late = answer.centre_ms + 500 * DAY_MS
        return replace(answer, centre_ms=late, notices=("centre_clock",))

    with station_at(tmp_path, clock=clock) as opened:
        sign_in(opened, begin(opened), 1)
        centre.script = [doubts] * 3
        before, proven = opened.station.today.sync_view().facts, list(clock.proven)
        sync(opened, centre)
        assert clock.proven == proven
        assert opened.station.today.sync_view().facts == before, "no clock was compared"
        with opened.station.tools.store.read() as reading:
            assert (reading.setting(PROVEN), reading.setting(CLOCK_OFFSET)) == (None, None)
        assert [key for key, _ in opened.station.today.overview().notices] == []
