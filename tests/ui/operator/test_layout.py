"""Every page fits the small laptop at the large size, in both languages, with targets to hit."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea, QWidget

from app.bootstrap import OpenStation
from app.domain.attendance import Lane
from app.domain.ids import PersonId
from app.words import speak
from tests.ui.operator.desks import Stand, sample_course, stand_at
from ui.places import Place
from ui.theme import look, tokens
from ui.theme.tokens import InterfaceSize

FORMS = [
    (1366, 768, InterfaceSize.LARGE),
    (1920, 1080, InterfaceSize.STANDARD),
    (1920, 1080, InterfaceSize.LARGEST),
]


@pytest.fixture
def evening(opened: OpenStation, tmp_path: Path) -> Stand:
    """An evening in which some have come and a course can be played."""
    stand = stand_at(opened)
    sample_course(opened, tmp_path, "c1", subtitle=True)
    sample_course(opened, tmp_path, "c2", title="农村留守老人防诈骗知识讲座（第二讲）", whole=False)
    station = opened.station
    begun = station.prepare_extra("十一月集中学习", ()).session.id
    station.open_sign_in(begun)
    for number in range(6):
        station.sign_in(begun, PersonId(f"p{number}"), Lane.ROLL_CALL, "operator")
    return stand


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height", "size"), FORMS)
def test_nothing_is_cut_off_or_too_small_to_hit_on_any_page(
    evening: Stand, qapp: QApplication, language: str, width: int, height: int, size: InterfaceSize
) -> None:
    speak(language)
    look.apply_look(qapp, size)
    window = evening.open_window(width=width, height=height)
    try:
        for place in Place:
            window.go(place)
            qapp.processEvents()
            assert (window.width(), window.height()) == (width, height), place
            _check(window, place)
    finally:
        evening.close()
        speak("zh")
        look.apply_look(qapp, InterfaceSize.STANDARD)


def _check(window: QWidget, place: Place) -> None:
    floor = round(44 * look.interface_size().factor)
    faults: list[str] = []
    for part in _inside(window):
        if not isinstance(part, QAbstractButton | QLineEdit) or not part.isVisible():
            continue
        name = part.accessibleName()
        if not name:
            faults.append(f"{type(part).__name__} has no accessible name")
        if part.height() < floor:
            faults.append(f"{name}: {part.height()} px high")
        if isinstance(part, QAbstractButton) and part.width() < floor:
            faults.append(f"{name}: {part.width()} px wide")
        if isinstance(part, QAbstractButton) and part.text():
            needs = part.fontMetrics().horizontalAdvance(part.text())
            if needs > part.width() - 8:
                faults.append(f"{name}: its words are cut ({needs} in {part.width()})")
        if not _scrolls(part) and not _is_inside(part, window):
            faults.append(f"{name}: reaches over the edge of what holds it")
    assert not faults, f"{place}: {faults}"


def _inside(holder: QWidget) -> list[QWidget]:
    own = [one for one in holder.children() if isinstance(one, QWidget)]
    return own + [deeper for one in own for deeper in _inside(one)]


def _scrolls(part: QWidget) -> bool:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def _is_inside(part: QWidget, window: QWidget) -> bool:
    corner = part.mapTo(window, QPoint(0, 0))
    end = corner + QPoint(part.width(), part.height())
    if corner.x() < 0 or corner.y() < 0 or end.x() > window.width() or end.y() > window.height():
        return False
    holder = part.parentWidget()
    return holder is None or holder.rect().contains(part.geometry())


def test_no_text_of_the_operator_is_smaller_than_eighteen() -> None:
    scale = tokens.OPERATOR
    assert min(scale.caption, scale.body, scale.control, scale.floor) >= 18
