"""One reading of the store: what the areas ask of their rows, and what is asked of the record."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, select

from app.areas.attendance.person_rows import PersonRows
from app.areas.attendance.rows import AttendanceRows
from app.areas.hours.rows import LedgerRows
from app.areas.playback.rows import PlayRows
from app.domain.clock_correction import Moment, correct
from app.domain.policy import Policies
from app.domain.time import ClockGrade, Instant
from app.store.cache import StoreCache
from app.store.outgoing import confirmed_counts, open_segments
from app.store.prepared import Prepared
from app.store.tables import gaps, settings

_SETTING = Prepared(select(settings.c.value).where(settings.c.name == bindparam("name")))


class StoreReading(AttendanceRows, PersonRows, PlayRows, LedgerRows):
    """Questions to the store, all of one moment; every answer is a frozen value.

    ``held`` is how many facts are held in all, if that is known: then nobody counts them.
    """

    def __init__(
        self, conn: Connection, held: int | None = None, cache: StoreCache | None = None
    ) -> None:
        super().__init__(conn, cache)
        self._held_facts = held

    def moment(self, boot: str, now: Instant) -> Moment:
        """What time it really was when the clocks of a boot read so."""
        unsure = now.grade is not ClockGrade.OK
        samples = self.cache.samples(self.conn, boot)
        return correct(samples, now.wall_ms, now.mono_ms, unsure=unsure)

    def gaps(self) -> int:
        """Facts that are known to be lost here and nowhere found yet."""
        lost = func.sum(gaps.c.before_n - gaps.c.after_n - 1)
        return int(self.conn.execute(select(lost)).scalar() or 0)

    def policies(self) -> Policies:
        """The centre's rules for late and in time."""
        return self.cache.policies(self.conn)

    def fact_counts(self) -> tuple[int, int]:
        """Facts here, and facts confirmed by receipts."""
        return confirmed_counts(self.conn, self._held_facts)

    def open_segments(self) -> frozenset[str]:
        """Segments that the centre has not confirmed to their end."""
        return open_segments(self.conn)

    def setting(self, name: str) -> str | None:
        """A kept setting of the program (not a fact)."""
        row = _SETTING.one(self.conn, {"name": name})
        return None if row is None else str(row.value)
