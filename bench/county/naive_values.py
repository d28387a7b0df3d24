"""What the recount reads out of facts: plain values, with nothing of the program in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple

CHINA = timezone(timedelta(hours=8))
CAME = ("present", "late", "late_entry")
GIVEN_KINDS = ("online_class", "outside_training")
LEADERS = ("secretary", "deputy_secretary", "committee_member")


class Said(NamedTuple):
    """One fact as it stands in a store; ``place`` orders those of a site."""

    site: str
    hash: str
    place: tuple[int, str, int]
    kind: str
    wall_ms: int
    body: dict[str, Any]


class Line(NamedTuple):
    """One person in one closed session, counted by hand."""

    person: str
    session: str
    site: str
    plan: str
    kind: str
    training_class: str
    campaign: str
    from_ms: int
    to_ms: int
    standpoint: str
    left_out: str
    status: str
    minutes: int
    lessons: int
    approval: str


class Book(NamedTuple):
    """One session that is over, as the running book counts it."""

    session: str
    site: str
    step: str
    from_ms: int
    minutes: int
    plays: int
    faults: tuple[str, ...]
    hints: tuple[str, ...]


def said_of(rows: Iterable[tuple[str, str, int, bytes, bytes]]) -> list[Said]:
    """Facts from (site, segment, n, hash, bytes), in their order."""
    read, ordinals = [], {}
    for site, segment, n, mark, data in rows:
        told = json.loads(data)
        if told["k"] == "segment.opened":
            ordinals[site, segment] = int(told["b"].get("ordinal", 0))
        read.append((site, segment, n, mark, told))
    found = [
        Said(
            site,
            bytes(mark).hex(),
            (ordinals.get((site, segment), 0), segment, n),
            told["k"],
            told["w"],
            told["b"],
        )
        for site, segment, n, mark, told in read
    ]
    return sorted(found, key=lambda one: (one.site, one.place))


def day_of(at_ms: int) -> str:
    """The day in the county."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(CHINA).date().isoformat()
