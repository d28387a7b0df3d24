"""Where the kills happen: stations with a real centre in reach, over the network or by stick."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.bootstrap import OpenStation, enrol_station, open_station
from app.domain.time import local_date
from app.usecases.station import Station
from tests.durability.kills.killing import Scene, kill_again_and_again
from tests.durability.lab.checks import Verdict, read_verdict
from tests.durability.lab.session import LabSession
from tests.durability.lab.stage import Stage
from tests.durability.lab.tally import Tally
from tests.durability.lab.tape import Counters
from tests.support.centre_process import ROOT, RunningCentre, running_centre
from tests.support.county import bring_home, export, open_county
from tests.support.first_schema import to_first_schema
from tests.support.sheets import write_sheet
from tests.support.small_sessions import facts_in
from tests.support.stations import NAMES, SetClock, fill

PEOPLE = 60
_BUSY_S = 60.0
_FILM = ROOT / "media" / "sample" / "fire-extinguisher.mp4"
_NAMES = tuple(sorted(set(NAMES)))


def _fresh_scene(deed: str, folder: Path) -> Scene:
    (place := folder / deed).mkdir(parents=True)
    (stick := place / "stick").mkdir()
    return Scene(deed, place, stick)


@contextmanager
def _alone(deed: str, folder: Path) -> Iterator[Scene]:
    """A station that knows no centre."""
    scene = _fresh_scene(deed, folder)
    clock = SetClock()
    opened = open_station(scene.folder / "home", clock=clock)
    try:
        fill(opened, people=PEOPLE, day=local_date(clock.wall_ms).isoformat())
    finally:
        opened.close()
    yield scene


@contextmanager
def _old_schema(folder: Path) -> Iterator[Scene]:
    """A store of the first schema, put there anew for every turn."""
    with _alone("migration", folder) as scene:
        stage = Stage(scene.folder, Counters(scene.folder / "counters"), 1, 30)
        clock = SetClock()
        opened = open_station(scene.folder / "home", clock=clock)
        acted = LabSession(stage, opened, clock)
        for _ in range(30):
            acted.act()
        opened.close()
        to_first_schema(scene.folder / "home" / "station.db")
        template = (scene.folder / "home").rename(scene.folder / "template")

        def arm(_turn: int) -> None:
            shutil.rmtree(scene.folder / "home", ignore_errors=True)
            shutil.copytree(template, scene.folder / "home")
            scene.told, scene.kills = list(stage.told), 0

        scene.arm = arm
        yield scene


@contextmanager
def _by_stick(deed: str, folder: Path) -> Iterator[Scene]:
    """A station and a centre that share a stick; in the end both hold the same facts, once."""
    scene = _fresh_scene(deed, folder)
    with open_county(scene.folder / "county") as county:
        home = county.enrolled_home("x").rename(scene.folder / "home")
        with county.at(home) as opened:
            fill(opened, people=PEOPLE, day=local_date(county.clock.wall_ms).isoformat())

        def arm(_turn: int) -> None:
            if deed == "import":
                with county.at(home) as opened:
                    _some_acts(scene, opened)
                    export(opened, scene.stick)
                county.take(scene.stick)

        def look(scene: Scene, last: bool) -> Verdict:
            verdict = scene.judge(last)
            if not last and deed == "export" and scene.kills % 3:
                return verdict
            with county.at(home) as opened:
                export(opened, scene.stick)
                told = county.take(scene.stick)
                back = bring_home(opened, scene.stick)
            there = {one.hex() for one in county.held(told.stations[0].station)}
            here = set(facts_in(home / "station.db"))
            agree = "" if back.confirmed == back.held else f"{back.confirmed} of {back.held}"
            return _with(verdict, len(here - there), len(there - here), agree)

        scene.arm, scene.look = arm, look
        yield scene


def _some_acts(scene: Scene, opened: OpenStation) -> None:
    stage = Stage(scene.folder, Counters(scene.folder / "counters"), len(scene.told), 3)
    clock = opened.station.tools.clock
    acted = LabSession(stage, opened, clock if isinstance(clock, SetClock) else SetClock())
    for _ in range(3):
        acted.act()
    scene.told += stage.told


def _with(verdict: Verdict, lost: int, unexpected: int, why: str = "") -> Verdict:
    """The same, with what the centre lacks or has too much."""
    plain = verdict.plain()
    return read_verdict(
        plain
        | {
            "lost": verdict.lost + lost,
            "unexpected": verdict.unexpected + unexpected,
            "why": verdict.why or why,
        }
    )


# --- over the network ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Site:
    """A place with a roster and a course at a running centre, and a home enrolled for it."""

    centre: RunningCentre
    name: str
    home: Path


def furnish(centre: RunningCentre, folder: Path, name: str, *, course: bool = False) -> Site:
    """Make the site, its people and perhaps a course, and enrol a station for it."""
    folder.mkdir(parents=True, exist_ok=True)
    code = centre.enrol_code(name)
    rows = [["姓名", "支部", "手机"]]
    rows += [[one, "一支部", f"1380000{n:04d}"] for n, one in enumerate(_NAMES)]
    sheet = write_sheet(folder / "roster.xlsx", rows)
    centre.command("import-roster", str(sheet), "--site", name, "--apply", "--json")
    if course:
        film = Path(shutil.copy(_FILM, folder / "film.mp4"))
        centre.command("publish-course", str(film), "--id", f"c-{name}", "--title", "片子")
    enrol_station(folder / "home", centre.address, code)
    return Site(centre, name, folder / "home")


def synced(station: Station, *, courses: bool = False) -> str:
    """A whole round; why it did not agree in the end, or nothing."""
    until_s = time.monotonic() + _BUSY_S
    while True:
        outcome = station.sync.run(store_lane=lambda job: job(), courses=courses)
        wait_s = outcome.trouble.values.get("retry_after_s") if outcome.trouble else None
        if not isinstance(wait_s, int) or wait_s == 0 or time.monotonic() > until_s:
            break
        threading.Event().wait(
            wait_s
        )  # the centre is still at what the dead PC asked for, and says how long
    if outcome.trouble is not None:
        return f"sync: {outcome.trouble}"
    view = station.today.sync_view()
    return "" if view.confirmed == view.facts else f"{view.confirmed} of {view.facts} confirmed"


def compared(site: Site, station: Station) -> tuple[int, int]:
    """Lines of people that the centre lacks, and that it has too much or twice."""
    sessions = [one.session.id for one in station.today.records(limit=100_000)]
    here = sorted(
        (str(session), str(card.id), card.status.value)
        for session in sessions
        for card in station.sessions.show(session).cards
        if card.status is not None
    )
    report: Any = site.centre.report("--site", site.name)
    there = sorted(
        (one["session"], person["person"], person["status"])
        for one in report["sessions"]
        for person in (*one["people"], *one["visitors"])
        if person["status"] is not None
    )
    lacking, too_much = list(here), []
    for line in there:
        if line in lacking:
            lacking.remove(line)
        else:
            too_much.append(line)
    return len(lacking), len(too_much) + len(report["forks"])


@contextmanager
def _centre(scene: Scene, given: RunningCentre | None) -> Iterator[RunningCentre]:
    """A centre in another process: the one that runs already, or one of its own."""
    if given is not None:
        yield given
        return
    with running_centre(scene.folder / "centre") as started:
        yield started


@contextmanager
def _pushing(folder: Path, given: RunningCentre | None) -> Iterator[Scene]:
    """A station that sends what it records."""
    scene = _fresh_scene("push", folder)
    with _centre(scene, given) as centre:
        site = furnish(centre, scene.folder, "push")
        opened = open_station(site.home)
        opened.station.sync.run(store_lane=lambda job: job(), courses=False)
        opened.close()

        def look(scene: Scene, last: bool) -> Verdict:
            verdict = scene.judge(last)
            if not last:
                return verdict
            opened = open_station(site.home)
            try:
                why = synced(opened.station)
                return _with(verdict, *compared(site, opened.station), why)
            finally:
                opened.close()

        scene.look = look
        yield scene


@contextmanager
def _receiving(deed: str, folder: Path, given: RunningCentre | None) -> Iterator[Scene]:
    """A station that has nothing yet, anew for every turn, and takes all that the centre has."""
    scene = _fresh_scene(deed, folder)
    with _centre(scene, given) as centre:
        site = furnish(centre, scene.folder, deed, course=deed == "fetch")
        if deed == "fetch":
            opened = open_station(site.home)
            opened.station.sync.run(store_lane=lambda job: job(), courses=False)
            opened.close()
        template = site.home.rename(scene.folder / "template")

        def arm(_turn: int) -> None:
            shutil.rmtree(site.home, ignore_errors=True)
            shutil.copytree(template, site.home)
            scene.kills = 0

        def look(scene: Scene, last: bool) -> Verdict:
            verdict = scene.judge(thorough=False)
            opened = open_station(site.home)
            try:
                why = synced(opened.station, courses=deed == "fetch")
                lost = len(_NAMES) - len(opened.station.people.all())
                return _with(verdict, abs(lost), 0, why or _unwhole(opened, scene))
            finally:
                opened.close()

        scene.arm, scene.look = arm, look
        yield scene


def _unwhole(opened: OpenStation, scene: Scene) -> str:
    """Whether a course's file is not what was published."""
    film = scene.folder / "film.mp4"
    if not film.exists():
        return ""
    with opened.station.tools.store.read() as reading:
        files = [file for course in reading.courses() for file in course.files]
    whole = [opened.station.tools.shelf.whole(file) for file in files]
    if not whole or any(path is None for path in whole):
        return "a course is not here"
    same = all(path is not None and path.read_bytes() == film.read_bytes() for path in whole)
    return "" if same else "a course is not what was published"


Opening = Callable[[Path, RunningCentre | None], AbstractContextManager[Scene]]

SCENES: dict[str, Opening] = {
    "sign-in": lambda folder, _centre: _alone("sign-in", folder),
    "bug-early": lambda folder, _centre: _alone("bug-early", folder),
    "push": _pushing,
    "pull": lambda folder, centre: _receiving("pull", folder, centre),
    "fetch": lambda folder, centre: _receiving("fetch", folder, centre),
    "export": lambda folder, _centre: _by_stick("export", folder),
    "import": lambda folder, _centre: _by_stick("import", folder),
    "backup": lambda folder, _centre: _alone("backup", folder),
    "migration": lambda folder, _centre: _old_schema(folder),
}
"""Deed → its scene, in a folder, with a centre that runs already if there is one."""


def kill_at(
    deed: str, folder: Path, *, kills: int, seed: int, centre: RunningCentre | None = None
) -> Tally:
    """So many kills of one deed of a station."""
    with SCENES[deed](folder, centre) as scene:
        return kill_again_and_again(scene, kills, seed)
