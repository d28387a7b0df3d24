"""Sentences of the operator's side."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {}
