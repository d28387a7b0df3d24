"""One act plans many sessions; they are changed and withdrawn together, and the stations see why."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select, update

from app.areas.sessions.session import PlanEntry
from app.domain.errors import BadInput, NotFound
from app.wire.codec import read_row
from centre.catalogue.acts import add_row
from centre.decisions import ledger
from centre.feeds.scopes import site_scope
from centre.lost_decisions.coming_back import take_back
from centre.plans.planning import PlanWish, plan_session, put_entries
from centre.plans.series import (
    PlanChange,
    SeriesWish,
    SiteChoice,
    change_plans,
    plan_series,
    withdraw_plans,
)
from centre.sites import find_or_create_site
from centre.store.decision_tables import decision_heads, decisions
from centre.store.tables import plans, sites
from tests.centre.benches import Bench
from tests.centre.catalogue.test_catalogue_acts import command, fed
from tests.centre.decisions.test_people_decide import add_person

EVERY = SeriesWish(
    SiteChoice(everywhere=True),
    title="主题党日",
    every="每月 26 日 19:30",
    from_day="2026-12-01",
    to_day="2027-03-31",
    kind="theme_day",
)


def entries(bench: Bench, site: str) -> list[PlanEntry]:
    with bench.centre.store.reading() as tx:
        key = tx.scalar(select(sites.c.id).where(sites.c.name == site))
        bodies = tx.scalars(select(plans.c.body).where(plans.c.site == key).order_by(plans.c.date))
        return [read_row(one, PlanEntry) for one in bodies]


def test_the_county_is_planned_month_by_month_and_withdrawn_with_a_reason(bench: Bench) -> None:
    station = bench.station()
    for name in ("松岭村", "乙村"):
        find_or_create_site(bench.centre, name)
    add_row(bench.centre, "calendar_day", {"id": "2027-02-26", "kind": "放假", "name": "春节"})
    planned = plan_series(bench.centre, EVERY)
    assert planned.count == 12
    days = ["2026-12-26", "2027-01-26", "2027-02-26", "2027-03-26"]
    for site in ("石门村", "松岭村", "乙村"):
        found = entries(bench, site)
        assert [one.date for one in found] == days
        assert {(one.start, one.kind, one.series) for one in found} == {
            ("19:30", "theme_day", planned.series)
        }
    assert [(one.what, one.date, one.site, one.about) for one in planned.conflicts] == [
        ("holiday", "2027-02-26", "", "春节")
    ], "what holds for all is said once"
    again = plan_series(bench.centre, EVERY)
    assert (again.count, len(again.taken)) == (0, 12), "nothing is planned twice"
    gone = withdraw_plans(bench.centre, planned.series, reason="过年", from_day="2027-02-01")
    assert gone.count == 6
    rows = [one for one in fed(station, site_scope(station.me.site)) if one.kind == "plan"]
    told = [read_row(one.body or b"", PlanEntry) for one in rows]
    assert sorted((one.date, one.withdrawn, one.reason) for one in told) == [
        ("2026-12-26", False, ""),
        ("2027-01-26", False, ""),
        ("2027-02-26", True, "过年"),
        ("2027-03-26", True, "过年"),
    ]
    with pytest.raises(NotFound):
        withdraw_plans(bench.centre, planned.series, reason="过年", from_day="2027-02-01")
    with pytest.raises(BadInput, match="plan_needs_reason"):
        withdraw_plans(bench.centre, planned.series, reason="  ")


def test_a_township_means_all_sites_under_it(bench: Bench) -> None:
    made = {
        name: find_or_create_site(bench.centre, name).id
        for name in ("街道", "片区", "甲村", "丁村")
    }
    with bench.centre.store.writing() as tx:
        for child, parent in (("片区", "街道"), ("甲村", "片区")):
            own = sites.c.id == made[child]
            tx.execute(update(sites).where(own).values(parent=made[parent]))
    where = SiteChoice(township="街道")
    wish = SeriesWish(where, title="宣讲", date="2026-12-01", start="15:00", kind="talk")
    assert set(plan_series(bench.centre, wish).entries) == {made["片区"], made["甲村"]}
    with pytest.raises(BadInput, match="plan_no_site"):
        plan_series(bench.centre, SeriesWish(SiteChoice(), "宣讲", "2026-12-01", "15:00"))
    with pytest.raises(NotFound):
        plan_series(
            bench.centre, SeriesWish(SiteChoice(["没有的村"]), "宣讲", "2026-12-01", "15:00")
        )


def test_what_does_not_go_together_is_said(bench: Bench) -> None:
    for name in ("石门村", "松岭村"):
        find_or_create_site(bench.centre, name)
    add_row(bench.centre, "lecturer", {"name": "丁一"})
    add_row(bench.centre, "lecturer", {"name": "丁二", "states": "2026-12-01 暂停（生病）"})
    plan_session(bench.centre, PlanWish("石门村", "2026-12-10", "19:00", "果树"))
    wish = SeriesWish(
        SiteChoice(["石门村", "松岭村"]),
        title="宣讲",
        date="2026-12-10",
        start="19:30",
        kind="talk",
        lecturers=["丁一", "丁二"],
        minutes=60,
    )
    said = plan_series(bench.centre, wish, only_say=True)
    assert entries(bench, "松岭村") == [], "it was only said"
    assert said.count == 2
    planned = plan_series(bench.centre, wish)
    assert planned.conflicts == said.conflicts
    assert sorted({one.what for one in planned.conflicts}) == [
        "lecturer",
        "lecturer_out",
        "overlap",
    ]
    (overlap,) = [one for one in planned.conflicts if one.what == "overlap"]
    assert (overlap.site, overlap.about) == ("石门村", "19:00 果树")
    (out,) = [one for one in planned.conflicts if one.what == "lecturer_out"]
    assert out.about == "丁二"
    later = SeriesWish(SiteChoice(["石门村"]), "课", "2026-12-10", "21:00", lecturers=["丁一"])
    assert plan_series(bench.centre, later).conflicts == (), (
        "after it is over nothing is in the way"
    )


def test_a_class_is_planned_by_its_timetable_where_its_people_are(bench: Bench) -> None:
    station, other = bench.station(), bench.station("松岭村")
    bench.station("乙村")
    add_person(bench, station, "p1", "丙一")
    add_person(bench, other, "p2", "丙二")
    add_row(bench.centre, "venue", {"name": "礼堂"})
    lessons = "2026-12-01 19:30 90分钟 开班；2026-12-03 19:30 90分钟"
    written = {"name": "素质班", "venue": "礼堂", "lessons": lessons, "people": "丙一、丙二"}
    added = add_row(bench.centre, "training_class", written)
    planned = plan_series(bench.centre, SeriesWish(SiteChoice(), training_class="素质班"))
    assert set(planned.entries) == {station.me.site, other.me.site}
    found = entries(bench, "松岭村")
    assert [(one.date, one.title, one.minutes, one.place) for one in found] == [
        ("2026-12-01", "素质班 开班", 90, "礼堂"),
        ("2026-12-03", "素质班", 90, "礼堂"),
    ]
    assert {one.training_class for one in found} == {added.id}


def test_a_change_says_why_and_when_it_was_to_be(bench: Bench) -> None:
    find_or_create_site(bench.centre, "石门村")
    planned = plan_series(bench.centre, EVERY)
    one = entries(bench, "石门村")[0]
    change_plans(bench.centre, one.id, PlanChange("停电", date="2026-12-27"))
    moved = next(each for each in entries(bench, "石门村") if each.id == one.id)
    assert (moved.date, moved.was, moved.reason) == ("2026-12-27", "2026-12-26 19:30", "停电")
    change_plans(
        bench.centre, planned.series, PlanChange("农忙", start="20:00"), from_day="2027-01-01"
    )
    assert [each.start for each in entries(bench, "石门村")] == ["19:30", "20:00", "20:00", "20:00"]
    with pytest.raises(BadInput, match="plan_one_day"):
        change_plans(bench.centre, planned.series, PlanChange("农忙", date="2027-01-01"))
    with pytest.raises(BadInput, match="plan_needs_reason"):
        change_plans(bench.centre, one.id, PlanChange("", start="20:00"))
    plan_session(bench.centre, PlanWish("石门村", "2026-12-28", "19:30", "果树"))
    with pytest.raises(BadInput, match="plan_twice"):
        change_plans(bench.centre, one.id, PlanChange("停电", date="2026-12-28"))


@pytest.mark.logs_warnings
def test_a_centre_that_was_put_back_learns_why_a_plan_was_withdrawn(bench: Bench) -> None:
    site = find_or_create_site(bench.centre, "石门村").id
    plan_series(bench.centre, EVERY)
    one = entries(bench, "石门村")[0]
    withdraw_plans(bench.centre, one.id, reason="停电")
    with bench.centre.store.reading() as tx:
        kept = ledger.verified(bench.centre, ledger.for_station(tx, site))
    with bench.centre.store.writing() as tx:
        put_entries(tx, site, (one,))
        tx.execute(decisions.delete())
        tx.execute(decision_heads.delete())
    with bench.centre.store.writing() as tx:
        assert take_back(tx, bench.centre, kept) == 1
    again = entries(bench, "石门村")[0]
    assert (again.withdrawn, again.reason) == (True, "停电")


def test_the_commands_plan_change_and_withdraw(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """Days are far ahead: a command goes by the machine's clock."""
    for name in ("石门村", "松岭村"):
        find_or_create_site(bench.centre, name)
    every = ("--every", "每月26日 19:30", "--from", "2030-01-01", "--to", "2030-02-28")
    assert (
        command(bench, "plan", "--all", *every, "--title", "主题党日", "--kind", "theme_day") == 0
    )
    assert "已在 2 个学习点排了 4 场" in capsys.readouterr().out
    assert command(bench, "plan", "--all", *every, "--title", "主题党日", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["taken"]) == 4
    series = entries(bench, "石门村")[0].series
    assert command(bench, "plan", "change", series, "--start", "20:00", "--reason", "农忙") == 0
    assert command(bench, "plan", "withdraw", series, "--reason", "农忙", "--json") == 0
    out = capsys.readouterr().out
    assert "已修改 2 个学习点的 4 场" in out
    assert all(one.withdrawn for one in entries(bench, "松岭村"))
    assert command(bench, "plan", "--all", "--every", "每月26日", "--title", "x") == 1
    assert "没有写几点" in capsys.readouterr().err
    assert command(bench, "plan", "--title", "x", "--date", "2030-01-01", "--start", "19:30") == 1
    assert "没有写明在哪里" in capsys.readouterr().err
