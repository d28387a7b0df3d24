"""Finds people, and says what is right about them: used at once, checked by the centre later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from app.areas.forms.form import Form
from app.areas.people.entry import PersonEntry
from app.areas.people.person import Person, Standing
from app.areas.people.views import RosterView, WholePerson
from app.areas.yearly.yearly import YearlySheet
from app.domain.errors import NotPossibleNow, UserError
from app.domain.ids import PersonId
from ui.pages.roster.state import InFront, RosterState, SheetRead
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.groups import GroupSize
from ui.state.refresh import Topic

if TYPE_CHECKING:
    from app.rosters.import_plan import ImportOutcome, ReadFile

MOST_FOUND = 500
_T = TypeVar("_T")


class Looker(Protocol):
    """Looks for something off the GUI thread and the store lane."""

    def __call__(self, job: Callable[[], _T], done: Callable[[_T], None]) -> None:
        """``done`` is called with what ``job`` found; a refusal is told."""


class RosterPresenter:
    """Intents of the people's page."""

    def __init__(
        self,
        room: CurrentSession,
        render: Callable[[RosterState], None],
        look: Looker | None = None,
    ) -> None:
        self._room, self._render, self._look = room, render, look or room.ask
        self.state = RosterState()
        self._everyone: tuple[Person, ...] = ()
        self._left_out = 0
        self.reader = room.refresh.register(frozenset({Topic.ROSTER}), self.load)

    def load(self) -> None:
        """Take the roster as the room has it, by group and name."""
        self._room.want_people()
        self._everyone = tuple(self._room.people.values())
        self._left_out = sum(bool(one.standings) for one in self._everyone)
        self.type(self.state.text)
        if self._room.knows_people:
            self._room.ask(self._room.station.people.roster, self._on_roster)

    def type(self, text: str) -> None:
        """The search box has changed."""
        if text.strip():
            people = self._room.people
            found = (people.get(one) for one in self._room.index.search(text, MOST_FOUND))
            shown = tuple(one for one in found if one is not None)
        else:
            shown = self._everyone
        sizes = Counter(one.group for one in self._everyone)
        group = self.state.group if self.state.group in sizes else None
        if group is not None:
            shown = tuple(one for one in shown if one.group == group)
        self._show(
            groups=tuple(GroupSize(name, size, size) for name, size in sizes.items()),
            group=group,
            known=self._room.knows_people,
            total=len(self._everyone),
            left_out=self._left_out,
            text=text,
            people=shown,
        )

    def choose_group(self, group: str | None) -> None:
        """Only who is of this group; None for everybody."""
        self.state = replace(self.state, group=group)
        self.type(self.state.text)

    def open(self, person: PersonId) -> None:
        """Somebody's page."""
        station = self._room.station

        def job() -> tuple[WholePerson, YearlySheet]:
            year = int(station.ledgers.today()[:4])
            return station.people.whole(person), station.ledgers.yearly(person, year)

        self._room.ask(job, self._on_whole)

    def write_new(self) -> None:
        """A page for somebody new."""
        self._show(front=InFront.PERSON, whole=None, year=None, shows_all=False, asks_same=False)

    def go_back(self) -> None:
        """The list again."""
        self._show(
            front=InFront.LIST, whole=None, year=None, shows_all=False, asks_same=False, sheet=None
        )

    def see_all(self) -> None:
        """The whole record of somebody: the PIN vouches for it."""
        whole = self.state.whole
        if whole is not None:
            self._room.host.vouch(whole.person.name, lambda: self._show(shows_all=True))

    def year_sheet(self, then: Callable[[Form], None]) -> None:
        """The sheet of somebody's year: the PIN vouches for it, as for the whole record."""
        from app.areas.forms.verbs import FormWish  # all books, to make one

        whole, books = self.state.whole, self._room.station.books
        if whole is not None:
            wish = FormWish("year_of_person", person=whole.person.id)
            self._room.host.vouch(
                whole.person.name, lambda: self._room.ask(lambda: books.form(wish), then)
            )

    def save(self, said: Mapping[str, str], standing: Standing | None, reason: str) -> None:
        """Keep what was written of the person in front, or take in somebody new.

        ``standing``: how they stand from now on, None for no reason to stay away.
        """
        whole, people = self.state.whole, self._room.station.people
        others = [one.id for one in self._everyone] if self.state.asks_same else []
        fields = tuple(said)

        def job() -> Person:
            if whole is None:
                person = people.add(PersonEntry(**said), not_people=others)
                return person if standing is None else people.set_standing(person.id, standing)
            person = whole.person
            was = written(whole)
            changes = {name: said[name] for name in fields if said[name] != was[name]}
            if changes:
                person = people.correct(person.id, changes)
            for one in whole.person.standings:
                if standing is None or one.kind is not standing.kind:
                    person = people.end_standing(person.id, one)
            if standing is not None and standing not in whole.person.standings:
                person = people.set_standing(person.id, standing, reason)
            return person

        self._room.jobs.store(job, lambda one: self._done("op.people.saved", one), self._refused)

    def stop(self, reason: str) -> None:
        """The person in front is in no list any more; said again, they are."""
        whole, people = self.state.whole, self._room.station.people
        if whole is None:
            return
        person = whole.person
        if person.active:
            self._room.ask(
                lambda: people.stop(person.id, reason),
                lambda one: self._done("op.people.stopped", one),
            )
        else:
            self._room.ask(
                lambda: people.resume(person.id),
                lambda one: self._done("op.people.resumed", one),
            )

    def choose_file(self) -> None:
        """Which spreadsheet?"""
        self._show(front=InFront.FILES)

    def read_file(self, path: Path) -> None:
        """Read a spreadsheet and say what it would change."""
        people = self._room.station.people

        def read(file: ReadFile) -> None:
            self._room.ask(
                lambda: people.take_sheet(file),
                lambda outcome: self._show(front=InFront.SHEET, sheet=SheetRead(file, outcome)),
            )

        self._look(lambda: people.read_sheet(path), read)

    def take_sheet(self) -> None:
        """Do what the spreadsheet says; rows that are not clear are left out."""
        from app.rosters.import_plan import Decided  # with the first sheet

        sheet, people = self.state.sheet, self._room.station.people
        if sheet is None:
            return
        decided = Decided(leave_out=True, confirm=sheet.outcome.people.asked_again)

        def done(outcome: ImportOutcome) -> None:
            count = len(outcome.added) + len(outcome.changed) + len(outcome.deactivated)
            self._room.say("op.people.taken", StatusTone.DONE, count=count)
            self._changed()

        self._room.ask(lambda: people.take_sheet(sheet.file, decided, apply=True), done)

    # --- inside ---------------------------------------------------------------------

    def _on_roster(self, view: RosterView) -> None:
        self._show(unchecked=view.unchecked, branches=view.branches)

    def _on_whole(self, told: tuple[WholePerson, YearlySheet]) -> None:
        whole, year = told
        self._show(front=InFront.PERSON, whole=whole, year=year, shows_all=False, asks_same=False)

    def _refused(self, said: UserError) -> None:
        if isinstance(said, NotPossibleNow) and said.key == "refusal.person_known":
            self._show(asks_same=True)
        self._room.tell(said)

    def _done(self, key: str, person: Person) -> None:
        self._room.say(key, StatusTone.DONE, name=person.name)
        self._changed()

    def _changed(self) -> None:
        self.go_back()
        self._room.people_changed()

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # fields by name
        self._render(self.state)


def written(whole: WholePerson) -> dict[str, str]:
    """Somebody's fields as the form shows them."""
    person = whole.person
    said = {name: value for one in whole.words for name, value in one.said}
    year = "" if person.birth_year is None else f"{person.birth_year:04d}"
    birth = said.get("birth", "")
    return {
        "name": person.name,
        "unit": whole.branch,
        "group": person.group,
        "phone_tail": person.phone_tail,
        "birth": birth if birth.startswith(year or "-") else year,
        "kind": person.kind.value,
        "post": "+".join(person.posts),
    }
