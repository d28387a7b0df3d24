"""Who stands on the name wall, in which bunches, and what tells equal names apart. No Qt."""

from __future__ import annotations

from collections import Counter

from app.areas.attendance.marks import PRESENCE, RosterStatus
from app.areas.attendance.views import PersonCard
from app.names.order import group_order
from app.names.surnames import surname_of
from app.words import say
from ui.pages.member_sign_in.state import Bunch, MemberTile

MOST_GROUPS = 36
"""With more groups than these the first level is the surname."""
ONE_WALL = 42
"""So many names need no first level when there are no groups."""


def on_wall(cards: tuple[PersonCard, ...]) -> tuple[PersonCard, ...]:
    """Everyone of the roster; visitors are signed in by the operator already."""
    return tuple(card for card in cards if card.standpoint is not RosterStatus.VISITOR)


def uses_surnames(cards: tuple[PersonCard, ...]) -> bool:
    """Whether the first level is the surname: no groups kept, or too many of them."""
    groups = {card.group for card in cards}
    return len(groups) > MOST_GROUPS or groups <= {""}


def bunches(cards: tuple[PersonCard, ...]) -> tuple[Bunch, ...]:
    """The first level, steady as long as the roster is; empty when one wall shows all."""
    by_surname = uses_surnames(cards)
    if by_surname and len(cards) <= ONE_WALL:
        return ()
    counts = Counter(_key(card, by_surname) for card in cards)
    if len(counts) <= 1 and len(cards) <= ONE_WALL:
        return ()
    keys = list(counts) if by_surname else sorted(counts, key=group_order)
    return tuple(Bunch(key, key or say("member.wall.no_group"), counts[key]) for key in keys)


def names_in(cards: tuple[PersonCard, ...], key: str | None) -> tuple[MemberTile, ...]:
    """The names of one bunch (None: all) in steady order, equal ones told apart."""
    by_surname = uses_surnames(cards)
    doubled = {name for name, count in Counter(c.name for c in cards).items() if count > 1}
    return tuple(
        MemberTile(card.id, card.name, apart(card) if card.name in doubled else "", is_here(card))
        for card in cards
        if key is None or _key(card, by_surname) == key
    )


def candidates(cards: tuple[PersonCard, ...]) -> tuple[MemberTile, ...]:
    """People to choose from, each with group and birth year, and branch if that is not enough."""
    notes = Counter((card.name, apart(card)) for card in cards)
    return tuple(
        MemberTile(
            card.id,
            card.name,
            apart(card, branch=notes[(card.name, apart(card))] > 1),
            is_here(card),
        )
        for card in cards
    )


def apart(card: PersonCard, *, branch: bool = False) -> str:
    """Group and birth year, as people say them; the branch when there is neither."""
    parts = [card.group] if card.group else []
    if card.birth_year is not None:
        parts.append(say("member.born", year=card.birth_year))
    if (branch or not parts) and card.branch:
        parts.append(card.branch)
    return say("member.join").join(parts)


def is_here(card: PersonCard) -> bool:
    """Whether someone counts as having come."""
    return card.status in PRESENCE


def recent_names(cards: tuple[PersonCard, ...], limit: int) -> tuple[str, ...]:
    """Who came last, newest first: names only, nobody who has not come."""
    came = [card for card in cards if card.at_ms is not None and is_here(card)]
    came.sort(key=lambda card: card.at_ms or 0, reverse=True)
    return tuple(card.name for card in came[:limit])


def _key(card: PersonCard, by_surname: bool) -> str:
    return surname_of(card.name) if by_surname else card.group
