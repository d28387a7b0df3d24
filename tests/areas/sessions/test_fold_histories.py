"""What holds of the fold by any history."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.areas.attendance.marks import PRESENCE, Status
from app.areas.people.person import StandingKind
from app.areas.sessions.facts import SessionMoved
from app.areas.sessions.record import SESSIONS
from app.areas.sessions.report import SessionRecord
from app.areas.sessions.session import Step
from app.domain.decoded_fact import DecodedFact, in_line_order
from app.domain.inputs import Inputs
from app.domain.policy import Policies, Policy
from tests.areas.sessions.facts_in_line import Line, S, fold

DAY = "2026-11-18"


# --- any history --------------------------------------------------------------------------------


PEOPLE = ("p1", "p2", "p3", "v1", "p-nobody")


@st.composite
def histories(draw: st.DrawFn) -> list[DecodedFact]:
    """A session of up to twenty acts in one segment, with slips, moves, plays and closings."""
    line = Line(minute=-20)
    line.prepare()
    line.open("p1", "p2", left_out={"p3": StandingKind.AWAY})
    marks: list[DecodedFact] = []
    for act in draw(st.lists(st.integers(0, 9), max_size=20)):
        line.minute += draw(st.integers(0, 6))
        who = draw(st.sampled_from(PEOPLE))
        if act < 5:
            status = draw(st.sampled_from([*PRESENCE, Status.ON_LEAVE]))
            marks.append(line.mark(who, status, unsure=draw(st.booleans())))
        elif act < 7 and marks:
            line.void(draw(st.sampled_from(marks)))
        elif act == 7:
            line.admit(who, name="王过路")
        elif act == 8:
            line.write(SessionMoved(S, draw(st.sampled_from(Step))))
        else:
            line.close()
    return line.facts


KNOWN = Inputs(is_known=lambda who: who != "p-nobody")


@given(histories())
def test_everybody_stands_once_and_counts_add_up(facts: list[DecodedFact]) -> None:
    record = fold(facts, KNOWN)
    people = [one.person for one in record.report.people]
    assert len(people) == len(set(people))
    assert people[:3] == ["p1", "p2", "p3"]
    counted = record.report.turnout
    by_status = [one.status for one in record.report.people if one.person in ("p1", "p2")]
    assert counted.expected == 2
    assert counted.arrived == sum(status in PRESENCE for status in by_status)
    assert counted.on_leave == by_status.count(Status.ON_LEAVE)
    assert counted.absent == by_status.count(Status.ABSENT)
    if record.report.step is Step.CLOSED:
        assert counted.arrived + counted.on_leave + counted.absent == 2
        assert None not in by_status
    else:
        assert Status.ABSENT not in by_status


@given(histories())
def test_every_mark_is_kept_and_one_a_person_is_in_force(facts: list[DecodedFact]) -> None:
    record = fold(facts, KNOWN)
    waits = {one.arrival for one in record.waiting}
    marked = {one.arrival for one in facts if one.fact.__class__.__name__ == "AttendanceMarked"}
    assert {one.arrival for one in record.marks} == marked - waits
    holding = [one.person for one in record.marks if one.is_in_force]
    assert len(holding) == len(set(holding))
    standing = {one.person for one in record.marks if one.voided_by is None}
    assert set(holding) == standing, "whoever has a mark that was not taken back has one in force"
    assert not any(one.is_in_force and one.voided_by for one in record.marks)


@given(histories(), st.randoms(use_true_random=False))
def test_neither_the_order_of_arrival_nor_a_second_way_changes_anything(
    facts: list[DecodedFact], chance: random.Random
) -> None:
    mixed = [*facts, *chance.sample(facts, len(facts) // 2)]
    chance.shuffle(mixed)
    assert fold(in_line_order(mixed), KNOWN) == fold(facts, KNOWN)


@given(histories())
def test_what_was_closed_once_keeps_its_code_whatever_comes_after(
    facts: list[DecodedFact],
) -> None:
    whole = fold(facts, KNOWN)
    for end in range(2, len(facts)):
        part = fold(facts[:end], KNOWN)
        if part.report.code:
            assert part.report.code == whole.report.code
            assert part.report.agrees == whole.report.agrees
            assert part.report.closed_ms == whole.report.closed_ms


@given(histories(), st.integers(0, 90))
def test_a_longer_grace_makes_nobody_late_and_moves_no_time(
    facts: list[DecodedFact], grace: int
) -> None:
    def late(minutes: int) -> set[str]:
        rule = Policies(of_county=(Policy(DAY, minutes),))
        report = fold(facts, replace(KNOWN, policies=rule)).report
        return {one.person for one in report.people if one.status is Status.LATE}

    def times(minutes: int) -> list[int | None]:
        rule = Policies(of_county=(Policy(DAY, minutes),))
        return [one.at_ms for one in fold(facts, replace(KNOWN, policies=rule)).report.people]

    assert late(grace + 10) <= late(grace)
    assert times(grace + 10) == times(grace)


# --- the rows made of it ------------------------------------------------------------------------


def rows(record: SessionRecord) -> dict[str, list[dict[str, object]]]:
    """Table → rows."""

    def made(name: str) -> Iterator[dict[str, object]]:
        (table,) = [one for one in SESSIONS.tables if one.name == name]
        yield from (dict(row) for row in table.rows(record))

    return {table.name: list(made(table.name)) for table in SESSIONS.tables}


@given(histories())
def test_the_rows_say_what_the_record_says_each_key_once(facts: list[DecodedFact]) -> None:
    record = fold(facts, KNOWN)
    made = rows(record)
    for table in SESSIONS.tables:
        columns = {one.name for one in table.columns}
        keys = [tuple(row[name] for name in table.primary) for row in made[table.name]]
        assert all(set(row) == columns for row in made[table.name]), table.name
        assert len(keys) == len(set(keys)), table.name
    (session,) = made["sessions"]
    assert session["step"] == record.report.step.value
    assert [row["seq"] for row in made["marks"]] == [one.arrival for one in record.marks]
    in_force = {row["person"]: row["status"] for row in made["attendance"]}
    shown = {one.person: one.status for one in record.report.people if one.lane is not None}
    assert in_force == {who: status.value for who, status in shown.items() if status is not None}
    listed = {row["person"] for row in made["session_people"]}
    assert listed == {one.person for one in record.report.people} | {
        one.person for one in record.marks
    }
