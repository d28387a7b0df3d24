"""What the documents say: the commands in them, and the constants of the code by their names."""

from __future__ import annotations

import argparse
import ast
import re
import shlex
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.cli.main import parser as station_parser
from centre.commands.main import _parser as centre_parser
from tests.rules.looking import ROOT, sources

PAGES = tuple(
    path.relative_to(ROOT).as_posix()
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")))
)
_PROGRAMS = ("station", "centre")
_BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`([^`\n]+)`")
_OPTIONAL = re.compile(r"[\[|]")


def blocks(page: str) -> Iterator[str]:
    """Every command line in the code blocks of a page, without comments and settings before it."""
    for block in _BLOCK.findall(_text(page)):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
                words = words[1:]
            if words and _is_command(words):
                yield shlex.join(words)


def mentions(page: str) -> Iterator[str]:
    """Every command in running text; what is written with brackets is a pattern, not a command."""
    text = _BLOCK.sub("", _text(page))
    for found in _INLINE.findall(text):
        if not _OPTIONAL.search(found) and "\\" not in found:
            words = shlex.split(found)
            if len(words) > 1 and _is_command(words):
                yield shlex.join(words)


def _text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def _is_command(words: list[str]) -> bool:
    return words[0] in ("./dev", "C", *_PROGRAMS) or words[:2] in (
        ["python", "-m"],
        [".venv/bin/python", "-m"],
    )


def as_program(line: str) -> list[str]:
    """A command as the words a program is given: ``./dev centre …`` and ``C …`` are ``centre …``."""
    words = shlex.split(line)
    if words[0] == "C":
        return ["centre", *words[1:]]
    if words[0] == "./dev" and words[1:2] and words[1] in _PROGRAMS:
        return words[1:]
    return words


def dev_verbs() -> set[str]:
    """What ``./dev`` alone lists."""
    return set(re.findall(r"^\./dev (\w+) ", _text("dev"), re.MULTILINE))


def parse(words: list[str]) -> None:
    """Parse a whole command of station or centre with its own grammar (SystemExit: wrong)."""
    program, rest = words[0], ["1" if one == "N" else one for one in words[1:]]
    if program == "centre":
        centre_parser(rest).parse_args(rest)
    else:
        home = [] if "--home" in rest else ["--home", "HOME"]
        station_parser().parse_args([*home, *rest])


def unknown_words(words: list[str]) -> list[str]:
    """Subcommands and options of a mention that the program's grammar does not have."""
    rest = words[1:]
    grammar = centre_parser(rest) if words[0] == "centre" else station_parser()
    unknown, options = [], dict(grammar._option_string_actions)
    choices = _subcommands(grammar)
    skip = False
    for word in rest:
        if skip:
            skip = False
        elif word.startswith("--"):
            if word not in options:
                unknown.append(word)
            else:
                skip = options[word].nargs != 0
        elif choices and word in choices:
            grammar = choices[word]
            options |= grammar._option_string_actions
            choices = _subcommands(grammar)
        elif choices:
            unknown.append(word)
    return unknown


def _subcommands(grammar: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in grammar._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


class Constants:
    """The constants of the product by their names: ``NAME``, or ``module.NAME`` where it is unclear."""

    def __init__(self, root: Path = ROOT) -> None:
        self._values: dict[str, list[Any]] = defaultdict(list)
        for path in sources(root, ("app", "ui", "centre")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                name, value = _assigned(node)
                if value is not None:
                    with suppress(ValueError, TypeError, SyntaxError, NameError):
                        code = compile(ast.Expression(value), name, "eval")
                        found = eval(code, {"__builtins__": {}})  # noqa: S307 - our own source
                        self._values[name].append(found)
                        self._values[f"{path.stem}.{name}"].append(found)

    def __getitem__(self, name: str) -> Any:
        found = self._values.get(name, [])
        if len(found) != 1:
            raise KeyError(f"{len(found)} constants are named {name}")
        return found[0]


def _assigned(node: ast.stmt) -> tuple[str, ast.expr | None]:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id, node.value
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id, node.value
    return "", None
