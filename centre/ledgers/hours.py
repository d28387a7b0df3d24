"""Everybody's learning hours of a year: sums in SQL for whom nothing can overlap, the rule itself
(``app.areas.hours.hours``) for all others: who had two sessions on a day, or one of several days
beside another, or one over the turn of the year, or of a kind with a yearly cap, or several ids.

Two lines can lie on one day only where their site held two sessions that day, or where somebody
was away from home, or where one lasts several days: only these people's days are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, select

from app.areas.hours.hours import HoursAccount, hours_of
from app.areas.hours.rule_set import Rounding, RuleSet, rule_of
from app.domain.time import LOCAL, wall_ms_of
from app.domain.values import dataclass
from centre.interpretation.aliases import OnePerson, one_people
from centre.ledgers.scope import (
    LedgerScope,
    lines_of_people,
    lines_of_person,
    rule_sets,
    streamed,
    with_posts,
)
from centre.store.prepared import Prepared
from centre.store.projection_tables import session_lines

_DAY_MS = 86_400_000
_LOCAL_MS = 8 * 3_600_000
_AT_ONCE = 500
"""People whose lines are read at once."""
_own = session_lines.c
_SPANS = Prepared(
    select(_own.person, _own.from_ms, _own.to_ms)
    .where(
        _own.person.in_(bindparam("people", expanding=True)),
        _own.came == 1,
        _own.to_ms >= bindparam("first_ms"),
        _own.from_ms < bindparam("last_ms"),
    )
    .order_by(_own.person, _own.from_ms, _own.to_ms),
    lists=("people",),
)
_NO_CAP = 1 << 30
"""More minutes than anybody has."""
_EASY, _LOOK, _HARD = 0, 1, 2
"""Of a row: its sums hold; its days are to be looked at; it is counted by the rule."""


@dataclass(frozen=True, slots=True)
class PersonHours:
    """What somebody's year comes to, in minutes."""

    person: str
    name: str
    site: str
    target: int
    minutes: int
    pending: int
    elsewhere: int
    missing: int
    sessions: int
    """How many sessions stand behind it."""


def county_hours(tx: Connection, scope: LedgerScope, year: int) -> Iterator[PersonHours]:
    """The hours of all active people of the roster of a site, of one of them, or of all.

    Whoever has several ids has everything under each of them at each home, as their stations say;
    in the county's list they stand once.
    """
    rules = rule_sets(tx)
    posts = with_posts(tx)
    joined = one_people(tx)
    own = sorted({one.site for one in rules if one.site})
    special = [site for site in own if rule_of(rules, year, site) != rule_of(rules, year)]
    for site in ("", *special):
        if scope.site and site and site != scope.site:
            continue
        rule = rule_of(rules, year, site)
        yield from _by_rule(tx, scope, year, rule, _Whose(site, special, posts, joined))


def account_of(tx: Connection, person: str, home: str, year: int) -> HoursAccount:
    """One person's account with the sessions behind each figure."""
    rules = rule_sets(tx)
    posts = with_posts(tx).get(person, ())
    return hours_of(person, lines_of_person(tx, person), (), rules, year, posts=posts, site=home)


@dataclass(frozen=True, slots=True)
class _Whose:
    """The people a rule holds for: of one site, or of all without those that have their own."""

    site: str
    special: list[str]
    posts: Mapping[str, tuple[str, ...]]
    joined: Mapping[str, OnePerson]

    def ids(self, person: str) -> frozenset[str]:
        """All ids of a person."""
        told = self.joined.get(person)
        return frozenset((person,)) if told is None else told.ids


def _by_rule(
    tx: Connection, scope: LedgerScope, year: int, rule: RuleSet, whose: _Whose
) -> Iterator[PersonHours]:
    sql, values = _statement(scope, year, rule, whose)
    rows = streamed(tx, sql, values)
    is_whole = not (scope.site or scope.person)
    while some := list(islice(rows, _AT_ONCE)):
        shared = _with_shared_days(tx, [row.id for row in some if row.hard == _LOOK], values)
        hard = {row.id for row in some if row.hard == _HARD or row.id in shared}
        hard |= {row.id for row in some if row.id in whose.joined}
        ids = sorted({other for one in hard for other in whose.ids(one)})
        lines = dict(lines_of_people(tx, ids))
        for row in some:
            if is_whole and row.id in whose.joined and whose.joined[row.id].counted != row.id:
                continue
            target = rule.target(whose.posts.get(row.id, ()))
            if row.id not in hard:
                yield _told(row, target)
                continue
            own = [
                replace(line, person=row.id)
                for one in sorted(whose.ids(row.id))
                for line in lines.get(one, ())
            ]
            account = hours_of(row.id, own, (), (rule,), year, site=rule.site)
            yield _told_account(row, target, account)


def _with_shared_days(tx: Connection, named: list[str], values: Mapping[str, object]) -> set[str]:
    """Who of these took part in two sessions that have a day in common."""
    found = set()
    before, last = "", 0
    span = {"first_ms": values["from_ms"], "last_ms": values["to_ms"]}
    for row in _SPANS.all(tx, {"people": named, **span}) if named else ():
        first = (row.from_ms + _LOCAL_MS) // _DAY_MS
        if row.person != before:
            before, last = row.person, -1
        if first <= last:
            found.add(row.person)
        last = max(last, (max(row.to_ms - 1, row.from_ms) + _LOCAL_MS) // _DAY_MS)
    return found


def _told(row: Any, target: int) -> PersonHours:
    minutes = int(row.minutes)
    return PersonHours(
        person=row.id,
        name=row.name,
        site=row.site,
        target=target,
        minutes=minutes,
        pending=int(row.pending),
        elsewhere=int(row.elsewhere),
        missing=max(target - minutes, 0),
        sessions=int(row.sessions),
    )


def _told_account(row: Any, target: int, account: HoursAccount) -> PersonHours:
    return PersonHours(
        person=row.id,
        name=row.name,
        site=row.site,
        target=target,
        minutes=account.minutes,
        pending=account.pending,
        elsewhere=sum(one.counted for one in account.sessions if one.site != row.site),
        missing=max(target - account.minutes, 0),
        sessions=sum(1 for one in account.sessions if one.counted),
    )


def _statement(
    scope: LedgerScope, year: int, rule: RuleSet, whose: _Whose
) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {
        **scope.values,
        "from_ms": wall_ms_of(datetime(year, 1, 1, tzinfo=LOCAL)),
        "to_ms": wall_ms_of(datetime(year + 1, 1, 1, tzinfo=LOCAL)),
        "cap_day": min(rule.cap_day or _NO_CAP, _NO_CAP),
        "home": whose.site,
    }
    credit = _credit(rule, values)
    capped = [f":capped{place}" for place, one in enumerate(rule.rates) if one.cap_year]
    values |= {f"capped{n}": one.kind for n, one in enumerate(rule.rates) if one.cap_year}
    is_capped = f"l.kind IN ({', '.join(capped)})" if capped else "1 = 0"
    values |= {f"special{place}": one for place, one in enumerate(whose.special)}
    others = ", ".join(f":special{place}" for place in range(len(whose.special)))
    home = "1 = 1"
    if whose.site:
        home = "p.site = :home"
    elif whose.special:
        home = f"p.site NOT IN ({others})"
    where = f"p.active AND {scope.of_people('p')} AND {home}"
    first, last = (f"(({at} + {_LOCAL_MS}) / {_DAY_MS})" for at in ("l.from_ms", "(l.to_ms - 1)"))
    is_long = f"(l.to_ms > l.from_ms AND {first} <> {last})"
    is_over = "(l.from_ms < :from_ms OR l.to_ms > :to_ms)"
    sql = f"""
WITH own AS (
  SELECT p.id, p.site FROM people p WHERE {where}
), full_days AS (
  SELECT site, day FROM session_sums WHERE step = 'closed' GROUP BY site, day HAVING COUNT(*) > 1
), l AS (
  SELECT l.person, CAST({credit} AS INTEGER) AS credit,
    CASE WHEN l.approval = 'pending' THEN 1 ELSE 0 END AS waits,
    CASE WHEN l.site = own.site THEN 0 ELSE 1 END AS away,
    CASE WHEN full_days.day IS NULL THEN 0 ELSE 1 END AS beside,
    CASE WHEN {is_long} THEN 1 ELSE 0 END AS long,
    CASE WHEN {is_capped} OR {is_long} AND {is_over} THEN 1 ELSE 0 END AS hard
  FROM session_lines l JOIN own ON own.id = l.person
    LEFT JOIN full_days ON full_days.site = l.site AND full_days.day = l.day
  WHERE l.came = 1 AND l.to_ms >= :from_ms AND l.from_ms < :to_ms
), s AS (
  SELECT person, SUM(credit) AS minutes, SUM(waits * credit) AS pending,
    SUM(away * credit) AS elsewhere, COUNT(*) AS sessions, MAX(hard) AS hard,
    MAX(CASE WHEN long = 0 THEN credit ELSE 0 END) AS most, SUM(beside) AS beside,
    SUM(away) + SUM(long) AS roving
  FROM l GROUP BY person
)
SELECT p.id, p.name, p.site, COALESCE(s.minutes, 0) AS minutes, COALESCE(s.pending, 0) AS pending,
  COALESCE(s.elsewhere, 0) AS elsewhere, COALESCE(s.sessions, 0) AS sessions,
  CASE WHEN s.hard = 1 OR s.most > :cap_day THEN {_HARD}
    WHEN s.sessions > 1 AND (s.beside > 1 OR s.roving > 0) THEN {_LOOK} ELSE {_EASY} END AS hard
FROM people p LEFT JOIN s ON s.person = p.id
WHERE {where}
ORDER BY p.site, p.name, p.id"""  # noqa: S608 - no part of it was typed in
    return sql, values


def _credit(rule: RuleSet, values: dict[str, object]) -> str:
    """``RuleSet.credit`` as SQL: whole numbers, divided as whole numbers."""
    add = {Rounding.NEAREST: rule.round_to // 2, Rounding.UP: rule.round_to - 1}
    up = add.get(rule.rounding, 0)

    def worth(percent: int, cap: int) -> str:
        told = f"(l.minutes * {percent} / 100 + {up}) / {rule.round_to} * {rule.round_to}"
        return f"(CASE WHEN {told} > {cap} THEN {cap} ELSE {told} END)" if cap else f"({told})"

    plain = worth(100, rule.cap_session)
    if not rule.rates:
        return plain
    for place, one in enumerate(rule.rates):
        values[f"kind{place}"] = one.kind
    cases = " ".join(
        f"WHEN :kind{place} THEN {worth(one.percent, one.cap_session)}"
        for place, one in enumerate(rule.rates)
    )
    return f"(CASE l.kind {cases} ELSE {plain} END)"
