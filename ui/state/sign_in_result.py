"""What came of a sign-in or of a card that was read, as screens and loudspeakers say it."""

from __future__ import annotations

from enum import StrEnum


class SignInResult(StrEnum):
    """What the card beside the keypad says; it never blocks the next press."""

    SUCCESS = "success"
    ALREADY = "already"
    NOT_FOUND = "not_found"
    NOT_ME = "not_me"
    HELP_COMES = "help_comes"
    TROUBLE = "trouble"
