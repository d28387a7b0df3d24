"""One session told by the station and by the centre, in the same words, to be held together."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from app.areas.attendance.marks import RosterStatus
from app.areas.attendance.views import PersonCard
from app.areas.playback.plays import showings
from app.areas.sessions.views import SessionView

Told = dict[str, Any]
_OF_THE_CENTRE = ("person", "said_ms", "time_source")
"""The key of a line, and what the centre knows of the station's clock."""


def told_by_station(view: SessionView) -> Told:
    """Everything of the station's own view that the centre must know too."""
    session, turnout = view.session, view.turnout
    return {
        "session": session.id,
        "plan": session.plan,
        "kind": session.kind,
        "title": session.title,
        "step": session.step.value,
        "planned_start_ms": session.planned_start_ms,
        "opened_ms": session.opened_ms,
        "closed_ms": session.closed_ms,
        "not_held_reason": None,
        "not_held_note": "",
        "expected": sorted(c.id for c in view.cards if c.standpoint is RosterStatus.EXPECTED),
        "left_out": sorted((c.id, c.left_out.value) for c in view.cards if c.left_out is not None),
        "people": {
            c.id: _person(c) for c in view.cards if c.standpoint is not RosterStatus.VISITOR
        },
        "visitors": {c.id: _person(c) for c in view.cards if c.standpoint is RosterStatus.VISITOR},
        "turnout": asdict(turnout),
        "arrived": turnout.arrived,
        "in_room": turnout.in_room,
        "rate_percent": turnout.rate_percent,
        "plays": [
            {
                "play": one.id,
                "course": one.course,
                "started_ms": one.started_ms,
                "duration_ms": one.duration_ms,
                "position_ms": one.position_ms,
                "coverage_percent": one.coverage_percent,
                "outcome": None if one.outcome is None else one.outcome.value,
            }
            for one in view.plays
        ],
        "showings": [
            {**asdict(one), "outcome": None if one.outcome is None else one.outcome.value}
            for one in showings(view.plays)
        ],
        "notes": list(view.notes),
        "code": view.code,
        "other_codes": list(view.other_codes),
        **json.loads(json.dumps(asdict(session.setting))),
        "activities": json.loads(json.dumps(asdict(session.activities))),
        "late": None if view.late is None else view.late.value,
        "pending": view.pending,
    }


def told_by_centre(report: Told) -> Told:
    """A session of the centre's report, with what is the centre's own knowledge taken off."""
    own: tuple[str, ...] = ("site", "site_name", "agrees", "held")
    own += tuple(key for key in report if key.endswith(("_said_ms", "_time_source")))
    told = {key: value for key, value in report.items() if key not in own}
    told["expected"] = sorted(told["expected"])
    told["plays"] = [
        {key: value for key, value in one.items() if key not in _OF_THE_CENTRE}
        for one in told["plays"]
    ]
    told["left_out"] = sorted((who, why) for who, why in told["left_out"])
    for group in ("people", "visitors"):
        lines = told[group]
        told[group] = {
            one["person"]: {k: v for k, v in one.items() if k not in _OF_THE_CENTRE}
            for one in lines
        }
        assert len(told[group]) == len(lines), "someone is listed twice"
    return told


def _person(card: PersonCard) -> Told:
    return {
        "name": card.name,
        "standpoint": card.standpoint.value,
        "status": None if card.status is None else card.status.value,
        "left_out": None if card.left_out is None else card.left_out.value,
        "lane": None if card.lane is None else card.lane.value,
        "by": card.by,
        "at_ms": card.at_ms,
        "claimed_ms": None,
        "late_entry": card.status is not None and card.status.value == "late_entry",
        "capacity": None if card.capacity is None else card.capacity.value,
        "said_status": None if card.said_status is None else card.said_status.value,
    }
