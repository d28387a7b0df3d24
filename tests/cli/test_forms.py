"""A station's forms by command."""

from __future__ import annotations

import json
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.main import main
from app.domain.time import local_date
from app.words import language, speak
from tests.areas.forms.test_render_xlsx import opened_by_libreoffice
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import station_at

ENGLISH = {"LANG": "en_GB.UTF-8"}


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """A command sets the language and silences the log of its whole process."""
    before = language()
    yield
    speak(before)
    logging.disable(logging.NOTSET)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A station with a closed session of today."""
    with station_at(tmp_path / "home") as opened:
        session = begin(opened, "冬季果树修剪")
        sign_in(opened, session, 0, 1, 2)
        opened.station.sessions.close(session)
    return tmp_path / "home"


def month(home: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The month of the session."""
    assert main(["--home", str(home), "session", "list", "--json"], ENGLISH) == 0
    (one,) = json.loads(capsys.readouterr().out)
    return local_date(one["session"]["opened_ms"]).isoformat()[:7]


def test_the_months_report_and_its_books(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    this = month(home, capsys)
    station = ["--home", str(home)]
    assert main([*station, "form", "month_report", "--month", this, "--json"], ENGLISH) == 0
    form = json.loads(capsys.readouterr().out)
    figures = dict(
        zip(
            [one["key"] for one in form["parts"][0]["columns"]],
            [one["value"] for one in form["parts"][0]["rows"][0]],
            strict=True,
        )
    )
    assert (figures["sessions"], figures["attendances"], figures["persons"]) == (1, 3, 3)
    out = tmp_path / "books"
    assert main([*station, "forms", "month", "--month", this, "--out", str(out)], ENGLISH) == 0
    (book,) = out.iterdir()
    assert len(opened_by_libreoffice(book.read_bytes(), tmp_path)) == 5


@pytest.mark.parametrize("wrong", [["month_report"], ["month_report", "--month", "x"]])
def test_a_month_that_is_none_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str], wrong: list[str]
) -> None:
    assert main(["--home", str(home), "form", *wrong], ENGLISH) == 1
    assert "K-268" in capsys.readouterr().err


def test_a_sessions_form_needs_its_session(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(home), "form", "session_record"], ENGLISH) == 1
    assert "--session" in capsys.readouterr().err


def test_every_other_form_is_made_by_command(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    this = month(home, capsys)
    asked = {
        "feedback": ["--month", this],
        "running_record": ["--month", this],
        "year_of_person": ["--person", "p0", "--year", this[:4]],
        "visit_list": [],
        "site_file": [],
        "equipment_list": [],
    }
    for name, options in asked.items():
        book = tmp_path / f"{name}.xlsx"
        station = ["--home", str(home), "form", name, *options]
        assert main([*station, "--xlsx", str(book)], ENGLISH) == 0
        assert book.stat().st_size > 1000
        assert os.name == "nt" or stat.S_IMODE(book.stat().st_mode) == 0o600
        capsys.readouterr()
        assert main([*station, "--json"], ENGLISH) == 0
        assert json.loads(capsys.readouterr().out)["name"] == name


@pytest.mark.parametrize(
    ("wrong", "code"), [(["year_of_person"], "--person"), (["class_file", "--class", "x"], "K-138")]
)
def test_what_is_not_known_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str], wrong: list[str], code: str
) -> None:
    assert main(["--home", str(home), "form", *wrong], ENGLISH) == 1
    assert code in capsys.readouterr().err
