"""The register of equipment by command."""

from __future__ import annotations

from tests.cli.test_commands import Run, check_refused, home, restored, run

__all__ = ["home", "restored", "run"]


def test_a_device_is_entered_fails_works_again_and_is_taken_out(run: Run) -> None:
    enter = ("equipment", "enter", "--name", "投影仪", "--model", "EB-X05", "--bought", "2021-03")
    (made,) = run(*enter, "--json").told
    device = made["device"]["id"]
    (moved,) = run("equipment", "enter", "--device", device, "--kept-at", "村部", "--json").told
    assert (moved["device"]["model"], moved["device"]["kept_at"]) == ("EB-X05", "村部")
    assert "Open" in run("equipment", "fault", device, "灯泡不亮").out
    check_refused(run("equipment", "fault", device, "灯泡不亮"))
    assert "Working again" in run("equipment", "works", device, "--by", "县维修点").out
    assert "taken out" in run("equipment", "take-out", device, "送给学校").out
    assert "No equipment" in run("equipment", "list").out
    assert device in run("equipment", "list", "--all").out
    check_refused(run("equipment", "enter", "--name", ""))
