"""The test of the test: each planted bug is caught, in the fewest steps that show it."""

from __future__ import annotations

import pytest

from tests.model.acts.tempers import temper_named
from tests.model.county.ledger import Wrong
from tests.model.histories import run_histories
from tests.model.mutants.planting import MUTANTS
from tests.model.scenarios import SCENARIOS, play

pytestmark = pytest.mark.logs_warnings

CAUGHT_IN = {
    "off_by_one_ack": "sessions_are_sent",
    "ack_before_commit": "the_plug_is_pulled",
    "centre_acks_before_commit": "sessions_are_sent",
    "sent_is_delivered": "a_request_is_lost",
    "receipt_without_hash_check": "a_twin_takes_the_others_answer",
    "portal_trusted": "a_request_is_lost",
    "segment_reused_after_restart": "files_are_put_back",
    "tip_not_rolled_back": "the_disk_is_full_for_a_moment",
    "ignored_by_number": "two_go_on_from_one_memory",
    "fork_not_told": "two_go_on_from_one_memory",
    "detached_for_ever": "parts_come_in_any_order",
    "put_back_not_told": "files_are_put_back",
    "second_copy_ignored": "the_store_is_deleted",
    "census_ignored": "files_are_put_back",
    "returned_not_shown": "files_are_put_back",
    "returned_shown_twice": "files_are_put_back",
    "cursor_before_rows": "killed_anywhere_in_a_round",
    "page_without_its_rows": "killed_anywhere_in_a_round",
    "personal_dropped": "sessions_are_sent",
    "ordered_by_clock": "the_clock_goes_back",
    "stick_is_delivery": "a_stick_is_left_and_lost",
    "last_closing_here": "a_session_is_closed_again",
    "reopening_ignored_there": "a_close_is_taken_back",
    "last_opening_here": "much_is_said_twice",
    "last_preparation_there": "much_is_said_twice",
    "last_ending_there": "much_is_said_twice",
    "arrival_here": "a_session_is_closed_again",
    "earlier_mark_ignored": "two_copies_mark_the_same_people",
    "own_clock_here": "the_clock_is_put_right",
    "rule_not_heard": "a_rule_is_set",
    "decision_not_heard": "a_stranger_is_named",
}
BY_CHANCE = {
    "off_by_one_ack": "calm",
    "centre_acks_before_commit": "calm",
    "ignored_by_number": "cloned",
    "census_ignored": "put back",
    "page_without_its_rows": "calm",
    "personal_dropped": "calm",
    "earlier_mark_ignored": "cloned",
    "own_clock_here": "calm",
    "decision_not_heard": "calm",
}
SEEDS = range(1, 9)
STEPS = 200


@pytest.mark.parametrize("name", MUTANTS)
def test_a_planted_bug_is_caught(name: str) -> None:
    with MUTANTS[name](), pytest.raises(Wrong):
        play(SCENARIOS[CAUGHT_IN[name]])


@pytest.mark.parametrize("name", BY_CHANCE)
def test_chance_alone_finds_a_planted_bug_within_a_few_seeds(name: str) -> None:
    temper = temper_named(BY_CHANCE[name])
    with MUTANTS[name](), pytest.raises(AssertionError, match="to see it again"):
        run_histories(SEEDS, STEPS, temper)
