"""What is told as xAPI 1.0.3 (IEEE 9274.1): pure functions from records to statements.

``attended`` for each person of a closed session, and for each play of a film what was really shown,
told by the site's agent (the video profile): a room has no player of its own for each person.
People are accounts with the id they have here: no name, number or telephone leaves. A statement's
id follows from the fact it rests on, so told twice it is the same statement.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from app.areas.hours.session_lines import SessionLine, session_lines, with_approvals
from app.areas.playback.fold import PlayRecord
from app.areas.playback.plays import Interval, PlayOutcome, coverage_percent, merge_intervals
from app.areas.sessions.report import SessionRecord
from app.domain.time import local_time
from app.domain.values import dataclass

Statement = dict[str, Any]

ATTENDED = "http://adlnet.gov/expapi/verbs/attended"
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
TERMINATED = "http://adlnet.gov/expapi/verbs/terminated"
MEETING = "http://adlnet.gov/expapi/activities/meeting"
PROFILE = "https://w3id.org/xapi/video"
_VIDEO = f"{PROFILE}/activity-type/video"
_EXTENSION = f"{PROFILE}/extensions/"
_NAMESPACE = uuid.UUID("6f6ad2b4-2f0e-5b0c-9d55-4f7e5f7b7a10")


@dataclass(frozen=True, slots=True)
class SessionStory:
    """One session and what is needed beside its record: ``ends`` names the fact that ended each
    play, ``titles`` the courses."""

    home: str
    """The page accounts and activities are named after, without a slash at its end."""
    site: str
    record: SessionRecord
    plays: tuple[PlayRecord, ...]
    ends: Mapping[str, str]
    titles: Mapping[str, str]
    erased: frozenset[str] = frozenset()
    said: Mapping[str, str] = field(default_factory=dict)
    """What the township said of what was entered late."""


def statements_of(told: SessionStory) -> Iterator[Statement]:
    """All statements of one closed session, people first."""
    marks = {one.person: (one.hash, one.at_ms) for one in told.record.marks if one.is_in_force}
    visits = {one.person: one.hash for one in told.record.report.activities.visits}
    for line in with_approvals(session_lines(told.record.report, told.site), told.said):
        if line.counts and line.person not in told.erased:
            closing = told.record.closing or line.session
            mark, at_ms = marks.get(line.person, ("", line.from_ms))
            fact = mark or visits.get(line.person) or closing
            yield _attended(told, line, f"{fact} {line.person}", at_ms)
    for play in told.plays:
        if play.outcome is not None and play.play in told.ends:
            yield _shown(told, play, told.ends[play.play])


def _attended(told: SessionStory, line: SessionLine, fact: str, at_ms: int) -> Statement:
    meeting = _activity(told, f"sessions/{line.session}", MEETING, line.title)
    return {
        "id": _id(told, "attended", fact),
        "actor": _account(told, line.person),
        "verb": {"id": ATTENDED, "display": {"en-US": "attended"}},
        "object": meeting,
        "result": {
            "completion": True,
            "duration": f"PT{line.minutes}M",
            "extensions": {
                f"{told.home}/xapi/status": line.status,
                f"{told.home}/xapi/kind": line.kind,
                f"{told.home}/xapi/awaits-approval": line.is_pending,
            },
        },
        "context": {"contextActivities": {"grouping": [_place(told)]}},
        "timestamp": moment(at_ms),
    }


def _shown(told: SessionStory, play: PlayRecord, fact: str) -> Statement:
    """What one play showed; a film shown whole is completed, any other play terminated."""
    is_full = play.outcome is PlayOutcome.FULL
    shown = merge_intervals(play.shown)
    percent = coverage_percent(shown, play.duration_ms)
    verb, word = (COMPLETED, "completed") if is_full else (TERMINATED, "terminated")
    title = told.titles.get(play.course, play.course)
    shown_ms = sum(one.end_ms - one.start_ms for one in shown)
    result: Statement = {
        "duration": f"PT{shown_ms / 1000:.2f}S",
        "extensions": {
            f"{_EXTENSION}time": play.position_ms / 1000,
            f"{_EXTENSION}progress": percent / 100,
            f"{_EXTENSION}played-segments": segments(shown),
        },
    }
    if is_full:
        result["completion"] = True
    session = play.session or told.record.report.session
    return {
        "id": _id(told, "shown", fact),
        "actor": _account(told, told.site),
        "verb": {"id": verb, "display": {"en-US": word}},
        "object": _activity(told, f"courses/{play.course}", _VIDEO, title),
        "result": result,
        "context": {
            "registration": _id(told, "session", session),
            "contextActivities": {
                "category": [{"id": PROFILE}],
                "parent": [{"objectType": "Activity", "id": f"{told.home}/sessions/{session}"}],
                "grouping": [_place(told)],
            },
            "extensions": {
                f"{_EXTENSION}session-id": _id(told, "play", play.play),
                f"{_EXTENSION}length": play.duration_ms // 1000,
            },
        },
        "timestamp": moment(play.started_ms + shown_ms),
    }


def segments(shown: tuple[Interval, ...]) -> str:
    """What was shown, in seconds, as the video profile writes it: ``0[.]12[,]40[.]60``."""
    return "[,]".join(f"{one.start_ms / 1000:g}[.]{one.end_ms / 1000:g}" for one in shown)


def moment(wall_ms: int) -> str:
    """A moment as RFC 3339 writes it, with its own offset."""
    return local_time(wall_ms).isoformat(timespec="seconds")


def _account(told: SessionStory, name: str) -> Statement:
    return {"objectType": "Agent", "account": {"homePage": told.home, "name": name}}


def _activity(told: SessionStory, place: str, kind: str, title: str) -> Statement:
    definition: Statement = {"type": kind}
    if title:
        definition["name"] = {"zh-CN": title}
    return {"objectType": "Activity", "id": f"{told.home}/{place}", "definition": definition}


def _place(told: SessionStory) -> Statement:
    return {"objectType": "Activity", "id": f"{told.home}/sites/{told.site}"}


def _id(told: SessionStory, what: str, fact: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{told.home} {what} {fact}"))
