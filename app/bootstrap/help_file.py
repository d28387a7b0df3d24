"""Writing the help file of a station, of an open one or of one that can't be opened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from app.machine.clock import SystemClock
from app.machine.enrolment import load_enrolment
from app.machine.version import VERSION
from app.store.engine import SQLITE
from app.usecases.diagnostics import Health
from app.words import say

if TYPE_CHECKING:
    from app.machine.diagnostics import HelpFile


def write_help(
    home: Path,
    where: Path,
    health: Health | None,
    *,
    trouble: str = "",
    screens: tuple[Mapping[str, object], ...] = (),
) -> HelpFile:
    """Write the help file of ``home``, of an open station or of one that can't be opened.

    ``trouble`` says why not; ``screens`` is what Qt knows of them. Any thread.

    Raises:
        StationTrouble: it can't be written to ``where``.
    """
    from app.machine.diagnostics import HelpFileContent, write_help_file
    from app.player.version import libvlc_version

    kept = load_enrolment(home)
    site = kept.site_name if kept else say("diagnostics.no_site")
    day = f"{SystemClock().now().local:%Y-%m-%d}" if health is None else health.day
    summary = {
        "program": VERSION,
        "sqlite": str(SQLITE.sqlite_version),
        "libvlc": libvlc_version(),
        "screens": screens,
        "centre": "" if kept is None else kept.address,
        "pinned": bool(kept and kept.certificate),
        "trouble": trouble,
        "record": None if health is None else {**asdict(health), "names": len(health.names)},
    }
    stem = say("diagnostics.file", site=site, day=day, code="{code}")
    names = () if health is None else health.names
    return write_help_file(home, where, HelpFileContent(summary, names, stem))
