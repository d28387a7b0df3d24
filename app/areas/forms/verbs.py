"""The books of a station: every form made out of its record, and old sessions page by page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.areas.forms.form import Form
from app.areas.forms.held import FormSession, of_view
from app.areas.forms.sheets.month_report import month_report
from app.areas.forms.sheets.session_record import session_record
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.areas.sessions.show import view_of
from app.areas.sessions.views import SessionView
from app.domain.errors import BadInput, NotFound
from app.domain.ids import SessionId
from app.domain.time import LOCAL, local_date, wall_ms_of
from app.usecases.tools import Tools
from app.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.reading import StoreReading

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class FormWish:
    """Which form of what; ``session`` an id, ``month`` as ``2026-11``."""

    name: str
    session: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True)
class Books:
    """What the page of books, and commands, ask for."""

    tools: Tools

    def form(self, wish: FormWish) -> Form:
        """One form.

        Raises:
            BadInput: it is not said of what.
            NotFound: there is no such session.
        """
        with self.tools.store.read() as reading:
            if wish.name in _OF_SESSION:
                if not wish.session:
                    raise BadInput("refusal.form_needs", options="--session")
                held = of_view(view_of(reading, SessionId(wish.session)))
                return _OF_SESSION[wish.name](say, reading.site_name(), held)
            found = _sessions_of(reading, wish.month)
            return _OF_MONTH[wish.name](say, reading.site_name(), wish.month, found)

    def shelf(self, month: str) -> tuple[Form, ...]:
        """The books of a month as they stand beside each other on the screen."""
        with self.tools.store.read() as reading:
            found, site = _sessions_of(reading, month), reading.site_name()
        return tuple(make(say, site, month, found) for make in _OF_MONTH.values())

    def of_month(self, month: str) -> tuple[Form, ...]:
        """A month's books: what is printed and put away at its end."""
        with self.tools.store.read() as reading:
            found = _sessions_of(reading, month)
            site = reading.site_name()
        books = [make(say, site, month, found) for make in _OF_MONTH.values()]
        for one in found:
            if one.is_held:
                books += [make(say, site, one) for make in _OF_SESSION.values()]
        return tuple(books)

    def months(self) -> tuple[str, ...]:
        """The months that have a book, newest first: from this one back to the first session's."""
        with self.tools.store.read() as reading:
            first = reading.first_held_ms()
        this = local_date(self.tools.clock.now().wall_ms)
        oldest = this if first is None else min(local_date(first), this)
        count = (this.year - oldest.year) * 12 + this.month - oldest.month + 1
        last = this.year * 12 + this.month - 1
        return tuple(f"{(last - n) // 12:04}-{(last - n) % 12 + 1:02}" for n in range(count))

    def behind(self, origin: tuple[str, ...]) -> tuple[SessionView, ...]:
        """The sessions behind a figure, those that are sessions of this station."""
        found = []
        with self.tools.store.read() as reading:
            for one in origin:
                try:
                    found.append(view_of(reading, SessionId(one)))
                except NotFound:
                    continue  # a person, or a session of elsewhere
        return tuple(found)


_OF_SESSION: dict[str, Callable[..., Form]] = {
    "sign_in_sheet": sign_in_sheet,
    "session_record": session_record,
}
_OF_MONTH: dict[str, Callable[..., Form]] = {"month_report": month_report}
NAMES = (*_OF_SESSION, *_OF_MONTH)
"""Every form the station makes."""


def month_span(month: str) -> tuple[int, int]:
    """The first moment of a month, and of the next.

    Raises:
        BadInput: it is no month.
    """
    if _MONTH.fullmatch(month) is None or month < "1970":
        raise BadInput("refusal.no_month", month=month)
    first = date.fromisoformat(f"{month}-01")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return _begin_ms(first), _begin_ms(after)


def _begin_ms(day: date) -> int:
    return wall_ms_of(datetime(day.year, day.month, day.day, tzinfo=LOCAL))


def _sessions_of(reading: StoreReading, month: str) -> tuple[FormSession, ...]:
    return tuple(
        of_view(view_of(reading, one.id)) for one in reading.sessions_between(*month_span(month))
    )
