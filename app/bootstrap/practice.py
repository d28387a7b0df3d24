"""A station to practise at: invented people in a folder of its own, which is thrown away after it.

Nothing of it touches the real record, and it has no centre: it is not enrolled. Files of courses
are linked, not copied, and only played. What a killed practice left is deleted at the next start.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.areas.courses.course import Course
from app.areas.people.person import OrgUnit, Person, Site, UnitKind
from app.areas.sessions.session import PlanEntry
from app.bootstrap import open_station
from app.domain.errors import StoreTrouble
from app.domain.ids import OrgUnitId, PersonId, PlanId, SiteId
from app.domain.time import local_time
from app.machine.lock import HomeLock
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from app.wire.side_files import PRIVATE_FOLDER, is_in_the_way, set_aside
from app.words import say

_SITE = "practice"
_MEDIA = "media"
_GROUPS = 3


def make_practice(home: Path, courses: Iterable[Course] = (), media: Path | None = None) -> None:
    """Furnish the folder ``home``, emptied, with a roster and a plan for now; on the store lane.

    ``courses`` are whole in ``media``; those whose files can't be linked are left out.
    """
    throw_away(home)
    here = home / _MEDIA
    here.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
    linked = [one for one in courses if media is not None and _link(one, media, here)]
    opened = open_station(home)
    try:
        now = opened.station.tools.clock.now()
        opened.station.pin.first_run_done()
        store = opened.station.tools.store
        store.apply_page(_page(f"site:{_SITE}", _roster(local_time(now.wall_ms), linked)))
        if linked:
            store.apply_page(
                _page("catalogue", [("course", one.id, write_row(one)) for one in linked])
            )
    finally:
        opened.close()


def throw_away(home: Path) -> None:
    """Delete a practice; one that a program uses, or that the disk holds on to, stays.

    What is no practice and bears its name, or leads elsewhere, is set aside.
    """
    if home.is_symlink() or is_in_the_way(home, folder=True):
        set_aside(home)
    lock = HomeLock(home)
    with suppress(OSError, StoreTrouble):
        lock.take()
        lock.release()
        shutil.rmtree(home)


def _roster(now: datetime, courses: list[Course]) -> list[tuple[str, str, bytes]]:
    unit = OrgUnit(OrgUnitId("u1"), say("practice.chip"), UnitKind.BRANCH)
    site = Site(SiteId(_SITE), say("practice.site"))
    plan = PlanEntry(
        PlanId("plan1"),
        f"{now:%Y-%m-%d}",
        f"{now:%H:%M}",
        say("practice.title"),
        courses=tuple(one.id for one in courses),
    )
    people = [
        Person(
            PersonId(f"p{at}"),
            name,
            units=(unit.id,),
            group=say("practice.group", number=at % _GROUPS + 1),
            birth_year=1950 + at,
            phone_tail=f"{1000 + at}",
        )
        for at, name in enumerate(say("practice.names").split("|"))
    ]
    return [
        ("site", site.id, write_row(site)),
        ("org_unit", unit.id, write_row(unit)),
        *(("person", one.id, write_row(one)) for one in people),
        ("plan", plan.id, write_row(plan)),
    ]


def _page(scope: str, rows: list[tuple[str, str, bytes]]) -> FeedPage:
    feed = [FeedRow(kind, key, at, body) for at, (kind, key, body) in enumerate(rows, 1)]
    return FeedPage(scope, len(feed), tuple(feed))


def _link(course: Course, media: Path, here: Path) -> bool:
    """Link the files of a course with what is known of them; False when that is not possible."""
    with suppress(OSError):
        for file in course.files:
            for found in media.glob(f"{file.sha256}.*"):
                os.link(found, here / found.name)
        return all(any(here.glob(f"{file.sha256}.*")) for file in course.files)
    return False
