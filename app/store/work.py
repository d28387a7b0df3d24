"""One unit of work: what a verb reads and records, durable as a whole when it is committed."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete

from app.areas.playback.facts import PlaybackEnded
from app.areas.playback.plays import Interval
from app.areas.sessions.facts import SessionClosed
from app.domain.fact_kinds import Fact
from app.domain.facts import ClockAsserted, ClockCompared
from app.domain.ids import FactHash, PlayId
from app.domain.personal import Personal
from app.store.fast_path import project_at_tip
from app.store.journal import Journal
from app.store.prepared import Prepared
from app.store.queries import StoreReading
from app.store.rows import intervals_text
from app.store.tables import bookmarks, settings

_KEEP_SETTING = Prepared.putting(settings, settings.c.keys())
_NO_BOOKMARK = Prepared(delete(bookmarks).where(bookmarks.c.play == bindparam("play")))
_BOOKMARK = Prepared.putting(bookmarks, bookmarks.c.keys())


class StoreWork(StoreReading):
    """Implements ``app.ports.store.Work``: a reading that can also record."""

    def __init__(self, conn: Connection, journal: Journal) -> None:
        super().__init__(conn)
        self._journal = journal
        self.closes_session = False

    def record(self, fact: Fact, *, actor: str, personal: Personal | None = None) -> FactHash:
        stored, read = self._journal.append(self.conn, fact, actor, personal)
        if isinstance(fact, ClockCompared | ClockAsserted):
            self._samples.clear()
        project_at_tip(self, stored, read)
        if isinstance(fact, PlaybackEnded):
            _NO_BOOKMARK.run(self.conn, {"play": fact.play})
        self.closes_session = self.closes_session or isinstance(fact, SessionClosed)
        return FactHash(stored.hash.hex())

    def bookmark(self, play: PlayId, position_ms: int, shown: tuple[Interval, ...]) -> None:
        _BOOKMARK.run(
            self.conn,
            {"play": play, "position_ms": position_ms, "shown": intervals_text(shown)},
        )

    def keep_setting(self, name: str, value: str) -> None:
        _KEEP_SETTING.run(self.conn, {"name": name, "value": value})

    def forget_setting(self, name: str) -> None:
        self.conn.execute(delete(settings).where(settings.c.name == name))
