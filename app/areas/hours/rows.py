"""Questions of the ledgers: session lines, whole records of sessions, and when the PC was on."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from app.areas.catalogue.rows import CatalogueRows
from app.areas.catalogue.values import Approval
from app.areas.hours.session_lines import SessionLine, with_approvals
from app.areas.playback.record import PLAYS
from app.areas.running.running import PowerOn
from app.areas.sessions.fold import fold_session
from app.areas.sessions.record import SESSIONS
from app.areas.sessions.report import SessionRecord
from app.areas.sessions.session import Step
from app.domain.clock_correction import correct
from app.domain.decoded_fact import in_line_order
from app.domain.fact_kinds import KIND_OF
from app.domain.facts import StoreRecovered
from app.domain.ids import SessionId
from app.domain.time import ClockGrade
from app.store.line_clocks import inputs_of
from app.store.prepared import Prepared
from app.store.projected_tables import session_lines, sessions
from app.store.projecting import facts_of
from app.store.tables import facts, segments
from app.wire.fact_bytes import read_fact

_OF_SESSION = ("kind", "title", "units", "training_class", "campaign", "plan")
_LINES = select(session_lines, *(sessions.c[name] for name in _OF_SESSION)).join(
    sessions, sessions.c.id == session_lines.c.session
)
_IN_ORDER = (session_lines.c.day, session_lines.c.from_ms, session_lines.c.session)
_BETWEEN = session_lines.c.day.between(bindparam("first"), bindparam("last"))
_ALL = Prepared(_LINES.where(_BETWEEN).order_by(*_IN_ORDER, session_lines.c.person))
_OF_PERSON = Prepared(
    _LINES.where(session_lines.c.person == bindparam("who"), _BETWEEN).order_by(*_IN_ORDER)
)
_OVER = Prepared(
    select(sessions.c.id)
    .where(or_(*(sessions.c.step == one.value for one in (Step.CLOSED, Step.NOT_HELD))))
    .where(
        func.coalesce(
            sessions.c.held_from_ms,
            sessions.c.opened_ms,
            sessions.c.not_held_ms,
            sessions.c.prepared_ms,
        ).between(bindparam("first"), bindparam("last"))
    )
    .order_by(sessions.c.prepared_ms, sessions.c.id)
)
_last = facts.alias()
_ENDS = Prepared(
    select(segments.c.id, segments.c.boot, facts.c.bytes, _last.c.bytes.label("last"))
    .join(facts, and_(facts.c.segment_no == segments.c.no, facts.c.n == 1))
    .join(_last, and_(_last.c.segment_no == segments.c.no, _last.c.n == segments.c.last_n))
    .order_by(segments.c.ordinal, segments.c.id)
)
_MENDED = Prepared(
    select(segments.c.id, segments.c.boot, facts.c.bytes)
    .join(segments, segments.c.no == facts.c.segment_no)
    .where(func.instr(facts.c.bytes, bindparam("kind")) > 0)
    .order_by(facts.c.seq)
)


class LedgerRows(CatalogueRows):
    """The part of a reading that the ledgers add up."""

    def session_lines(
        self, site: str, first: str = "", last: str = "9999-12-31", *, person: str = ""
    ) -> tuple[SessionLine, ...]:
        """Lines of closed sessions held from ``first`` to ``last`` (ISO dates), of everybody or of
        one person, in the order of their days; with what was said of those entered late."""
        chosen = {"first": first, "last": last}
        rows = (
            _OF_PERSON.all(self.conn, chosen | {"who": person})
            if person
            else _ALL.all(self.conn, chosen)
        )
        lines = tuple(_line(row, site) for row in rows)
        if not any(one.late_of for one in lines):
            return lines
        said = {one.id: one.state.value for one in self.listed(Approval)}
        return with_approvals(lines, said)

    def session_record(self, session: SessionId) -> SessionRecord | None:
        """All that the facts of a session say; None when it has none."""
        said = facts_of(self.conn, SESSIONS.name, session)
        if not said:
            return None
        for play in sorted({one.play for one in said if one.play is not None}):
            said += [one for one in facts_of(self.conn, PLAYS.name, play) if one.session is None]
        return fold_session(session, in_line_order(said), inputs_of(self.conn))

    def sessions_over(self, first_ms: int, last_ms: int) -> tuple[SessionRecord, ...]:
        """The records of sessions that were held, or said not to be, between two moments."""
        rows = _OVER.all(self.conn, {"first": first_ms, "last": last_ms})
        found = (self.session_record(SessionId(row.id)) for row in rows)
        return tuple(one for one in found if one is not None)

    def power_on(self, first_ms: int, last_ms: int) -> tuple[PowerOn, ...]:
        """When the program ran, as far as it began between two moments."""
        runs = (
            PowerOn(
                row.id, self._moment_of(row.boot, row.bytes), self._moment_of(row.boot, row.last)
            )
            for row in _ENDS.all(self.conn, {})
        )
        return tuple(
            PowerOn(one.segment, one.from_ms, max(one.to_ms, one.from_ms))
            for one in runs
            if first_ms <= one.from_ms <= last_ms
        )

    def mended(self, first_ms: int, last_ms: int) -> tuple[tuple[str, int], ...]:
        """In which segments a damaged store was mended, and when."""
        kind = KIND_OF[StoreRecovered]
        found = [
            (row.id, self._moment_of(row.boot, row.bytes))
            for row in _MENDED.all(self.conn, {"kind": f'"{kind}"'.encode()})
            if isinstance(read_fact(bytes(row.bytes)).fact, StoreRecovered)
        ]
        return tuple(one for one in found if first_ms <= one[1] <= last_ms)

    def _moment_of(self, boot: str, data: bytes) -> int:
        now = read_fact(bytes(data)).instant
        samples = self.cache.samples(self.conn, boot)
        unsure = now.grade is not ClockGrade.OK
        return correct(samples, now.wall_ms, now.mono_ms, unsure=unsure).at_ms


def _line(row: Any, site: str) -> SessionLine:
    return SessionLine(
        person=row.person,
        session=row.session,
        site=site,
        day=row.day,
        kind=row.kind,
        title=row.title,
        status=row.status,
        standpoint=row.standpoint,
        from_ms=row.from_ms,
        to_ms=row.to_ms,
        minutes=row.minutes,
        units=tuple(json.loads(row.units)),
        training_class=row.training_class,
        campaign=row.campaign,
        left_out=row.left_out,
        plan=row.plan or "",
        lessons=row.lessons,
        late_of=row.late_of,
    )
