"""A real centre with two villages, and a PC that is driven as an operator drives it."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.areas.attendance.marks import Lane
from app.bootstrap import OpenStation, carry_of, enrol_station, open_station
from app.domain.ids import SessionId
from app.usecases.sync_once import SyncOutcome
from centre.commands.main import main as centre_main
from tests.support.centre_process import RunningCentre
from tests.support.sheets import write_sheet
from tests.support.stations import NAMES

FIRST, SECOND = "松岭村学习点", "石门村学习点"
PEOPLE = {FIRST: NAMES[:8], SECOND: NAMES[10:15]}


def told_by(centre: RunningCentre, *words: str) -> str:
    """What a command of the centre says; run in this process, on the home that is served."""
    said = io.StringIO()
    with redirect_stdout(said):
        assert centre_main(["--home", str(centre.home), *words]) == 0
    return said.getvalue()


def code_for(centre: RunningCentre, site: str) -> str:
    told = told_by(centre, "enrol-code", "--site", site, "--create", "--json")
    return str(json.loads(told)["code"])


def furnish(centre: RunningCentre, folder: Path) -> None:
    """Both villages with their rosters."""
    for site, names in PEOPLE.items():
        code_for(centre, site)
        add_roster(centre, folder, site, names)


def add_roster(centre: RunningCentre, folder: Path, site: str, names: list[str]) -> None:
    rows = [["姓名", "支部", "手机"]]
    rows += [[name, f"{site}支部", f"138{len(site):04d}{n:04d}"] for n, name in enumerate(names)]
    sheet = write_sheet(folder / f"{site}.xlsx", rows)
    told_by(centre, "import-roster", str(sheet), "--site", site, "--apply")


@dataclass
class Pc:
    """One PC; each act is a start of the program."""

    home: Path

    def enrol(self, centre: RunningCentre, site: str, **more: bool) -> None:
        enrol_station(self.home, centre.address, code_for(centre, site), **more)

    def opened(self, home: Path | None = None) -> OpenStation:
        return open_station(home or self.home)

    def hold_session(self, arrived: int = 3, *, close: bool = True) -> HeldSession:
        """A session of everybody who is expected, of whom some come."""
        opened = self.opened()
        try:
            station = opened.station
            session = station.sessions.prepare_extra("学习", ()).session.id
            station.sessions.open_sign_in(session)
            cards = station.sessions.show(session).cards
            names = tuple(sorted(card.name for card in cards))
            for card in cards[:arrived]:
                station.attendance.sign_in(session, card.id, Lane.ROLL_CALL, "operator")
            station.attendance.admit_visitor(session, "来宾")
            if close:
                station.sessions.close(session)
            return HeldSession(session, names, arrived)
        finally:
            opened.close()

    def sync(self) -> SyncOutcome:
        opened = self.opened()
        try:
            outcome = opened.station.sync.run(store_lane=lambda job: job(), courses=False)
            assert outcome.trouble is None, outcome.trouble
            return outcome
        finally:
            opened.close()

    def told(self) -> dict[str, dict[str, str]]:
        """What the first screen tells: key → values."""
        opened = self.opened()
        try:
            return {key: dict(values) for key, values in opened.station.today.overview().notices}
        finally:
            opened.close()

    def shown(self) -> list[SessionId]:
        """The sessions on its screens."""
        opened = self.opened()
        try:
            return [one.session.id for one in opened.station.today.records()]
        finally:
            opened.close()

    def roster(self) -> set[str]:
        opened = self.opened()
        try:
            return {one.name for one in opened.station.people.all()}
        finally:
            opened.close()

    def export(self, stick: Path) -> int:
        opened = self.opened()
        try:
            done = carry_of(opened).export(stick, store_lane=lambda job: job())
            assert done.trouble is None, done.trouble
            return done.parts
        finally:
            opened.close()

    def bring_home(self, stick: Path) -> None:
        opened = self.opened()
        try:
            done = carry_of(opened).take(stick, store_lane=lambda job: job(), courses=False)
            assert done.trouble is None, done.trouble
        finally:
            opened.close()


@dataclass(frozen=True)
class HeldSession:
    session: SessionId
    listed: tuple[str, ...]
    arrived: int


def report_of(centre: RunningCentre) -> Any:
    return json.loads(told_by(centre, "report", "--json"))


def stands(centre: RunningCentre) -> dict[str, list[tuple[str, int, int]]]:
    """Session → the sites at which it stands, with how many came and how many visitors."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for one in report_of(centre)["sessions"]:
        where = (one["site_name"], one["arrived"], len(one["visitors"]))
        found.setdefault(one["session"], []).append(where)
    return found


def listed_station(centre: RunningCentre, site: str) -> Any:
    """The newest station of a site in ``stations --json``."""
    all_of_them = json.loads(told_by(centre, "stations", "--json"))
    return max(
        (one for one in all_of_them if one["site_name"] == site), key=lambda one: one["enrolled_ms"]
    )
