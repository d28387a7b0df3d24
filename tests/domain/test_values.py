"""Values behave as the standard library's frozen dataclasses with slots do, and cost less to load."""

from __future__ import annotations

import copy
import dataclasses
import threading
from dataclasses import field
from typing import Any, Generic, TypeVar

import pytest

from app.domain import values
from app.domain.values import dataclass

T = TypeVar("T")
NOTED: list[str] = []


@dataclass(frozen=True, slots=True)
class Line:
    """Of a book."""

    number: int
    words: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list, compare=False, repr=False)

    def __post_init__(self) -> None:
        NOTED.append(str(self.number))


@dataclass(frozen=True, slots=True)
class LongLine(Line):
    """One with a remark."""

    remark: str = ""


@dataclass(frozen=True, slots=True)
class Boxed(Generic[T]):
    """Anything, and equal to any other of its length."""

    held: T
    size: int = 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Boxed) and self.size == other.size


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """As ``Line``, by the library alone."""

    number: int
    words: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list, compare=False, repr=False)


def test_a_value_is_made_compared_told_and_hashed_as_the_librarys_is() -> None:
    one, other = Line(3, ("a",)), Line(number=3, words=("a",), seen=["x"])
    assert one == other
    assert hash(one) == hash(other) == hash(Theirs(3, ("a",)))
    assert repr(one) == repr(Theirs(3, ("a",))).replace("Theirs", "Line")
    assert one != Line(4, ("a",))
    alike: object = Theirs(3, ("a",))
    assert one != alike
    assert one.seen == []
    assert one.seen is not Line(3).seen
    assert NOTED[-1] == "3", "__post_init__ runs"
    with pytest.raises(TypeError, match="number"):
        Line()  # type: ignore[call-arg]


@pytest.mark.parametrize("name", ["number", "new"])
def test_a_value_is_never_changed_and_has_no_room_for_more(name: str) -> None:
    one: Any = Line(3)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(one, name, 4)
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(one, name)
    assert not hasattr(one, "__dict__")


def test_the_library_knows_it_as_its_own() -> None:
    one = LongLine(3, ("a",), ["x"], "r")
    assert [part.name for part in dataclasses.fields(one)] == ["number", "words", "seen", "remark"]
    assert dataclasses.replace(one, number=5) == LongLine(5, ("a",), ["x"], "r")
    assert dataclasses.asdict(one)["remark"] == "r"
    assert LongLine.__match_args__ == ("number", "words", "seen", "remark")
    assert vars(LongLine)["__slots__"] == ("remark",)
    assert copy.deepcopy(one) == one
    assert isinstance(one, Line)
    assert one != Line(3, ("a",), ["x"])


def test_a_method_of_its_own_stays() -> None:
    assert Boxed("a") == Boxed(1)
    assert hash(Boxed("a")) != hash(Boxed(1)), "the library writes a hash for it nevertheless"
    assert repr(Boxed(1)).endswith("Boxed(held=1, size=1)")


def test_nothing_is_compiled_before_it_is_wanted_and_threads_may_want_it_together() -> None:
    made: list[Any] = [
        values.dataclass(frozen=True, slots=True)(
            type("New", (), {"__annotations__": {"number": "int"}, "__doc__": "One."})
        )
        for _ in range(20)
    ]
    assert all("method" in one.__init__.__code__.co_name for one in made)
    faults: list[BaseException] = []
    start = threading.Barrier(4)

    def use() -> None:
        try:
            start.wait()
            for kind in made:
                assert kind(1) == kind(1)
        except BaseException as fault:  # noqa: BLE001 - told by the test itself
            faults.append(fault)

    threads = [threading.Thread(target=use) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not faults
    assert all(one.__init__.__code__.co_name == "__init__" for one in made)
