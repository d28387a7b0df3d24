"""The PIN: kept as a slow hash only, guessed slowly, and gone when it is forgotten on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.main import main as command
from app.domain.errors import BadInput, NotPossibleNow
from app.domain.operator_pin import FREE_TRIES, LONGEST_PAUSE_MS, Tries, pause_ms, wait_ms
from app.usecases import operator_pin
from app.usecases.operator_pin import LockedPart
from tests.support.stations import SetClock, station_at


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


def test_the_pause_grows_from_the_fifth_wrong_try_and_ends_at_a_quarter_hour() -> None:
    assert [pause_ms(wrong) for wrong in (0, 4, 5, 6, 7)] == [0, 0, 30_000, 60_000, 120_000]
    assert pause_ms(10_000) == LONGEST_PAUSE_MS


def test_a_clock_set_forward_or_back_never_makes_the_wait_longer_than_the_pause() -> None:
    tries = Tries(5, last_ms=1_000_000)
    assert wait_ms(tries, 1_010_000) == 20_000
    assert wait_ms(tries, 1_030_000) == 0
    assert wait_ms(tries, 0) == 30_000


@pytest.mark.parametrize(
    "pin", ["", "123", "123456789", "12a4", "１２３４", "1111", "4321", "2345"]
)
def test_what_is_no_pin_or_everybodys_first_guess_is_refused(tmp_path: Path, pin: str) -> None:
    with station_at(tmp_path) as opened, pytest.raises(BadInput):
        operator_pin.set_pin(opened.station.tools, pin)


def test_without_a_pin_nothing_locks_and_anything_opens(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        tools = opened.station.tools
        assert not operator_pin.view(tools).has_pin
        assert operator_pin.try_pin(tools, "").opened


def test_only_the_right_pin_opens_and_only_its_hash_lies_in_the_store(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        tools = opened.station.tools
        assert operator_pin.set_pin(tools, "20531").has_pin
        assert not operator_pin.try_pin(tools, "20532").opened
        assert operator_pin.try_pin(tools, "20531").opened
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"20531" not in file.read_bytes(), file


def test_wrong_tries_cost_a_growing_pause_that_a_restart_does_not_shorten(
    tmp_path: Path, clock: SetClock
) -> None:
    with station_at(tmp_path, clock=clock) as opened:
        tools = opened.station.tools
        operator_pin.set_pin(tools, "2053")
        left = [operator_pin.try_pin(tools, "9999").free for _ in range(FREE_TRIES)]
        assert left == [4, 3, 2, 1, 0]
        assert operator_pin.try_pin(tools, "2053").wait_ms == 30_000
    with station_at(tmp_path, clock=clock) as opened:
        tools = opened.station.tools
        assert operator_pin.try_pin(tools, "2053").wait_ms == 30_000
        clock.pass_minutes(0.5)
        assert operator_pin.try_pin(tools, "9999").wait_ms == 60_000
        clock.pass_minutes(1)
        assert operator_pin.try_pin(tools, "2053").opened
        assert operator_pin.try_pin(tools, "9999").free == FREE_TRIES - 1


def test_a_clock_that_went_back_years_keeps_nobody_out_for_years(
    tmp_path: Path, clock: SetClock
) -> None:
    with station_at(tmp_path, clock=clock) as opened:
        tools = opened.station.tools
        operator_pin.set_pin(tools, "2053")
        for _ in range(FREE_TRIES):
            operator_pin.try_pin(tools, "9999")
        clock.wall_ms -= 5 * 365 * 86_400_000
        assert operator_pin.try_pin(tools, "2053").wait_ms == 30_000
        clock.pass_minutes(0.5)
        assert operator_pin.try_pin(tools, "2053").opened


def test_changing_and_removing_ask_for_the_old_one_and_count_as_tries(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        tools = opened.station.tools
        operator_pin.set_pin(tools, "2053")
        with pytest.raises(NotPossibleNow, match="pin_wrong"):
            operator_pin.set_pin(tools, "7761", old="1199")
        operator_pin.set_pin(tools, "7761", old="2053")
        for _ in range(FREE_TRIES - 1):
            with pytest.raises(NotPossibleNow, match="pin_wrong"):
                operator_pin.remove_pin(tools, "2053")
        with pytest.raises(NotPossibleNow, match="pin_wait"):
            operator_pin.remove_pin(tools, "2053")
        assert operator_pin.view(tools).has_pin


def test_a_damaged_hash_lets_nobody_in(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        tools = opened.station.tools
        operator_pin.set_pin(tools, "2053")
        with tools.store.begin() as work:
            work.keep_setting("operator_pin", "scrypt:x")
        assert not operator_pin.try_pin(tools, "2053").opened


def test_the_minutes_and_the_locked_screen_are_kept_over_a_restart(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        tools = opened.station.tools
        operator_pin.lock_after(tools, 20)
        operator_pin.use_single_screen_lock(tools, on=True)
        operator_pin.note_locked(tools, LockedPart.SINGLE)
        with pytest.raises(BadInput):
            operator_pin.lock_after(tools, 0)
    with station_at(tmp_path) as opened:
        tools = opened.station.tools
        seen = operator_pin.view(tools)
        assert (seen.idle_minutes, seen.single_screen, seen.locked_now) == (
            20,
            True,
            LockedPart.SINGLE,
        )
        assert not operator_pin.use_single_screen_lock(tools, on=False).single_screen
        assert operator_pin.note_locked(tools, LockedPart.NOTHING).locked_now is LockedPart.NOTHING


def test_a_forgotten_pin_is_dropped_at_the_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with station_at(tmp_path) as opened:
        operator_pin.set_pin(opened.station.tools, "2053")
        assert command(["--home", str(tmp_path), "pin", "forget"], {"LANG": "zh_CN"}) == 1
    assert command(["--home", str(tmp_path), "pin", "forget"], {"LANG": "zh_CN"}) == 0
    assert "密码" in capsys.readouterr().out
    with station_at(tmp_path) as opened:
        assert not operator_pin.view(opened.station.tools).has_pin


def test_the_first_run_is_for_a_new_pc_and_comes_once(tmp_path: Path) -> None:
    from app.bootstrap import open_station

    opened = open_station(tmp_path / "new")
    tools = opened.station.tools
    assert operator_pin.wants_first_run(tools)
    operator_pin.first_run_done(tools)
    assert not operator_pin.wants_first_run(tools)
    opened.close()
    with station_at(tmp_path / "old") as filled:
        assert not operator_pin.wants_first_run(filled.station.tools)
