"""Makes the two sounds of the sign-in screen: arrived, and please try again.

    python -m resources.make_sounds

Soft sine notes with a first overtone, 44.1 kHz mono; the same bytes at every run.
"""

from __future__ import annotations

import array
import math
import sys
import wave
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent / "sounds"
RATE = 44_100
ATTACK_S = 0.008
PEAK = 0.5


@dataclass(frozen=True, slots=True)
class Note:
    """A note; seconds, hertz, and how fast it dies away (larger is faster)."""

    at: float
    length: float
    pitch: float
    dying: float


SUCCESS = (Note(0.0, 0.22, 659.26, 12.0), Note(0.11, 0.27, 987.77, 11.0))
AGAIN = (Note(0.0, 0.26, 220.0, 13.0),)


def main() -> None:
    """Write both."""
    HERE.mkdir(parents=True, exist_ok=True)
    for name, notes in (("success", SUCCESS), ("again", AGAIN)):
        _write(HERE / f"{name}.wav", _mix(notes))
        print(name, (HERE / f"{name}.wav").stat().st_size)


def _mix(notes: tuple[Note, ...]) -> list[float]:
    total = max(note.at + note.length for note in notes)
    mixed = [0.0] * round(total * RATE)
    for note in notes:
        first = round(note.at * RATE)
        for step in range(round(note.length * RATE)):
            mixed[first + step] += _sample(note, step / RATE)
    loudest = max(abs(one) for one in mixed)
    return [one / loudest * PEAK for one in mixed]


def _sample(note: Note, at: float) -> float:
    turn = 2 * math.pi * note.pitch * at
    tone = math.sin(turn) + 0.22 * math.sin(2 * turn) * math.exp(-20 * at)
    rise = min(1.0, at / ATTACK_S)
    fall = min(1.0, (note.length - at) / 0.03)
    return tone * rise * fall * math.exp(-note.dying * at)


def _write(target: Path, samples: list[float]) -> None:
    frames = array.array("h", (round(one * 32_767) for one in samples))
    if sys.byteorder == "big":
        frames.byteswap()
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(frames.tobytes())


if __name__ == "__main__":
    main()
