"""A crash loop leaves a thousand segments: they go in a few rounds, and then cost nothing."""

from __future__ import annotations

from pathlib import Path

from app.wire.codec import pack
from app.wire.messages import MAX_TIPS
from tests.support.crash_loops import crash_loop
from tests.support.port_centre import PortCentre, sync
from tests.support.small_sessions import begin, facts_in, sign_in
from tests.support.stations import station_at

STARTS = 1_000


def test_a_crash_loop_is_sent_in_pieces_and_named_no_more(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        crash_loop(opened, STARTS)
    with station_at(tmp_path) as opened:
        centre = PortCentre()
        session = begin(opened)
        sign_in(opened, session, 0)
        outcome = sync(opened, centre)
        facts = len(facts_in(tmp_path / "station.db"))
        assert (outcome.trouble, outcome.confirmed) == (None, facts)
        assert facts > 2 * STARTS
        assert max(len(one.tips) for one in centre.asked) == MAX_TIPS
        assert len(centre.asked) <= STARTS // MAX_TIPS + 3
        sign_in(opened, session, 1)
        sync(opened, centre)
        (tip,) = centre.asked[-1].tips
        assert [run.segment for run in centre.asked[-1].runs] == [tip.segment]
        assert len(pack(centre.asked[-1])) < 700, "what is new, not the history"
        assert opened.station.today.sync_view().waiting == 0
