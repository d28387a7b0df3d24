"""Filling a centre, and stations' homes, with a county-year: facts go through the real intake."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection, Table, insert, select

from app.areas.catalogue.values import ApprovalState
from app.areas.people.person import Site
from app.bootstrap import open_station
from app.domain.ids import SiteId
from app.store.station_store import StationStore
from app.wire.codec import pack, unpack, write_row
from app.wire.messages import (
    MAX_FACTS_A_RUN,
    MAX_ROWS_A_PAGE,
    MINOR,
    ExchangeAnswer,
    ExchangeRequest,
    FeedPage,
    FeedRow,
    Run,
)
from app.wire.signing import (
    NONCE_HEADER,
    REQUEST_LABEL,
    SIGNATURE_HEADER,
    STATION_HEADER,
    framed,
    public_key_of,
    request_parts,
    to_header,
)
from bench.county.journal import StationJournal
from bench.county.roster import CountyPlan, CountySite, county_sites
from bench.county.story import SECOND_PC, Told, has_second_pc, tell_second_pc, tell_year
from bench.data.speaker import TARGET, station_id, station_key
from centre.approvals.acts import say_word
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import CATALOGUE, site_scope
from centre.intake.exchanging import serve
from centre.interpretation.on_demand import interpret_waiting
from centre.opening import open_centre
from centre.people.sameness import say_same
from centre.service import Centre, generation_of
from centre.settings import Settings
from centre.stations.signed import SignedRequest
from centre.stations.vouching import life_ms
from centre.store.tables import feed_rows, org_units, people, sites, station_keys, stations
from tests.support.stations import SetClock, at_site

NOW_MS = 1_767_600_000_000
"""5 January 2026: the year is over and everything has come in."""
_BUDGET_BYTES = 700_000
_WORDS_A_SITE = 2
_DOUBLE_ONE_IN = 3
"""Of so many sites one has a member of two rosters."""


def open_county(folder: Path, database: str = "") -> Centre:
    """The county's centre, on the day after the year."""
    return open_centre(Settings(folder / "centre", database), now_ms=lambda: NOW_MS)


def fill_county(folder: Path, plan: CountyPlan, database: str = "", *, homes: int = 3) -> int:
    """Make the county in a folder; how many facts were recorded in it."""
    folder.mkdir(parents=True, exist_ok=True)
    centre = open_county(folder, database)
    try:
        every = county_sites(plan)
        _enrol(centre, plan, every)
        count, late, kept = 0, [], []
        for site in every:
            neighbour = every[(site.index + 1) % len(every)]
            told = tell_year(plan, site, neighbour)
            count += deliver(centre, told)
            if has_second_pc(site):
                count += deliver(centre, tell_second_pc(plan, site, neighbour))
            late.append(told.late)
            kept += [(site, told.journal)] if site.index < homes else []
        interpret_waiting(centre)
        _approve(centre, plan, late)
        _join(centre, every)
        for site, journal in kept:
            fill_home(centre, folder / "stations" / f"{site.index:03}", site, journal)
        return count
    finally:
        centre.close()


def _enrol(centre: Centre, plan: CountyPlan, every: Sequence[CountySite]) -> None:
    """What rosters and enrolling each station over the network leave."""
    with centre.store.writing() as tx:
        for one in every:
            site = Site(SiteId(one.id), one.name)
            own = {"id": one.id, "name": one.name, "parent": None, "tier": "standard"}
            tx.execute(insert(sites), own)
            pcs = (one.index, SECOND_PC + one.index) if has_second_pc(one) else (one.index,)
            for pc in pcs:
                _enrol_pc(centre, tx, plan, one, pc)
            _put(tx, org_units, _unit_rows(one))
            _put(tx, people, _people_rows(one))
            rows = [Row("site", site.id, write_row(site))]
            rows += [Row("org_unit", unit.id, write_row(unit)) for unit in one.units]
            rows += [Row("person", who.id, write_row(who)) for who in one.people]
            publish(tx, site_scope(one.id), rows)


def _enrol_pc(centre: Centre, tx: Connection, plan: CountyPlan, site: CountySite, pc: int) -> None:
    now = centre.now_ms()
    station, key = station_id(plan.seed, pc), public_key_of(station_key(plan.seed, pc))
    tx.execute(
        insert(stations),
        {
            "id": station,
            "site": site.id,
            "public_key": key,
            "machine": f"county {pc}",
            "enrolled_ms": now,
            "expires_ms": now + life_ms(centre),
            "recipient": "",
            "held_facts": 0,
            "held_sum": bytes(16),
        },
    )
    tx.execute(insert(station_keys), {"station": station, "public_key": key, "from_ms": now})


def _put(tx: Connection, table: Table, rows: Iterable[dict[str, object]]) -> None:
    tx.execute(insert(table), list(rows))


def _unit_rows(site: CountySite) -> Iterator[dict[str, object]]:
    for one in site.units:
        yield {"id": one.id, "site": site.id, "name": one.name, "body": write_row(one)}


def _people_rows(site: CountySite) -> Iterator[dict[str, object]]:
    for one in site.people:
        yield {
            "id": one.id,
            "site": site.id,
            "name": one.name,
            "member_no": "",
            "unit": one.units[0],
            "phone": "",
            "birth": "",
            "active": True,
            "body": write_row(one),
        }


def deliver(centre: Centre, told: Told) -> int:
    """Send all a station wrote, the copied disk's branch last; how many facts that were."""
    journal = told.journal
    count = 0
    for runs in _portions(journal):
        send_runs(centre, journal, runs)
        count += sum(len(one.facts) for one in runs)
    if told.branch is not None:
        run = journal.run(told.branch, told.branch_from + 1, len(told.branch.facts))
        send_runs(centre, journal, [run])
        count += len(run.facts)
    return count


def _portions(journal: StationJournal) -> Iterator[list[Run]]:
    runs: list[Run] = []
    size = 0
    for segment in journal.segments:
        for first in range(1, len(segment.facts) + 1, MAX_FACTS_A_RUN):
            last = min(first + MAX_FACTS_A_RUN - 1, len(segment.facts))
            run = journal.run(segment, first, last)
            own = sum(map(len, run.facts)) + sum(len(one) + 64 for _, one in run.personal)
            if runs and size + own > _BUDGET_BYTES:
                yield runs
                runs, size = [], 0
            runs.append(run)
            size += own
    yield runs


def send_runs(centre: Centre, journal: StationJournal, runs: Sequence[Run]) -> ExchangeAnswer:
    """One signed exchange that brings these runs."""
    with centre.store.reading() as tx:
        generation = generation_of(tx)
    nonce = journal.chance.randbytes(16)
    body = pack(
        ExchangeRequest(
            station=journal.id,
            nonce=nonce,
            wall_ms=NOW_MS,
            generation=generation,
            tips=(),
            runs=tuple(runs),
            cursors={},
            minor=MINOR,
        )
    )
    told = to_header(journal.chance.randbytes(9))
    signature = journal.key.sign(framed(REQUEST_LABEL, *request_parts("POST", TARGET, told, body)))
    headers = {
        STATION_HEADER: journal.id,
        NONCE_HEADER: told,
        SIGNATURE_HEADER: to_header(signature),
    }
    answered = serve(centre, SignedRequest("POST", TARGET, headers, body), lambda _station: None)
    return unpack(answered.body, ExchangeAnswer)


def _approve(centre: Centre, plan: CountyPlan, late: Sequence[Sequence[str]]) -> None:
    """The township approves some of what was entered late, and sends some back."""
    chance = random.Random(f"{plan.seed} approvals")
    for some in late:
        for key in chance.sample(list(some), min(_WORDS_A_SITE, len(some))):
            state = chance.choices((ApprovalState.APPROVED, ApprovalState.RETURNED), (3, 1))[0]
            say_word(centre, key, state, "乡镇", "名单不全")


def _join(centre: Centre, every: Sequence[CountySite]) -> None:
    """In some sites somebody is a member of the next one too, under an id of there."""
    for site in every[::_DOUBLE_ONE_IN]:
        other = every[(site.index + 1) % len(every)]
        if other is not site:
            say_same(centre, site.people[-1].id, other.people[-1].id, by="组织部")


def fill_home(centre: Centre, home: Path, site: CountySite, journal: StationJournal) -> None:
    """A home of the site's station: its roster by the feed, its facts as the centre returns them."""
    opened = open_station(home, clock=SetClock(wall_ms=NOW_MS))
    try:
        opened.station = at_site(opened.station, site.id)
        feed_home(centre, opened.station.tools.store, site.id)
        for segment in journal.segments:
            opened.station.tools.store.take_back([journal.run(segment, 1, len(segment.facts))])
    finally:
        opened.close()


def feed_home(centre: Centre, store: StationStore, site: str) -> None:
    """Bring down what the centre has published for a site."""
    with centre.store.reading() as tx:
        for scope in (CATALOGUE, site_scope(site)):
            rows = tx.execute(
                select(feed_rows).where(feed_rows.c.scope == scope).order_by(feed_rows.c.rev)
            ).all()
            for start in range(0, len(rows), MAX_ROWS_A_PAGE):
                some = rows[start : start + MAX_ROWS_A_PAGE]
                page = tuple(FeedRow(row.kind, row.key, row.rev, row.body) for row in some)
                store.apply_page(FeedPage(scope, some[-1].rev, page))
