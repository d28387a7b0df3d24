"""Who stands on the welcome wall: those who are here, and nobody else, whatever was marked before."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.areas.attendance.marks import Lane, Status
from app.domain.ids import PersonId
from app.domain.personal import LeaveKind
from tests.support.small_sessions import begin
from tests.support.stations import station_at
from tests.ui.operator_driver import stand_at


def test_leave_is_not_arrival_and_takes_an_arrival_back(qtbot: QtBot, tmp_path: Path) -> None:
    with station_at(tmp_path / "home") as opened:
        stand = stand_at(opened)
        station, session = opened.station, begin(opened)
        stand.room.show(station.sessions.show(session))
        for number in (1, 2):
            stand.room.signed_in(
                station.attendance.sign_in(
                    session, PersonId(f"p{number}"), Lane.ROLL_CALL, "operator"
                )
            )
        names = {one.id: one.name for one in station.sessions.show(session).cards}
        first, second, third = (names[PersonId(f"p{number}")] for number in (1, 2, 3))
        assert list(stand.room.newest_names) == [second, first]
        stand.room.signed_in(
            station.attendance.mark(session, PersonId("p3"), Status.ON_LEAVE, leave=LeaveKind.SICK)
        )
        assert list(stand.room.newest_names) == [second, first], f"{third} asked to be excused"
        taken = station.attendance.undo(session)
        stand.room.undone(taken)
        assert list(stand.room.newest_names) == [second, first]
        stand.room.undone(station.attendance.undo(session))
        assert list(stand.room.newest_names) == [first], "the mark was taken back"
        stand.room.show(station.sessions.show(session))
        assert list(stand.room.newest_names) == [first]
        stand.close()


def test_two_people_of_one_name_are_two(qtbot: QtBot, tmp_path: Path) -> None:
    with station_at(tmp_path / "home") as opened:
        stand = stand_at(opened)
        station, session = opened.station, begin(opened)
        stand.room.show(station.sessions.show(session))
        for tail in ("1111", "2222"):
            stand.room.signed_in(station.attendance.admit_visitor(session, "王伟", tail, "邻村"))
        assert list(stand.room.newest_names) == ["王伟", "王伟"]
        stand.room.undone(station.attendance.undo(session))
        assert list(stand.room.newest_names) == ["王伟"]
        stand.close()


def test_the_room_hears_of_cards_once_one_was_read(qtbot: QtBot, tmp_path: Path) -> None:
    with station_at(tmp_path / "home") as opened:
        stand = stand_at(opened)
        stand.room.show(opened.station.sessions.show(begin(opened)))
        assert not stand.room.has_scanner
        stand.room.scan("NOBODYS-CARD")
        assert stand.room.has_scanner
        stand.close()
