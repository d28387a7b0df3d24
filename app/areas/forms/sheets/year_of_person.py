"""One person's year of learning (domain a 1.12): evidence for the annual review, and no score."""

from __future__ import annotations

from app.areas.forms.form import Align, Form, FormCell, FormColumn, FormTable, Say, hours_of
from app.areas.forms.sheets.columns import columns_of, head_of
from app.areas.forms.sheets.words_of import short_day
from app.areas.hours.hours import CountedSession
from app.areas.sessions.kinds import kind_of
from app.areas.yearly.yearly import YearlySheet
from app.domain.values import dataclass

NAME = "year_of_person"
_COLUMNS = (
    ("day", 22.0, ""),
    ("subject", 66.0, "w"),
    ("kind", 28.0, ""),
    ("hours", 16.0, ""),
    ("counted", 18.0, ""),
    ("remark", 30.0, "w"),
)


@dataclass(frozen=True, slots=True)
class YearSheetPerson:
    """Whose sheet it is."""

    site: str
    name: str
    branch: str = ""


def year_of_person(say: Say, whose: YearSheetPerson, sheet: YearlySheet) -> Form:
    """The year's sheet of one person."""
    account = sheet.hours
    counted = tuple(one.session for one in account.sessions if one.counted)
    elsewhere = tuple(one.session for one in account.sessions if one.site_name and one.counted)
    figures: tuple[tuple[str, FormCell], ...] = (
        ("credit_hours", FormCell(hours_of(account.minutes), counted)),
        ("target", FormCell(hours_of(account.target))),
        ("missing", FormCell(hours_of(account.missing))),
        ("elsewhere", FormCell(hours_of(account.elsewhere), elsewhere)),
        ("expected", FormCell(len(sheet.expected), sheet.expected)),
        ("attended", FormCell(len(sheet.attended), sheet.attended)),
        ("on_leave", FormCell(len(sheet.on_leave), sheet.on_leave)),
        ("absent", FormCell(len(sheet.absent), sheet.absent)),
        ("lessons", FormCell(len(sheet.lessons), sheet.lessons)),
        ("practice", FormCell(len(sheet.practice), sheet.practice)),
        ("visits", FormCell(len(sheet.visits), sheet.visits)),
        ("pending", FormCell(len(sheet.pending), sheet.pending)),
    )
    columns = tuple(
        FormColumn(key, say(f"form.figure.{key}"), 15.0, Align.MIDDLE) for key, _cell in figures
    )
    title = say("form.year_of_person")
    return Form(
        name=NAME,
        title=title,
        file_name=f"{title} {whose.name} {sheet.year}",
        head=head_of(
            say,
            ("person", whose.name, 4),
            ("year", sheet.year, 4),
            ("branch", whose.branch, 4),
            ("site", whose.site, 12),
        ),
        parts=(
            FormTable(
                "figures",
                columns,
                (tuple(cell for _key, cell in figures),),
                title=say("form.part.year"),
                is_figures=True,
            ),
            FormTable(
                "sessions",
                columns_of(say, _COLUMNS),
                tuple(_row(say, one) for one in account.sessions),
                title=say("form.part.sessions"),
                empty=say("form.no_sessions"),
            ),
        ),
        signatures=(say("form.sign.person"), say("form.sign.secretary"), say("paper.sign.day")),
        note=say("form.year_note"),
    )


def _row(say: Say, one: CountedSession) -> tuple[FormCell, ...]:
    remarks = [
        one.site_name,
        say("late_state.pending") if one.is_pending else "",
        say(f"form.not_counted.{one.why_not}") if one.why_not else "",
    ]
    values = (
        short_day(say, one.day),
        one.title,
        say(f"session_kind.{kind_of(one.kind).value}"),
        hours_of(one.minutes),
        hours_of(one.counted),
        say("paper.comma").join(word for word in remarks if word) or None,
    )
    return tuple(FormCell(value, (one.session,)) for value in values)
