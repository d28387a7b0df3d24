"""Facts of one session in the line of one segment, for tests of the rules alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.people.person import StandingKind
from app.areas.sessions.closing import closing_digest, standing_marks, witnessed
from app.areas.sessions.facts import SessionClosed, SessionOpened, SessionPrepared, SessionReopened
from app.areas.sessions.fold import fold_session
from app.areas.sessions.report import PersonLine, SessionRecord
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.ids import FactHash, PersonId, PlanId, SessionId
from app.domain.inputs import Inputs
from app.domain.personal import Personal

S = SessionId("s-one")
EIGHT_MS = 1_795_003_200_000
"""A Wednesday in November 2026, 20:00 in the county."""
MINUTE_MS = 60_000
NOBODY = Personal()


@dataclass
class Line:
    """Writes facts one after another; ``minute`` counts from the planned start."""

    facts: list[DecodedFact] = field(default_factory=list)
    minute: float = -30

    def write(self, fact: Fact, personal: Personal | None = None, **more: object) -> DecodedFact:
        """Write the next fact; ``more`` is put in place of what its place in the line says."""
        arrival = len(self.facts) + 1
        said = {
            "hash": f"{arrival:02x}" * 32,
            "segment": "a",
            "n": arrival,
            "wall_ms": EIGHT_MS + int(self.minute * MINUTE_MS),
            "mono_ms": int((self.minute + 60) * MINUTE_MS),
            "boot": "boot",
            "actor": "operator",
        } | more
        one = DecodedFact(arrival=arrival, fact=fact, personal=personal, **said)  # type: ignore[arg-type]  # by name
        self.facts.append(one)
        return one

    def prepare(self, title: str = "学习", *, planned: bool = True) -> DecodedFact:
        """The session is prepared, for 20:00 when it is planned."""
        start_ms = EIGHT_MS if planned else None
        plan = PlanId("plan") if planned else None
        return self.write(SessionPrepared(S, plan, "group_session", title, (), (), start_ms, 15))

    def open(self, *expected: str, left_out: dict[str, StandingKind] | None = None) -> DecodedFact:
        """Sign-in is opened for these people."""
        out = tuple((PersonId(who), why) for who, why in (left_out or {}).items())
        return self.write(SessionOpened(S, tuple(map(PersonId, expected)), out))

    def mark(
        self,
        person: str,
        status: Status = Status.PRESENT,
        lane: Lane = Lane.NAME_WALL,
        personal: Personal | None = None,
        **more: object,
    ) -> DecodedFact:
        """Somebody is marked."""
        body = AttendanceMarked(S, PersonId(person), status, lane, RosterStatus.EXPECTED)
        return self.write(body, personal, **more)

    def void(self, mark: DecodedFact | str) -> DecodedFact:
        """A mark is taken back."""
        target = mark if isinstance(mark, str) else mark.hash
        return self.write(AttendanceVoided(S, PersonId("p"), FactHash(target)))

    def admit(self, person: str, **personal: str) -> DecodedFact:
        """A visitor is taken in."""
        text = Personal(**personal) if personal else None  # type: ignore[arg-type]  # texts only
        return self.write(VisitorAdmitted(S, PersonId(person)), text)

    def close(self, digest: str | None = None) -> DecodedFact:
        """The session ends; the digest is that of the list so far unless another is given."""
        seen = closing_digest(witnessed(standing_marks(self.facts)))
        return self.write(SessionClosed(S, 0, 0, 0, 0, 0, seen if digest is None else digest))

    def reopen(self, closing: DecodedFact) -> DecodedFact:
        """A close is taken back."""
        return self.write(SessionReopened(S, FactHash(closing.hash)))

    def fold(self, inputs: Inputs | None = None) -> SessionRecord:
        """The record of all that was written."""
        return fold(self.facts, inputs)


def fold(facts: Sequence[DecodedFact], inputs: Inputs | None = None) -> SessionRecord:
    """The record of facts in line order."""
    return fold_session(S, facts, inputs or Inputs())


def person(record: SessionRecord, who: str) -> PersonLine:
    """The one line of somebody."""
    (line,) = [one for one in record.report.people if one.person == who]
    return line


def opened(*expected: str) -> Line:
    """A prepared session, ten minutes before its planned start, with sign-in open."""
    line = Line(minute=-10)
    line.prepare()
    line.open(*(expected or ("p1", "p2", "p3")))
    return line
