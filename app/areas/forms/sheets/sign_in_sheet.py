"""The sign-in sheet (d-2): who was expected, who came and when, and room to sign by hand."""

from __future__ import annotations

from app.areas.attendance.marks import RosterStatus
from app.areas.forms.form import (
    Align,
    Form,
    FormCell,
    FormColumn,
    FormField,
    FormTable,
    Say,
    figure,
)
from app.areas.forms.held import FormSession, ListedOne
from app.areas.forms.sheets.words_of import clock_time, when
from app.areas.sessions.kinds import SessionKind, kind_of

NAME = "sign_in_sheet"
_WIDTHS = (
    ("no", 12.0, Align.MIDDLE),
    ("name", 44.0, Align.START),
    ("group", 34.0, Align.START),
    ("state", 26.0, Align.MIDDLE),
    ("time", 20.0, Align.MIDDLE),
    ("signature", 44.0, Align.MIDDLE),
)


def sign_in_sheet(say: Say, site: str, session: FormSession, *, only_here: bool = False) -> Form:
    """The whole sheet; ``only_here`` leaves out who did not come."""
    listed = [
        one
        for one in session.people
        if (one.standpoint is RosterStatus.EXPECTED or one.came) and (one.came or not only_here)
    ]
    columns = tuple(
        FormColumn(key, say(f"paper.{key}"), width, align, is_strong=key == "name")
        for key, width, align in _WIDTHS
    )
    rows = tuple(_row(say, place, one) for place, one in enumerate(listed, 1))
    return Form(
        name=NAME,
        title=say("paper.sign_in_sheet"),
        file_name=f"{say('paper.sign_in_sheet')} {session.title} {session.day}",
        head=_head(say, site, session),
        parts=(FormTable("people", columns, rows),),
        note=say("paper.sign_in_note") if session.code else say("paper.not_closed"),
    )


def _head(say: Say, site: str, session: FormSession) -> tuple[FormField, ...]:
    counts = session.turnout
    fields: tuple[tuple[str, FormCell, int], ...] = (
        ("site", FormCell(site), 7),
        ("when", FormCell(when(say, session)), 5),
        ("subject", FormCell(_subject(say, session)), 7),
        ("host", FormCell(), 5),
        ("expected", figure(counts.expected), 2),
        ("arrived", figure(counts.arrived), 2),
        ("on_leave", figure(counts.on_leave), 2),
        ("visitors", figure(counts.visitors), 1),
        ("code", FormCell(session.code or None), 5),
    )
    return tuple(
        FormField(key, say(f"paper.head.{key}"), cell, span, is_strong=key == "code")
        for key, cell, span in fields
        if key != "code" or session.code
    )


def _row(say: Say, place: int, one: ListedOne) -> tuple[FormCell, ...]:
    state = None if one.status is None else say(f"status.{one.status.value}")
    if one.standpoint is RosterStatus.VISITOR:
        state = say("standpoint.visitor")
    time = clock_time(one.at_ms) if one.came and one.at_ms is not None else None
    values = (place, one.name, one.group or None, state, time, None)
    return tuple(FormCell(value, (one.id,)) for value in values)


def _subject(say: Say, session: FormSession) -> str:
    """The title, with the kind before it unless that is the ordinary one or says the same."""
    kind = kind_of(session.kind)
    word = say(f"session_kind.{kind.value}")
    is_plain = kind is SessionKind.GROUP_SESSION or word in session.title
    return session.title if is_plain else f"{word} · {session.title}"
