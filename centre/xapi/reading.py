"""The sessions of a period as statements, one session after another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, select

from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.fold import fold_plays
from app.areas.sessions.fold import fold_session
from app.areas.sessions.session import Step
from app.domain.decoded_fact import DecodedFact
from centre.approvals.reading import approvals_of
from centre.interpretation.projections.sessions import facts_told, inputs_for
from centre.ledgers.scope import LedgerScope
from centre.store.forgotten import erased_among
from centre.store.projection_tables import session_sums
from centre.store.tables import courses
from centre.xapi.statements import SessionStory, Statement, statements_of


def statements(tx: Connection, scope: LedgerScope, home: str) -> Iterator[Statement]:
    """Statements of all closed sessions of the scope, by day and site."""
    titles = {row.id: row.title for row in tx.execute(select(courses.c.id, courses.c.title))}
    query = select(session_sums.c.site, session_sums.c.session).where(
        session_sums.c.step == Step.CLOSED.value,
        session_sums.c.day.between(scope.first, scope.last),
    )
    if scope.site:
        query = query.where(session_sums.c.site == scope.site)
    order = (session_sums.c.day, session_sums.c.site, session_sums.c.session)
    for row in tx.execute(query.order_by(*order)).all():
        told = _told(tx, row.site, row.session, home, titles)
        if told is not None:
            yield from statements_of(told)


def _told(
    tx: Connection, site: str, session: str, home: str, titles: dict[str, str]
) -> SessionStory | None:
    said = facts_told(tx, site, session)
    if not said:
        return None
    inputs = inputs_for(tx, site, said)
    record = fold_session(session, said, inputs)
    plays: dict[str, list[DecodedFact]] = defaultdict(list)
    ends: dict[str, str] = {}
    for one in said:
        if isinstance(one.fact, PlaybackStarted | PlaybackEnded):
            plays[one.fact.play].append(one)
        if isinstance(one.fact, PlaybackEnded):
            ends.setdefault(one.fact.play, one.hash)
    people = {one.person for one in record.report.people}
    return SessionStory(
        home=home,
        site=site,
        record=record,
        plays=fold_plays(plays, inputs),
        ends=ends,
        titles=titles,
        erased=erased_among(tx, people),
        said={name: word.state.value for name, word in approvals_of(tx, site).items()},
    )
