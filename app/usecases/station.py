"""The station as screens and commands see it: what can be done, subject by subject.

Every verb that is not marked *any thread* runs on the store lane. Each either
returns frozen values or raises a ``UserError`` (a refusal or a trouble) – and when
one returns, what it reports is durable.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.areas.attendance.verbs import Attendance
from app.areas.clock.verbs import WallClock
from app.areas.courses.verbs import Courses
from app.areas.discussion.verbs import Discussion
from app.areas.monthly.verbs import Monthly
from app.areas.people.verbs import People
from app.areas.playback.verbs import Playback
from app.areas.sessions.session import RUNNING
from app.areas.sessions.verbs import Sessions
from app.domain.values import dataclass
from app.ports.store import FoldProgress
from app.usecases import evidence
from app.usecases.operator_pin import OperatorPin
from app.usecases.sync_once import SyncOnce
from app.usecases.today import Today
from app.usecases.tools import Tools

if TYPE_CHECKING:
    from app.areas.cases.verbs import Cases
    from app.areas.forms.verbs import Books
    from app.areas.needs.verbs import NeedsVerbs
    from app.areas.ratings.verbs import RatingVerbs
    from app.areas.sessions.activity_verbs import SessionActivities
    from app.areas.sessions.late_verbs import LateSessions
    from app.areas.sessions.outside_verbs import OutsideLists
    from app.areas.tests_of_courses.verbs import CourseTestVerbs
    from app.usecases.ledgers import Ledgers


@dataclass(frozen=True, slots=True)
class Station:
    """All verbs of one station. Built by ``app.bootstrap.open_station`` only.

    What no start needs is loaded when it is first asked for.
    """

    tools: Tools
    sync: SyncOnce
    """Runs on the net lane; see its own docstring."""
    today: Today
    sessions: Sessions
    monthly: Monthly
    attendance: Attendance
    playback: Playback
    discussion: Discussion
    people: People
    courses: Courses
    clock: WallClock
    pin: OperatorPin

    @staticmethod
    def of(tools: Tools, sync: SyncOnce) -> Station:
        """The verbs of all subjects over the same tools."""
        return Station(
            tools,
            sync,
            Today(tools),
            Sessions(tools),
            Monthly(tools),
            Attendance(tools),
            Playback(tools),
            Discussion(tools),
            People(tools),
            Courses(tools),
            WallClock(tools),
            OperatorPin(tools),
        )

    @property
    def activities(self) -> SessionActivities:
        """What is done in a session beside signing in."""
        from app.areas.sessions.activity_verbs import SessionActivities

        return SessionActivities(self.tools)

    @property
    def late(self) -> LateSessions:
        """Sessions that are written down afterwards."""
        from app.areas.sessions.late_verbs import LateSessions

        return LateSessions(self.tools)

    @property
    def cases(self) -> Cases:
        """What goes from hand to hand: wishes, requests, filings."""
        from app.areas.cases.verbs import Cases

        return Cases(self.tools)

    @property
    def outside(self) -> OutsideLists:
        """Lists of outside training and online classes."""
        from app.areas.sessions.outside_verbs import OutsideLists

        return OutsideLists(self.tools)

    @property
    def ratings(self) -> RatingVerbs:
        """What people thought of a session."""
        from app.areas.ratings.verbs import RatingVerbs

        return RatingVerbs(self.tools)

    @property
    def needs(self) -> NeedsVerbs:
        """What people want to learn."""
        from app.areas.needs.verbs import NeedsVerbs

        return NeedsVerbs(self.tools)

    @property
    def tests(self) -> CourseTestVerbs:
        """Tests of what was learnt."""
        from app.areas.tests_of_courses.verbs import CourseTestVerbs

        return CourseTestVerbs(self.tools)

    @property
    def ledgers(self) -> Ledgers:
        """Hours, absence, turnout, running book and yearly sheet."""
        from app.usecases.ledgers import Ledgers

        return Ledgers(self.tools)

    @property
    def books(self) -> Books:
        """Every form made out of the record."""
        from app.areas.forms.verbs import Books

        return Books(self.tools)

    def daily_backup(self) -> bool:
        """Make and prove today's backup when there is none yet and no session runs.

        Copying and proving takes a second or two of the store lane, so it stays out of the
        session. The reserve file is written too if it is missing. True when a backup was made;
        StoreTrouble leaves older backups as they are.
        """
        running = self.sessions.running()
        if running is not None and running.session.step in RUNNING:
            return False
        self.tools.store.keep_reserve()
        return self.tools.store.backup_today() is not None

    def fold_rows(self) -> FoldProgress:
        """A small step of folding rows anew after an upgrade; called until it ``is_over``."""
        return self.tools.store.fold_some()

    def export_record(self, folder: Path, *, with_personal: bool = False) -> evidence.ExportOutcome:
        """Write the whole record into a folder, for an auditor (docs/verifier)."""
        return evidence.export(self.tools, self.sync.enrolment, folder, with_personal=with_personal)

    def close(self) -> None:
        """Last call on the store lane: second copy to disk, checkpoint, release."""
        self.tools.store.close()
