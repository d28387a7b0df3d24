"""Signs in so many people in a home and ends; watched from outside."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from app.areas.attendance.marks import Lane
from app.bootstrap import open_station
from bench.station.sign_in import begin_session


def main(home: Path, count: int) -> None:
    """Open, sign in, close."""
    opened = open_station(home)
    session, people = begin_session(opened)
    for person in people[:count]:
        opened.station.attendance.sign_in(session, person, Lane.NAME_WALL, "member")
    opened.close()
    print(json.dumps({"signed": count}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
