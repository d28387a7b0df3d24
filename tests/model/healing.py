"""After the history: all faults end, and everybody talks until nothing is left to say."""

from __future__ import annotations

from sqlalchemy import func, select

from app.domain.errors import NotFound
from centre.stations.releasing import release
from centre.store.tables import facts, feed_heads, segments, stations
from tests.model.acts.scene import standing_of
from tests.model.county.ledger import Wrong
from tests.model.county.pc import Pc
from tests.model.county.sticks import STICKS
from tests.model.world import World

MOST_PASSES = 12
"""How often everybody talks at most before there must be quiet."""

MOST_TOLD = 2
"""Of how many marks of people whom no list knows somebody says whose they are; others wait on."""


def heal(world: World) -> None:
    """End all faults, carry all sticks, let every station talk until quiet, release what waits.

    Raises:
        Wrong: it never gets quiet.
    """
    _heal(world)
    for pc in world.pcs:
        leave_alone(pc)


def _heal(world: World) -> None:
    world.post.faults = 0
    world.ledger.note("--- healing")
    for pc in world.pcs:
        pc.speaks_1_0 = False
        world.ready(pc)
    for number in range(STICKS):
        world.nemeses.visit(world.nemeses.stick(number))
    _see_to_enrolments(world)
    _talk_until_quiet(world)
    for _ in range(min(world.side.unknown(), MOST_TOLD)):
        world.ledger.note(f"--- {world.side.say_who_it_is(world.chance)}")
    _talk_until_quiet(world)
    if _set_apart(world):
        for station in sorted({pc.station for pc in world.pcs}):
            release(world.side.centre, station)
        world.ledger.note("--- released")
        _talk_until_quiet(world)
    if world.side.restored and world.erased:
        # A centre that was put back knows nothing of later erasures: whoever did it was told so.
        for person in world.erased:
            _erase_again(world, person)
        _talk_until_quiet(world)


def leave_alone(pc: Pc) -> None:
    """Nobody waits at a PC for so long that it ends what it left for such a moment."""
    while not pc.fold_some():
        pass


def _erase_again(world: World, person: str) -> None:
    """Ask once more; a centre that nothing is left at of a person has nothing to erase."""
    try:
        world.erase(person)
        world.ledger.note(f"--- {person} is erased again")
    except NotFound:
        world.ledger.note(f"--- nothing is known of {person}")


def speaking(world: World) -> list[Pc]:
    """PCs that speak for their station; one that was shut out only sends."""
    return [pc for pc in world.pcs if not pc.shut_out]


def _see_to_enrolments(world: World) -> None:
    """A PC that a centre put back does not know shows what that centre once signed for it; for a
    station of which nobody may speak somebody at the centre lets a new PC in. What a centre that
    was put back had decided since comes back before anybody looks."""
    for pc in list(world.pcs) if world.side.restored else ():
        if standing_of(world.side, pc) != "unknown":
            _round(world, pc)
    for pc in list(world.pcs):
        if standing_of(world.side, pc) == "unknown":
            world.ledger.note(f"{pc.label}: shows its credential")
            _round(world, pc)
            if standing_of(world.side, pc) == "unknown":
                raise Wrong(f"{pc.label} has the centre's word, and is not known by it")
    for pc in world.pcs:
        pc.shut_out = standing_of(world.side, pc) != "active"
    for station in sorted({pc.station for pc in world.pcs}):
        mine = [pc for pc in world.pcs if pc.station == station]
        if all(pc.shut_out for pc in mine):
            world.nemeses.second_pc(mine[0], most=len(mine) + 1)


def _talk_until_quiet(world: World) -> None:
    for _ in range(MOST_PASSES):
        world.side.interpret()
        before = _state(world)
        went = [_round(world, pc) for pc in list(world.pcs)]
        if all(went) and _state(world) == before and all(map(_is_quiet, speaking(world))):
            return
    loud = [pc.label for pc in speaking(world) if not _is_quiet(pc)]
    raise Wrong(f"no quiet after {MOST_PASSES} passes: {', '.join(loud) or 'it goes on'}")


def _round(world: World, pc: Pc) -> bool:
    """A round, during which as much time goes by at every PC as at the centre."""
    went = world.round_of(pc, must_do=True)
    world.pass_time()
    return went


def _state(world: World) -> object:
    with world.side.centre.store.reading() as tx:
        count = tx.scalar(select(func.count()).select_from(facts))
        query = select(stations.c.id, stations.c.held_facts, stations.c.held_sum)
        held = sorted(tuple(row) for row in tx.execute(query))
        feeds = sorted(
            tuple(row) for row in tx.execute(select(feed_heads.c.scope, feed_heads.c.rev))
        )
    return count, held, feeds, [pc.store.held() for pc in world.pcs]


def _is_quiet(pc: Pc) -> bool:
    view = pc.running.station.today.sync_view()
    return view.waiting == 0 and view.agreed is True


def _set_apart(world: World) -> bool:
    with world.side.centre.store.reading() as tx:
        apart = tx.execute(select(facts.c.arrival).where(facts.c.quarantined).limit(1)).first()
        forks = tx.execute(select(segments.c.segment).where(segments.c.fork_n.is_not(None)))
        return apart is not None or forks.first() is not None
