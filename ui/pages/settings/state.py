"""What the settings page shows."""

from __future__ import annotations

from dataclasses import field

from app.domain.values import dataclass
from ui.state.preferences import Preferences
from ui.state.screens import ScreenSeen


@dataclass(frozen=True, slots=True)
class SettingsState:
    """The choices in force and the screens there are."""

    choices: Preferences = field(default_factory=Preferences)
    screens: tuple[ScreenSeen, ...] = ()
    audience: str = ""
    """Name of the screen the room sees now; empty in one-screen mode."""
