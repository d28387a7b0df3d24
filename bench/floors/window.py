"""The floor of a start: a bare window; with ``--vlc`` libvlc is loaded into it too."""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from bench.processes.children import memory_mib


def main() -> int:
    """Show a window with an input box, tell, end."""
    app = QApplication(sys.argv[:1])
    window = QLineEdit()
    window.resize(1366, 768)
    window.show()
    loaded: list[object] = []
    if "--vlc" in sys.argv:
        import vlc

        loaded.append(vlc.Instance(["--quiet", "--aout=dummy"]))

    def tell() -> None:
        print(json.dumps({"mib": memory_mib()}), flush=True)
        app.quit()

    QTimer.singleShot(0, tell)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
