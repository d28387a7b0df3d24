"""``python -m app``: everything a screen can do, a command can do."""

from __future__ import annotations

import gc
import sys


def start() -> int:
    """Run the command this process was given; returns the exit code. Modules are loaded with the
    collector off: they stay anyway.
    """
    gc.disable()
    from app.cli.main import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(start())
