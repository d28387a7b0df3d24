"""Taking a list of outside training or of an online class in: first what would come of it, then it.

Each training of the list is one late session of its people alone: it waits for approval like any
that is written down afterwards, and says the minutes that the list gives.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.areas.sessions.facts import LectureGiven
from app.areas.sessions.kinds import RULES, MinutesSource, SessionKind
from app.areas.sessions.late_verbs import LateSessions, LateSheet, SheetMark
from app.areas.sessions.outside_list import (
    COLUMNS,
    OutsideGroup,
    OutsideRow,
    groups_of,
    read_rows,
)
from app.domain import bounds
from app.domain.errors import BadInput
from app.domain.ids import SessionId
from app.domain.personal import Personal
from app.domain.time import LOCAL, local_date, wall_ms_of
from app.domain.values import dataclass
from app.rosters.files.opening import open_sheets
from app.usecases.tools import Tools
from app.words import CATALOGUE

if TYPE_CHECKING:
    from app.store.reading import StoreReading

BEGINS = "09:00"
MOST_OF_A_DAY_MS = 8 * 3_600_000
"""A training of several days stands on its first; its minutes are the list's."""


@dataclass(frozen=True, slots=True)
class OutsideImport:
    """What a list says and what came, or would come, of it."""

    rows: tuple[OutsideRow, ...]
    groups: tuple[OutsideGroup, ...]
    sessions: tuple[SessionId, ...] = ()
    """Made by it; none when it was only looked at."""

    @property
    def troubled(self) -> tuple[OutsideRow, ...]:
        """Rows that can't be taken."""
        return tuple(one for one in self.rows if one.trouble)


@dataclass(frozen=True, slots=True)
class OutsideLists:
    """What can be done with such lists."""

    tools: Tools

    def look(self, path: Path, kind: SessionKind) -> OutsideImport:
        """Read a list; whoever stands in such a session already is left out."""
        if RULES[kind].minutes is not MinutesSource.GIVEN:
            raise BadInput("refusal.no_outside_kind")
        words = {one: frozenset(_words(f"outside.column.{one}")) for one in COLUMNS}
        sheets = open_sheets(path)
        with self.tools.store.read() as reading:
            rows = read_rows(sheets, words, reading.people())
            known = _known(reading, kind)
        marked = tuple(
            replace(one, trouble="outside.known")
            if not one.trouble and (one.title, one.day, one.person) in known
            else one
            for one in rows
        )
        return OutsideImport(marked, groups_of(marked))

    def take_in(
        self, path: Path, kind: SessionKind, *, by: str, leave_out_faulty: bool = False
    ) -> OutsideImport:
        """Make its sessions; with a faulty row only if those are to be left out.

        Raises:
            BadInput: rows can't be taken, and nobody said to leave them out.
        """
        found = self.look(path, kind)
        faulty = [one for one in found.troubled if one.trouble != "outside.known"]
        if faulty and not leave_out_faulty:
            raise BadInput("refusal.faulty_rows", count=len(faulty))
        late = LateSessions(self.tools)
        file = bounds.line(path.stem, len(path.stem))
        sheets = [_sheet(one, kind, by, file) for one in found.groups]
        return replace(found, sessions=late.enter_all(sheets))


def _words(key: str) -> tuple[str, ...]:
    """Whatever a column may be called, in both languages."""
    return tuple(word for said in CATALOGUE[key] for word in said.split("|"))


def _known(reading: StoreReading, kind: SessionKind) -> set[tuple[str, str, str | None]]:
    """Title, day and person of what was taken in before."""
    return {
        (session.title, local_date(session.held_ms).isoformat(), person)
        for session in reading.late_of_kind(kind.value)
        for person, _, status in reading.statuses(session.id)
        if status is not None
    }


def _sheet(group: OutsideGroup, kind: SessionKind, by: str, file: str) -> LateSheet:
    begins = datetime.fromisoformat(f"{group.day}T{BEGINS}").replace(tzinfo=LOCAL)
    from_ms = wall_ms_of(begins)
    name = (group.organiser or file)[: bounds.NAME]
    told = LectureGiven(SessionId(""), group.title[: bounds.TITLE], group.minutes)
    return LateSheet(
        title=group.title[: bounds.TITLE],
        held_from_ms=from_ms,
        held_to_ms=from_ms + min(group.minutes * 60_000, MOST_OF_A_DAY_MS),
        by=by,
        reason=file[: bounds.REASON],
        kind=kind,
        marks=tuple(map(SheetMark, group.people)),
        expected=group.people,
        activities=((told, Personal(name=name)),),
    )
