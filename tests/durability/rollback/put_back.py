"""What may be put back: one function for each misfortune, in which the rest of its row happens too.

Each says who had to choose something for it to heal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.areas.attendance.marks import Lane
from app.domain.ids import PersonId
from app.wire.sticks.layout import TOP, UP
from centre.stations.releasing import release
from tests.model.county.pc import Pc
from tests.model.world import World

PEOPLE = 50
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table; ``act`` puts something back and lets the rest of the row happen."""

    what: str
    rounds: int
    act: Callable[[World, Line], str]
    kolibri: str = ""
    anki: str = ""


def round_of_fifty(world: World, pc: Pc, *, talk: bool = True) -> None:
    """Take attendance of fifty in one session, and talk with the centre."""
    world.do(pc, "extra")
    world.do(pc, "open")
    session = world.operators[pc.label].session
    if session is None:
        raise RuntimeError("no session is open")
    known = world.operators[pc.label].people[:PEOPLE]
    for place in range(PEOPLE):
        world.pass_time(4_000)
        if place < len(known):
            person = PersonId(known[place])
            pc.running.station.attendance.sign_in(session, person, Lane.ROLL_CALL, "operator")
        else:  # a PC that has no roster yet takes everybody in by name
            pc.running.station.attendance.admit_visitor(session, f"来宾{place}")
    world.ledger.confirm(pc.station, pc.label, pc.new_rows(), must=True, act="roll call")
    world.do(pc, "close")
    if talk:
        world.round_of(pc)


def _whole_disk(world: World, line: Line) -> str:
    pc = world.pcs[0]
    copy = pc.keep_copy("before")
    _rounds(world, pc, line.rounds)
    pc.put_back(copy)
    return _after(world, pc, "back")


def _store_file(world: World, line: Line) -> str:
    pc = world.pcs[0]
    copy = pc.keep_copy("before")
    _rounds(world, pc, line.rounds)
    pc.put_back(copy, only_store=True)
    return _after(world, pc, "back")


def _every_session(world: World, line: Line) -> str:
    pc = world.pcs[0]
    copy = pc.keep_copy("before")
    for _ in range(line.rounds):
        round_of_fifty(world, pc)
        pc.put_back(copy)
        world.nemeses.befell(pc, "back")
    return _after(world, pc, "back")


def _deleted(world: World, line: Line) -> str:
    return _delete(world, line, copies_too=False)


def _deleted_with_copies(world: World, line: Line) -> str:
    return _delete(world, line, copies_too=True)


def _delete(world: World, line: Line, *, copies_too: bool) -> str:
    pc = world.pcs[0]
    _rounds(world, pc, line.rounds)
    pc.delete_store(copies_too=copies_too)
    return _after(world, pc, "gone")


def _replaced(world: World, line: Line) -> str:
    old = world.pcs[0]
    _rounds(world, old, line.rounds)
    world.nemeses.second_pc(old)
    world.remove(old)
    return _after(world, world.pcs[0], "pc")


def _cloned(world: World, line: Line) -> str:
    pc = world.pcs[0]
    world.add(pc.clone("s0.clone", 5))
    world.nemeses.befell(pc, "clone")
    for _ in range(line.rounds):
        for one in world.pcs:
            world.ready(one)
            round_of_fifty(world, one)
    return _after(world, pc, "clone")


def _twin(world: World, line: Line) -> str:
    pc = world.pcs[0]
    world.do(pc, "extra")
    world.do(pc, "open")
    world.do(pc, "close")
    world.nemeses.twin(pc)
    world.pcs[1].clock.pass_ms(7_000)
    for _ in range(line.rounds):
        for one in world.pcs:
            round_of_fifty(world, one)
    _after(world, pc, "twin")
    release(world.side.centre, pc.station)
    return "a person at the centre looks and releases; both are kept"


def _torn_page(world: World, line: Line) -> str:
    pc = world.pcs[0]
    _rounds(world, pc, line.rounds)
    pc.stop()
    pc.tear_page()
    round_of_fifty(world, pc)
    return NOBODY


def _centre_told(world: World, line: Line) -> str:
    return _centre_back(world, line, tell=True)


def _centre_untold(world: World, line: Line) -> str:
    return _centre_back(world, line, tell=False)


def _centre_back(world: World, line: Line, *, tell: bool) -> str:
    pc = world.pcs[0]
    world.side.keep_copy()
    _rounds(world, pc, line.rounds)
    world.side.put_back(world.side.copies[0], tell=tell)
    world.survey()
    round_of_fifty(world, pc)
    return NOBODY


def _both(world: World, line: Line) -> str:
    world.side.keep_copy()
    pc = world.pcs[0]
    copy = pc.keep_copy("before")
    _rounds(world, pc, line.rounds)
    world.side.put_back(world.side.copies[0], tell=False)
    pc.put_back(copy, only_store=True)
    return _after(world, pc, "back")


def _by_stick(world: World, line: Line) -> str:
    """Each round is left on a stick of its own; they come twice and the last one first."""
    pc = world.pcs[0]
    for number in range(line.rounds):
        round_of_fifty(world, pc, talk=False)
        world.nemeses.export(pc, world.nemeses.stick(number))
    for number in (*reversed(range(line.rounds)), *range(line.rounds)):
        world.nemeses.visit(world.nemeses.stick(number))
        _halve(world.nemeses.stick(number), pc)
    for number in reversed(range(line.rounds)):
        world.nemeses.bring(pc, world.nemeses.stick(number))
    return NOBODY


def _halve(stick: Path, pc: Pc) -> None:
    """The newest part on it is cut in half before it comes the second time."""
    parts = sorted((stick / TOP / UP / pc.station).iterdir())
    half = parts[-1].read_bytes()
    parts[-1].write_bytes(half[: len(half) // 2])


def _rounds(world: World, pc: Pc, rounds: int) -> None:
    for _ in range(rounds):
        round_of_fifty(world, pc)


def _after(world: World, pc: Pc, what: str) -> str:
    world.nemeses.befell(pc, what)
    world.ready(pc)
    round_of_fifty(world, pc)
    return NOBODY


_LOSES = "**50 of the next 50 lost**, exit 0, no warning"
_HEALS = "heals, 0 lost"
LINES = (
    Line("station, whole disk", 0, _whole_disk, _HEALS, "–"),
    Line("station, whole disk", 1, _whole_disk, _HEALS, "–"),
    Line("station, whole disk", 2, _whole_disk, _LOSES, "–"),
    Line("station, whole disk", 4, _whole_disk, "**50 of 50 lost**, for ever", "heals, 0 lost"),
    Line("station, whole disk after every session", 4, _every_session),
    Line("station, only the store's file", 2, _store_file),
    Line("station, only the store's file", 4, _store_file),
    Line("station, store deleted, second copy there", 2, _deleted),
    Line("station, store, second copy and backups deleted", 2, _deleted_with_copies),
    Line("station, another PC in its place", 2, _replaced),
    Line("station, disk cloned, both go on", 2, _cloned),
    Line("station, running machine cloned with its memory", 2, _twin),
    Line("station, a page of the journal torn", 2, _torn_page),
    Line("centre, nobody says so", 2, _centre_untold, "heals in one sync", "–"),
    Line("centre, nobody says so", 4, _centre_untold, "–", "stops: choose a side to lose"),
    Line("centre, new generation said", 2, _centre_told),
    Line("centre, new generation said", 4, _centre_told),
    Line("centre, and the station's store at once", 2, _both),
    Line("sticks: last first, twice, one part cut in half", 4, _by_stick),
)
