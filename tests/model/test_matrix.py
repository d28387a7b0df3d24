"""The rollback matrix counts what it says: a healthy row is all 0, a planted bug shows in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.rollback.put_back import LINES, Line
from tests.durability.rollback.rollback_matrix import document, past_sessions, run
from tests.model.mutants.planting import MUTANTS

pytestmark = pytest.mark.logs_warnings


@pytest.fixture(scope="module")
def past() -> Iterator[Path]:
    with past_sessions() as folder:
        yield folder


def line(what: str) -> Line:
    return next(one for one in LINES if what in one.what and one.rounds)


def test_a_disk_that_was_put_back_costs_nothing(past: Path) -> None:
    row = line("whole disk")
    outcome = run(row, past)
    assert (outcome.lost, outcome.doubled, outcome.destroyed) == (0, 0, 0)
    assert (outcome.records, outcome.has, outcome.agreed) == (100, "yes", True)
    assert outcome.alike == "yes"
    assert outcome.told == "put back"
    assert "| station, whole disk | 1 | 100 | 0 | 0 | 0 | yes | yes | yes |" in document(
        [(row, outcome)]
    )


def test_own_facts_that_never_come_back_show_in_the_table(past: Path) -> None:
    with MUTANTS["census_ignored"]():
        outcome = run(line("whole disk"), past)
    assert (outcome.has, outcome.agreed) == ("**no**", False)


def test_a_session_that_is_shown_otherwise_shows_in_the_table(past: Path) -> None:
    with MUTANTS["own_clock_here"]():
        outcome = run(line("whole disk"), past)
    assert (outcome.agreed, outcome.alike) == (True, "**no**")


def test_a_centre_that_drops_a_branch_shows_as_lost(past: Path) -> None:
    with MUTANTS["ignored_by_number"]():
        outcome = run(line("with its memory"), past)
    assert outcome.lost > 0
