"""The county's month (d-8 and the columns of Beijing's bulletin): every site in one line.

By name, never by figure: it is a table to look things up in, no order of sites.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

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
from app.areas.forms.month import HeldMonth, figures_of, month_of_sessions
from app.areas.forms.sheets.month_report import figure_columns
from app.areas.forms.sheets.words_of import month_of

NAME = "bulletin"


class _SiteFigures(Protocol):
    """What one site recorded in the month."""

    @property
    def site(self) -> str:
        """Its id."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def sessions(self) -> tuple[FormSession, ...]:
        """Its sessions of the month."""


def bulletin(say: Say, month: str, sites: Iterable[_SiteFigures]) -> Form:
    """The month of all sites, and the county's sums."""
    told = [(one, month_of_sessions(one.sessions)) for one in sites]
    columns = (
        FormColumn("site", say("form.figure.site"), 52.0),
        *figure_columns(say),
        FormColumn("evaluation", say("form.figure.evaluation"), 20.0, Align.MIDDLE),
    )
    rows = tuple(
        (FormCell(one.name, (one.site,)), *figures_of(found), FormCell()) for one, found in told
    )
    together = HeldMonth(
        tuple(one for _site, found in told for one in found.held),
        tuple(one for _site, found in told for one in found.not_held),
        tuple(one for _site, found in told for one in found.returned),
    )
    silent = [one.name for one, found in told if not found.held and not found.not_held]
    active = sum(bool(found.held) for _site, found in told)
    average = hours_of(together.minutes // len(told)) if told else None
    return Form(
        name=NAME,
        title=say("form.bulletin"),
        file_name=f"{say('form.bulletin')} {month}",
        head=(
            FormField("month", say("form.head.month"), FormCell(month_of(say, month)), 3),
            FormField("sites", say("form.head.sites"), figure(len(told)), 2),
            FormField("share", say("form.head.share"), figure(percent(active, len(told))), 2),
            FormField("average", say("form.head.average"), figure(average), 2),
            FormField("silent", say("form.head.silent"), figure(len(silent)), 3),
        ),
        parts=(
            FormTable(
                "sites",
                columns,
                rows,
                total=(FormCell(say("form.total")), *figures_of(together), FormCell()),
            ),
        ),
        signatures=(say("paper.sign.writer"), say("paper.sign.day")),
        note=say("form.bulletin_note"),
        is_wide=True,
    )
