"""Opens a station's store and folds its rows anew, one statement at each word it is given.

``python -m tests.store.trouble.folding_child HOME``: it tells each statement before it runs it and
waits for a line; so whoever kills it knows where.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from app.bootstrap import open_station
from app.store import opening
from app.store.engine import SQLITE
from tests.support.stations import SetClock


def main(home: str) -> None:
    """Open, fold until it is over, close."""
    connect = SQLITE.connect

    def watched(*values: Any, **named: Any) -> Any:
        connection = connect(*values, **named)
        connection.set_trace_callback(_tell)
        return connection

    SQLITE.__dict__["connect"] = watched
    opening._REBUILT = 0  # noqa: SLF001 - as with years of facts: too many to make rows at a start
    opened = open_station(Path(home), clock=SetClock())
    while not opened.station.fold_rows().is_over:
        pass
    opened.close()


def _tell(statement: str) -> None:
    sys.stdout.write(" ".join(statement.split())[:60] + "\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
