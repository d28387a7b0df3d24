"""The session record (d-1): one session on one sheet, as the township's book wants it."""

from __future__ import annotations

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.forms.form import Form, FormBoxes, FormCell, FormField, Say
from app.areas.forms.held import FormSession
from app.areas.forms.sheets.words_of import joined, when
from app.areas.ratings.lines import rating_lines
from app.areas.sessions.kinds import kind_of

NAME = "session_record"
_ROOM_MM = {"discussion": 44.0, "feedback": 34.0}
"""At least so high, because what is missing is added by hand."""
_SIGNED = ("paper.sign.host", "paper.sign.writer", "paper.sign.day")


def session_record(say: Say, site: str, session: FormSession) -> Form:
    """The record of one session."""
    values = _values(say, site, session)
    fields = tuple(
        FormField(key, say(f"paper.record.{key}"), FormCell(words), room_mm=_ROOM_MM.get(key, 0))
        for key, words in values
    )
    code = say("paper.code", code=session.code) if session.code else say("paper.not_closed")
    return Form(
        name=NAME,
        title=say("paper.session_record"),
        file_name=f"{say('paper.session_record')} {session.title} {session.day}",
        head=(),
        parts=(FormBoxes("record", fields),),
        signatures=tuple(say(one) for one in _SIGNED),
        note=code,
        is_note_strong=True,
    )


def _values(say: Say, site: str, session: FormSession) -> tuple[tuple[str, str | None], ...]:
    counts = session.turnout
    people = say(
        "paper.counts",
        expected=counts.expected,
        arrived=counts.arrived,
        on_leave=counts.on_leave,
        visitors=counts.visitors,
    )
    courses = "\n".join(
        say(
            "paper.record.course",
            title=one.title,
            percent=one.percent,
            outcome=say(f"outcome.{one.ending}"),
        )
        for one in session.courses
    )
    place = (("place", session.place),) if session.place else ()
    return (
        ("site", site),
        ("when", when(say, session)),
        *place,
        ("kind", say(f"session_kind.{kind_of(session.kind).value}")),
        ("subject", session.title),
        *_lectures(say, session),
        ("courses", courses or None),
        ("people", people),
        ("on_leave", _named(say, session, Status.ON_LEAVE)),
        ("absent", _named(say, session, Status.ABSENT)),
        ("visitors", _visitors(say, session)),
        *((("rating", "\n".join(rating_lines(say, session.ratings))),) if session.ratings else ()),
        ("discussion", "\n".join(session.notes) or None),
        ("feedback", None),
    )


def _lectures(say: Say, session: FormSession) -> tuple[tuple[str, str], ...]:
    """Who spoke on what, and how long."""
    told = [
        say("form.lecture", name=one.name, topic=one.topic, minutes=one.minutes)
        for one in session.lectures
    ]
    return (("lectures", "\n".join(told)),) if told else ()


def _named(say: Say, session: FormSession, status: Status) -> str:
    return joined(
        say,
        (
            one.name
            for one in session.people
            if one.status is status and one.standpoint is RosterStatus.EXPECTED
        ),
    )


def _visitors(say: Say, session: FormSession) -> str:
    return joined(
        say, (one.name for one in session.people if one.standpoint is RosterStatus.VISITOR)
    )
