"""Applying pages of the centre's feeds: each page with its cursor in one transaction.

Kinds not known here are kept for a later version of the program, which reads them when it
starts, and a row that can't be read is put aside; neither stops the rest. Every row held enters its scope's sum by a mark;
when the centre's sum is another one, the scope, and only that one, is fetched anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec import Struct
from sqlalchemy import Connection, Table, bindparam, delete, insert, select, union

from app.areas.catalogue.kinds import CATALOGUE_KINDS
from app.areas.people.person import Person
from app.areas.people.record import PROPOSALS_TABLE
from app.domain.errors import BadInput
from app.store.feed_values import READERS, SHOWN, listed_values
from app.store.own_people import drop_centre_row, put_centre_row, show_person
from app.store.prepared import Prepared
from app.store.projected_tables import marks, session_people, table_of
from app.store.tables import (
    catalogue,
    courses,
    feed_cursors,
    feed_marks,
    kept_rows,
    memberships,
    org_units,
    overlaid_people,
    people,
    plans,
    policies,
    resolutions,
    sites,
)
from app.wire.codec import read_row, write_row
from app.wire.messages import ERASURE, POLICY, RESOLUTION, FeedPage, FeedRow, Held
from app.wire.sums import ZERO, add_hashes, row_mark, take_hashes

_OF_A_SITE, _OF_A_TOWNSHIP = "site:", "township:"
_TABLES: dict[str, Table] = {
    "site": sites,
    "org_unit": org_units,
    "person": people,
    "plan": plans,
    "course": courses,
    POLICY: policies,
    RESOLUTION: resolutions,
}
_proposals = table_of(PROPOSALS_TABLE)
_CATALOGUE = Prepared.putting(catalogue, catalogue.c.keys())
_DROP_LISTED = Prepared(
    delete(catalogue).where(
        catalogue.c.kind == bindparam("kind"),
        catalogue.c.id == bindparam("key"),
        catalogue.c.scope == bindparam("scope"),
    )
)
_KNOWN = frozenset(_TABLES) | CATALOGUE_KINDS
_PUT = {kind: Prepared.putting(table, table.c.keys()) for kind, table in _TABLES.items()}
_DROP = {
    kind: Prepared(delete(table).where(table.c.id == bindparam("key")))
    for kind, table in _TABLES.items()
}
_KEEP = Prepared.putting(kept_rows, kept_rows.c.keys())
_DROP_KEPT = Prepared(
    delete(kept_rows).where(
        kept_rows.c.scope == bindparam("scope"),
        kept_rows.c.kind == bindparam("kind"),
        kept_rows.c.key == bindparam("key"),
    )
)
_CURSORS = Prepared(select(feed_cursors))
_MOVE_CURSOR = Prepared.putting(feed_cursors, feed_cursors.c.keys())
_CURSOR = Prepared(select(feed_cursors).where(feed_cursors.c.scope == bindparam("scope")))
_MARK_PLACE = (
    feed_marks.c.scope == bindparam("scope"),
    feed_marks.c.kind == bindparam("kind"),
    feed_marks.c.key == bindparam("key"),
)
_MARK = Prepared(select(feed_marks.c.mark).where(*_MARK_PLACE))
_DROP_MARK = Prepared(delete(feed_marks).where(*_MARK_PLACE))
_PUT_MARK = Prepared.putting(feed_marks, feed_marks.c.keys())
_PROPOSED = Prepared(
    select(_proposals.c.person).where(_proposals.c.hash == bindparam("hash")).distinct()
)


def read_cursors(conn: Connection, scopes: tuple[str, ...]) -> dict[str, int]:
    """The last revision held of each scope, 0 for none."""
    held = {row.scope: row.rev for row in _CURSORS.all(conn, {})}
    return {scope: held.get(scope, 0) for scope in scopes}


class Applied(Struct, frozen=True):
    """What became of a page: kinds of rows put aside, and people the centre wants forgotten.

    ``skipped``: it does not follow what is held here, and nothing was changed. ``wrong``: the
    centre's sum of the scope is another one; the scope will be fetched anew.
    """

    aside: tuple[str, ...] = ()
    erasures: tuple[str, ...] = ()
    skipped: bool = False
    wrong: bool = False


def apply_page(conn: Connection, page: FeedPage, granted: Sequence[str] = ()) -> Applied:
    """Apply one page and move its cursor, in the caller's transaction; see ``Store.apply_page``."""
    if granted and page.scope not in granted:
        _let_go(conn, [page.scope])
        return Applied()
    applied = _apply_page(conn, page)
    is_whole = not page.more and not applied.wrong
    if is_whole and page.scope in granted and page.scope.startswith(_OF_A_SITE):
        held = _sites_held(conn)
        if page.scope in held:
            _let_go(conn, [one for one in held if one not in granted])
    return applied


def _apply_page(conn: Connection, page: FeedPage) -> Applied:
    """Apply one page by itself.

    A page that was carried late or twice brings only what is new in it. Where nothing is held
    yet, rows that may lie about from before are forgotten first.
    """
    cursor = read_cursors(conn, (page.scope,))[page.scope]
    if not page.reset and page.from_rev < cursor == page.to_rev and page.held is not None:
        return _prove(conn, page)
    if not page.reset and (page.from_rev > cursor or (page.to_rev <= cursor and page.rows)):
        return Applied(skipped=True)
    if page.reset or cursor == 0:
        _forget_scope(conn, page.scope)
        cursor = 0
    sums = _Sums.of(conn, page.scope)
    aside: list[str] = []
    erasures: list[str] = []
    for row in page.rows:
        if row.rev <= cursor and not page.reset:
            continue
        sums.take(conn, page.scope, row)
        if row.kind == ERASURE and row.body is not None:
            erasures.append(row.key)
        elif not _apply_row(conn, page.scope, row):
            aside.append(row.kind)
            _keep_row(conn, page.scope, row)
    wrong = page.held is not None and not page.more and page.held != Held(sums.rows, sums.sum)
    rev = 0 if wrong else page.to_rev
    _MOVE_CURSOR.run(
        conn, {"scope": page.scope, "rev": rev, "rows": sums.rows, "row_sum": sums.sum}
    )
    return Applied(tuple(aside), tuple(erasures), wrong=wrong)


def _prove(conn: Connection, page: FeedPage) -> Applied:
    """Hold what is here against the sum of a page that ends just there, and apply nothing."""
    sums = _Sums.of(conn, page.scope)
    if page.more or page.held == Held(sums.rows, sums.sum):
        return Applied(skipped=True)
    _MOVE_CURSOR.run(conn, {"scope": page.scope, "rev": 0, "rows": sums.rows, "row_sum": sums.sum})
    return Applied(wrong=True)


@dataclass(slots=True)
class _Sums:
    """How many rows of a scope are held, and the sum of their marks, while a page is applied."""

    rows: int
    sum: bytes

    @classmethod
    def of(cls, conn: Connection, scope: str) -> _Sums:
        row = _CURSOR.one(conn, {"scope": scope})
        return cls(0, ZERO) if row is None else cls(row.rows, bytes(row.row_sum))

    def take(self, conn: Connection, scope: str, row: FeedRow) -> None:
        """Let a row's mark take the place of the one it had."""
        place = {"scope": scope, "kind": row.kind, "key": row.key}
        old = _MARK.one(conn, place)
        if old is not None:
            self.rows -= 1
            self.sum = take_hashes(self.sum, (bytes(old.mark),))
        if row.body is None:
            if old is not None:
                _DROP_MARK.run(conn, place)
            return
        mark = row_mark(scope, row.kind, row.key, row.rev, row.body)
        _PUT_MARK.run(conn, place | {"mark": mark})
        self.rows += 1
        self.sum = add_hashes(self.sum, (mark,))


def _apply_row(conn: Connection, scope: str, row: FeedRow) -> bool:
    if row.kind in CATALOGUE_KINDS:
        return _apply_listed(conn, scope, row)
    if row.kind not in _TABLES:
        return False
    if row.kind == "person":
        return _apply_person(conn, scope, row)
    if row.body is None:
        _DROP[row.kind].run(conn, {"key": row.key})
        return True
    try:
        values = READERS[row.kind](conn, row.body)
    except BadInput:
        return False
    _PUT[row.kind].run(conn, values | {"id": row.key, "scope": scope, "rev": row.rev})
    return True


def _apply_person(conn: Connection, scope: str, row: FeedRow) -> bool:
    if row.body is None:
        drop_centre_row(conn, row.key)
        return True
    try:
        put_centre_row(conn, row.key, scope, row.rev, row.body)
    except BadInput:
        return False
    return True


def _apply_listed(conn: Connection, scope: str, row: FeedRow) -> bool:
    """Put a row of the catalogue; its value may be any kind's, so it is only read to be checked."""
    place = {"kind": row.kind, "scope": scope}
    if row.body is None:
        _DROP_LISTED.run(conn, place | {"key": row.key})
    else:
        try:
            values = listed_values(row.kind, row.body)
        except BadInput:
            return False
        told = {"id": row.key, "rev": row.rev, "body": row.body}
        _CATALOGUE.run(conn, place | told | values)
    if row.kind in _ABOUT_PROPOSALS:
        _show_answered(conn, row)
    return True


_ABOUT_PROPOSALS = ("proposal_answer", "person_alias")


def _show_answered(conn: Connection, row: FeedRow) -> None:
    """Show those whom an answer is about as they are by it."""
    if row.kind == "person_alias":
        show_person(conn, row.key)
        return
    for said in _PROPOSED.all(conn, {"hash": row.key}):
        show_person(conn, said.person)


def _keep_row(conn: Connection, scope: str, row: FeedRow) -> None:
    _KEEP.run(
        conn,
        {"scope": scope, "kind": row.kind, "key": row.key, "rev": row.rev, "body": row.body},
    )


def has_kept(conn: Connection) -> bool:
    """Whether rows were kept of kinds that this version of the program knows."""
    known = select(kept_rows.c.key).where(kept_rows.c.kind.in_(_KNOWN)).limit(1)
    return conn.execute(known).first() is not None


def apply_kept(conn: Connection) -> int:
    """Apply rows that an older program kept and this one can read; how many those were.

    The mark of a row is the newest that came: what was replaced or taken back since is dropped.
    """
    done = 0
    query = select(kept_rows).where(kept_rows.c.kind.in_(_KNOWN)).order_by(kept_rows.c.rev)
    for kept in conn.execute(query).all():
        place = {"scope": kept.scope, "kind": kept.kind, "key": kept.key}
        row = FeedRow(kept.kind, kept.key, kept.rev, kept.body)
        newest = _MARK.one(conn, place)
        if row.body is None or newest is None or bytes(newest.mark) != _mark_of(kept.scope, row):
            _DROP_KEPT.run(conn, place)
        elif _apply_row(conn, kept.scope, row):
            _DROP_KEPT.run(conn, place)
            done += 1
    return done


def _mark_of(scope: str, row: FeedRow) -> bytes:
    return row_mark(scope, row.kind, row.key, row.rev, bytes(row.body or b""))


def check_rows(conn: Connection) -> None:
    """Hold what the feeds brought against the bodies it came in and their marks.

    Raises:
        ValueError: a row is not what was applied.
    """
    for table in (sites, org_units, memberships, resolutions, kept_rows):
        conn.execute(select(table)).all()  # text that is none any more can't be read
    marks = {
        (row.scope, row.kind, row.key): bytes(row.mark) for row in conn.execute(select(feed_marks))
    }
    for kind, fields in SHOWN.items():
        for row in conn.execute(select(_TABLES[kind])):
            data = bytes(row.body)
            mark = row_mark(row.scope, kind, row.id, row.rev, data)
            if marks.get((row.scope, kind, row.id), mark) != mark:
                raise ValueError(f"a {kind} is not what was applied")
            said = READERS[kind](conn, data)
            if any(getattr(row, name) != said[name] for name in fields):
                raise ValueError(f"a {kind} is shown otherwise than it was applied")
    for row in conn.execute(select(catalogue)):
        place, data = (row.scope, row.kind, row.id), bytes(row.body)
        mark = row_mark(row.scope, row.kind, row.id, row.rev, data)
        if marks.get(place, mark) != mark:
            raise ValueError(f"a {row.kind} is not what was applied")
        said = listed_values(row.kind, data)
        if said != {"name": row.name, "about": row.about}:
            raise ValueError(f"a {row.kind} is shown otherwise than it was applied")


def _forget_scope(conn: Connection, scope: str) -> None:
    for table in (
        *_TABLES.values(),
        overlaid_people,
        catalogue,
        kept_rows,
        feed_marks,
        feed_cursors,
    ):
        conn.execute(delete(table).where(table.c.scope == scope))


def _sites_held(conn: Connection) -> list[str]:
    """The scopes of sites and townships of which something is held."""
    held = [str(row.scope) for row in _CURSORS.all(conn, {}) if row.rev]
    return [one for one in held if one.startswith((_OF_A_SITE, _OF_A_TOWNSHIP))]


def _let_go(conn: Connection, scopes: Sequence[str]) -> None:
    """Forget what came of scopes that are not this station's any more.

    Whoever stands in a past session stays known by name, and is in no list any more.
    """
    for scope in scopes:
        conn.exec_driver_sql("PRAGMA secure_delete = ON")
        its = people.c.scope == scope
        named = union(select(session_people.c.person), select(marks.c.person))
        kept = conn.execute(select(people).where(its, people.c.id.in_(named))).all()
        _forget_scope(conn, scope)
        for row in kept:
            person = replace(read_row(bytes(row.body), Person), active=False, units=())
            values = {"active": 0, "body": write_row(person)}
            conn.execute(insert(people).values(**row._asdict() | values))
