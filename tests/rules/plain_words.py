"""Rules of words: standard terms, one name for one thing, and every house term in the glossary."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.rules.looking import sources

PRODUCT = ("app", "ui", "centre")

PLAIN_MODULES = {
    "ballast": "disk_reserve",
    "beginnings": "segment_header",
    "blanking": "redact_erased",
    "chosen": "preferences_controller",
    "choices": "preferences",
    "desk": "context",
    "detached": "orphan_facts",
    "far_paper": "pdf_worker_client",
    "far_reader": "pdf_worker",
    "first_time": "setup_wizard",
    "foot_line": "status_bar",
    "front": "fast_path",
    "growth": "append_facts",
    "kept": "pixmap_cache",
    "known_again": "reenrolment",
    "lanes": "admission",
    "line": "connection",
    "moments": "clock_correction",
    "only_one": "single_instance",
    "placing": "restore_facts",
    "quiet_work": "idle_tasks",
    "rail": "sidebar",
    "readings": "decode",
    "room_side": "controller",
    "says": "formatting",
    "sweep": "garbage_collection",
    "sync_beat": "scheduler",
    "turns": "deferred_calls",
    "veil": "overlay",
}
"""Names of modules that only insiders understood, and the standard term for each."""

PARTICIPLES = frozenset(
    """Admitted Answered Applied Asked Began Carried Chained Chosen Counted Decided Erased Exported
    Fetched Fitted Forgotten Found Freed Gone Heard Held Introduced Kept Known Left Locked Marked
    Matched Moved Noted Placed Prepared Published Reached Read Refused Released Remembered Said Seen
    Shown Stopped Taken Told Tried Undone Understood Voided Wanted Asking Waiting Watching""".split()
)
"""A class is a thing: none of these alone names one."""

DIALECT = {"evening": "session", "evenings": "sessions"}
"""House words in code, docstrings and documents, and the standard term for each."""

ORDINARY = frozenset(
    """answer card change check clock contents effects entropy entry event file folder identity input
    instant interval kind link look moment number observation outcome page people person playback player reading
    reason refusal report request row rule source state status store summary tries trouble unit view
    work slot sample inputs shape column""".split()
)
"""Nouns of computing or of daily life that need no entry in the glossary."""

OF_ITS_OWN_KIND = frozenset(
    """EnrolledAt NotPossibleNow UserError UndoDone Undoable VisitorLooksKnown Undecoded
    Unreadable Unfit Folded Starts Policies DiscussionNoted PlaybackStarted PlaybackEnded Waiting
    FreedSpace""".split()
)
"""Sentences people are told, and values whose name is a statement."""

_WORD = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])")


def classes(root: Path, folders: tuple[str, ...] = PRODUCT) -> Iterator[tuple[str, str]]:
    """Place and name of every class."""
    for path in sources(root, folders):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield path.relative_to(root).as_posix(), node.name


def names_of_two_things(root: Path) -> dict[str, list[str]]:
    """Class names, leading underscore ignored, that are defined in more than one place."""
    found: dict[str, list[str]] = defaultdict(list)
    for place, name in classes(root):
        found[name.lstrip("_")].append(place)
    return {name: places for name, places in sorted(found.items()) if len(places) > 1}


def participles(root: Path) -> list[str]:
    """Classes named by a participle alone."""
    return sorted(
        f"{place} {name}" for place, name in classes(root) if name.lstrip("_") in PARTICIPLES
    )


def insiders_modules(root: Path) -> list[str]:
    """Modules under a name for which there is a standard term."""
    return sorted(
        f"{path.relative_to(root).as_posix()}: {PLAIN_MODULES[path.stem]}"
        for path in sources(root, PRODUCT)
        if path.stem in PLAIN_MODULES
    )


def glossary(text: str) -> set[str]:
    """Every word of the terms of a glossary, in lower case."""
    rows = [line.split("|") for line in text.splitlines() if line.startswith("|")]
    terms = " ".join(row[2] for row in rows if len(row) > 3)
    return {word.lower() for word in re.findall(r"[A-Za-z]+", terms.replace("_", " "))}


def terms_without_entry(root: Path, text: str) -> list[str]:
    """Public classes of the core whose noun is neither in the glossary nor ordinary.

    A fact's name ends in what happened (``session.opened`` is ``SessionOpened``), so there the
    word before must be known.
    """
    known = {word.removesuffix("s") for word in glossary(text) | ORDINARY}
    found = []
    for place, name in classes(root, ("app/domain", "app/wire", "app/ports", "app/areas")):
        words = [word.lower().removesuffix("s") for word in _WORD.findall(name)]
        plain = name.startswith("_") or name in OF_ITS_OWN_KIND
        if not plain and not known & set(words[-2:]):
            found.append(f"{place} {name}")
    return sorted(found)


def dialect(texts: dict[str, str]) -> list[str]:
    """Lines with a house word that has a standard term."""
    pattern = re.compile(rf"(?<![a-z])({'|'.join(DIALECT)})(?![a-z])", re.IGNORECASE)
    return [
        f"{name}:{number}: {found.group()}"
        for name, text in sorted(texts.items())
        for number, line in enumerate(text.splitlines(), start=1)
        for found in pattern.finditer(line)
    ]
