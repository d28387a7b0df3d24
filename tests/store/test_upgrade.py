"""The schema: the migrations make what the tables say, and an upgrade is all or nothing."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from app.bootstrap import open_station
from app.domain.errors import StoreTrouble
from app.store import projected_tables, upgrade
from app.store.engine import SQLITE
from app.store.seal import put_seal
from app.store.station_store import StationStore
from app.store.tables import metadata
from app.store.upgrade import HEAD, KNOWN, ensure_schema
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.support.first_schema import to_first_schema
from tests.support.small_sessions import begin, facts_in, sign_in
from tests.support.stations import SCOPE, SetClock, sample_people, station_at

VERSIONS = Path(upgrade.__file__).parent / "migrations" / "versions"


def _shape(connection: Any) -> dict[str, object]:
    """What a schema is, however it came to be: columns, keys, indexes and their columns."""
    tables = connection.execute("PRAGMA table_list").fetchall()
    shape: dict[str, object] = {}
    for _, name, kind, _, without_rowid, _ in tables:
        if kind != "table" or name in ("sqlite_schema", "alembic_version"):
            continue
        columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
        indexes = [
            (unique, origin, *(row[2] for row in connection.execute(f"PRAGMA index_info({index})")))
            for _, index, unique, origin, _ in connection.execute(f"PRAGMA index_list({name})")
        ]
        foreign = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
        shape[name] = (
            without_rowid,
            {(row[1], row[2], row[3], str(row[4]).lower(), row[5]) for row in columns},
            sorted(indexes),
            {row[2:7] for row in foreign},
        )
    return shape


def test_the_migrations_make_exactly_the_tables(tmp_path: Path) -> None:
    ensure_schema(tmp_path / "station.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'told.db'}")
    metadata.create_all(engine)
    projected_tables.metadata.create_all(engine)
    engine.dispose()
    with (
        closing(SQLITE.connect(tmp_path / "station.db")) as found,
        closing(SQLITE.connect(tmp_path / "told.db")) as told,
    ):
        assert _shape(found) == _shape(told)


def test_every_revision_is_known_and_there_is_one_line_of_them() -> None:
    texts = [path.read_text(encoding="utf-8") for path in VERSIONS.glob("v*.py")]
    revisions = [re.search(r'^revision = "(.+)"$', one, re.M) for one in texts]
    parents = [re.search(r'^down_revision = (?:"(.+)"|None)$', one, re.M) for one in texts]
    names = {one.group(1) for one in revisions if one}
    olds = [one.group(1) for one in parents if one]
    assert len(names) == len(texts)
    assert len(olds) == len(set(olds)), "two revisions follow one"
    assert names - set(olds) == {HEAD}
    assert names == KNOWN


def test_a_store_of_a_newer_program_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = _store_of_revision(tmp_path, "0999")
    before = _files(tmp_path)
    with pytest.raises(StoreTrouble) as refused:
        open_station(tmp_path, clock=SetClock())
    assert refused.value.key == "trouble.store_newer"
    assert _files(tmp_path) == before
    assert path.exists()


def test_an_upgrade_keeps_every_row_and_leaves_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _store_of_revision(tmp_path, HEAD)
    before = facts_in(path)
    _pretend_newer(tmp_path, monkeypatch, "ALTER TABLE settings ADD COLUMN note TEXT")
    ensure_schema(path)
    assert facts_in(path) == before
    with closing(SQLITE.connect(path)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(settings)")]
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert columns == ["name", "value", "note"]
    assert revision == ("0998",)
    assert not list(tmp_path.glob("*.draft*"))


def test_rebuilding_a_parent_table_does_not_empty_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _store_of_revision(tmp_path, HEAD)
    with closing(SQLITE.connect(path)) as connection:
        before = connection.execute("SELECT count(*) FROM memberships").fetchone()
    _pretend_newer(
        tmp_path,
        monkeypatch,
        "CREATE TABLE new_people AS SELECT * FROM people",
        "DROP TABLE people",
        "CREATE TABLE people (id TEXT NOT NULL PRIMARY KEY, name TEXT, phone_tail TEXT, "
        "card_no TEXT, active INTEGER, spellings TEXT, body BLOB, scope TEXT, rev INTEGER)",
        "INSERT INTO people SELECT id, name, phone_tail, card_no, active, spellings, body, scope, "
        "rev FROM new_people",
        "DROP TABLE new_people",
    )
    ensure_schema(path)
    with closing(SQLITE.connect(path)) as connection:
        after = connection.execute("SELECT count(*) FROM memberships").fetchone()
    assert before == after
    assert before[0] > 0


@pytest.mark.parametrize(
    "statement",
    ["ALTER TABLE no_such_table ADD COLUMN x TEXT", "DELETE FROM people WHERE id = 'p1'"],
    ids=["fails half-way", "breaks a foreign key"],
)
def test_a_failing_upgrade_leaves_the_old_file_byte_for_byte(
    statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _store_of_revision(tmp_path, HEAD)
    before = _files(tmp_path)
    _pretend_newer(tmp_path, monkeypatch, "ALTER TABLE settings ADD COLUMN note TEXT", statement)
    with pytest.raises(StoreTrouble) as refused:
        ensure_schema(path)
    assert refused.value.key == "trouble.store_upgrade"
    assert _files(tmp_path) == before


def test_a_store_of_the_first_schema_gets_its_sums_rows_and_proofs(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        session = begin(opened)
        sign_in(opened, session, 0, 1, 2)
        opened.station.attendance.undo(session)
        opened.station.sessions.close(session)
        shown = opened.station.sessions.show(session)
    path = tmp_path / "station.db"
    told = ("segments", "facts", *(table.name for table in projected_tables.PROJECTED))
    with closing(SQLITE.connect(path)) as connection:
        before = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in told}  # noqa: S608
    to_first_schema(path)
    ensure_schema(path)
    with closing(SQLITE.connect(path)) as connection:
        for name in ("segments", "facts"):
            assert connection.execute(f"SELECT * FROM {name}").fetchall() == before[name]  # noqa: S608
        cursors = connection.execute("SELECT count(*) FROM feed_cursors").fetchone()
    put_seal(path)  # as after an orderly end: then no start makes the rows anew by itself
    assert cursors == (0,), "what the feeds brought has no proof yet and is fetched once more"
    with station_at(tmp_path) as opened:
        assert opened.station.tools.store.verify().broken_at is None
        old = opened.station.sessions.show(session)
        assert [(one.id, one.status, one.at_ms) for one in old.cards] == [
            (one.id, one.status, one.at_ms) for one in shown.cards
        ], "the rows of before can be read until they are folded anew"
        store = opened.station.tools.store
        assert isinstance(store, StationStore)
        while not store.fold_some().is_over:
            pass
        assert opened.station.sessions.show(session) == shown
    with closing(SQLITE.connect(path)) as connection:
        for name in told[2:]:
            after = connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
            assert after == before[name], name


def test_old_rows_are_found_by_what_is_equal_to_the_eye(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        begin(opened)
        odd = {1: ("\u2ed3山", ""), 2: ("陈秀兰", " ab-00012cd"), 3: ("陈平", "12345678")}
        people = [replace(sample_people()[at], name=n, card_no=c) for at, (n, c) in odd.items()]
        rows = [FeedRow("person", one.id, at, write_row(one)) for at, one in enumerate(people, 100)]
        opened.station.tools.store.apply_page(FeedPage(SCOPE, 102, tuple(rows), from_rev=34))
    path = tmp_path / "station.db"
    to_first_schema(path)
    with closing(SQLITE.connect(path)) as connection:
        connection.execute("UPDATE people SET spellings = '\u2ed3s' WHERE id = 'p1'")
        connection.commit()
    ensure_schema(path)
    opened = open_station(tmp_path, clock=SetClock())
    try:
        station, session = opened.station, opened.station.sessions.running()
        assert session is not None
        for asked in ("长山", "\u2ed3山", "changshan", "cs"):
            assert "p1" in station.people.name_index().search(asked), asked
        assert station.attendance.by_card(session.session.id, "AB-00012CD").id == "p2"
        assert station.attendance.by_card(session.session.id, "0012345678").id == "p3"
        with opened.station.tools.store.read() as reading:
            assert len(reading.people_called("陈\u200b平")) == 2
    finally:
        opened.close()


def _store_of_revision(home: Path, revision: str) -> Path:
    """A real store with facts, whose revision then reads as given."""
    with station_at(home) as opened:
        sign_in(opened, begin(opened), 0, 1)
    path = home / "station.db"
    with closing(SQLITE.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()
    (home / "station.db.seal").unlink()
    return path


def _files(home: Path) -> dict[str, bytes]:
    """The store's files; the write-ahead log's own files may come and go empty."""
    return {
        path.name: path.read_bytes()
        for path in home.glob("station.db*")
        if not path.name.endswith(("-shm", "-wal")) or path.stat().st_size
    }


def _pretend_newer(folder: Path, monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Let the program know one more revision, in a copy of the migrations."""
    migrations = folder / "next" / "migrations"
    (migrations / "versions").mkdir(parents=True)
    for path in (VERSIONS.parent / "env.py", *VERSIONS.glob("v*.py")):
        target = migrations / path.relative_to(VERSIONS.parent)
        target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (migrations / "versions" / "v0998_next.py").write_text(
        f'from alembic import op\n\nrevision = "0998"\ndown_revision = "{HEAD}"\n\n\n'
        "def upgrade() -> None:\n"
        + "".join(f"    op.execute({statement!r})\n" for statement in statements),
        encoding="utf-8",
    )
    monkeypatch.setattr(upgrade, "_MIGRATIONS", migrations)
    monkeypatch.setattr(upgrade, "HEAD", "0998")
    monkeypatch.setattr(upgrade, "KNOWN", KNOWN | {"0998"})
