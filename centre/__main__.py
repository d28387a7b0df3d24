"""``python -m centre``."""

from __future__ import annotations

import gc
import sys


def start() -> int:
    """Run the command line this process was given; returns the exit code. Modules are loaded with
    the collector off: they stay anyway.
    """
    gc.disable()
    from centre.commands.main import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(start())
