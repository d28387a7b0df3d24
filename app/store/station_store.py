"""The store of one station: opened on the store lane, one connection, one writer.

What ``begin`` yields becomes durable as a whole when its block ends, or nothing of it
does. After the commit, and outside of what is confirmed, the same facts go to the second
copy. All calls come from one thread at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, select, update
from sqlalchemy.exc import SQLAlchemyError

from app.domain.errors import SaidPlainly
from app.domain.facts import Fact, JournalGap, Personal, PersonErased, SessionClosed
from app.domain.ids import FactHash, PersonId, PlayId
from app.domain.playback import Interval
from app.domain.time import ClockGrade, local_date
from app.names.index import NameIndex
from app.ports.machine import Clock
from app.ports.store import ChainReport, FactLine, PageTaken, RunSigner, Told
from app.store import answers, erasing, feeds, outgoing
from app.store.backup import backup_path, make_backup
from app.store.ballast import Ballast
from app.store.chain import verify_chain
from app.store.engine import (
    READ_ONLY,
    SqliteError,
    is_broken_disk,
    is_misplaced,
    open_engine,
    trouble_of,
)
from app.store.export import write_export
from app.store.journal import Journal, StoredFact, newest_facts
from app.store.prepared import Prepared
from app.store.project import project, rebuild
from app.store.queries import StoreReading
from app.store.recovery import Recovery
from app.store.rows import intervals_text
from app.store.seal import put_seal
from app.store.second_copy import SecondCopy
from app.store.tables import bookmarks, gaps, segments, settings
from app.wire.messages import ERASURE, FeedPage, Held, Run, SegmentHeld, Tip
from app.wire.sums import add_hashes

_log = logging.getLogger("store")

_KEEP_SETTING = Prepared.putting(settings, settings.c.keys())
_BOOKMARK = Prepared.putting(bookmarks, bookmarks.c.keys())


class StoreWork(StoreReading):
    """Implements ``app.ports.store.Work``: a reading that can also record."""

    def __init__(self, conn: Connection, journal: Journal) -> None:
        super().__init__(conn)
        self._journal = journal
        self.closes_session = False

    def record(self, fact: Fact, *, actor: str, personal: Personal | None = None) -> FactHash:
        stored, read = self._journal.append(self.conn, fact, actor, personal)
        project(self.conn, stored, read)
        self.closes_session = self.closes_session or isinstance(fact, SessionClosed)
        return FactHash(stored.hash.hex())

    def bookmark(self, play: PlayId, position_ms: int, shown: tuple[Interval, ...]) -> None:
        _BOOKMARK.run(
            self.conn,
            {"play": play, "position_ms": position_ms, "shown": intervals_text(shown)},
        )

    def keep_setting(self, name: str, value: str) -> None:
        _KEEP_SETTING.run(self.conn, {"name": name, "value": value})

    def forget_setting(self, name: str) -> None:
        self.conn.execute(delete(settings).where(settings.c.name == name))


class StationStore:
    """Implements ``app.ports.store.Store``; open it with ``app.store.opening.open_store``."""

    def __init__(
        self,
        home: Path,
        engine: Engine,
        clock: Clock,
        journal: Journal,
        copy: SecondCopy,
    ) -> None:
        self._home = home
        self._engine = engine
        self._conn = engine.connect()
        self._clock = clock
        self._journal = journal
        self._copy = copy
        self._ballast = Ballast(home)
        self._index: NameIndex | None = None
        self._held: Held | None = None
        self._disk_broke = False
        self._unproven = False
        self.recovery: Recovery | None = None

    @contextmanager
    def begin(self) -> Iterator[StoreWork]:
        """A unit of work; raises StoreTrouble when it could not be made durable."""
        self._reopen_if_broken()
        self._ballast.give_way_when_full()
        self._prove_log()
        committing = False
        try:
            with self._conn.begin():
                work = StoreWork(self._conn, self._journal)
                yield work
                committing = True
        except SaidPlainly:
            self._journal.rolled_back()
            raise
        except (SQLAlchemyError, SqliteError) as failed:
            self._journal.rolled_back()
            _log.error("unit of work failed: %s", failed)
            # Whether it is stored after all, or the tip is another one, only the file can tell.
            self._disk_broke = self._disk_broke or committing or is_misplaced(failed)
            raise self._trouble(failed) from failed
        except BaseException:
            self._journal.rolled_back()
            raise
        self._after_commit(work)

    @contextmanager
    def read(self) -> Iterator[StoreReading]:
        """Questions outside a unit of work, all of one moment."""
        with self._reading() as conn:
            yield StoreReading(conn, None if self._held is None else self._held.facts)

    def name_index(self) -> NameIndex:
        """The search index, kept until the roster changes."""
        if self._index is None:
            with self._reading() as conn:
                self._index = StoreReading(conn).name_index()
        return self._index

    def outgoing(
        self,
        budget_bytes: int,
        *,
        sign: RunSigner | None = None,
        after: Mapping[str, int] | None = None,
    ) -> tuple[tuple[Tip, ...], tuple[Run, ...]]:
        """See ``app.store.outgoing``."""
        with self._reading() as conn:
            return outgoing.outgoing(conn, budget_bytes, sign=sign, after=after)

    def held(self) -> Held:
        """How many facts are held in all, and their sum; counted once, then kept up to date."""
        if self._held is None:
            with self._reading() as conn:
                self._held = outgoing.all_held(conn)
        return self._held

    def census(self) -> tuple[SegmentHeld, ...]:
        """What is held, segment by segment."""
        with self._reading() as conn:
            return outgoing.census(conn)

    def cursors(self, scopes: Sequence[str]) -> dict[str, int]:
        """The last revision held of each scope."""
        with self._reading() as conn:
            return feeds.read_cursors(conn, tuple(scopes))

    def take_told(self, told: Told) -> int:
        """Keep what an answer says of the record, in one transaction."""
        with self.begin() as work:
            others = answers.take_told(work.conn, told)
            for name, value in told.settings:
                work.keep_setting(name, value)
        return others

    def apply_page(self, page: FeedPage, granted: Sequence[str] = ()) -> PageTaken:
        """Apply a feed page with its cursor, in one transaction; forget whom it says to forget."""
        with self.begin() as work:
            if any(row.body is None or row.kind == ERASURE for row in page.rows):
                work.conn.exec_driver_sql("PRAGMA secure_delete = ON")
            applied = feeds.apply_page(work.conn, page, granted)
            for person in applied.erasures:
                about = erasing.forget(work.conn, person)
                if about:
                    work.record(PersonErased(PersonId(person), len(about)), actor="station")
        self._index = None
        if applied.erasures:
            self.forget_in_copies()
        return PageTaken(applied.aside, applied.skipped, applied.wrong)

    def take_back(self, runs: Sequence[Run]) -> int:
        """Put own facts that the centre gave back where they stand; how many were new here."""
        with self.begin() as work:
            back = answers.take_back(work.conn, runs)
        self._held = None
        if back.stands_later:
            self._journal.begin_anew()
        self._copy.append(back.facts, self._month(), self._clock.now().mono_ms)
        return len(back.facts)

    def export(
        self,
        folder: Path,
        *,
        keys: Mapping[str, str],
        whole_receipt: Mapping[str, str] | None,
        with_personal: bool,
    ) -> int:
        """See ``app.store.export``."""
        with self._reading() as conn:
            return write_export(
                conn, folder, keys=keys, whole_receipt=whole_receipt, with_personal=with_personal
            )

    @property
    def is_writing(self) -> bool:
        """Whether this process has recorded something."""
        return self._journal.is_writing

    def keep_ballast(self) -> None:
        """See that the file is there whose room lets sign-ins go on when the disk is full."""
        self._ballast.keep()

    def tell_gaps(self) -> int:
        """Name each gap of the journal in a fact, once; how many were told now."""
        with self._reading() as conn:
            rows = conn.execute(
                select(gaps, segments.c.id)
                .join(segments, segments.c.no == gaps.c.segment_no)
                .where(gaps.c.told == 0)
            ).all()
        if not rows:
            return 0
        with self.begin() as work:
            for row in rows:
                work.record(JournalGap(row.id, row.after_n, row.before_n), actor="station")
            work.conn.execute(update(gaps).values(told=1))
        return len(rows)

    def verify(self) -> ChainReport:
        """Walk the whole chain."""
        with self._reading() as conn:
            return verify_chain(conn)

    def newest_facts(self, count: int) -> tuple[FactLine, ...]:
        """The newest facts, oldest of them first."""
        with self._reading() as conn:
            return newest_facts(conn, count)

    def rebuild(self) -> int:
        """Make all projected rows anew from the journal."""
        with self.begin() as work:
            return rebuild(work.conn)

    def backup_today(self, *, again: bool = False) -> Path | None:
        """Make and prove today's backup unless it exists; returns its path when made.

        With a clock that can't be believed every day may look like the same one: then it is
        always made.
        """
        folder = self._home / "backups"
        day = local_date(self._clock.now().wall_ms).isoformat()
        sure = self._clock.now().grade is ClockGrade.OK
        if backup_path(folder, day).exists() and sure and not again:
            return None
        self.forget_in_copies()
        self._copy.force()
        return make_backup(self._home / "station.db", folder, day)

    def note_recovery(self, recovery: Recovery) -> None:
        """This store was rebuilt: its next segment says so."""
        self.recovery = recovery
        self._journal.reason = "recovered"

    def complete_second_copy(self, lacking: Sequence[StoredFact]) -> None:
        """Write facts that an unclean end kept from the second copy, and force them to the disk."""
        if lacking:
            _log.info("the second copy lacked %d facts", len(lacking))
            self._copy.append(lacking, self._month(), self._clock.now().mono_ms)
            self._copy.force()

    def sync_second_copy(self) -> None:
        """Force the second copy to the disk."""
        self._copy.force()

    def close(self) -> None:
        """Second copy to disk, checkpoint, close, seal."""
        self._copy.close()
        if self._conn.closed:
            return
        try:
            self._checkpoint()
        except (SQLAlchemyError, SqliteError) as failed:
            _log.warning("checkpoint at close failed: %s", failed)
        self._conn.close()
        self._engine.dispose()
        try:
            put_seal(self._home / "station.db")
        except OSError as failed:
            _log.warning("seal at close failed: %s", type(failed).__name__)

    def _checkpoint(self) -> None:
        raw = self._conn.connection.driver_connection
        if raw is not None:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._reopen_if_broken()
        self._conn.info[READ_ONLY] = True
        try:
            with self._conn.begin():
                yield self._conn
        except (SQLAlchemyError, SqliteError) as failed:
            raise self._trouble(failed) from failed
        finally:
            if not self._conn.closed:
                self._conn.info[READ_ONLY] = False

    def _trouble(self, failed: Exception) -> SaidPlainly:
        """What to say; after an error of the disk itself nothing in memory is believed any more."""
        self._disk_broke = self._disk_broke or is_broken_disk(failed)
        trouble = trouble_of(failed)
        if trouble.key == "trouble.store_full":
            self._ballast.give_way()
        return trouble

    def _reopen_if_broken(self) -> None:
        """A flush that failed once may have lost what it was for, and says so only once.

        So the file is opened anew and what is in it counts; the next fact begins a segment.
        """
        if not self._disk_broke:
            return
        _log.error("the disk failed; the store is opened anew")
        try:
            self._conn.invalidate()
            self._conn.close()
            self._engine.dispose()
        except (SQLAlchemyError, SqliteError) as failed:
            _log.warning("closing after the disk failed: %s", type(failed).__name__)
        try:
            self._engine = open_engine(self._home / "station.db")
            self._conn = self._engine.connect()
        except (SQLAlchemyError, SqliteError) as failed:
            raise trouble_of(failed) from failed
        self._journal.begin_anew()
        self._held = None
        self._disk_broke = False
        self._unproven = True

    def _prove_log(self) -> None:
        """After the disk failed the log's pages may be in memory only.

        Copied into the store and forced to the disk they count; until then nothing is confirmed.
        """
        if not self._unproven:
            return
        try:
            self._checkpoint()
        except (SQLAlchemyError, SqliteError) as failed:
            raise self._trouble(failed) from failed
        self._unproven = False

    def _after_commit(self, work: StoreWork) -> None:
        fresh = self._journal.committed()
        if not fresh:
            return
        if self._held is not None:
            total = add_hashes(self._held.sum, (fact.hash for fact in fresh))
            self._held = Held(self._held.facts + len(fresh), total)
        self._copy.append(fresh, self._month(), self._clock.now().mono_ms)
        if work.closes_session:
            self._copy.force()

    def _month(self) -> str:
        return local_date(self._clock.now().wall_ms).isoformat()[:7]

    def forget_in_copies(self) -> None:
        """Take from the copies what was erased here; each start and backup tries again."""
        with self._reading() as conn:
            left = erasing.left_in_copies(conn)
        if not left.people:
            return
        self._copy.close()
        try:
            self._checkpoint()
            erasing.forget_in_copies(self._home, left.hashes)
            with self.begin() as work:
                erasing.copies_forgot(work.conn, left.people)
        except (OSError, SQLAlchemyError, SqliteError, SaidPlainly) as failed:
            _log.error("a copy still holds what is to be forgotten: %s", type(failed).__name__)
