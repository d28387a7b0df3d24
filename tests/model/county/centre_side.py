"""The centre of a simulated county: a real one on SQLite that can crash and be put back."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.areas.people.person import PersonKind, StandingKind
from app.domain.errors import BadInput
from app.domain.policy import Policy, StartRule
from app.rosters.sheets.sheet_rows import ReadRoster, RosterRow
from app.sync.connection import Reply
from app.wire.codec import pack
from app.wire.messages import ErrorAnswer
from app.wire.signing import SIGNATURE_HEADER, to_header
from centre.intake.exchanging import exchange
from centre.interpretation.on_demand import interpret_waiting
from centre.interpretation.queue import Waiting, resolve_person, waiting_facts
from centre.opening import open_centre
from centre.plans.planning import PlanWish, plan_session, withdraw_plan
from centre.policies.acts import drop_policy, list_policies, set_policy
from centre.refusals import NotServed
from centre.rosters.importing import Decided, ReadFile, import_read
from centre.service import Centre, begin_new_generation
from centre.settings import Settings
from centre.stations.credentials import recognise
from centre.stations.signed import SignedRequest
from centre.store.tables import facts, plans
from tests.model.county.chance import CentreClock
from tests.model.county.gate import GATE, Killed

FILE = "centre.sqlite"
UNKNOWN = "unknown_person"
"""Why a mark of somebody whom no list knows waits."""
BRANCHES = ("第一支部", "第二支部")
SURNAMES = "陈王李刘单仇曾解翟覃区盖赵孙周吴"
GIVEN = "桂英 建国 秀兰 志强 明德 福生 长顺 金山 平 玉红 大勇".split()


@dataclass(frozen=True, slots=True)
class GraceRule:
    """How long after the start is in time, at a site (empty: in the county), from a date on."""

    site: str
    valid_from: str
    minutes: int
    counts_from: str


class CentreSide:
    """One centre and its copies. ``restored`` counts how often it was put back."""

    def __init__(self, home: Path, folder: Path, clock: CentreClock) -> None:
        self.home = home
        self.folder = folder
        self.clock = clock
        self.restored = 0
        self.copies: list[Path] = []
        self.plans: list[str] = []
        self.rosters: dict[str, list[RosterRow]] = {}
        self._lives = 0
        self._numbers = count()
        self.centre = self._open()

    def _open(self) -> Centre:
        return open_centre(Settings(self.home), now_ms=self.clock)

    # --- what stations ask ----------------------------------------------------------

    def serve(self, asked: SignedRequest) -> Reply:
        """Answer one request as the HTTP door would."""
        try:
            station = recognise(self.centre, asked)
            answered = exchange(self.centre, station, asked.body)
        except NotServed as refused:
            message = ErrorAnswer(int(refused.number), refused.detail, refused.retry_after_s)
            return Reply(refused.status, {}, pack(message))
        return Reply(200, {SIGNATURE_HEADER: to_header(answered.signature)}, answered.body)

    def interpret(self) -> None:
        """Read what came in."""
        interpret_waiting(self.centre)

    # --- what happens to it ------------------------------------------------------------

    def dying_at(self, passes: int, *, after: bool) -> None:
        """Arm the gate: the centre's process ends after so many statements."""
        corpse = self._next_home()

        def die() -> None:
            self._copy_to(corpse)
            GATE.bury(self.home)
            raise Killed

        GATE.arm(self.home, passes, die, after=after)

    def survive(self, work: Callable[[], object]) -> bool:
        """Do something that may be cut by a crash; whether it came to its end."""
        try:
            work()
        except Killed:
            self._rise()
            return False
        GATE.disarm()
        return True

    def _rise(self) -> None:
        """Start anew from the files as the crash left them."""
        old = self.home
        self.centre.close()
        GATE.clear(old)
        GATE.disarm()
        self.home = self.folder / f"centre-{self._lives}"
        shutil.rmtree(old)
        self.centre = self._open()

    def keep_copy(self) -> None:
        """Somebody copies the database while it runs."""
        copy = self.folder / f"centre-copy-{self._lives}-{next(self._numbers)}"
        copy.mkdir()
        for path in self.home.glob(f"{FILE}*"):
            if not path.name.endswith("-shm"):
                shutil.copyfile(path, copy / path.name)
        self.copies.append(copy)
        if len(self.copies) > 3:
            shutil.rmtree(self.copies.pop(0))

    def put_back(self, copy: Path, *, tell: bool) -> None:
        """The database is an older one again; ``tell`` whether somebody says so."""
        self.centre.close()
        GATE.clear(self.home)
        for path in self.home.glob(f"{FILE}*"):
            path.unlink()
        for path in copy.iterdir():
            shutil.copyfile(path, self.home / path.name)
        self.restored += 1
        self.centre = self._open()
        if tell:
            begin_new_generation(self.centre)

    def _next_home(self) -> Path:
        self._lives += 1
        return self.folder / f"centre-{self._lives}"

    def _copy_to(self, target: Path) -> None:
        shutil.copytree(self.home, target, ignore=shutil.ignore_patterns("*-shm"))

    # --- what people do there -------------------------------------------------------------

    def learn(self, sites: Sequence[str]) -> None:
        """Read up what was imported and planned before this was opened."""
        names = {row[0]: row[1] for row in self.rows("SELECT id, name FROM org_units")}
        for site in sites:
            query = (
                "SELECT name, member_no, unit, phone FROM people WHERE site = ? ORDER BY member_no"
            )
            self.rosters[site] = [
                replace(
                    _blank(number),
                    name=row[0],
                    member_no=row[1],
                    branch=names[row[2]],
                    phone=row[3],
                )
                for number, row in enumerate(self.rows(query, (site,)))
            ]
        self.plans = [row[0] for row in self.rows("SELECT id FROM plans ORDER BY id")]

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Rows of its store."""
        with self.centre.store.reading() as tx:
            return [tuple(row) for row in tx.exec_driver_sql(query, values)]

    def import_people(self, site: str, rows: list[RosterRow]) -> None:
        """Import a roster, as from a sheet that was read."""
        file = ReadFile("model.xlsx", ReadRoster(tuple(rows), ()))
        wish = Decided(leave_out=True)
        try:
            import_read(self.centre, site, file, wish, apply=True)
        except BadInput as asked:
            if asked.key != "roster.roster_many":
                raise
            many = asked.values["count"]
            assert isinstance(many, int)
            import_read(self.centre, site, file, replace(wish, confirm=many), apply=True)
        self.rosters[site] = rows

    def change_people(self, chance: random.Random, site: str) -> None:
        """Somebody is renamed, comes or goes."""
        rows = [replace(one, row=place) for place, one in enumerate(self.rosters[site], 2)]
        place = chance.randrange(len(rows))
        deed = chance.randrange(3)
        if deed == 0:
            rows.append(invented_row(chance, len(rows)))
        elif deed == 1 and len(rows) > 8:
            del rows[place]
        else:
            rows[place] = _renamed(rows[place], invented_row(chance, place).name)
        self.import_people(site, rows)

    def change_plans(self, chance: random.Random, site: str, day: str) -> None:
        """A session is planned or taken back."""
        if self.plans and chance.random() < 0.3:
            name = self.plans.pop(chance.randrange(len(self.plans)))
            if self._has_plan(name):
                withdraw_plan(self.centre, name)
            return
        start = f"{chance.randrange(18, 21)}:{(30 + len(self.plans)) % 60:02d}"
        wish = PlanWish(site, day, start, f"学习{len(self.plans)}")
        with suppress(BadInput):  # there is a session at that time already
            self.plans.append(plan_session(self.centre, wish).id)

    def change_rules(self, chance: random.Random, site: str, day: str) -> str:
        """Somebody sets or drops the rule for late and in time; what they did."""
        place = site if chance.random() < 0.5 else ""
        if chance.random() < 0.3:
            drop_policy(self.centre, day, site=place)
            return f"no rule from {day}"
        minutes, counts_from = chance.choice((0, 5, 30, 60)), chance.choice(list(StartRule))
        set_policy(self.centre, Policy(day, minutes, counts_from), site=place)
        return f"{minutes} minutes from {day}"

    def rules(self) -> list[GraceRule]:
        """The rules that are set."""
        listed = list_policies(self.centre)
        return [
            GraceRule(
                one.site,
                one.policy.valid_from,
                one.policy.grace_minutes,
                one.policy.counts_from.value,
            )
            for one in listed
        ]

    def say_who_it_is(self, chance: random.Random) -> str:
        """Somebody looks at one mark of an unknown person and says whose it is; what they said.

        Whoever has said so before may say it again, of somebody else.
        """
        known = {one.arrival: one.site for one in self._unknown()}
        query = "SELECT r.arrival, f.site FROM resolutions r JOIN facts f ON f.arrival = r.arrival"
        known |= {int(arrival): site for arrival, site in self.rows(query)}
        if not known:
            return "nobody is unknown"
        arrival = chance.choice(sorted(known))
        query = "SELECT id FROM people WHERE site = ? ORDER BY id"
        person = chance.choice(self.rows(query, (known[arrival],)))[0]
        resolve_person(self.centre, arrival, person, by="办公室", reason="看了签到表")
        return f"{arrival} is {person}"

    def unknown(self) -> int:
        """How many marks wait for somebody to say whose they are."""
        return len(self._unknown())

    def _unknown(self) -> list[Waiting]:
        return [one for one in waiting_facts(self.centre) if one.reason == UNKNOWN]

    def said(self) -> dict[str, str]:
        """Fact (hash, hex) → whom a person here said the unknown one of its mark to be."""
        query = (
            "SELECT f.hash, r.person FROM resolutions r JOIN facts f ON f.arrival = r.arrival "
            "ORDER BY r.at_ms"
        )
        return {bytes(row[0]).hex(): row[1] for row in self.rows(query)}

    def _has_plan(self, name: str) -> bool:
        with self.centre.store.reading() as tx:
            return tx.execute(select(plans.c.id).where(plans.c.id == name)).first() is not None

    # --- what it holds ---------------------------------------------------------------------

    def hashes(self) -> set[bytes]:
        """Every fact held, of whichever station."""
        with self.centre.store.reading() as tx:
            return {bytes(one) for one in tx.scalars(select(facts.c.hash))}

    def close(self) -> None:
        """Let it go."""
        self.centre.close()
        GATE.clear(self.home)


def invented_row(chance: random.Random, number: int) -> RosterRow:
    """One person of a sheet."""
    return replace(
        _blank(number),
        name=chance.choice(SURNAMES) + chance.choice(GIVEN),
        member_no=f"YJ{number:04d}{chance.randrange(10_000):04d}",
        branch=chance.choice(BRANCHES),
        phone=f"138{chance.randrange(10**8):08d}",
        standing=chance.choice(list(StandingKind)) if chance.random() < 0.1 else None,
    )


def _blank(number: int) -> RosterRow:
    return RosterRow(
        row=number + 2,
        name="",
        member_no="",
        branch="",
        group="",
        phone="",
        birth="",
        gender="",
        kind=PersonKind.MEMBER,
        card_no="",
        standing=None,
        active=True,
    )


def _renamed(row: RosterRow, name: str) -> RosterRow:
    return replace(row, name=name)
