"""What the program begins anew with, when it is left only to come back."""

from __future__ import annotations

from enum import StrEnum


class Restart(StrEnum):
    """Falsy when the program is left for good."""

    NONE = ""
    SETUP = "setup"
    """The whole first setting up once more."""
    CODE = "code"
    """Only its first step: enrol with a code over the net."""
    STICK = "stick"
    """The same, by a stick."""
    PRACTICE = "practice"
    """A session with invented people, in a folder that is thrown away."""
    REAL = "real"
    """Back from it to the real station."""

    @property
    def sets_up(self) -> bool:
        """Whether the first setting up, or a part of it, comes first."""
        return self is Restart.SETUP or self.enrols

    @property
    def enrols(self) -> bool:
        """Whether nothing but enrolling is wanted."""
        return self in (Restart.CODE, Restart.STICK)
