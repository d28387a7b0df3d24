"""All kinds of case at once: each can end, nothing is lost, and both sides come to the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.cases.case_kind import CaseKind, MoveRule, Party, wrong_with
from app.areas.cases.declared import CASE_KINDS, WISH
from app.areas.cases.machine import OPENING, CaseStep, fold_case, may

HOME, OTHER = "s1", "s2"
KINDS = tuple(CASE_KINDS.values())


def _opening(kind: CaseKind) -> CaseStep:
    return CaseStep("h0", OPENING, Party.HOME, HOME, 1_000)


def _step(
    number: int, move: str, party: Party = Party.HOME, site: str = HOME, seen: str = ""
) -> CaseStep:
    return CaseStep(f"h{number}", move, party, site, 1_000 + number, seen)


@st.composite
def _histories(draw: st.DrawFn) -> tuple[CaseKind, list[CaseStep]]:
    """A kind, its opening, and any moves by anybody, lawful or not."""
    kind = draw(st.sampled_from(KINDS))
    names = [*(one.name for one in kind.moves), "no_such_move", OPENING]
    steps = [
        _step(
            number,
            draw(st.sampled_from(names)),
            draw(st.sampled_from(Party)),
            draw(st.sampled_from((HOME, OTHER))),
        )
        for number in range(1, draw(st.integers(1, 12)))
    ]
    return kind, [_opening(kind), *steps]


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
def test_every_declaration_is_sound(kind: CaseKind) -> None:
    assert wrong_with(kind) == []


def test_a_declaration_that_is_not_sound_is_found() -> None:
    dead = replace(
        WISH,
        moves=(*WISH.moves, MoveRule("stall", ("claimed",), "stalled", frozenset({Party.HOME}))),
    )
    assert wrong_with(dead) == ["stalled can never end"]
    after = replace(
        WISH,
        moves=(
            *WISH.moves,
            MoveRule("again", ("fulfilled",), "published", frozenset({Party.HOME})),
        ),
    )
    assert "again leaves the end fulfilled" in wrong_with(after)
    assert "opening wants nothing_such" in wrong_with(replace(WISH, needs=("nothing_such",)))


@given(_histories())
def test_no_step_is_lost_and_only_who_may_moves(history: tuple[CaseKind, list[CaseStep]]) -> None:
    kind, steps = history
    record = fold_case("c1", kind, steps)
    assert record is not None
    assert [one.step for one in record.history] == steps
    state = holder = ""
    for one in record.history:
        if one.is_overtaken:
            assert one.state == state
            continue
        move = kind.move(one.step.move)
        if move is not None:
            assert state in move.sources
            assert may(move.who, one.step.party, one.step.site, HOME, holder)
        holder = one.step.site
        state = one.state
    assert record.state == state
    assert record.is_ended == (state in kind.ends)


@given(_histories(), st.data())
def test_repeated_deliveries_change_nothing(
    history: tuple[CaseKind, list[CaseStep]], data: st.DataObject
) -> None:
    kind, steps = history
    again = data.draw(st.lists(st.sampled_from(steps), max_size=8))
    assert fold_case("c1", kind, [*steps, *again]) == fold_case("c1", kind, steps)


@given(_histories(), st.integers(0, 12))
def test_a_station_that_has_confirmed_all_shows_what_the_centre_shows(
    history: tuple[CaseKind, list[CaseStep]], split: int
) -> None:
    kind, steps = history
    at_centre = fold_case("c1", kind, steps)
    assert fold_case("c1", kind, steps, own=steps[split:]) == at_centre
    before = fold_case("c1", kind, steps[:1], own=steps[1:])
    assert before is not None
    assert len(before.unconfirmed) == len(steps) - 1, (
        "own moves are shown at once, as not confirmed"
    )


def test_two_who_claim_while_apart_the_first_at_the_centre_has_it_and_the_other_is_told() -> None:
    published = [_opening(WISH), _step(1, "publish")]
    first = _step(2, "claim", Party.STATION, "s3", seen="published")
    second = _step(3, "claim", Party.STATION, OTHER, seen="published")
    record = fold_case("c1", WISH, [*published, first, second])
    assert record is not None
    assert record.state == "claimed"
    assert [(one.step.id, one.overtaken_by) for one in record.overtaken] == [("h3", "h2")]
    there = fold_case("c1", WISH, published, own=[second])
    assert there is not None
    assert (there.state, [one.step.id for one in there.unconfirmed]) == ("claimed", ["h3"])


def test_nobody_but_the_home_withdraws_a_wish() -> None:
    record = fold_case("c1", WISH, [_opening(WISH), _step(1, "withdraw", Party.STATION, OTHER)])
    assert record is not None
    assert (record.state, len(record.overtaken)) == ("registered", 1)


def test_what_was_opened_nowhere_is_no_case() -> None:
    assert fold_case("c1", WISH, [_step(1, "publish")]) is None


def test_only_who_claimed_a_wish_or_its_home_gives_it_back_or_says_it_is_fulfilled() -> None:
    published = [_opening(WISH), _step(1, "publish")]
    claim = _step(2, "claim", Party.STATION, OTHER)
    for move in ("give_back", "fulfil"):
        for site, moved in (("s3", False), (OTHER, True), (HOME, True)):
            after = [*published, claim, _step(3, move, Party.STATION, site)]
            record = fold_case("c1", WISH, after)
            assert record is not None
            assert bool(record.overtaken) is not moved, (move, site)


def test_what_came_before_the_opening_is_judged_after_it() -> None:
    claim = _step(2, "claim", Party.STATION, OTHER)
    record = fold_case("c1", WISH, [_step(1, "publish"), claim, _opening(WISH)])
    assert record is not None
    assert (record.state, record.holder, len(record.history)) == ("claimed", OTHER, 3)


def test_a_forged_step_fills_no_field_that_is_not_its_own() -> None:
    forged = replace(
        _step(2, "claim", Party.STATION, OTHER),
        fields=(("claimant", "乙"), ("wish", "别的"), ("beneficiary", "丙一"), ("no_such", "x")),
        personal=(("contact", "13812345678"), ("reason", "x" * 2_000)),
    )
    record = fold_case("c1", WISH, [_opening(WISH), _step(1, "publish"), forged])
    assert record is not None
    assert record.fields == (("claimant", "乙"),)
    assert record.history[-1].step.fields == (("claimant", "乙"),)
    assert record.history[-1].step.personal == ()


def test_nobody_makes_a_case_grow_for_ever_and_it_can_still_end() -> None:
    kind = CASE_KINDS["pledge"]
    many = [_opening(kind), *(_step(number, "go_on") for number in range(1, 600))]
    record = fold_case("c1", kind, [*many, _step(700, "keep")])
    assert record is not None
    assert (record.state, len(record.overtaken)) == ("kept", 100)
