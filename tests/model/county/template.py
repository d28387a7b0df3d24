"""A county as every history finds it: a centre, sites with rosters and plans, enrolled stations.

Made once a process and copied, because migrations and enrolment cost more than a whole history.
"""

from __future__ import annotations

import atexit
import functools
import random
import shutil
import tempfile
from pathlib import Path

from app.areas.courses.course import Course, CourseFile
from app.domain.ids import CourseId
from app.machine.enrolment import (
    KeptEnrolment,
    keep_enrolment,
    load_or_make_key,
    load_or_make_recipient,
)
from app.ports.machine import Entropy
from app.wire.messages import EnrolRequest
from app.wire.signing import public_key_of
from centre.courses.publishing import _put
from centre.seal_key import centre_recipient
from centre.service import Centre
from centre.sites import find_or_create_site
from centre.stations.codes import new_code
from centre.stations.enrolling import enrol
from tests.centre.benches import quick_codes
from tests.model.county.centre_side import CentreSide, invented_row
from tests.model.county.chance import (
    CentreClock,
    DrawnEntropy,
    chance_from,
    quick_signatures,
)
from tests.model.county.pc import Pc
from tests.model.county.post import Post

SITES = ("石门村", "松岭村")
STATION_SITES = (0, 0, 1)
"""Which site each of the template's stations stands in."""
PEOPLE = 12
PLANS = 3
COURSE = CourseId("k-model")
DAY = "2026-11-23"
RULE_DAYS = ("2026-01-01", DAY, "2026-11-24")
"""Days from which rules for late and in time may hold."""


def fast_folder() -> Path | None:
    """Where files cost no disk: flushing them is what a simulation would wait for."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None


@functools.cache
def template() -> Path:
    """The folder to copy: ``centre`` and ``s0``, ``s1`` …"""
    folder = Path(tempfile.mkdtemp(prefix="model-template-", dir=fast_folder()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    chance = random.Random("a county")  # noqa: S311 - a model's chance
    with chance_from(chance), quick_signatures():
        _make(folder, chance)
    return folder


def _make(folder: Path, chance: random.Random) -> None:
    side = CentreSide(folder / "centre", folder, CentreClock())
    file = CourseFile("0" * 64, 10, ("0" * 64,), ".mp4")
    with side.centre.store.writing() as tx:
        _put(tx, Course(COURSE, "剪枝", "", "", 600_000, 16, 9, file, None))
    sites = [find_or_create_site(side.centre, name).id for name in SITES]
    for site in sites:
        side.import_people(site, [invented_row(chance, number) for number in range(PEOPLE)])
        for _ in range(PLANS):
            side.change_plans(chance, site, DAY)
    post = Post(side, chance)
    for number, place in enumerate(STATION_SITES):
        home = folder / f"s{number}"
        let_in(side.centre, home, DrawnEntropy(chance), site=sites[place])
        pc = Pc(f"s{number}", home, post, number)
        pc.exchange()
        pc.stop()
    side.close()


def let_in(centre: Centre, home: Path, entropy: Entropy, *, site: str, station: str = "") -> None:
    """Enrol a home (made if new) at a site, or in the place of a station's PC."""
    home.mkdir(exist_ok=True)
    with quick_codes():
        request = EnrolRequest(
            new_code(centre, site, for_station=station or None).code,
            public_key_of(load_or_make_key(home, entropy)),
            home.name,
            load_or_make_recipient(home),
        )
        told = enrol(centre, request)
    kept = KeptEnrolment(
        address="http://127.0.0.1:1",
        station=told.station,
        site=told.site,
        site_name=told.site_name,
        centre=told.centre,
        centre_key=told.centre_key,
        scopes=told.scopes,
        recipient=centre_recipient(centre.settings),
        credential=told.credential,
    )
    keep_enrolment(home, kept)
