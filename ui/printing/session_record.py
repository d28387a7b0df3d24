"""The session record: one session on one sheet, as the township keeps it in its book."""

from __future__ import annotations

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.sessions.activity_lines import activity_lines, titled
from app.areas.sessions.views import SessionView
from app.words import say
from ui.printing.paper import CENTRE, INNER_MM, MARGIN_MM, RIGHT, Paper
from ui.state.formatting import clock_time, long_day
from ui.state.play_lines import ended, shown_courses

_LABEL_MM = 34.0
_PAD_MM = 2.0
_LAST_Y_MM = 258.0
_LOWEST_MM = 272.0
_ROW_MM = 11.0
_ROOM_TO_WRITE_MM = {"paper.record.discussion": 44.0, "paper.record.feedback": 34.0}
"""At least so high, because what is missing is added by hand."""


def draw_session_record(paper: Paper, site: str, view: SessionView) -> None:
    """Draw the record; long lists of names go on with the next page."""
    paper.text(
        (MARGIN_MM, 14, INNER_MM, 12), say("paper.session_record"), size=8, weight=700, align=CENTRE
    )
    y = 34.0
    for key, words in _lines(site, view):
        y = _line(paper, y, key, words)
    _signatures(paper, max(y + 6, _LAST_Y_MM))
    code = say("paper.code", code=view.code) if view.code else say("paper.not_closed")
    paper.text((MARGIN_MM, 281, INNER_MM, 6), code, size=3.6, align=RIGHT, weight=700)


def _lines(site: str, view: SessionView) -> tuple[tuple[str, str], ...]:
    session, turnout = view.session, view.turnout
    began = session.began_ms
    ended = "" if session.over_ms is None else f"–{clock_time(session.over_ms)}"
    done = activity_lines(view)
    counts = say(
        "paper.counts",
        expected=turnout.expected,
        arrived=turnout.arrived,
        on_leave=turnout.on_leave,
        visitors=turnout.visitors,
    )
    return (
        ("paper.record.site", site),
        ("paper.record.when", f"{long_day(began)} {clock_time(began)}{ended}"),
        ("paper.record.subject", titled(session)),
        ("paper.record.courses", _courses(view)),
        *((("paper.record.done", "\n".join(done)),) if done else ()),
        ("paper.record.people", counts),
        ("paper.record.on_leave", _names(view, Status.ON_LEAVE)),
        ("paper.record.absent", _names(view, Status.ABSENT)),
        ("paper.record.visitors", _visitors(view)),
        ("paper.record.discussion", "\n".join(view.written)),
        ("paper.record.feedback", ""),
    )


def _courses(view: SessionView) -> str:
    return "\n".join(
        say("paper.record.course", title=title, percent=one.coverage_percent, outcome=ended(one))
        for title, one in shown_courses(view.plays)
    )


def _names(view: SessionView, status: Status) -> str:
    found = [
        card.name
        for card in view.cards
        if card.status is status and card.standpoint is RosterStatus.EXPECTED
    ]
    return say("paper.comma").join(found) or say("paper.none")


def _visitors(view: SessionView) -> str:
    found = [card.name for card in view.cards if card.standpoint is RosterStatus.VISITOR]
    return say("paper.comma").join(found) or say("paper.none")


def _line(paper: Paper, y: float, key: str, words: str) -> float:
    """One row of the form, as high as its words need; the place below it."""
    room = INNER_MM - _LABEL_MM - 2 * _PAD_MM
    taken = paper.height_of(words, room, size=4.4)
    height = max(taken + 2 * _PAD_MM, _ROOM_TO_WRITE_MM.get(key, _ROW_MM))
    if y + height > _LOWEST_MM:
        paper.new_page()
        y = MARGIN_MM
    paper.frame((MARGIN_MM, y, _LABEL_MM, height), tint=True)
    paper.text(
        (MARGIN_MM + 1, y, _LABEL_MM - 2, height), say(key), size=4.4, weight=700, align=CENTRE
    )
    paper.frame((MARGIN_MM + _LABEL_MM, y, INNER_MM - _LABEL_MM, height))
    above = _PAD_MM if key in _ROOM_TO_WRITE_MM else (height - taken) / 2
    box = (MARGIN_MM + _LABEL_MM + _PAD_MM, y + above, room, height - above)
    paper.paragraph(box, words, size=4.4)
    return y + height


def _signatures(paper: Paper, y: float) -> None:
    if y > 270:
        paper.new_page()
        y = 40.0
    third = INNER_MM / 3
    for place, key in enumerate(("paper.sign.host", "paper.sign.writer", "paper.sign.day")):
        paper.text((MARGIN_MM + place * third, y, third - 4, 8), say(key), size=4.4)
