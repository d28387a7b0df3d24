"""The tables, as SQLAlchemy Core; their making is in the migrations and must equal this.

Three kinds of rows: the journal (segments, facts) is precious; what is projected
from it (sessions … plays) can be rebuilt from it; what came down the feeds (sites …
courses) can be fetched again.
"""

from __future__ import annotations

from sqlalchemy import (
    BLOB,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

_UNCONFIRMED = "acked_n IS NULL OR acked_n < last_n"

# --- the journal -----------------------------------------------------------------

segments = Table(
    "segments",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("last_n", Integer, nullable=False),
    Column("last_hash", BLOB, nullable=False),
    Column("acked_n", Integer),
    Column("receipt", BLOB),
    Column("signature", BLOB),
    Column("ordinal", Integer, nullable=False, server_default=text("0")),
    Column("held", Integer, nullable=False, server_default=text("0")),
    Column("held_sum", BLOB, nullable=False, server_default=text("x'" + "00" * 16 + "'")),
    Index("ix_segments_open", "no", sqlite_where=text(_UNCONFIRMED)),
)
"""``held`` facts are here, less than ``last_n`` when some are lost; ``acked_n`` NULL is in doubt."""

UNCONFIRMED = text(f"({_UNCONFIRMED})")
"""Said just as the index says it, or SQLite does not see that it is the same."""

facts = Table(
    "facts",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("segment_no", Integer, ForeignKey("segments.no"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("hash", BLOB, nullable=False),
    Column("bytes", BLOB, nullable=False),
    Column("personal", BLOB),
    Column("previous", BLOB),
    Column("returned", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("segment_no", "n", name="uq_facts_place"),
)
"""``previous`` is the hash before, NULL for the segment's root: so a fact behind a gap is still
proven. ``returned`` facts came back from the centre."""

gaps = Table(
    "gaps",
    metadata,
    Column("segment_no", Integer, ForeignKey("segments.no"), nullable=False),
    Column("after_n", Integer, nullable=False),
    Column("before_n", Integer, nullable=False),
    Column("told", Integer, nullable=False, server_default=text("0")),
    PrimaryKeyConstraint("segment_no", "after_n"),
)
"""Facts known to be lost here; ``told`` once a fact of the chain names the gap."""

# --- projected from the journal ----------------------------------------------------

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("plan", Text),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("units", Text, nullable=False),
    Column("courses", Text, nullable=False),
    Column("planned_start_ms", Integer),
    Column("grace_minutes", Integer, nullable=False),
    Column("prepared_ms", Integer, nullable=False),
    Column("opened_ms", Integer),
    Column("closed_ms", Integer),
    Column("not_held_reason", Text),
    Column("seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("closing_hash", BLOB),
    Column("elsewhere", Integer, nullable=False, server_default=text("0")),
)
"""``elsewhere``: a session that came back from the centre and is not going on here."""

session_people = Table(
    "session_people",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("person", Text, nullable=False),
    Column("standpoint", Text, nullable=False),
    Column("left_out", Text),
    PrimaryKeyConstraint("session", "person"),
    sqlite_with_rowid=False,
)

marks = Table(
    "marks",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("hash", BLOB, nullable=False, unique=True),
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("person", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("claimed_ms", Integer),
    Column("leave", Text),
    Column("voided_by", BLOB),
    Index("ix_marks_session_person", "session", "person"),
)

voids = Table(
    "voids",
    metadata,
    Column("target", BLOB, primary_key=True),
    Column("by", BLOB, nullable=False),
    sqlite_with_rowid=False,
)
"""Marks taken back, by the hash of the mark: a void may come before its mark."""

attendance = Table(
    "attendance",
    metadata,
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("person", Text, nullable=False),
    Column("mark", Integer, ForeignKey("marks.seq"), nullable=False),
    Column("status", Text, nullable=False),
    PrimaryKeyConstraint("session", "person"),
    sqlite_with_rowid=False,
)

visitors = Table(
    "visitors",
    metadata,
    Column("person", Text, primary_key=True),
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("phone_tail", Text, nullable=False),
    Column("home", Text, nullable=False),
    Column("seq", Integer, nullable=False),
)

plays = Table(
    "plays",
    metadata,
    Column("id", Text, primary_key=True),
    Column("session", Text, ForeignKey("sessions.id")),
    Column("course", Text, nullable=False),
    Column("video", Text, nullable=False),
    Column("from_ms", Integer, nullable=False),
    Column("duration_ms", Integer, nullable=False),
    Column("started_ms", Integer, nullable=False),
    Column("outcome", Text),
    Column("position_ms", Integer, nullable=False),
    Column("shown", Text, nullable=False),
    Column("seq", Integer, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("session", Text, ForeignKey("sessions.id"), nullable=False),
    Column("text", Text, nullable=False),
)

PROJECTED = (notes, plays, visitors, attendance, marks, voids, session_people, sessions)
"""Projected tables, children first: the order in which a rebuild empties them."""

# --- kept beside, not evidence ----------------------------------------------------------

bookmarks = Table(
    "bookmarks",
    metadata,
    Column("play", Text, primary_key=True),
    Column("position_ms", Integer, nullable=False),
    Column("shown", Text, nullable=False),
)

# --- from the feeds ------------------------------------------------------------------------

sites = Table(
    "sites",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("parent", Text),
    Column("tier", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("rev", Integer, nullable=False),
)

org_units = Table(
    "org_units",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("parent", Text),
    Column("scope", Text, nullable=False),
    Column("rev", Integer, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("phone_tail", Text, nullable=False),
    Column("card_no", Text, nullable=False),
    Column("active", Integer, nullable=False),
    Column("spellings", Text, nullable=False),
    Column("body", BLOB, nullable=False),
    Column("scope", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("called", Text, nullable=False, server_default=text("''")),
    Column("card_form", Text, nullable=False, server_default=text("''")),
    Column("card_bare", Text, nullable=False, server_default=text("''")),
    Index("ix_people_tail", "phone_tail"),
    Index("ix_people_called", "called"),
    Index("ix_people_card_form", "card_form"),
    Index("ix_people_card_bare", "card_bare"),
)
"""``called``, ``card_form`` and ``card_bare`` are name and card in the forms of
``app.domain.written_forms`` they are looked up by; the written ones stay beside them."""

memberships = Table(
    "memberships",
    metadata,
    Column("person", Text, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("unit", Text, nullable=False),
    PrimaryKeyConstraint("person", "unit"),
    Index("ix_memberships_unit", "unit"),
)

plans = Table(
    "plans",
    metadata,
    Column("id", Text, primary_key=True),
    Column("day", Text, nullable=False),
    Column("start", Text, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("body", BLOB, nullable=False),
    Column("scope", Text, nullable=False),
    Column("rev", Integer, nullable=False),
)

courses = Table(
    "courses",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("body", BLOB, nullable=False),
    Column("scope", Text, nullable=False),
    Column("rev", Integer, nullable=False),
)

policies = Table(
    "policies",
    metadata,
    Column("id", Text, primary_key=True),
    Column("valid_from", Text, nullable=False),
    Column("body", BLOB, nullable=False),
    Column("scope", Text, nullable=False),
    Column("rev", Integer, nullable=False),
)
"""The centre's rules for late and in time, each valid from a date."""

resolutions = Table(
    "resolutions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("session", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Index("ix_resolutions_session", "session"),
)
"""Whose a mark (its hash in hex) is that the centre knew nobody for, as a person there said."""

kept_rows = Table(
    "kept_rows",
    metadata,
    Column("scope", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("body", BLOB),
    PrimaryKeyConstraint("scope", "kind", "key"),
)

feed_cursors = Table(
    "feed_cursors",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("rows", Integer, nullable=False, server_default=text("0")),
    Column("row_sum", BLOB, nullable=False, server_default=text("x'" + "00" * 16 + "'")),
)

feed_marks = Table(
    "feed_marks",
    metadata,
    Column("scope", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("mark", BLOB, nullable=False),
    PrimaryKeyConstraint("scope", "kind", "key"),
    sqlite_with_rowid=False,
)
"""The mark of each row held of a scope: what its sum in ``feed_cursors`` is made of."""
