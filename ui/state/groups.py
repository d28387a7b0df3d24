"""The groups of a session in figures. No Qt."""

from __future__ import annotations

from msgspec import Struct

from app.words import say


class GroupCount(Struct, frozen=True):
    """A group, who of it is here, and how many are expected."""

    name: str
    here: int
    expected: int

    @property
    def words(self) -> str:
        """As chips and headings say it."""
        name = self.name or say("member.wall.no_group")
        return say("op.roll.group", group=name, here=self.here, expected=self.expected)
