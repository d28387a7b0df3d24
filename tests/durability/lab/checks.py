"""What is looked at after a cut: it opens, the chain holds, what was confirmed is there, once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from app.areas.attendance.marks import Lane
from app.areas.sessions.session import Step
from app.bootstrap import OpenStation, open_station
from app.store.backup import KEPT_DAYS, prove
from app.store.engine import SQLITE
from app.store.station_store import StationStore
from app.store.upgrade import HEAD
from tests.durability.lab.stage import Told
from tests.support.stations import SetClock

_OF_A_START = frozenset(
    "segment.opened store.recovered journal.gap session.prepared session.opened".split()
)
_PROJECTED = ("sessions", "session_people", "marks", "attendance", "visitors", "plays", "notes")
_ALL = "SELECT hash, bytes FROM facts"
_MARKS = "SELECT hash, session, person, status, voided_by FROM marks"
_TWICE = (
    "SELECT count(*) FROM (SELECT 1 FROM marks WHERE voided_by IS NULL AND status IN "
    "('present', 'late', 'late_entry') GROUP BY session, person HAVING count(*) > 1)"
)
_GAPS = (
    "SELECT count(*) FROM segments s WHERE last_n <> "
    "(SELECT count(*) FROM facts f WHERE f.segment_no = s.no AND f.n BETWEEN 1 AND s.last_n)"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One cut's result in the words of all reports, and what makes it bad if it is."""

    acked: int = 0
    lost: int = 0
    recovered: int = 0
    """Not confirmed, but there: the deed in flight when the cut came."""
    doubled: int = 0
    unexpected: int = 0
    gaps: int = 0
    corrupt: int = 0
    healed: int = 0
    """The start had to rebuild the store from its copies."""
    start_ms: float = 0.0
    why: str = ""

    @property
    def is_good(self) -> bool:
        """Nothing lost, doubled, invented, missing in between or broken."""
        bad = self.lost + self.doubled + self.unexpected + self.gaps + self.corrupt
        return bad == 0 and not self.why

    def plain(self) -> dict[str, Any]:
        """For a line of JSON."""
        return asdict(self)


def read_verdict(plain: dict[str, Any]) -> Verdict:
    """What ``plain`` wrote."""
    return Verdict(**{one.name: plain[one.name] for one in fields(Verdict)})


@dataclass(frozen=True, slots=True)
class Cut:
    """What is looked at: a disk's root, what had been confirmed, every fact there ever was.

    ``facts`` is None where nobody knows what else was being written.
    """

    disk: Path
    told: Sequence[Told]
    facts: dict[str, str] | None
    thorough: bool
    """Also whether the rows are those of a replay, and whether people can sign in again."""


Check = Callable[[Cut], Verdict]


def check_station(cut: Cut) -> Verdict:
    """The station starts as it always does and has everything."""
    began = time.perf_counter()
    opened = open_station(cut.disk / "home", clock=SetClock())
    start_ms = (time.perf_counter() - began) * 1e3
    try:
        return _judge(opened, cut, start_ms)
    finally:
        opened.close()


def check_backups(cut: Cut) -> Verdict:
    """The same, and every file that bears a backup's name is a sound one."""
    folder = cut.disk / "home" / "backups"
    there = {path.name for path in folder.glob("station-*.db")} if folder.is_dir() else set()
    made = [one[1] for one in cut.told if one[0] == "backup"]
    # One that was made and not told any more has its place among the newest too.
    kept = set(sorted(there | set(made))[-KEPT_DAYS:])
    missing = (kept & set(made)) - there
    unsound = sum(not prove(folder / name).sound for name in there)
    verdict = check_station(cut)
    if missing or unsound:
        plain = verdict.plain() | {
            "lost": verdict.lost + len(missing),
            "corrupt": verdict.corrupt + unsound,
            "why": f"backups: {len(missing)} missing, {unsound} unsound",
        }
        return read_verdict(plain)
    return verdict


def check_counting(cut: Cut) -> Verdict:
    """Plain SQLite: as many rows as were confirmed, numbered without a hole."""
    acked = len(cut.told)
    try:
        with closing(SQLITE.connect(cut.disk / "counts.db")) as connection:
            sound = connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
            count, last = connection.execute("SELECT count(*), max(n) FROM counts").fetchone()
    except SQLITE.Error as broken:
        return Verdict(acked=acked, lost=acked, corrupt=1, why=str(broken)[:80])
    return Verdict(
        acked=acked,
        lost=max(0, acked - count),
        recovered=max(0, count - acked),
        gaps=int((last or 0) != count),
        corrupt=int(not sound),
    )


def _judge(opened: OpenStation, cut: Cut, start_ms: float) -> Verdict:
    store = opened.station.tools.store
    if not isinstance(store, StationStore):
        raise AssertionError("the station's own store is looked at")
    found = _look(store)
    known_facts = found.facts if cut.facts is None else cut.facts
    strange = [one for one, data in found.facts.items() if known_facts.get(one) != data]
    if store.recovery is not None:
        strange = [one for one in strange if not any(k in found.facts[one] for k in _OF_A_START)]
    known = {one[-1] for one in cut.told if one[0] == "mark"}
    broken = store.verify().broken_at
    why = "" if broken is None else f"chain at {broken}"
    if found.revision != HEAD:
        why = f"revision {found.revision}"
    if cut.thorough:
        why = why or _rows_differ(store) or _goes_on(opened, found.people)
    return Verdict(
        acked=len(cut.told),
        lost=sum(not found.has(one) for one in cut.told),
        recovered=len(found.marks.keys() - known),
        doubled=found.doubled,
        unexpected=len(strange),
        gaps=found.gaps,
        corrupt=int(broken is not None),
        healed=int(store.recovery is not None),
        start_ms=start_ms,
        why=why,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in the store's tables."""

    facts: dict[str, str]
    marks: dict[str, tuple[str, ...]]
    voided: set[str]
    sessions: dict[str, str]
    people: int
    revision: str
    doubled: int
    gaps: int

    def has(self, told: Told) -> bool:
        """Whether what was confirmed is there as it was confirmed."""
        what, *values = told
        if what == "mark":
            return self.marks.get(values[-1]) == tuple(values[:-1])
        if what == "voided":
            return values[0] in self.voided
        if what == "closed":
            return self.sessions.get(values[0]) == "closed"
        if what == "people":
            return self.people == int(values[0])
        return what != "revision" or self.revision == values[0]


def _look(store: StationStore) -> _Found:
    with store.read() as reading:
        ask = reading.conn.exec_driver_sql
        marks = ask(_MARKS).all()
        return _Found(
            facts={row[0].hex(): row[1].decode("utf-8") for row in ask(_ALL)},
            marks={row[0].hex(): tuple(row[1:4]) for row in marks},
            voided={row[0].hex() for row in marks if row[4] is not None},
            sessions={row[0]: row[1] for row in ask("SELECT id, step FROM sessions")},
            people=int(ask("SELECT count(*) FROM people").scalar() or 0),
            revision=str(ask("SELECT version_num FROM alembic_version").scalar()),
            doubled=int(ask(_TWICE).scalar() or 0),
            gaps=int(ask(_GAPS).scalar() or 0),
        )


def _rows_differ(store: StationStore) -> str:
    """Which rows are not those that a replay of the journal makes, or nothing."""
    before = _projected(store)
    store.rebuild()
    after = _projected(store)
    wrong = [name for name in _PROJECTED if before[name] != after[name]]
    return f"rows differ from a replay: {wrong}" if wrong else ""


def _projected(store: StationStore) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as reading:
        ask = reading.conn.exec_driver_sql
        return {
            name: sorted((tuple(row) for row in ask(f"SELECT * FROM {name}")), key=repr)  # noqa: S608
            for name in _PROJECTED
        }


def _goes_on(opened: OpenStation, people: int) -> str:
    """Why nobody can sign in after the start, or nothing."""
    station = opened.station
    if people == 0:
        return ""
    view = station.sessions.running() or station.sessions.prepare_extra("学习", ())
    if view.session.step is Step.PREPARE:
        view = station.sessions.open_sign_in(view.session.id)
    card = next((one for one in view.cards if one.status is None), None)
    if card is None:
        return ""
    done = station.attendance.sign_in(view.session.id, card.id, Lane.NAME_WALL, "member")
    return "" if done.card.mark else "a sign-in was not marked"
