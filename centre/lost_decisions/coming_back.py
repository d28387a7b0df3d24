"""Decisions a station brings back: kept again, and carried out again before anything is published."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import Connection, select, update

from app.wire.messages import Decision
from centre.approvals.acts import decide_again as say_word_again
from centre.cases.acts import decide_again as decide_case_again
from centre.catalogue.acts import decide_again as put_row_again
from centre.courses.publishing import withdraw_again as withdraw_course_again
from centre.decisions import ledger
from centre.decisions.ledger import Kept, Kind
from centre.decisions.put_back import Sign, close_codes, note
from centre.erasing.erasing import erase_again
from centre.people.sameness import say_again as say_same_again
from centre.plans.planning import withdraw_again as withdraw_plan_again
from centre.policies.acts import decide_again as set_policy_again
from centre.service import Centre
from centre.stations.rights.ended import settle_station
from centre.store.decision_tables import decisions
from centre.store.tables import courses


class Outcome(StrEnum):
    """What became of a decision that came back."""

    DONE = "done"
    """It holds again."""
    LATER = "later"
    """What it is about is not known here yet; it is carried out as soon as it is."""
    AGAIN = "again"
    """A person has to decide it again."""


_ABOUT_STATIONS = (Kind.SHUT_OUT, Kind.LET_IN, Kind.REPLACED)


def take_back(tx: Connection, centre: Centre, found: Sequence[Kept]) -> int:
    """Keep and carry out, in the caller's transaction, what is not held here; how many those were."""
    fresh = ledger.not_held(tx, found)
    if not fresh:
        return 0
    now = centre.now_ms()
    ledger.keep(tx, fresh, came_back_ms=now)
    for one in fresh:
        outcome = _carry_out(tx, centre, one.decision)
        tx.execute(update(decisions).where(decisions.c.id == one.id).values(outcome=outcome.value))
    note(tx, Sign.DECISION, "", "", now)
    close_codes(tx, max(one.decision.at_ms for one in fresh), now)
    return len(fresh)


def _carry_out(tx: Connection, centre: Centre, decision: Decision) -> Outcome:
    kind = decision.kind
    if kind in _ABOUT_STATIONS:
        known = settle_station(tx, centre, decision.about)
        return Outcome.DONE if known else Outcome.LATER
    if kind == Kind.ERASED:
        erase_again(tx, centre, decision.about, decision.values.get("home", ""))
        return Outcome.DONE
    if kind in (Kind.COURSE_WITHDRAWN, Kind.COURSE_BACK):
        return _about_course(tx, decision.about)
    if kind == Kind.PLAN_WITHDRAWN:
        withdraw_plan_again(tx, decision.about, decision.values.get("reason", ""))
        return Outcome.DONE
    if kind in (Kind.CASE_MOVED, Kind.CASE_ORDER):
        decide_case_again(tx, centre, decision)
        return Outcome.DONE
    if kind == Kind.PERSON_SAME:
        say_same_again(tx, centre, decision)
        return Outcome.DONE
    if kind == Kind.POLICY:
        set_policy_again(tx, decision)
        return Outcome.DONE
    if kind == Kind.CATALOGUE and put_row_again(tx, decision):
        return Outcome.DONE
    if kind == Kind.LATE_DECIDED:
        say_word_again(tx, decision)
        return Outcome.DONE
    return Outcome.AGAIN


def _about_course(tx: Connection, course: str) -> Outcome:
    last = ledger.newest(tx, course, (Kind.COURSE_WITHDRAWN, Kind.COURSE_BACK))
    withdrawn = tx.scalar(select(courses.c.withdrawn).where(courses.c.id == course))
    if last is not None and last.kind == Kind.COURSE_WITHDRAWN:
        withdraw_course_again(tx, course)
        return Outcome.DONE
    return Outcome.AGAIN if withdrawn is None or withdrawn else Outcome.DONE
