"""A store that any released version left behind opens with everything that was recorded in it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest

from app.bootstrap import open_station
from app.cli.output import plain
from app.domain.ids import SessionId
from app.domain.time import LOCAL
from tests.compat.releases import RELEASES, Release, columns_of, rows_of, run_centre

OF_A_SESSION = ("id", "plan", "kind", "title", "step", "planned_start_ms", "opened_ms", "closed_ms")
OF_A_CARD = ("id", "name", "branch", "standpoint", "left_out", "status", "at_ms", "lane", "by")
OF_A_REPORT = (
    "site_name", "session", "plan", "title", "step", "opened_ms", "closed_ms", "not_held_reason",
    "not_held_note", "expected", "left_out", "turnout", "arrived", "in_room", "rate_percent", "agrees",
)  # fmt: skip
OF_A_PERSON = (
    "person",
    "name",
    "standpoint",
    "status",
    "left_out",
    "lane",
    "by",
    "at_ms",
    "late_entry",
)
OF_A_PLAY = ("course", "coverage_percent", "outcome")


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> Release:
    """Each released version in turn."""
    return Release(str(request.param))


def picked(value: dict[str, Any], *names: str) -> dict[str, Any]:
    """Only these of its fields."""
    return {name: value[name] for name in names}


def told_by_station(view: dict[str, Any]) -> dict[str, Any]:
    """What no later version may say differently of a session.

    Of a session that was not held, older versions showed the note among those of the discussion
    and the moment of the entry as its end; it has a note of its own and no end, as at the centre.
    """
    session = picked(view["session"], *OF_A_SESSION)
    own_note = view["session"].get("not_held_note", "")
    if session["step"] == "not_held":
        del session["closed_ms"]
    return {
        **session,
        "people": {one["id"]: picked(one, *OF_A_CARD) for one in view["cards"]},
        "turnout": view["turnout"],
        "plays": [picked(one, *OF_A_PLAY) for one in view["plays"]],
        "notes": [*view["notes"], *([own_note] if own_note else [])],
    }


def told_by_centre(report: dict[str, Any]) -> dict[str, Any]:
    """The same of a session in the centre's report."""
    return {
        one["session"]: {
            **picked(one, *OF_A_REPORT),
            "people": [picked(person, *OF_A_PERSON) for person in one["people"]],
            "visitors": [picked(person, *OF_A_PERSON) for person in one["visitors"]],
            "plays": [picked(play, *OF_A_PLAY) for play in one["plays"]],
            "notes": one["notes"],
        }
        for one in report["sessions"]
    }


def recorded_content(home: Path) -> dict[str, Any]:
    """What is evidence or a key: it must stand there byte for byte after an upgrade."""
    store = home / "station.db"
    return {
        "facts": rows_of(store, "facts", "seq", "n", "hash", "bytes", "personal"),
        "segments": rows_of(store, "segments", "id", "last_n", "last_hash"),
        "keys": {
            path.name: path.read_bytes()
            for path in (home / "keys").iterdir()
            if path.suffix in (".key", ".age")
        },
        "second copy": [path.read_bytes() for path in sorted((home / "journal").iterdir())],
    }


@pytest.mark.parametrize("anew", [False, True], ids=["rows as kept", "rows computed anew"])
def test_a_station_shows_every_session_as_it_was_shown(
    release: Release, anew: bool, tmp_path: Path
) -> None:
    home = release.unpack("station", tmp_path / "station")
    expected = release.expected()["sessions"]
    assert len(expected) == 3
    opened = open_station(home)
    try:
        if anew:
            opened.station.tools.store.rebuild()
        for session, view in expected.items():
            shown = plain(opened.station.sessions.show(SessionId(session)))
            assert told_by_station(cast(dict[str, Any], shown)) == told_by_station(view)
    finally:
        opened.close()


def test_a_station_keeps_facts_and_keys_byte_for_byte(release: Release, tmp_path: Path) -> None:
    home = release.unpack("station", tmp_path / "station")
    before = recorded_content(home)
    assert len(before["facts"]) == 35
    opened = open_station(home)
    try:
        assert opened.station.tools.store.verify().broken_at is None
        assert opened.station.tools.notices == []
    finally:
        opened.close()
    assert recorded_content(home) == before
    assert not list(home.glob("*.damaged*"))


def test_a_centre_reports_every_session_as_it_was_reported(
    release: Release, tmp_path: Path
) -> None:
    home = release.unpack("centre", tmp_path / "centre")
    store = home / "centre.sqlite"
    names = columns_of(store, "facts")
    before = rows_of(store, "facts", *names)
    key = (home / "centre.key").read_bytes()
    expected = told_by_centre(release.expected()["report"])
    assert len(expected) == 3
    assert told_by_centre(run_centre(home, "report")) == expected
    kept = [name for name in names if name in columns_of(store, "facts")]
    places = [names.index(name) for name in kept]
    assert {"hash", "bytes"} <= set(kept)
    after = rows_of(store, "facts", *kept)
    assert after == sorted((tuple(row[at] for at in places) for row in before), key=repr)
    assert (home / "centre.key").read_bytes() == key


KEPT = ("sites", "org_units", "people", "plans", "courses", "stations", "feed_rows")
"""Tables of a centre whose rows people and stations wrote."""


def test_a_centre_keeps_its_rows_and_its_ledgers_know_the_sessions_of_before(
    release: Release, tmp_path: Path
) -> None:
    home = release.unpack("centre", tmp_path / "centre")
    store = home / "centre.sqlite"
    names = {table: columns_of(store, table) for table in KEPT}
    before = {table: rows_of(store, table, *names[table]) for table in KEPT}
    assert all(before.values())
    span = ("--from", "2020-01-01", "--to", "2039-12-31")
    told = run_centre(home, "ledger", "turnout", *span, "--by", "session")
    assert {table: rows_of(store, table, *names[table]) for table in KEPT} == before
    held = [one for one in release.expected()["report"]["sessions"] if one["step"] == "closed"]
    assert held
    figures = {one["key"]: (one["expected"], one["attendances"]) for one in told}
    assert figures == {one["session"]: (len(one["expected"]), one["in_room"]) for one in held}
    assert {one["sessions"] for one in told} == {1}
    came = {
        person["person"]
        for one in held
        for person in one["people"]
        if person["status"] in ("present", "late", "late_entry")
    }
    year = str(datetime.fromtimestamp(held[0]["opened_ms"] / 1000, tz=LOCAL).year)
    everybody = run_centre(
        home, "ledger", "hours", "--from", f"{year}-01-01", "--to", f"{year}-12-31"
    )
    assert {one["person"] for one in everybody if one["sessions"]} == came
    assert run_centre(home, "catalogue", "lecturer", "list") == []
