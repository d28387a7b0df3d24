"""How many facts of each session wait at the centre to be checked, by its newest answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.store.reading import StoreReading


TO_CHECK = "centre_to_check"


def written(told: Mapping[str, int]) -> str:
    """As it is kept: of what the centre tells only counts that can be."""
    return json.dumps({name: count for name, count in sorted(told.items()) if count > 0})


def to_check(reading: StoreReading) -> dict[str, int]:
    """Session → facts that wait; those outside of any session under the empty name."""
    kept: dict[str, int] = json.loads(reading.setting(TO_CHECK) or "{}")
    return kept
