"""The station's store as use cases see it: one unit of work, and frozen readings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from app.areas.attendance.marks import Mark, RosterStatus, Status
from app.areas.attendance.views import PersonCard, Undoable
from app.areas.courses.course import Course
from app.areas.people.person import Person
from app.areas.playback.plays import Interval
from app.areas.playback.views import PlayView
from app.areas.sessions.session import PlanEntry, Session
from app.domain.clock_correction import Moment
from app.domain.fact_kinds import Fact
from app.domain.ids import CourseId, FactHash, PersonId, PlanId, PlayId, SessionId
from app.domain.personal import Personal
from app.domain.policy import Policies
from app.domain.projections import Row, TableShape
from app.domain.time import Instant
from app.names.index import NameIndex
from app.wire.messages import FeedPage, Held, Receipt, Run, SegmentHeld, Tip

RunSigner = Callable[[str, int, bytes], bytes]
"""Signs the end of a run: segment, last number, last hash."""


class ChainReport(Struct, frozen=True):
    """What a walk along the chain found; ``broken_at`` names the first fact that doesn't fit."""

    facts: int
    segments: int
    broken_at: str | None


class FactLine(Struct, frozen=True):
    """One fact as a list shows it: no personal payload, ``at`` local date and time."""

    segment: str
    n: int
    kind: str
    at: str
    actor: str
    hash: str


class ReceiptKept(Struct, frozen=True):
    """A verified receipt with its own bytes and their signature."""

    receipt: Receipt
    data: bytes
    signature: bytes


class AnswerEffects(Struct, frozen=True):
    """What one verified answer says of the record; kept together or not at all.

    ``doubt_all``: the centre is another than before; ``resend``: segments of which it lacks
    some; ``agreed_facts``: it holds exactly the facts that were held here when it was asked, so
    many; ``only_up``: the answer may be old, so no confirmation moves down by it.
    """

    receipts: tuple[ReceiptKept, ...] = ()
    doubt_all: bool = False
    resend: tuple[str, ...] = ()
    agreed_facts: int | None = None
    only_up: bool = False
    settings: tuple[tuple[str, str], ...] = ()


class PageTaken(Struct, frozen=True):
    """What became of a feed page: kinds of rows put aside, whether it did not follow what is
    held here, whether the scope's sum was wrong (then it is fetched anew)."""

    aside: tuple[str, ...] = ()
    skipped: bool = False
    wrong: bool = False


class FoldProgress(Struct, frozen=True):
    """How far the rows of a projection are folded anew, 0 to 100; ``is_over``: of all of them."""

    projection: str
    percent: int
    is_over: bool = False


class Reading(Protocol):
    """Questions to the store; everything comes out frozen."""

    def session(self, session: SessionId) -> Session:
        """One session; NotFound if there is none."""

    def open_session(self) -> Session | None:
        """The session in preparation or running, if any."""

    def same_plan(self, plan: str) -> tuple[Session, ...]:
        """All sessions of one plan; mostly one."""

    def sessions(self, limit: int) -> tuple[Session, ...]:
        """Newest first."""

    def sessions_since(self, from_ms: int) -> tuple[Session, ...]:
        """Sessions planned or begun since then, newest first."""

    def cards(self, session: SessionId) -> tuple[PersonCard, ...]:
        """Everyone of a session: listed people by name, then visitors in order of arrival."""

    def card(self, session: SessionId, person: PersonId) -> PersonCard | None:
        """One person as a session sees them; None if the station doesn't know them."""

    def marks(self, session: SessionId, person: PersonId) -> tuple[Mark, ...]:
        """Un-voided marks in journal order."""

    def mark(self, mark: FactHash) -> tuple[SessionId, Mark] | None:
        """One un-voided mark and its session."""

    def undoable(self, session: SessionId) -> Undoable | None:
        """The newest un-voided mark of a session."""

    def statuses(
        self, session: SessionId
    ) -> tuple[tuple[PersonId, RosterStatus, Status | None], ...]:
        """(person, standpoint, status) of everyone of a session; absent filled in when closed."""

    def tally(self, session: SessionId) -> tuple[tuple[RosterStatus, Status | None, int], ...]:
        """How many people stand at each (standpoint, status); absent filled in when closed."""

    def witnessed(self, session: SessionId) -> dict[str, Status]:
        """What the screen said of whom, by the marks that were not taken back."""

    def notes(self, session: SessionId) -> tuple[str, ...]:
        """Discussion notes in order."""

    def plays(self, session: SessionId) -> tuple[PlayView, ...]:
        """Plays of a session in order."""

    def play(self, play: PlayId) -> PlayView | None:
        """One play."""

    def unfinished_plays(self) -> tuple[tuple[PlayId, int, tuple[Interval, ...]], ...]:
        """Plays without an end: id, bookmarked position and stretches shown."""

    def last_position(self, session: SessionId | None, course: CourseId) -> int | None:
        """Where the newest play of a course (in a session) stood."""

    def plan(self, plan: PlanId) -> PlanEntry | None:
        """One entry of the plan."""

    def plans(self, first_day: str, last_day: str) -> tuple[PlanEntry, ...]:
        """Entries between two ISO dates that were not withdrawn or used up, in order of time."""

    def courses(self) -> tuple[Course, ...]:
        """Courses by title, withdrawn ones too."""

    def newest_courses(self) -> tuple[Course, ...]:
        """Courses, the one published or changed last first, withdrawn ones too."""

    def last_plays(self) -> dict[CourseId, tuple[int, int]]:
        """Course → when it was last played in a session, and where that play stood, ms."""

    def played_courses(self) -> frozenset[CourseId]:
        """Courses that were once played to their end, or nearly."""

    def course(self, course: CourseId) -> Course | None:
        """One course."""

    def policies(self) -> Policies:
        """The centre's rules for late and in time."""

    def people(self, units: Sequence[str] = ()) -> tuple[Person, ...]:
        """Active people (of the given units, or all) by name."""

    def person(self, person: PersonId) -> Person | None:
        """One person of the roster."""

    def people_by_tail(self, tail: str) -> tuple[PersonId, ...]:
        """Active people whose phone ends so."""

    def people_by_card(self, card_no: str) -> tuple[PersonId, ...]:
        """Active people with that card, as it is equal to the eye; if none, with its number
        whose leading zeros a spreadsheet lost."""

    def people_called(self, name: str) -> tuple[Person, ...]:
        """Everyone of the roster of that name as it is equal to the eye, inactive people too."""

    def branch_names(self) -> dict[str, str]:
        """Unit id → name."""

    def site_name(self) -> str:
        """This site's name, or empty before the first feed."""

    def month_figures(self, from_ms: int) -> tuple[int, int]:
        """Sessions closed since then, and their minutes."""

    def fact_counts(self) -> tuple[int, int]:
        """Facts here, and facts confirmed by receipts."""

    def open_segments(self) -> frozenset[str]:
        """Segments that the centre has not confirmed to their end."""

    def roster_size(self) -> int:
        """Active people known here."""

    def name_of(self, person: PersonId) -> str:
        """The name of anyone known here, visitors too; else the id."""

    def standpoint(self, session: SessionId, person: PersonId) -> RosterStatus | None:
        """A person's relation to a session's frozen list, None when not in it."""

    def waiting_sessions(self) -> frozenset[SessionId]:
        """Begun sessions with a fact that no receipt covers yet."""

    def sessions_within(self, facts: int) -> frozenset[SessionId]:
        """Sessions all of whose facts are among the first so many that are here."""

    def has_sessions(self) -> bool:
        """Whether any session was begun."""

    def closing_hash(self, session: SessionId) -> FactHash | None:
        """The hash of the fact that closed a session, if one did."""

    def other_codes(self, session: SessionId) -> tuple[str, ...]:
        """Session codes of closings that do not hold, in line order."""

    def moment(self, boot: str, now: Instant) -> Moment:
        """What time it really was when the clocks of a boot read so."""

    def gaps(self) -> int:
        """Facts that are known to be lost here and nowhere found yet."""

    def elsewhere(self) -> Session | None:
        """The newest session that came back from the centre and has not ended."""

    def rows(self, table: TableShape[Any], **chosen: str) -> tuple[Row, ...]:
        """Rows of a declared table where the named columns hold these values, in key order."""

    def setting(self, name: str) -> str | None:
        """A kept setting of the program (not a fact)."""


class Work(Reading, Protocol):
    """One unit of work: what is recorded in it becomes durable together at its end."""

    def record(self, fact: Fact, *, actor: str, personal: Personal | None = None) -> FactHash:
        """Append one fact to the journal and change the rows it changes."""

    def bookmark(self, play: PlayId, position_ms: int, shown: tuple[Interval, ...]) -> None:
        """Remember where a play stands; not evidence, not in the journal."""

    def keep_setting(self, name: str, value: str) -> None:
        """Keep a setting."""

    def forget_setting(self, name: str) -> None:
        """Drop a setting."""


class Store(Protocol):
    """The station's store; one connection, used on the store lane only."""

    def begin(self) -> AbstractContextManager[Work]:
        """A unit of work: commits at the end, or changes nothing and raises StoreTrouble."""

    def read(self) -> AbstractContextManager[Reading]:
        """Questions outside a unit of work, all of one moment."""

    def name_index(self) -> NameIndex:
        """The search index over active people, made anew only when the roster changed."""

    def outgoing(
        self,
        budget_bytes: int,
        *,
        sign: RunSigner | None = None,
        after: Mapping[str, int] | None = None,
    ) -> tuple[tuple[Tip, ...], tuple[Run, ...]]:
        """Open segments with locators, and facts the centre has not confirmed, oldest first.

        With ``after`` (segment → number) what lies up to there counts as sent, and nobody is
        expected to answer before the next call (a stick).
        """

    def held(self) -> Held:
        """How many facts are held in all, and the sum of their hashes."""

    def census(self) -> tuple[SegmentHeld, ...]:
        """What is held, segment by segment."""

    def cursors(self, scopes: Sequence[str]) -> dict[str, int]:
        """The last revision held of each scope (0 for none)."""

    def take_told(self, told: AnswerEffects) -> int:
        """Keep what an answer says, in one transaction; how many receipts named another branch."""

    def apply_page(self, page: FeedPage, granted: Sequence[str] = ()) -> PageTaken:
        """Apply a feed page in one transaction.

        ``granted``: all scopes there may be. With the last page of a site what came of other
        sites goes, and with a page of a scope that is none of them what came of that; names in
        past sessions stay.
        """

    def take_back(self, runs: Sequence[Run]) -> int:
        """Put own facts that the centre gave back where they stand; how many were new here."""

    def export(
        self,
        folder: Path,
        *,
        keys: Mapping[str, str],
        whole_receipt: Mapping[str, str] | None,
        with_personal: bool,
    ) -> int:
        """Write the record as files an auditor can check; how many facts it has."""

    @property
    def is_writing(self) -> bool:
        """Whether this process has recorded something."""

    def keep_reserve(self) -> None:
        """See that the file is there whose room lets sign-ins go on when the disk is full."""

    def verify(self) -> ChainReport:
        """Walk the whole chain of facts."""

    def newest_facts(self, count: int) -> tuple[FactLine, ...]:
        """The newest facts, oldest of them first."""

    def rebuild(self) -> int:
        """Make all rows anew from the journal; returns the facts read."""

    def fold_some(self) -> FoldProgress:
        """Fold a few rows that an older program folded otherwise; old ones are read until then."""

    def backup_today(self, *, again: bool = False) -> Path | None:
        """Make and prove today's backup unless it exists; its path when made."""

    def sync_second_copy(self) -> None:
        """Force the second copy of the facts to disk."""

    def checkpoint(self) -> None:
        """Do now, while nobody waits, what one of the next commits would have to do."""

    def close(self) -> None:
        """Second copy to disk, checkpoint, close."""
