"""The monthly report (d-8): the month in figures, by kind, and session by session."""

from __future__ import annotations

from collections.abc import Iterable

from app.areas.forms.form import (
    Align,
    Form,
    FormCell,
    FormColumn,
    FormField,
    FormTable,
    Say,
    figure,
    hours_of,
    percent,
)
from app.areas.forms.held import FormSession
from app.areas.forms.month import FIGURES, HeldMonth, figures_of, month_of_sessions
from app.areas.forms.sheets.words_of import month_of, short_day, span
from app.areas.sessions.kinds import SessionKind, kind_of

NAME = "month_report"
_SESSION_COLUMNS = (
    ("day", 20.0),
    ("time", 25.0),
    ("kind", 25.0),
    ("subject", 62.0),
    ("expected", 14.0),
    ("arrived", 14.0),
    ("on_leave", 14.0),
    ("absent", 14.0),
    ("visitors", 14.0),
    ("rate", 19.0),
    ("hours", 16.0),
    ("remark", 30.0),
)


def month_report(say: Say, site: str, month: str, sessions: Iterable[FormSession]) -> Form:
    """The report of one site and month (``2026-11``)."""
    found = month_of_sessions(sessions)
    return Form(
        name=NAME,
        title=say("form.month_report"),
        file_name=f"{say('form.month_report')} {site} {month}",
        head=(
            FormField("site", say("paper.head.site"), FormCell(site), 8),
            FormField("month", say("form.head.month"), FormCell(month_of(say, month)), 4),
        ),
        parts=(figures_table(say, (found,)), _by_kind(say, found), _sessions(say, found)),
        signatures=(say("form.sign.secretary"), say("paper.sign.writer"), say("paper.sign.day")),
        note=say("form.month_note"),
        is_wide=True,
    )


def figure_columns(say: Say) -> tuple[FormColumn, ...]:
    """The columns of a month's figures."""
    return tuple(
        FormColumn(key, say(f"form.figure.{key}"), 20.0, Align.MIDDLE) for key, _take in FIGURES
    )


def figures_table(say: Say, months: Iterable[HeldMonth]) -> FormTable:
    """The figures of a month in one line."""
    rows = tuple(figures_of(month) for month in months)
    title = say("form.part.figures")
    return FormTable("figures", figure_columns(say), rows, title=title, is_figures=True)


def _by_kind(say: Say, month: HeldMonth) -> FormTable:
    columns = tuple(
        FormColumn(key, say(f"form.figure.{key}"), width, align)
        for key, width, align in (
            ("kind", 60.0, Align.START),
            ("sessions", 30.0, Align.MIDDLE),
            ("attendances", 30.0, Align.MIDDLE),
            ("hours", 30.0, Align.MIDDLE),
        )
    )
    rows = []
    for kind in SessionKind:
        held = [one for one in month.held if kind_of(one.kind) is kind]
        if held:
            ids = tuple(one.id for one in held)
            rows.append(
                (
                    FormCell(say(f"session_kind.{kind.value}"), ids),
                    figure(len(held), *ids),
                    figure(sum(one.turnout.in_room for one in held), *ids),
                    figure(hours_of(sum(one.minutes for one in held)), *ids),
                )
            )
    return FormTable(
        "kinds", columns, tuple(rows), title=say("form.part.kinds"), empty=say("form.no_sessions")
    )


def _sessions(say: Say, month: HeldMonth) -> FormTable:
    columns = tuple(
        FormColumn(
            key,
            say(f"form.figure.{key}"),
            width,
            Align.START if key == "subject" else Align.MIDDLE,
            wraps=key == "subject",
        )
        for key, width in _SESSION_COLUMNS
    )
    lines = sorted((*month.held, *month.not_held), key=lambda one: (one.began_ms, one.id))
    return FormTable(
        "sessions",
        columns,
        tuple(_row(say, one) for one in lines),
        title=say("form.part.sessions"),
        empty=say("form.no_sessions"),
    )


def _row(say: Say, one: FormSession) -> tuple[FormCell, ...]:
    counts = one.turnout
    words = (
        short_day(say, one.day),
        span(one) if one.is_held else None,
        say(f"session_kind.{kind_of(one.kind).value}"),
        one.title,
    )
    figures = (
        (
            counts.expected,
            counts.arrived,
            counts.on_leave,
            counts.absent,
            counts.visitors,
            percent(counts.arrived, counts.expected),
            hours_of(one.minutes),
        )
        if one.is_held
        else (None,) * 7
    )
    return tuple(FormCell(value, (one.id,)) for value in (*words, *figures, _remark(say, one)))


def _remark(say: Say, one: FormSession) -> str | None:
    if one.not_held_reason is not None:
        return say("form.not_held", reason=say(f"not_held.{one.not_held_reason.value}"))
    if one.late is None:
        return None
    return say("form.entered_late", state=say(f"late_state.{one.late.value}"))
