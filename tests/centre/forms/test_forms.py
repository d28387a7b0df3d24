"""The centre's forms by command: a month of a site and of the county, and a session's sheets."""

from __future__ import annotations

import json
import stat
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from app.areas.cases.facts import CaseOpened
from app.areas.equipment.facts import EquipmentEntered, EquipmentTakenOut
from app.areas.forms.form import shown
from app.areas.sessions.facts import SessionOpened
from app.domain.ids import CaseId, PersonId, SessionId
from app.domain.personal import Personal
from centre.commands.main import main
from tests.areas.forms.test_render_xlsx import opened_by_libreoffice
from tests.centre.benches import Bench
from tests.centre.recorded_sessions import closed, mark, new_session, prepared
from tests.support.talking_station import Chain, opened_segment


def sheet(session: SessionId, *came: str, expected: int = 3) -> Chain:
    """A closed session of so many expected people."""
    chain = opened_segment()
    chain.record(prepared(session))
    listed = tuple(PersonId(f"p{n}") for n in range(expected))
    chain.record(SessionOpened(session, listed, ()))
    for person in came:
        chain.record(mark(session, person))
    chain.record(closed(session))
    return chain


@pytest.fixture
def where(bench: Bench) -> list[str]:
    """A centre to which two of three sites have sent sessions."""
    here, there = bench.station("甲村"), bench.station("乙村")
    bench.station("丙村")
    here.deliver(sheet(new_session(), "p0", "p1"))
    here.deliver(sheet(new_session(), "p0"))
    there.deliver(sheet(new_session(), "p0", "p1", "p2"))
    bench.stop()
    return ["--home", str(bench.settings.home), "--database", bench.settings.database]


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What a command said as JSON."""
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def rows(form: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The lines of a table by column."""
    table = next(one for one in form["parts"] if one["key"] == key)
    names = [one["key"] for one in table["columns"]]
    lines = [*table["rows"], *([table["total"]] if table["total"] else [])]
    return [dict(zip(names, line, strict=True)) for line in lines]


def test_the_countys_month_sums_every_site_and_names_the_silent(
    where: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*where, "form", "bulletin", "--month", "2026-11", "--json"]) == 0
    form = told(capsys)
    lines = rows(form, "sites")
    figures = {one["site"]["value"]: one for one in lines}
    assert set(figures) == {"丙村", "乙村", "甲村", lines[-1]["site"]["value"]}
    assert figures["甲村"]["sessions"]["value"] == 2
    assert (figures["甲村"]["attendances"]["value"], figures["甲村"]["persons"]["value"]) == (3, 2)
    assert figures["甲村"]["rate"]["value"] == 50
    assert figures["丙村"]["sessions"]["value"] == 0
    assert (lines[-1]["sessions"]["value"], lines[-1]["expected"]["value"]) == (3, 9)
    assert len(figures["甲村"]["sessions"]["origin"]) == 2
    assert main([*where, "form", "bulletin", "--month", "2026-10", "--json"]) == 0
    assert rows(told(capsys), "sites")[-1]["sessions"]["value"] == 0


def test_a_months_books_are_a_workbook_a_site_that_only_their_owner_reads(
    where: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert main([*where, "forms", "month", "--month", "2026-11", "--out", str(out)]) == 0
    assert len(list(out.iterdir())) == 4, "three sites and the county"
    (book,) = (one for one in out.iterdir() if "甲村" in one.name)
    assert stat.S_IMODE(book.stat().st_mode) == 0o600
    pages = opened_by_libreoffice(book.read_bytes(), tmp_path)
    assert len(pages) == 3 + 2 * 2, "the month's three books, each session's sheet and record"


def test_a_page_to_print_has_every_value_and_nothing_that_runs(
    where: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "p.html"
    assert main([*where, "form", "bulletin", "--month", "2026-11", "--json"]) == 0
    form = told(capsys)
    assert main([*where, "form", "bulletin", "--month", "2026-11", "--html", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    found: list[str] = []

    class Cells(HTMLParser):
        def handle_data(self, data: str) -> None:
            found.append(data.strip())

    Cells().feed(text)
    values = [cell["value"] for line in rows(form, "sites") for cell in line.values()]
    assert all(value is None or shown(value) in found for value in values)
    assert "<script" not in text
    assert "http" not in text


def test_every_form_of_a_site_is_made_by_command(
    where: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    month = ["--site", "甲村", "--month", "2026-11"]
    for name in ("month_report", "feedback", "running_record"):
        assert main([*where, "form", name, *month, "--json"]) == 0
        assert told(capsys)["name"] == name
    assert main([*where, "form", "running_record", *month, "--json"]) == 0
    days = rows(told(capsys), "days")
    assert days[-1]["subject"]["value"] == "2 场"
    assert main([*where, "form", "site_file", "--site", "甲村", "--json"]) == 0
    boxes = {one["key"]: one["cell"]["value"] for one in told(capsys)["parts"][0]["fields"]}
    assert (boxes["name"], boxes["stations"], boxes["year_sessions"]) == ("甲村", 1, 2)
    assert main([*where, "form", "equipment_list", "--site", "甲村", "--json"]) == 0
    lines = rows(told(capsys), "equipment")
    assert [one["pieces"]["value"] for one in lines if one["no"]["value"]] == [1]
    assert main([*where, "form", "visit_list", "--site", "甲村", "--json"]) == 0
    assert rows(told(capsys), "people") == [], "nobody is in the roster"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["month_report", "--month", "2026-13", "--site", "甲村"], "2026-13"),
        (["month_report", "--month", "2026-11"], "--site"),
        (["bulletin"], "--month"),
        (["sign_in_sheet"], "--session"),
        (["running_record", "--site", "甲村"], "--month"),
        (["year_of_person", "--person", "p0"], "--year"),
        (["year_of_person", "--person", "p-none", "--year", "2026"], "p-none"),
        (["class_file"], "--class"),
        (["class_file", "--class", "无此班"], "无此班"),
        (["visit_list", "--site", "甲村", "--day", "26"], "26"),
        (["sign_in_sheet", "--session", "e-none"], "e-none"),
        (["month_report", "--site", "无村", "--month", "2026-11"], "无村"),
    ],
)
def test_what_is_not_said_of_a_form_is_asked_for_in_one_sentence(
    where: list[str], capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main([*where, "form", *arguments, "--json"]) == 1
    heard = capsys.readouterr()
    assert said in heard.err
    assert heard.out == ""


def test_a_sites_devices_and_their_faults_stand_in_its_books_at_the_centre(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    here = bench.station("甲村")
    bench.station("乙村")
    chain = opened_segment()
    chain.record(EquipmentEntered("e1", "投影仪", "EB-X05"), personal=Personal(name="丁一"))
    chain.record(EquipmentEntered("e2", "音箱"))
    chain.record(EquipmentTakenOut("e2"))
    fields = (("purpose", "fault"), ("thing", "投影仪 EB-X05"), ("what", "灯泡不亮"))
    chain.record(CaseOpened(CaseId("c1"), "equipment", fields))
    need = Personal(more=(("text", "想学修剪"), ("from_whom", "丙一")))
    chain.record(CaseOpened(CaseId("c2"), "feedback"), personal=need)
    here.deliver(chain)
    bench.stop()
    where = ["--home", str(bench.settings.home), "--database", bench.settings.database]
    assert main([*where, "form", "equipment_list", "--site", "甲村", "--json"]) == 0
    listed = [one for one in rows(told(capsys), "equipment") if one["no"]["value"]]
    (device,) = listed[1:]
    named = (device["equipment"]["value"], device["by_whom"]["value"])
    assert (*named, device["condition"]["value"]) == ("投影仪", "丁一", "待处理")
    assert main([*where, "form", "equipment_list", "--site", "乙村", "--json"]) == 0
    other = [one for one in rows(told(capsys), "equipment") if one["no"]["value"]]
    assert len(other) == 1, "only its own PC"
    month = ["--site", "甲村", "--month", "2026-11"]
    assert main([*where, "form", "running_record", *month, "--json"]) == 0
    assert any("灯泡不亮" in one["state"]["value"] for one in rows(told(capsys), "days")[:-1])
    assert main([*where, "form", "feedback", *month, "--json"]) == 0
    (need_told,) = [one for one in rows(told(capsys), "notes") if one["note"]["value"]]
    assert (need_told["note"]["value"], need_told["from_whom"]["value"]) == ("想学修剪", "丙一")
