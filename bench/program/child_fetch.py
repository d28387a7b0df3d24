"""One round with courses in a process of its own, to be killed: ``python -m bench.program.child_fetch HOME``."""

from __future__ import annotations

import sys
from pathlib import Path

from app.bootstrap import open_station


def main() -> None:
    """Say when the fetching begins, fetch, and end."""
    opened = open_station(Path(sys.argv[1]))
    print("{}", flush=True)
    try:
        opened.station.sync.run(store_lane=lambda job: job())
    finally:
        opened.close()


if __name__ == "__main__":
    main()
