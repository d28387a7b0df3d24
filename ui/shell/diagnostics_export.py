"""Writes the help file where the operator wants it: the record is looked at on the store lane,
logs are read on the net lane, so that nobody at the keypad waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication

from app.domain.errors import Refusal, UserError
from app.words import say
from ui.jobs.protocols import Failed, Jobs

if TYPE_CHECKING:
    from app.bootstrap import OpenStation
    from app.machine.diagnostics import HelpFile
    from app.usecases.diagnostics import Health

STICK, DESKTOP = "stick", "desktop"


def write_help_file(
    opened: OpenStation,
    jobs: Jobs,
    place: str,
    done: Callable[[str], None],
    failed: Failed,
    owner: object,
) -> None:
    """Write it to the first ``stick`` or the ``desktop``; ``done`` gets the sentence to show."""
    from app.bootstrap import look_at_health, write_help
    from app.machine.drives import removable_drives

    screens = screens_here()
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)

    def where() -> Path:
        if place == DESKTOP and Path(folder).is_dir():
            return Path(folder)
        if place == DESKTOP:
            return Path.home()
        sticks = removable_drives()
        if not sticks:
            raise Refusal("diagnostics.no_stick")
        return sticks[0]

    def job() -> HelpFile:
        target = where()
        health: list[Health] = []
        trouble = ""
        try:
            jobs.store_call(lambda: health.append(look_at_health(opened)))
        except UserError as said:
            from app.words.codes import for_log

            trouble = for_log(said)
        return write_help(
            opened.home, target, health[0] if health else None, trouble=trouble, screens=screens
        )

    def written(file: HelpFile) -> None:
        spot = say(f"diagnostics.place.{place}")
        done(say("diagnostics.done", code=file.code, place=spot, file=file.path.name))

    jobs.net(job, written, failed, owner)


def screens_here() -> tuple[dict[str, object], ...]:
    """What Qt knows of the screens; on the GUI thread."""
    return tuple(
        {
            "name": one.name(),
            "model": one.model(),
            "width": one.geometry().width(),
            "height": one.geometry().height(),
            "millimetres": round(one.physicalSize().width()),
            "ratio": one.devicePixelRatio(),
            "hertz": round(one.refreshRate()),
        }
        for one in QGuiApplication.screens()
    )
