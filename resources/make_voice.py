"""Makes the three sentences that the sign-in screen can say aloud, beside its tones.

    python -m resources.make_voice --voice-python build/voice/bin/python --voices build/package/voices

How ``build/voice`` is set up stands at the head of ``resources/lesson_voice.py``, whose voice it
is. No sentence names anybody: a room need not hear who came, and names are read wrongly.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
VOICE = "zf_xiaoyi"
SPEED = 0.9
"""A little slower than people speak."""
SENTENCES = {"signed_in": "签到成功。", "already": "您已经签过到了。", "ask": "请找管理员帮忙。"}


def main() -> None:
    """Write all of them to ``resources/sounds/voice``."""
    asked = argparse.ArgumentParser(description="Make the spoken sentences of the sign-in screen.")
    asked.add_argument("--voice-python", type=Path, required=True)
    asked.add_argument("--voices", type=Path, required=True)
    given = asked.parse_args()
    folder = HERE / "sounds" / "voice"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [
        {"text": text, "voice": VOICE, "speed": SPEED, "wav": str(folder / f"{name}.wav")}
        for name, text in SENTENCES.items()
    ]
    subprocess.run(  # noqa: S603 - the interpreter that the developer named
        [str(given.voice_python), str(HERE / "lesson_voice.py"), "--voices", str(given.voices)],
        input=json.dumps(wanted).encode(),
        check=True,
    )
    for one in sorted(folder.glob("*.wav")):
        print(one.name, one.stat().st_size)


if __name__ == "__main__":
    main()
