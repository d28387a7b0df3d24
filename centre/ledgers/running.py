"""The running books: a site's day by day, the county's as one line a site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, func, select

from app.areas.running.hints import HintKind
from app.areas.running.running import PowerOn, RunningDay, running_book
from app.areas.sessions.report import SessionReport
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import KIND_OF
from app.domain.facts import StoreRecovered
from app.domain.time import LOCAL, wall_ms_of
from app.domain.values import dataclass
from app.wire.codec import read_row
from app.wire.decode import decode_fact
from centre.interpretation.clock_samples import Clocks
from centre.interpretation.projections.sessions import stored_fact
from centre.ledgers.scope import LedgerScope, streamed
from centre.store.prepared import Prepared
from centre.store.projection_tables import report_sessions, session_sums
from centre.store.tables import facts, segments

_SAME_LISTS = timedelta(days=60)
"""How far back a list of names is compared."""
_ITS = and_(facts.c.station == segments.c.station, facts.c.segment == segments.c.segment)
_COUNTS = and_(
    segments.c.site == bindparam("site"), facts.c.site == bindparam("site"), ~facts.c.quarantined
)
_newest = (
    select(
        facts.c.station.label("of"), facts.c.segment.label("which"), func.max(facts.c.n).label("n")
    )
    .where(facts.c.site == bindparam("site"), ~facts.c.quarantined)
    .group_by(facts.c.station, facts.c.segment)
    .subquery()
)
_ENDS = Prepared(
    select(facts, segments.c.ordinal, segments.c.boot)
    .join(segments, _ITS)
    .join(_newest, and_(_newest.c.of == facts.c.station, _newest.c.which == facts.c.segment))
    .where(_COUNTS, (facts.c.n == 1) | (facts.c.n == _newest.c.n))
    .order_by(segments.c.ordinal, facts.c.segment, facts.c.n)
)
_MENDED = Prepared(
    select(facts, segments.c.ordinal, segments.c.boot)
    .join(segments, _ITS)
    .where(_COUNTS, facts.c.kind == KIND_OF[StoreRecovered])
    .order_by(facts.c.arrival)
)
_REPORTS = Prepared(
    select(report_sessions.c.body)
    .join(
        session_sums,
        and_(
            session_sums.c.site == report_sessions.c.site,
            session_sums.c.session == report_sessions.c.session,
        ),
    )
    .where(
        session_sums.c.site == bindparam("site"),
        session_sums.c.day.between(bindparam("first"), bindparam("last")),
    )
    .order_by(session_sums.c.from_ms, session_sums.c.session)
)
_MARKS = Prepared(
    select(session_sums.c.list_mark).where(
        session_sums.c.site == bindparam("site"),
        session_sums.c.day >= bindparam("first"),
        session_sums.c.day < bindparam("last"),
        session_sums.c.list_mark != "",
    )
)


def site_book(tx: Connection, scope: LedgerScope) -> tuple[RunningDay, ...]:
    """The running book of the scope's site: the very one its station writes."""
    values = {"site": scope.site, "first": scope.first, "last": scope.last}
    reports = [read_row(row.body, SessionReport) for row in _REPORTS.all(tx, values)]
    before = date.fromisoformat(scope.first) - _SAME_LISTS
    marks = _MARKS.all(tx, {**values, "first": before.isoformat(), "last": scope.first})
    ends = _decoded(tx, _ENDS, scope.site)
    mended = _decoded(tx, _MENDED, scope.site)
    clocks = Clocks.of(tx, {(one.station, one.boot) for one in (*ends, *mended)})
    from_ms, to_ms = span_ms(scope)
    runs: dict[str, tuple[int, int]] = {}
    for one in ends:
        at_ms = clocks.moment(one).at_ms
        first = runs.get(one.segment, (at_ms, at_ms))[0]
        runs[one.segment] = first, max(at_ms, first)
    return running_book(
        [PowerOn(segment, *run) for segment, run in runs.items() if from_ms <= run[0] <= to_ms],
        reports,
        [
            (one.segment, at_ms)
            for one in mended
            if from_ms <= (at_ms := clocks.moment(one).at_ms) <= to_ms
        ],
        [row.list_mark for row in marks],
    )


@dataclass(frozen=True, slots=True)
class SiteRunning:
    """What a site's book of a period comes to; nobody is judged by it."""

    site: str
    name: str
    held: int
    not_held: int
    minutes: int
    plays: int
    days: int
    """On how many days a session was held."""
    hints: tuple[tuple[str, int], ...]


def county_running(tx: Connection, scope: LedgerScope) -> Iterator[SiteRunning]:
    """One line a site, by name."""
    kinds = [one.value for one in HintKind if one is not HintKind.SAME_LIST]
    hints = ", ".join(
        f"SUM(CASE WHEN s.hints LIKE '%{kind}%' THEN 1 ELSE 0 END) AS {kind}" for kind in kinds
    )
    own = "AND t.id = :site" if scope.site else ""
    sql = f"""
SELECT t.id, t.name, SUM(CASE WHEN s.step = 'closed' THEN 1 ELSE 0 END) AS held,
  SUM(CASE WHEN s.step = 'not_held' THEN 1 ELSE 0 END) AS not_held,
  COALESCE(SUM(s.minutes), 0) AS minutes, COALESCE(SUM(s.plays), 0) AS plays,
  COUNT(DISTINCT CASE WHEN s.step = 'closed' THEN s.day END) AS days, {hints},
  SUM(CASE WHEN s.list_mark <> '' AND EXISTS (SELECT 1 FROM session_sums o
    WHERE o.site = s.site AND o.list_mark = s.list_mark AND o.session <> s.session
    AND o.from_ms <= s.from_ms AND o.from_ms >= s.from_ms - {_SAME_LISTS // timedelta(milliseconds=1)})
    THEN 1 ELSE 0 END) AS same_list
FROM sites t LEFT JOIN session_sums s ON s.site = t.id AND s.day BETWEEN :first AND :last
WHERE 1 = 1 {own} GROUP BY t.id, t.name ORDER BY t.name, t.id"""  # noqa: S608 - no part of it was typed in
    for row in streamed(tx, sql, scope.values):
        told = row._mapping
        yield SiteRunning(
            site=row.id,
            name=row.name,
            held=int(row.held),
            not_held=int(row.not_held),
            minutes=int(row.minutes),
            plays=int(row.plays),
            days=int(row.days),
            hints=tuple((one.value, int(told[one.value] or 0)) for one in HintKind),
        )


def span_ms(scope: LedgerScope) -> tuple[int, int]:
    """From the first moment of the scope's first day to the last of its last."""
    start = datetime.fromisoformat(scope.first).replace(tzinfo=LOCAL)
    end = datetime.fromisoformat(scope.last).replace(tzinfo=LOCAL) + timedelta(days=1)
    return wall_ms_of(start), wall_ms_of(end) - 1


def _decoded(tx: Connection, query: Prepared, site: str) -> list[DecodedFact]:
    read = (decode_fact(stored_fact(row)) for row in query.all(tx, {"site": site}))
    return [one for one in read if isinstance(one, DecodedFact)]
