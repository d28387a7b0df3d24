"""A naive recount of every ledger from the bytes of the facts: plain loops, nothing of the program.

It reads JSON and counts. It knows the rules from their description alone (docs/ledgers.md): no
module of the program is imported here, so that a mistake there is not made here once more.
"""

from __future__ import annotations

import json
from collections import defaultdict
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


class SessionRecount:
    """All sessions of some facts: a line a person, and a line of the running book.

    ``people``: the roster as JSON, with the ``site`` of each; ``approvals``: state by what it is
    about; ``credits``: rows of what people of here attended elsewhere, as JSON;
    ``pairs``: ids that are one person.
    """

    def __init__(
        self,
        said: list[Said],
        people: list[dict[str, Any]],
        approvals: dict[str, str],
        credits: Iterable[dict[str, Any]] = (),  # noqa: A002 - the glossary's word
        pairs: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.people = {one["id"]: one for one in people}
        self.one: dict[str, tuple[str, ...]] = {}
        for pair in pairs:
            both = sorted({other for of in pair for other in self.one.get(of, (of,))})
            self.one.update((who, tuple(both)) for who in both)
        self.approvals = approvals
        self.lines: list[Line] = []
        self.books: list[Book] = []
        sessions: dict[tuple[str, str], list[Said]] = defaultdict(list)
        play_of: dict[str, str] = {}
        for one in said:
            if one.kind == "playback.started":
                play_of[one.body["play"]] = one.body["session"]
        for one in said:
            name = one.body.get("session") or play_of.get(one.body.get("play", ""))
            if name:
                sessions[one.site, name].append(one)
        for (site, name), facts in sessions.items():
            self._session(site, name, facts)
        self.own = len(self.lines)
        """So many lines are of here; those after them are told by others."""
        for row in credits:
            self.lines.append(_credit_line(row))

    # --- one session ---------------------------------------------------------------------

    def _session(self, site: str, name: str, facts: list[Said]) -> None:
        first: dict[str, Said] = {}
        for one in facts:
            if one.kind not in first:
                first[one.kind] = one
        if "session.closed" in first:
            self._closed(site, name, facts, first)
        elif "session.not_held" in first:
            gone = first["session.not_held"]
            reason = gone.body["reason"]
            faults = (reason,) if reason in ("power_cut", "equipment") else ()
            self.books.append(Book(name, site, "not_held", gone.wall_ms, 0, 0, faults, ()))

    def _closed(self, site: str, name: str, facts: list[Said], first: dict[str, Said]) -> None:
        prepared = first["session.prepared"].body if "session.prepared" in first else {}
        late, kind = first.get("session.entered_late"), prepared.get("kind", "")
        from_ms = first.get("session.opened", first["session.closed"]).wall_ms
        to_ms = first["session.closed"].wall_ms
        if late is not None:
            from_ms, to_ms = late.body["held_from_ms"], late.body["held_to_ms"]
        minutes = (to_ms - from_ms) // 60_000
        if kind in GIVEN_KINDS:
            given = 0
            for one in facts:
                given += one.body["minutes"] if one.kind == "lecture.given" else 0
            minutes = given or minutes
        marks = self._marks(site, facts)
        rows = self._people(facts, marks)
        parts = _parts(facts, rows, minutes)
        for who, (standpoint, left_out, status, mark) in rows.items():
            told, time, lessons = parts[who]
            about = name if late is not None else mark if status == "late_entry" else ""
            line = Line(
                person=who,
                session=name,
                site=site,
                plan=prepared.get("plan") or "",
                kind=kind,
                training_class=prepared.get("training_class", ""),
                campaign=prepared.get("campaign", ""),
                from_ms=from_ms,
                to_ms=to_ms,
                standpoint=standpoint,
                left_out=left_out,
                status=told,
                minutes=time,
                lessons=lessons,
                approval=self.approvals.get(about, "pending") if about else "",
            )
            self.lines.append(line)
        plays = [one for one in facts if one.kind == "playback.started"]
        ends = [one.body["outcome"] for one in facts if one.kind == "playback.ended"]
        faults = tuple("play_" + one for one in ends if one in ("broken", "interrupted"))
        hints = _hints(plays, marks, rows, from_ms, to_ms, is_late=late is not None)
        self.books.append(Book(name, site, "closed", from_ms, minutes, len(plays), faults, hints))

    def _marks(self, site: str, facts: list[Said]) -> dict[str, Said]:
        """Who holds which mark."""
        listed = set()
        for one in facts:
            if one.kind == "session.opened":
                listed |= {*one.body["expected"], *(who for who, _ in one.body["left_out"])}
            if one.kind == "visitor.admitted":
                listed.add(one.body["person"])
        voided = {one.body["target"] for one in facts if one.kind == "attendance.voided"}
        holding: dict[str, Said] = {}
        for one in facts:
            if one.kind != "attendance.marked" or one.hash in voided:
                continue
            who = one.body["person"]
            at_home = who in self.people and self.people[who]["site"] == site
            if who not in listed and not at_home:
                continue
            held = holding.get(who)
            if held is None or held.body["status"] not in CAME:
                holding[who] = one
        return holding

    def _people(
        self, facts: list[Said], marks: dict[str, Said]
    ) -> dict[str, tuple[str, str, str, str]]:
        """Person → standpoint, why left out, status, hash of the mark."""
        rows: dict[str, tuple[str, str, str, str]] = {}
        opened = next((one for one in facts if one.kind == "session.opened"), None)
        if opened is not None:
            for who in opened.body["expected"]:
                rows[who] = ("expected", "", "absent", "")
            for who, why in opened.body["left_out"]:
                if who not in rows:
                    rows[who] = ("left_out", why, "", "")
        for who, mark in marks.items():
            standpoint, why, _, _ = rows.get(who, ("visitor", "", "", ""))
            rows[who] = (standpoint, why, mark.body["status"], mark.hash)
        return rows


def _parts(
    facts: list[Said], rows: dict[str, tuple[str, str, str, str]], minutes: int
) -> dict[str, tuple[str, int, int]]:
    """Person → status, minutes and lessons, with those who were visited, visited or taught."""
    visited: dict[str, int] = {}
    helped: dict[str, int] = defaultdict(int)
    taught: dict[str, int] = defaultdict(int)
    for one in facts:
        if one.kind == "visit.made":
            visited[one.body["person"]] = one.body["minutes"]
            if one.body.get("by") not in (None, one.body["person"]):
                helped[one.body["by"]] += one.body["minutes"]
        if one.kind == "lecture.given" and one.body.get("person"):
            taught[one.body["person"]] += 1
    for who in (*taught, *visited, *helped):
        rows.setdefault(who, ("", "", "", ""))
    found = {}
    for who, (standpoint, _, status, _) in rows.items():
        told, time = status, minutes if status in CAME else 0
        if who in helped:
            told, time = "present", helped[who] + visited.get(who, 0)
        elif who in visited:
            told, time = "visited", visited[who]
        elif not standpoint:
            told, time = "present", minutes
        found[who] = (status if status in CAME else told, time, taught.get(who, 0))
    return found


def _credit_line(row: dict[str, Any]) -> Line:
    return Line(
        person=row["person"],
        session=row["session"],
        site=row.get("site", ""),
        plan=row.get("plan", ""),
        kind=row["kind"],
        training_class="",
        campaign="",
        from_ms=row.get("from_ms", 0),
        to_ms=row.get("to_ms", 0),
        standpoint="visitor",
        left_out="",
        status=row["status"],
        minutes=row["minutes"],
        lessons=0,
        approval=row.get("approval", ""),
    )


def _hints(  # noqa: PLR0913 - all that hints follow from
    plays: list[Said],
    marks: dict[str, Said],
    rows: dict[str, tuple[str, str, str, str]],
    from_ms: int,
    to_ms: int,
    *,
    is_late: bool,
) -> tuple[str, ...]:
    came = [who for who, row in rows.items() if row[2] in CAME]
    at_pc = [marks[who].wall_ms for who in came if rows[who][2] != "late_entry"]
    found = []
    if plays and not came:
        found.append("nobody_signed_in")
    at_end = [at for at in at_pc if to_ms - 600_000 <= at <= to_ms]
    is_long = to_ms - from_ms >= 45 * 60_000
    if not is_late and is_long and len(at_pc) >= 5 and len(at_end) * 100 >= len(at_pc) * 80:
        found.append("signed_in_at_end")
    for one in plays:
        hour = datetime.fromtimestamp(one.wall_ms / 1000, UTC).astimezone(CHINA).hour
        if hour < 5:
            found.append("played_at_night")
            break
    return tuple(found)
