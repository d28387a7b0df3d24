"""The record as files an auditor can check without this program: facts, receipts, codes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import Connection, select

from app.areas.sessions.code import session_code
from app.domain.errors import StationTrouble
from app.domain.time import local_date
from app.store.journal import stored_facts
from app.store.projected_tables import sessions
from app.store.tables import gaps, segments
from app.store.upgrade import flush_file
from app.wire.side_files import make_private_file

FACTS, RECEIPTS, CODES, KEYS = "facts.jsonl", "receipts.json", "codes.json", "keys.json"


def write_export(
    conn: Connection,
    folder: Path,
    *,
    keys: Mapping[str, str],
    whole_receipt: Mapping[str, str] | None,
    with_personal: bool,
) -> int:
    """Write the export into ``folder``; how many facts it has.

    Without ``with_personal`` no payload that names people leaves the station. Raises
    StationTrouble when the folder can't be written; files of the same name are replaced whole.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        count = _write_lines(folder / FACTS, _facts(conn, with_personal=with_personal))
        receipts = {"segments": _receipts(conn), "whole": whole_receipt, "gaps": _gaps(conn)}
        for name, content in ((RECEIPTS, receipts), (CODES, _codes(conn)), (KEYS, dict(keys))):
            _write_lines(folder / name, [json.dumps(content, ensure_ascii=False, indent=1)])
    except OSError as failed:
        raise StationTrouble("trouble.file_not_written") from failed
    return count


def _facts(conn: Connection, *, with_personal: bool) -> Iterable[str]:
    for fact in stored_facts(conn):
        line = {
            "segment": fact.segment,
            "n": fact.n,
            "hash": fact.hash.hex(),
            "previous": None if fact.previous is None else fact.previous.hex(),
            "bytes": fact.data.decode("utf-8"),
        }
        if with_personal and fact.personal is not None:
            line["personal"] = fact.personal.decode("utf-8")
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def _receipts(conn: Connection) -> list[dict[str, object]]:
    rows = conn.execute(select(segments).order_by(segments.c.ordinal, segments.c.no))
    return [
        {
            "segment": row.id,
            "facts": row.held,
            "last_n": row.last_n,
            "receipt": None if row.receipt is None else bytes(row.receipt).decode("utf-8"),
            "signature": None if row.signature is None else bytes(row.signature).hex(),
        }
        for row in rows
    ]


def _gaps(conn: Connection) -> list[dict[str, object]]:
    rows = conn.execute(
        select(gaps, segments.c.id).join(segments, segments.c.no == gaps.c.segment_no)
    )
    return [{"segment": row.id, "after_n": row.after_n, "before_n": row.before_n} for row in rows]


def _codes(conn: Connection) -> list[dict[str, object]]:
    rows = conn.execute(
        select(sessions).where(sessions.c.closing_hash.is_not(None)).order_by(sessions.c.place)
    )
    return [
        {
            "session": row.id,
            "title": row.title,
            "day": "" if row.closed_ms is None else local_date(row.closed_ms).isoformat(),
            "closed_by": bytes(row.closing_hash).hex(),
            "code": session_code(bytes(row.closing_hash).hex()),
            "other_codes": json.loads(row.other_codes or "[]"),
        }
        for row in rows
    ]


def _write_lines(path: Path, lines: Iterable[str]) -> int:
    draft = path.with_name(path.name + ".draft")
    count = 0
    make_private_file(draft)
    with draft.open("w", encoding="utf-8", newline="\n") as opened:
        for line in lines:
            opened.write(line + "\n")
            count += 1
    flush_file(draft)
    os.replace(draft, path)
    return count
