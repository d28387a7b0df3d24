"""Nobody waits: the queue model fed with what the program really takes at each lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.figures import Figure, Spread, median, percentile, single
from bench.places import Places
from bench.processes.children import ROOT, ask
from bench.station.queue_model import Door, PassedSession, pass_session
from bench.station.smooth import enrolled_site

PAGE = ROOT / "docs" / "queue.md"
PEOPLE_EACH = 12
SESSIONS = 500
MINUTES = 10.0
GOAL_S = 120.0
WALK_UP_S, THINK_S, TAP_S, READ_S = 3.3, 2.0, 1.1, 1.7
"""A keystroke-level estimate for elders (ux.md §4.1), right to about 30 % until timed in a room."""
KEYPAD_S = WALK_UP_S + THINK_S + 5 * TAP_S + READ_S
WALL_S = WALK_UP_S + 2 * THINK_S + 3 * TAP_S + READ_S
CALL_S = 3.5
"""A name is called, answered and touched."""
SLOWER = 1.3
"""The estimate's own doubt."""
CASES = (
    ("40 at the keypad, operator calls", 40, KEYPAD_S, 3),
    ("40 at the name wall, operator calls", 40, WALL_S, 3),
    ("40 at the keypad, everybody 30 % slower, operator calls", 40, KEYPAD_S * SLOWER, 3),
    ("90 at the keypad, operator calls", 90, KEYPAD_S, 3),
    ("35 at the keypad alone", 35, KEYPAD_S, None),
    ("40 at the keypad alone", 40, KEYPAD_S, None),
)
_ACTS = {
    "keypad": ("key", "key", "key", "key", "look-up", "keypad durable and shown"),
    "name wall": ("wall", "group", "name", "wall durable and shown"),
    "scanner": ("scan", "scanner durable and shown"),
    "roll-call": ("touch", "roll-call durable and shown"),
}


def measure(places: Places) -> list[Figure]:
    """What the program takes of each sign-in, and how long the longest wait is."""
    home = enrolled_site(places.root / "queue", places.centre())
    told = ask(places.root, "bench.program.child_queue", str(home), str(PEOPLE_EACH)).said
    if told["why"]:
        raise RuntimeError(told["why"])
    taken = {lane: _program_ms(told["spent_ms"], acts) for lane, acts in _ACTS.items()}
    rows = [
        (name, people, _sessions(seconds, calls, people, taken))
        for name, people, seconds, calls in CASES
    ]
    if not places.quick:
        PAGE.write_text(page(taken, rows), encoding="utf-8")
    figures = [
        Figure(f"program's part of a sign-in, {lane}", "ms", ms, None, "", None)
        for lane, ms in taken.items()
    ]
    for at, (name, _people, passed) in enumerate(rows):
        worst = single(max(one.longest_s for one in passed))
        goal = f"≤ {GOAL_S:.0f} s" if at == 0 else ""
        met = worst.value <= GOAL_S if at == 0 else None
        figures.append(Figure(f"longest wait, {name}", "s", worst, None, goal, met))
    return figures


def _program_ms(spent: Mapping[str, Sequence[float]], acts: Sequence[str]) -> Spread:
    """The sum of an act's p90s; median and worst as its range."""
    parts = [spent[act] for act in acts if act in spent]
    return Spread(
        sum(percentile(one, 90).value for one in parts),
        sum(median(one).value for one in parts),
        sum(max(one) for one in parts),
    )


def _sessions(
    human_s: float, calls: int | None, people: int, taken: Mapping[str, Spread]
) -> list[PassedSession]:
    door = Door(
        screen_s=human_s + taken["keypad"].value / 1e3,
        call_s=CALL_S + taken["roll-call"].value / 1e3,
        calls_from=calls,
    )
    return [pass_session(door, people, MINUTES, seed) for seed in range(SESSIONS)]


def page(
    taken: Mapping[str, Spread], rows: Sequence[tuple[str, int, Sequence[PassedSession]]]
) -> str:
    """The page of the documentation."""
    lanes = "\n".join(
        f"| {lane} | {ms.low:.0f} | {ms.value:.0f} | {ms.high:.0f} |" for lane, ms in taken.items()
    )
    lines = "\n".join(_line(*row) for row in rows)
    return _PAGE.format(
        lanes=lanes,
        lines=lines,
        sessions=SESSIONS,
        keypad=KEYPAD_S,
        wall=WALL_S,
        call=CALL_S,
        walk=WALK_UP_S,
        think=THINK_S,
        tap=TAP_S,
        read=READ_S,
        each=PEOPLE_EACH,
    )


def _line(name: str, people: int, passed: Sequence[PassedSession]) -> str:
    waits = [wait for one in passed for wait in one.waits_s]
    longest = [one.longest_s for one in passed]
    over = sum(wait > GOAL_S for wait in waits)
    called = sum(one.called for one in passed) / len(passed)
    return (
        f"| {name} | {median(waits).value:.0f} | {percentile(waits, 90).value:.0f} |"
        f" {percentile(longest, 50).value:.0f} | {max(longest):.0f} |"
        f" {over} of {len(waits):,} | {called:.0f} of {people} |"
    )


_PAGE = """# How long people wait at the door

`./dev bench queue` wrote this page: it signs people in on the real widgets of the running
program, takes the time the program needs of each sign-in, adds what people need, and lets
{sessions} sessions pass in a model (`bench/station/queue_model.py`, tested in
`tests/bench/test_queue.py`).

## What the program needs of one sign-in

Milliseconds from the first touch to "it is durable and on the screen", {each} people a lane;
thinking and walking are not in it.

| lane | median | p90 | worst |
|---|---|---|---|
{lanes}

## What people need

A keystroke-level estimate for elders: walking up {walk} s, thinking {think} s, {tap} s a tap,
reading {read} s. So the keypad takes {keypad:.1f} s, the name wall {wall:.1f} s, and a name
that is called {call} s. Each person's time is log-normal about that, with a coefficient of
variation of one half. These are estimates until somebody stands in a room with a watch; the
third row of the table is the same session with everybody 30 % slower.

## The wait

People arrive in the ten minutes before the start, most of them in the second half
(Beta(3, 2)). There is one screen. "Operator calls" means: when three people stand in line he
looks up within ten seconds and calls the head of the line until nobody waits.

| session | median wait, s | p90, s | longest of a session, median, s | longest of all, s | waited over 2 min | called |
|---|---|---|---|---|---|---|
{lines}

The screen alone keeps the longest wait under two minutes in many sessions but not in all;
an operator who calls whenever three people stand in line keeps it there in every one.
"""
