"""The feedback book (d-3): needs and opinions noted in the month's sessions or told as cases, from
whom, and how each was met."""

from __future__ import annotations

from collections.abc import Iterable

from app.areas.cases.machine import CaseRecord
from app.areas.forms.form import Form, FormCell, FormTable, Say
from app.areas.forms.held import FormSession, once_each
from app.areas.forms.sheets.columns import columns_of, head_of
from app.areas.forms.sheets.words_of import month_of, short_day
from app.domain.time import local_date

NAME = "feedback"
CASE_KIND = "feedback"
"""What is told by somebody is a case of this kind (``app.areas.cases.declared``)."""
_COLUMNS = (
    ("day", 22.0, ""),
    ("subject", 42.0, "l"),
    ("note", 64.0, "w"),
    ("from_whom", 22.0, "l"),
    ("handled", 30.0, "w"),
)
_BLANK_LINES = 6
"""Lines to be filled in by hand."""


def feedback(
    say: Say,
    site: str,
    month: str,
    sessions: Iterable[FormSession],
    cases: Iterable[CaseRecord] = (),
) -> Form:
    """The feedback of one site and month; ``cases`` of any kind and time."""
    told = sorted(once_each(tuple(sessions)), key=lambda one: (one.began_ms, one.id))
    rows = [
        tuple(FormCell(value, (one.id,)) for value in (short_day(say, one.day), one.title, note))
        + (FormCell(), FormCell())
        for one in told
        if one.is_held
        for note in one.notes
    ]
    rows += [_told(say, one) for one in cases if _is_of(one, month)]
    blank = (FormCell(),) * len(_COLUMNS)
    title = say("form.feedback")
    return Form(
        name=NAME,
        title=title,
        file_name=f"{title} {site} {month}",
        head=head_of(say, ("site", site, 8), ("month", month_of(say, month), 4)),
        parts=(FormTable("notes", columns_of(say, _COLUMNS), (*rows, *(blank,) * _BLANK_LINES)),),
        signatures=(say("paper.sign.writer"), say("paper.sign.day")),
    )


def _is_of(one: CaseRecord, month: str) -> bool:
    is_told = one.kind == CASE_KIND and one.state != "withdrawn"
    return is_told and local_date(one.opened_ms).isoformat().startswith(month)


def _told(say: Say, one: CaseRecord) -> tuple[FormCell, ...]:
    """Who told it, and what came of it: the answer, else what was done, else how it stands."""
    handled = one.value("answer") or one.value("handled")
    return tuple(
        FormCell(value or None, (one.case,))
        for value in (
            short_day(say, local_date(one.opened_ms).isoformat()),
            say("cases.kind.feedback"),
            one.value("text"),
            one.value("from_whom"),
            handled or say(f"cases.state.feedback.{one.state}"),
        )
    )
