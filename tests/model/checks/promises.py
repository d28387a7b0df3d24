"""What must be true after healing, whatever befell: the promises, each looked at from outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.domain.facts import SegmentOpened
from app.store.projected_tables import PROJECTED
from app.wire.fact_bytes import personal_hash, read_fact
from centre.reports.reading import Report, read_report
from centre.store.tables import feed_rows, people, stations
from tests.model.checks.alike import check_alike
from tests.model.checks.cases_alike import check_cases
from tests.model.checks.coverage import happened
from tests.model.checks.folding import Folded, fold, lines_of, origins
from tests.model.checks.receipts import check_receipts
from tests.model.checks.telling import check_told
from tests.model.checks.verdicts import check_verdict
from tests.model.county.ledger import Count, Wrong
from tests.model.county.pc import Pc
from tests.model.healing import heal, speaking
from tests.model.world import World

_AT_CENTRE = (
    "SELECT station, segment, n, hash, bytes, personal, attached, quarantined "
    "FROM facts ORDER BY arrival"
)
_AT_PC = (
    "SELECT s.id, f.n, f.hash, f.bytes, f.personal FROM facts f "
    "JOIN segments s ON s.no = f.segment_no"
)


def heal_and_check(world: World) -> Count:
    """Heal, then look at every promise.

    Raises:
        Wrong: one was broken; it says which.
    """
    try:
        heal(world)
        return check(world)
    except Wrong as wrong:
        wrong.add_note("\n".join(world.ledger.trace))
        raise


def check(world: World) -> Count:
    """Look at every promise; the count of the history."""
    rows = _facts_at_centre(world)
    report = read_report(world.side.centre)
    count = _count(world, rows, report)
    _check_report(world, rows, report)
    _check_forks(world, rows, report)
    _check_flags(world, rows)
    check_told(world)
    _check_personal(world, ((row[3], row[4], row[5]) for row in rows), told=True)
    for pc in world.pcs:
        _check_journal(world, pc)
        _check_rows(pc)
        check_receipts(world.side, pc)
    for pc in speaking(world):
        check_feeds(world, pc)
        if "twin" not in world.nemeses.tampered.get(pc.station, ()):
            _check_agreement(pc, rows)
            check_alike(pc, report)
            check_cases(pc, world.side.centre)
    return count


def _facts_at_centre(world: World) -> list[Any]:
    with world.side.centre.store.reading() as tx:
        return [tuple(row) for row in tx.exec_driver_sql(_AT_CENTRE)]


def _before(world: World, rows: list[Any], detached: list[Any]) -> set[tuple[str, int]]:
    """What stands in the segments of detached facts before them, at a PC that speaks, not there."""
    there = {(row[1], row[2]) for row in rows}
    last = {row[1]: row[2] for row in sorted(detached, key=lambda row: int(row[2]))}
    return {
        (segment, n)
        for pc in speaking(world)
        for segment, n, *_rest in pc.raw(_AT_PC)
        if n < last.get(segment, 0) and (segment, n) not in there
    }


def _count(world: World, rows: list[Any], report: Report) -> Count:
    ledger = world.ledger
    held = Counter(bytes(row[3]) for row in rows)
    lost = ledger.acked.keys() - held.keys() - ledger.destroyed
    unexpected = held.keys() - ledger.known.keys()
    doubled = [one for one, times in held.items() if times > 1]
    strangers = [row for row in rows if row[0] != ledger.known.get(row[3], _NOBODY).station]
    detached = [row for row in rows if not row[6]]
    if lost:
        deeds = Counter(f"{ledger.acked[one].what} at {ledger.acked[one].pc}" for one in lost)
        raise Wrong(f"lost {len(lost)} of {len(ledger.acked)} confirmed facts: {dict(deeds)}")
    if unexpected or doubled or strangers:
        raise Wrong(
            f"{len(unexpected)} unexpected, {len(doubled)} doubled, {len(strangers)} strange"
        )
    if detached and not ledger.disks_died:
        raise Wrong(f"{len(detached)} facts stay detached though nothing was destroyed")
    if kept := _before(world, rows, detached):
        raise Wrong(f"facts stay detached though a PC holds what goes before: {sorted(kept)[:3]}")
    return Count(
        acked=len(ledger.acked),
        recovered=len(held.keys() - ledger.acked.keys()),
        destroyed=len(ledger.destroyed - held.keys()),
        waiting=sum(report.held.values()),
        steps=ledger.step,
        happened=happened(world.side),
    )


# --- the centre's report -------------------------------------------------------------------


def _check_report(world: World, rows: list[Any], report: Report) -> None:
    with world.side.centre.store.reading() as tx:
        known = {str(one) for one in tx.scalars(select(people.c.id))}
    counting = [(row[1], row[2], bytes(row[3]), row[4]) for row in rows if not row[7]]
    folded = fold(lines_of(counting), known, world.side.said())
    told = {one.session: one for one in report.sessions}
    rules = world.side.rules()
    if told.keys() != folded.keys():
        raise Wrong(f"the report has {len(told)} sessions, the facts {len(folded)}")
    for session, mine in folded.items():
        one = told[session]
        listed = list(one.people)
        if len({line.person for line in listed}) != len(listed):
            raise Wrong(f"somebody stands twice in the report of {session}")
        theirs = {line.person: line for line in listed if line.status is not None}
        seen = {person: line.said_status or line.status for person, line in theirs.items()}
        _compare(f"what the screens of {session} said", seen, mine.statuses)
        for line in theirs.values():
            check_verdict(one, line, rules)
        _compare(f"the list of {session}", set(one.expected), set(mine.expected))
        plays = {play.play: play.outcome is not None for play in one.plays}
        _compare(f"the plays of {session}", plays, mine.plays)
        _compare(f"the notes of {session}", len(one.notes), mine.notes)
        _compare(f"who waits in {session}", sum(one.held.values()), mine.waiting)
        arrived = sum(line.status in _CAME for line in listed if line.standpoint == "expected")
        _compare(f"how many came to {session}", one.turnout.arrived, arrived)
        if one.agrees is False and _is_untouched(world, session) and not mine.unknown:
            raise Wrong(f"the list of {session} at its close is not what the station saw")


def _is_untouched(world: World, session: str) -> bool:
    """Whether a session was at stations whose files nobody touched."""
    concerned = {deed.station for deed in world.ledger.known.values() if deed.session == session}
    return not any(world.nemeses.tampered.get(station) for station in concerned)


_CAME = ("present", "late", "late_entry")


def _compare(what: str, theirs: object, mine: object) -> None:
    if theirs != mine:
        raise Wrong(f"{what} is {theirs}, not {mine}")


# --- forks and flags -----------------------------------------------------------------------


def _check_forks(world: World, rows: list[Any], report: Report) -> None:
    places = Counter((row[0], row[1], row[2]) for row in rows)
    branches = {(station, segment) for (station, segment, _), times in places.items() if times > 1}
    told = {(fork.stations[0], fork.segments[0]) for fork in report.forks if fork.why == "branches"}
    if told != branches:
        raise Wrong(f"forks told {sorted(told)}, there are {sorted(branches)}")
    for station, segment in sorted(branches):
        if "twin" not in world.nemeses.tampered.get(station, ()):
            raise Wrong(f"numbers of {segment[:8]} were used twice")
    opened = origins((row[1], row[2], row[4]) for row in rows)
    siblings = _siblings(opened)
    told_siblings = {frozenset(one.segments) for one in report.forks if one.why == "siblings"}
    # Of a segment whose first fact died with a disk the centre knows its parent by its header only.
    headless = {one for one in told_siblings if not one <= opened.keys()}
    if headless and not world.ledger.disks_died:
        raise Wrong(f"siblings told {headless} of segments without a first fact")
    # Of a segment that two disks wrote differently its row has the parent of one of them.
    twofold = {segment for _station, segment in branches}
    told_siblings = {one for one in told_siblings - headless if not one & twofold}
    siblings = {one for one in siblings if not one & twofold}
    if told_siblings != siblings:
        raise Wrong(f"siblings told {told_siblings}, there are {siblings}")
    if any(fork.why == "two_stations" for fork in report.forks):
        raise Wrong("one segment at two stations")


def _siblings(opened_by: dict[str, SegmentOpened]) -> set[frozenset[str]]:
    children: dict[str, set[str]] = {}
    for segment, opened in opened_by.items():
        if opened.parent_hash is not None:
            children.setdefault(opened.parent_hash, set()).add(segment)
    return {frozenset(one) for one in children.values() if len(one) > 1}


def _check_flags(world: World, rows: list[Any]) -> None:
    """Told when something was put back or copied, and never when nothing was."""
    with world.side.centre.store.reading() as tx:
        query = select(stations.c.id, stations.c.copied_ms, stations.c.put_back_ms)
        flags = {row.id: (row.copied_ms, row.put_back_ms) for row in tx.execute(query)}
    for station, (copied, put_back) in flags.items():
        befell = world.nemeses.tampered.get(station, set())
        if copied is not None and not befell:
            raise Wrong(f"{station} is said to be copied, and never was")
        if put_back is not None and not befell:
            raise Wrong(f"{station} is said to be put back, and never was")
        late = station in world.post.late or station in world.nemeses.by_stick
        if copied is not None and befell <= {"back"} and not late and not world.side.restored:
            raise Wrong(f"{station} is said to be copied, and was only put back")
        mine = [row for row in rows if row[0] == station]
        if copied is None and put_back is None and not world.side.restored and _branched(mine):
            raise Wrong(f"{station} went on from an earlier place, and nobody was told")


def _branched(rows: list[Any]) -> bool:
    """Whether a segment goes on from a place that had gone on elsewhere."""
    places = {(row[1], row[2]) for row in rows}
    parents: Counter[tuple[str, int]] = Counter()
    for opened in origins((row[1], row[2], row[4]) for row in rows).values():
        if opened.parent_segment is not None and opened.parent_n is not None:
            parents[(opened.parent_segment, opened.parent_n)] += 1
    return any(times > 1 or (segment, n + 1) in places for (segment, n), times in parents.items())


# --- PCs ---------------------------------------------------------------------------------------


def _check_journal(world: World, pc: Pc) -> None:
    found = pc.store.verify()
    if found.broken_at is not None:
        raise Wrong(f"the chain of {pc.label} breaks at {found.broken_at}")
    rows = [(row[2], row[3], row[4]) for row in pc.raw(_AT_PC)]
    _check_personal(world, rows, told=not pc.shut_out)
    if not pc.shut_out:
        about = {bytes(row[0]) for row in rows if _person_of(row[1]) in world.erased}
        left = about & pc.payloads_in_second_copy()
        if left:
            raise Wrong(f"the second copy of {pc.label} still names somebody who was erased")


def _check_personal(
    world: World, rows: Iterable[tuple[bytes, bytes, bytes | None]], *, told: bool
) -> None:
    """What stands beside a fact is there, unless it was erased; then it is nowhere.

    ``told``: whoever holds these facts has heard of what was erased.
    """
    for hashed, data, personal in rows:
        named = read_fact(data).personal_hash
        is_erased = bool(named) and _person_of(data) in world.erased
        if named and personal is None and not is_erased:
            raise Wrong(f"the personal payload of {hashed.hex()[:8]} is gone, and nobody erased it")
        if personal is not None and personal_hash(personal) != named:
            raise Wrong(f"{hashed.hex()[:8]} has another's personal payload")
        if personal is not None and is_erased and told:
            raise Wrong(f"the personal payload of {hashed.hex()[:8]} was erased, and is there")


def _person_of(data: bytes) -> str:
    return getattr(read_fact(data).fact, "person", None) or ""


def _check_rows(pc: Pc) -> None:
    before = _dump(pc)
    pc.store.rebuild()
    after = _dump(pc)
    for table, rows in before.items():
        if rows != after[table]:
            only = [row for row in rows if row not in after[table]]
            raise Wrong(f"{pc.label}: a replay changes {table}: {only[:2]} {after[table][:2]}")
    said = dict(pc.raw("SELECT id, person FROM resolutions"))
    lines = lines_of((row[0], row[1], bytes(row[2]), row[3]) for row in pc.raw(_AT_PC))
    mine = fold(lines, None, said)
    query = "SELECT session, person FROM attendance"
    shown: dict[str, set[str]] = {}
    for session, person in pc.raw(query):
        shown.setdefault(session, set()).add(person)
    for session, folded in mine.items():
        _compare(f"{pc.label}: {session}", shown.get(session, set()), _marked(folded))


def _marked(folded: Folded) -> set[str]:
    return {person for person, said in folded.statuses.items() if said != "absent"}


def _dump(pc: Pc) -> dict[str, list[Any]]:
    names = [table.name for table in PROJECTED]
    return {name: sorted(pc.raw(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608


def check_feeds(world: World, pc: Pc) -> None:
    """The roster, plans and courses here are the centre's."""
    with world.side.centre.store.reading() as tx:
        query = select(feed_rows).where(
            feed_rows.c.scope.in_(pc.enrolment.scopes), feed_rows.c.body.is_not(None)
        )
        theirs = {(row.kind, row.key): bytes(row.body) for row in tx.execute(query)}
    tables = {"person": "people", "plan": "plans", "course": "courses", "policy": "policies"}
    for kind, table in tables.items():
        mine = {row[0]: bytes(row[1]) for row in pc.raw(f"SELECT id, body FROM {table}")}  # noqa: S608
        want = {key: body for (of, key), body in theirs.items() if of == kind}
        if mine != want:
            raise Wrong(
                f"{pc.label} has {len(mine)} rows of {table}, other than the {len(want)} sent"
            )


def _check_agreement(pc: Pc, rows: list[Any]) -> None:
    mine = {bytes(row[2]) for row in pc.raw(_AT_PC)}
    theirs = {bytes(row[3]) for row in rows if row[0] == pc.station}
    if mine != theirs:
        raise Wrong(f"{pc.label} has {len(mine - theirs)} more and {len(theirs - mine)} less facts")
    if pc.running.station.today.sync_view().agreed is not True:
        raise Wrong(f"{pc.label} was not told that both hold the same")


class _Nobody:
    station = ""


_NOBODY = _Nobody()
