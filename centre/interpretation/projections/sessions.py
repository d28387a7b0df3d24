"""Sessions with their plays: writing one session's report anew from all its facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Select, bindparam, delete, select

from app.areas.people.record import PEOPLE
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.sessions.fold import fold_session
from app.areas.sessions.report import SessionReport, Waiting
from app.domain.decoded_fact import DecodedFact, Reason, in_line_order
from app.domain.fact_kinds import KIND_OF
from app.domain.inputs import Inputs
from app.domain.line_order import follows
from app.wire.codec import write_row
from app.wire.decode import RawFact, decode_fact
from centre.interpretation.aliases import aliases_of
from centre.interpretation.clock_samples import Clocks
from centre.interpretation.decided import person_meant
from centre.interpretation.projections.lines import forget_lines, write_lines
from centre.interpretation.waiting import hold, replace_waiting
from centre.policies.reading import policies_of
from centre.store.forgotten import erased_among
from centre.store.prepared import Prepared
from centre.store.projection_tables import SESSIONS, fact_keys, held, report_sessions
from centre.store.tables import facts, people, segments

_ENDED = KIND_OF[PlaybackEnded]
_STARTED = KIND_OF[PlaybackStarted]
_COUNTS = sa.and_(facts.c.site == bindparam("site"), sa.not_(facts.c.quarantined))
_OF_SESSION = facts.c.session == bindparam("session")
_OF_PLAYS = facts.c.play.in_(bindparam("plays", expanding=True))


def counting(*chosen: sa.ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """Facts of a site that count, each with its segment's place and what was decided about it."""
    origin = sa.and_(segments.c.station == facts.c.station, segments.c.segment == facts.c.segment)
    decided = person_meant().label("person_is")
    return (
        select(facts, segments.c.ordinal, segments.c.boot, decided)
        .join(segments, origin)
        .where(_COUNTS, *chosen)
    )


_IN_SESSION = Prepared(counting(_OF_SESSION))
_ENDS_BESIDE = Prepared(counting(_OF_PLAYS, facts.c.session.is_(None)), lists=("plays",))
_ENDS = Prepared(select(facts).where(_COUNTS, _OF_PLAYS, facts.c.kind == _ENDED), lists=("plays",))
_STARTS = Prepared(
    select(facts.c.play).where(_COUNTS, _OF_PLAYS, facts.c.kind == _STARTED), lists=("plays",)
)
_NAMED: sa.BindParameter[str] = bindparam("named", expanding=True)
_KNOWN = Prepared(
    select(people.c.id).where(people.c.site == bindparam("site"), people.c.id.in_(_NAMED)),
    lists=("named",),
)
_PROPOSED = Prepared(
    select(fact_keys.c.key.label("id")).where(
        fact_keys.c.projection == bindparam("projection"),
        fact_keys.c.site == bindparam("site"),
        fact_keys.c.key.in_(_NAMED),
    ),
    lists=("named",),
)
"""Whom the site's stations propose."""
_PARENT = Prepared(
    select(segments.c.parent_segment, segments.c.parent_n, segments.c.opened_ms).where(
        segments.c.station == bindparam("station"), segments.c.segment == bindparam("segment")
    )
)


_NEWEST = Prepared(
    select(sa.func.max(facts.c.arrival).label("newest")).where(
        facts.c.site == bindparam("site"), _OF_SESSION
    )
)
_AFTER = Prepared(
    select(facts.c.site, facts.c.session)
    .where(
        facts.c.session.is_not(None),
        sa.tuple_(facts.c.site, facts.c.session)
        > sa.tuple_(bindparam("site", type_=sa.Text), bindparam("key", type_=sa.Text)),
    )
    .distinct()
    .order_by(facts.c.site, facts.c.session)
    .limit(bindparam("most"))
)
_WRITTEN = Prepared(
    sa.text(
        "INSERT INTO report_sessions (site, session, opened_ms, day, body) "
        "VALUES (:site, :session, :opened_ms, :day, :body) ON CONFLICT (site, session) DO UPDATE "
        "SET opened_ms = excluded.opened_ms, day = excluded.day, body = excluded.body "
        "WHERE report_sessions.body <> excluded.body OR report_sessions.day <> excluded.day"
    )
)
"""Nothing is written where nothing changed."""


def refold(tx: Connection, site: str, session: str, now_ms: int) -> None:
    """Replace the report of a session and its waiting facts, in the caller's transaction."""
    said = facts_told(tx, site, session)
    if not said:
        _forget_report(tx, site, session, now_ms)
        return
    record = fold_session(session, said, inputs_for(tx, site, said))
    replace_waiting(tx, site, SESSIONS, session, record.waiting, now_ms)
    _write_report(tx, site, record.report)
    write_lines(tx, site, record.report)


def facts_told(tx: Connection, site: str, session: str) -> tuple[DecodedFact, ...]:
    """All that counts of a session, in the order of the line."""
    return _without_what_was_erased(tx, in_line_order(_facts_of(tx, site, session)))


def inputs_for(tx: Connection, site: str, said: tuple[DecodedFact, ...]) -> Inputs:
    """What folding these facts of a site looks up."""
    clocks = Clocks.of(tx, {(one.station, one.boot) for one in said})
    known = known_people(tx, site, said)
    line = partial(follows, partial(_parent_of, tx))
    aliases = aliases_of(tx, site)
    known |= frozenset(aliases.values())
    return Inputs(clocks.moment, known.__contains__, line, policies_of(tx, site), aliases)


class SessionFold:
    """Sessions among the projections; the columns of ``facts`` tell which facts are a session's."""

    name = SESSIONS

    def keys_of(self, one: DecodedFact) -> tuple[str, ...]:
        """The session a fact names."""
        return () if one.session is None else (one.session,)

    def refold(self, tx: Connection, site: str, key: str, now_ms: int) -> None:
        """Replace the report of a session."""
        refold(tx, site, key, now_ms)

    def newest(self, tx: Connection, site: str, key: str) -> int | None:
        """The arrival of the newest fact of a session."""
        row = _NEWEST.one(tx, {"site": site, "session": key})
        return None if row is None else row.newest

    def keys_after(self, tx: Connection, site: str, key: str, limit: int) -> list[tuple[str, str]]:
        """The next (site, session) pairs after one, in order."""
        rows = _AFTER.all(tx, {"site": site, "key": key, "most": limit})
        return [(row.site, row.session) for row in rows]

    def count_keys(self, tx: Connection) -> int:
        """How many sessions there are."""
        pairs = select(facts.c.site, facts.c.session).where(facts.c.session.is_not(None))
        return int(tx.scalar(select(sa.func.count()).select_from(pairs.distinct().subquery())) or 0)


def _forget_report(tx: Connection, site: str, session: str, now_ms: int) -> None:
    """No fact of it counts any more: all were set apart."""
    own = (report_sessions.c.site == site, report_sessions.c.session == session)
    tx.execute(delete(report_sessions).where(*own))
    forget_lines(tx, site, session)
    replace_waiting(tx, site, SESSIONS, session, (), now_ms)


def line_of(tx: Connection, rows: Iterable[Any]) -> tuple[DecodedFact, ...]:
    """Rows of facts as they are folded: what could be read, in order."""
    return _without_what_was_erased(tx, in_line_order(_read(rows)))


def _parent_of(tx: Connection, station: str, segment: str) -> tuple[str, int] | None:
    row = _PARENT.one(tx, {"station": station, "segment": segment})
    if row is None or row.opened_ms is None:
        return None
    return row.parent_segment or "", row.parent_n or 0


def known_people(tx: Connection, site: str, said: Iterable[DecodedFact]) -> frozenset[str]:
    """Who of the people named in these facts is in the roster or proposed for it, or was until they
    were erased."""
    named = {one.person_is or str(getattr(one.fact, "person", "")) for one in said} - {""}
    if not named:
        return frozenset()
    known = {str(row.id) for row in _KNOWN.all(tx, {"site": site, "named": sorted(named)})}
    if left := sorted(named - known):
        asked = {"projection": PEOPLE.name, "site": site, "named": left}
        known |= {str(row.id) for row in _PROPOSED.all(tx, asked)}
    return frozenset(known) | erased_among(tx, named - known)


def _without_what_was_erased(
    tx: Connection, said: tuple[DecodedFact, ...]
) -> tuple[DecodedFact, ...]:
    """Nobody waits for the payload of somebody who was erased."""
    about = {
        one.hash: {one.person_is, str(getattr(one.fact, "person", ""))} - {""}
        for one in said
        if one.wanting is Reason.PAYLOAD_LACKING
    }
    erased = erased_among(tx, set().union(*about.values())) if about else frozenset()
    return tuple(
        replace(one, wanting=None) if about.get(one.hash, set()) & erased else one for one in said
    )


def hold_lonely_ends(tx: Connection, site: str, said: list[DecodedFact], now_ms: int) -> None:
    """Ends of plays whose start is not here wait for it; those that have it wait no longer."""
    started = {one.play for one in said if isinstance(one.fact, PlaybackStarted)}
    ended = {one.play: one for one in said if isinstance(one.fact, PlaybackEnded)}
    if started:
        tx.execute(
            delete(held).where(
                held.c.site == site,
                held.c.reason == Reason.UNKNOWN_PLAY.value,
                held.c.detail.in_(started),
            )
        )
    if not ended:
        return
    here = {
        row.play for row in _STARTS.all(tx, {"site": site, "plays": [one for one in ended if one]})
    }
    found = [one.arrival for play, one in ended.items() if play in here]
    alone = held.c.reason == Reason.UNKNOWN_PLAY.value
    if found:
        tx.execute(delete(held).where(held.c.arrival.in_(found), alone))
    lonely = (
        (Waiting(one.arrival, Reason.UNKNOWN_PLAY, play or ""), now_ms)
        for play, one in ended.items()
        if play not in here
    )
    hold(tx, site, SESSIONS, "", lonely)


def ends_of(tx: Connection, site: str, plays: set[str]) -> list[DecodedFact]:
    """The ends of these plays that count."""
    if not plays:
        return []
    return _read(_ENDS.all(tx, {"site": site, "plays": sorted(plays)}))


def stored_fact(row: Any) -> RawFact:
    """One row of ``facts``, with its segment's place beside it where that was asked."""
    return RawFact(
        arrival=row.arrival,
        hash=row.hash,
        segment=row.segment,
        n=row.n,
        data=row.bytes,
        personal=row.personal,
        station=row.station,
        ordinal=getattr(row, "ordinal", 0) or 0,
        boot=getattr(row, "boot", "") or "",
        person_is=getattr(row, "person_is", "") or "",
        arrived_ms=row.received_ms,
    )


def _facts_of(tx: Connection, site: str, session: str) -> list[DecodedFact]:
    """What names the session, and the ends of its plays: two questions, each by its own index."""
    said = _read(_IN_SESSION.all(tx, {"site": site, "session": session}))
    plays = {one.play for one in said if one.play is not None}
    if plays:
        said += _read(_ENDS_BESIDE.all(tx, {"site": site, "plays": sorted(plays)}))
    return [one for one in said if one.session in (session, None)]


def _read(rows: Iterable[Any]) -> list[DecodedFact]:
    found = (decode_fact(stored_fact(row)) for row in rows)
    return [one for one in found if isinstance(one, DecodedFact)]


def _write_report(tx: Connection, site: str, report: SessionReport) -> None:
    row = {
        "site": site,
        "session": report.session,
        "opened_ms": report.opened_ms,
        "day": report.day,
        "body": write_row(report),
    }
    _WRITTEN.run(tx, row)
