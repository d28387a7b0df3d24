"""The PIN: kept as a slow hash only, guessed slowly, and gone when it is forgotten on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.main import main as command
from app.domain.errors import BadInput, NotPossibleNow
from app.domain.operator_pin import FREE_TRIES, LONGEST_PAUSE_MS, Tries, pause_ms, wait_ms
from app.usecases.operator_pin import LockedPart, OperatorPin
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
        OperatorPin(opened.station.tools).set_pin(pin)


def test_without_a_pin_nothing_locks_and_anything_opens(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        tools = opened.station.tools
        assert not OperatorPin(tools).view().has_pin
        assert OperatorPin(tools).try_pin("").opened


def test_only_the_right_pin_opens_and_only_its_hash_lies_in_the_store(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        tools = opened.station.tools
        assert OperatorPin(tools).set_pin("20531").has_pin
        assert not OperatorPin(tools).try_pin("20532").opened
        assert OperatorPin(tools).try_pin("20531").opened
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"20531" not in file.read_bytes(), file


def test_wrong_tries_cost_a_growing_pause_that_a_restart_does_not_shorten(
    tmp_path: Path, clock: SetClock
) -> None:
    with station_at(tmp_path, clock=clock) as opened:
        tools = opened.station.tools
        OperatorPin(tools).set_pin("2053")
        left = [OperatorPin(tools).try_pin("9999").free for _ in range(FREE_TRIES)]
        assert left == [4, 3, 2, 1, 0]
        assert OperatorPin(tools).try_pin("2053").wait_ms == 30_000
    with station_at(tmp_path, clock=clock) as opened:
        tools = opened.station.tools
        assert OperatorPin(tools).try_pin("2053").wait_ms == 30_000
        clock.pass_minutes(0.5)
        assert OperatorPin(tools).try_pin("9999").wait_ms == 60_000
        clock.pass_minutes(1)
        assert OperatorPin(tools).try_pin("2053").opened
        assert OperatorPin(tools).try_pin("9999").free == FREE_TRIES - 1


def test_a_clock_that_went_back_years_keeps_nobody_out_for_years(
    tmp_path: Path, clock: SetClock
) -> None:
    with station_at(tmp_path, clock=clock) as opened:
        tools = opened.station.tools
        OperatorPin(tools).set_pin("2053")
        for _ in range(FREE_TRIES):
            OperatorPin(tools).try_pin("9999")
        clock.wall_ms -= 5 * 365 * 86_400_000
        assert OperatorPin(tools).try_pin("2053").wait_ms == 30_000
        clock.pass_minutes(0.5)
        assert OperatorPin(tools).try_pin("2053").opened


def test_changing_and_removing_ask_for_the_old_one_and_count_as_tries(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        tools = opened.station.tools
        OperatorPin(tools).set_pin("2053")
        with pytest.raises(NotPossibleNow, match="pin_wrong"):
            OperatorPin(tools).set_pin("7761", old="1199")
        OperatorPin(tools).set_pin("7761", old="2053")
        for _ in range(FREE_TRIES - 1):
            with pytest.raises(NotPossibleNow, match="pin_wrong"):
                OperatorPin(tools).remove_pin("2053")
        with pytest.raises(NotPossibleNow, match="pin_wait"):
            OperatorPin(tools).remove_pin("2053")
        assert OperatorPin(tools).view().has_pin


def test_a_damaged_hash_lets_nobody_in(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        tools = opened.station.tools
        OperatorPin(tools).set_pin("2053")
        with tools.store.begin() as work:
            work.keep_setting("operator_pin", "scrypt:x")
        assert not OperatorPin(tools).try_pin("2053").opened


def test_the_minutes_and_the_locked_screen_are_kept_over_a_restart(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        tools = opened.station.tools
        OperatorPin(tools).lock_after(20)
        OperatorPin(tools).use_single_screen_lock(on=True)
        OperatorPin(tools).note_locked(LockedPart.SINGLE)
        with pytest.raises(BadInput):
            OperatorPin(tools).lock_after(0)
    with station_at(tmp_path) as opened:
        tools = opened.station.tools
        seen = OperatorPin(tools).view()
        assert (seen.idle_minutes, seen.single_screen, seen.locked_now) == (
            20,
            True,
            LockedPart.SINGLE,
        )
        assert not OperatorPin(tools).use_single_screen_lock(on=False).single_screen
        assert OperatorPin(tools).note_locked(LockedPart.NOTHING).locked_now is LockedPart.NOTHING


def test_a_forgotten_pin_is_dropped_at_the_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with station_at(tmp_path) as opened:
        OperatorPin(opened.station.tools).set_pin("2053")
        assert command(["--home", str(tmp_path), "pin", "forget"], {"LANG": "zh_CN"}) == 1
    assert command(["--home", str(tmp_path), "pin", "forget"], {"LANG": "zh_CN"}) == 0
    assert "密码" in capsys.readouterr().out
    with station_at(tmp_path) as opened:
        assert not OperatorPin(opened.station.tools).view().has_pin


def test_the_first_run_is_for_a_new_pc_and_comes_once(tmp_path: Path) -> None:
    from app.bootstrap import open_station

    opened = open_station(tmp_path / "new")
    tools = opened.station.tools
    assert OperatorPin(tools).wants_first_run()
    OperatorPin(tools).first_run_done()
    assert not OperatorPin(tools).wants_first_run()
    opened.close()
    with station_at(tmp_path / "old") as filled:
        assert not OperatorPin(filled.station.tools).wants_first_run()
