"""The station's entry: arguments, one program a home, the window, then everything else.

``python -m ui [--home DIR] [--demo] [--windowed] [--language zh|en]``
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication

from app.store.seal import Checksum
from app.words import LANGUAGES, say, speak
from ui.shell import unclean_exit
from ui.shell.log_files import catch_all, start_log
from ui.shell.single_instance import InstanceServer, activate_running
from ui.state.preferences import read_preferences
from ui.state.restart import Restart

HOME_VARIABLE = "YUANJIAO_HOME"


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="ui", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--home", type=_folder, help="folder of this station's record")
    parser.add_argument("--demo", action="store_true", help="sample centre, roster and courses")
    parser.add_argument("--windowed", action="store_true", help="a plain window, no second screen")
    parser.add_argument("--language", choices=LANGUAGES)
    return parser.parse_args(argv)


def _folder(written: str) -> Path:
    """A folder that was named; nothing between the quotes would be whatever folder one stands in."""
    if not written.strip():
        raise argparse.ArgumentTypeError(say("op.home_empty"))
    return Path(written)


def default_home() -> Path:
    """Where the record lies when nobody says: the environment's word, else the machine's place."""
    told = os.environ.get(HOME_VARIABLE)
    if told:
        return Path(told)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "yuanjiao"
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(place) / "yuanjiao"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the station until its window is closed; returns the exit code."""
    arguments = read_arguments(sys.argv[1:] if argv is None else argv)
    if arguments.demo:
        from ui.dev import demo  # the sample centre is loaded only when asked for

        return demo.main(arguments, run)
    return run(arguments)


def run(arguments: argparse.Namespace) -> int:
    """Run with these arguments; ``demo`` comes here too once its sample is ready."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    home: Path = arguments.home or default_home()
    choices = read_preferences(home)
    if arguments.language:
        choices = replace(choices, language=arguments.language)
    speak(choices.language)
    app.setApplicationDisplayName(say("op.program"))
    if activate_running(home):
        sys.stdout.write(say("op.already_open") + "\n")
        return 0
    checksum = Checksum(home / "station.db")  # read beside the loading of all that follows
    from ui.audience.placement import QtScreens
    from ui.shell.application import Application
    from ui.shell.open_record import PRACTICE_FOLDER, Practice

    start_log(home)
    cut = unclean_exit.begin(home)
    wanted, lent = Restart.NONE, Practice()
    while True:
        windowed: bool = arguments.windowed
        practises = wanted is Restart.PRACTICE
        program = Application(
            app,
            home / PRACTICE_FOLDER if practises else home,
            choices,
            QtScreens(app),
            windowed=windowed,
            sets_up=wanted,
            practice=lent if practises else None,
        )
        program.was_cut, cut = cut, False
        program.checksum = None if practises else checksum
        catch_all(program.say_sorry)
        door = InstanceServer(home, program.come_to_front, program)
        program.start()
        code = app.exec()
        door.close()
        program.release()
        if practises:
            rmtree(program.home, ignore_errors=True)
        if not program.comes_back:
            unclean_exit.end(home)
            return code
        wanted, lent, choices = program.comes_back, program.lends, read_preferences(home)
