"""A flush that fails, and a disk that is full: what was confirmed is there, sign-ins go on."""

from __future__ import annotations

import pytest

from tests.durability.disks.disks import fail_at_each, fill_up
from tests.durability.lab.kernel import why_no_fuse, why_no_mounts

_NO_FUSE = why_no_fuse()
_NO_MOUNTS = why_no_mounts()

needs_fuse = pytest.mark.skipif(_NO_FUSE is not None, reason=f"failing disks: {_NO_FUSE}")
needs_mounts = pytest.mark.skipif(_NO_MOUNTS is not None, reason=f"full disks: {_NO_MOUNTS}")

pytestmark = pytest.mark.timeout(600)


@needs_fuse
@pytest.mark.parametrize(("kind", "step"), [("eio", 1), ("eio-on", 3), ("eio-killed", 3)])
def test_nothing_is_confirmed_on_a_flush_that_failed(kind: str, step: int) -> None:
    run = fail_at_each(kind, step=step)
    print(" | ".join(run.tally.cells()), run.counts)
    assert run.tally.is_good, run.tally.first_failures
    assert run.tally.cuts >= 24 // step
    assert run.counts["failed_log"] >= 8 // step, "the log's own flush was not hit"
    assert run.believed == 0
    assert run.counts["after"] == 0, "sign-ins go on when the disk is sound again"


@needs_fuse
def test_nothing_is_confirmed_on_two_flushes_that_failed_in_a_row() -> None:
    run = fail_at_each("eio-2", step=2)
    assert run.tally.is_good, run.tally.first_failures


@needs_fuse
def test_a_disk_that_is_full_at_any_write_costs_at_most_the_sign_in_in_flight() -> None:
    run = fail_at_each("full", first=60, step=23)
    print(" | ".join(run.tally.cells()), run.counts)
    assert run.tally.is_good, run.tally.first_failures
    assert run.tally.cuts >= 12
    assert run.counts["no_room"] > 0
    assert run.most_refused <= 1, "the ballast gives room to all who come after"
    assert run.counts["after"] == 0


@needs_fuse
def test_a_disk_that_is_full_and_has_no_ballast_loses_nothing_and_goes_on_when_there_is_room() -> (
    None
):
    run = fail_at_each("full-bare", first=60, step=47)
    assert run.tally.is_good, run.tally.first_failures
    assert run.counts["refused"] > run.tally.cuts
    assert run.counts["after"] == 0


@needs_fuse
def test_a_start_on_a_full_disk_throws_the_ballast_off() -> None:
    run = fail_at_each("full", last=40, step=13)
    assert run.tally.is_good, run.tally.first_failures
    assert run.counts["unopened"] == 0


@needs_mounts
def test_hundreds_sign_in_after_the_last_byte_was_taken() -> None:
    told = fill_up(400, 8)
    assert told["free_at_first"] == 0
    assert (told["confirmed"], told["lost"], told["why"]) == (400, 0, "")
    assert told["refused"] <= 1
    assert not told["ballast_left"]


@needs_mounts
def test_without_ballast_the_full_disk_stops_them() -> None:
    """The lab's own proof: the disk is full indeed."""
    told = fill_up(400, 0)
    assert told["confirmed"] < 100
    assert told["refused"] >= 5
    assert told["lost"] == 0


@needs_fuse
def test_a_planted_bug_is_seen() -> None:
    """One store that goes on after a failed flush, and one program that confirms all the same."""
    believes = fail_at_each("eio", step=2, bug="believes")
    assert believes.believed > 0
    confirms = fail_at_each("eio", step=3, bug="confirms-anyway")
    assert confirms.tally.lost > 0
