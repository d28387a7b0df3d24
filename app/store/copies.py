"""Keeps the second copy and the list of gaps in step with the journal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection, select

from app.domain.facts import JournalGap
from app.store import copy_check
from app.store.copy_check import AT_A_START, CopyState
from app.store.journal import StoredFact
from app.store.recovery import Recovery
from app.store.tables import gaps, segments

_log = logging.getLogger("store")


def make_up(
    conn: Connection,
    home: Path,
    put: Callable[[Sequence[StoredFact]], bool],
    newest: Sequence[StoredFact] = (),
    *,
    at_start: bool,
) -> CopyState:
    """Write to the second copy what it lacks; ``put`` says whether a portion is on the disk.

    At a start that is the ``newest`` facts, which an unclean end kept from it and nobody need
    hear of; all of it is looked at only where files of it were harmed, and then no more is
    written than nobody waits for.
    """
    folder = home / "journal"
    if newest and not copy_check.is_harmed(conn, folder):
        _log.info("the second copy lacked %d facts", len(newest))
        put(newest)
    if at_start and not copy_check.is_in_doubt(conn, folder):
        return CopyState()
    state, lacking = copy_check.compare(conn, folder)
    done = 0
    for portion in copy_check.portions(conn, lacking):
        if (at_start and done >= AT_A_START) or not put(portion):
            break
        done += len(portion)
    if lacking:
        _log.info("the second copy lacked %d facts, %d are made up", len(lacking), done)
    return CopyState(len(lacking), len(lacking) - done, state.unreadable, is_news=True)


def note_whole(conn: Connection, home: Path) -> None:
    """The copy holds everything now."""
    copy_check.note_whole(conn, home / "journal")


def notices_of(
    recovery: Recovery | None, copy: CopyState
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """What people are told of what was mended at the start, and of what is still to be."""
    told = () if recovery is None else recovery.notices
    if copy.left:
        return (*told, ("notice.copy_lacks", (("facts", str(copy.left)),)))
    if copy.lacked and recovery is None:
        return (*told, ("notice.copy_mended", (("facts", str(copy.lacked)),)))
    return told


def untold_gaps(conn: Connection) -> list[JournalGap]:
    """Gaps that no fact of the chain names yet."""
    rows = conn.execute(
        select(gaps, segments.c.id)
        .join(segments, segments.c.no == gaps.c.segment_no)
        .where(gaps.c.told == 0)
    )
    return [JournalGap(row.id, row.after_n, row.before_n) for row in rows]
