"""Runs the toy area as a user would, in the tree it was added to; prints what was seen as JSON.

Run in that tree: a station says wishes by its command, the window shows them, the centre reports
them; another version of the projection folds all anew at both ends.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QApplication, QLabel

from app.cli.main import main as station_command
from app.words import speak
from centre.commands.main import main as centre_command
from tests.support.county import County, open_county
from tests.support.stations import fill
from tests.ui.operator_driver import Stand
from ui.state.page_names import PageName


def say(command: object, *words: str) -> str:
    """What a command writes on standard output; it must succeed."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = command(list(words))  # type: ignore[operator]
    if code != 0:
        raise SystemExit(f"{words}: {code}")
    return out.getvalue()


def main(folder: Path) -> None:
    seen: dict[str, object] = {}
    with open_county(folder) as county:
        home = county.enrolled_home("songling")
        with county.at(home) as opened:
            fill(opened, people=5, day="2026-11-30")
        at_station = ("--home", str(home), "wishes")
        added = json.loads(say(station_command, *at_station, "add", "p1", "果树修剪", "--json"))
        say(station_command, *at_station, "move", added[0]["wish"], "planned")
        seen["station"] = json.loads(say(station_command, *at_station, "list", "--json"))
        seen["page"] = shown(county, home)
        county.sync(home)
        with county.at(home) as opened:
            seen["rebuilt"] = opened.station.tools.store.rebuild() > 0
        seen["again"] = json.loads(say(station_command, *at_station, "list", "--json"))
        place = str(county.centre.settings.home)
        county.centre.close()
        say(centre_command, "--home", place, "replay", "--projection", "wishes")
        report = json.loads(say(centre_command, "--home", place, "report", "--json"))
        seen["centre"] = report["areas"]["wishes"]
    print(json.dumps(seen, ensure_ascii=False))


def shown(county: County, home: Path) -> list[str]:
    """The texts on the page of the window."""
    app = QApplication.instance() or QApplication([])
    with county.at(home) as opened:
        stand = Stand(opened)
        window = stand.open_window()
        window.go(PageName("wishes"))
        app.processEvents()
        page = window.pages[PageName("wishes")]
        texts = [one.text() for one in cast("list[QLabel]", page.findChildren(QLabel))]
        stand.close()
    return texts


if __name__ == "__main__":
    speak("zh")
    main(Path(sys.argv[1]))
