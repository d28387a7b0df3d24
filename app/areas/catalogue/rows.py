"""Questions to the catalogue: rows of one kind, one row, rows about one person."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import bindparam, select

from app.areas.catalogue.kinds import kind_name
from app.domain.errors import BadInput
from app.store.area_rows import AreaRows
from app.store.prepared import Prepared
from app.store.tables import catalogue
from app.wire.codec import read_row

T = TypeVar("T")
_BODY = (catalogue.c.id, catalogue.c.scope, catalogue.c.body)
_OF_KIND = Prepared(
    select(*_BODY)
    .where(catalogue.c.kind == bindparam("kind"))
    .order_by(catalogue.c.name, catalogue.c.id, catalogue.c.scope)
)
_ONE = Prepared(
    select(*_BODY)
    .where(catalogue.c.kind == bindparam("kind"), catalogue.c.id == bindparam("id"))
    .order_by(catalogue.c.scope.desc())
)
_ABOUT = Prepared(
    select(*_BODY)
    .where(catalogue.c.kind == bindparam("kind"), catalogue.c.about == bindparam("about"))
    .order_by(catalogue.c.id)
)
_OTHERS = Prepared(
    select(*_BODY)
    .where(
        catalogue.c.kind == bindparam("kind"),
        catalogue.c.about != bindparam("about"),
        catalogue.c.name < bindparam("below"),
    )
    .order_by(catalogue.c.name.desc(), catalogue.c.id)
    .limit(bindparam("most"))
)


class CatalogueRows(AreaRows):
    """The part of a reading that looks at the catalogue; what cannot be read is left out.

    Of one id a site's own row goes before the township's, and that before the county's.
    """

    def listed(self, kind: type[T], *, with_stopped: bool = False) -> tuple[T, ...]:
        """All rows of a kind by name; those that were stopped only if asked."""
        own: dict[str, T] = {}
        ranks: dict[str, int] = {}
        for row in _OF_KIND.all(self.conn, {"kind": kind_name(kind)}):
            value, rank = _value(row.body, kind), _rank(row.scope)
            if value is not None and rank >= ranks.get(row.id, 0):
                own[row.id], ranks[row.id] = value, rank
        return tuple(one for one in own.values() if with_stopped or not _is_stopped(one))

    def listed_near(self, kind: type[T], about: str, below: str, most: int) -> tuple[T, ...]:
        """The rows about somebody or some place, and of all others those with the ``most`` highest
        names below one."""
        asked = {"kind": kind_name(kind), "about": about}
        own = _ABOUT.all(self.conn, asked)
        others = _OTHERS.all(self.conn, asked | {"below": below, "most": most})
        nearest = {row.id: row for row in sorted((*own, *others), key=lambda r: _rank(r.scope))}
        found = (_value(row.body, kind) for row in nearest.values())
        return tuple(one for one in found if one is not None and not _is_stopped(one))

    def listed_one(self, kind: type[T], key: str) -> T | None:
        """One row, stopped or not."""
        rows = _ONE.all(self.conn, {"kind": kind_name(kind), "id": key})
        best = max(rows, key=lambda row: _rank(row.scope), default=None)
        return None if best is None else _value(best.body, kind)

    def listed_about(self, kind: type[T], person: str) -> tuple[T, ...]:
        """The rows of a kind that are about a person."""
        rows = _ABOUT.all(self.conn, {"kind": kind_name(kind), "about": person})
        found = (_value(row.body, kind) for row in rows)
        return tuple(one for one in found if one is not None and not _is_stopped(one))


def _rank(scope: str) -> int:
    """How near a scope is: the site's, the township's, the county's."""
    return {"site": 3, "township": 2}.get(scope.partition(":")[0], 1)


def _value(body: bytes, kind: type[T]) -> T | None:
    try:
        return read_row(bytes(body), kind)
    except BadInput:
        return None


def _is_stopped(value: object) -> bool:
    return bool(getattr(value, "stopped", False))
