"""What a room would notice: plays whole, stops honestly, seeks, freezes, shows subtitles."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.areas.playback.plays import is_full_play
from app.player.vlc_player import VlcPlayer
from app.ports.player import Clip, PlayerEvent
from tests.player.conftest import CLIPS, SHORT_MS, Room, short_clip
from tests.rules.looking import ROOT

WAIT_MS = 15_000


def differing(one: QImage, other: QImage, top: float, bottom: float) -> int:
    """Sampled points between two heights (shares) that differ clearly."""
    count = 0
    for y in range(int(one.height() * top), int(one.height() * bottom), 3):
        for x in range(0, one.width(), 3):
            a, b = one.pixelColor(x, y), other.pixelColor(x, y)
            count += abs(a.red() - b.red()) + abs(a.green() - b.green()) > 120
    return count


def play_until_pictures(room: Room, qtbot: QtBot, clip: Clip, start_ms: int = 0) -> None:
    room.player.load(clip, start_ms=start_ms)
    qtbot.waitUntil(lambda: room.audience.painted > 3, timeout=WAIT_MS)


def test_a_whole_file_is_a_full_play(room: Room, qtbot: QtBot) -> None:
    room.player.load(short_clip())
    qtbot.waitUntil(room.over, timeout=WAIT_MS)
    ended = room.last(PlayerEvent.ENDED)
    assert room.coverage.end(SHORT_MS, ended.mono_ms, 1.0)
    assert is_full_play(room.coverage.shown(), SHORT_MS)


def test_a_sample_lesson_plays_with_picture_and_subtitle(room: Room, qtbot: QtBot) -> None:
    folder = ROOT / "media" / "sample"
    clip = Clip(
        folder / "fire-extinguisher.mp4", 60_000, 1280, 720, folder / "fire-extinguisher.srt"
    )
    play_until_pictures(room, qtbot, clip)
    paper = room.audience.grab().toImage().pixelColor(40, 20)
    assert paper.red() > 200
    assert paper.green() > 200


def test_half_a_file_ends_early_and_is_no_full_play(
    room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    whole = (CLIPS / "short.mp4").read_bytes()
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(whole[: len(whole) // 2])
    room.player.load(short_clip(path=torn))
    qtbot.waitUntil(room.over, timeout=WAIT_MS)
    assert not room.coverage.end(SHORT_MS, room.seen[-1].mono_ms, 1.0)
    assert not is_full_play(room.coverage.shown(), SHORT_MS)


@pytest.mark.parametrize("content", [b"", b"no video at all " * 400, None])
def test_what_is_no_video_is_over_at_once_and_showed_nothing(
    room: Room, qtbot: QtBot, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "strange.mp4"
    if content is not None:
        path.write_bytes(content)
    room.player.load(short_clip(path=path))
    qtbot.waitUntil(room.over, timeout=WAIT_MS)
    assert room.coverage.shown() == ()
    assert room.hub.taken == 0


def test_a_start_in_the_middle_begins_there(room: Room, qtbot: QtBot) -> None:
    play_until_pictures(room, qtbot, short_clip(), start_ms=2_000)
    qtbot.waitUntil(lambda: PlayerEvent.POSITION in room.events(), timeout=WAIT_MS)
    first = next(one for one in room.seen if one.event is PlayerEvent.POSITION)
    assert 1_400 <= first.position_ms <= 3_200


def test_a_seek_while_paused_stays_paused_there(room: Room, qtbot: QtBot) -> None:
    play_until_pictures(room, qtbot, short_clip())
    room.player.pause()
    qtbot.waitUntil(lambda: PlayerEvent.PAUSED in room.events(), timeout=WAIT_MS)
    room.player.seek(3_000)
    assert abs(room.player.position_ms() - 3_000) <= 200
    room.player.play()
    qtbot.waitUntil(room.over, timeout=WAIT_MS)
    assert room.last(PlayerEvent.POSITION).position_ms >= 3_000


def test_a_seek_is_not_counted_as_shown(room: Room, qtbot: QtBot) -> None:
    play_until_pictures(room, qtbot, short_clip())
    room.player.seek(3_200)
    qtbot.waitUntil(room.over, timeout=WAIT_MS)
    shown = sum(one.end_ms - one.start_ms for one in room.coverage.shown())
    assert shown < 2_500


def test_faster_is_faster_and_still_full(room: Room, qtbot: QtBot) -> None:
    room.rate = 1.5
    room.player.load(short_clip())
    room.player.set_rate(1.5)
    qtbot.waitUntil(room.over, timeout=WAIT_MS)
    ended = room.last(PlayerEvent.ENDED)
    began = next(one for one in room.seen if one.event is PlayerEvent.PLAYING)
    assert ended.mono_ms - began.mono_ms < SHORT_MS * 0.9
    room.coverage.end(SHORT_MS, ended.mono_ms, 1.5)
    assert is_full_play(room.coverage.shown(), SHORT_MS)


def test_two_surfaces_show_the_same_decode(room: Room, qtbot: QtBot) -> None:
    play_until_pictures(room, qtbot, short_clip())
    room.hub.freeze(True)
    one = room.audience.grab().toImage().scaled(320, 180)
    other = room.mirror.grab().toImage()
    assert differing(one, other, 0.1, 0.9) < 400
    assert not other.allGray()


def test_freeze_holds_the_picture_and_lets_it_go(room: Room, qtbot: QtBot) -> None:
    play_until_pictures(room, qtbot, short_clip())
    room.hub.freeze(True)
    held = room.audience.grab().toImage()
    taken, decoded = room.hub.taken, room.player.frames.decoded
    qtbot.waitUntil(lambda: room.player.frames.decoded > decoded + 15, timeout=WAIT_MS)
    assert room.hub.taken == taken
    assert room.audience.grab().toImage() == held
    room.hub.freeze(False)
    qtbot.waitUntil(lambda: room.hub.taken > taken + 2, timeout=WAIT_MS)


def test_black_is_black_and_comes_back(room: Room, qtbot: QtBot) -> None:
    play_until_pictures(room, qtbot, short_clip())
    room.hub.black(True)
    dark = room.audience.grab().toImage()
    assert {dark.pixelColor(x, 180).name() for x in range(0, 640, 40)} == {"#000000"}
    room.hub.black(False)
    qtbot.waitUntil(
        lambda: room.audience.grab().toImage().pixelColor(320, 180).name() != "#000000",
        timeout=WAIT_MS,
    )


def test_subtitles_are_over_the_picture_follow_it_and_can_be_turned_off(
    room: Room, qtbot: QtBot
) -> None:
    def at(position_ms: int) -> QImage:
        room.player.load(short_clip(subtitle=True), start_ms=position_ms)
        before = room.hub.taken
        qtbot.waitUntil(lambda: room.hub.taken > before + 8, timeout=WAIT_MS)
        room.hub.freeze(True)
        taken = room.audience.grab().toImage()
        room.hub.freeze(False)
        return taken

    titled = at(1_000)
    assert room.hub.words
    room.player.set_subtitles(False)
    plain = at(1_000)
    assert not room.hub.words
    assert differing(plain, titled, 0.78, 1.0) > 60


def test_what_was_observed_of_the_clip_before_is_dropped(room: Room, qtbot: QtBot) -> None:
    room.player.load(short_clip())
    qtbot.waitUntil(lambda: PlayerEvent.POSITION in room.events(), timeout=WAIT_MS)
    second = room.player.load(short_clip())
    room.seen.clear()
    qtbot.waitUntil(lambda: PlayerEvent.POSITION in room.events(), timeout=WAIT_MS)
    assert {one.generation for one in room.seen} == {second}


def test_closing_in_the_middle_never_hangs_or_crashes(qtbot: QtBot) -> None:
    for _ in range(20):
        player = VlcPlayer(lambda: None, audio=False)
        player.load(short_clip())
        qtbot.waitUntil(lambda p=player: p.frames.decoded > 2, timeout=WAIT_MS)  # type: ignore[misc]  # bound at once
        player.close()
        player.close()
