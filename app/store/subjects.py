"""Every projection the station's store runs: what the areas declare."""

from __future__ import annotations

from typing import Any

from app.areas import parts
from app.domain.projections import Projection

PROJECTIONS: tuple[Projection[Any], ...] = tuple(
    one for record in parts("record") for one in getattr(record, "PROJECTIONS", ())
)
