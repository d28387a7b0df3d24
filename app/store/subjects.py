"""Every projection the station's store runs: sessions, plays, and what the areas declare."""

from __future__ import annotations

from typing import Any

from app.areas import parts
from app.domain.play_projection import PLAYS
from app.domain.projections import Projection
from app.domain.session_projection import SESSIONS

PROJECTIONS: tuple[Projection[Any], ...] = (
    SESSIONS,
    PLAYS,
    *(one for record in parts("record") for one in getattr(record, "PROJECTIONS", ())),
)
