"""A PC that is enrolled at another site: the old site's record stays the old site's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.centre_process import RunningCentre, running_centre
from tests.moving.two_villages import FIRST, PEOPLE, SECOND, Pc, furnish, stands


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    """A real centre with two villages."""
    folder = tmp_path_factory.mktemp("centre")
    with running_centre(folder / "home") as started:
        furnish(started, folder)
        yield started


def moved_pc(centre: RunningCentre, home: Path) -> tuple[Pc, list[str]]:
    """Two evenings at the first village, of which one was sent; then enrolled at the second."""
    pc = Pc(home)
    pc.enrol(centre, FIRST)
    pc.sync()
    sent = pc.evening(3)
    pc.sync()
    unsent = pc.evening(5)
    pc.enrol(centre, SECOND)
    return pc, [sent.session, unsent.session]


def test_what_was_written_at_the_old_site_stands_there_once_and_the_new_begins_clean(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc, before = moved_pc(centre, tmp_path / "pc")
    assert pc.shown() == []
    assert pc.told()["notice.former_waits"]["site"] == FIRST
    assert pc.told()["notice.moved"] == {"site": FIRST}
    pc.sync()
    assert pc.told().keys() == {"notice.moved"}
    evening = pc.evening(2)
    assert evening.listed == tuple(sorted(PEOPLE[SECOND]))
    assert pc.roster() == set(PEOPLE[SECOND])
    pc.sync()
    found = stands(centre)
    assert [found[one] for one in before] == [[(FIRST, 3, 1)], [(FIRST, 5, 1)]]
    assert found[evening.session] == [(SECOND, 2, 1)]
    assert pc.shown() == [evening.session]
    opened = pc.opened()
    view = opened.station.today()
    assert (view.site_name, view.sync.waiting, view.sync.agreed) == (SECOND, 0, True)
    opened.station.dismiss_notices()
    opened.close()
    assert pc.told() == {}
