"""The secretary's list of whom to visit (domain i-6): members not seen for four months and more.

It is for the secretary alone; by name, and whoever is frail stands apart without an alarm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.areas.absence.absence import Absence
from app.areas.forms.form import Form, FormCell, FormTable, Say
from app.areas.forms.sheets.columns import columns_of, head_of
from app.areas.forms.sheets.words_of import day_of
from app.areas.people.person import Person

NAME = "visit_list"
_COLUMNS = (
    ("name", 28.0, "s"),
    ("group", 24.0, "l"),
    ("phone", 22.0, ""),
    ("last_seen", 34.0, ""),
    ("months", 14.0, ""),
    ("visited_on", 24.0, ""),
    ("how_it_was", 50.0, ""),
    ("signature", 26.0, ""),
)


def visit_list(
    say: Say, site: str, day: str, unseen: Iterable[Absence], people: Mapping[str, Person]
) -> Form:
    """The list of a day, by name."""
    told = [one for one in unseen if one.alarm and one.person in people]
    told.sort(key=lambda one: (people[one.person].name, one.person))
    title = say("form.visit_list")
    return Form(
        name=NAME,
        title=title,
        file_name=f"{title} {site} {day}",
        head=head_of(say, ("site", site, 6), ("day", day_of(say, day), 3), ("count", len(told), 3)),
        parts=(
            FormTable(
                "people",
                columns_of(say, _COLUMNS),
                tuple(_row(say, one, people[one.person]) for one in told),
                empty=say("form.nobody_unseen"),
            ),
        ),
        signatures=(say("form.sign.secretary"), say("paper.sign.day")),
        note=say("form.visit_note"),
        is_wide=True,
    )


def _row(say: Say, one: Absence, who: Person) -> tuple[FormCell, ...]:
    behind = (one.session,) if one.session else ()
    seen = day_of(say, one.since) if one.session and one.since else say("form.never_seen")
    phone = f"****{who.phone_tail}" if who.phone_tail else None
    told = (who.name, who.group or None, phone, seen, one.months)
    return (*(FormCell(value, behind) for value in told), FormCell(), FormCell(), FormCell())
