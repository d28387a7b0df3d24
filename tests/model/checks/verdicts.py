"""Late or in time, said a second time and simply: by the time that is shown and the rule of the day."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.time import local_date
from centre.reports.sessions import ReportPerson, ReportSession
from tests.model.county.centre_side import GraceRule
from tests.model.county.ledger import Wrong

UNLESS_SET = GraceRule("", "", 15, "later")
_UNSURE = "unsure"
_ABOUT_MS = 60_000


def check_verdict(session: ReportSession, line: ReportPerson, rules: Sequence[GraceRule]) -> None:
    """Compare one person's status in a report with what the screen said and what follows now.

    Raises:
        Wrong: it is another one.
    """
    said = line.said_status or line.status
    right = {said or ""}
    if said in ("present", "late"):
        computed = _computed(session, line, rules)
        is_known = computed and _UNSURE not in (line.time_source, session.opened_time_source)
        right = computed if is_known else right | computed
    if line.status not in right:
        where = f"{line.person} in the report of {session.session}"
        raise Wrong(f"{where} is {line.status}, not {' or '.join(sorted(right))}")


def _computed(session: ReportSession, line: ReportPerson, rules: Sequence[GraceRule]) -> set[str]:
    """What follows from the shown times; an unsure opening may be unknown, or only look too young."""
    openings = {session.opened_ms}
    if session.opened_time_source == _UNSURE:
        openings |= {None}
    return {_by_rule(session, opened_ms, line.at_ms, rules) for opened_ms in openings} - {""}


def _by_rule(
    session: ReportSession, opened_ms: int | None, at_ms: int | None, rules: Sequence[GraceRule]
) -> str:
    starts = [one for one in (session.planned_start_ms, opened_ms) if one is not None]
    if not starts or at_ms is None:
        return ""
    if opened_ms is not None and at_ms < opened_ms - _ABOUT_MS:
        return ""
    rule = _rule_on(local_date(starts[0]).isoformat(), session.site, rules)
    start_ms = {"later": max(starts), "planned": starts[0], "opened": starts[-1]}[rule.counts_from]
    return "late" if at_ms > start_ms + rule.minutes * 60_000 else "present"


def _rule_on(day: str, site: str, rules: Sequence[GraceRule]) -> GraceRule:
    """Of the rules that are valid on a day the newest; a site's own goes before the county's."""
    valid = [one for one in rules if one.valid_from <= day and one.site in ("", site)]
    return max(valid, key=lambda one: (one.site != "", one.valid_from), default=UNLESS_SET)
