"""Member cards: ten to a sheet of A4, a name and a code that the scanner reads, to cut out."""

from __future__ import annotations

from collections.abc import Sequence

import segno

from app.areas.people.person import Person
from app.words import say
from ui.printing.paper import LEFT, Paper

CARD_W_MM = 85.6
CARD_H_MM = 54.0
_ACROSS = 2
_DOWN = 5
CARDS_A_PAGE = _ACROSS * _DOWN
_X0_MM = (210 - _ACROSS * CARD_W_MM) / 2
_Y0_MM = (297 - _DOWN * CARD_H_MM) / 2
_CODE_MM = 34.0
_QUIET_MODULES = 4


def draw_member_cards(paper: Paper, site: str, people: Sequence[Person]) -> None:
    """Draw the cards of all who have a card number."""
    cards = with_card(people)
    for place, person in enumerate(cards):
        on_page = place % CARDS_A_PAGE
        if place and on_page == 0:
            paper.new_page()
        down, across = divmod(on_page, _ACROSS)
        _card(paper, _X0_MM + across * CARD_W_MM, _Y0_MM + down * CARD_H_MM, site, person)


def with_card(people: Sequence[Person]) -> tuple[Person, ...]:
    """Those for whom a card can be printed."""
    return tuple(person for person in people if person.card_no and person.active)


def _card(paper: Paper, x: float, y: float, site: str, person: Person) -> None:
    paper.frame((x, y, CARD_W_MM, CARD_H_MM))
    paper.text((x + 5, y + 4, CARD_W_MM - 10, 6), site, size=3.6, grey=True)
    words = CARD_W_MM - _CODE_MM - 14
    paper.text((x + 5, y + 15, words, 12), person.name, size=8.5, weight=700, align=LEFT)
    paper.text((x + 5, y + 30, words, 7), person.group, size=4.4)
    paper.text((x + 5, y + 44, words + 6, 6), say("paper.card.note"), size=3.2, grey=True)
    _code(paper, x + CARD_W_MM - _CODE_MM - 5, y + 12, person.card_no)


def _code(paper: Paper, x: float, y: float, number: str) -> None:
    """A QR code of the card's number, with the quiet border readers need."""
    matrix = segno.make_qr(number, error="m").matrix
    side = _CODE_MM / (len(matrix) + 2 * _QUIET_MODULES)
    for down, modules in enumerate(matrix):
        for across, dark in enumerate(modules):
            if dark:
                left = x + (across + _QUIET_MODULES) * side
                paper.block(left, y + (down + _QUIET_MODULES) * side, side)
