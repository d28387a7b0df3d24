"""What a kind of case declares: its fields, states and moves, who may make them, its duty.

A kind is data. Everything else – facts, the order of moves, rows, pages, commands – is the same
for all kinds, so a new kind is one declaration, its words and its tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.domain.values import dataclass


class Party(StrEnum):
    """Who makes a move."""

    HOME = "home"
    """The station of the site where the case was opened."""
    STATION = "station"
    """Any station that sees the case."""
    HOLDER = "holder"
    """The station whose own step brought the case to where it stands: who claimed a wish."""
    TOWNSHIP = "township"
    COUNTY = "county"


class FieldKind(StrEnum):
    """What a field holds; all travel as text."""

    TEXT = "text"
    NOTE = "note"
    """Several lines."""
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    COURSE = "course"
    LECTURER = "lecturer"
    PERSON = "person"
    SESSION = "session"
    TRAINING_CLASS = "training_class"


class Reach(StrEnum):
    """Whose feeds hold a case."""

    SITE = "site"
    TOWNSHIP = "township"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class CaseField:
    """One field. What is ``is_personal`` never leaves the home station and the county."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    is_personal: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveRule:
    """From some states to another; ``needs`` must be given with it, ``may`` can be."""

    name: str
    sources: tuple[str, ...]
    target: str
    who: frozenset[Party]
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    when: tuple[str, str] = ("", "")
    """A field and what it must hold; an empty name: always."""
    wants: tuple[str, ...] = ()
    """Fields that must be filled by then, with this move or before it."""

    def fits(self, fields: Mapping[str, str]) -> bool:
        """Whether it can be made of a case with these fields."""
        name, value = self.when
        return not name or fields.get(name, "") == value


WITHDRAW = "withdraw"
"""The move of this name is nobody's turn."""


@dataclass(frozen=True, slots=True)
class Duty:
    """So many cases a period at each site, told calmly: 1 a half-year (domain a 4.7)."""

    least: int
    months: int


@dataclass(frozen=True, slots=True)
class CaseKind:
    """One kind of case; ``first`` is the state it is opened in. Opening it takes the fields that it
    ``needs``, and those that it ``may`` have."""

    name: str
    first: str
    ends: frozenset[str]
    fields: tuple[CaseField, ...]
    moves: tuple[MoveRule, ...]
    reach: Reach
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    duty: Duty | None = None
    answer_days: tuple[tuple[str, int], ...] = ()
    """State → days after which the one whose turn it is is reminded."""
    meeting: frozenset[str] = frozenset()
    """Moves that two may make while apart: the first that the centre takes in holds."""
    ongoing: frozenset[str] = frozenset()
    """States that go on by themselves: nobody is waited for."""

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order in which they are declared."""
        named = (self.first, *(one.target for one in self.moves))
        return tuple(dict.fromkeys(named))

    def move(self, name: str) -> MoveRule | None:
        """The move of this name."""
        return next((one for one in self.moves if one.name == name), None)

    def field(self, name: str) -> CaseField | None:
        """The field of this name."""
        return next((one for one in self.fields if one.name == name), None)

    def moves_from(self, state: str) -> tuple[MoveRule, ...]:
        """What can be done in a state."""
        return tuple(one for one in self.moves if state in one.sources)

    def whose_turn(self, state: str, fields: Mapping[str, str]) -> frozenset[Party]:
        """Who can do something next."""
        fitting = (one for one in self.moves_from(state) if one.fits(fields))
        return frozenset().union(*(one.who for one in fitting if one.name != WITHDRAW))

    @property
    def personal(self) -> frozenset[str]:
        """The names of fields that never leave the home station and the county."""
        return frozenset(one.name for one in self.fields if one.is_personal)


def wrong_with(kind: CaseKind) -> list[str]:
    """What is wrong with a declaration; empty when it is sound."""
    found = []
    names = {one.name for one in kind.fields}
    states = set(kind.states)
    for move in kind.moves:
        found += [f"{move.name} from {one}" for one in move.sources if one not in states]
        found += [
            f"{move.name} wants {one}"
            for one in (*move.needs, *move.may, *move.wants, *filter(None, move.when[:1]))
            if one not in names
        ]
        found += [f"{move.name} leaves the end {one}" for one in move.sources if one in kind.ends]
    found += [f"opening wants {one}" for one in (*kind.needs, *kind.may) if one not in names]
    found += [f"no state {one} to go on" for one in kind.ongoing if one not in states]
    found += [f"no end {one}" for one in kind.ends if one not in states]
    can_end, before = set(kind.ends), -1
    while len(can_end) != before:
        before = len(can_end)
        can_end |= {one for move in kind.moves if move.target in can_end for one in move.sources}
    reached, before = {kind.first}, -1
    while len(reached) != before:
        before = len(reached)
        reached |= {one.target for one in kind.moves if reached & set(one.sources)}
    found += [f"{one} can never end" for one in sorted(reached - can_end)]
    found += [f"{one} is never reached" for one in sorted(states - reached)]
    found += [f"no move {one} to meet" for one in kind.meeting if kind.move(one) is None]
    if len({(move.name, one) for move in kind.moves for one in move.sources}) != sum(
        len(move.sources) for move in kind.moves
    ):
        found.append("two moves of one name from one state")
    return found
