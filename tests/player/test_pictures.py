"""What surfaces show, told picture by picture: each picture of the clip carries its number."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ports.player import PlayerEvent
from tests.player.conftest import Room
from tests.player.counted import COUNTED_MS, PICTURE_MS, counted_clip, number_in
from ui.video.surface import FrameHub, VideoSurface, fitted

WAIT_MS = 15_000
SENTENCE = "\u63a5\u5230\u8bc8\u9a97\u7535\u8bdd\u5148\u6302\u65ad"
"""A Chinese sentence, as a subtitle has them."""


def shot(surface: VideoSurface) -> QImage:
    return surface.grab().toImage()


def begin(room: Room, qtbot: QtBot, subtitle: Path | None = None) -> None:
    room.player.load(counted_clip(subtitle=subtitle))
    qtbot.waitUntil(lambda: room.hub.taken > 2, timeout=WAIT_MS)


def pause(room: Room, qtbot: QtBot) -> None:
    room.player.pause()
    qtbot.waitUntil(lambda: PlayerEvent.PAUSED in room.events(), timeout=WAIT_MS)


def write_subtitle(path: Path, encoding: str) -> Path:
    path.write_text(f"1\n00:00:00,000 --> 00:00:03,000\n{SENTENCE}\n", encoding=encoding)
    return path


def bright_points(picture: QImage) -> frozenset[tuple[int, int]]:
    """Points of letters: the lower third of the clip itself is evenly dark."""
    return frozenset(
        (x, y)
        for y in range(picture.height() * 2 // 3, picture.height())
        for x in range(picture.width())
        if picture.pixelColor(x, y).lightness() > 150
    )


def test_pictures_come_in_order(room: Room, qtbot: QtBot) -> None:
    numbers: list[int] = []
    room.hub.changed.connect(lambda: numbers.append(number_in(shot(room.audience))))
    room.player.load(counted_clip())
    qtbot.waitUntil(lambda: len(numbers) > 12, timeout=WAIT_MS)
    assert numbers == sorted(set(numbers))


def test_both_surfaces_show_the_same_picture_at_every_moment(room: Room, qtbot: QtBot) -> None:
    pairs: list[tuple[int, int]] = []

    def look() -> None:
        pairs.append((number_in(shot(room.audience)), number_in(shot(room.mirror))))

    room.hub.changed.connect(look)
    room.player.load(counted_clip())
    qtbot.waitUntil(lambda: len(pairs) > 10, timeout=WAIT_MS)
    assert all(one == other for one, other in pairs)
    assert len({one for one, _ in pairs}) > 5


@pytest.mark.parametrize("to_ms", [2_000, 400])
def test_a_seek_while_paused_shows_the_picture_there(room: Room, qtbot: QtBot, to_ms: int) -> None:
    begin(room, qtbot)
    pause(room, qtbot)
    taken = room.hub.taken
    room.player.seek(to_ms)
    wanted = to_ms // PICTURE_MS
    qtbot.waitUntil(
        lambda: room.hub.taken > taken and abs(number_in(shot(room.audience)) - wanted) <= 5,
        timeout=WAIT_MS,
    )
    assert abs(room.player.position_ms() - to_ms) <= 250


def test_a_pause_and_a_seek_at_once_show_the_picture_there(room: Room, qtbot: QtBot) -> None:
    """libvlc, asked so quickly, leaves the picture of before standing for good."""
    for to_ms in (2_000, 400, 1_200):
        room.seen.clear()
        begin(room, qtbot)
        room.player.pause()
        room.player.seek(to_ms)
        wanted = to_ms // PICTURE_MS
        qtbot.waitUntil(
            lambda wanted=wanted: abs(number_in(shot(room.audience)) - wanted) <= 5,  # type: ignore[misc]  # bound at once
            timeout=WAIT_MS,
        )


def test_a_pause_that_is_taken_back_at_once_does_not_hold_the_course(
    room: Room, qtbot: QtBot
) -> None:
    """libvlc forgets a wish to go on while the pause before it is still on its way."""
    begin(room, qtbot)
    room.player.pause()
    room.player.play()
    qtbot.waitUntil(room.over, timeout=WAIT_MS)


def test_the_rate_of_one_clip_is_not_kept_for_the_next(room: Room, qtbot: QtBot) -> None:
    room.player.load(counted_clip(), start_ms=2_000)
    room.player.set_rate(1.5)
    qtbot.waitUntil(room.over, timeout=WAIT_MS)
    room.seen.clear()
    room.player.load(counted_clip(), start_ms=1_000)
    qtbot.waitUntil(room.over, timeout=WAIT_MS)
    wall_ms = room.seen[-1].mono_ms - room.seen[0].mono_ms
    assert wall_ms > (COUNTED_MS - 1_000) * 0.85


def test_a_seek_while_playing_goes_on_from_there(room: Room, qtbot: QtBot) -> None:
    begin(room, qtbot)
    room.player.seek(1_800)
    qtbot.waitUntil(lambda: number_in(shot(room.audience)) >= 45, timeout=WAIT_MS)
    assert room.player.position_ms() >= 1_500
    assert PlayerEvent.PAUSED not in room.events()


def test_a_pause_holds_the_picture_and_the_position(room: Room, qtbot: QtBot) -> None:
    begin(room, qtbot)
    pause(room, qtbot)
    number, position_ms = number_in(shot(room.audience)), room.player.position_ms()
    decoded = room.player.frames.decoded
    room.player.seek(position_ms)  # an order libvlc must carry out, to have waited for something
    qtbot.waitUntil(lambda: room.player.frames.decoded > decoded, timeout=WAIT_MS)
    assert abs(number_in(shot(room.audience)) - number) <= 5
    assert room.player.position_ms() == position_ms
    assert abs(number * PICTURE_MS - position_ms) <= 700


def test_freeze_holds_one_picture_for_room_and_mirror(room: Room, qtbot: QtBot) -> None:
    begin(room, qtbot)
    room.hub.freeze(True)
    held = number_in(shot(room.audience))
    decoded = room.player.frames.decoded
    qtbot.waitUntil(lambda: room.player.frames.decoded > decoded + 10, timeout=WAIT_MS)
    assert number_in(shot(room.audience)) == number_in(shot(room.mirror)) == held
    room.hub.freeze(False)
    assert number_in(shot(room.audience)) > held


def test_a_frozen_picture_has_nothing_to_do_with_the_memory_it_was_drawn_in(
    room: Room, qtbot: QtBot
) -> None:
    begin(room, qtbot)
    drawn = room.hub._frame
    assert drawn is not None
    room.hub.freeze(True)
    held = number_in(shot(room.audience))
    ctypes.memset(drawn.buffer, 255, drawn.pitch * drawn.height)
    assert number_in(shot(room.audience)) == held != 255


def test_the_last_picture_stays_at_the_end(room: Room, qtbot: QtBot) -> None:
    room.player.load(counted_clip(), start_ms=2_000)
    qtbot.waitUntil(room.over, timeout=WAIT_MS)
    room.hub.hold_last()
    assert number_in(shot(room.audience)) >= COUNTED_MS // PICTURE_MS - 5


def test_after_a_stop_the_room_stays_dark(room: Room, qtbot: QtBot) -> None:
    """libvlc goes on drawing until it has stopped; none of that may reach the screen."""
    begin(room, qtbot)
    room.player.stop()
    room.hub.clear()
    taken, stopped = room.hub.taken, room.player.frames
    qtbot.waitUntil(lambda: stopped._drawn is None, timeout=WAIT_MS)
    room.woken()
    assert room.hub.taken == taken
    assert shot(room.audience).pixelColor(20, 20).name() == "#000000"


def test_unfreezing_by_a_clear_does_not_leave_the_next_clip_still(room: Room, qtbot: QtBot) -> None:
    begin(room, qtbot)
    room.hub.freeze(True)
    decoded = room.player.frames.decoded
    qtbot.waitUntil(lambda: room.player.frames.decoded > decoded + 2, timeout=WAIT_MS)
    room.player.stop()
    room.hub.clear()
    begin(room, qtbot)
    taken = room.hub.taken
    qtbot.waitUntil(lambda: room.hub.taken > taken + 5, timeout=WAIT_MS)


def test_a_surface_that_is_destroyed_is_forgotten(room: Room, qtbot: QtBot) -> None:
    parent = QWidget()
    surface = VideoSurface(room.hub, parent)
    shiboken6.delete(parent)
    assert not shiboken6.isValid(surface)
    begin(room, qtbot)
    room.hub.black(True)


def test_a_subtitle_stands_in_the_lower_third_in_either_encoding(
    room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    letters = []
    for encoding in ("utf-8", "gb18030"):
        subtitle = write_subtitle(tmp_path / f"{encoding}.srt", encoding)
        room.player.load(counted_clip(subtitle=subtitle))
        qtbot.waitUntil(lambda: len(bright_points(shot(room.mirror))) > 60, timeout=WAIT_MS)
        room.player.stop()
        room.hub.freeze(True)
        letters.append(bright_points(shot(room.mirror)))
        room.hub.clear()
    same, different = letters[0] & letters[1], letters[0] ^ letters[1]
    assert len(different) < len(same) * 0.2


def test_a_subtitle_hidden_before_the_clip_stays_hidden_until_shown(
    room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    room.player.set_subtitles(False)
    subtitle = write_subtitle(tmp_path / "s.srt", "utf-8")
    with_letters: list[int] = []
    room.hub.changed.connect(lambda: with_letters.append(len(bright_points(shot(room.mirror)))))
    room.player.load(counted_clip(subtitle=subtitle))
    qtbot.waitUntil(lambda: len(with_letters) > 15, timeout=WAIT_MS)
    assert max(with_letters) == 0
    room.player.set_subtitles(True)
    room.player.seek(300)
    qtbot.waitUntil(lambda: with_letters[-1] > 60, timeout=WAIT_MS)
    room.player.set_subtitles(False)
    room.player.seek(300)
    qtbot.waitUntil(lambda: with_letters[-1] == 0, timeout=WAIT_MS)


def test_what_the_picture_does_not_fill_is_black(room: Room, qtbot: QtBot) -> None:
    room.audience.resize(640, 640)
    begin(room, qtbot)
    room.hub.freeze(True)
    picture = shot(room.audience)
    assert picture.pixelColor(320, 60).name() == "#000000"
    assert picture.pixelColor(320, 580).name() == "#000000"
    assert picture.pixelColor(320, 420).lightness() > 30


@pytest.mark.parametrize(
    ("place", "target"),
    [
        (QRect(0, 0, 1280, 720), QRect(0, 0, 1280, 720)),
        (QRect(0, 0, 1024, 768), QRect(0, 96, 1024, 576)),
        (QRect(0, 0, 1000, 180), QRect(340, 0, 320, 180)),
    ],
)
def test_a_picture_keeps_its_shape(place: QRect, target: QRect) -> None:
    assert fitted(1280, 720, place) == target


def test_smoothness_that_costs_too_much_is_given_up(room: Room, qtbot: QtBot) -> None:
    dear, cheap = (VideoSurface(room.hub, smooth=True) for _ in range(2))
    dear.budget_ms, cheap.budget_ms = 0.0, 10_000.0
    for surface in (dear, cheap):
        qtbot.addWidget(surface)
        surface.resize(400, 300)
        surface.show()
    room.player.load(counted_clip())
    qtbot.waitUntil(lambda: not dear.smooth, timeout=WAIT_MS)
    assert cheap.smooth


def test_a_hub_without_a_picture_is_black(qtbot: QtBot, room: Room) -> None:
    surface = VideoSurface(FrameHub(room.player.frames))
    qtbot.addWidget(surface)
    surface.resize(64, 36)
    assert shot(surface).pixelColor(30, 18).name() == "#000000"
