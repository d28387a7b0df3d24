"""The monthly set: which sessions tick a branch's month, and what is missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.areas.monthly.monthly_set import TickingSession, monthly_sets
from app.areas.monthly.views import MonthStands
from app.areas.people.person import OrgUnit, UnitKind
from app.areas.sessions.kinds import MONTHLY_SET, Item
from app.domain.ids import OrgUnitId

TOWN = OrgUnit(OrgUnitId("t"), "总支", UnitKind.GENERAL_BRANCH)
ONE = OrgUnit(OrgUnitId("u1"), "一支部", UnitKind.BRANCH, TOWN.id)
TWO = OrgUnit(OrgUnitId("u2"), "二支部", UnitKind.BRANCH)
GROUP = OrgUnit(OrgUnitId("g"), "一小组", UnitKind.GROUP, ONE.id)
UNITS = (TOWN, ONE, TWO, GROUP)


def held(name: str, *ticks: Item, day: str = "2026-11-05", **more: object) -> TickingSession:
    return TickingSession(name, day, frozenset(ticks), **more)  # type: ignore[arg-type]


def test_a_session_is_the_branches_it_was_for() -> None:
    first, second = monthly_sets(
        "2026-11",
        UNITS,
        (
            held("all", Item.LESSON, Item.PARTY_LESSON),
            held("above", Item.FILM, units=("t",)),
            held("own", Item.PRACTICE, units=("u2",)),
            held("below", Item.PRACTICE, units=("g",)),
            held("before", Item.PRACTICE, day="2026-10-31"),
        ),
    )
    assert (first.name, first.missing, first.until) == ("一支部", (Item.PRACTICE,), "2026-11-30")
    assert (second.name, second.missing) == ("二支部", (Item.FILM,))
    assert [one.sessions for one in first.items] == [("all",), ("above",), ()]


def test_one_session_may_tick_all_and_what_waits_is_told() -> None:
    whole = held("s", *MONTHLY_SET, is_pending=True)
    (site,) = monthly_sets("2026-11", (), (whole, whole))
    assert site.missing == ()
    assert [(one.sessions, one.pending) for one in site.items] == [(("s",), ("s",))] * 3


def test_what_all_lack_is_told_without_names() -> None:
    lesson = held("s", Item.LESSON, units=("u1",))
    stands = MonthStands("2026-11", "", monthly_sets("2026-11", UNITS, (lesson,)))
    assert stands.missing == (
        (Item.FILM, ()),
        (Item.PRACTICE, ()),
        (Item.LESSON, ("二支部",)),
    )


SESSIONS = st.lists(
    st.builds(
        TickingSession,
        session=st.sampled_from([f"s{n}" for n in range(8)]),
        day=st.sampled_from(["2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"]),
        ticks=st.frozensets(st.sampled_from(list(Item))),
        units=st.lists(st.sampled_from(["u1", "u2", "t", "g"]), max_size=2).map(tuple),
        is_pending=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda one: one.session,
)


@given(SESSIONS, st.randoms())
def test_the_set_is_the_same_in_every_order_and_each_figure_bears_its_sessions(
    sessions: list[TickingSession], chance: object
) -> None:
    told = monthly_sets("2026-11", UNITS, sessions)
    other = list(sessions)
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert monthly_sets("2026-11", UNITS, [*other, *sessions]) == told
    above = {"u1": {"u1", "t"}, "u2": {"u2"}}
    for branch in told:
        for line in branch.items:
            plain = {
                one.session
                for one in sessions
                if one.day.startswith("2026-11")
                and line.item in one.ticks
                and (not one.units or above[branch.branch] & set(one.units))
            }
            assert set(line.sessions) == plain
            assert len(line.sessions) == len(plain)
            assert set(line.pending) <= plain
            assert (line.item in branch.missing) is (not plain)
