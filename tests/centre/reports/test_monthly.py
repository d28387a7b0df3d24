"""The month at the centre: each branch's set and the theme day, by site."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.areas.catalogue.values import ApprovalState, CalendarDay, DayKind, ThemeDayRule
from app.areas.people.person import OrgUnit, UnitKind
from app.areas.sessions.facts import SessionOpened
from app.areas.sessions.kinds import Item
from app.domain.errors import BadInput
from app.domain.ids import OrgUnitId, PersonId
from app.domain.time import local_date
from app.wire.codec import write_row
from centre.approvals.acts import say_word
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import CATALOGUE, site_scope
from centre.reports.monthly import read_month
from centre.store.tables import org_units
from tests.centre.approvals.test_approvals import HELD_MS, OFFICE, late_session
from tests.centre.benches import Bench
from tests.centre.decisions.test_people_decide import add_person
from tests.centre.offices import commanded
from tests.centre.recorded_sessions import closed, mark, new_session, prepared
from tests.support.talking_station import START_MS, TalkingStation, opened_segment

MONTH = f"{local_date(START_MS):%Y-%m}"


def hold(station: TalkingStation, kind: str, *units: str, somebody: bool = True) -> str:
    """A closed session of a kind, for some branches."""
    session, chain = new_session(), opened_segment()
    told = replace(prepared(session), kind=kind, units=tuple(OrgUnitId(one) for one in units))
    chain.record(told)
    chain.record(SessionOpened(session, (PersonId("p1"),), ()))
    if somebody:
        chain.record(mark(session, "p1"))
    chain.record(closed(session))
    station.deliver(chain)
    return session


def add_branch(bench: Bench, site: str, unit: str, name: str) -> None:
    body = write_row(OrgUnit(OrgUnitId(unit), name, UnitKind.BRANCH))
    with bench.centre.store.writing() as tx:
        tx.execute(org_units.insert().values(id=unit, site=site, name=name, body=body))


def test_each_branch_has_its_own_set_and_sites_are_apart(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = bench.station("甲村"), bench.station("乙村")
    add_branch(bench, here.me.site, "u1", "一支部")
    add_branch(bench, here.me.site, "u2", "二支部")
    lesson = hold(here, "group_session")
    film = hold(here, "film", "u1")
    hold(here, "practice", "u1", somebody=False)
    hold(there, "practice")
    (told,) = read_month(bench.centre, month=MONTH, site="甲村")
    first, second = sorted(told.branches, key=lambda one: one.branch)
    assert [one.sessions for one in first.items] == [(lesson,), (film,), ()]
    assert second.missing == (Item.FILM, Item.PRACTICE)
    assert len(read_month(bench.centre, month=MONTH)) == 2
    code, said, _ = commanded(bench, capsys, "monthly", "--month", MONTH, "--json")
    assert code == 0
    assert {one["site_name"] for one in json.loads(said)} == {"甲村", "乙村"}
    code, said, _ = commanded(bench, capsys, "monthly", "--month", MONTH)
    assert said.count("缺") == 5
    with pytest.raises(BadInput):
        read_month(bench.centre, month="2026-13")


def test_a_late_session_counts_in_the_month_it_was_held_until_it_is_sent_back(
    bench: Bench,
) -> None:
    station, session = bench.station("甲村"), new_session()
    add_person(bench, station, "p1", "李秀兰")
    station.deliver(late_session(session, "p1"))
    month = f"{local_date(HELD_MS):%Y-%m}"
    (told,) = read_month(bench.centre, month=month)
    (lesson, *_) = told.branches[0].items
    assert (lesson.sessions, lesson.pending) == ((session,), (session,))
    say_word(bench.centre, session, ApprovalState.RETURNED, OFFICE, "没有签到表")
    (told,) = read_month(bench.centre, month=month)
    assert Item.LESSON in told.branches[0].missing


def test_a_site_may_shift_its_theme_day(bench: Bench) -> None:
    here, there = bench.station("甲村"), bench.station("乙村")
    rule = ThemeDayRule("2026-01", 20)
    shifted = CalendarDay(f"{MONTH}-28", DayKind.THEME_DAY)
    with bench.centre.store.writing() as tx:
        publish(tx, CATALOGUE, (Row("theme_day_rule", rule.id, write_row(rule)),))
        row = Row("calendar_day", shifted.id, write_row(shifted))
        publish(tx, site_scope(here.me.site), (row,))
    days = {one.site: one.theme_day for one in read_month(bench.centre, month=MONTH)}
    assert days == {here.me.site: f"{MONTH}-28", there.me.site: f"{MONTH}-20"}
