"""The file of a class (d-10): what it is, the five checks, its lessons, and who has been through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.areas.catalogue.values import CHECKS, ClassCheck, ClassLesson, TrainingClass
from app.areas.classes.progress import ClassProgress
from app.areas.forms.form import Form, FormBoxes, FormCell, FormField, FormTable, Say, hours_of
from app.areas.forms.sheets.columns import columns_of, head_of
from app.areas.forms.sheets.words_of import short_day

NAME = "class_file"
_LESSONS = (
    ("day", 24.0, ""),
    ("start", 18.0, ""),
    ("hours", 16.0, ""),
    ("subject", 70.0, "w"),
    ("lecturer", 32.0, "l"),
)
_PEOPLE = (
    ("no", 14.0, ""),
    ("name", 46.0, "s"),
    ("planned", 24.0, ""),
    ("attended", 24.0, ""),
    ("pending", 30.0, ""),
    ("completed", 32.0, ""),
)


def class_file(
    say: Say, held: TrainingClass, progress: Iterable[ClassProgress], names: Mapping[str, str]
) -> Form:
    """The whole file; ``names`` tells of people and lecturers what they are called."""
    told = tuple(progress)
    title = say("form.class_file")
    return Form(
        name=NAME,
        title=title,
        file_name=f"{title} {held.name}",
        head=head_of(
            say,
            ("class", held.name, 8),
            ("batch", held.batch, 4),
            ("audience", held.audience, 8),
            ("form", say(f"form.class.{held.form.value}"), 4),
            ("organiser", held.organiser, 8),
            ("filing", say(f"form.filing.{held.filing.value}"), 4),
            ("venue", held.venue, 8),
            ("size", held.size or len(held.people), 4),
        ),
        parts=(
            FormBoxes("checks", _checks(say, held.checks), title=say("form.part.checks")),
            FormTable(
                "lessons",
                columns_of(say, _LESSONS),
                tuple(_lesson(say, one, names) for one in held.lessons),
                title=say("form.part.lessons"),
                empty=say("form.no_lessons"),
            ),
            FormTable(
                "people",
                columns_of(say, _PEOPLE),
                tuple(_person(say, at, one, names) for at, one in enumerate(told, 1)),
                title=say("form.part.progress"),
                empty=say("form.no_people"),
            ),
        ),
        signatures=(say("form.sign.organiser"), say("paper.sign.writer"), say("paper.sign.day")),
    )


def _checks(say: Say, ticked: Iterable[ClassCheck]) -> tuple[FormField, ...]:
    done = {one.check: one for one in ticked}
    return tuple(
        FormField(
            check,
            say(f"form.check.{check}"),
            FormCell(
                say("form.checked", by=done[check].by, day=done[check].day)
                if check in done
                else say("form.not_checked")
            ),
        )
        for check in CHECKS
    )


def _lesson(say: Say, one: ClassLesson, names: Mapping[str, str]) -> tuple[FormCell, ...]:
    lecturer = names.get(one.lecturer, one.lecturer) or None
    values = (short_day(say, one.day), one.start, hours_of(one.minutes), one.title, lecturer)
    return tuple(FormCell(value) for value in values)


def _person(
    say: Say, at: int, one: ClassProgress, names: Mapping[str, str]
) -> tuple[FormCell, ...]:
    behind = one.sessions
    done = say("form.complete" if one.is_complete else "form.not_complete")
    values = (at, names.get(one.person, ""), one.planned, len(behind), one.pending, done)
    return tuple(FormCell(value, behind) for value in values)
