"""The kinds of facts there are: the name of each in the bytes, and whom its facts are about.

A module that declares facts decorates each class with ``fact``. The kinds of all areas are
complete once ``app.wire.fact_bytes`` is loaded, which loads every area's facts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, fields
from types import NoneType
from typing import Any, ClassVar, NewType, TypeVar, get_args, get_type_hints


class Fact:
    """What was seen or done, once: the base of all facts, which are frozen dataclasses."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


KINDS: dict[str, type[Fact]] = {}
"""Kind as written in the bytes → class. A kind's name is for ever."""

KIND_OF: dict[type[Fact], str] = {}
"""Class → kind as written in the bytes."""

_ABOUT: dict[type[Fact], tuple[str, ...]] = {}
_IDS: dict[type[Fact], tuple[str, ...]] = {}
_F = TypeVar("_F", bound=Fact)


def fact(kind: str, *, about: tuple[str, ...] = ()) -> Callable[[type[_F]], type[_F]]:
    """Declare a class as the facts of ``kind``; ``about`` are its fields that hold a person's id.

    When a person is erased, the personal payload goes of every fact that is about them.

    Raises:
        ValueError: another class has this kind.
    """

    def declare(cls: type[_F]) -> type[_F]:
        if KINDS.setdefault(kind, cls) is not cls:
            raise ValueError(f"two classes for the kind {kind}")
        KIND_OF[cls] = kind
        _ABOUT[cls] = about
        return cls

    return declare


def id_fields(kind: type[Fact]) -> tuple[str, ...]:
    """The fields that hold an id: declared with a type of their own over text, or that or None."""
    if kind not in _IDS:
        hints = get_type_hints(kind)
        _IDS[kind] = tuple(one.name for one in fields(kind) if _is_id(hints[one.name]))
    return _IDS[kind]


def _is_id(declared: Any) -> bool:
    types = {*(get_args(declared) or (declared,))} - {NoneType}
    return all(isinstance(one, NewType) and one.__supertype__ is str for one in types)


def people_of(fact: Fact) -> frozenset[str]:
    """The ids of the people a fact is about; empty when it is about nobody."""
    named = (getattr(fact, name, None) for name in _ABOUT.get(type(fact), ()))
    return frozenset(one for one in named if isinstance(one, str))
