"""Every projection there is: the one list that a new subject adds a line to."""

from __future__ import annotations

from typing import Any

from app.domain.play_projection import PLAYS
from app.domain.projections import Projection
from app.domain.session_projection import SESSIONS

PROJECTIONS: tuple[Projection[Any], ...] = (SESSIONS, PLAYS)
