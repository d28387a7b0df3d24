"""The centre's tables as queries name them; ``migrations`` is what makes them.

``facts`` is the evidence: rows are added, attached and read, never changed or removed.
What is only read out of facts, and can be made anew, stands in ``projection_tables``.
Times are ms since 1970 UTC.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

METADATA = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def _word(name: str, *, key: bool = False, may_lack: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=may_lack)


def _site() -> Column[str]:
    return Column("site", Text, ForeignKey("sites.id"), nullable=False)


def _station(*, key: bool = False) -> Column[str]:
    return Column("station", Text, ForeignKey("stations.id"), primary_key=key, nullable=False)


def _count(name: str, *, may_lack: bool = False) -> Column[int]:
    return Column(name, _NUMBER, nullable=may_lack)


def _raw(name: str, *, may_lack: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=may_lack)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _later(name: str, *, default: str) -> Column[str]:
    """A word that came with a later revision; old rows have the default."""
    return Column(name, Text, nullable=False, server_default=text(default))


def _later_count(name: str) -> Column[int]:
    return Column(name, _NUMBER, nullable=False, server_default=text("0"))


def _held_sum() -> Column[bytes]:
    return Column("held_sum", LargeBinary, nullable=False, default=bytes(16))


centre_state = Table("centre_state", METADATA, _word("name", key=True), _word("value"))

sites = Table(
    "sites",
    METADATA,
    _word("id", key=True),
    _word("name"),
    _word("parent", may_lack=True),
    _word("tier"),
    _later_count("read_ms"),
    UniqueConstraint("name", name="one_site_a_name"),
)

enrol_codes = Table(
    "enrol_codes",
    METADATA,
    _word("name", key=True),
    _raw("salt"),
    _raw("hash"),
    _site(),
    _count("made_ms"),
    _count("expires_ms"),
    _count("wrong_tries"),
    _count("tries_from_ms"),
    _count("used_ms", may_lack=True),
    _word("station", may_lack=True),
    _word("for_station", may_lack=True),
)

stations = Table(
    "stations",
    METADATA,
    _word("id", key=True),
    _site(),
    _raw("public_key"),
    _word("machine"),
    _count("enrolled_ms"),
    _count("revoked_ms", may_lack=True),
    _count("seen_ms", may_lack=True),
    _count("expires_ms", may_lack=True),
    _count("copied_ms", may_lack=True),
    _count("put_back_ms", may_lack=True),
    _count("offset_ms", may_lack=True),
    _count("agreed_facts", may_lack=True),
    _count("moved_ms", may_lack=True),
    _word("moved_to", may_lack=True),
    _later("recipient", default="''"),
    _later_count("held_facts"),
    _held_sum(),
    _later_count("came_facts"),
)
"""``came_facts``: all that ever came, set apart or not; ``held_facts`` are those that count."""

station_keys = Table(
    "station_keys",
    METADATA,
    _station(key=True),
    Column("public_key", LargeBinary, primary_key=True),
    _count("from_ms"),
    _count("until_ms", may_lack=True),
    _count("shut_out_ms", may_lack=True),
)
"""Every key a station ever had; ``until_ms`` is when another PC took its place, ``shut_out_ms``
when it had been shut out before that."""

segments = Table(
    "segments",
    METADATA,
    _station(key=True),
    _word("segment", key=True),
    _site(),
    _flag("forked"),
    _word("parent_segment", may_lack=True),
    _word("parent_hash", may_lack=True),
    _count("opened_ms", may_lack=True),
    _count("first_seen_ms"),
    _count("parent_n", may_lack=True),
    _later_count("ordinal"),
    _later("boot", default="''"),
    _later_count("grown_ms"),
    _count("fork_n", may_lack=True),
    _later("machine", default="''"),
    _later_count("held_facts"),
    _held_sum(),
    Index("segments_of_site", "site"),
    Index("segments_by_parent", "station", "parent_segment"),
)

run_seals = Table(
    "run_seals",
    METADATA,
    _station(key=True),
    _word("segment", key=True),
    Column("hash", LargeBinary, primary_key=True),
    _count("n"),
    _raw("signature"),
    _count("received_ms"),
)
"""The station's signatures over ends of runs: it vouched for all up to there."""

clock_samples = Table(
    "clock_samples",
    METADATA,
    _station(key=True),
    _word("boot", key=True),
    Column("mono_ms", _NUMBER, primary_key=True, autoincrement=False),
    _count("wall_ms"),
    _count("centre_ms"),
    _count("round_trip_ms"),
    _word("source"),
)
"""Where a station's clocks stood when the centre's (or the operator's) time was known."""

facts = Table(
    "facts",
    METADATA,
    Column("arrival", _NUMBER, primary_key=True, autoincrement=True),
    _word("station"),
    _word("segment"),
    _count("n"),
    _raw("hash"),
    _raw("previous"),
    _raw("bytes"),
    _raw("personal", may_lack=True),
    _flag("attached"),
    _flag("interpreted"),
    _word("site"),
    Column("quarantined", Boolean, nullable=False, server_default=text("FALSE")),
    _word("kind", may_lack=True),
    _word("session", may_lack=True),
    _word("play", may_lack=True),
    _count("received_ms"),
    UniqueConstraint("station", "hash", name="one_fact_a_hash"),
    Index("facts_of_segment", "station", "segment", "n"),
    Index(
        "facts_by_previous",
        "station",
        "segment",
        "previous",
        sqlite_where=text("attached = 0"),
    ),
    Index(
        "facts_set_apart",
        "station",
        sqlite_where=text("quarantined = 1"),
    ),
    Index(
        "facts_of_session",
        "site",
        "session",
        sqlite_where=text("session IS NOT NULL"),
    ),
    Index(
        "facts_of_play",
        "site",
        "play",
        sqlite_where=text("play IS NOT NULL"),
    ),
    Index(
        "facts_to_interpret",
        "site",
        "arrival",
        sqlite_where=text("interpreted = 0"),
    ),
)

resolutions = Table(
    "resolutions",
    METADATA,
    Column("arrival", _NUMBER, ForeignKey("facts.arrival"), primary_key=True, autoincrement=False),
    Column("at_ms", _NUMBER, primary_key=True, autoincrement=False),
    _word("person"),
    _word("by"),
    _word("reason"),
)
"""Whom a person at the centre said an unknown one to be: the newest word counts, all are kept,
and the fact itself is never changed."""

feed_heads = Table(
    "feed_heads",
    METADATA,
    _word("scope", key=True),
    _count("rev"),
    _later_count("held_rows"),
    _held_sum(),
)

erasures = Table(
    "erasures",
    METADATA,
    _word("person", key=True),
    _word("site"),
    _word("by"),
    _word("reason"),
    _count("at_ms"),
)
"""Whose personal data was erased, on whose word; the person's id is all that is left of them."""

feed_rows = Table(
    "feed_rows",
    METADATA,
    _word("scope", key=True),
    _word("kind", key=True),
    _word("key", key=True),
    _count("rev"),
    _raw("body", may_lack=True),
    Index("feed_rows_in_order", "scope", "rev"),
    Index("feed_rows_of_kind", "kind", "key"),
)

org_units = Table(
    "org_units",
    METADATA,
    _word("id", key=True),
    _site(),
    _word("name"),
    _raw("body"),
    UniqueConstraint("site", "name", name="one_unit_a_name"),
)

people = Table(
    "people",
    METADATA,
    _word("id", key=True),
    _site(),
    _word("name"),
    _word("member_no"),
    _word("unit"),
    _word("phone"),
    _word("birth"),
    _flag("active"),
    _raw("body"),
    _later("identity", default="''"),
    Index("people_of_site", "site"),
)
"""``identity`` is a keyed hash of the identity number, which itself is not kept."""

roster_acts = Table(
    "roster_acts",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    _site(),
    _word("kind"),
    _word("about"),
    _word("by"),
    _count("at_ms"),
    _count("undone_ms", may_lack=True),
    Index("roster_acts_of_site", "site", "number"),
)

roster_before = Table(
    "roster_before",
    METADATA,
    Column("act", _NUMBER, ForeignKey("roster_acts.number"), primary_key=True, autoincrement=False),
    _word("person", key=True),
    _raw("was", may_lack=True),
    Index("roster_before_of_person", "person"),
)
"""The row of each person an act changed, as it was; None for somebody new. Kept for a day."""

catalogue_acts = Table(
    "catalogue_acts",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    _word("kind"),
    _word("act"),
    _word("about"),
    _word("by"),
    _count("at_ms"),
    _count("undone_ms", may_lack=True),
    Index("catalogue_acts_of_kind", "kind", "number"),
)

catalogue_before = Table(
    "catalogue_before",
    METADATA,
    Column(
        "act", _NUMBER, ForeignKey("catalogue_acts.number"), primary_key=True, autoincrement=False
    ),
    _word("kind", key=True),
    _word("scope", key=True),
    _word("key", key=True),
    _raw("was", may_lack=True),
)
"""Each row of the catalogue an act changed, as it was; None for a new one. Kept for a day."""

courses = Table(
    "courses",
    METADATA,
    _word("id", key=True),
    _word("title"),
    _flag("withdrawn"),
    _raw("body"),
)

plans = Table(
    "plans",
    METADATA,
    _word("id", key=True),
    _site(),
    _word("date"),
    _raw("body"),
    _later("series", default="''"),
    Index("plans_of_site", "site", "date"),
    Index("plans_of_series", "series", sqlite_where=text("series != ''")),
)
