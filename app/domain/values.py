"""Values – frozen dataclasses with slots – whose methods are written when they are first used.

The standard library writes and compiles six methods for each of them while its module is loaded:
0.6 ms a class, of which a start loads two hundred and uses a quarter. Here a class is given its
fields and its slots at once, and the library writes the methods the first time one is called. A
reader, a type checker and ``dataclasses.fields``, ``replace`` and ``asdict`` see a dataclass.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

_WRITTEN = ("__init__", "__eq__", "__hash__", "__repr__")

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False):
        """As ``dataclasses.dataclass``; without both it is that one."""
        if cls is None:
            return partial(dataclass, frozen=frozen, slots=slots)
        if not (frozen and slots):
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots)
        return _value(cls)


def _value(cls: type) -> type:
    own = frozenset(name for name in _WRITTEN if cls.__dict__.get(name) is not None)
    derived = any("__dataclass_params__" in base.__dict__ for base in cls.__mro__[1:])
    plain: Any = dataclasses.dataclass(init=False, repr=False, eq=False, frozen=derived)(cls)
    # What ``dataclasses`` itself asks when another value is derived from this one.
    params = plain.__dict__["__dataclass_params__"]
    params.init = params.repr = params.eq = params.frozen = True
    made = _slotted(plain)
    for name in _WRITTEN:
        if name not in own:
            setattr(made, name, _first_use(made, name, own))
    return made


def _slotted(cls: type) -> type:
    """The same class with a slot a field; defaults stand in the methods, not in the class."""
    names = tuple(one.name for one in dataclasses.fields(cls))
    inherited = {slot for base in cls.__mro__[1:-1] for slot in base.__dict__.get("__slots__", ())}
    body = dict(cls.__dict__)
    for name in (*names, "__dict__", "__weakref__"):
        body.pop(name, None)
    body["__slots__"] = tuple(name for name in names if name not in inherited)
    body.update(
        __setattr__=_refuse_set,
        __delattr__=_refuse_delete,
        __getstate__=_state,
        __setstate__=_set_state,
    )
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


def _first_use(cls: type, name: str, own: frozenset[str]) -> Callable[..., Any]:
    """A method that has the library write all of them, and does what it was called for."""

    def method(self: object, *args: object, **values: object) -> object:
        written = cls.__dict__[name]
        if written is method:
            _write(cls, own)
            written = cls.__dict__[name]
        return written(self, *args, **values)

    method.__name__, method.__qualname__ = name, f"{cls.__qualname__}.{name}"
    return method


def _write(cls: type, own: frozenset[str]) -> None:
    """By a twin without slots, whose defaults are those of the fields."""
    fields = cls.__dict__["__dataclass_fields__"]
    body: dict[str, Any] = {
        "__module__": cls.__module__,
        "__qualname__": cls.__qualname__,
        "__doc__": cls.__doc__,
        "__annotations__": {name: one.type for name, one in fields.items()},
    }
    body.update((name, _same(one)) for name, one in fields.items())
    if hasattr(cls, "__post_init__"):
        body["__post_init__"] = cls.__post_init__
    twin: Any = dataclasses.dataclass(frozen=True)(type(cls.__name__, (), body))
    for name in _WRITTEN:
        if name not in own:
            setattr(cls, name, twin.__dict__[name])


def _same(one: dataclasses.Field[Any]) -> object:
    return dataclasses.field(
        default=one.default,
        default_factory=one.default_factory,
        init=one.init,
        repr=one.repr,
        hash=one.hash,
        compare=one.compare,
        kw_only=one.kw_only,
    )


def _refuse_set(self: object, name: str, value: object) -> None:  # noqa: ARG001 - the protocol's
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: object, name: str) -> None:  # noqa: ARG001 - the protocol's
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
