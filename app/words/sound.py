"""What is said about the sound at sign-in."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "sound.title": ("签到时的声音", "Sound at sign-in"),
    "sound.voice": ("说一句话", "A spoken sentence"),
    "sound.tone": ("响一声", "Soft tone"),
    "sound.off": ("不出声", "Silent"),
    "sound.volume": ("声音大小", "Volume"),
    "sound.note": (
        "说话只说“签到成功”“您已经签过到了”“请找管理员帮忙”，不念名字；放课程时不出声。",
        "The voice is Chinese and names nobody: signed in, signed in already, ask the operator. "
        "Nothing sounds during a course.",
    ),
    "sound.try": ("听一听", "Listen"),
}
