"""Kinds of session: what may be said of each, taken back, refused, and shown again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.areas.catalogue.values import Lecturer, Route, RouteStop
from app.areas.forms.held import of_view
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.areas.sessions.activity_lines import activity_lines
from app.areas.sessions.facts import LectureGiven, VisitMade
from app.areas.sessions.kinds import AGENDA, SessionKind
from app.areas.sessions.session import PLAIN_SETTING, SessionSetting
from app.bootstrap import OpenStation
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.ids import FactHash, OrgUnitId, PersonId, SessionId
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from app.words import say
from tests.support.stations import station_at

ROUTE = Route("r1", "雷锋路线", (RouteStop("r1-1", "纪念馆"), RouteStop("r1-2", "雷高路")))
LECTURER = Lecturer("l1", "丁一")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenStation]:
    with station_at(tmp_path / "home") as opened:
        rows = (
            FeedRow("route", ROUTE.id, 1, write_row(ROUTE)),
            FeedRow("lecturer", LECTURER.id, 2, write_row(LECTURER)),
        )
        opened.station.tools.store.apply_page(FeedPage("catalogue", 2, rows))
        yield opened


def begun(
    opened: OpenStation, kind: SessionKind, setting: SessionSetting = PLAIN_SETTING
) -> SessionId:
    view = opened.station.sessions.prepare_extra("一场", (), kind, setting)
    assert view.session.kind == kind.value
    return opened.station.sessions.open_sign_in(view.session.id).session.id


def test_a_theme_day_has_its_agenda_and_each_item_is_done_or_skipped(opened: OpenStation) -> None:
    session = begun(opened, SessionKind.THEME_DAY)
    doing = opened.station.activities
    assert opened.station.sessions.show(session).session.setting.agenda == AGENDA
    doing.tick(session, "oath")
    doing.tick(session, "dues", is_done=False, reason="已网上缴")
    view = doing.tick(session, "dues")
    assert [(one.item, one.is_done) for one in view.session.activities.agenda] == [
        ("oath", True),
        ("dues", True),
    ]
    view = doing.take_back(session, FactHash(view.session.activities.agenda[1].hash))
    (_, dues) = view.session.activities.agenda
    assert (dues.is_done, dues.reason) == (False, "已网上缴")
    assert "缴纳党费：没做：已网上缴" in activity_lines(view)


def test_stops_are_stamped_once_and_a_slip_is_taken_back(opened: OpenStation) -> None:
    setting = SessionSetting(route="r1", place="雷锋镇")
    session = begun(opened, SessionKind.ROUTE, setting)
    doing = opened.station.activities
    first = doing.reach(session, "r1-1").session.activities.stops
    again = doing.reach(session, "r1-1")
    assert again.session.activities.stops == first
    assert [one.name for one in again.stops] == ["纪念馆", "雷高路"]
    slip = doing.reach(session, "r1-2").session.activities.stops[1]
    view = doing.take_back(session, FactHash(slip.hash))
    assert [one.stop for one in view.session.activities.stops] == ["r1-1"]
    with pytest.raises(NotFound):
        doing.take_back(session, FactHash(slip.hash))
    lines = activity_lines(view)
    assert lines[0] == "雷锋镇 · 雷锋路线"
    assert lines[1].startswith("纪念馆：")


def test_lectures_heads_and_visits_name_whom_they_mean(opened: OpenStation) -> None:
    doing = opened.station.activities
    talk = begun(opened, SessionKind.TALK, SessionSetting(lecturers=("l1",)))
    doing.lecture(LectureGiven(talk, "乡村振兴", 40, lecturer="l1"))
    doing.lecture(LectureGiven(talk, "我的故事", 6, person=PersonId("p1")))
    doing.lecture(LectureGiven(talk, "防汛", 10), name="水利站老周")
    doing.count_heads(talk, "villager", 20)
    view = doing.count_heads(talk, "villager", 23)
    assert activity_lines(view) == (
        "丁一",
        "丁一讲“乡村振兴”，40 分钟",
        "陈建国讲“我的故事”，6 分钟",
        "水利站老周讲“防汛”，10 分钟",
        "群众 23 人",
    )
    opened.station.sessions.close(talk)
    home = begun(opened, SessionKind.HOME_VISIT)
    told = VisitMade(home, PersonId("p9"), 45, PersonId("p1"), "youth_helps_old")
    view = doing.visit(told, "留下学习资料")
    assert activity_lines(view) == ("陈建国看望李秀兰，45 分钟（青帮老）",)
    assert view.session.activities.visits[0].note == "留下学习资料"


def test_what_a_kind_does_not_have_is_refused_and_nothing_is_recorded(opened: OpenStation) -> None:
    session = begun(opened, SessionKind.FILM)
    doing = opened.station.activities
    facts = opened.station.tools.store.newest_facts(1)
    with pytest.raises(NotPossibleNow, match=r"refusal\.no_activity\.agenda"):
        doing.tick(session, "oath")
    with pytest.raises(NotPossibleNow, match=r"refusal\.no_activity\.stops"):
        doing.reach(session, "r1-1")
    with pytest.raises(NotPossibleNow, match=r"refusal\.no_activity\.lecture"):
        doing.lecture(LectureGiven(session, "题目", 5, lecturer="l1"))
    with pytest.raises(NotPossibleNow, match=r"refusal\.no_activity\.visit"):
        doing.visit(VisitMade(session, PersonId("p1"), 5))
    with pytest.raises(BadInput):
        doing.count_heads(session, "villager", -1)
    with pytest.raises(BadInput):
        doing.count_heads(session, "nobody", 1)
    assert opened.station.tools.store.newest_facts(1) == facts


def test_strangers_empty_names_and_closed_sessions_are_refused(opened: OpenStation) -> None:
    doing = opened.station.activities
    session = begun(opened, SessionKind.MICRO_LESSON)
    with pytest.raises(NotFound):
        doing.lecture(LectureGiven(session, "题目", 5, person=PersonId("nobody")))
    with pytest.raises(BadInput, match="needs_lecturer"):
        doing.lecture(LectureGiven(session, "题目", 5))
    with pytest.raises(BadInput, match="bad_minutes"):
        doing.lecture(LectureGiven(session, "题目", 99_999, lecturer="l1"))
    opened.station.sessions.close(session)
    with pytest.raises(NotPossibleNow):
        doing.count_heads(session, "villager", 3)


def test_an_extra_session_may_be_for_one_branch_and_tick_more_items(opened: OpenStation) -> None:
    prepared = opened.station.sessions.prepare_extra(
        "支部活动",
        (),
        SessionKind.PRACTICE,
        SessionSetting(ticks=("members_meeting",), agenda=("  除草 ", "除草")),
        (OrgUnitId("u0"),),
    )
    assert prepared.session.setting.ticks == ("members_meeting",)
    assert prepared.session.setting.agenda == ("除草",)
    view = opened.station.sessions.open_sign_in(prepared.session.id)
    assert 0 < view.turnout.expected < 20
    with pytest.raises(BadInput, match="no_item"):
        opened.station.sessions.prepare_extra(
            "又一场", (), SessionKind.PRACTICE, SessionSetting(ticks=("nothing",))
        )


def test_the_sign_in_sheet_names_the_kind_once(opened: OpenStation) -> None:
    sessions = opened.station.sessions
    named = sessions.prepare_extra("主题党日：学党章", (), SessionKind.THEME_DAY).session.id
    sessions.open_sign_in(named)
    sessions.close(named)
    plain = sessions.prepare_extra("十一月", (), SessionKind.TALK).session.id
    told = {}
    for session in (named, plain):
        form = sign_in_sheet(say, "松岭村", of_view(sessions.show(session)))
        told[session] = [str(field.cell.value) for field in form.head]
    assert "主题党日：学党章" in told[named]
    assert "宣讲 · 十一月" in told[plain]
