"""One unit of work: what a verb reads and records, durable as a whole when it is committed."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete

from app.areas.people.proposals import PersonWord
from app.areas.playback.facts import PlaybackEnded
from app.areas.playback.plays import Interval
from app.areas.playback.rows import intervals_text
from app.areas.sessions.facts import SessionClosed
from app.domain.fact_kinds import Fact
from app.domain.facts import ClockAsserted, ClockCompared
from app.domain.ids import FactHash, PlayId
from app.domain.personal import Personal
from app.store.cache import StoreCache
from app.store.fast_path import project_at_tip
from app.store.journal import Journal
from app.store.prepared import Prepared
from app.store.reading import StoreReading
from app.store.tables import bookmarks, settings

_KEEP_SETTING = Prepared.putting(settings, settings.c.keys())
_NO_BOOKMARK = Prepared(delete(bookmarks).where(bookmarks.c.play == bindparam("play")))
_BOOKMARK = Prepared.putting(bookmarks, bookmarks.c.keys())


class StoreWork(StoreReading):
    """A reading that can also record; what is recorded becomes durable together at its end."""

    def __init__(self, conn: Connection, journal: Journal, cache: StoreCache | None = None) -> None:
        super().__init__(conn, cache=cache)
        self._journal = journal
        self.closes_session = False

    def record(self, fact: Fact, *, actor: str, personal: Personal | None = None) -> FactHash:
        """Append one fact to the journal and change the rows it changes."""
        stored, read = self._journal.append(self.conn, fact, actor, personal)
        if isinstance(fact, ClockCompared | ClockAsserted):
            self.cache.forget_samples()
        project_at_tip(self, stored, read)
        self.forget_standing()
        if isinstance(fact, PlaybackEnded):
            _NO_BOOKMARK.run(self.conn, {"play": fact.play})
        if isinstance(fact, PersonWord):
            self.cache.forget()
        self.closes_session = self.closes_session or isinstance(fact, SessionClosed)
        return FactHash(stored.hash.hex())

    def bookmark(self, play: PlayId, position_ms: int, shown: tuple[Interval, ...]) -> None:
        """Remember where a play stands; not evidence, not in the journal."""
        _BOOKMARK.run(
            self.conn,
            {"play": play, "position_ms": position_ms, "shown": intervals_text(shown)},
        )

    def keep_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        _KEEP_SETTING.run(self.conn, {"name": name, "value": value})

    def forget_setting(self, name: str) -> None:
        """Drop a setting."""
        self.conn.execute(delete(settings).where(settings.c.name == name))
