"""The line of positions between libvlc's rare signs: runs with the clock, never past what is known."""

from __future__ import annotations

from app.player.position import NEAR_MS, SETTLE_MS, SILENCE_MS, PositionLine


def running(position_ms: int = 1_000, duration_ms: int = 60_000) -> PositionLine:
    line = PositionLine(position_ms, duration_ms, 0)
    line.move(0)
    return line


def test_it_stands_until_playing_begins() -> None:
    assert PositionLine(5_000, 60_000, 0).at(900) == 5_000


def test_it_runs_with_the_clock_times_the_rate() -> None:
    line = running()
    line.set_rate(1.5, 200)
    assert line.at(200) == 1_200
    assert line.at(600) == 1_800


def test_a_pause_holds_it_and_going_on_starts_from_there() -> None:
    line = running()
    line.hold(300)
    assert line.at(5_000) == 1_300
    line.move(5_000)
    assert line.at(5_100) == 1_400


def test_it_never_passes_the_end_of_the_course() -> None:
    assert running(59_500, 60_000).at(1_400) == 60_000


def test_an_unknown_duration_sets_no_end() -> None:
    assert running(1_000, 0).at(1_000) == 2_000


def test_it_does_not_run_away_when_the_picture_hangs() -> None:
    assert running().at(60_000) == 1_000 + SILENCE_MS


def test_a_sign_made_before_a_jump_does_not_pull_it_back() -> None:
    line = running()
    line.jump(30_000, 500)
    assert not line.see(1_400, 480)
    assert line.at(500) == 30_000


def test_nor_does_one_from_close_by() -> None:
    line = running()
    line.jump(2_000, 500)
    assert not line.see(1_480, 480)
    assert line.at(500) == 2_000


def test_a_late_sign_of_the_old_place_is_not_believed_while_the_jump_settles() -> None:
    line = running()
    line.jump(30_000, 500)
    assert not line.see(1_700, 500 + SETTLE_MS - 1)
    assert line.see(30_000 + NEAR_MS // 2, 500 + SETTLE_MS - 1)


def test_after_a_jump_has_settled_the_library_is_believed_wherever_it_is() -> None:
    line = running()
    line.jump(30_000, 500)
    assert line.see(24_000, 500 + SETTLE_MS)
    assert line.at(500 + SETTLE_MS) == 24_000
