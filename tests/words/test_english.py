"""The English is a native's: one word for one thing, dates in its own form."""

from __future__ import annotations

import re

from app.words import CATALOGUE, speak
from ui.state.formatting import day, long_day_of

PRESENT = re.compile(r"\b(present|arrived)\b", re.IGNORECASE)
HERE_IS_SAID_OTHERWISE = {"op.roll.newest"}
"""“Just arrived” is when, not whether."""
CALQUES = ("by itself", "None is me", "On 10 s", "Late-comers", "phone tail", "Let us talk")


def test_whoever_came_is_here_and_nothing_else() -> None:
    shown = {
        key: english
        for key, (_zh, english) in CATALOGUE.items()
        if key.startswith(("status.", "member.", "op.roll.", "op.close.", "audience.", "room."))
    }
    said = {
        key for key, english in shown.items() if PRESENT.search(re.sub(r"\{\w+\}", "", english))
    }
    assert said <= HERE_IS_SAID_OTHERWISE


def test_nothing_on_the_screens_is_translated_word_by_word() -> None:
    found = [
        (key, calque)
        for key, (_zh, english) in CATALOGUE.items()
        for calque in CALQUES
        if calque in english
    ]
    assert found == []


def test_dates_have_the_form_of_the_language() -> None:
    speak("en")
    assert day("2026-11-23") == "23 Nov"
    assert long_day_of("2026-01-05") == "5 Jan 2026"
    assert day("2026-13-05") == "2026-13-05", "what is no month is shown as it came"
    speak("zh")
    assert day("2026-11-23") == "11月23日"
    assert long_day_of("2026-01-05") == "2026年1月5日"
