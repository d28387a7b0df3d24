"""The catalogue's rows as they stand here: the feed rows stations read, and what stays at home."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.domain.written_forms import match_form
from app.wire.codec import read_row
from centre.catalogue.fields import RowKind, row_kind
from centre.feeds.scopes import CATALOGUE, site_scope, township_scope
from centre.sites import find_site
from centre.store.tables import feed_rows, sites
from centre.words import say

AT_HOME = "centre"
"""The scope of rows that no station reads: classes with everybody who is in them."""


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row: where it holds (a feed's scope), its id and its value."""

    kind: str
    scope: str
    id: str
    value: Any

    @property
    def name(self) -> str:
        """What it is called."""
        return str(getattr(self.value, "name", "") or self.id)

    @property
    def place(self) -> tuple[str, str]:
        """What tells it from every other of its kind."""
        return self.scope, self.id


def scope_of(tx: Connection, kind: RowKind, site: str = "", township: str = "") -> str:
    """The scope of a site's rows (name or id), of all sites under a township, else the county's.

    Raises:
        NotFound: there is no such site.
        BadInput: both are named, or a township can't have such rows.
    """
    if kind.kept_here:
        return AT_HOME
    if township and (site or not kind.of_township):
        raise BadInput("centre.row_no_township")
    if township:
        return township_scope(find_site(tx, township).id)
    return site_scope(find_site(tx, site).id) if site else CATALOGUE


def scope_named(tx: Connection, kind: RowKind, text: str) -> str:
    """The scope that a sheet names: a site, or all sites under one.

    Raises:
        NotFound: there is none.
        BadInput: a township can't have such rows.
    """
    form = match_form(text)
    found = next((scope for scope, name in scope_names(tx).items() if match_form(name) == form), "")
    if found.startswith("township:"):
        return scope_of(tx, kind, township=found.removeprefix("township:"))
    return found or scope_of(tx, kind, text)


def scope_names(tx: Connection) -> dict[str, str]:
    """How scopes are called: sites, and all that lies under one."""
    rows = tx.execute(select(sites.c.id, sites.c.name)).all()
    names = {site_scope(row.id): row.name for row in rows}
    under = {township_scope(row.id): say("centre.scope_under", site=row.name) for row in rows}
    return names | under


def rows_of(tx: Connection, kind: str, scopes: Iterable[str] = ()) -> tuple[ListedRow, ...]:
    """Every row of a kind, also stopped ones: the county's first, then by name."""
    declared = row_kind(kind)
    query = select(feed_rows.c.scope, feed_rows.c.key, feed_rows.c.body).where(
        feed_rows.c.kind == kind, feed_rows.c.body.is_not(None)
    )
    chosen = (AT_HOME,) if declared.kept_here else tuple(scopes)
    if chosen:
        query = query.where(feed_rows.c.scope.in_(chosen))
    found = [
        ListedRow(kind, row.scope, row.key, read_row(bytes(row.body), declared.value))
        for row in tx.execute(query)
    ]
    return tuple(sorted(found, key=lambda one: (one.scope != CATALOGUE, one.scope, _order(one))))


def one_row(tx: Connection, kind: str, scope: str, key: str) -> ListedRow | None:
    """The row of an id, if there is one."""
    body = tx.scalar(
        select(feed_rows.c.body).where(
            feed_rows.c.kind == kind, feed_rows.c.scope == scope, feed_rows.c.key == key
        )
    )
    value = row_kind(kind).value
    return None if body is None else ListedRow(kind, scope, key, read_row(bytes(body), value))


def told_apart(kind: RowKind, value: Any) -> tuple[str, ...]:
    """By what a row is told from others of its scope: forms of its name, or of its id."""
    return tuple(match_form(str(getattr(value, one))) for one in kind.named_by)


def shown_name(kind: RowKind, value: Any) -> str:
    """What a row is called in sentences."""
    parts = [str(getattr(value, one)) for one in kind.named_by]
    return " ".join(one for one in parts if one)


def _order(row: ListedRow) -> tuple[str, str, str]:
    return row.name, str(getattr(row.value, "batch", "")), row.id
