"""Rows of the catalogue are added, changed and stopped here, and stations read them from their feeds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.areas.catalogue.values import (
    CalendarDay,
    DayKind,
    Lecturer,
    LecturerState,
    Route,
    TrainingClass,
)
from app.domain.errors import BadInput, NotFound
from app.wire.codec import read_row
from app.wire.messages import MAX_DECISIONS, FeedRow
from centre.catalogue.acts import add_row, book_of, change_row, stop_row
from centre.catalogue.exporting import export_rows
from centre.catalogue.fields import ROW_KINDS
from centre.catalogue.importing import import_rows
from centre.catalogue.rows import AT_HOME, rows_of
from centre.catalogue.texts import read_field, write_field
from centre.commands.main import main
from centre.decisions import ledger
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import CATALOGUE, site_scope, township_scope
from centre.lost_decisions.coming_back import take_back
from centre.sites import find_or_create_site
from centre.store.decision_tables import decision_heads, decisions
from centre.store.tables import catalogue_acts, catalogue_before, sites
from tests.centre.benches import Bench
from tests.centre.decisions.test_people_decide import add_person
from tests.support.talking_station import TalkingStation


def command(bench: Bench, *arguments: str) -> int:
    where = ["--home", str(bench.settings.home), "--database", bench.settings.database]
    return main([*where, *arguments])


def fed(station: TalkingStation, scope: str) -> list[FeedRow]:
    """What the feed of a scope gives a station that holds nothing."""
    held = dict.fromkeys((CATALOGUE, site_scope(station.me.site), AT_HOME, scope), 0)
    request = station.request(cursors=held)
    pages = {page.scope: page for page in station.exchange(request).answer.pages}
    return list(pages[scope].rows) if scope in pages else []


def test_a_lecturer_is_added_changed_stopped_and_comes_down(bench: Bench) -> None:
    station = bench.station()
    added = add_row(
        bench.centre,
        "lecturer",
        {
            "name": " 丁 一",
            "fields": "党史，乡村振兴",
            "states": "2026/3/1 暂停（生病）；2026年5月1日 在库",
        },
    )
    (row,) = fed(station, CATALOGUE)
    came = read_row(row.body or b"", Lecturer)
    assert (row.kind, row.key, came.name, came.fields) == (
        "lecturer",
        added.id,
        "丁 一",
        ("党史", "乡村振兴"),
    )
    assert came.state_on("2026-04-30") is LecturerState.PAUSED
    assert came.state_on("2026-05-01") is LecturerState.IN
    with pytest.raises(BadInput, match="row_there"):
        add_row(bench.centre, "lecturer", {"name": "丁一"})
    change_row(bench.centre, "lecturer", "丁一", {"office": "村书记"}, by="王")
    stop_row(bench.centre, "lecturer", added.id)
    (row,) = fed(station, CATALOGUE)
    stopped = read_row(row.body or b"", Lecturer)
    assert (stopped.office, stopped.stopped, stopped.fields) == (
        "村书记",
        True,
        ("党史", "乡村振兴"),
    )
    with pytest.raises(BadInput, match="row_stopped_already"):
        stop_row(bench.centre, "lecturer", "丁一")
    with pytest.raises(NotFound):
        change_row(bench.centre, "lecturer", "戊五", {"office": "x"})


def test_a_row_of_one_site_comes_to_that_site_alone(bench: Bench) -> None:
    station, other = bench.station(), bench.station("松岭村")
    add_row(bench.centre, "calendar_day", {"id": "2026年10月1日", "kind": "放假"}, site="松岭村")
    assert [one.kind for one in fed(station, site_scope(station.me.site))] == ["site"]
    days = [one for one in fed(other, site_scope(other.me.site)) if one.kind == "calendar_day"]
    assert read_row(days[0].body or b"", CalendarDay) == CalendarDay("2026-10-01", DayKind.HOLIDAY)


def test_a_row_of_a_township_comes_to_the_sites_under_it(bench: Bench, tmp_path: Path) -> None:
    station, other = bench.station(), bench.station("松岭村")
    town = find_or_create_site(bench.centre, "雷锋街道").id
    with bench.centre.store.writing() as tx:
        own = sites.c.id == station.me.site
        tx.execute(sites.update().where(own).values(parent=town))
    written = {"id": "2027-01-20", "kind": "主题党日"}
    add_row(bench.centre, "calendar_day", written, township="雷锋街道")
    (row,) = fed(station, township_scope(town))
    assert row.key == "2027-01-20"
    assert fed(other, township_scope(town)) == []
    with pytest.raises(BadInput, match="row_no_township"):
        add_row(bench.centre, "rule_set", {"year": "2027"}, township="雷锋街道")
    export_rows(bench.centre, "calendar_day", tmp_path / "日历.xlsx")
    read = import_rows(bench.centre, "calendar_day", tmp_path / "日历.xlsx", apply=True)
    assert (read.same, read.changes, read.faults) == (1, (), ())


def test_what_cannot_be_read_changes_nothing(bench: Bench) -> None:
    for kind, written in (
        ("venue", {"name": "礼堂", "seats": "很多"}),
        ("venue", {"seats": "120"}),
        ("venue", {"name": " \u200b "}),
        ("calendar_day", {"id": "2026-02-30", "kind": "放假"}),
        ("calendar_day", {"id": "2026-02-03", "kind": "喝酒"}),
        ("lecturer", {"name": "丁" * 500}),
        ("training_class", {"name": "书记班", "venue": "没有的礼堂"}),
        ("training_class", {"name": "书记班", "people": "没有的人"}),
        ("training_class", {"name": "书记班", "lessons": "每周二晚上"}),
    ):
        with pytest.raises(BadInput):
            add_row(bench.centre, kind, written)
    with bench.centre.store.reading() as tx:
        assert [rows_of(tx, kind) for kind in ROW_KINDS] == [()] * len(ROW_KINDS)
        assert tx.execute(catalogue_acts.select()).all() == []


def test_stops_keep_their_ids_whatever_is_put_between(bench: Bench) -> None:
    """What a session says was reached is still that stop."""
    added = add_row(
        bench.centre, "route", {"name": "雷锋路线", "stops": "公园；纪念馆（可不到，上午）；小学"}
    )
    assert [(one.id, one.required, one.note) for one in added.value.stops] == [
        ("1", True, ""),
        ("2", False, "上午"),
        ("3", True, ""),
    ]
    done = change_row(bench.centre, "route", "雷锋路线", {"stops": "公园；展馆；雷高路；小学"})
    after: Route = done.after
    assert [(one.id, one.name) for one in after.stops] == [
        ("1", "公园"),
        ("2", "展馆"),
        ("4", "雷高路"),
        ("3", "小学"),
    ]


def test_every_field_that_is_written_reads_back_equal(bench: Bench) -> None:
    """Each kind, each field: what an export writes is what an import reads."""
    station = bench.station()
    add_person(bench, station, "p1", "丙一")
    add_person(bench, station, "p2", "丙二")
    add_row(bench.centre, "venue", {"name": "礼堂", "rooms": "一楼、二楼", "seats": "１２０人"})
    add_row(bench.centre, "audience", {"name": "全体党员", "kinds": "正式党员、预备党员"})
    add_row(
        bench.centre,
        "campaign",
        {"name": "七月宣讲", "from_day": "2026.7.1", "target_percent": "95"},
    )
    add_row(
        bench.centre,
        "training_class",
        {
            "name": "素质提升班",
            "batch": "第一期",
            "form": "线下",
            "venue": "礼堂",
            "audience": "全体党员",
            "lessons": "2027年5月6日至6月30日 每周二、四 19:30 90分钟 除5月20日",
            "people": "丙一，p2",
            "checks": "课程审核 王主任 2026-3-1；经费负担 李 2026-03-02",
        },
    )
    rates = "党员教育片 50% 120 600；test 0%；外出培训 100% 0 960"
    add_row(bench.centre, "rule_set", {"year": "2027", "rates": rates, "rounding": "进位"})
    with bench.centre.store.reading() as tx:
        book = book_of(bench.centre, tx)
        seen = 0
        for kind in ROW_KINDS.values():
            for row in rows_of(tx, kind.kind):
                for one in kind.fields:
                    value = getattr(row.value, one.name)
                    text = write_field(kind, one, value, book)
                    assert read_field(kind, one, text, book) == value, (kind.kind, one.name, text)
                    seen += 1
    assert seen == 8 + 4 + 5 + 15 + 11


def test_a_class_goes_to_each_site_with_its_own_people_only(bench: Bench) -> None:
    station, other, third = bench.station(), bench.station("松岭村"), bench.station("乙村")
    add_person(bench, station, "p1", "丙一")
    add_person(bench, other, "p2", "丙二")
    add_row(bench.centre, "training_class", {"name": "书记班", "people": "丙一、丙二"})

    def classes(at: TalkingStation, scope: str) -> list[tuple[str, ...] | None]:
        rows = [one for one in fed(at, scope) if one.kind == "training_class"]
        return [
            None if one.body is None else read_row(one.body, TrainingClass).people for one in rows
        ]

    assert classes(station, site_scope(station.me.site)) == [("p1",)]
    assert classes(other, site_scope(other.me.site)) == [("p2",)]
    assert classes(third, CATALOGUE) == [()]
    assert fed(third, AT_HOME) == [], "no station reads the whole row"
    change_row(bench.centre, "training_class", "书记班", {"is_restricted": "是", "people": "丙一"})
    assert classes(station, site_scope(station.me.site)) == [("p1",)]
    assert classes(other, site_scope(other.me.site)) == [None], (
        "taken back where it concerns nobody"
    )
    assert classes(third, CATALOGUE) == [None], "a restricted class is told to nobody else"


@pytest.mark.logs_warnings
def test_a_centre_that_was_put_back_learns_rows_again(bench: Bench) -> None:
    added = add_row(bench.centre, "lecturer", {"name": "丁一"})
    with bench.centre.store.reading() as tx:
        kept = ledger.verified(bench.centre, ledger.for_station(tx, ""))
    with bench.centre.store.writing() as tx:
        publish(tx, CATALOGUE, (Row("lecturer", added.id, None),))
        tx.execute(decisions.delete())
        tx.execute(decision_heads.delete())
    with bench.centre.store.writing() as tx:
        assert take_back(tx, bench.centre, kept) == 1
        assert [one.value for one in rows_of(tx, "lecturer")] == [added.value]


def test_the_commands_say_what_they_did(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(bench, "venues", "add", "名称=礼堂", "座位=120") == 0
    assert command(bench, "catalogue", "venue", "change", "礼堂", "座位=100") == 0
    assert "座位：由 120 改为 100" in capsys.readouterr().out
    assert command(bench, "venues", "change", "礼堂", "座位=100") == 0
    assert "没有变化" in capsys.readouterr().out
    assert command(bench, "venues", "show", "礼堂", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["name"], told["seats"]) == ("礼堂", 100)
    assert command(bench, "venues", "stop", "礼堂") == 0
    capsys.readouterr()
    assert command(bench, "venues", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert command(bench, "venues", "list", "--stopped") == 0
    assert "礼堂" in capsys.readouterr().out
    assert command(bench, "venues", "add", "座位") == 1
    assert "项目=内容" in capsys.readouterr().err
    assert command(bench, "venues", "add", "桌子=3") == 1
    assert "座位" in capsys.readouterr().err, "it names the fields there are"


def test_an_act_on_many_rows_leaves_room_for_other_decisions(bench: Bench) -> None:
    """Stations keep the newest decisions; those about stations must not be pushed out."""
    from centre.catalogue.acts import RowChange, carry_out

    many = [
        RowChange("venue", CATALOGUE, f"v{n}", None, ROW_KINDS["venue"].value(f"v{n}", f"礼堂{n}"))
        for n in range(200)
    ]
    with bench.centre.store.writing() as tx:
        carry_out(tx, bench.centre, "import", many, about="场地.xlsx")
    with bench.centre.store.reading() as tx:
        assert len(ledger.for_station(tx, "")) == 1 < MAX_DECISIONS
        assert len(tx.execute(catalogue_before.select()).all()) == 200
