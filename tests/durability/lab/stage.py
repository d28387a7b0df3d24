"""What a story is played on: a place on a recorded disk, and the confirmations given in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from tests.durability.lab.kernel import sync_file_system
from tests.durability.lab.tape import Counters

Told = tuple[str, ...]
"""A confirmation: what was done, then what of it must be found again."""


@dataclass(slots=True)
class Stage:
    """``disk`` is the recorded disk's root; cuts fall between ``begin`` and the story's end."""

    disk: Path
    counters: Counters
    seed: int
    acts: int
    """How long the story shall be, in its own acts."""
    told: list[Told] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    """Hash → bytes of every fact that was ever there, noted at the end."""
    start: int = 0
    premature: bool = False
    """A planted bug: confirmations are given before the deed."""

    @property
    def home(self) -> Path:
        """The station's home on this disk."""
        return self.disk / "home"

    def begin(self) -> None:
        """All before this is safely on the disk; from here on it may be cut."""
        sync_file_system(self.disk)
        self.start = self.counters.entries

    def confirm(self, *told: str) -> None:
        """The verb has returned: whoever acted was told that it is done."""
        self.told.append(told)
        self.counters.acked = len(self.told)

    def confirm_too_early(self) -> None:
        """Does nothing, unless the bug is planted: then the counter runs one ahead."""
        if self.premature:
            self.counters.acked = len(self.told) + 1


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded story: the tape beside it, where cuts may fall, and what was told."""

    folder: Path
    story: str
    size_bytes: int
    start: int
    end: int
    told: tuple[Told, ...]
    facts: dict[str, str]

    @property
    def tape(self) -> Path:
        """The tape's file."""
        return self.folder / "tape"

    def write(self) -> None:
        """Keep everything beside the tape."""
        kept = {
            "story": self.story,
            "size_bytes": self.size_bytes,
            "start": self.start,
            "end": self.end,
            "told": self.told,
            "facts": self.facts,
        }
        (self.folder / "recording.json").write_text(json.dumps(kept), encoding="utf-8")


def read_recording(folder: Path) -> Recording:
    """A recording that was made."""
    kept = json.loads((folder / "recording.json").read_text(encoding="utf-8"))
    return Recording(
        folder,
        kept["story"],
        kept["size_bytes"],
        kept["start"],
        kept["end"],
        tuple(tuple(one) for one in kept["told"]),
        kept["facts"],
    )
