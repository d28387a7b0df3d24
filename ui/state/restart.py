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

    @property
    def enrols(self) -> bool:
        """Whether nothing but enrolling is wanted."""
        return self in (Restart.CODE, Restart.STICK)
