"""What an office does with rosters: imports them, looks who is there, gives commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.areas.people.person import Person
from app.wire.codec import read_row
from centre.commands.main import main
from centre.rosters.importing import Decided, ImportOutcome, import_roster
from centre.store.tables import feed_rows, people
from tests.centre.benches import Bench
from tests.support.sheets import write_sheet

SITE = "石门村"
HEADER = ["姓名", "支部", "手机", "会员号"]


def load(
    bench: Bench,
    folder: Path,
    rows: Sequence[Sequence[object]],
    *,
    apply: bool = True,
    site: str = SITE,
    **decided: Any,
) -> ImportOutcome:
    path = write_sheet(folder / "r.xlsx", rows)
    return import_roster(bench.centre, path, site, apply=apply, decided=Decided(**decided))


def roster(bench: Bench) -> dict[str, Person]:
    with bench.centre.store.reading() as tx:
        rows = tx.scalars(select(people.c.body).order_by(people.c.active)).all()
    return {one.name: one for one in (read_row(body, Person) for body in rows)}


def kept(bench: Bench) -> list[dict[str, object]]:
    """All rows of people and of the feed, as they are."""
    with bench.centre.store.reading() as tx:
        rows = tx.execute(select(people).order_by(people.c.id)).all()
        fed = tx.execute(select(feed_rows).order_by(feed_rows.c.kind, feed_rows.c.key)).all()
    return [dict(row._mapping) for row in (*rows, *fed)]


def commanded(
    bench: Bench, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str, str]:
    """Run a command on the bench's store: its code, stdout and stderr."""
    where = ["--home", str(bench.settings.home), "--database", bench.settings.database]
    code = main([*where, *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err
