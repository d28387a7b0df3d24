"""Turnout of a period: from the lists as they were frozen, in all or by a key."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from app.areas.turnout import seats
from app.domain.values import dataclass
from centre.ledgers.scope import LedgerScope, streamed

TURNOUT_KEYS = {
    "": "''",
    "site": "l.site",
    "session": "l.session",
    "kind": "l.kind",
    "month": "substr(l.day, 1, 7)",
    "branch": "l.unit",
    "class": "s.training_class",
    "campaign": "s.campaign",
}
"""By what it may be added up, and what that is in a row; lines without a key count in none."""
_THERE = seats.CAME | seats.PENDING
_LISTED = seats.EXPECTED | seats.LEFT_OUT | seats.VISITOR


@dataclass(frozen=True, slots=True)
class CountyTurnout:
    """What the sessions of a key come to; see ``app.areas.turnout.turnout.TurnoutSum``."""

    key: str
    sessions: int
    expected: int
    arrived: int
    on_leave: int
    absent: int
    left_out: int
    left_out_came: int
    visitors: int
    attendances: int
    people: int
    expected_people: int
    seen_people: int
    pending: int
    rate_percent: int | None
    participation_percent: int | None


def county_turnout(tx: Connection, scope: LedgerScope, by: str = "") -> Iterator[CountyTurnout]:
    """Turnout of a site, of one person, or of all, by a key of ``TURNOUT_KEYS``."""
    key = TURNOUT_KEYS[by]
    joins = ""
    if by in ("class", "campaign"):
        joins = "JOIN session_sums s ON s.site = l.site AND s.session = l.session"
    where = ["l.day BETWEEN :first AND :last"]
    where += ["l.site = :site"] if scope.site else []
    where += ["l.person = :person"] if scope.person else []
    group = f"{key}, " if by else ""

    def bits(bit: int) -> str:
        return f"SUM((l.seat & {bit}) / {bit})"

    def both(bit: int) -> str:
        told = bit | seats.CAME
        return f"SUM(CASE WHEN l.seat & {told} = {told} THEN 1 ELSE 0 END)"

    sql = f"""
WITH p AS (
  SELECT {key} AS k, l.person,
    {bits(seats.EXPECTED)} AS e, {both(seats.EXPECTED)} AS a,
    {bits(seats.ON_LEAVE)} AS g, {bits(seats.LEFT_OUT)} AS o, {both(seats.LEFT_OUT)} AS oc,
    {both(seats.VISITOR)} AS v,
    SUM(CASE WHEN l.seat & {_THERE} = {_THERE} AND l.seat & {_LISTED} > 0 THEN 1 ELSE 0 END) AS w
  FROM session_lines l {joins} WHERE {" AND ".join(where)} AND l.seat > 0
  GROUP BY {group}l.person
)
SELECT k, SUM(e) AS expected, SUM(a) AS arrived, SUM(g) AS on_leave, SUM(o) AS left_out,
  SUM(oc) AS left_out_came, SUM(v) AS visitors, SUM(w) AS pending,
  SUM(CASE WHEN a + oc + v > 0 THEN 1 ELSE 0 END) AS people,
  SUM(CASE WHEN e > 0 THEN 1 ELSE 0 END) AS expected_people,
  SUM(CASE WHEN a > 0 THEN 1 ELSE 0 END) AS seen_people
FROM p GROUP BY k ORDER BY k"""  # noqa: S608 - no part of it was typed in
    sessions = _sessions(tx, scope, key, joins, where)
    for row in streamed(tx, sql, scope.values):
        if by and not row.k:
            continue
        expected, arrived, on_leave = int(row.expected), int(row.arrived), int(row.on_leave)
        people, seen = int(row.expected_people), int(row.seen_people)
        yield CountyTurnout(
            key=row.k,
            sessions=sessions.get(row.k, 0),
            expected=expected,
            arrived=arrived,
            on_leave=on_leave,
            absent=expected - arrived - on_leave,
            left_out=int(row.left_out),
            left_out_came=int(row.left_out_came),
            visitors=int(row.visitors),
            attendances=arrived + int(row.left_out_came) + int(row.visitors),
            people=int(row.people),
            expected_people=people,
            seen_people=seen,
            pending=int(row.pending),
            rate_percent=arrived * 100 // expected if expected else None,
            participation_percent=seen * 100 // people if people else None,
        )


def _sessions(
    tx: Connection, scope: LedgerScope, key: str, joins: str, where: list[str]
) -> dict[str, int]:
    """How many sessions of a key count at least one line."""
    sql = f"""
SELECT k, COUNT(*) AS n FROM (
  SELECT {key} AS k, l.site, l.session FROM session_lines l {joins}
  WHERE {" AND ".join(where)} AND l.seat > 0
  GROUP BY {key if key != "''" else "l.site"}, l.site, l.session
) AS t GROUP BY k"""  # noqa: S608 - no part of it was typed in
    return {row.k: int(row.n) for row in streamed(tx, sql, scope.values)}
