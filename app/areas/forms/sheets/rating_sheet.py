"""The rating sheet of a lecture (d-11): five items of 20 points each, filled in without a name."""

from __future__ import annotations

from app.areas.forms.form import Align, Form, FormCell, FormColumn, FormField, FormTable, Say
from app.areas.forms.held import FormSession
from app.areas.forms.sheets.columns import head_of
from app.areas.ratings.tally import ITEM_POINTS, LECTURE_ITEMS, LEVELS, RatingSheet

NAME = "rating_sheet"


def rating_sheet(say: Say, site: str, session: FormSession) -> Form:
    """An empty sheet for one session; whoever gathers them counts by the levels at its foot."""
    title = say("form.rating_sheet")
    points = FormColumn("points", say("form.rating.points"), 34.0, Align.MIDDLE)
    item = FormColumn("item", say("form.rating.item"), 70.0, is_strong=True)
    most = FormColumn("most", say("form.rating.most"), 30.0, Align.MIDDLE)
    rows = tuple(
        (FormCell(say(f"rating.item.{one}")), FormCell(ITEM_POINTS), FormCell())
        for one in LECTURE_ITEMS
    )
    total = (
        FormCell(say("form.rating.total")),
        FormCell(ITEM_POINTS * len(LECTURE_ITEMS)),
        FormCell(),
    )
    levels = "  ".join(
        say(f"rating.level.{RatingSheet.LECTURE}.{one}") + " □" for one in range(1, LEVELS + 1)
    )
    taught = "、".join(dict.fromkeys(one.name for one in session.lectures if one.name))
    return Form(
        name=NAME,
        title=title,
        file_name=f"{title} {session.title} {session.day}",
        head=(
            *head_of(say, ("site", site, 8), ("day", session.day, 4)),
            FormField("title", say("form.rating.title"), FormCell(session.title), 8),
            FormField("lecturer", say("form.rating.lecturer"), FormCell(taught or None), 4),
        ),
        parts=(FormTable("items", (item, most, points), rows, total),),
        note=f"{levels}  {say('rating.ask_note_paper')}",
    )
