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


class GroupSize(GroupCount, frozen=True):
    """A group, and how many people belong to it."""

    @property
    def words(self) -> str:
        """Without who is here: there is no session."""
        return say(
            "op.people.group", name=self.name or say("member.wall.no_group"), count=self.here
        )
