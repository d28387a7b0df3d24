"""Facts about wishes: one was said, and one came to another state."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.fact_kinds import Fact, fact
from app.domain.ids import PersonId


@fact("wish.opened", about=("person",))
@dataclass(frozen=True, slots=True)
class WishOpened(Fact):
    """Somebody said what they wish to learn. Personal: ``note``."""

    wish: str
    person: PersonId


@fact("wish.moved")
@dataclass(frozen=True, slots=True)
class WishMoved(Fact):
    """A wish came to another state."""

    wish: str
    state: str
