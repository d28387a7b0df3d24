"""What the settings page shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from ui.audience.placement import ScreenSeen
from ui.state.preferences import Choices


@dataclass(frozen=True, slots=True)
class SettingsState:
    """The choices in force and the screens there are."""

    choices: Choices = field(default_factory=Choices)
    screens: tuple[ScreenSeen, ...] = ()
    audience: str = ""
    """Name of the screen the room sees now; empty in one-screen mode."""
