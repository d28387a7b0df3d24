"""The schema: the migrations make what the tables say, and an upgrade is all or nothing."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.schema import CreateIndex, CreateTable

from app.bootstrap import open_station
from app.domain.errors import StoreTrouble
from app.store import upgrade
from app.store.engine import SQLITE
from app.store.tables import metadata
from app.store.upgrade import HEAD, KNOWN, ensure_schema
from tests.stations import SetClock, station_at
from tests.store.evenings import begin, facts_in, sign_in

VERSIONS = Path(upgrade.__file__).parent / "migrations" / "versions"


def _normal(statement: str) -> str:
    """A DDL statement without what makes no difference: spaces, quotes, case."""
    return re.sub(r"\s+", "", statement).replace('"', "").lower()


def test_the_migrations_make_exactly_the_tables(tmp_path: Path) -> None:
    ensure_schema(tmp_path / "station.db")
    with closing(SQLITE.connect(tmp_path / "station.db")) as connection:
        found = {
            _normal(row[0])
            for row in connection.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
            )
        }
    engine = create_engine("sqlite://")
    told = {_normal(str(CreateTable(one).compile(engine))) for one in metadata.sorted_tables}
    told |= {
        _normal(str(CreateIndex(index).compile(engine)))
        for one in metadata.sorted_tables
        for index in one.indexes
    }
    assert found == told


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
    path = _store_of_revision(tmp_path, "0001")
    before = facts_in(path)
    _pretend_newer(tmp_path, monkeypatch, "ALTER TABLE settings ADD COLUMN note TEXT")
    ensure_schema(path)
    assert facts_in(path) == before
    with closing(SQLITE.connect(path)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(settings)")]
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert columns == ["name", "value", "note"]
    assert revision == ("0002",)
    assert not list(tmp_path.glob("*.draft*"))


def test_rebuilding_a_parent_table_does_not_empty_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _store_of_revision(tmp_path, "0001")
    with closing(SQLITE.connect(path)) as connection:
        before = connection.execute("SELECT count(*) FROM memberships").fetchone()
    _pretend_newer(
        tmp_path,
        monkeypatch,
        "CREATE TABLE new_people AS SELECT * FROM people",
        "DROP TABLE people",
        "CREATE TABLE people (id TEXT NOT NULL PRIMARY KEY, name TEXT, phone_tail TEXT, "
        "card_no TEXT, active INTEGER, spellings TEXT, body BLOB, scope TEXT, rev INTEGER)",
        "INSERT INTO people SELECT * FROM new_people",
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
    path = _store_of_revision(tmp_path, "0001")
    before = _files(tmp_path)
    _pretend_newer(tmp_path, monkeypatch, "ALTER TABLE settings ADD COLUMN note TEXT", statement)
    with pytest.raises(StoreTrouble) as refused:
        ensure_schema(path)
    assert refused.value.key == "trouble.store_upgrade"
    assert _files(tmp_path) == before


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
    (migrations / "versions" / "v0002_next.py").write_text(
        'from alembic import op\n\nrevision = "0002"\ndown_revision = "0001"\n\n\n'
        "def upgrade() -> None:\n"
        + "".join(f"    op.execute({statement!r})\n" for statement in statements),
        encoding="utf-8",
    )
    monkeypatch.setattr(upgrade, "_MIGRATIONS", migrations)
    monkeypatch.setattr(upgrade, "HEAD", "0002")
    monkeypatch.setattr(upgrade, "KNOWN", frozenset({"0001", "0002"}))
