"""Short histories on purpose: what chance finds rarely, in the fewest steps that show it.

Each ends healed and checked like every other; mutants are caught in them, and the table of what
may be put back is made of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress

from app.domain.errors import AlreadySignedIn
from app.domain.policy import Policy
from app.wire.sticks.layout import TOP, UP
from centre.policies.acts import set_policy
from tests.model.acts.tempers import Temper
from tests.model.checks.promises import check_feeds, heal_and_check
from tests.model.checks.receipts import check_receipts
from tests.model.county.chance import MINUTE_MS
from tests.model.county.ledger import Count
from tests.model.county.pc import Pc
from tests.model.county.template import RULE_DAYS
from tests.model.world import World, opened_world

QUIET = Temper("quiet", stations=1, post_faults=0, kills=0.0, disk_errors=0.0)
Scenario = Callable[[World], None]
SCENARIOS: dict[str, Scenario] = {}


def _scenario(act: Scenario) -> Scenario:
    SCENARIOS[act.__name__] = act
    return act


def play(act: Scenario, seed: int = 1) -> Count:
    """Play one, heal, check.

    Raises:
        AssertionError: a promise was broken.
    """
    with opened_world(seed, QUIET) as world:
        act(world)
        return heal_and_check(world)


def hold(world: World, pc: Pc, acts: str = "extra open sign_in visitor sign_in close") -> None:
    """Some acts of a session, one after the other; who has come already is told so."""
    for name in acts.split():
        with suppress(AlreadySignedIn):
            world.do(pc, name)


@_scenario
def sessions_are_sent(world: World) -> None:
    """Sessions and rounds; receipts are looked at before and after more is recorded."""
    pc = world.pcs[0]
    for _ in range(6):
        hold(world, pc)
        world.round_of(pc)
        check_receipts(world.side, pc)
        hold(world, pc, "extra open sign_in leave")
        check_receipts(world.side, pc)
        world.round_of(pc)
        hold(world, pc, "visitor note undo close")


@_scenario
def a_request_is_lost(world: World) -> None:
    """The facts of a lost request are not there, and nobody may believe they are."""
    pc = world.pcs[0]
    hold(world, pc)
    world.round_of(pc)
    for fault in ("request lost", "a liar answers", "login page", "answer lost", "busy"):
        hold(world, pc)
        world.post.next_faults = [fault]
        world.round_of(pc)
        check_receipts(world.side, pc)


@_scenario
def the_plug_is_pulled(world: World) -> None:
    """Right after each act the current goes."""
    pc = world.pcs[0]
    for name in "extra open sign_in visitor sign_in undo leave play close".split():
        world.do(pc, name)
        pc.pull_plug()
        world.started(pc)


@_scenario
def the_disk_is_full_for_a_moment(world: World) -> None:
    """A unit of work fails at any of its statements, and the next one goes through."""
    pc = world.pcs[0]
    hold(world, pc, "extra open")
    for passes in range(24):
        world.pass_time(60_000)
        pc.failing_at(passes, "database or disk is full", after=False)
        pc.survive(lambda: world.operators[pc.label].do("visitor"))
        world.ledger.saw(pc.station, pc.label, pc.new_rows())
        world.do(pc, "visitor")


@_scenario
def killed_anywhere_in_a_round(world: World) -> None:
    """A round that brings facts up and a page down is killed at one statement after the other."""
    pc = world.pcs[0]
    for passes in range(0, 70, 2):
        world.side.change_people(world.chance, pc.site)
        hold(world, pc, "extra open visitor close")
        pc.dying_at(passes, after=passes % 4 == 0)
        if not pc.survive(pc.exchange):
            world.started(pc)
        world.round_of(pc)
        check_feeds(world, pc)


@_scenario
def files_are_put_back(world: World) -> None:
    """A freeze card: two sessions later the disk is as it was."""
    pc = world.pcs[0]
    hold(world, pc)
    world.round_of(pc)
    copy = pc.keep_copy("before")
    for _ in range(2):
        hold(world, pc, "extra open sign_in visitor note leave close")
        world.round_of(pc)
    pc.put_back(copy)
    world.nemeses.befell(pc, "back")
    hold(world, pc, "extra open sign_in visitor")
    world.round_of(pc)


@_scenario
def the_store_is_deleted(world: World) -> None:
    """The store's file is gone; its second copy and a backup are still there."""
    pc = world.pcs[0]
    hold(world, pc)
    pc.store.backup_today()
    hold(world, pc)
    pc.delete_store(copies_too=False)
    world.nemeses.befell(pc, "gone")
    hold(world, pc)


@_scenario
def two_go_on_from_one_memory(world: World) -> None:
    """A virtual machine is copied while it runs: both write the same numbers of one segment."""
    pc, twin = _twins(world)
    for one in (pc, twin, pc, twin):
        hold(world, one, "visitor visitor")
        world.round_of(one)


@_scenario
def a_twin_takes_the_others_answer(world: World) -> None:
    """The centre's answer to one of two twins is carried to the other."""
    pc, twin = _twins(world)
    hold(world, pc, "visitor visitor")
    hold(world, twin, "visitor visitor")
    stick = world.nemeses.stick(0)
    world.nemeses.export(pc, stick)
    world.nemeses.visit(stick)
    world.nemeses.bring(twin, stick)
    check_receipts(world.side, twin)


def _twins(world: World) -> tuple[Pc, Pc]:
    pc = world.pcs[0]
    hold(world, pc, "extra open visitor")
    world.round_of(pc)
    world.nemeses.twin(pc)
    twin = world.pcs[-1]
    twin.clock.pass_ms(4_000)
    return pc, twin


@_scenario
def parts_come_in_any_order(world: World) -> None:
    """The parts of one export come to the centre one by one, the last first."""
    pc = world.pcs[0]
    hold(world, pc, "extra open " + "visitor " * 12)
    sticks = [world.nemeses.stick(number) for number in (0, 1)]
    world.nemeses.export(pc, sticks[0])
    folder = f"{TOP}/{UP}/{pc.station}"
    (sticks[1] / folder).mkdir(parents=True)
    parts = sorted((sticks[0] / folder).iterdir(), key=lambda path: path.stat().st_mtime_ns)
    for path in reversed(parts):
        target = sticks[1] / folder / path.name
        target.write_bytes(path.read_bytes())
        world.nemeses.visit(sticks[1])
        target.unlink()
    check_receipts(world.side, pc)


@_scenario
def a_stick_is_left_and_lost(world: World) -> None:
    """What lies on a stick is not at the centre yet."""
    pc = world.pcs[0]
    hold(world, pc)
    stick = world.nemeses.stick(0)
    world.nemeses.export(pc, stick)
    check_receipts(world.side, pc)
    for path in stick.glob(f"{TOP}/*/*/*"):
        path.unlink()
    hold(world, pc)


@_scenario
def the_clock_goes_back(world: World) -> None:
    """Late entries after the close bear times long before it."""
    pc = world.pcs[0]
    hold(world, pc, "extra open sign_in sign_in close")
    pc.clock.wall_ms = 0
    hold(world, pc, "late late late")
    hold(world, pc)


@_scenario
def a_session_is_closed_again(world: World) -> None:
    """A closed session was sent; the disk is as before the closing, and it is closed again."""
    pc = world.pcs[0]
    hold(world, pc, "extra open sign_in sign_in")
    world.round_of(pc)
    copy = pc.keep_copy("before")
    hold(world, pc, "sign_in close")
    world.round_of(pc)
    pc.put_back(copy)
    world.nemeses.befell(pc, "back")
    hold(world, pc, "close")


@_scenario
def a_close_is_taken_back(world: World) -> None:
    """A closed session was sent; the close is taken back, somebody signs in, it is closed again."""
    pc = world.pcs[0]
    hold(world, pc, "extra open sign_in sign_in close")
    world.round_of(pc)
    hold(world, pc, "reopen sign_in")
    world.round_of(pc)
    hold(world, pc, "sign_in close")
    world.round_of(pc)


@_scenario
def much_is_said_twice(world: World) -> None:
    """Prepared, opened and ended twice, and moved to a step it can only be closed into."""
    pc = world.pcs[0]
    hold(world, pc, "extra prepare_again open sign_in open_again sign_in play play_end end_again")
    hold(world, pc, "move_to_end")
    world.round_of(pc)
    hold(world, pc, "sign_in close")


@_scenario
def two_copies_mark_the_same_people(world: World) -> None:
    """A disk is copied while sign-in is open; at both PCs people are marked that came at the other."""
    pc = world.pcs[0]
    hold(world, pc, "extra open")
    world.round_of(pc)
    clone = pc.clone("clone", 7)
    world.add(clone)
    world.nemeses.befell(pc, "clone")
    people = world.ready(pc).people
    for first, second, person in ((pc, clone, people[0]), (clone, pc, people[1])):
        for one in (first, second):
            world.mark(one, person)
    for one in (pc, clone):
        world.round_of(one)


@_scenario
def the_clock_is_put_right(world: World) -> None:
    """A PC that is 40 minutes fast hears the time only after people have signed in."""
    pc = world.pcs[0]
    world.round_of(pc)
    pc.stop()
    pc.clock.wall_ms += 40 * MINUTE_MS
    pc.clock.boot = "another boot"
    hold(world, pc, "extra open sign_in sign_in")
    world.round_of(pc)
    hold(world, pc, "sign_in close")


@_scenario
def a_rule_is_set(world: World) -> None:
    """Nobody came within the minutes that the county grants from now on; it grants others since."""
    pc = world.pcs[0]
    hold(world, pc, "extra open")
    world.pass_time(10 * MINUTE_MS)
    hold(world, pc, "sign_in sign_in close")
    world.round_of(pc)
    set_policy(world.side.centre, Policy(RULE_DAYS[0], 0))


@_scenario
def a_stranger_is_named(world: World) -> None:
    """Somebody is marked whom no list knows, and a person at the centre says who that is."""
    pc = world.pcs[0]
    hold(world, pc, "extra open stranger sign_in close")
    world.round_of(pc)


@_scenario
def a_page_is_torn(world: World) -> None:
    """A page of the journal is unreadable and its copies are gone; the centre has what lay on it."""
    pc = world.pcs[0]
    for _ in range(4):
        hold(world, pc, "extra open " + "visitor " * 8 + "close")
    world.round_of(pc)
    pc.stop()
    pc.tear_page()
    for name in ("journal", "backups"):
        shutil.rmtree(pc.home / name, ignore_errors=True)
    world.nemeses.tampered[pc.station] = {"gone"}
    world.ledger.at.clear()
    world.round_of(pc)
    world.operators[pc.label].look()
    hold(world, pc)


@_scenario
def somebody_is_erased(world: World) -> None:
    """A visitor asks to be forgotten; an old request and a disk put back bring nothing up again."""
    pc = world.pcs[0]
    hold(world, pc)
    copy = pc.keep_copy("before")
    world.round_of(pc)
    world.erase_somebody()
    hold(world, pc)
    world.round_of(pc)
    world.post.deliver_late()
    pc.put_back(copy)
    world.nemeses.befell(pc, "back")
    hold(world, pc)
    world.round_of(pc)


@_scenario
def a_replaced_pc_is_all_that_has_what_the_centre_lost(world: World) -> None:
    """Its old PC had sent and was told so; then another took its place and the centre was put back
    without a word. What it sent is asked of it again, though it may read nothing any more."""
    pc = world.pcs[0]
    world.side.keep_copy()
    hold(world, pc)
    pc.stop()
    hold(world, pc)  # another segment: the first one is not spoken of any more
    world.round_of(pc)
    world.side.put_back(world.side.copies[0], tell=False)
    world.nemeses.second_pc(pc)
    world.ledger.note("the old PC believes that everything is confirmed")
