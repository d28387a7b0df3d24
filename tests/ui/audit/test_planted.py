"""One violation of each kind is planted in a small sound screen, and the audit must find it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.words import speak
from tests.ui.audit.measuring.faults import (
    Fault,
    Floors,
    Kind,
    member_floors,
    operator_floors,
    room_floors,
)
from tests.ui.audit.measuring.screen import room_faults, screen_faults
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.theme import look, tokens
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label
from ui.widgets.reading_order import read_in_order
from ui.widgets.tiles.name_tile import NameTile
from ui.widgets.touch.keypad import Key

PITCH_MM = 0.25


class Sound(QWidget):
    """A small screen with nothing wrong: a title, a line, three buttons, two tiles."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label("十一月集中学习", "title")
        self.line = label("请点您自己的名字", "section")
        self.buttons = [PrimaryButton("开始"), SecondaryButton("取消"), QuietButton("帮助")]
        self.tiles = [NameTile("陈桂英"), NameTile("买买提·吐尔逊")]
        self.acts, self.names = QHBoxLayout(), QHBoxLayout()
        for button in self.buttons:
            button.setStyleSheet("min-height: 72px")  # the sheet's word goes before Qt's
        for holder, parts in ((self.acts, self.buttons), (self.names, self.tiles)):
            holder.setSpacing(24)
            for part in parts:
                part.setMinimumWidth(120)
                part.setMinimumHeight(84)
                holder.addWidget(part)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(90, 60, 90, 60)
        rows.setSpacing(24)
        rows.addWidget(self.title)
        rows.addWidget(self.line)
        rows.addLayout(self.names)
        rows.addLayout(self.acts)
        self.resize(900, 620)


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication) -> Sound:
    speak("zh")
    look.apply_look(qapp)
    made = Sound()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qapp.processEvents()
    return made


def found(
    screen: QWidget, qapp: QApplication, floors: Floors | None = None
) -> dict[Kind, list[Fault]]:
    qapp.processEvents()
    by_kind: dict[Kind, list[Fault]] = {}
    for fault in screen_faults(screen, floors or operator_floors(1.0), set()):
        by_kind.setdefault(fault.kind, []).append(fault)
    return by_kind


def test_a_sound_screen_has_no_fault_under_any_floors(screen: Sound, qapp: QApplication) -> None:
    assert found(screen, qapp) == {}
    assert found(screen, qapp, member_floors(PITCH_MM)) == {}


def test_a_button_that_cuts_its_own_label(screen: Sound, qapp: QApplication) -> None:
    button = screen.buttons[0]
    button.setText("Print sign-in sheet")
    button.setFixedWidth(165)
    texts = [one.where for one in found(screen, qapp)[Kind.CLIPPED]]
    assert texts == ["PrimaryButton '开始' “Print sign-in sheet”"]


class Cutting(QWidget):
    """Paints its name shortened, as a toolkit does."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("阿不都热合曼·吐尔逊江·买买提")
        self.setFixedSize(200, 60)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(look.font(28))
        metrics = QFontMetricsF(painter.font())
        short = metrics.elidedText(self.accessibleName(), Qt.TextElideMode.ElideRight, 190)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, short)


class Ringless(PrimaryButton):
    """Looks the same with the keyboard on it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), Qt.GlobalColor.darkGreen)


def _clip(screen: Sound) -> None:
    screen.title.setFixedWidth(100)


def _clip_by_parent(screen: Sound) -> None:
    screen.line.setParent(screen.buttons[2])
    screen.line.move(60, 70)
    screen.line.show()


def _elide(screen: Sound) -> None:
    screen.layout().addWidget(Cutting())  # type: ignore[union-attr]  # it has rows


def _shrink_text(screen: Sound) -> None:
    screen.line.setStyleSheet("font-size: 14px")


def _overlap(screen: Sound) -> None:
    screen.layout().setEnabled(False)  # type: ignore[union-attr]  # it has rows
    screen.tiles[1].setGeometry(screen.tiles[0].geometry().translated(40, 0))


def _overprint(screen: Sound) -> None:
    over = QLabel("另一句话", screen)
    over.setGeometry(QRect(screen.title.geometry()))
    over.show()


def _shrink_target(screen: Sound) -> None:
    screen.buttons[1].setStyleSheet("min-height: 20px; max-height: 20px")


def _crowd(screen: Sound) -> None:
    screen.acts.setSpacing(4)


def _unname(screen: Sound) -> None:
    screen.tiles[0].setAccessibleName("")


def _unring(screen: Sound) -> None:
    button = Ringless("去")
    button.setMinimumSize(120, 84)
    screen.acts.addWidget(button)


def _disorder(screen: Sound) -> None:
    QWidget.setTabOrder(screen.buttons[2], screen.buttons[1])


def _pale(screen: Sound) -> None:
    screen.line.setStyleSheet(f"color: {tokens.LINE}")


def _reach_out(screen: Sound) -> None:
    screen.layout().setEnabled(False)  # type: ignore[union-attr]  # it has rows
    screen.tiles[1].move(screen.width() - 60, screen.tiles[1].y())


def _turn_by_wheel(screen: Sound) -> None:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setAccessibleName("播放音量")
    slider.setMinimumHeight(84)
    slider.setValue(50)
    screen.layout().addWidget(slider)  # type: ignore[union-attr]  # it has rows


PLANTED: list[tuple[Kind, Callable[[Sound], None]]] = [
    (Kind.CLIPPED, _clip),
    (Kind.CLIPPED, _clip_by_parent),
    (Kind.CLIPPED, _reach_out),
    (Kind.ELIDED, _elide),
    (Kind.SMALL_TEXT, _shrink_text),
    (Kind.OVERLAP, _overlap),
    (Kind.OVERLAP, _overprint),
    (Kind.SMALL_TARGET, _shrink_target),
    (Kind.NEAR_TARGETS, _crowd),
    (Kind.NAMELESS, _unname),
    (Kind.RINGLESS, _unring),
    (Kind.TAB_ORDER, _disorder),
    (Kind.CONTRAST, _pale),
    (Kind.WHEEL, _turn_by_wheel),
]


@pytest.mark.parametrize(("kind", "plant"), PLANTED, ids=[one.__name__ for _k, one in PLANTED])
def test_a_planted_violation_is_found(
    screen: Sound, qapp: QApplication, kind: Kind, plant: Callable[[Sound], None]
) -> None:
    plant(screen)
    assert kind in found(screen, qapp)


def test_a_scroll_bar_is_found_where_members_are_and_allowed_where_the_operator_is(
    screen: Sound, qapp: QApplication
) -> None:
    area, long = QScrollArea(), QWidget()
    long.setFixedSize(200, 2000)
    area.setWidget(long)
    area.setFixedHeight(80)
    screen.layout().addWidget(area)  # type: ignore[union-attr]  # it has rows
    assert Kind.SCROLLBAR in found(screen, qapp, member_floors(PITCH_MM))
    assert Kind.SCROLLBAR not in found(screen, qapp)


def test_a_key_is_held_to_twenty_millimetres_and_a_tile_to_sixteen(
    screen: Sound, qapp: QApplication
) -> None:
    key = Key("5")
    key.setFixedSize(120, 76)
    screen.names.insertWidget(0, key)
    qapp.processEvents()
    read_in_order(screen)
    faults = found(screen, qapp, member_floors(PITCH_MM))
    assert [fault.where for fault in faults[Kind.SMALL_TARGET]] == ["Key '5'"]
    key.setFixedSize(120, 80)
    assert found(screen, qapp, member_floors(PITCH_MM)) == {}


def test_gaps_are_held_to_five_millimetres_of_the_panel(screen: Sound, qapp: QApplication) -> None:
    screen.names.setSpacing(18)
    assert Kind.NEAR_TARGETS in found(screen, qapp, member_floors(PITCH_MM))
    assert Kind.NEAR_TARGETS not in found(screen, qapp, member_floors(0.3))


def test_a_list_that_scrolls_may_hide_rows_but_not_their_sides(
    screen: Sound, qapp: QApplication, qtbot: QtBot
) -> None:
    area, inside = QScrollArea(), QWidget()
    rows = QVBoxLayout(inside)
    for number in range(9):
        row = CourseRow(CourseShown(f"第 {number} 讲"))
        row.setFixedHeight(72)
        rows.addWidget(row)
    rows.setSpacing(tokens.GAP)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFixedHeight(120)
    screen.layout().addWidget(area)  # type: ignore[union-attr]  # it has rows
    assert Kind.CLIPPED not in found(screen, qapp)
    inside.setMinimumWidth(2400)
    wide = label("很长的一行" * 60)
    rows.insertWidget(0, wide)
    assert Kind.CLIPPED in found(screen, qapp)


def test_a_target_partly_under_the_bar_of_its_list_is_found(
    screen: Sound, qapp: QApplication
) -> None:
    area, inside = QScrollArea(), QWidget()
    area.setWidget(inside)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    area.setFixedSize(300, 120)
    tile = NameTile("陈桂英", parent=inside)
    screen.layout().addWidget(area)  # type: ignore[union-attr]  # it has rows
    qapp.processEvents()
    inside.resize(area.viewport().width(), 400)
    tile.setGeometry(0, 0, inside.width(), 84)
    assert Kind.CLIPPED not in found(screen, qapp)
    inside.resize(inside.width() + 28, 400)
    tile.setGeometry(0, 0, inside.width(), 84)
    assert Kind.CLIPPED in found(screen, qapp)


# --- the room's screen --------------------------------------------------------------------


class Wall(QWidget):
    """A picture of the room with one line."""

    def __init__(self, words: str, px: float, *, left: float = 0.5, ink: str = tokens.INK) -> None:
        super().__init__()
        self._words, self._px, self._left, self._ink = words, px, left, ink
        self.resize(1920, 1080)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.PAPER)
        painter.setFont(look.font(self._px, 600))
        painter.setPen(self._ink)
        wide = painter.fontMetrics().horizontalAdvance(self._words)
        painter.drawText(round((self.width() - wide) * self._left), 500, self._words)


@pytest.mark.parametrize(
    ("kind", "wall"),
    [
        (Kind.SMALL_TEXT, lambda: Wall("今天的学习", 40)),
        (Kind.BORDER, lambda: Wall("今天的学习", 64, left=0.01)),
        (Kind.PRIVATE, lambda: Wall("陈桂英 13800006217", 64)),
        (Kind.CONTRAST, lambda: Wall("今天的学习", 56, ink=tokens.LINE)),
        (Kind.CONTRAST, lambda: Wall("今天的学习", 56, ink=tokens.CINNABAR)),
    ],
)
def test_a_violation_on_the_rooms_screen_is_found(
    qtbot: QtBot, kind: Kind, wall: Callable[[], Wall]
) -> None:
    made = wall()
    qtbot.addWidget(made)
    made.show()
    assert kind in {fault.kind for fault in room_faults(made, room_floors(1080))}


def test_a_sound_picture_of_the_room_has_no_fault(qtbot: QtBot) -> None:
    made = Wall("今天的学习", 64)
    qtbot.addWidget(made)
    made.show()
    assert room_faults(made, room_floors(1080)) == []
    assert room_faults(made, room_floors(1080, 4 / 3)) == []


def test_what_is_kept_as_a_picture_is_read_like_everything_else(
    screen: Sound, qapp: QApplication
) -> None:
    narrow = FitButton("签到放在这台电脑上")
    narrow.setFixedWidth(64)
    screen.acts.addWidget(narrow)
    for _ in range(3):  # the second painting is kept, the third is that picture
        narrow.repaint()
        narrow.grab()
    read_in_order(screen)
    assert Kind.SMALL_TEXT in found(screen, qapp)
