"""The state of the station in five words, each a way to where more is said."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from app.usecases.views import SyncState, SyncView
from app.words import say
from ui.parts.layout import row
from ui.parts.sync_words import TONES, state_words
from ui.widgets.chip import ChipButton, ChipTone


class StationPart(StrEnum):
    """One of the five."""

    ENROLLED = "enrolled"
    SCREEN = "screen"
    SOUND = "sound"
    COURSES = "courses"
    SENDING = "sending"


_ICONS = {
    StationPart.SCREEN: "screen",
    StationPart.SOUND: "sound",
    StationPart.COURSES: "book",
    StationPart.SENDING: "send",
}


class StationStands(Struct, frozen=True):
    """What the five words are made of."""

    sync: SyncView | None = None
    has_screen: bool = False
    volume: int = 0
    ready: int = 0
    practice: bool = False


def words_of(stands: StationStands) -> dict[StationPart, tuple[str, ChipTone]]:
    """Each with its word and how it is meant."""
    sync = stands.sync
    enrolled = sync is not None and sync.state is not SyncState.NOT_ENROLLED
    screen = (
        ("op.screen.two", ChipTone.GOOD) if stands.has_screen else ("op.screen.one", ChipTone.PLAIN)
    )
    practice = say("practice.chip"), ChipTone.PLAIN
    sending = ("", ChipTone.PLAIN) if sync is None else (state_words(sync), TONES[sync.state])
    return {
        StationPart.ENROLLED: practice
        if stands.practice
        else (
            say("op.strip.enrolled" if enrolled else "sync.not_enrolled"),
            ChipTone.GOOD if enrolled else ChipTone.WAITING,
        ),
        StationPart.SCREEN: (say(screen[0]), screen[1]),
        StationPart.SOUND: (
            say("op.strip.sound" if stands.volume else "op.strip.silent", volume=stands.volume),
            ChipTone.GOOD if stands.volume else ChipTone.WAITING,
        ),
        StationPart.COURSES: (
            say("op.strip.courses", count=stands.ready),
            ChipTone.GOOD if stands.ready else ChipTone.WAITING,
        ),
        StationPart.SENDING: practice if stands.practice else sending,
    }


class StationStrip(QWidget):
    """``lead`` gets the one that was touched."""

    def __init__(self, lead: Callable[[StationPart], None]) -> None:
        super().__init__()
        self.chips: dict[StationPart, ChipButton] = {}
        parts = row()
        for part in StationPart:
            chip = ChipButton(
                say(f"op.strip.leads.{part.value}"), icon=_ICONS.get(part, ""), wide=True
            )
            chip.clicked.connect(lambda _on=False, part=part: lead(part))
            self.chips[part] = chip
            parts.addWidget(chip)
        self.setLayout(parts)

    def show_stands(self, stands: StationStands) -> None:
        """Show how it stands now."""
        for part, (word, tone) in words_of(stands).items():
            self.chips[part].show_status(word, tone)
