"""Session lines as they come, for tests of the ledgers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.areas.hours.session_lines import CAME, SessionLine
from app.domain.time import LOCAL, wall_ms_of


def line_on(day: str, person: str = "p", session: str = "", **more: object) -> SessionLine:
    """Somebody's line of an hour at noon; they came as expected unless ``more`` says otherwise."""
    from_ms = wall_ms_of(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=LOCAL))
    told = SessionLine(
        person=person,
        session=session or f"e-{day}",
        site="site",
        day=day,
        kind="group_session",
        title="学习",
        status="present",
        standpoint="expected",
        from_ms=from_ms,
        to_ms=from_ms + 3_600_000,
        minutes=60,
    )
    told = replace(told, **more)  # type: ignore[arg-type]  # by name
    return told if told.status in CAME else replace(told, minutes=0)
