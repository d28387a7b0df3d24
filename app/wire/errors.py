"""Numbered errors of the centre. A number not known here still has its class's meaning."""

from __future__ import annotations

from enum import IntEnum


class ErrorNumber(IntEnum):
    """1xx try again later · 2xx the data must be mended · 3xx update the program · 4xx not allowed."""

    BUSY = 101
    STORE_DOWN = 102
    UNREADABLE = 201
    TOO_LARGE = 202
    NOT_FOUND = 203
    DAMAGED = 204
    TOO_NEW = 301
    UNKNOWN_STATION = 401
    BAD_SIGNATURE = 402
    OUT_OF_SCOPE = 403
    BAD_CODE = 404


def word_key(number: int) -> str:
    """The catalogue key of the sentence a station shows for an error's class."""
    return {
        1: "link.later",
        2: "link.data",
        3: "link.update",
        4: "link.not_allowed",
    }.get(number // 100, "link.later")
