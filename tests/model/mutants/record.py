"""Bugs in recording, sending, receiving and healing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

from msgspec.structs import replace as replaced
from sqlalchemy import insert, select, update

from app.domain.errors import UserError
from app.store import answers, feeds, outgoing, recovery, station_store, tables
from app.store.engine import READ_ONLY
from app.store.journal import Journal, SegmentTip
from app.store.placing import Placing
from app.store.projected_tables import notes
from app.store.station_store import StationStore
from app.store.work import StoreWork
from app.sync import http_link
from app.usecases import carry, exchange, sync_once
from app.wire.fact_bytes import read_fact
from app.wire.messages import FeedPage
from centre.intake import append_facts, exchanging
from centre.interpretation.projections import sessions as session_rows
from centre.service import Centre
from centre.store.engine import Store
from tests.model.mutants.planting import mutant, patch

# --- confirmations ----------------------------------------------------------------------


@mutant
def off_by_one_ack(ends: ExitStack) -> None:
    """The station believes one fact more confirmed than the receipt says."""
    true = outgoing._KEEP_RECEIPT  # noqa: SLF001 - planting a bug

    class OneMore:
        def run(self, conn: Any, values: dict[str, Any]) -> None:
            true.run(conn, values | {"upto_n": values["upto_n"] + 1})

    patch(ends, outgoing, "_KEEP_RECEIPT", OneMore())


@mutant
def ack_before_commit(ends: ExitStack) -> None:
    """The station says "done" and commits with the next unit of work."""

    def finish(store: Any) -> None:
        waiting = store.__dict__.pop("waiting", None)
        if waiting is not None:
            waiting[0].commit()
            store._after_commit(waiting[1])  # noqa: SLF001

    @contextmanager
    def begin(store: Any) -> Iterator[StoreWork]:
        finish(store)
        transaction = store._conn.begin()  # noqa: SLF001
        work = StoreWork(store._conn, store._journal)  # noqa: SLF001
        try:
            yield work
        except UserError:
            transaction.rollback()
            store._journal.rolled_back()  # noqa: SLF001
            raise
        store.waiting = (transaction, work)

    reading = StationStore._reading  # noqa: SLF001

    @contextmanager
    def amid(store: Any) -> Iterator[Any]:
        if "waiting" in store.__dict__:
            yield store._conn  # noqa: SLF001
            return
        with reading(store) as conn:
            yield conn
        store._conn.info[READ_ONLY] = False  # noqa: SLF001

    close = StationStore.close

    def tidy(store: Any) -> None:
        finish(store)
        close(store)

    patch(ends, StationStore, "begin", begin)
    patch(ends, StationStore, "_reading", amid)
    patch(ends, StationStore, "close", tidy)


@mutant
def centre_acks_before_commit(ends: ExitStack) -> None:
    """The centre answers, and now and then its transaction comes to nothing."""

    class Forgetful(Store):
        @contextmanager
        def writing(self, _on: Any = None) -> Iterator[Any]:
            with self.engine.connect() as tx, tx.begin() as transaction:
                yield tx
                transaction.rollback()

    keep, asked = exchanging._keep, [0]  # noqa: SLF001

    def forget(centre: Centre, *given: Any) -> Any:
        asked[0] += 1
        if asked[0] % 4:
            return keep(centre, *given)
        return keep(replace(centre, store=Forgetful(centre.store.engine)), *given)

    patch(ends, exchanging, "_keep", forget)


@mutant
def sent_is_delivered(ends: ExitStack) -> None:
    """What was sent counts as confirmed, as in the worst of the peers."""
    build = sync_once.build_request

    def believe(tools: Any, *given: Any, **named: Any) -> Any:
        request = build(tools, *given, **named)
        with tools.store.begin() as work:
            for run in request.runs:
                done = update(tables.segments).where(tables.segments.c.id == run.segment)
                work.conn.execute(done.values(acked_n=run.from_n + len(run.facts) - 1))
        return request

    patch(ends, sync_once, "build_request", believe)


@mutant
def receipt_without_hash_check(ends: ExitStack) -> None:
    """A receipt for another branch of a segment is believed."""

    def trust(conn: Any, receipt: Any, data: bytes, signature: bytes, **named: Any) -> bool:
        found = outgoing._SEGMENT.one(conn, {"segment": receipt.segment})  # noqa: SLF001
        if found is not None:
            values = {"of": found.no, "upto_n": receipt.upto_n, "data": data, "signed": signature}
            outgoing._KEEP_RECEIPT.run(conn, values)  # noqa: SLF001
        return found is not None

    patch(ends, outgoing, "accept_receipt", trust)


@mutant
def portal_trusted(ends: ExitStack) -> None:
    """Whoever answers is believed to be the centre."""
    patch(ends, http_link, "verifies", lambda *_: True)
    patch(ends, exchange, "verifies", lambda *_: True)


# --- segments and numbers ------------------------------------------------------------------


@mutant
def segment_reused_after_restart(ends: ExitStack) -> None:
    """A new process goes on with the last one's segment and numbers."""
    open_anew = Journal._open_segment  # noqa: SLF001

    def go_on(journal: Any, conn: Any) -> None:
        newest = select(tables.segments).order_by(tables.segments.c.no.desc()).limit(1)
        row = conn.execute(newest).one_or_none()
        if row is None:
            open_anew(journal, conn)
            return
        journal._tip = SegmentTip(row.no, row.id, row.last_n, row.last_hash, row.held_sum)  # noqa: SLF001

    patch(ends, Journal, "_open_segment", go_on)


@mutant
def tip_not_rolled_back(ends: ExitStack) -> None:
    """After a unit of work that failed the journal goes on after what was never stored."""
    patch(ends, Journal, "rolled_back", lambda _journal: None)


@mutant
def ignored_by_number(ends: ExitStack) -> None:
    """The centre passes over a fact when it has one of that number."""
    put = append_facts.insert_facts

    def shortened(tx: Any, batch: Any) -> Any:
        query = "SELECT n FROM facts WHERE station = ? AND segment = ?"
        there = set(tx.exec_driver_sql(query, (batch.station, batch.segment)).scalars())
        for place in range(len(batch.facts)):
            if batch.origin + place + 1 in there:
                return replace(batch, facts=batch.facts[:place], hashes=batch.hashes[:place])
        return batch

    def ignore(tx: Any, batches: Any, mark: int, **named: Any) -> Any:
        return put(tx, [shortened(tx, one) for one in batches], mark, **named)

    patch(ends, append_facts, "insert_facts", ignore)


@mutant
def fork_not_told(ends: ExitStack) -> None:
    """Two facts of one number are taken for nothing strange."""
    patch(ends, append_facts.Growth, "_first_doubled", lambda *_: None)


@mutant
def detached_for_ever(ends: ExitStack) -> None:
    """What came before its parent is never joined to it."""
    patch(ends, append_facts, "attach_after", lambda *_: ())


@mutant
def put_back_not_told(ends: ExitStack) -> None:
    """Nobody looks whether a segment goes on from an earlier place."""
    from centre.intake.segments import origins

    patch(ends, origins, "_flag", lambda *_: None)


# --- what heals ---------------------------------------------------------------------------------


@mutant
def second_copy_ignored(ends: ExitStack) -> None:
    """A lost store is rebuilt from backups alone."""
    patch(ends, recovery, "read_second_copy", lambda *_, **__: iter(()))


@mutant
def census_ignored(ends: ExitStack) -> None:
    """The centre never gives a station its own facts back."""
    compare = exchanging.compare

    def keep_all(*given: Any, **named: Any) -> Any:
        found = compare(*given, **named)
        return None if found is None else replace(found, returns=())

    patch(ends, exchanging, "compare", keep_all)


@mutant
def returned_not_shown(ends: ExitStack) -> None:
    """Own facts that come back change no rows."""

    def quietly(conn: Any, **_: bool) -> Placing:
        return Placing(conn, projecting=False)

    patch(ends, answers, "Placing", quietly)


@mutant
def returned_shown_twice(ends: ExitStack) -> None:
    """The notes of own facts that come back are put into the rows a second time."""
    take_back = station_store.answers.take_back

    def again(conn: Any, runs: Any) -> Any:
        back = take_back(conn, runs)
        for fact in back.facts:
            session = getattr(read_fact(fact.data).fact, "session", None)
            if session is not None:
                row = {"session": session, "place": 0, "text": "again"}
                conn.execute(insert(notes).values(row))
        return back

    patch(ends, answers, "take_back", again)


# --- feeds, payloads, time --------------------------------------------------------------------------


@mutant
def cursor_before_rows(ends: ExitStack) -> None:
    """A page's cursor is moved in a transaction of its own, before its rows."""
    apply = StationStore.apply_page

    def hasty(store: StationStore, page: FeedPage, granted: Sequence[str] = ()) -> Any:
        before = store.cursors((page.scope,))[page.scope]
        apply(store, replaced(page, rows=(), held=None, reset=False))
        with store.begin() as work:
            values = {"scope": page.scope, "rev": before, "rows": 0, "row_sum": bytes(16)}
            kept = work.conn.execute(select(tables.feed_cursors)).all()
            for row in kept:
                if row.scope == page.scope:
                    values |= {"rows": row.rows, "row_sum": row.row_sum}
            feeds._MOVE_CURSOR.run(work.conn, values)  # noqa: SLF001
            feeds.apply_page(work.conn, page)
        return apply(store, page, granted)

    patch(ends, StationStore, "apply_page", hasty)


@mutant
def page_without_its_rows(ends: ExitStack) -> None:
    """A page's first row gets lost on the way into the tables, and the cursor moves on."""
    apply = feeds._apply_row  # noqa: SLF001
    asked = [0]

    def lose(conn: Any, scope: str, row: Any) -> bool:
        asked[0] += 1
        return True if asked[0] % 3 == 0 else apply(conn, scope, row)

    patch(ends, feeds, "_apply_row", lose)


@mutant
def personal_dropped(ends: ExitStack) -> None:
    """What stands beside a fact does not arrive."""
    patch(ends, append_facts, "keep_personal", lambda *_, **__: None)


@mutant
def ordered_by_clock(ends: ExitStack) -> None:
    """The centre orders a session by what the stations' clocks said."""
    in_order = session_rows.in_line_order

    def by_clock(said: Any) -> Any:
        return tuple(sorted(in_order(said), key=lambda one: one.wall_ms))

    patch(ends, session_rows, "in_line_order", by_clock)


@mutant
def stick_is_delivery(ends: ExitStack) -> None:
    """What lies on a stick counts as confirmed."""
    build = carry.build_request

    def believe(tools: Any, *given: Any, **named: Any) -> Any:
        request = build(tools, *given, **named)
        with tools.store.begin() as work:
            for run in request.runs:
                done = update(tables.segments).where(tables.segments.c.id == run.segment)
                work.conn.execute(done.values(acked_n=run.from_n + len(run.facts) - 1))
        return request

    patch(ends, carry, "build_request", believe)
