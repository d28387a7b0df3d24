"""Every picture of the room, as it is drawn for the documents: large, whole, in lasting colours."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from PySide6.QtGui import QImage

from app.words import speak
from ui.audience.picture.canvas import DrawnText
from ui.audience.picture.samples import draw, every_scene
from ui.audience.state import RoomShows
from ui.theme import tokens

SIZES = [(1024, 768), (1366, 768)]
LASTING = {frozenset(pair) for pair in tokens.EVERYWHERE}
LARGE_ONLY = frozenset({tokens.JADE, tokens.NIGHT})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_every_text_of_every_scene_is_whole_large_and_in_a_pair_that_lasts_in_daylight(
    size: tuple[int, int], language: str
) -> None:
    speak(language)
    for name, state in every_scene():
        picture, texts = draw(state, *size)
        floor = tokens.ROOM.floor * state.row_factor * size[1] / 1080
        for text in texts:
            assert text.whole, (name, text)
            assert text.px >= floor - 1, (name, text)
            pair = frozenset({text.colour, ground_of(picture, text)})
            large = text.px >= 72 * size[1] / 1080
            assert pair in LASTING or (pair == LARGE_ONLY and large), (name, text.lines, pair)


def test_no_two_texts_of_a_scene_stand_in_each_others_place() -> None:
    for name, state in every_scene():
        _picture, texts = draw(state, 1024, 768)
        for one, other in combinations(texts, 2):
            shared = one.place.intersected(other.place)
            assert shared.width() < 1 or shared.height() < 1, (name, one.lines, other.lines)


def test_there_is_a_sample_of_every_thing_the_room_can_see() -> None:
    assert {state.shows for _name, state in every_scene()} == set(RoomShows)
    names = [name for name, _state in every_scene()]
    assert len(names) == len(set(names))


def ground_of(picture: QImage, text: DrawnText) -> str:
    """The colour most of a text's place has."""
    place = text.place.toRect()
    seen = Counter(
        picture.pixelColor(x, y).name().upper()
        for x in range(place.left() + 2, place.right() - 2, 17)
        for y in range(place.top() + 2, place.bottom() - 2, 7)
    )
    return next(colour for colour, _count in seen.most_common() if colour != text.colour)
