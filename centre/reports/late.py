"""What was entered late and how each stands: whole sessions, and single marks of sessions held here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select

from app.areas.catalogue.values import Approval
from app.areas.sessions.approval import LateState, state_of_late_entry
from app.areas.sessions.report import SessionReport
from app.domain.values import dataclass
from app.wire.codec import read_row
from centre.approvals.reading import approvals_of
from centre.interpretation.on_demand import interpret_waiting
from centre.reports.sessions import late_state_of
from centre.service import Centre
from centre.sites import find_site
from centre.store.projection_tables import report_sessions
from centre.store.tables import people, sites


@dataclass(frozen=True, slots=True)
class ListedLate:
    """One late session, or (with a ``person``) one late entry; ``id`` is what is approved.

    ``decided_by`` and ``note`` are the word's, ``by`` and ``reason`` those of who wrote it down.
    """

    id: str
    site: str
    site_name: str
    session: str
    day: str
    kind: str
    title: str
    state: LateState
    people: int
    person: str = ""
    name: str = ""
    written_ms: int | None = None
    by: str = ""
    reason: str = ""
    decided_by: str = ""
    note: str = ""


def list_late(
    centre: Centre, *, site: str = "", state: LateState | None = None
) -> tuple[ListedLate, ...]:
    """All that was entered late, of one site (id or name) or of all, by day; of one state if asked.

    Raises:
        NotFound: there is no such site.
    """
    interpret_waiting(centre, site)
    with centre.store.reading() as tx:
        chosen = find_site(tx, site).id if site else ""
        body = report_sessions.c.body
        is_late = sa.or_(body.contains(b'"held_from_ms":'), body.contains(b'"status":"late_entry"'))
        query = (
            select(report_sessions.c.site, body, sites.c.name)
            .join(sites, sites.c.id == report_sessions.c.site)
            .where(is_late)
            .order_by(report_sessions.c.day, sites.c.name, report_sessions.c.session)
        )
        if chosen:
            query = query.where(report_sessions.c.site == chosen)
        words = approvals_of(tx, chosen)
        found = [one for row in tx.execute(query) for one in _listed(row, words)]
        named = sorted({one.person for one in found} - {""})
        who = select(people.c.id, people.c.name).where(people.c.id.in_(named))
        names = {row.id: row.name for row in tx.execute(who)}
    shown = (replace(one, name=names.get(one.person, one.name)) for one in found)
    return tuple(one for one in shown if state is None or one.state is state)


def _listed(row: Any, words: Mapping[str, Approval]) -> Iterator[ListedLate]:
    """A late session as one line, the late entries of another as one each."""
    told = read_row(row.body, SessionReport)
    state, late = late_state_of(told, words), told.activities.late
    about = {"site": row.site, "site_name": row.name, "session": told.session, "day": told.day}
    about |= {"kind": told.kind, "title": told.title}
    if state is not None and late is not None:
        yield ListedLate(
            **about,
            **_word(words.get(told.session)),
            id=told.session,
            state=state,
            people=told.turnout.in_room,
            written_ms=late.written_ms,
            by=late.by,
            reason=late.reason,
        )
    for one in told.people:
        if one.late_mark:
            yield ListedLate(
                **about,
                **_word(words.get(one.late_mark)),
                id=one.late_mark,
                state=state_of_late_entry(words.get(one.late_mark)),
                people=1,
                person=one.person,
                name=one.visitor_name,
                written_ms=one.at_ms,
                by=one.by,
            )


def _word(word: Approval | None) -> dict[str, str]:
    return {} if word is None else {"decided_by": word.by, "note": word.note}
