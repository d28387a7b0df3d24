"""Makes the sample lessons in ``media/sample``: slides, a Mandarin voice, subtitles, the list.

    apt install ffmpeg fonts-noto-cjk            (and espeak-ng, for the fall-back voice)
    python -m resources.make_lessons --voice-python build/voice/bin/python --voices build/package/voices

How ``build/voice`` is set up stands at the head of ``resources/lesson_voice.py``. Without the two
options espeak-ng reads, which is hard to follow. Spoken sentences are kept in ``build/spoken`` and
used again while their words stay.

Words and order come from ``resources/lessons/*.toml``. Each sentence is one subtitle and lights
the line of the slide it speaks of. The output is H.264 + AAC, 1280×720, 25 pictures a second, a
key frame every 2 s, index first, −16 LUFS; ``pack.json`` names every file with size and hash.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import tempfile
import tomllib
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

from resources.lesson_slides import HEIGHT, WIDTH, Slide, draw_slide

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "media" / "sample"
KEPT = HERE.parent / "build" / "spoken"
ORDER = ("fraud-calls", "fire-extinguisher", "citrus-pruning")
READERS = {
    "fraud-calls": "zf_xiaoxiao",
    "fire-extinguisher": "zm_yunxi",
    "citrus-pruning": "zf_xiaoxiao",
}
SPEED = 0.9
RATE = 25
FRAME_MS = 1000 // RATE
SOUND_RATE = 24_000
LEAD_MS = 300
PAUSE_MS = 310
SLIDE_PAUSE_MS = 350
LICENCE = "CC-BY-4.0"
TWO_FORMS = re.compile(r"\{([^|}]*)\|([^}]*)\}")
LOUDNESS = "I=-16:TP=-1.5:LRA=11"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a lesson; ``line`` counts the slide's lines from 1, 0 lights none."""

    written: str
    spoken: str
    slide: int
    line: int


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its place in the sound, milliseconds; ``until_ms`` includes the pause."""

    sentence: Sentence
    start_ms: int
    end_ms: int
    until_ms: int


@dataclass(frozen=True, slots=True)
class Voice:
    """Where the good voice lives; ``python`` None means espeak-ng."""

    python: Path | None
    voices: Path


def main() -> None:
    """Make all lessons and the pack's list."""
    asked = argparse.ArgumentParser(description="Make the sample lessons.")
    asked.add_argument("--voice-python", type=Path, default=None)
    asked.add_argument("--voices", type=Path, default=Path("build/package/voices"))
    given = asked.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication([])
    OUT.mkdir(parents=True, exist_ok=True)
    voice = Voice(given.voice_python, given.voices)
    lessons = [make_lesson(HERE / "lessons" / f"{name}.toml", voice) for name in ORDER]
    text = json.dumps({"lessons": lessons}, ensure_ascii=False, indent=1) + "\n"
    (OUT / "pack.json").write_text(text, encoding="utf-8")
    total = sum(path.stat().st_size for path in OUT.iterdir())
    print(f"{len(lessons)} lessons, {total / 1e6:.2f} MB")
    del app


def make_lesson(source: Path, voice: Voice) -> dict[str, object]:
    """Make one lesson; its entry in the list."""
    lesson = tomllib.loads(source.read_text(encoding="utf-8"))
    sentences = _sentences(lesson)
    sounds = _speak(sentences, READERS[lesson["id"]], voice)
    video, subtitle = OUT / f"{lesson['id']}.mp4", OUT / f"{lesson['id']}.srt"
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        said = _lay_out(sentences, sounds, work / "voice.wav")
        _encode(work, _pictures(lesson, said, work), video)
    subtitle.write_text(_srt(said), encoding="utf-8", newline="\n")
    return {
        "id": lesson["id"],
        "title": lesson["title"],
        "topic": lesson["topic"],
        "summary": lesson["summary"],
        "duration_ms": _duration_ms(video),
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


def _sentences(lesson: dict[str, Any]) -> list[Sentence]:
    return [
        Sentence(
            written=TWO_FORMS.sub(r"\1", one["say"]),
            spoken=TWO_FORMS.sub(r"\2", one["say"]),
            slide=place,
            line=one.get("line", 0),
        )
        for place, slide in enumerate(lesson["slides"])
        for one in slide["speech"]
    ]


def _speak(sentences: list[Sentence], reader: str, voice: Voice) -> list[Path]:
    """A 24 kHz mono WAV for each sentence."""
    KEPT.mkdir(parents=True, exist_ok=True)
    name = "espeak" if voice.python is None else f"{reader}-{SPEED}"
    wavs = [
        KEPT / f"{name}-{hashlib.sha256(one.spoken.encode()).hexdigest()[:16]}.wav"
        for one in sentences
    ]
    missing = [(one, wav) for one, wav in zip(sentences, wavs, strict=True) if not wav.exists()]
    if voice.python is None:
        for one, wav in missing:
            _speak_plainly(one.spoken, wav)
    elif missing:
        listed = [
            {"text": one.spoken, "voice": reader, "speed": SPEED, "wav": str(wav)}
            for one, wav in missing
        ]
        subprocess.run(  # noqa: S603 - our own script, our own words
            [str(voice.python), str(HERE / "lesson_voice.py"), "--voices", str(voice.voices)],
            input=json.dumps(listed).encode(),
            check=True,
        )
    return wavs


def _speak_plainly(text: str, wav: Path) -> None:
    resampled = ["-ar", str(SOUND_RATE), "-ac", "1", str(wav)]
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.wav"
        for command in (
            ["espeak-ng", "-v", "cmn", "-s", "190", "-w", str(raw), text],
            ["ffmpeg", "-v", "error", "-y", "-i", str(raw), *resampled],
        ):
            subprocess.run(command, check=True)  # noqa: S603 - fixed programs, our own words


def _lay_out(sentences: list[Sentence], sounds: list[Path], target: Path) -> list[Said]:
    """Join the sentences into ``target``, every one beginning on a picture's edge."""
    said: list[Said] = []
    sound = bytearray(_silence(LEAD_MS))
    for place, (sentence, path) in enumerate(zip(sentences, sounds, strict=True)):
        with wave.open(str(path), "rb") as one:
            samples = one.readframes(one.getnframes())
        start = _length_ms(sound)
        length = len(samples) // 2 * 1000 // SOUND_RATE
        turns = place + 1 == len(sentences) or sentences[place + 1].slide != sentence.slide
        pause = PAUSE_MS + (SLIDE_PAUSE_MS if turns else 0)
        until = -(-(start + length + pause) // FRAME_MS) * FRAME_MS
        sound += samples
        sound += b"\0" * (until * SOUND_RATE // 1000 * 2 - len(sound))
        said.append(Said(sentence, start, start + length, until))
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SOUND_RATE)
        out.writeframes(bytes(sound))
    return said


def _silence(length_ms: int) -> bytes:
    return b"\0\0" * (SOUND_RATE * length_ms // 1000)


def _length_ms(sound: bytearray) -> int:
    return len(sound) // 2 * 1000 // SOUND_RATE


def _pictures(lesson: dict[str, Any], said: list[Said], work: Path) -> Path:
    """Draw a picture for each sentence; the list of pictures and times for ffmpeg."""
    slides = lesson["slides"]
    listed: list[str] = []
    begins = 0
    picture = work / "none.png"
    for place, one in enumerate(said):
        slide = slides[one.sentence.slide]
        picture = work / f"slide{place:03}.png"
        shown = Slide(
            title=slide["title"],
            lines=tuple(slide["lines"]),
            drawing=slide["drawing"],
            ground=slide["ground"],
            seal=lesson["seal"],
            place=one.sentence.slide,
            count=len(slides),
            lit=one.sentence.line,
        )
        draw_slide(shown).save(str(picture))
        listed.append(f"file '{picture}'\nduration {(one.until_ms - begins) / 1000:.3f}")
        begins = one.until_ms
    listing = work / "slides.txt"
    listing.write_text("\n".join([*listed, f"file '{picture}'", ""]), encoding="utf-8")
    return listing


def _encode(work: Path, listing: Path, video: Path) -> None:
    sound = work / "voice.wav"
    command = [
        "ffmpeg", "-v", "error", "-y",
        "-f", "concat", "-safe", "0", "-i", str(listing), "-i", str(sound),
        "-t", f"{_seconds(sound):.3f}",
        "-vf", f"fps={RATE},scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
        "-af", f"highpass=f=70,loudnorm={LOUDNESS}:{_measured(sound)}:linear=true",
        "-c:v", "libx264", "-profile:v", "high", "-preset", "medium", "-tune", "stillimage",
        "-crf", "26", "-g", str(RATE * 2), "-threads", "2",
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
        "-c:a", "aac", "-b:a", "80k", "-ar", "48000", "-ac", "1",
        "-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact",
        str(video),
    ]  # fmt: skip
    subprocess.run(command, check=True)  # noqa: S603 - fixed program, our own files


def _measured(sound: Path) -> str:
    """What the loudness filter must know of the whole sound to set it evenly."""
    command = [
        "ffmpeg", "-hide_banner", "-nostats", "-i", str(sound),
        "-af", f"highpass=f=70,loudnorm={LOUDNESS}:print_format=json", "-f", "null", "-",
    ]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    found = json.loads(done.stderr[done.stderr.rindex("{") :])
    return (
        f"measured_I={found['input_i']}:measured_TP={found['input_tp']}"
        f":measured_LRA={found['input_lra']}:measured_thresh={found['input_thresh']}"
        f":offset={found['target_offset']}"
    )


def _seconds(sound: Path) -> float:
    with wave.open(str(sound), "rb") as one:
        return one.getnframes() / one.getframerate()


def _duration_ms(video: Path) -> int:
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"]
    done = subprocess.run(  # noqa: S603 - fixed program, our own file
        [*command, str(video)], check=True, capture_output=True, text=True
    )
    return round(float(done.stdout) * 1000)


def _srt(said: list[Said]) -> str:
    blocks = [
        f"{place}\n{_clock(one.start_ms)} --> {_clock(one.end_ms + PAUSE_MS - FRAME_MS)}\n"
        f"{one.sentence.written}\n"
        for place, one in enumerate(said, start=1)
    ]
    return "\n".join(blocks)


def _clock(at_ms: int) -> str:
    seconds, ms = divmod(at_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{ms:03}"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
