"""A stick that was left in its port has the session on it, sealed, as soon as the session is closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.bootstrap import OpenStation, carry_of
from app.domain.ids import SessionId
from app.wire.sticks.layout import TOP, UP
from app.words import say, speak
from tests.support.county import County, open_county
from tests.support.small_sessions import begin
from tests.ui.operator_driver import Stand, stand_at
from ui.state.current_session import StatusTone
from ui.state.refresh import Topic
from ui.sync.stick_export import StickExport


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with open_county(tmp_path / "county") as opened:
        yield opened


@pytest.fixture
def opened(county: County) -> Iterator[OpenStation]:
    with county.at(county.enrolled_home("石门村")) as station:
        yield station


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    (made / TOP).mkdir(parents=True)
    return made


@pytest.fixture
def stand(opened: OpenStation, stick: Path, qapp: QApplication) -> Iterator[Stand]:
    """A desk whose one drive is the stick, if it is there."""
    assert qapp is not None
    speak("zh")
    made = stand_at(opened)
    carry = replace(carry_of(opened), drives=lambda: (stick,) if stick.is_dir() else ())
    leaver = StickExport(made.room, carry)
    reader = made.room.refresh.register(frozenset({Topic.SESSION}), leaver.on_session)
    made.room.refresh.show(reader, visible=True)
    yield made
    made.close()


def closed_session(stand: Stand, name: str) -> SessionId:
    session = begin(stand.opened, name)
    stand.opened.station.attendance.admit_visitor(session, "来宾")
    stand.room.load()
    stand.room.show(stand.opened.station.sessions.close(session))
    return session


def parts_on(stick: Path) -> list[Path]:
    return sorted((stick / TOP / UP).glob("*/*"))


def test_each_closed_session_is_left_on_the_stick_once_and_that_is_said(
    stand: Stand, county: County, stick: Path
) -> None:
    assert parts_on(stick) == []
    closed_session(stand, "一课")
    assert len(parts_on(stick)) == 1
    facts = stand.opened.station.today.sync_view().facts
    assert stand.lines[-1].tone is StatusTone.DONE
    assert stand.said == say("stick.exported", facts=facts, parts=1)
    stand.room.show(stand.room.view)
    assert len(parts_on(stick)) == 1, "a session is left once"
    closed_session(stand, "二课")
    assert len(parts_on(stick)) == 2
    (taken,) = county.take(stick).stations
    assert taken.facts == stand.opened.station.today.sync_view().facts


def test_nothing_of_a_name_lies_open_on_the_stick(stand: Stand, stick: Path) -> None:
    closed_session(stand, "一课")
    (part,) = parts_on(stick)
    lying = part.read_bytes()
    assert lying.startswith(b"age-encryption.org/v1\n")
    assert "来宾".encode() not in lying


def test_without_a_stick_nothing_is_said_and_a_strange_one_is_one_sentence(
    stand: Stand, stick: Path
) -> None:
    (stick / TOP).rmdir()
    stick.rmdir()
    before = len(stand.lines)
    closed_session(stand, "一课")
    assert len(stand.lines) == before
    stick.mkdir()
    (stick / TOP).write_bytes(b"no folder")
    closed_session(stand, "二课")
    assert stand.lines[-1].tone is not StatusTone.DONE
