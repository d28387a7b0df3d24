"""Every projection the station's store runs: sessions, plays, and what the areas declare."""

from __future__ import annotations

from typing import Any

from app.areas import parts
from app.areas.playback.record import PLAYS
from app.areas.sessions.record import SESSIONS
from app.domain.projections import Projection

PROJECTIONS: tuple[Projection[Any], ...] = (
    SESSIONS,
    PLAYS,
    *(one for record in parts("record") for one in getattr(record, "PROJECTIONS", ())),
)
