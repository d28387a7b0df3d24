"""How results are printed: JSON for programs, plain lines for people."""

from __future__ import annotations

import dataclasses
import json
import sys
from enum import Enum


def plain(value: object) -> object:
    """A frozen view as what JSON knows."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def print_json(result: object) -> None:
    """One JSON document on standard output."""
    shown = plain(result.data if isinstance(result, Said) else result)
    json.dump(shown, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """A result with the lines that say it to a person."""

    data: object
    lines: tuple[str, ...]


def print_lines(result: object) -> None:
    """The lines of a ``Said``; anything else as JSON."""
    if isinstance(result, Said):
        sys.stdout.write("\n".join(result.lines) + "\n")
    else:
        print_json(result)


def add_json(command: object) -> None:
    """Give a subcommand its ``--json`` switch."""
    getattr(command, "add_argument")("--json", action="store_true")  # noqa: B009
