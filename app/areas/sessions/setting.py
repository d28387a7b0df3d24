"""Checking what is said of a session's setting, and putting it into the fact that prepares one."""

from __future__ import annotations

from dataclasses import asdict

from app.areas.sessions.facts import SessionPrepared
from app.areas.sessions.kinds import Item, SessionKind, agenda_of
from app.areas.sessions.session import SessionSetting
from app.domain import bounds
from app.domain.errors import BadInput
from app.domain.ids import CourseId, OrgUnitId, SessionId


def checked_setting(kind: SessionKind, setting: SessionSetting) -> SessionSetting:
    """The setting as it is kept: plain lines, each named once, the kind's agenda when none is said.

    Raises:
        BadInput: something is too long or too much, or no such item can be ticked.
    """
    for one in setting.ticks:
        if one not in {item.value for item in Item}:
            raise BadInput("refusal.no_item", item=one)
    return SessionSetting(
        place=bounds.line(setting.place, bounds.PLACE),
        training_class=_key(setting.training_class),
        campaign=_key(setting.campaign),
        route=_key(setting.route),
        lecturers=_lines(setting.lecturers, bounds.ID),
        hosts=_lines(setting.hosts, bounds.ID),
        agenda=_lines(setting.agenda, bounds.AGENDA_ITEM) or agenda_of(kind),
        ticks=_lines(setting.ticks, bounds.ID),
    )


def preparation(  # noqa: PLR0913 - what a preparation says
    session: SessionId,
    title: str,
    kind: SessionKind,
    setting: SessionSetting,
    units: tuple[OrgUnitId, ...],
    courses: tuple[CourseId, ...],
    grace_minutes: int,
    planned_start_ms: int | None = None,
) -> SessionPrepared:
    """The fact that prepares a session that stands in no plan."""
    return SessionPrepared(
        session=session,
        plan=None,
        kind=kind.value,
        title=title,
        units=units,
        courses=courses,
        planned_start_ms=planned_start_ms,
        grace_minutes=grace_minutes,
        **asdict(setting),
    )


def _key(text: str) -> str:
    return bounds.line(text, bounds.ID)


def _lines(texts: tuple[str, ...], most: int) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(line for one in texts if (line := bounds.line(one, most))))
    if len(kept) > bounds.MOST_LISTED:
        raise BadInput("refusal.too_many", count=len(kept), most=bounds.MOST_LISTED)
    return kept
