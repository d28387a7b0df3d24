"""Columns by their keys: each is said with ``form.figure.KEY``."""

from __future__ import annotations

from collections.abc import Iterable

from app.areas.forms.form import Align, FormCell, FormColumn, FormField, Say

_START, _MIDDLE = Align.START, Align.MIDDLE


def columns_of(say: Say, told: Iterable[tuple[str, float, str]]) -> tuple[FormColumn, ...]:
    """Key, width and manner of each: ``w`` words that wrap, ``s`` what the eye looks for, ``l``
    words, else a figure in the middle."""
    return tuple(
        FormColumn(
            key,
            say(f"form.figure.{key}"),
            width,
            _START if how in ("w", "s", "l") else _MIDDLE,
            wraps=how == "w",
            is_strong=how == "s",
        )
        for key, width, how in told
    )


def head_of(say: Say, *told: tuple[str, str | int | None, int]) -> tuple[FormField, ...]:
    """The head: key, value and share of the line of each field."""
    return tuple(
        FormField(key, say(f"form.head.{key}"), FormCell(value), span) for key, value, span in told
    )
