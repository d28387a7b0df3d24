"""Writes a paper list down: who came and who was on leave, by touch, letters, tail or card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.areas.attendance.marks import Lane, RosterStatus, Status, Turnout
from app.areas.attendance.views import PersonCard, Undoable
from app.areas.people.person import Person, PersonKind
from app.areas.sessions.activity_lines import kind_word
from app.areas.sessions.activity_verbs import ActivityFact
from app.areas.sessions.facts import HeadsCounted, LectureGiven, StopReached, VisitMade
from app.areas.sessions.kinds import RULES, Activity, SessionKind, kind_of
from app.areas.sessions.late_verbs import LateSheet, SheetMark, SheetVisitor, visits_of
from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView, SettingChoices
from app.domain.errors import BadInput, UserError
from app.domain.ids import FactHash, PersonId, SessionId
from app.domain.personal import LeaveKind, Personal
from app.domain.time import LOCAL, local_date, wall_ms_of
from ui.pages.late_session.state import LateHead, LatePageState
from ui.pages.roll_call.places import (
    Places,
    group_counts,
    namesakes,
    note_of,
    tile_of,
    with_headings,
)
from ui.pages.roll_call.state import RollCallState, Tile
from ui.parts.setting.said import SettingSaid
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.page_names import PageName
from ui.state.refresh import Topic

MOST_FOUND = 24


class LateSessionPresenter:
    """Nothing is recorded until the sheet is put aside or handed in."""

    def __init__(
        self,
        room: CurrentSession,
        render: Callable[[LatePageState], None],
        kept: Callable[[], None] = lambda: None,
    ) -> None:
        self._room, self._render, self._kept = room, render, kept
        self._places = Places()
        self.state = LatePageState()
        self.reader = room.refresh.register(frozenset({Topic.ROSTER, Topic.SESSION}), self.load)

    def load(self) -> None:
        """Have the roster and what was put aside."""
        self._room.want_people()

        def done(read: tuple[tuple[SessionView, ...], SettingChoices]) -> None:
            self._show(drafts=read[0], offered=read[1])

        station = self._room.station
        self._room.ask(lambda: (station.late.drafts(), station.activities.choices()), done)

    def yesterday(self) -> str:
        """The day most papers are of, as an ISO date."""
        today = local_date(self._room.station.tools.clock.now().wall_ms)
        return (today - timedelta(days=1)).isoformat()

    def moved_day(self, day: str, days: int) -> str:
        """An ISO date so many days later; what is no date becomes yesterday."""
        try:
            return (date.fromisoformat(day.strip()) + timedelta(days=days)).isoformat()
        except (ValueError, OverflowError):
            return self.yesterday()

    def begin(self) -> None:
        """An empty sheet."""
        self._places.forget()
        kept = self.state
        self.state = LatePageState()
        self._show(drafts=kept.drafts, offered=kept.offered)

    def choose_kind(self, kind: SessionKind) -> None:
        """What it was; what is not asked of the new kind is not said of it either."""
        setting, marks = self.state.said.setting, self.state.marks
        if Activity.VISIT in RULES[kind].activities:  # nobody is visited who was on leave
            marks = {who: one for who, one in marks.items() if one.leave is None}
        said = SettingSaid(replace(setting, route="", lecturers=()))
        self._show(kind=kind, said=said, marks=marks, leave=None)

    def take_setting(self, said: SettingSaid) -> None:
        """For what, with whom, by which route, and who went."""
        self._show(said=said)

    def take_leave(self, leave: LeaveKind | None) -> None:
        """Whoever is touched from now on was on leave, or (None) came."""
        self._show(leave=leave)

    def type(self, text: str) -> None:
        """Look for somebody by letters, name or tail."""
        self._show_people(text=text)

    def choose_group(self, group: str | None) -> None:
        """Show one group only, or all."""
        self._show_people(group=group, text="")

    def mark_first(self) -> None:
        """Enter takes the first who was found."""
        first = next((one for one in self.state.people.tiles if one.first), None)
        if first is not None:
            self.touch(first.person)

    def touch(self, person: PersonId, lane: Lane = Lane.NAME_WALL) -> None:
        """Somebody stands on the paper; touched again they do not."""
        marks = dict(self.state.marks)
        leave = self.state.leave
        found = Lane.ROLL_CALL if self.state.people.text else lane
        wanted = SheetMark(person, found, leave)
        if person in marks and marks[person].leave is leave:
            del marks[person]
        else:
            marks.pop(person, None)
            marks[person] = wanted
        self.state = replace(self.state, marks=marks)
        self._show_people(text="")

    def undo(self) -> None:
        """The last name was a slip."""
        if self.state.marks:
            marks = dict(self.state.marks)
            marks.popitem()
            self._show(marks=marks)

    def scan(self, code: str) -> None:
        """A card of the paper's people was read."""

        def done(person: PersonId) -> None:
            if person not in self.state.marks:
                self.touch(person, Lane.SCANNER)

        self._room.ask(lambda: self._room.station.late.by_card(code), done)

    def admit(self, name: str, tail: str, home: str) -> None:
        """Somebody of the paper whom no list has."""
        if name.strip():
            self._show(visitors=(*self.state.visitors, SheetVisitor(name, tail, home)))

    def drop_visitor(self) -> None:
        """The last visitor was a slip."""
        self._show(visitors=self.state.visitors[:-1])

    def go_on(self, draft: SessionView) -> None:
        """Take up what was put aside: its head stands, its names may change."""
        marks = {
            one.id: SheetMark(one.id, one.lane or Lane.ROLL_CALL, _leave_of(one))
            for one in draft.cards
            if one.mark is not None and one.standpoint is not RosterStatus.VISITOR
        }
        visits = draft.session.activities.visits
        marks |= {PersonId(one.person): SheetMark(PersonId(one.person)) for one in visits}
        kind = kind_of(draft.session.kind)
        self._show(draft=draft, marks=marks, kind=kind, visitors=(), said=_said_of(draft))

    def give_up(self, draft: SessionView) -> None:
        """A draft is not wanted any more."""

        def done(_view: SessionView) -> None:
            self._room.host.fact_made()
            self._room.say("op.late.dropped", StatusTone.DONE)
            self._kept()
            self.load()

        self._room.ask(lambda: self._room.station.late.drop(draft.session.id), done)

    def send(self, head: LateHead, *, hand_in: bool) -> None:
        """Put the sheet aside, or hand it in."""
        if self.state.is_sending:
            return
        draft, late, named = self.state.draft, self._room.station.late, self.state.is_visits
        visitors = () if named else self.state.visitors
        marks = () if named else tuple(self.state.marks.values())
        told = draft.session.activities.late if draft is not None else None
        visits = self._visits(0 if told is None else told.minutes) if named else None
        try:
            sheet = None if draft else self._sheet(head)
        except BadInput as refused:
            self._room.tell(refused)
            return
        self._show(is_sending=True)

        def job() -> SessionView:
            if sheet is not None:
                return late.enter(sheet, hand_in=hand_in)
            of = SessionId("") if draft is None else draft.session.id
            return late.go_on(of, marks, visitors, visits=visits, hand_in=hand_in)

        def done(view: SessionView) -> None:
            self._room.host.fact_made()
            key = "op.late.handed_in" if hand_in else "op.late.put_aside"
            self._room.say(key, StatusTone.DONE, title=view.session.title)
            self.state = replace(self.state, is_sending=False)
            self._kept()
            self._room.refresh.changed(Topic.SESSION)
            self._room.host.go(PageName.RECORDS if hand_in else PageName.TODAY)

        def failed(said: UserError) -> None:
            self._show(is_sending=False)
            self._room.tell(said)

        self._room.jobs.store(job, done, failed)

    # --- inside ---------------------------------------------------------------------

    def _sheet(self, head: LateHead) -> LateSheet:
        begins, ends = _moment(head.day, head.begins), _moment(head.day, head.ends)
        if ends <= begins:
            ends += timedelta(days=1)
        kind, named = self.state.kind, self.state.is_visits
        title, minutes = head.title.strip() or kind_word(kind), (ends - begins).seconds // 60
        done = self._done(title, minutes, head.villagers.strip())
        # who teaches at it is said by the lectures that were given
        setting = replace(self.state.said.setting, place=head.place, lecturers=())
        return LateSheet(
            title=title,
            held_from_ms=wall_ms_of(begins),
            held_to_ms=wall_ms_of(ends),
            by=head.by,
            reason=head.reason,
            kind=kind,
            setting=setting,
            marks=() if named else tuple(self.state.marks.values()),
            visitors=() if named else self.state.visitors,
            activities=tuple((one, Personal()) for one in done),
            expected=() if named else None,
        )

    def _done(self, title: str, minutes: int, heads: str) -> tuple[ActivityFact, ...]:
        """What the paper says was done: lectures share its minutes evenly, as visits do."""
        none, said, has = SessionId(""), self.state.said, RULES[self.state.kind].activities
        done: list[ActivityFact] = []
        if Activity.STOPS in has:
            done += [StopReached(none, one) for one in said.stops]
        if Activity.LECTURE in has and said.setting.lecturers:
            each, left = divmod(minutes, len(said.setting.lecturers))
            done += [
                LectureGiven(none, title, each + (at < left), one)
                for at, one in enumerate(said.setting.lecturers)
            ]
        if Activity.HEADS in has and heads.isdecimal():
            done.append(HeadsCounted(none, "villager", int(heads)))
        if self.state.is_visits:
            done += self._visits(minutes)
        return tuple(done)

    def _visits(self, minutes: int) -> tuple[VisitMade, ...]:
        said = self.state.said
        return visits_of(tuple(self.state.marks), minutes, said.went, said.pairing)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._show_people()

    def _show_people(self, **changes: object) -> None:
        asked = replace(self.state.people, **changes)  # type: ignore[arg-type]
        marks = self.state.marks
        cards = tuple(_card(one, marks.get(one.id)) for one in self._room.people.values())
        groups = group_counts(cards)
        people = replace(
            asked,
            groups=groups,
            tiles=self._tiles(asked, cards),
            gathered=self._places.gathered,
            turnout=Turnout(len(cards), 0, 0, 0, 0, len(marks), 0, 0, 0),
            undoable=self._undoable(),
            step=Step.SIGN_IN,
        )
        self.state = replace(self.state, people=people)
        self._render(self.state)

    def _tiles(self, asked: RollCallState, cards: tuple[PersonCard, ...]) -> tuple[Tile, ...]:
        if not asked.text:
            shown = self._places.in_place(asked, cards)
            headed = group_counts(cards) if asked.group is None else ()
            return with_headings(shown, headed, namesakes(one.name for one in cards))
        by_id = {one.id: one for one in cards}
        hits = self._room.index.search_named(asked.text, MOST_FOUND)
        found = [by_id[person] for person, _name in hits if person in by_id]
        tiles = [tile_of(one, note=note_of(one)) for one in found]
        if tiles:
            tiles[0] = replace(tiles[0], first=True)
        return tuple(tiles)

    def _undoable(self) -> Undoable | None:
        last = next(reversed(self.state.marks.values()), None)
        person = None if last is None else self._room.people.get(last.person)
        if last is None or person is None:
            return None
        return Undoable(FactHash(""), person.name, _status(last))


def _said_of(draft: SessionView) -> SettingSaid:
    """The setting of a draft; of its visits who went."""
    done, setting = draft.session.activities, draft.session.setting
    first = next(iter(done.visits), None)
    went = PersonId(first.by) if first is not None and first.by else None
    return SettingSaid(
        replace(setting, lecturers=tuple(one.lecturer for one in done.lectures if one.lecturer)),
        tuple(one.stop for one in done.stops),
        went,
        draft.names.get(went or "", ""),
        "" if first is None else first.pairing,
    )


def _card(person: Person, mark: SheetMark | None) -> PersonCard:
    return PersonCard(
        id=person.id,
        name=person.name,
        kind=person.kind,
        group=person.group,
        branch="",
        birth_year=person.birth_year,
        phone_tail=person.phone_tail,
        card_no=person.card_no,
        standpoint=RosterStatus.EXPECTED
        if person.kind is not PersonKind.VILLAGER
        else RosterStatus.VISITOR,
        status=None if mark is None else _status(mark),
    )


def _status(mark: SheetMark) -> Status:
    return Status.PRESENT if mark.leave is None else Status.ON_LEAVE


def _leave_of(card: PersonCard) -> LeaveKind | None:
    return LeaveKind.OTHER if card.status is Status.ON_LEAVE else None


def _moment(day: str, time: str) -> datetime:
    try:
        told = datetime.strptime(f"{day.strip()} {time.strip()}", "%Y-%m-%d %H:%M")  # noqa: DTZ007
    except ValueError as wrong:
        raise BadInput("refusal.no_date") from wrong
    return told.replace(tzinfo=LOCAL)
