"""Everybody's learning hours of a year: sums in SQL for whom nothing can overlap, the rule itself
(``app.areas.hours.hours``) for all others: who had two sessions on a day, or one of several days
beside another, or one over the turn of the year, or of a kind with a yearly cap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from app.areas.hours.hours import HoursAccount, hours_of
from app.areas.hours.rule_set import Rounding, RuleSet, rule_of
from app.domain.time import LOCAL, wall_ms_of
from app.domain.values import dataclass
from centre.ledgers.scope import (
    LedgerScope,
    lines_of_people,
    rule_sets,
    streamed,
    with_posts,
)

_DAY_MS = 86_400_000
_LOCAL_MS = 8 * 3_600_000
_AT_ONCE = 500
"""People whose lines are read at once."""


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
    """The hours of all active people of the roster of a site, of one of them, or of all."""
    rules = rule_sets(tx)
    posts = with_posts(tx)
    own = sorted({one.site for one in rules if one.site})
    special = [site for site in own if rule_of(rules, year, site) != rule_of(rules, year)]
    for site in ("", *special):
        if scope.site and site and site != scope.site:
            continue
        yield from _by_rule(tx, scope, year, rule_of(rules, year, site), site, special, posts)


def account_of(tx: Connection, person: str, home: str, year: int) -> HoursAccount:
    """One person's account with the sessions behind each figure."""
    rules = rule_sets(tx)
    posts = with_posts(tx).get(person, ())
    lines = next((own for _, own in lines_of_people(tx, [person])), ())
    return hours_of(person, lines, (), rules, year, posts=posts, site=home)


def _by_rule(  # noqa: PLR0913 - whose hours, by which rule
    tx: Connection,
    scope: LedgerScope,
    year: int,
    rule: RuleSet,
    site: str,
    special: list[str],
    posts: dict[str, tuple[str, ...]],
) -> Iterator[PersonHours]:
    sql, values = _statement(scope, year, rule, site, special)
    rows = streamed(tx, sql, values)
    while some := list(islice(rows, _AT_ONCE)):
        hard = [row.id for row in some if row.hard]
        lines = dict(lines_of_people(tx, hard))
        for row in some:
            target = rule.target(posts.get(row.id, ()))
            if not row.hard:
                yield _told(row, target)
                continue
            account = hours_of(row.id, lines.get(row.id, ()), (), (rule,), year, site=rule.site)
            yield _told_account(row, target, account)


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
    scope: LedgerScope, year: int, rule: RuleSet, site: str, special: list[str]
) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {
        **scope.values,
        "from_ms": wall_ms_of(datetime(year, 1, 1, tzinfo=LOCAL)),
        "to_ms": wall_ms_of(datetime(year + 1, 1, 1, tzinfo=LOCAL)),
        "cap_day": rule.cap_day or 1 << 60,
        "home": site,
    }
    credit = _credit(rule, values)
    capped = [f":capped{place}" for place, one in enumerate(rule.rates) if one.cap_year]
    values |= {f"capped{n}": one.kind for n, one in enumerate(rule.rates) if one.cap_year}
    is_capped = f"l.kind IN ({', '.join(capped)})" if capped else "1 = 0"
    values |= {f"special{place}": one for place, one in enumerate(special)}
    others = ", ".join(f":special{place}" for place in range(len(special)))
    home = "p.site = :home" if site else f"p.site NOT IN ({others})" if special else "1 = 1"
    where = f"p.active AND {scope.of_people('p')} AND {home}"
    first, last = (f"(({at} + {_LOCAL_MS}) / {_DAY_MS})" for at in ("l.from_ms", "(l.to_ms - 1)"))
    is_long = f"(l.to_ms > l.from_ms AND {first} <> {last})"
    sql = f"""
WITH own AS (
  SELECT p.id, p.site FROM people p WHERE {where}
), l AS (
  SELECT l.person, {credit} AS credit,
    CASE WHEN {is_long} THEN -l.from_ms ELSE {first} END AS day,
    CASE WHEN l.approval = 'pending' THEN 1 ELSE 0 END AS waits,
    CASE WHEN l.site = own.site THEN 0 ELSE 1 END AS away,
    CASE WHEN {is_capped} OR {is_long} AND (l.from_ms < :from_ms OR l.to_ms > :to_ms OR EXISTS (
        SELECT 1 FROM session_lines o WHERE o.person = l.person AND o.came = 1
          AND o.session <> l.session AND o.from_ms < l.to_ms AND o.to_ms > l.from_ms))
      THEN 1 ELSE 0 END AS hard
  FROM session_lines l JOIN own ON own.id = l.person
  WHERE l.came = 1 AND l.to_ms >= :from_ms AND l.from_ms < :to_ms
), d AS (
  SELECT person, day, SUM(credit) AS credit, COUNT(*) AS sessions,
    MAX(CASE WHEN credit > :cap_day AND day > 0 THEN 1 ELSE hard END) AS hard,
    SUM(waits * credit) AS pending, SUM(away * credit) AS elsewhere
  FROM l GROUP BY person, day
), s AS (
  SELECT person, SUM(credit) AS minutes, SUM(pending) AS pending, SUM(elsewhere) AS elsewhere,
    SUM(sessions) AS sessions, MAX(CASE WHEN sessions > 1 THEN 1 ELSE hard END) AS hard
  FROM d GROUP BY person
)
SELECT p.id, p.name, p.site, COALESCE(s.minutes, 0) AS minutes, COALESCE(s.pending, 0) AS pending,
  COALESCE(s.elsewhere, 0) AS elsewhere, COALESCE(s.sessions, 0) AS sessions,
  COALESCE(s.hard, 0) AS hard
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
