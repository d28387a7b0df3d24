"""Kinds of session and late sessions by command: each does what it says, in words and as JSON."""

from __future__ import annotations

from datetime import timedelta

from app.domain.time import local_date
from app.machine.clock import SystemClock
from tests.cli.test_commands import Run, check_refused, home, restored, run

__all__ = ["home", "restored", "run"]


def days_ago(days: int) -> str:
    return (local_date(SystemClock().now().wall_ms) - timedelta(days=days)).isoformat()


def test_a_theme_day_is_prepared_opened_ticked_and_closed(run: Run) -> None:
    new = run("session", "new", "--kind", "theme_day", "--title", "主题党日", "--place", "村部")
    assert new.code == 0
    assert "Theme day" in new.out
    assert run("session", "open").code == 0
    assert run("session", "agenda", "oath").code == 0
    skipped = run("session", "agenda", "dues", "--skip", "--reason", "已网上缴", "--json").told
    assert [
        (one["item"], one["is_done"]) for one in skipped["session"]["activities"]["agenda"]
    ] == [
        ("oath", True),
        ("dues", False),
    ]
    check_refused(run("session", "agenda", "oath", "--reason", "无"))
    check_refused(run("session", "stop", "r1"))
    assert run("session", "heads", "villager", "23").code == 0
    spoke = ("session", "lecture", "--topic", "乡村振兴", "--minutes", "40")
    lecture = run(*spoke, "--person", "王福生", "--json").told
    (line,) = lecture["session"]["activities"]["lectures"]
    assert (line["person"], line["minutes"]) == ("p8", 40)
    assert run("session", "take-back", line["hash"]).code == 0
    closed = run("session", "close")
    assert "Renewing the oath" in closed.out
    assert "Villagers: 23" in closed.out
    assert "乡村振兴" not in closed.out


def test_a_visit_and_a_stop_name_whom_and_where(run: Run) -> None:
    run("session", "new", "--kind", "home_visit", "--title", "送学上门")
    run("session", "open")
    told = ("session", "visit", "王福生", "--by", "p5", "--minutes", "45")
    visit = run(*told, "--pairing", "youth_helps_old", "--json").told
    (line,) = visit["session"]["activities"]["visits"]
    assert (line["person"], line["by"], line["pairing"]) == ("p8", "p5", "youth_helps_old")
    run("session", "close")
    run("session", "new", "--kind", "route", "--title", "红色路线")
    run("session", "open")
    assert "纪念馆" in run("session", "stop", "纪念馆").out


def test_a_late_session_is_written_down_put_aside_and_handed_in(run: Run) -> None:
    day = days_ago(2)
    given = (
        *("session", "late", "--kind", "talk", "--title", "院坝宣讲", "--place", "院坝"),
        *("--from", f"{day}T19:30", "--to", f"{day}T20:30", "--by", "丁一", "--why", "停电"),
        *("--present", "王福生", "--present", "p5", "--leave", "p6=sick", "--visitor", "老周"),
        *("--heads", "villager=30"),
    )
    check_refused(run(*given, "--heads", "villager=many"))
    check_refused(run(*given, "--present", "没有这个人"))
    assert run("session", "list", "--json").told == []
    draft = run(*given, "--draft", "--json").told
    assert (draft["late"], draft["turnout"]["late_entry"]) == ("draft", 2)
    assert draft["session"]["id"] in run("session", "drafts").out
    done = run("session", "hand-in", draft["session"]["id"])
    assert "Awaiting approval" in done.out
    assert f"Held {day} 19:30" in done.out
    (listed,) = run("session", "list", "--json").told
    assert (listed["late"], listed["pending"]) == ("pending", 3)
    check_refused(run("session", "hand-in", draft["session"]["id"]))
    check_refused(run("session", "drop", draft["session"]["id"]))


def test_a_late_session_of_tomorrow_or_that_ends_first_is_refused(run: Run) -> None:
    told = ("session", "late", "--title", "一场", "--by", "丁一", "--why", "停电")
    after, before = days_ago(-2), days_ago(2)
    check_refused(run(*told, "--from", f"{after}T19:30", "--to", f"{after}T20:30"))
    check_refused(run(*told, "--from", f"{before}T19:30", "--to", f"{before}T19:30"))
    check_refused(run(*told, "--from", "昨天", "--to", "今天"))


def test_a_register_of_visits_and_the_stops_of_a_route_are_written_down_afterwards(
    run: Run,
) -> None:
    day = days_ago(2)
    given = ("session", "late", "--by", "丁一", "--why", "下雨", "--from", f"{day}T09:00")
    visits = run(
        *(*given, "--to", f"{day}T10:01", "--kind", "home_visit", "--title", "送学上门"),
        *("--visited", "王福生", "--visited", "p6", "--went", "p5", "--pairing", "mentor"),
        "--json",
    ).told
    told = [
        (one["person"], one["by"], one["minutes"])
        for one in visits["session"]["activities"]["visits"]
    ]
    assert told == [("p8", "p5", 31), ("p6", "p5", 30)]
    assert visits["turnout"]["expected"] == 0
    route = ("--to", f"{day}T11:00", "--kind", "route", "--title", "红色路线", "--stop", "纪念馆")
    assert "纪念馆" in run(*given, *route).out
