"""The register of a site's equipment: entered once, its faults told as cases, both books from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.areas.equipment.verbs import DeviceEntry, Equipment
from app.areas.forms.form import Form, shown
from app.areas.forms.verbs import FormWish
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.time import local_date
from tests.support.stations import station_at

PROJECTOR = DeviceEntry("投影仪", "EB-X05", "3LCD", "1", "2021-03", "学习室柜子", "丁一")


def rows(form: Form) -> list[list[str]]:
    return [[shown(cell.value) for cell in row] for row in form.tables[0].filled.rows]


def test_a_device_is_entered_corrected_and_taken_out(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        register = Equipment(opened.station.tools)
        entered = register.enter(PROJECTOR)
        register.enter(DeviceEntry("音箱", pieces="2"))
        register.enter(DeviceEntry("投影仪", "EB-X06", pieces="3"), entered.device.id)
        assert [(one.device.called, one.device.pieces) for one in register.all()] == [
            ("投影仪 EB-X06", 3),
            ("音箱", 2),
        ]
        assert register.show(entered.device.id).device.by == "", "the last entry holds, whole"
        out = register.take_out(entered.device.id, "烧坏了")
        assert (out.device.is_out, out.device.out_reason) == (True, "烧坏了")
        with pytest.raises(NotPossibleNow):
            register.take_out(entered.device.id, "又一次")
        assert [one.device.name for one in register.all()] == ["音箱"]
        assert [one.device.is_out for one in register.all(with_out=True)] == [False, True]
    with station_at(tmp_path) as opened:
        assert len(Equipment(opened.station.tools).all(with_out=True)) == 2


def test_a_fault_is_a_case_and_both_books_tell_of_it(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        station = opened.station
        register = Equipment(station.tools)
        device = register.enter(PROJECTOR).device.id
        before = rows(station.books.form(FormWish("equipment_list")))
        assert before[1][1:] == [
            "投影仪",
            "EB-X05",
            "3LCD",
            "1",
            "2021-03",
            "学习室柜子",
            "",
            "丁一",
        ]
        case = register.tell_fault(device, "灯泡不亮")
        assert case.record.kind == "equipment"
        with pytest.raises(NotPossibleNow):
            register.tell_fault(device, "还是不亮")
        listed = rows(station.books.form(FormWish("equipment_list")))
        assert listed[1][7] == "待处理"
        register.works_again(device, "县维修点")
        with pytest.raises(NotPossibleNow):
            register.works_again(device)
        assert rows(station.books.form(FormWish("equipment_list")))[1][7] == "已修好"
        month = f"{local_date(station.tools.clock.now().wall_ms):%Y-%m}"
        book = station.books.form(FormWish("running_record", month=month))
        told = rows(book)[-1]
        assert "投影仪 EB-X05：灯泡不亮" in told[4]
        assert told[5:] == ["投影仪 EB-X05 已修好", "县维修点"]
        (total,) = [one.total for one in book.tables if one.total is not None]
        assert shown(total[4].value) == "1 次不正常"
        other = station.books.form(FormWish("running_record", month="2020-01"))
        assert rows(other) == []


def test_who_answers_for_it_does_not_stand_in_the_bytes(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        Equipment(opened.station.tools).enter(PROJECTOR)
        with opened.station.tools.store.read() as reading:
            told = b"".join(
                bytes(row.bytes) for row in reading.conn.exec_driver_sql("SELECT bytes FROM facts")
            )
    assert "投影仪".encode() in told
    assert "丁一".encode() not in told


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (DeviceEntry("  "), "refusal.needs_device"),
        (DeviceEntry("音箱", pieces="0"), "refusal.bad_pieces"),
        (DeviceEntry("音箱", pieces="两"), "refusal.bad_pieces"),
        (DeviceEntry("音箱", bought="去年"), "refusal.bad_bought"),
        (DeviceEntry("音箱", bought="2021-13"), "refusal.bad_bought"),
        (DeviceEntry("音" * 200), "refusal.too_long"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_entered(
    tmp_path: Path, entry: DeviceEntry, key: str
) -> None:
    with station_at(tmp_path) as opened:
        register = Equipment(opened.station.tools)
        with pytest.raises(BadInput) as refused:
            register.enter(entry)
        assert refused.value.key == key
        assert register.all() == ()
        with pytest.raises(NotFound):
            register.enter(DeviceEntry("音箱"), "e-none")
