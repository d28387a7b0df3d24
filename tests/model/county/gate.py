"""Where a process can be killed or its disk can fail: before or after any statement of its databases.

Every connection either side opens passes here. Armed, the gate lets so many statements through
and then does what it was armed for; a process that was killed writes nothing any more.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from app.store import engine as station_engine
from app.store.engine import SQLITE
from centre.store import engine as centre_engine

_connect = SQLITE.connect


class Killed(BaseException):
    """The process ends here and now; nothing may catch it."""


class Gate:
    """One for all databases; an owner is the folder a database lies in."""

    def __init__(self) -> None:
        self.fired = False
        self._owner = ""
        self._left = 0
        self._after = False
        self._then: Callable[[], None] = _nothing
        self._dead: set[str] = set()
        self._open: dict[str, weakref.WeakSet[Any]] = {}

    def arm(self, owner: Path, passes: int, then: Callable[[], None], *, after: bool) -> None:
        """After ``passes`` statements of this owner call ``then``, which raises.

        ``after`` lets a commit that would be hit happen first, though nobody hears of it.
        """
        self._owner, self._left, self._then, self._after = str(owner), passes, then, after
        self.fired = False

    def disarm(self) -> bool:
        """Let everything pass again; whether it had fired."""
        self._owner = ""
        fired, self.fired = self.fired, False
        return fired

    def bury(self, owner: Path) -> None:
        """What is open of this owner is dead from now on."""
        self._dead.add(str(owner))

    def clear(self, owner: Path) -> None:
        """Close what a dead process left open."""
        for one in list(self._open.pop(str(owner), ())):
            one.close()
        self._dead.discard(str(owner))

    def opened(self, owner: str, connection: Any) -> None:
        """A connection was made."""
        self._open.setdefault(owner, weakref.WeakSet()).add(connection)

    def passes(self, owner: str) -> None:
        """A statement is about to run."""
        if self._dead and owner in self._dead:
            raise Killed
        if owner == self._owner:
            self._count()

    def commits(self, owner: str, commit: Callable[[], None]) -> None:
        """A transaction is about to be committed."""
        if self._dead and owner in self._dead:
            raise Killed
        if owner == self._owner and self._left <= 0 and self._after:
            commit()
            self._fire()
        if owner == self._owner:
            self._count()
        commit()

    def _count(self) -> None:
        if self._left <= 0 and not self._after:
            self._fire()
        self._left -= 1

    def _fire(self) -> None:
        self._owner = ""
        self.fired = True
        self._then()


def _nothing() -> None:
    return


GATE = Gate()


class _Cursor(SQLITE.Cursor):  # type: ignore[misc,name-defined]  # whichever module has SQLite
    def execute(self, *given: Any) -> Any:
        GATE.passes(self.connection.owner)
        return super().execute(*given)

    def executemany(self, *given: Any) -> Any:
        GATE.passes(self.connection.owner)
        return super().executemany(*given)


class _Connection(SQLITE.Connection):  # type: ignore[misc,name-defined]  # as above
    owner = ""

    def cursor(self, *_: Any) -> Any:
        return super().cursor(_Cursor)

    def execute(self, *given: Any) -> Any:
        return self.cursor().execute(*given)

    def executemany(self, *given: Any) -> Any:
        return self.cursor().executemany(*given)

    def commit(self) -> None:
        GATE.commits(self.owner, super().commit)


def _watched(database: Any, *given: Any, **named: Any) -> Any:
    connection = _connect(database, *given, **{**named, "factory": _Connection})
    connection.owner = str(Path(str(database)).parent)
    GATE.opened(connection.owner, connection)
    return connection


_first_engines: dict[tuple[str, str], Engine] = {}


def _making(make: Callable[..., Engine], whose: str) -> Callable[..., Engine]:
    """Engines of one kind share what they compiled, else each start compiles all anew."""

    def made(*given: Any, **named: Any) -> Engine:
        engine = make(*given, **named)
        first = _first_engines.setdefault((whose, str(named.get("poolclass"))), engine)
        engine.dialect = first.dialect
        engine.pool._dialect = first.dialect  # noqa: SLF001 - the two belong together
        engine._compiled_cache = first._compiled_cache  # noqa: SLF001
        return engine

    return made


@contextmanager
def watched_databases() -> Iterator[Gate]:
    """Inside, every database connection passes the gate."""
    makers = [(module, module.create_engine) for module in (station_engine, centre_engine)]
    setattr(SQLITE, "connect", _watched)  # noqa: B010 - a module's function, put back below
    for module, make in makers:
        setattr(module, "create_engine", _making(make, module.__name__))  # noqa: B010
    try:
        yield GATE
    finally:
        GATE.disarm()
        setattr(SQLITE, "connect", _connect)  # noqa: B010
        for module, make in makers:
            setattr(module, "create_engine", make)  # noqa: B010
