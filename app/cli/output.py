"""How results are printed: JSON for programs, plain lines for people."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import sys
from enum import Enum

from msgspec import Struct
from msgspec.structs import asdict


def plain(value: object) -> object:
    """A frozen view as what JSON knows."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Struct):
        return plain(asdict(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def speak_any_sign() -> None:
    """A sign the console does not have is spelled out; whoever reads through a pipe gets UTF-8.

    What was recorded must never look refused because its answer could not be printed.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            coding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=coding, errors="backslashreplace")


def print_result(result: object, *, as_json: bool) -> None:
    """Print what came of a command; a reader that has gone away loses only the print."""
    try:
        if as_json:
            print_json(result)
        else:
            print_lines(result)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at its end; that must find an open file.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_json(result: object) -> None:
    """One JSON document on standard output."""
    shown = plain(result.data if isinstance(result, CommandResult) else result)
    json.dump(shown, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


class CommandResult(Struct, frozen=True):
    """A result with the lines that say it to a person."""

    data: object
    lines: tuple[str, ...]


def print_lines(result: object) -> None:
    """The lines of a ``CommandResult``; anything else as JSON."""
    if isinstance(result, CommandResult):
        sys.stdout.write("\n".join(result.lines) + "\n")
    else:
        print_json(result)


def add_json(command: object) -> None:
    """Give a subcommand its ``--json`` switch."""
    getattr(command, "add_argument")("--json", action="store_true")  # noqa: B009
