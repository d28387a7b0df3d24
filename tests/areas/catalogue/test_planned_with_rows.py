"""A plan's kind, lecturer and class stand at the station, and why a plan was withdrawn or put off."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.areas.catalogue.values import Lecturer, TrainingClass
from app.areas.sessions.session import PlanEntry
from app.bootstrap import OpenStation
from app.cli.main import main
from app.domain.ids import PlanId
from app.domain.time import local_date
from app.machine.clock import SystemClock
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from app.words import language, speak
from tests.support.stations import SCOPE, SetClock, station_at


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """A command sets the language and silences the log of its whole process."""
    before = language()
    yield
    speak(before)
    logging.disable(logging.NOTSET)


def bring(opened: OpenStation, scope: str, *rows: tuple[str, str, object]) -> None:
    """Rows as they come from the centre, after those that are there."""
    store = opened.station.tools.store
    start = store.cursors((scope,))[scope]
    told = tuple(
        FeedRow(kind, key, start + at, write_row(value))
        for at, (kind, key, value) in enumerate(rows, 1)
    )
    store.apply_page(FeedPage(scope, start + len(rows), told, from_rev=start))


def test_the_plan_names_lecturer_and_class_and_the_session_takes_them_over(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        day = local_date(SetClock().wall_ms)
        plan = PlanEntry(
            PlanId("n9"),
            (day + timedelta(days=1)).isoformat(),
            "19:30",
            "法律课",
            kind="talk",
            lecturers=("l1",),
            training_class="b1",
            place="礼堂",
            ticks=("film",),
        )
        bring(
            opened,
            "catalogue",
            ("lecturer", "l1", Lecturer("l1", "丁一")),
            ("training_class", "b1", TrainingClass("b1", "素质班")),
        )
        bring(opened, SCOPE, ("plan", "n9", plan))
        view = opened.station.today.overview()
        assert dict(view.names) == {"l1": "丁一", "b1": "素质班"}
        session = opened.station.sessions.prepare(PlanId("n9")).session
        assert (session.kind, session.setting) == ("talk", plan.setting)


def test_what_was_withdrawn_or_put_off_with_a_reason_is_told(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        today = local_date(SetClock().wall_ms)

        def entry(key: str, days: int, **more: object) -> tuple[str, str, PlanEntry]:
            day = (today + timedelta(days=days)).isoformat()
            return "plan", key, PlanEntry(PlanId(key), day, "19:30", key, **more)  # type: ignore[arg-type]

        was = f"{today.isoformat()} 19:30"
        bring(
            opened,
            SCOPE,
            entry("gone", 2, withdrawn=True, reason="停电"),
            entry("moved", 30, was=was, reason="农忙"),
            entry("silent", 3, withdrawn=True),
            entry("far", 30, withdrawn=True, reason="停电"),
            entry("past", -2, withdrawn=True, reason="停电"),
        )
        changes = opened.station.today.overview().changes
        assert [(one.id, one.reason) for one in changes] == [("gone", "停电"), ("moved", "农忙")]


def test_the_commands_list_rows_and_say_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now_ms = SystemClock().now().wall_ms
    with station_at(tmp_path, clock=SetClock(wall_ms=now_ms)) as opened:
        day = local_date(now_ms).isoformat()
        bring(opened, "catalogue", ("lecturer", "l1", Lecturer("l1", "丁一", kind="本土")))
        plan = PlanEntry(PlanId("n9"), day, "20:00", "法律课", kind="talk", lecturers=("l1",))
        gone = PlanEntry(PlanId("n8"), day, "15:00", "果树", withdrawn=True, reason="停电")
        bring(opened, SCOPE, ("plan", "n9", plan), ("plan", "n8", gone))
    chinese = {"LANG": "zh_CN.UTF-8"}
    assert main(["--home", str(tmp_path), "catalogue", "list", "lecturer", "--json"], chinese) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["id"], told["name"], told["kind"]) == ("l1", "丁一", "本土")
    assert main(["--home", str(tmp_path), "catalogue", "list", "venue"], chinese) == 0
    assert capsys.readouterr().out == "没有。\n"
    assert main(["--home", str(tmp_path), "status"], chinese) == 0
    out = capsys.readouterr().out
    assert "法律课  n9  宣讲  讲师：丁一" in out
    assert f"{day} 15:00 的“果树”不办了：停电" in out
