"""``python -m ui`` starts the station."""

from __future__ import annotations

import sys

from ui.shell import garbage_collection


def start() -> int:
    """Load and run the program; returns the exit code."""
    garbage_collection.get_ready()
    from ui.main import main  # a second of loading, before which nothing should be looked through

    return main()


if __name__ == "__main__":
    sys.exit(start())
