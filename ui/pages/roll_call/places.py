"""Who stands where in the grid: by group and sound, and never moved by a mark. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.attendance.views import PersonCard
from app.domain.ids import PersonId
from app.words import say
from ui.pages.roll_call.state import RollCallFilter, RollCallState, Tile
from ui.state.current_session import is_here
from ui.state.groups import GroupCount


def is_waiting(card: PersonCard) -> bool:
    """Expected, and no mark yet."""
    return card.standpoint is RosterStatus.EXPECTED and card.status is None


FILTERS: dict[RollCallFilter, Callable[[PersonCard], bool]] = {
    RollCallFilter.EVERYONE: lambda _card: True,
    RollCallFilter.WAITING: is_waiting,
    RollCallFilter.ARRIVED: is_here,
    RollCallFilter.ON_LEAVE: lambda card: card.status is Status.ON_LEAVE,
    RollCallFilter.LEFT_OUT: lambda card: card.standpoint is RosterStatus.LEFT_OUT,
}


@dataclass(slots=True)
class Places:
    """The people of the grid in fixed places; whoever comes to belong there stands at the end."""

    gathered: int = 0
    people: tuple[PersonId, ...] = ()
    _asked: tuple[object, ...] = field(default=())

    def in_place(self, state: RollCallState, cards: tuple[PersonCard, ...]) -> list[PersonCard]:
        """Who is shown, in order; asked for other people, all is laid out anew."""
        asked = (state.shown, state.group, state.letters)
        if asked != self._asked:
            self._asked, self.people = asked, ()
            self.gathered += 1
        by_id = {one.id: one for one in cards}
        fits = FILTERS[state.shown]
        known = set(self.people)
        self.people += tuple(
            one.id
            for one in cards
            if one.id not in known and fits(one) and _is_in(one, state.group, state.letters)
        )
        return [by_id[one] for one in self.people if one in by_id]

    def forget(self) -> None:
        """Lay out anew at the next look."""
        self._asked = ()


def _is_in(card: PersonCard, group: str | None, letters: str) -> bool:
    if group is not None and bunch_of(card) != group:
        return False
    return not letters or (bool(card.spelled) and card.spelled[0].upper() in letters)


def bunch_of(card: PersonCard) -> str:
    """The group somebody is looked for in, or the branch where there is no group."""
    return card.group or card.branch


def group_counts(cards: tuple[PersonCard, ...]) -> tuple[GroupCount, ...]:
    """Who is expected of each group, and who of them is here, in the order of the list."""
    listed = [one for one in cards if one.standpoint is not RosterStatus.VISITOR]
    expected = [one for one in listed if one.standpoint is RosterStatus.EXPECTED]
    all_of = Counter(bunch_of(one) for one in expected)
    here = Counter(bunch_of(one) for one in expected if is_here(one))
    names = dict.fromkeys(bunch_of(one) for one in listed)
    return tuple(GroupCount(one, here[one], all_of[one]) for one in names)


def initials_of(cards: tuple[PersonCard, ...]) -> str:
    """The letters surnames begin with."""
    return "".join(sorted({one.spelled[0].upper() for one in cards if one.spelled}))


def with_headings(
    cards: Iterable[PersonCard], counts: tuple[GroupCount, ...], namesakes: frozenset[str]
) -> tuple[Tile, ...]:
    """Tiles in order; the first of each group has its heading before it."""
    told = {one.name: one for one in counts}
    tiles: list[Tile] = []
    before: str | None = None
    for card in cards:
        head = _heading(card, told) if len(counts) > 1 else ""
        if head != before and head:
            tiles.append(Tile(PersonId(""), head))
        before = head
        tiles.append(tile_of(card, note=_apart(card) if card.name in namesakes else ""))
    return tuple(tiles)


def _heading(card: PersonCard, told: dict[str, GroupCount]) -> str:
    if card.standpoint is RosterStatus.VISITOR:
        return say("standpoint.visitor")
    return told[bunch_of(card)].words


def tile_of(card: PersonCard, note: str = "") -> Tile:
    """A card as the grid shows it; who need not come says why."""
    if not note and card.status is None and card.left_out is not None:
        note = say(f"standing.{card.left_out.value}")
    return Tile(card.id, card.name, note=note, status=card.status)


def note_of(card: PersonCard) -> str:
    """What tells namesakes apart: group and birth year."""
    year = say("op.born", year=card.birth_year) if card.birth_year else ""
    return " ".join(part for part in (card.group, year) if part)


def _apart(card: PersonCard) -> str:
    return say("op.born", year=card.birth_year) if card.birth_year else card.group


def namesakes(names: Iterable[str]) -> frozenset[str]:
    """Names that more than one person has."""
    return frozenset(name for name, count in Counter(names).items() if count > 1)
