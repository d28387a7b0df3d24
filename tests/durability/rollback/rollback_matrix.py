"""The rollback matrix: what is put back, how often, and what is lost or doubled by it.

A real station and a real centre, as in the measurement of the peers: some past, then n rounds of
"take attendance of 50, talk with the centre", then files of one side are as before round 1, one
more round, and three more talks. Nobody is asked anything in between.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.usecases.views import SyncView
from bench.figures import Figure, single
from bench.places import Places
from bench.processes.children import ROOT
from centre.reports.reading import read_report
from tests.durability.rollback.put_back import LINES, NOBODY, PEOPLE, Line, round_of_fifty
from tests.model.acts.scene import standing_of
from tests.model.checks.alike import differences
from tests.model.county.centre_side import invented_row
from tests.model.county.pc import Pc
from tests.model.county.template import fast_folder
from tests.model.healing import leave_alone
from tests.model.scenarios import QUIET
from tests.model.world import World, opened_world

PAST_SESSIONS = 4
TALKS_AFTER = 3
DOCUMENT = ROOT / "docs" / "rollback-matrix.md"


@dataclass(slots=True)
class Outcome:
    """What became of one row. ``destroyed`` records have no copy left anywhere in the world."""

    records: int = 0
    lost: int = 0
    doubled: int = 0
    destroyed: int = 0
    has: str = ""
    agreed: bool = False
    alike: str = ""
    """Whether stations show every session as the centre's report does, field by field."""
    told: str = ""
    chooses: str = NOBODY


def measure(_places: Places) -> list[Figure]:
    """Run every row, print the table and write it down."""
    logging.getLogger().setLevel(logging.CRITICAL)
    with past_sessions() as past:
        done = [(line, run(line, past)) for line in LINES]
    text = document(done)
    print(text)
    DOCUMENT.write_text(text, encoding="utf-8")
    return [_figure(line, outcome) for line, outcome in done]


def _figure(line: Line, outcome: Outcome) -> Figure:
    bad = outcome.lost + outcome.doubled
    name = f"{line.what}, n={line.rounds}"
    return Figure(
        name,
        "lost + doubled",
        single(bad),
        None,
        "0",
        bad == 0 and outcome.agreed and outcome.alike != "**no**",
    )


# --- one row --------------------------------------------------------------------------------


@contextmanager
def past_sessions() -> Iterator[Path]:
    """A folder with a centre and a station that have some sessions behind them."""
    with tempfile.TemporaryDirectory(dir=fast_folder()) as folder:
        kept = Path(folder) / "past"
        with opened_world(1, QUIET) as world:
            pc = world.pcs[0]
            rows = [invented_row(world.chance, number) for number in range(PEOPLE)]
            world.side.import_people(pc.site, rows)
            world.round_of(pc)
            for _ in range(PAST_SESSIONS):
                round_of_fifty(world, pc)
            world.close()
            shutil.copytree(world.folder, kept)
        yield kept


def run(line: Line, past: Path) -> Outcome:
    """Play one row and count."""
    with opened_world(2, QUIET, like=past) as world:
        world.ready(world.pcs[0])
        chooses = line.act(world, line)
        talks(world)
        return _outcome(world, chooses)


def talks(world: World) -> None:
    """Three more talks of everybody, as in the measurement of the peers."""
    for _ in range(TALKS_AFTER):
        for pc in world.pcs:
            world.ready(pc)
            world.round_of(pc)
    for pc in world.pcs:
        leave_alone(pc)


def _outcome(world: World, chooses: str) -> Outcome:
    ledger = world.ledger
    marks = {one for one, deed in ledger.acked.items() if deed.what == "attendance.marked"}
    held = world.side.hashes()
    speaking = [pc for pc in world.pcs if standing_of(world.side, pc) == "active"]
    views = [pc.running.station.today.sync_view() for pc in speaking]
    everything = ledger.acked.keys() - ledger.destroyed
    return Outcome(
        records=len(marks),
        lost=len(marks - held - ledger.destroyed),
        doubled=_doubled(world),
        destroyed=len(marks & ledger.destroyed - held),
        has=_has(everything, speaking),
        agreed=all(_agrees(view) for view in views),
        alike=_alike(world, speaking),
        told=_told(world),
        chooses=chooses,
    )


def _has(everything: set[bytes], pcs: list[Pc]) -> str:
    """Whether every PC has all again; two branches of a segment fit into no one journal."""
    if all(everything <= pc.hashes() for pc in pcs):
        return "yes"
    together = set().union(*(pc.hashes() for pc in pcs))
    return "each its own" if everything <= together and len(pcs) > 1 else "**no**"


def _alike(world: World, pcs: list[Pc]) -> str:
    """Two branches of a segment fit into no one journal, so each of their PCs shows its own."""
    if any("twin" in world.nemeses.tampered.get(pc.station, ()) for pc in pcs):
        return "each its own"
    report = read_report(world.side.centre)
    return "**no**" if any(any(differences(pc, report)) for pc in pcs) else "yes"


def _agrees(view: SyncView) -> bool:
    return view.waiting == 0 and view.agreed is True


def _doubled(world: World) -> int:
    """People who stand twice in a session's report, and facts that are held twice."""
    report = read_report(world.side.centre)
    twice = 0
    for session in report.sessions:
        listed = [one.person for one in session.people]
        twice += len(listed) - len(set(listed))
    with world.side.centre.store.reading() as tx:
        query = "SELECT count(*) - count(DISTINCT hash) FROM facts"
        return twice + int(tx.exec_driver_sql(query).scalar_one())


def _told(world: World) -> str:
    words = []
    for pc in world.pcs:
        if pc.opened is not None:
            words += [key for key, _ in pc.opened.station.today.overview().notices]
    known = {"notice.copied": "two PCs", "notice.put_back": "put back"}
    known |= {"notice.recovered_all": "recovered", "notice.recovered_some": "recovered in part"}
    return ", ".join(dict.fromkeys(known[word] for word in words if word in known)) or "–"


# --- the document ---------------------------------------------------------------------------


def document(done: list[tuple[Line, Outcome]]) -> str:
    """The table with what it says."""
    head = (
        "what is put back|n|records|lost|doubled|destroyed|station has all|both agree|shown alike|told"
        "|who had to choose|Kolibri 0.19.5|Anki 26.9.3"
    )
    rows = [head.split("|")]
    for line, one in done:
        rows.append(
            [
                line.what,
                str(line.rounds),
                str(one.records),
                _zero(one.lost),
                _zero(one.doubled),
                str(one.destroyed),
                one.has,
                "yes" if one.agreed else "**no**",
                one.alike,
                one.told,
                one.chooses,
                line.kolibri or "not measured",
                line.anki or "not measured",
            ]
        )
    text = [f"| {' | '.join(row)} |" for row in rows]
    text.insert(1, "|---|" + "---:|" * 5 + "---|" * 7)
    return _BEFORE + "\n".join(text) + "\n" + _BEHIND


def _zero(count: int) -> str:
    return "0" if count == 0 else f"**{count}**"


_BEFORE = f"""# The rollback matrix

Written by `./dev bench rollback-matrix` from a real run: a real station (its store, journal, second copy) and a
real centre, {PAST_SESSIONS} sessions of {PEOPLE} records behind them. Then *n* rounds of "take attendance of {PEOPLE}, talk with the
centre"; then one side's files are as before round 1; one more round; {TALKS_AFTER} more talks. Nobody is asked anything.

"""
_BEHIND = """
*records* were confirmed to people in the row. *destroyed* have no copy left on any disk or stick – they would be
told apart here, and in no row is there one. *station has all*: what it lost is in its journal again. *shown alike*:
the station shows every session as the centre reports it, field by field. *told*: what
the operator's first screen says afterwards. The peers' columns were measured in the same way: the past, the rounds,
50 records each (Anki: 51), one more round and three syncs.

Of a machine that was cloned while it ran, memory and all, two PCs write other facts under the same numbers. Both
are kept, everything after the fork is set apart until somebody at the centre has looked, and then both count. All
other rows heal without anybody.

A centre that was put back gets what people had decided since – PCs shut out or replaced, people erased, courses and plans
withdrawn – from the first station that heard of it, before it gives any feed, and tells its own people what came back and
what is to be decided again (`centre decide-again`). Two things nobody can know: a decision no station had heard of, and
that a centre and all its stations were put back together.
"""
