"""No option is passed over: what a command is told it does, or it says that it does not."""

from __future__ import annotations

import pytest

from app.domain.bounds import HOME, NAME, NOT_HELD_NOTE, REASON, TITLE
from tests.cli.test_commands import Run, check_refused, home, restored, run

__all__ = ["home", "restored", "run"]


def status_of(run: Run, person: str) -> str | None:
    cards = run("session", "show", "--json").told["cards"]
    (found,) = [one["status"] for one in cards if one["id"] == person]
    return str(found) if found else None


def test_a_kind_of_leave_alone_is_leave(run: Run) -> None:
    run("session", "open")
    marked = run("session", "mark", "王福生", "--leave", "sick")
    assert marked.code == 0
    assert "on leave" in marked.out.lower()
    assert status_of(run, "p8") == "on_leave"
    assert (
        run("session", "mark", "--id", "p5", "--leave", "private", "--reason", "家中有事").code == 0
    )
    assert status_of(run, "p5") == "on_leave"


@pytest.mark.parametrize(
    "options",
    [
        ["--id", "p8", "--status", "present", "--leave", "sick"],
        ["--id", "p8", "--status", "late_entry", "--reason", "忘了", "--leave", "sick"],
        ["--id", "p8", "--reason", "家中有事"],
        ["--id", "p8", "--tail", "0008"],
        ["--id", "p8", "--home-place", "邻村"],
        ["--id", "p8", "--really-visitor"],
        ["王福生", "--id", "p8"],
        ["王福生", "--visitor", "老王"],
        ["--visitor", "老王", "--id", "p8"],
        ["--visitor", "老王", "--leave", "sick"],
        ["--visitor", "老王", "--status", "on_leave", "--leave", "sick"],
        ["--visitor", "老王", "--status", "late_entry", "--reason", "忘了"],
        ["--visitor", "老王", "--lane", "scanner"],
        ["--visitor", "老王", "--reason", "忘了"],
        ["王福生", "--leave", "sick", "--lane", "name_wall"],
        ["--visitor", ""],
        [""],
        [],
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_marks_nobody(run: Run, options: list[str]) -> None:
    run("session", "open")
    check_refused(run("session", "mark", *options))
    shown = run("session", "show", "--json").told
    assert all(one["status"] is None for one in shown["cards"])


@pytest.mark.parametrize(
    "options",
    [
        ["--title", "再来一场", "--plan", "plan1"],
        ["--course", "c1"],
        ["--plan", "plan1", "--course", "c1"],
        ["--title", ""],
        ["--title", "  "],
        ["--title", "一" * (TITLE + 1)],
    ],
    ids=lambda one: " ".join(one)[:30],
)
def test_a_session_is_begun_as_it_was_asked_for_or_not_at_all(run: Run, options: list[str]) -> None:
    check_refused(run("session", "open", *options))
    assert run("session", "list", "--json").told == []


def test_not_held_names_one_session(run: Run) -> None:
    options = ("--reason", "harvest", "--plan", "plan1")
    check_refused(run("session", "not-held", *options, "--session", "s"))
    check_refused(run("session", "not-held", *options, "--note", "一" * (NOT_HELD_NOTE + 1)))
    assert run("session", "list", "--json").told == []
    assert run("session", "not-held", *options, "--note", "一" * NOT_HELD_NOTE).code == 0


@pytest.mark.parametrize(
    "options",
    [
        ["http://127.0.0.1:1", "CODE", "--request", "f"],
        ["--request", "f", "--answer", "g"],
        ["--request", "f", "--code", "ABC"],
        ["http://127.0.0.1:1", "CODE", "--code", "ABC"],
        ["--code", "ABC"],
    ],
    ids=" ".join,
)
def test_there_is_one_way_to_enrol_at_a_time(
    run: Run, options: list[str], tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(str(tmp_path))
    refused = run("enrol", *options)
    check_refused(refused)
    assert "K-701" in refused.err


def test_somebody_known_is_no_visitor_until_it_is_said_that_it_is_another_one(run: Run) -> None:
    run("session", "open")
    asked = run("session", "mark", "--visitor", "王福生", "--tail", "0008")
    check_refused(asked)
    for told in ("王福生", "0008", "--really-visitor", "K-705"):
        assert told in asked.err
    assert run("session", "mark", "--visitor", "王福生", "--really-visitor").code == 0
    again = run("session", "mark", "--visitor", "王福生")
    check_refused(again)
    assert run("session", "show", "--json").told["turnout"]["visitors"] == 1


@pytest.mark.parametrize(
    ("option", "most"), [("--visitor", NAME), ("--home-place", HOME), ("--reason", REASON)]
)
def test_what_is_too_long_is_said_with_both_numbers(run: Run, option: str, most: int) -> None:
    run("session", "open")
    others = {
        "--visitor": [],
        "--home-place": ["--visitor", "老王"],
        "--reason": ["--id", "p1", "--leave", "sick"],
    }[option]
    refused = run("session", "mark", *others, option, "一" * (most + 1))
    check_refused(refused)
    assert str(most) in refused.err
    assert str(most + 1) in refused.err
    assert run("session", "mark", *others, option, "一" * most).code == 0


@pytest.mark.parametrize("text", ["\udcff", "ab\ud800"])
def test_bytes_that_are_no_text_are_refused_and_store_nothing(run: Run, text: str) -> None:
    run("session", "open")
    for option in (["--visitor", text], ["--id", "p1", "--leave", "sick", "--reason", text]):
        check_refused(run("session", "mark", *option))
    shown = run("session", "show", "--json").told
    assert {one["status"] for one in shown["cards"]} == {None}
    for others in (
        ["session", "open", "--title", text],
        ["session", "open", "--title", "x", "--course", text],
        ["session", "mark", text],
        ["session", "mark", "--id", text],
        ["session", "mark", "--id", "p1", "--session", text],
        ["session", "show", text],
        ["session", "undo", "--mark", text],
        ["play", text, "--headless"],
    ):
        check_refused(run(*others))


def test_a_card_is_found_in_any_case(run: Run) -> None:
    run("session", "open")
    assert run("session", "mark", "yj1-00005", "--lane", "scanner").code == 0
    assert status_of(run, "p5") in ("present", "late")
