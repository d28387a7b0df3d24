"""The station's own program, started on a home and ended once its window is usable.

Usable: the record is open, the page in front is built and the first reading is on it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.store.seal import Checksum
from bench.processes.children import memory_mib
from ui.shell import garbage_collection

LOOK_EVERY_MS = 2
SETTLE_MS = 3_000
"""What nobody sees yet (other pages, the name index) follows the window; memory is read after."""


def main(home: Path, *, settle: bool) -> int:
    """Start, tell, end; with ``settle`` it tells its memory some time after being usable."""
    garbage_collection.get_ready()
    checksum = Checksum(home / "station.db")  # as the program itself does it
    from ui.audience.placement import QtScreens
    from ui.shell.application import Application
    from ui.state.preferences import read_preferences  # loaded as the program itself loads them

    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    program = Application(app, home, read_preferences(home), QtScreens(app), windowed=True)
    program.checksum = checksum
    look = QTimer(app, interval=LOOK_EVERY_MS)

    def tell() -> None:
        print(json.dumps({"mib": memory_mib()}), flush=True)
        program.leave()

    def usable() -> None:
        QTimer.singleShot(SETTLE_MS if settle else 0, tell)

    def when_open() -> None:
        if program.is_ready:
            look.stop()
            # The store lane is in order: this answer comes after the first reading's.
            program.runner.store(lambda: None, lambda _none: usable(), lambda _said: usable())

    look.timeout.connect(when_open)
    look.start()
    program.start()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), settle="--settle" in sys.argv))
