"""``python -m centre``."""

from __future__ import annotations

import sys

from centre.commands.main import main


def start() -> int:
    """Run the command line this process was given; returns the exit code."""
    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(start())
