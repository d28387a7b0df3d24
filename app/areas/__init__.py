"""The subjects of the station, a folder each; ``AREAS`` names them, and nothing else has to.

A folder holds what its subject needs of these modules, which are found by their names; what a rule
needs beside them stands in a module of its own, named in the contract "what an area's facts mean":

- ``facts``: its facts, each declared with ``app.domain.fact_kinds.fact``
- ``record``: what its facts mean together, and ``PROJECTIONS``: which rows are made of that
- ``words``: ``WORDS``, its sentences, each key in Chinese and in English
- ``verbs``: what can be done, as functions of ``app.usecases.tools.Tools``
- ``commands``: ``add_commands``, which adds its part to the command line
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

AREAS: tuple[str, ...] = (
    "sessions",
    "attendance",
    "playback",
    "discussion",
    "people",
    "courses",
    "clock",
    "catalogue",
    "monthly",
    "cases",
    "ratings",
    "needs",
    "tests_of_courses",
    "hours",
    "absence",
    "turnout",
    "running",
    "equipment",
    "yearly",
    "classes",
    "forms",
)
"""Every area's folder, in the order in which its commands are listed."""


def parts(name: str) -> tuple[ModuleType, ...]:
    """The module of this name of each area that has one, loaded."""
    return tuple(each_part(name))


def each_part(name: str) -> Iterator[ModuleType]:
    """The same, each loaded when it is asked for."""
    for area in AREAS:
        named = f"{__name__}.{area}.{name}"
        if find_spec(named) is not None:
            yield import_module(named)
