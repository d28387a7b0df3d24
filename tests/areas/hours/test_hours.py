"""Learning hours: never double, by calendar year, capped as the rule says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.areas.catalogue.values import Credit
from app.areas.hours.hours import HoursAccount, NotCounted, hours_of
from app.areas.hours.rule_set import DEFAULT, KindRate, Rounding, RuleSet, rule_of
from app.areas.hours.session_lines import PENDING, RETURNED, SessionLine
from app.domain.time import LOCAL, local_date, wall_ms_of

MINUTE_MS = 60_000
NOON_MS = 1_767_240_000_000
"""2026-01-01 12:00 in the county."""


def line(session: str, start: int, minutes: int, **more: object) -> SessionLine:
    """Somebody's line; ``start`` in minutes after noon of the first of January."""
    from_ms = NOON_MS + start * MINUTE_MS
    told = SessionLine(
        person="p",
        session=session,
        site="site",
        day=local_date(from_ms).isoformat(),
        kind="group_session",
        title="学习",
        status="present",
        standpoint="expected",
        from_ms=from_ms,
        to_ms=from_ms + minutes * MINUTE_MS,
        minutes=minutes,
    )
    return replace(told, **more)  # type: ignore[arg-type]  # by name


def account(*lines: SessionLine, rules: tuple[RuleSet, ...] = (), year: int = 2026) -> HoursAccount:
    return hours_of("p", lines, (), rules, year)


def test_hours_are_those_of_the_year_with_what_is_missing() -> None:
    told = account(line("a", 0, 90), line("b", 1440, 60), line("old", -600 * 24, 60))
    assert (told.minutes, told.target, told.missing) == (150, 1920, 1770)
    assert [one.session for one in told.sessions] == ["a", "b"]


def test_the_longest_of_overlapping_sessions_counts_once() -> None:
    told = account(line("a", 0, 90), line("b", 60, 120), line("c", 180, 30))
    assert [(one.session, one.counted, one.why_not) for one in told.sessions] == [
        ("a", 0, NotCounted.OVERLAPS),
        ("b", 120, ""),
        ("c", 30, ""),
    ]


def test_two_sheets_of_one_plan_count_once_whatever_their_clocks_say() -> None:
    told = account(line("a", 0, 90, plan="x"), line("b", 9000, 60, plan="x"))
    assert told.minutes == 90


def test_a_credit_from_elsewhere_counts_once_beside_what_is_known_here() -> None:
    credit = Credit(
        "c", "p", "a", "2026-01-01", "talk", "宣讲", "邻村", "present", 60, NOON_MS, NOON_MS
    )
    here = line("a", 0, 60)
    told = hours_of("p", [here], [credit, replace(credit, session="z")], (), 2026)
    assert (told.minutes, told.elsewhere) == (120, 60)


def test_what_waits_is_told_and_what_was_sent_back_does_not_count() -> None:
    told = account(line("a", 0, 60, approval=PENDING), line("b", 1440, 60, approval=RETURNED))
    assert (told.minutes, told.pending) == (60, 60)
    assert told.sessions[1].why_not == NotCounted.RETURNED


def test_a_session_over_the_turn_of_the_year_is_split() -> None:
    new_year_ms = wall_ms_of(datetime(2027, 1, 1, tzinfo=LOCAL))
    over = line("a", (new_year_ms - NOON_MS) // MINUTE_MS - 30, 120)
    assert [account(over, year=year).minutes for year in (2026, 2027, 2028)] == [30, 90, 0]


def test_caps_hold_by_session_day_and_kind() -> None:
    rule = RuleSet("r", 2026, cap_session=100, cap_day=150, rates=(KindRate("talk", cap_year=70),))
    told = account(
        line("a", 0, 120),
        line("b", 200, 120),
        line("c", 1440, 60, kind="talk"),
        line("d", 2880, 60, kind="talk"),
        rules=(rule,),
    )
    assert [(one.counted, one.why_not) for one in told.sessions] == [
        (100, NotCounted.CAPPED),
        (50, NotCounted.CAPPED),
        (60, ""),
        (10, NotCounted.CAPPED),
    ]


def test_rates_round_as_the_rule_says() -> None:
    assert [
        RuleSet("r", 2026, round_to=30, rounding=how).credit("talk", 50)
        for how in (Rounding.DOWN, Rounding.NEAREST, Rounding.UP)
    ] == [30, 60, 60]
    teaching = RuleSet("r", 2026, rates=(KindRate("micro_lesson", 500),))
    assert teaching.credit("micro_lesson", 12) == 60


def test_a_sites_rule_goes_before_the_countys_and_a_year_holds_until_the_next() -> None:
    county = RuleSet("county", 2024, member_minutes=100)
    own = RuleSet("own", 2025, site="site", member_minutes=200)
    wrong = RuleSet("wrong", 2025, round_to=0)
    rules = (county, own, wrong)
    assert [rule_of(rules, year, "site").id for year in (2023, 2024, 2026)] == ["", "county", "own"]
    assert rule_of(rules, 2026, "other").id == "county"
    assert (DEFAULT.target(), DEFAULT.target(["secretary"])) == (1920, 3360)


LINES = st.lists(
    st.builds(
        line,
        st.sampled_from("abcde"),
        st.integers(-60, 240),
        st.integers(0, 90),
        plan=st.sampled_from(["", "x", "y"]),
        site=st.sampled_from(["site", "other"]),
        approval=st.sampled_from(["", PENDING, RETURNED]),
    ),
    max_size=8,
)


@given(LINES, st.randoms(use_true_random=False))
def test_hours_never_double_whatever_is_merged_in_whatever_order(
    lines: list[SessionLine], chance: Random
) -> None:
    once = account(*lines)
    mixed = [*lines, *lines]
    chance.shuffle(mixed)
    again = account(*mixed)
    assert again == once
    counted = [one for one in once.sessions if one.counted]
    assert len({one.session for one in counted}) == len(counted)
    minutes = {
        at
        for one in lines
        if one.counts
        for at in range(one.from_ms // MINUTE_MS, one.to_ms // MINUTE_MS)
    }
    assert once.minutes <= len(minutes)
    assert once.pending <= once.minutes
