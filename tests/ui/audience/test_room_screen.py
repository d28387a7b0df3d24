"""What the room sees: large enough, inside the border, and nothing it must not see."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.words import speak
from ui.audience.mirror import BEAT_MS, StageMirror
from ui.audience.stage import AudienceStage
from ui.audience.state import AudienceState, RoomShows
from ui.audience.window import POINTER_MS, AudienceWindow
from ui.theme import tokens
from ui.widgets.fit.text import even_lines

SIZES = [(1024, 768), (1280, 800), (1366, 768), (1920, 1080), (3840, 2160)]
TONIGHT = AudienceState(
    site_name="松岭村学习点",
    title="十一月集中学习",
    welcome="欢迎参加十一月集中学习",
    lead="19:30 开始，请先签到",
    how="请到管理员那里，\n报自己的名字。",
    starts="19:30 开始",
    came=141,
    arrived=137,
    expected=180,
    recent=(
        "陈桂英",
        "王建国",
        "阿依古丽·阿不都热合曼",
        "李秀兰",
        "𬭛㛃䶮",
        "阿不都热合曼·吐尔逊江·买买",
        "陈平",
        "买买提·吐尔逊",
    ),
    questions=(
        "今天讲的内容，和我们村的哪件事最有关系？",
        "我能先做哪一件小事？",
        "有什么困难，需要支部帮助解决的？",
    ),
    day="11月23日",
    minutes=46,
    countdown_s=42,
    rest_s=582,
    rest_until="20:25",
    message="休息十分钟，请不要走远",
    next_session="12月7日 19:30\n冬季农业技术",
)
PAINTED = [
    RoomShows.BACKDROP,
    RoomShows.WELCOME,
    RoomShows.COUNTDOWN,
    RoomShows.MESSAGE,
    RoomShows.REST,
    RoomShows.QUESTIONS,
    RoomShows.THANKS,
]


@pytest.fixture
def stage(qtbot: QtBot) -> AudienceStage:
    made = AudienceStage()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("row_factor", [1.0, tokens.BACK_ROW, tokens.FARTHEST_ROW])
@pytest.mark.parametrize("shows", PAINTED)
@pytest.mark.parametrize("size", SIZES)
def test_every_text_is_large_enough_whole_and_inside_the_border(
    stage: AudienceStage, size: tuple[int, int], shows: RoomShows, row_factor: float, language: str
) -> None:
    speak(language)
    stage.resize(*size)
    stage.show_state(replace(TONIGHT, shows=shows, row_factor=row_factor))
    stage.grab()
    floor = 48 * row_factor * size[1] / 1080
    safe = QRectF(0, 0, *size).adjusted(
        size[0] * 0.05 - 1, size[1] * 0.05 - 1, 1 - size[0] * 0.05, 1 - size[1] * 0.05
    )
    assert stage.painted.texts
    for text in stage.painted.texts:
        assert text.whole, text
        assert text.px >= floor - 1, (text.lines, text.px, floor)
        assert safe.contains(text.place), text


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("shows", PAINTED)
@pytest.mark.parametrize("size", SIZES[:4])
def test_nothing_is_drawn_in_the_border(
    stage: AudienceStage, size: tuple[int, int], shows: RoomShows, dark: bool
) -> None:
    stage.resize(*size)
    stage.show_state(replace(TONIGHT, shows=shows, dark=dark))
    picture = stage.grab().toImage()
    ground = QColor(tokens.NIGHT if dark else tokens.PAPER)
    across, down = int(size[0] * 0.05) - 1, int(size[1] * 0.05) - 1
    for border in (
        QRect(0, 0, size[0], down),
        QRect(0, size[1] - down, size[0], down),
        QRect(0, 0, across, size[1]),
        QRect(size[0] - across, 0, across, size[1]),
    ):
        assert _colours(picture.copy(border)) == {ground.rgb()}


@pytest.mark.parametrize("size", SIZES[:4])
def test_the_welcome_fills_the_room_and_leaves_no_half_empty(
    stage: AudienceStage, size: tuple[int, int]
) -> None:
    stage.resize(*size)
    stage.show_state(replace(TONIGHT, shows=RoomShows.WELCOME))
    stage.grab()
    places = [text.place for text in stage.painted.texts]
    assert max(place.right() for place in places) >= size[0] * 0.9
    assert max(place.bottom() for place in places) >= size[1] * 0.85


def test_the_count_is_as_tall_as_three_hundred_lines(stage: AudienceStage) -> None:
    stage.resize(1920, 1080)
    stage.show_state(replace(TONIGHT, shows=RoomShows.WELCOME, arrived=37, expected=52))
    stage.grab()
    number = next(text for text in stage.painted.texts if text.lines == ("37",))
    assert number.px >= 300


@pytest.mark.parametrize("shows", PAINTED)
def test_no_long_run_of_digits_is_projected(stage: AudienceStage, shows: RoomShows) -> None:
    stage.show_state(replace(TONIGHT, shows=shows))
    stage.grab()
    assert not [t for t in stage.painted.texts if re.search(r"\d{5,}", "".join(t.lines))]


def test_the_state_has_no_place_for_absentees_or_ways_of_signing_in() -> None:
    names = {field.name for field in fields(AudienceState)}
    assert not names & {"absent", "missing", "lane", "phone_tail", "cards", "code", "file", "path"}


def test_at_most_the_last_eight_names_are_shown(stage: AudienceStage) -> None:
    many = tuple(f"陈{sign}" for sign in "甲乙丙丁戊己庚辛壬癸")
    stage.show_state(replace(TONIGHT, shows=RoomShows.WELCOME, recent=many))
    stage.grab()
    shown = ["".join(text.lines) for text in stage.painted.texts]
    assert [name for name in many if name in shown] == list(many[:8])


def test_questions_have_at_most_eighteen_signs_a_line(stage: AudienceStage) -> None:
    stage.show_state(replace(TONIGHT, shows=RoomShows.QUESTIONS))
    stage.grab()
    assert all(len(line) <= 19 for text in stage.painted.texts for line in text.lines)
    assert all(len(line) <= 18 for line in even_lines("问" * 50, 18))


def test_a_fourth_question_is_not_squeezed_in(stage: AudienceStage) -> None:
    stage.show_state(
        replace(TONIGHT, shows=RoomShows.QUESTIONS, questions=("一？", "二？", "三？", "四？"))
    )
    stage.grab()
    words = ["".join(text.lines) for text in stage.painted.texts]
    assert "三？" in words
    assert "四？" not in words


def test_black_is_black(stage: AudienceStage) -> None:
    stage.show_state(replace(TONIGHT, shows=RoomShows.BLACK))
    assert _colours(stage.grab().toImage()) == {QColor(tokens.BLACK).rgb()}


def test_playing_shows_the_surface_over_the_whole_stage_and_nothing_else(
    stage: AudienceStage, qtbot: QtBot
) -> None:
    surface = _surface()
    stage.set_video_widget(surface)
    stage.show_state(replace(TONIGHT, shows=RoomShows.PLAY))
    qtbot.waitUntil(lambda: surface.size() == stage.size())
    assert _colours(stage.grab().toImage()) == {QColor("#00FF00").rgb()}
    assert stage.childAt(stage.rect().center()) is surface


def test_playing_without_a_surface_is_black_not_the_desktop(stage: AudienceStage) -> None:
    stage.show_state(replace(TONIGHT, shows=RoomShows.PLAY))
    assert _colours(stage.grab().toImage()) == {QColor(tokens.BLACK).rgb()}


def test_in_one_screen_mode_sign_in_fills_the_stage_then_moves_to_a_drawer(
    stage: AudienceStage, qtbot: QtBot
) -> None:
    surface, sign_in = _surface(), QLabel("签到")
    stage.set_video_widget(surface)
    stage.set_sign_in_widget(sign_in)
    stage.show_state(replace(TONIGHT, shows=RoomShows.SIGN_IN))
    qtbot.waitUntil(lambda: sign_in.isVisible() and sign_in.width() == stage.width())
    stage.show_state(replace(TONIGHT, shows=RoomShows.PLAY, drawer=True))
    qtbot.waitUntil(lambda: abs(sign_in.width() - stage.width() / 3) < 3)
    assert surface.width() + sign_in.width() == stage.width()
    assert surface.isVisible()
    stage.show_state(replace(TONIGHT, shows=RoomShows.PLAY))
    qtbot.waitUntil(lambda: surface.width() == stage.width())
    assert not sign_in.isVisible()


def test_without_a_sign_in_widget_the_room_is_welcomed_instead(stage: AudienceStage) -> None:
    stage.show_state(replace(TONIGHT, shows=RoomShows.SIGN_IN))
    assert stage.state.shows is RoomShows.WELCOME


# --- the window ---------------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot) -> AudienceWindow:
    made = AudienceWindow()
    qtbot.addWidget(made, before_close_func=lambda w: w.close_for_good())
    made.resize(1366, 768)
    made.show()
    return made


def test_the_pointer_goes_after_two_seconds_and_comes_back_when_moved(
    window: AudienceWindow, qtbot: QtBot
) -> None:
    window.show_state(replace(TONIGHT, shows=RoomShows.WELCOME))
    qtbot.waitUntil(
        lambda: window.cursor().shape() == Qt.CursorShape.BlankCursor, timeout=POINTER_MS + 1_500
    )
    _move_mouse(window.stage.painted)
    assert window.cursor().shape() == Qt.CursorShape.ArrowCursor


def running_timers(window: AudienceWindow) -> int:
    timers = [one for one in window.children() if isinstance(one, QTimer)]
    return sum(timer.isActive() for timer in timers)


def test_the_pointer_stays_where_members_sign_in(window: AudienceWindow) -> None:
    window.set_sign_in_widget(QLabel("签到"))
    window.show_state(replace(TONIGHT, shows=RoomShows.WELCOME))
    assert running_timers(window) > 0
    window.show_state(replace(TONIGHT, shows=RoomShows.SIGN_IN))
    _move_mouse(window.stage.painted)
    assert running_timers(window) == 0
    assert window.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_closing_is_only_asked_for(window: AudienceWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.close_wanted):
        window.close()
    assert window.isVisible()
    window.close_for_good()
    assert not window.isVisible()


def test_no_tooltip_reaches_the_room(window: AudienceWindow) -> None:
    window.stage.painted.setToolTip("lecture-03.mp4")
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(10, 10), QPoint(10, 10))
    QApplication.sendEvent(window.stage.painted, event)
    tips = [one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel")]
    assert not [tip for tip in tips if tip.isVisible()]


# --- the mirror ---------------------------------------------------------------------------


def test_the_mirror_shows_what_the_stage_shows(stage: AudienceStage, qtbot: QtBot) -> None:
    mirror = StageMirror(stage)
    qtbot.addWidget(mirror)
    mirror.resize(480, 300)
    mirror.show()
    stage.show_state(replace(TONIGHT, shows=RoomShows.WELCOME))
    mirrored = mirror.grab(mirror.place().toRect()).toImage()
    room = stage.grab().toImage()
    small = room.scaled(mirrored.size(), mode=Qt.TransformationMode.SmoothTransformation)
    assert _difference(small, mirrored) < 12
    stage.show_state(replace(TONIGHT, shows=RoomShows.THANKS))
    qtbot.waitUntil(
        lambda: _difference(small, mirror.grab(mirror.place().toRect()).toImage()) > 12,
        timeout=BEAT_MS * 8,
    )


def test_the_mirrors_video_is_visible_only_while_the_room_sees_video(
    stage: AudienceStage, qtbot: QtBot
) -> None:
    mirror = StageMirror(stage)
    qtbot.addWidget(mirror)
    mirror.resize(480, 300)
    mirror.show()
    surface = _surface()
    mirror.set_video_widget(surface)
    assert not surface.isVisible()
    stage.show_state(replace(TONIGHT, shows=RoomShows.PLAY))
    qtbot.waitUntil(surface.isVisible)
    assert mirror.place().toRect().contains(surface.geometry())
    stage.show_state(replace(TONIGHT, shows=RoomShows.BLACK))
    qtbot.waitUntil(lambda: not surface.isVisible())


def test_the_mirror_follows_the_sign_in_screen_of_one_screen_mode(
    stage: AudienceStage, qtbot: QtBot
) -> None:
    sign_in = _surface()
    stage.set_sign_in_widget(sign_in)
    stage.show_state(replace(TONIGHT, shows=RoomShows.SIGN_IN))
    mirror = StageMirror(stage)
    qtbot.addWidget(mirror)
    mirror.resize(480, 300)
    mirror.show()
    inside = mirror.place().center().toPoint()
    qtbot.waitUntil(
        lambda: mirror.grab().toImage().pixelColor(inside) == QColor("#00FF00"), timeout=3_000
    )


def _surface() -> QWidget:
    surface = QWidget()
    surface.setStyleSheet("background: #00FF00")
    surface.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return surface


def _move_mouse(widget: QWidget) -> None:
    point = QPointF(30, 30)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        point,
        widget.mapToGlobal(point),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def _colours(picture: QImage) -> set[int]:
    step_x, step_y = max(picture.width() // 200, 1), max(picture.height() // 200, 1)
    return {
        picture.pixel(x, y)
        for x in range(0, picture.width(), step_x)
        for y in range(0, picture.height(), step_y)
    }


def _difference(one: QImage, other: QImage) -> float:
    """Mean difference of lightness over a raster, 0 to 255."""
    total, count = 0, 0
    for x in range(4, min(one.width(), other.width()) - 4, 5):
        for y in range(4, min(one.height(), other.height()) - 4, 5):
            total += abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness())
            count += 1
    return total / max(count, 1)
