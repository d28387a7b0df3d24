"""Every fork is told to who can do something about it, and a program that keeps it back is caught."""

from __future__ import annotations

import pytest

from app.usecases import today
from centre.intake import exchanging
from centre.stations import notices
from tests.model.checks.promises import heal_and_check
from tests.model.checks.telling import check_told
from tests.model.county.ledger import Wrong
from tests.model.scenarios import QUIET, SCENARIOS, hold
from tests.model.world import World, opened_world

pytestmark = pytest.mark.logs_warnings


def clone_goes_on(world: World) -> None:
    """Two PCs with one identity, each with its own sessions, talk with the centre in turns."""
    pc = world.pcs[0]
    hold(world, pc)
    world.round_of(pc)
    clone = pc.clone("clone", 7)
    world.add(clone)
    world.nemeses.befell(pc, "clone")
    for _ in range(2):
        for one in (pc, clone):
            hold(world, one, "extra open visitor close")
            world.round_of(one)


def told_in(act: object, seed: int = 1) -> int:
    """How many operators read of something strange after a history that ended well."""
    with opened_world(seed, QUIET) as world:
        assert callable(act)
        act(world)
        heal_and_check(world)
        return check_told(world)


@pytest.mark.parametrize(
    ("act", "operators"),
    [
        (clone_goes_on, 2),
        (SCENARIOS["two_go_on_from_one_memory"], 2),
        (SCENARIOS["files_are_put_back"], 1),
        (SCENARIOS["sessions_are_sent"], 0),
    ],
)
def test_every_fork_is_told_to_each_operator_and_nothing_else_is(
    act: object, operators: int
) -> None:
    assert told_in(act) == operators


def test_a_centre_that_keeps_a_fork_to_itself_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def quietly(*given: object) -> notices.Visit:
        visit = notices.visit(*given)  # type: ignore[arg-type]  # passed on as it came
        return notices.Visit((), visit.credential, visit.expires_ms, visit.agreed_facts)

    monkeypatch.setattr(exchanging, "visit", quietly)
    with pytest.raises(Wrong, match="its operator reads"):
        told_in(clone_goes_on)


def test_a_station_that_shows_none_of_it_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "_TOLD_WORDS", ("revoked", "expired"))
    with pytest.raises(Wrong, match="its operator reads"):
        told_in(clone_goes_on)
