"""The store of one station: opened on the store lane, one connection, one writer.

What ``begin`` yields becomes durable as a whole when its block ends, or nothing of it
does. After the commit, and outside of what is confirmed, the same facts go to the second
copy. All calls come from one thread at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, update
from sqlalchemy.exc import SQLAlchemyError

from app.domain.errors import StoreTrouble, UserError
from app.domain.time import ClockGrade, local_date
from app.names.index import NameIndex
from app.ports.machine import Clock
from app.ports.store import AnswerEffects, ChainReport, FactLine, FoldProgress, PageTaken, RunSigner
from app.store import answers, copies, erasing, feeds, outgoing
from app.store.backup import backup_path, make_backup
from app.store.cache import StoreCache
from app.store.chain import verify_chain
from app.store.copy_check import CopyState
from app.store.disk_reserve import DiskReserve
from app.store.engine import (
    READ_ONLY,
    SqliteError,
    is_broken_disk,
    is_misplaced,
    keep_log_short,
    open_engine,
    run_alone,
    trouble_of,
)
from app.store.export import write_export
from app.store.journal import Journal, StoredFact, WriterIdentity, newest_facts
from app.store.projecting import rebuild
from app.store.reading import StoreReading
from app.store.recovery import Recovery
from app.store.redeciding import following_decisions
from app.store.seal import Checksum, put_seal
from app.store.second_copy import SecondCopy
from app.store.stale import fold_some
from app.store.tables import gaps
from app.store.work import StoreWork
from app.wire.messages import FeedPage, Held, Run, SegmentHeld, Tip
from app.wire.side_files import is_plain
from app.wire.sums import add_hashes

_log = logging.getLogger("store")
_WHOLE_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"


class StationStore:
    """The station's store: one connection, used on the store lane only; see ``app.store.opening``."""

    def __init__(
        self,
        home: Path,
        engine: Engine,
        clock: Clock,
        journal: Journal,
        copy: SecondCopy,
        checksum: Checksum | None = None,
    ) -> None:
        self._home = home
        self._engine = engine
        self._conn = engine.connect()
        self._clock = clock
        self._journal = journal
        self._copy = copy
        self._checksum = checksum
        self._reserve = DiskReserve(home)
        self._cache = StoreCache()
        self._held: Held | None = None
        self._disk_broke = self._unproven = False
        """After the disk failed the log's pages may be in memory only: they count, and something
        is confirmed again, once they are copied into the store and forced to the disk."""
        self._logged = False  # whether anything was committed since the log was copied
        self.recovery: Recovery | None = None
        self.copy_state = CopyState()
        """How the second copy stood when all of it was last looked at."""

    @contextmanager
    def rewriting(self) -> Iterator[StoreWork]:
        """A unit of work that writes other rows than those its facts change."""
        with self.begin() as work:
            yield work
        self._cache.forget()

    @contextmanager
    def begin(self) -> Iterator[StoreWork]:
        """A unit of work; raises StoreTrouble when it could not be made durable."""
        self._reopen_if_broken()
        if self._reserve.give_way_when_full():
            keep_log_short(self._conn)
        if self._unproven:
            self._run(_WHOLE_LOG)
            self._unproven = False
        committing = False
        try:
            with self._conn.begin():
                self._cache.follow(self._conn)
                work = StoreWork(self._conn, self._journal, self._cache)
                yield work
                committing = True
        except (SQLAlchemyError, SqliteError) as failed:
            self._rolled_back()
            _log.error("unit of work failed: %s", failed)
            # Whether it is stored after all, or the tip is another one, only the file can tell.
            self._disk_broke = self._disk_broke or committing or is_misplaced(failed)
            raise self._trouble(failed) from failed
        except BaseException:
            self._rolled_back()
            raise
        self._logged = True
        self._after_commit(work)

    def _rolled_back(self) -> None:
        self._journal.rolled_back()
        self._cache.forget()

    @contextmanager
    def read(self) -> Iterator[StoreReading]:
        """Questions outside a unit of work, all of one moment."""
        with self._reading() as conn:
            yield StoreReading(conn, self._held.facts if self._held else None, self._cache)

    def name_index(self) -> NameIndex:
        """The search index, kept until the roster changes."""
        with self._reading() as conn:
            if self._cache.index is None:
                self._cache.index = StoreReading(conn).name_index()
            return self._cache.index

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

    def take_told(self, told: AnswerEffects) -> int:
        """Keep what an answer says of the record, in one transaction."""
        with self.begin() as work:
            return answers.take_told(work, told)

    def apply_page(self, page: FeedPage, granted: Sequence[str] = ()) -> PageTaken:
        """Apply a feed page with its cursor, in one transaction; forget whom it says to forget."""
        with self.rewriting() as work:
            with following_decisions(work.conn):
                applied = feeds.apply_page(work.conn, page, granted)
            erasing.forget_each(work, applied.erasures)
        if applied.erasures:
            self.forget_in_copies()
        if page.rows:  # rows of a feed have no second copy: they do not stay in the log alone
            with suppress(StoreTrouble):
                self.checkpoint()
        return PageTaken(applied.aside, applied.skipped, applied.wrong)

    def take_back(self, runs: Sequence[Run]) -> int:
        """Put own facts that the centre gave back where they stand; how many were new here."""
        with self.rewriting() as work:
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

    def keep_reserve(self) -> None:
        """See that the file is there whose room lets sign-ins go on when the disk is full."""
        self._reserve.keep()

    def tell_gaps(self) -> int:
        """Name each gap of the journal in a fact, once; how many were told now."""
        with self._reading() as conn:
            rows = copies.untold_gaps(conn)
        if not rows:
            return 0
        with self.begin() as work:
            for gap in rows:
                work.record(gap, actor="station")
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
        with self.rewriting() as work:
            return rebuild(work.conn)

    def fold_some(self) -> FoldProgress:
        """One small step of folding rows anew that a new program folds otherwise."""
        with self.rewriting() as work:
            return fold_some(work.conn)

    def backup_today(self, *, again: bool = False) -> Path | None:
        """Make and prove today's backup unless it exists; returns its path when made.

        With a clock that can't be believed it is always made: every day may look like the same."""
        folder, now = self._home / "backups", self._clock.now()
        day, sure = local_date(now.wall_ms).isoformat(), now.grade is ClockGrade.OK
        self.forget_in_copies()
        if is_plain(backup_path(folder, day)) and sure and not again:
            return None
        self.look_at_second_copy(at_start=False)
        self._copy.force()
        return make_backup(self._home / "station.db", folder, day)

    def speak_for(self, identity: WriterIdentity) -> None:
        """From the next segment on, facts are this station's."""
        self._journal.identity = identity

    def note_recovery(self, recovery: Recovery) -> None:
        """This store was rebuilt: its next segment says so."""
        self.recovery = recovery
        self._journal.reason = "recovered"

    def look_at_second_copy(
        self, newest: Sequence[StoredFact] = (), *, at_start: bool = True
    ) -> None:
        """Make up what the second copy lacks; see ``app.store.copies``."""
        with self._reading() as conn:
            self.copy_state = copies.make_up(
                conn, self._home, self._put_in_copy, newest, at_start=at_start
            )
        if self.copy_state.is_news and not self.copy_state.left:
            try:
                with self.begin() as work:
                    copies.note_whole(work.conn, self._home)
            except StoreTrouble as full:
                _log.info("that the second copy is whole was not noted: %s", full)

    def _put_in_copy(self, some: Sequence[StoredFact]) -> bool:
        """Whether they are in the copy and on the disk."""
        self._copy.append(some, self._month(), self._clock.now().mono_ms)
        self._copy.force()
        return not self._copy.failed

    def sync_second_copy(self) -> None:
        """Force the second copy to the disk."""
        self._copy.force()

    def close(self) -> None:
        """Second copy to disk, checkpoint, close, seal."""
        self._copy.close()
        if self._conn.closed:
            return
        try:
            run_alone(self._conn, _WHOLE_LOG)
        except (SQLAlchemyError, SqliteError) as failed:
            _log.warning("checkpoint at close failed: %s", failed)
        self._conn.close()
        self._engine.dispose()
        with suppress(OSError):  # without a seal the next start looks through the whole store
            put_seal(self._home / "station.db", self._checksum)

    def checkpoint(self) -> None:
        """Copy the log into the file while nobody waits, so that hardly any sign-in has to."""
        if self._logged and not self._disk_broke:
            self._logged = False
            self._run("PRAGMA wal_checkpoint(PASSIVE)")

    def _run(self, statement: str) -> None:
        try:
            run_alone(self._conn, statement)
        except (SQLAlchemyError, SqliteError) as failed:
            raise self._trouble(failed) from failed

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._reopen_if_broken()
        self._conn.info[READ_ONLY] = True
        try:
            with self._conn.begin():
                self._cache.follow(self._conn)
                yield self._conn
        except (SQLAlchemyError, SqliteError) as failed:
            raise self._trouble(failed) from failed
        finally:
            if not self._conn.closed:
                self._conn.info[READ_ONLY] = False

    def _trouble(self, failed: Exception) -> UserError:
        """What to say; after an error of the disk itself nothing in memory is believed any more."""
        self._disk_broke = self._disk_broke or is_broken_disk(failed)
        trouble = trouble_of(failed, self._home)
        if trouble.key == "trouble.store_full":
            self._reserve.give_way()
            keep_log_short(self._conn)
        return trouble

    def _reopen_if_broken(self) -> None:
        """A flush that failed may have lost what it was for, and says so only once: so the file is
        opened anew, what is in it counts, and the next fact begins a segment."""
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
            raise trouble_of(failed, self._home) from failed
        self._journal.begin_anew()
        self._held = None
        self._cache = StoreCache()
        self._disk_broke = False
        self._unproven = True

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
        """Take from the copies what was erased here; each start and quiet time tries again."""
        with self._reading() as conn:
            left = erasing.left_in_copies(conn)
        if not left.people:
            return
        self._copy.close()
        try:
            run_alone(self._conn, "VACUUM")  # older programs did not overwrite what they deleted
            run_alone(self._conn, _WHOLE_LOG)
            erasing.forget_in_copies(self._home, left)
            with self.rewriting() as work:
                erasing.copies_forgot(work.conn, left.people)
        except (OSError, SQLAlchemyError, SqliteError, UserError) as failed:
            _log.error("a copy still holds what is to be forgotten: %s", type(failed).__name__)
