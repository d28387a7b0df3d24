"""The station's ledgers: what its own sessions, and credits from elsewhere, come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.areas.absence.absence import Absence, absences
from app.areas.catalogue.values import Credit, TrainingClass
from app.areas.classes.progress import ClassProgress, class_progress
from app.areas.hours.hours import HoursAccount, hours_of, line_of_credit
from app.areas.hours.rule_set import RuleSet
from app.areas.hours.session_lines import SessionLine
from app.areas.people.person import Person, as_then
from app.areas.running.facts import HintAnswered
from app.areas.running.hints import Hint, HintKind, hints_of, list_mark
from app.areas.running.running import RunningDay, running_book
from app.areas.sessions.session import PlanEntry
from app.areas.turnout.turnout import TurnoutSum, turnout_by, turnout_of
from app.areas.yearly.yearly import YearlySheet, yearly_sheet
from app.domain import bounds
from app.domain.errors import BadInput, NotFound
from app.domain.ids import PersonId, SessionId
from app.domain.personal import Personal
from app.domain.time import LOCAL, local_date, wall_ms_of
from app.domain.values import dataclass
from app.usecases.tools import Tools

_SAME_LISTS = timedelta(days=60)
"""How far back a list of names is compared."""
_LOOK_AHEAD = timedelta(days=60)
MOST_WAYS = 5
"""So many sessions are named in which missing hours can be made up."""


class TurnoutKey(StrEnum):
    """By what turnout is added up."""

    SESSION = "session"
    BRANCH = "branch"
    CLASS = "class"
    CAMPAIGN = "campaign"
    KIND = "kind"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class MakeUp:
    """What somebody lacks, and planned sessions in which it can be made up, the next first."""

    account: HoursAccount
    ways: tuple[PlanEntry, ...]


@dataclass(frozen=True, slots=True)
class Ledgers:
    """What follows from the record by a rule; nothing of it is ever typed in."""

    tools: Tools

    def today(self) -> str:
        """The day the ledgers are of: the ISO date by the corrected clock."""
        clock = self.tools.clock
        with self.tools.store.read() as reading:
            return local_date(reading.moment(clock.boot, clock.now()).at_ms).isoformat()

    def hours(self, person: PersonId, year: int) -> MakeUp:
        """A person's hours of a year. NotFound: nobody here has that id."""
        today = date.fromisoformat(self.today())
        with self.tools.store.read() as reading:
            who = _known(reading.person(person))
            account = hours_of(
                person,
                reading.session_lines(self._site, *_reach(year), person=person),
                reading.listed_about(Credit, person),
                reading.listed(RuleSet),
                year,
                posts=who.posts,
                site=self._site,
            )
            plans = reading.plans(today.isoformat(), (today + _LOOK_AHEAD).isoformat())
        ways = tuple(one for one in plans if one.date[:4] == f"{year:04}")
        return MakeUp(account, ways[:MOST_WAYS] if account.missing else ())

    def hours_of_all(self, year: int) -> tuple[HoursAccount, ...]:
        """Everybody's, by name: no order of persons by their hours."""
        with self.tools.store.read() as reading:
            lines = _by_person(reading.session_lines(self._site, *_reach(year)))
            credits = reading.listed(Credit)
            rules = reading.listed(RuleSet)
            return tuple(
                hours_of(
                    one.id,
                    lines.get(one.id, ()),
                    credits,
                    rules,
                    year,
                    posts=one.posts,
                    site=self._site,
                )
                for one in reading.people()
            )

    def absence(self, today: str = "") -> tuple[Absence, ...]:
        """The clock of every member, the longest unseen first: the secretary's list."""
        day = _day(today) if today else self.today()
        with self.tools.store.read() as reading:
            lines = [*reading.session_lines(self._site, last=day)]
            lines += map(line_of_credit, reading.listed(Credit))
            return absences(reading.people(), lines, day)

    def turnout(self, first: str, last: str) -> TurnoutSum:
        """Turnout of the sessions held from one ISO date to another."""
        return turnout_of(self.lines(first, last))

    def turnout_by(self, first: str, last: str, by: TurnoutKey) -> dict[str, TurnoutSum]:
        """The same by session, branch, class, campaign, kind or month."""
        lines = self.lines(first, last)
        if by is not TurnoutKey.BRANCH:
            return turnout_by(lines, _KEYS[by])
        with self.tools.store.read() as reading:
            people: dict[str, Person] = {one.id: one for one in reading.people()}
        return turnout_by(lines, lambda line: _units_then(people.get(line.person), line))

    def running(self, first: str, last: str) -> tuple[RunningDay, ...]:
        """The running book from one ISO date to another."""
        from_ms, to_ms = _span(first, last)
        before_ms = from_ms - _SAME_LISTS // timedelta(milliseconds=1)
        with self.tools.store.read() as reading:
            before = reading.sessions_over(before_ms, from_ms - 1)
            return running_book(
                reading.power_on(from_ms, to_ms),
                [one.report for one in reading.sessions_over(from_ms, to_ms)],
                reading.mended(from_ms, to_ms),
                [list_mark(one.report) for one in before],
            )

    def hints(self, session: SessionId) -> tuple[Hint, ...]:
        """What is noticed in a session that is over, for the operator's word."""
        with self.tools.store.read() as reading:
            record = reading.session_record(session)
            if record is None:
                raise NotFound("refusal.no_session")
            until_ms = record.began_ms
            before_ms = until_ms - _SAME_LISTS // timedelta(milliseconds=1)
            others = reading.sessions_over(before_ms, until_ms)
            marks = [list_mark(one.report) for one in others if one.report.session != session]
        return hints_of(record.report, marks)

    def answer_hint(self, session: SessionId, hint: HintKind, note: str) -> None:
        """The operator says what really happened; BadInput when nothing is said."""
        note = bounds.line(note, bounds.REASON)
        if not note.strip():
            raise BadInput("refusal.needs_reason")
        with self.tools.store.begin() as work:
            work.session(session)
            work.record(
                HintAnswered(session, hint.value), actor="operator", personal=Personal(note=note)
            )

    def yearly(self, person: PersonId, year: int) -> YearlySheet:
        """A person's evidence sheet for the annual review. NotFound: nobody here has that id."""
        account = self.hours(person, year).account
        with self.tools.store.read() as reading:
            lines = [*reading.session_lines(self._site, *_reach(year), person=person)]
            lines += map(line_of_credit, reading.listed_about(Credit, person))
        return yearly_sheet(person, year, lines, account)

    def classes(self) -> tuple[tuple[TrainingClass, tuple[ClassProgress, ...]], ...]:
        """The progress of everybody in each class."""
        with self.tools.store.read() as reading:
            lines = reading.session_lines(self._site)
            return tuple((one, class_progress(one, lines)) for one in reading.listed(TrainingClass))

    def lines(self, first: str, last: str) -> tuple[SessionLine, ...]:
        """All lines of sessions held from one ISO date to another."""
        with self.tools.store.read() as reading:
            return reading.session_lines(self._site, _day(first), _day(last))

    @property
    def _site(self) -> str:
        return self.tools.site or ""


_KEYS: dict[TurnoutKey, Callable[[SessionLine], Iterable[str]]] = {
    TurnoutKey.SESSION: lambda line: (line.session,),
    TurnoutKey.CLASS: lambda line: (line.training_class,) if line.training_class else (),
    TurnoutKey.CAMPAIGN: lambda line: (line.campaign,) if line.campaign else (),
    TurnoutKey.KIND: lambda line: (line.kind,),
    TurnoutKey.MONTH: lambda line: (line.day[:7],),
}


def _units_then(person: Person | None, line: SessionLine) -> Iterable[str]:
    """The unit somebody was in when the session was held: a later change moves no history."""
    return () if person is None else as_then(person, line.from_ms).units[:1]


def _by_person(lines: Iterable[SessionLine]) -> dict[str, list[SessionLine]]:
    found: dict[str, list[SessionLine]] = {}
    for one in lines:
        found.setdefault(one.person, []).append(one)
    return found


def _known(person: Person | None) -> Person:
    if person is None:
        raise NotFound("refusal.no_person")
    return person


def _reach(year: int) -> tuple[str, str]:
    """Days whose sessions may have a part in a year."""
    if not 1 < year < 9999:
        raise BadInput("refusal.no_date")
    return f"{year - 1:04}-12-01", f"{year:04}-12-31"


def _span(first: str, last: str) -> tuple[int, int]:
    start = datetime.fromisoformat(_day(first)).replace(tzinfo=LOCAL)
    end = datetime.fromisoformat(_day(last)).replace(tzinfo=LOCAL)
    return wall_ms_of(start), wall_ms_of(end + timedelta(days=1)) - 1


def _day(said: str) -> str:
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError as wrong:
        raise BadInput("refusal.no_date") from wrong
