"""Makes the sample lessons in ``media/sample``: slides, an offline Mandarin voice, subtitles.

    apt install espeak-ng ffmpeg fonts-noto-cjk      (Debian's names)
    QT_QPA_PLATFORM=offscreen python -m resources.make_lessons

Text and timing come from ``resources/lessons/*.toml``; each spoken sentence is one subtitle, so
what is heard and what is read agree. The output is H.264 + AAC, 1280×720, key frame every 2 s,
index first, and ``pack.json`` names every file with its hash.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import tomllib
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPen

from resources.lesson_drawings import DRAWINGS

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "media" / "sample"
WIDTH, HEIGHT, RATE = 1280, 720, 25
PAUSE_MS = 350
SLIDE_PAUSE_MS = 700
SPEED_WORDS = "215"
LICENCE = "CC-BY-4.0"
MAKER = "远教站"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence with its place in the lesson, milliseconds."""

    text: str
    start_ms: int
    end_ms: int


def main() -> None:
    """Make all lessons and the pack's list."""
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    OUT.mkdir(parents=True, exist_ok=True)
    order = ("fraud-calls", "fire-extinguisher", "citrus-pruning")
    lessons = [make_lesson(HERE / "lessons" / f"{name}.toml") for name in order]
    (OUT / "pack.json").write_text(
        json.dumps({"lessons": lessons}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    total = sum(path.stat().st_size for path in OUT.iterdir())
    print(f"{len(lessons)} lessons, {total / 1e6:.2f} MB")
    del app


def make_lesson(source: Path) -> dict[str, object]:
    """Make one lesson; returns its entry in the list."""
    lesson = tomllib.loads(source.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        spoken, pictures = _render(lesson, work)
        video = OUT / f"{lesson['id']}.mp4"
        _encode(work, pictures, video)
    duration_ms = pictures[-1][2]
    subtitle = OUT / f"{lesson['id']}.srt"
    subtitle.write_text(_srt(spoken), encoding="utf-8")
    return {
        "id": lesson["id"],
        "title": lesson["title"],
        "topic": lesson["topic"],
        "summary": lesson["summary"],
        "duration_ms": duration_ms,
        "width": WIDTH,
        "height": HEIGHT,
        "file": video.name,
        "bytes": video.stat().st_size,
        "sha256": _sha256(video),
        "subtitle": subtitle.name,
        "subtitle_bytes": subtitle.stat().st_size,
        "subtitle_sha256": _sha256(subtitle),
        "licence": LICENCE,
    }


def _render(lesson: dict[str, Any], work: Path) -> tuple[list[Spoken], list[tuple[Path, int, int]]]:
    """Speak every sentence into one sound file and draw every slide with its start and end."""
    spoken: list[Spoken] = []
    pictures: list[tuple[Path, int, int]] = []
    sound = bytearray()
    rate = 0
    now_ms = 0
    slides = lesson["slides"]
    for place, slide in enumerate(slides):
        begins = now_ms
        for sentence in slide["speech"]:
            rate, samples = _speak(sentence, work)
            length = len(samples) // 2 * 1000 // rate
            spoken.append(Spoken(sentence, now_ms, now_ms + length))
            sound += samples + _silence(rate, PAUSE_MS)
            now_ms += length + PAUSE_MS
        sound += _silence(rate, SLIDE_PAUSE_MS)
        now_ms += SLIDE_PAUSE_MS
        picture = work / f"slide{place:02}.png"
        draw_slide(slide, place, len(slides)).save(str(picture))
        pictures.append((picture, begins, now_ms))
    with wave.open(str(work / "voice.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(bytes(sound))
    return spoken, pictures


def draw_slide(slide: dict[str, Any], place: int, count: int) -> QImage:
    """One slide: words at the left, the drawing at the right, where we are at the foot."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("#FBF8F1"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(QFont("Noto Sans CJK SC"))
    painter.save()
    painter.translate(716, 60)
    DRAWINGS[slide["drawing"]](painter)
    painter.restore()
    painter.fillRect(QRectF(0, 0, 18, HEIGHT), QColor("#0E5A45"))
    _write(painter, slide["title"], QRectF(72, 84, 640, 200), 74, bold=True)
    top = 296.0
    for line in slide["lines"]:
        painter.setPen(QPen(QColor("#A3261B"), 14, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoint(QPointF(86, top + 36))
        _write(painter, line, QRectF(114, top, 600, 76), 44)
        top += 80
    for step in range(count):
        colour = QColor("#0E5A45") if step <= place else QColor("#D9D3C5")
        painter.fillRect(QRectF(72 + step * 58, 672, 48, 10), colour)
    painter.setPen(QColor("#46504C"))
    _write(painter, MAKER, QRectF(1100, 650, 150, 50), 30)
    painter.end()
    return image


def _write(painter: QPainter, text: str, place: QRectF, size: int, *, bold: bool = False) -> None:
    font = QFont("Noto Sans CJK SC")
    font.setBold(bold)
    while True:
        font.setPixelSize(size)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if painter.fontMetrics().horizontalAdvance(text) <= place.width():
            break
        size -= 2
    painter.setPen(QColor("#1B2322"))
    painter.drawText(place, flags, text)


def _speak(sentence: str, work: Path) -> tuple[int, bytes]:
    path = work / "sentence.wav"
    command = ["espeak-ng", "-v", "cmn", "-s", SPEED_WORDS, "-p", "42", "-w", str(path), sentence]
    subprocess.run(command, check=True)  # noqa: S603 - fixed program, our own words
    with wave.open(str(path), "rb") as said:
        return said.getframerate(), said.readframes(said.getnframes())


def _silence(rate: int, length_ms: int) -> bytes:
    return b"\0\0" * (rate * length_ms // 1000)


def _encode(work: Path, pictures: list[tuple[Path, int, int]], video: Path) -> None:
    listing = work / "slides.txt"
    lines = [f"file '{path}'\nduration {(end - start) / 1000:.3f}" for path, start, end in pictures]
    listing.write_text("\n".join([*lines, f"file '{pictures[-1][0]}'"]) + "\n", encoding="utf-8")
    command = [
        "ffmpeg", "-v", "error", "-y",
        "-f", "concat", "-safe", "0", "-i", str(listing),
        "-i", str(work / "voice.wav"),
        "-t", f"{pictures[-1][2] / 1000:.3f}",
        "-vf", f"fps={RATE},format=yuv420p",
        "-af", "highpass=f=90,lowpass=f=7000,loudnorm=I=-16:TP=-1.5:LRA=11",
        "-c:v", "libx264", "-profile:v", "high", "-preset", "veryfast", "-tune", "stillimage",
        "-crf", "23", "-g", str(RATE * 2),
        "-c:a", "aac", "-b:a", "64k", "-ar", "48000", "-ac", "1",
        "-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact",
        str(video),
    ]  # fmt: skip
    subprocess.run(command, check=True)  # noqa: S603 - fixed program, our own files


def _srt(spoken: list[Spoken]) -> str:
    blocks = [
        f"{place}\n{_clock(one.start_ms)} --> {_clock(one.end_ms + PAUSE_MS // 2)}\n{one.text}\n"
        for place, one in enumerate(spoken, start=1)
    ]
    return "\n".join(blocks)


def _clock(at_ms: int) -> str:
    seconds, ms = divmod(at_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{ms:03}"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
