"""The feedback book (d-3): needs and opinions noted in the month's sessions, and how each was met."""

from __future__ import annotations

from collections.abc import Iterable

from app.areas.forms.form import Form, FormCell, FormTable, Say
from app.areas.forms.held import FormSession, once_each
from app.areas.forms.sheets.columns import columns_of, head_of
from app.areas.forms.sheets.words_of import month_of, short_day

NAME = "feedback"
_COLUMNS = (
    ("day", 22.0, ""),
    ("subject", 42.0, "l"),
    ("note", 64.0, "w"),
    ("from_whom", 22.0, ""),
    ("handled", 30.0, ""),
)
_BLANK_LINES = 6
"""Lines to be filled in by hand."""


def feedback(say: Say, site: str, month: str, sessions: Iterable[FormSession]) -> Form:
    """The feedback of one site and month."""
    told = sorted(once_each(tuple(sessions)), key=lambda one: (one.began_ms, one.id))
    rows = [
        tuple(FormCell(value, (one.id,)) for value in (short_day(say, one.day), one.title, note))
        + (FormCell(), FormCell())
        for one in told
        if one.is_held
        for note in one.notes
    ]
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
