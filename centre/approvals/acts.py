"""Approving or returning what was entered late; the published feed row is where the word is kept."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.areas.catalogue.values import Approval, ApprovalState
from app.areas.hours.session_lines import PENDING
from app.areas.sessions.report import SessionReport
from app.areas.sessions.session import Step
from app.domain import bounds
from app.domain.errors import BadInput, NotFound
from app.wire.codec import read_row, write_row
from app.wire.messages import Decision
from centre.approvals.reading import APPROVAL
from centre.decisions import ledger
from centre.decisions.ledger import Kind, decide
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import site_scope
from centre.interpretation.on_demand import interpret_waiting
from centre.interpretation.projections.lines import approve_lines
from centre.service import Centre
from centre.store.projection_tables import report_sessions
from centre.store.site_lock import lock_site


def say_word(centre: Centre, key: str, state: ApprovalState, by: str, note: str = "") -> Approval:
    """Approve or return a late session (its id) or a late entry (its mark); the newest word counts.

    Raises:
        BadInput: nobody says it, or it is returned without a reason.
        NotFound: nothing that was entered late and handed in has this id.
    """
    by, note = bounds.line(by, bounds.NAME), bounds.line(note, bounds.REASON)
    if not by:
        raise BadInput("centre.late_needs_by")
    if state is ApprovalState.RETURNED and not note:
        raise BadInput("centre.late_needs_note")
    interpret_waiting(centre, "")
    with centre.store.writing() as tx:
        site = _site_of(tx, key)
        lock_site(tx, site)
        word = Approval(key, state, by, centre.now_ms(), note)
        body = write_row(word)
        publish(tx, site_scope(site), (Row(APPROVAL, key, body),))
        approve_lines(tx, site, key, state.value)
        decide(tx, centre, Kind.LATE_DECIDED, key, site=site, values={"word": body.decode()})
        return word


def decide_again(tx: Connection, decision: Decision) -> None:
    """Publish the newest word about something late once more, in the caller's transaction."""
    last = ledger.newest(tx, decision.about, (Kind.LATE_DECIDED,)) or decision
    word = last.values.get("word", "").encode() or None
    publish(tx, site_scope(decision.site), (Row(APPROVAL, decision.about, word),))
    state = PENDING if word is None else read_row(word, Approval).state.value
    approve_lines(tx, decision.site, decision.about, state)


def _site_of(tx: Connection, key: str) -> str:
    """Where it was entered late and handed in."""
    named = report_sessions.c.session == key
    if len(key) == _HASH_LETTERS:
        named = report_sessions.c.body.contains(f'"late_mark":"{key}"'.encode())
    for row in tx.execute(select(report_sessions.c.site, report_sessions.c.body).where(named)):
        told = read_row(row.body, SessionReport)
        is_late = told.activities.late is not None and told.step is Step.CLOSED
        if is_late or any(one.late_mark == key for one in told.people):
            return str(row.site)
    raise NotFound("centre.no_late", id=key)


_HASH_LETTERS = 64
