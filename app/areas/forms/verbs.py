"""The books of a station: every form made out of its record, and the sessions behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from app.areas.cases.verbs import Cases
from app.areas.catalogue.values import Lecturer
from app.areas.equipment.verbs import Equipment
from app.areas.forms.form import Form
from app.areas.forms.held import FormSession, of_view
from app.areas.forms.sheets.class_file import class_file
from app.areas.forms.sheets.equipment_list import StationMachine, equipment_list
from app.areas.forms.sheets.feedback import CASE_KIND, feedback
from app.areas.forms.sheets.month_report import month_report
from app.areas.forms.sheets.rating_sheet import rating_sheet
from app.areas.forms.sheets.running_record import running_record
from app.areas.forms.sheets.session_record import session_record
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.areas.forms.sheets.site_file import SiteFacts, site_file
from app.areas.forms.sheets.visit_list import visit_list
from app.areas.forms.sheets.year_of_person import YearSheetPerson, year_of_person
from app.areas.people.person import Person, PersonKind
from app.areas.sessions.show import view_of
from app.areas.sessions.views import SessionView
from app.domain.errors import BadInput, NotFound
from app.domain.ids import PersonId, SessionId
from app.domain.time import LOCAL, days_of_month, local_date, wall_ms_of
from app.domain.values import dataclass
from app.usecases.ledgers import Ledgers
from app.usecases.tools import Tools
from app.words import say

if TYPE_CHECKING:
    from app.store.reading import StoreReading

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class FormWish:
    """Which form of what: ``month`` as ``2026-11``, the others ids."""

    name: str
    session: str = ""
    month: str = ""
    person: str = ""
    year: int = 0
    training_class: str = ""


@dataclass(frozen=True, slots=True)
class Books:
    """What the page of books, and commands, ask for."""

    tools: Tools

    def form(self, wish: FormWish) -> Form:
        """One form.

        Raises:
            BadInput: it is not said of what.
            NotFound: there is nothing with that id.
        """
        return _MAKERS[wish.name](self, wish)

    def shelf(self, month: str) -> tuple[Form, ...]:
        """The books as they stand beside each other on the screen: a month's, the classes' that
        everybody may see, and the site's own."""
        months = [_MAKERS[name](self, FormWish(name, month=month)) for name in _OF_MONTH]
        classes = (one for one in Ledgers(self.tools).classes() if not one[0].is_restricted)
        names = self._names()
        files = [class_file(say, held, progress, names) for held, progress in classes]
        return (*months, *files, self._equipment(), self._site_file())

    def of_month(self, month: str) -> tuple[Form, ...]:
        """A month's books: what is printed and put away at its end."""
        books = [_MAKERS[name](self, FormWish(name, month=month)) for name in _OF_MONTH]
        with self.tools.store.read() as reading:
            found, site = _sessions_of(reading, month), reading.site_name()
        for one in found:
            if one.is_held:
                books += [make(say, site, one) for make in (sign_in_sheet, session_record)]
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
                    continue  # a person, a run of the program, or a session of elsewhere
        return tuple(found)

    def _of_session(self, wish: FormWish) -> Form:
        if not wish.session:
            raise BadInput("refusal.form_needs", options="--session")
        with self.tools.store.read() as reading:
            held = of_view(view_of(reading, SessionId(wish.session)))
            return _OF_SESSION[wish.name](say, reading.site_name(), held)

    def _month_of_sessions(self, wish: FormWish) -> Form:
        with self.tools.store.read() as reading:
            found, site = _sessions_of(reading, wish.month), reading.site_name()
        if wish.name == "month_report":
            return month_report(say, site, wish.month, found)
        cases = Cases(self.tools).all(CASE_KIND, with_ended=True)
        own = sorted(
            (one.record for one in cases if one.is_own), key=lambda one: (one.opened_ms, one.case)
        )
        return feedback(say, site, wish.month, found, own)

    def _running(self, wish: FormWish) -> Form:
        first, last = month_days(wish.month)
        days = Ledgers(self.tools).running(first, last)
        events = Equipment(self.tools).events()
        return running_record(say, self._site_name(), wish.month, days, events)

    def _year(self, wish: FormWish) -> Form:
        if not wish.person:
            raise BadInput("refusal.form_needs", options="--person")
        ledgers = Ledgers(self.tools)
        sheet = ledgers.yearly(PersonId(wish.person), wish.year or int(ledgers.today()[:4]))
        with self.tools.store.read() as reading:
            who = reading.person(PersonId(wish.person))
            units = reading.branch_names()
            branch = "" if who is None else units.get(next(iter(who.units), ""), "")
            whose = YearSheetPerson(reading.site_name(), "" if who is None else who.name, branch)
        return year_of_person(say, whose, sheet)

    def _visits(self, _wish: FormWish) -> Form:
        ledgers = Ledgers(self.tools)
        day = ledgers.today()
        unseen = ledgers.absence(day)
        with self.tools.store.read() as reading:
            people: dict[str, Person] = {one.id: one for one in reading.people()}
        return visit_list(say, self._site_name(), day, unseen, people)

    def _class(self, wish: FormWish) -> Form:
        if not wish.training_class:
            raise BadInput("refusal.form_needs", options="--class")
        for held, progress in Ledgers(self.tools).classes():
            if wish.training_class in (held.id, held.name):
                return class_file(say, held, progress, self._names())
        raise NotFound("refusal.no_class")

    def _site(self, wish: FormWish) -> Form:
        return self._equipment() if wish.name == "equipment_list" else self._site_file()

    def _equipment(self) -> Form:
        devices = ((one.device, one.state) for one in Equipment(self.tools).all())
        return equipment_list(say, self._site_name(), (StationMachine(),), devices)

    def _site_file(self) -> Form:
        now = self.tools.clock.now().wall_ms
        year_ago = now - _YEAR // timedelta(milliseconds=1)
        with self.tools.store.read() as reading:
            people = reading.people()
            held = reading.held_within(year_ago, now + 1)
            site = SiteFacts(
                id=self.tools.site or "",
                name=reading.site_name(),
                branches=tuple(reading.branch_names().values()),
                people=len(people),
                members=sum(one.kind in _MEMBERS for one in people),
                sessions=len(held),
            )
        return site_file(say, site)

    def _site_name(self) -> str:
        with self.tools.store.read() as reading:
            return reading.site_name()

    def _names(self) -> dict[str, str]:
        with self.tools.store.read() as reading:
            people = {one.id: one.name for one in reading.people()}
            return people | {one.id: one.name for one in reading.listed(Lecturer)}


_MEMBERS = frozenset({PersonKind.MEMBER, PersonKind.PROBATIONARY})
_OF_SESSION: dict[str, Callable[..., Form]] = {
    "sign_in_sheet": sign_in_sheet,
    "session_record": session_record,
    "rating_sheet": rating_sheet,
}
_OF_MONTH = ("month_report", "feedback", "running_record")
_MAKERS: dict[str, Callable[[Books, FormWish], Form]] = {
    **dict.fromkeys(_OF_SESSION, Books._of_session),
    "month_report": Books._month_of_sessions,
    "feedback": Books._month_of_sessions,
    "running_record": Books._running,
    "year_of_person": Books._year,
    "visit_list": Books._visits,
    "class_file": Books._class,
    "site_file": Books._site,
    "equipment_list": Books._site,
}
NAMES = tuple(_MAKERS)
"""Every form the station makes."""


def month_days(month: str) -> tuple[str, str]:
    """The first and the last day of a month.

    Raises:
        BadInput: it is no month.
    """
    days = days_of_month(month)
    if days is None:
        raise BadInput("refusal.no_month", month=month)
    return days[0].isoformat(), days[1].isoformat()


def _span(month: str) -> tuple[int, int]:
    """The first moment of a month, and of the next."""
    first, last = (date.fromisoformat(one) for one in month_days(month))
    return _begin_ms(first), _begin_ms(last + timedelta(days=1))


def _begin_ms(day: date) -> int:
    return wall_ms_of(datetime(day.year, day.month, day.day, tzinfo=LOCAL))


def _sessions_of(reading: StoreReading, month: str) -> tuple[FormSession, ...]:
    return tuple(
        of_view(view_of(reading, one.id)) for one in reading.sessions_between(*_span(month))
    )
