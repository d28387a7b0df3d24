"""What the page of wishes shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.areas.wishes.verbs import WishView


@dataclass(frozen=True, slots=True)
class WishesState:
    """All wishes."""

    wishes: tuple[WishView, ...] = ()
