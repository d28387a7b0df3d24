"""The tables, as SQLAlchemy Core; their making is in the migrations and must equal this.

Three kinds of rows: the journal (segments, facts) is precious; what is made of it (which facts
belong to what, clock samples) can be made again; what came down the feeds (sites … courses) can be
fetched again. The rows of the projections stand in ``app.store.projected_tables``.
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
    Column("parent", Text),
    Column("parent_n", Integer),
    Column("stated", Integer),
    Column("boot", Text, nullable=False, server_default=text("''")),
    Index("ix_segments_open", "no", sqlite_where=text(_UNCONFIRMED)),
)
"""``held`` facts are here, less than ``last_n`` when some are lost; ``acked_n`` NULL is in doubt.
``parent``, ``parent_n``, ``stated`` (its own word of its ordinal) and ``boot`` are what its first
fact says; ``stated`` is NULL while that is not here."""

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

fact_keys = Table(
    "fact_keys",
    metadata,
    Column("projection", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("projection", "key", "seq"),
    sqlite_with_rowid=False,
)
"""Which facts belong to which subject of which projection; made of the facts, like the rows."""

clock_samples = Table(
    "clock_samples",
    metadata,
    Column("boot", Text, nullable=False),
    Column("mono_ms", Integer, nullable=False),
    Column("true_ms", Integer, nullable=False),
    Column("exact", Integer, nullable=False),
    PrimaryKeyConstraint("boot", "mono_ms"),
    sqlite_with_rowid=False,
)
"""What the clock facts say of a boot (``app.domain.clock_correction``)."""

projections = Table(
    "projections",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("shape", Text, nullable=False),
    Column("keyed_seq", Integer),
    Column("folded_key", Text),
)
"""What each projection's rows were folded by. While they are folded anew ``keyed_seq`` is the last
fact looked at for its keys and ``folded_key`` the last key that is done; NULL when that is over."""

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

overlaid_people = Table(
    "overlaid_people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("body", BLOB, nullable=False),
    Column("scope", Text, nullable=False),
    Column("rev", Integer, nullable=False),
)
"""The centre's rows of people over whom lies what this station says and nobody has answered."""

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

catalogue = Table(
    "catalogue",
    metadata,
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("about", Text, nullable=False, server_default=text("''")),
    Column("body", BLOB, nullable=False),
    Column("scope", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "id", "scope"),
    Index("ix_catalogue_about", "kind", "about"),
)
"""Rows of every kind of ``app.areas.catalogue.values``; ``about`` is the person a row is about,
``name`` what it is called."""

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
