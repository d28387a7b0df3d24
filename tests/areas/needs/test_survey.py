"""The rule of the survey: small kinds are told together or not at all, whatever was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.needs.facts import NeedsTallied
from app.areas.needs.record import NEEDS, fold_needs, read_group
from app.areas.needs.survey import (
    FEWEST,
    KINDS,
    MIXED,
    OPTIONS,
    NeedsGroup,
    added_groups,
    demand,
    told_groups,
    with_answer,
)
from app.domain.inputs import Inputs
from tests.areas.sessions.facts_in_line import Line, S

CHOSEN = st.dictionaries(st.sampled_from(sorted(OPTIONS)), st.integers(1, 9), max_size=4)
GROUP = st.tuples(
    st.sampled_from([*KINDS, MIXED, "nobody"]),
    st.integers(-1, 12),
    CHOSEN.map(lambda one: tuple(one.items())),
)
GROUPS = st.lists(GROUP, max_size=8).map(tuple)


def as_said(groups: tuple[NeedsGroup, ...]) -> list[tuple[str, int, tuple[tuple[str, int], ...]]]:
    """As a fact says them."""
    return [(one.kind, one.people, one.chosen) for one in groups]


@given(GROUPS)
def test_no_group_is_of_fewer_than_five_and_telling_it_again_changes_nothing(
    said: tuple[tuple[str, int, tuple[tuple[str, int], ...]], ...],
) -> None:
    told = told_groups(said)
    assert all(one.people >= FEWEST for one in told)
    assert told_groups(as_said(told)) == told
    assert len({one.kind for one in told}) == len(told)


@given(GROUPS)
def test_only_what_is_too_few_even_together_is_left_out(
    said: tuple[tuple[str, int, tuple[tuple[str, int], ...]], ...],
) -> None:
    sound = [
        people
        for kind, people, chosen in said
        if kind != "nobody" and people > 0 and all(count <= people for _, count in chosen)
    ]
    lost = sum(sound) - sum(one.people for one in told_groups(said))
    assert 0 <= lost < FEWEST


@given(st.lists(GROUPS, max_size=4))
def test_the_last_word_holds_and_its_rows_say_it(
    said: list[tuple[tuple[str, int, tuple[tuple[str, int], ...]], ...]],
) -> None:
    line = Line()
    for groups in (*said, *said):
        line.write(NeedsTallied(S, groups))
    record = fold_needs(S, tuple(line.facts), Inputs())
    assert record.groups == (told_groups(said[-1]) if said else ())
    assert tuple(read_group(row) for row in NEEDS.rows(record)) == record.groups


def test_small_kinds_are_put_together() -> None:
    told = told_groups(
        [("rural", 6, [("way.talk", 6)]), ("mobile", 2, [("way.film", 2)]), ("elder", 3, [])]
    )
    assert told == (
        NeedsGroup("rural", 6, (("way.talk", 6),)),
        NeedsGroup(MIXED, 5, (("way.film", 2),)),
    )
    assert added_groups([*told, *told])[0] == NeedsGroup("rural", 12, (("way.talk", 12),))
    assert demand(told) == (("way.talk", 6), ("way.film", 2))


def test_an_answer_is_one_person_and_one_of_each_choice() -> None:
    sums = with_answer({}, [(0,), (2, 4, 2), (0,), (1,)])
    sums = with_answer(sums, [(0,), (2,), (0, 1), (1,)])
    assert sums == {
        "rural": {
            "people": 2,
            "subject.farming": 2,
            "subject.law": 1,
            "way.talk": 2,
            "way.film": 1,
            "length.hour": 2,
        }
    }


@pytest.mark.parametrize(
    "answers",
    [[(0, 1), (0,), (0,), (0,)], [(6,), (0,), (0,), (0,)], [(0,), (), (0,), (0,)]],
)
def test_what_is_no_answer_is_refused(answers: list[tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match=r"kind|subject"):
        with_answer({}, answers)
