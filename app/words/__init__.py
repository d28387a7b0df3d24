"""The one catalogue of sentences shown to people: every key in Chinese and in English.

Screens and commands ask ``say(key, **values)``; nothing else in the program holds a
sentence. The language is chosen once at start and may be changed in the settings.
"""

from __future__ import annotations

from app.areas import parts
from app.domain.errors import UserError
from app.words import (
    asking,
    carry,
    codes,
    command,
    diagnostics,
    first_run,
    handouts,
    help_sheets,
    ledgers,
    link,
    lock,
    looks,
    member,
    notices,
    operator,
    paper,
    practice,
    refusals,
    room,
    side_files,
    sound,
)

LANGUAGES = ("zh", "en")

_WRITTEN: dict[str, tuple[str, str]] = {
    **refusals.WORDS,
    **notices.WORDS,
    **link.WORDS,
    **lock.WORDS,
    **looks.WORDS,
    **first_run.WORDS,
    **command.WORDS,
    **help_sheets.WORDS,
    **ledgers.WORDS,
    **carry.WORDS,
    **member.WORDS,
    **asking.WORDS,
    **operator.WORDS,
    **paper.WORDS,
    **practice.WORDS,
    **room.WORDS,
    **handouts.WORDS,
    **diagnostics.WORDS,
    **sound.WORDS,
    **side_files.WORDS,
}
for _area in parts("words"):
    _WRITTEN.update(_area.WORDS)

CATALOGUE: dict[str, tuple[str, str]] = codes.with_codes(help_sheets.with_buttons(_WRITTEN))

_chosen = [0]


def speak(language: str) -> None:
    """Choose the language of everything said from now on: ``zh`` or ``en``."""
    _chosen[0] = LANGUAGES.index(language)


def language() -> str:
    """The language in use."""
    return LANGUAGES[_chosen[0]]


def say(key: str, **values: object) -> str:
    """The sentence for ``key`` with its values filled in."""
    return CATALOGUE[key][_chosen[0]].format(**values)


def say_error(error: UserError) -> str:
    """The one plain sentence for a refusal or a trouble."""
    return say(error.key, **error.values)
