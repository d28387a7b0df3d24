"""The store: made by migrations alone, safe by its settings, and refused when newer."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text

from app.domain.errors import StoreTrouble
from centre.interpretation.understanding import understood_of
from centre.opening import open_centre
from centre.rosters.importing import import_roster
from centre.service import generation_of
from centre.settings import Settings
from centre.store import upgrade
from centre.store.engine import open_migration_engine
from centre.store.projection_tables import held, projections, report_sessions
from centre.store.tables import METADATA, facts, people, segments, stations
from centre.store.upgrade import ensure_schema
from tests.centre.benches import Bench
from tests.support.sheets import write_sheet
from tests.support.talking_station import held_of, opened_segment


def test_the_migrations_make_exactly_the_tables_queries_name(bench: Bench) -> None:
    with bench.centre.store.engine.connect() as plain:
        differences = compare_metadata(MigrationContext.configure(plain), METADATA)
    assert differences == []


def test_what_the_program_can_open_is_what_the_migrations_make() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(upgrade.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [upgrade.HEAD]
    assert {one.revision for one in script.walk_revisions()} == upgrade.KNOWN


def test_upgrading_twice_changes_nothing(bench: Bench) -> None:
    ensure_schema(bench.settings.database_address)
    ensure_schema(bench.settings.database_address)


def test_a_store_of_a_newer_program_is_refused_untouched(bench: Bench) -> None:
    with bench.centre.store.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    bench.stop()
    with pytest.raises(StoreTrouble, match="store_newer"):
        open_centre(bench.settings)


def test_facts_of_an_older_store_are_counted_and_their_segments_put_in_order(
    tmp_path: Path, database: str
) -> None:
    chosen = Settings(tmp_path / "old", database)
    chosen.home.mkdir()
    first = opened_segment()
    chains = [first, opened_segment(parent=first)]
    engine = open_migration_engine(chosen.database_address)
    with engine.begin() as tx:
        config = Config()
        config.set_main_option("script_location", str(Path(upgrade.__file__).parent / "migrations"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = tx
        command.upgrade(config, "0001")
        tx.execute(text("INSERT INTO sites VALUES ('s', 'name', NULL, 'village')"))
        key = {"key": bytes(32)}
        tx.execute(text("INSERT INTO stations VALUES ('st', 's', :key, 'pc', 1, NULL, NULL)"), key)
        for chain in chains:
            tx.execute(
                text("INSERT INTO segments VALUES ('st', :name, 's', FALSE, NULL, NULL, 1, 1)"),
                {"name": chain.name},
            )
            tx.execute(
                text(
                    "INSERT INTO facts (station, segment, n, hash, previous, bytes, attached, "
                    "interpreted, site, received_ms) VALUES "
                    "('st', :segment, 1, :hash, :hash, :bytes, TRUE, TRUE, 's', 1)"
                ),
                {"segment": chain.name, "hash": chain.hashes[0], "bytes": chain.facts[0]},
            )
    engine.dispose()
    centre = open_centre(chosen)
    with centre.store.reading() as tx:
        rows = {row.segment: row for row in tx.execute(select(segments))}
        whole = tx.execute(select(stations)).one()
        kept = tx.scalar(select(func.count()).select_from(facts).where(~facts.c.quarantined))
    centre.close()
    assert (whole.held_facts, bytes(whole.held_sum)) == (2, held_of(chains).sum)
    assert [rows[one.name].ordinal for one in chains] == [0, 1]
    assert [rows[one.name].parent_n for one in chains] == [None, 1]
    assert bytes(rows[first.name].held_sum) == held_of([first]).sum
    assert kept == 2
    assert (whole.moved_ms, whole.moved_to) == (None, None)
    assert {row.machine for row in rows.values()} == {""}


def test_people_of_an_older_store_stay_who_they_are(tmp_path: Path, database: str) -> None:
    chosen = Settings(tmp_path / "old", database)
    chosen.home.mkdir()
    body = b'{"id":"p1","name":"\xe4\xb8\x99\xe4\xb8\x80","units":["u1"],"phone_tail":"0021","card_no":"1"}'
    engine = open_migration_engine(chosen.database_address)
    with engine.begin() as tx:
        config = Config()
        config.set_main_option("script_location", str(Path(upgrade.__file__).parent / "migrations"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = tx
        command.upgrade(config, "0002")
        tx.execute(text("INSERT INTO sites VALUES ('s', '石门村', NULL, 'village')"))
        unit = {"body": b'{"id":"u1","name":"x","kind":"branch"}'}
        tx.execute(text("INSERT INTO org_units VALUES ('u1', 's', '一支部', :body)"), unit)
        tx.execute(
            text(
                "INSERT INTO people (id, site, name, member_no, unit, phone, birth, active, body) "
                "VALUES ('p1', 's', '丙一', '1', 'u1', '13900000021', '', TRUE, :body)"
            ),
            {"body": body},
        )
    engine.dispose()
    centre = open_centre(chosen)
    # The number an older program kept from a column of row numbers is with somebody new now.
    rows: list[list[object]] = [
        ["编号", "姓名", "支部", "手机"],
        [1, "新来的", "一支部", "13900000023"],
        [2, "丙一", "一支部", "13900000021"],
    ]
    path = write_sheet(tmp_path / "r.xlsx", rows)
    outcome = import_roster(centre, path, "石门村", apply=True)
    with centre.store.reading() as tx:
        kept = tx.execute(select(people).where(people.c.id == "p1")).one()
    centre.close()
    assert (outcome.added, outcome.changed, outcome.unchanged) == (("新来的",), (), 1)
    assert (kept.name, kept.member_no, kept.identity, bytes(kept.body)) == ("丙一", "1", "", body)


def test_the_centre_stays_who_it_is_over_starts(bench: Bench) -> None:
    def identity() -> tuple[str, bytes, str]:
        with bench.centre.store.reading() as tx:
            return bench.centre.id, bench.centre.public_key, generation_of(tx)

    before = identity()
    bench.stop()
    bench.start()
    assert identity() == before


def test_what_was_committed_on_sqlite_is_on_the_disk(tmp_path: Path) -> None:
    centre = open_centre(Settings(tmp_path))
    with centre.store.writing() as tx:
        read = {
            name: tx.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    centre.close()


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (
            "SELECT * FROM facts WHERE site = 'x' AND interpreted = 0 ORDER BY arrival",
            "facts_to_interpret",
        ),
        (
            "SELECT * FROM facts WHERE station='s' AND segment='x' AND attached=0",
            "facts_by_previous (station=? AND segment=?)",
        ),
        (
            "SELECT n FROM facts WHERE station='s' AND segment='x' AND n BETWEEN 5 AND 9 "
            "GROUP BY n HAVING count(*) > 1",
            "facts_of_segment (station=? AND segment=? AND n>? AND n<?)",
        ),
    ],
)
def test_what_is_new_is_found_without_reading_history(
    tmp_path: Path, query: str, index: str
) -> None:
    centre = open_centre(Settings(tmp_path))
    with centre.store.reading() as tx:
        plan = " ".join(str(row) for row in tx.execute(text(f"EXPLAIN QUERY PLAN {query}")))
    assert index in plan
    centre.close()


@pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise there")
def test_the_key_is_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    open_centre(settings).close()
    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "zz", "00" * 31])
def test_a_broken_key_is_said_and_not_replaced(tmp_path: Path, content: str) -> None:
    settings = Settings(tmp_path)
    settings.key_file.write_text(content)
    with pytest.raises(StoreTrouble, match="key_broken"):
        open_centre(settings)
    assert settings.key_file.read_text() == content


def test_what_waits_and_how_far_reading_was_outlasts_an_upgrade(
    tmp_path: Path, database: str
) -> None:
    chosen = Settings(tmp_path / "old", database)
    chosen.home.mkdir()
    chain = opened_segment()
    for _ in range(4):
        chain.append(b"nothing anybody understands")
    engine = open_migration_engine(chosen.database_address)
    with engine.begin() as tx:
        config = Config()
        config.set_main_option("script_location", str(Path(upgrade.__file__).parent / "migrations"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = tx
        command.upgrade(config, "0006")
        tx.execute(text("INSERT INTO sites VALUES ('s', 'name', NULL, 'village')"))
        station = "INSERT INTO stations (id, site, public_key, machine, enrolled_ms, held_sum) "
        tx.execute(text(f"{station} VALUES ('st', 's', :key, 'pc', 1, :key)"), {"key": bytes(16)})
        for n, data in enumerate(chain.facts, start=1):
            fact = {
                "n": n,
                "hash": chain.hashes[n - 1],
                "bytes": data,
                "read": n < 4,
                "name": chain.name,
            }
            tx.execute(
                text(
                    "INSERT INTO facts (station, segment, n, hash, previous, bytes, attached, "
                    "interpreted, site, received_ms) VALUES "
                    "('st', :name, :n, :hash, :hash, :bytes, TRUE, :read, 's', 1)"
                ),
                fact,
            )
        for arrival, session, reason in (
            (1, "e1", "unknown_person"),
            (2, None, "unreadable"),
            (3, None, "unknown_play"),
        ):
            tx.execute(
                text("INSERT INTO held VALUES (:arrival, 's', :session, :reason, 'd', 7)"),
                {"arrival": arrival, "session": session, "reason": reason},
            )
        tx.execute(
            text(
                "INSERT INTO report_sessions (site, session, title, step, expected, arrived, "
                "visitors, body) VALUES ('s', 'e1', '旧', 'closed', 1, 1, 0, :body)"
            ),
            {"body": b"{}"},
        )
    engine.dispose()
    centre = open_centre(chosen)
    with centre.store.reading() as tx:
        whole = tx.execute(select(stations)).one()
        waits = tx.execute(select(held).order_by(held.c.arrival)).all()
        told = understood_of(tx, "st", "s", 5, whole.came_facts)
        old = tx.execute(select(report_sessions)).one()
        due = tx.execute(select(projections).where(projections.c.name == "sessions")).one()
    centre.close()
    assert (whole.came_facts, told.read) == (5, 0), "two are new, three wait"
    assert [(one.projection, one.key, one.reason, one.since_ms) for one in waits] == [
        ("sessions", "e1", "unknown_person", 7),
        ("", "", "unreadable", 7),
        ("sessions", "", "unknown_play", 7),
    ]
    assert (old.session, old.day, bytes(old.body)) == ("e1", "", b"{}")
    assert (due.name, due.step) == ("sessions", "fold")
