"""What the help file says of the record: counts and states, and no person."""

from __future__ import annotations

from msgspec import Struct

from app.areas.courses.verbs import course_view
from app.usecases.exchange import AGREEMENT, Enrolment
from app.usecases.today import Today
from app.usecases.tools import Tools
from app.words.codes import code_of

_SESSIONS_LOOKED_AT = 60


class Health(Struct, frozen=True):
    """How a station is. ``names`` are those that must not be told: they never leave this PC."""

    station: str
    site_name: str
    day: str
    facts: int
    confirmed: int
    unsent: int
    roster: int
    sessions: int
    courses_ready: int
    courses: int
    gaps: int
    chain: str
    """``sound up to n facts``, ``broken at …``, or why it was not walked."""
    last_success_ms: int | None
    last_trouble: str
    """Code and key of what the last exchange met, or empty."""
    agreement: str
    checks: tuple[tuple[str, bool], ...]
    notices: tuple[str, ...]
    names: tuple[str, ...]


def look(tools: Tools, enrolment: Enrolment | None) -> Health:
    """Look at the record on the store lane; its chain is walked only when no session runs.

    Raises:
        StoreTrouble: the store can't be read.
    """
    now = tools.clock.now()
    with tools.store.read() as reading:
        sessions = reading.sessions(_SESSIONS_LOOKED_AT)
        names = {person.name for person in reading.people()}
        names |= {card.name for one in sessions for card in reading.cards(one.id)}
        courses = [one for one in reading.courses() if not one.withdrawn]
        running, gaps = reading.open_session(), reading.gaps()
        site, roster = reading.site_name(), reading.roster_size()
        agreement = reading.setting(AGREEMENT) or ""
    sync = Today(tools).sync_view()
    ready = sum(course_view(tools, one).ready for one in courses)
    return Health(
        station="" if enrolment is None else enrolment.station,
        site_name=site,
        day=f"{now.local:%Y-%m-%d}",
        facts=sync.facts,
        confirmed=sync.confirmed,
        unsent=sync.waiting,
        roster=roster,
        sessions=len(sessions),
        courses_ready=ready,
        courses=len(courses),
        gaps=gaps,
        chain=_walk(tools) if running is None else "not walked: a session is on",
        last_success_ms=sync.last_success_ms,
        last_trouble=f"{code_of(sync.reason)} {sync.reason}".strip(),
        agreement=agreement,
        checks=tuple((one.key, one.good) for one in Today(tools).checks()),
        notices=tuple(key for key, _values in tools.notices),
        names=tuple(sorted(names)),
    )


def _walk(tools: Tools) -> str:
    report = tools.store.verify()
    if report.broken_at is None:
        return f"sound up to {report.facts} facts in {report.segments} segments"
    return f"broken at {report.broken_at} after {report.facts} facts"
