"""One screen held to all its floors at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.ui.audit.measuring.contrast import contrast_faults, picture_of
from tests.ui.audit.measuring.faults import Fault, Floors
from tests.ui.audit.measuring.focus import nameless, ringless, stops, tab_disorder
from tests.ui.audit.measuring.places import place_faults
from tests.ui.audit.measuring.room import border_faults, private_digits
from tests.ui.audit.measuring.tree import visible
from tests.ui.audit.measuring.wheel import wheel_faults
from tests.ui.audit.measuring.words import drawn_words, text_faults


def screen_faults(
    root: QWidget,
    floors: Floors,
    ringed: set[str],
    skip: tuple[type[QWidget], ...] = (),
) -> list[Fault]:
    """Everything wrong with a screen one acts on; ``ringed`` are kinds whose ring is known."""
    root = in_front(root)
    words = drawn_words(root, skip)
    faults = text_faults(root, words, floors)
    faults += place_faults(root, floors, skip)
    order = stops(root, skip)
    faults += nameless(root, skip) + tab_disorder(root, order)
    faults += contrast_faults(root, picture_of(root), words, floors)
    faults += wheel_faults(root, skip)
    return faults + ringless(order, ringed)


def room_faults(root: QWidget, floors: Floors) -> list[Fault]:
    """Everything wrong with a picture the room sees."""
    words = drawn_words(root)
    faults = text_faults(root, words, floors)
    faults += contrast_faults(root, picture_of(root), words, floors)
    return faults + border_faults(root, words) + private_digits(words)


def in_front(root: QWidget) -> QWidget:
    """What can be acted on: a veil that lies over everything, else the screen itself."""
    veils = [part for part in visible(root) if part.property("veil")]
    return veils[-1] if veils else root
