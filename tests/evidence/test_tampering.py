"""An export that somebody with all its files in hand has changed: what is found, and by whom."""

from __future__ import annotations

import base64
import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_station
from app.domain.ids import SessionId
from app.store.engine import SQLITE
from app.wire.codec import write_receipt
from app.wire.fact_bytes import chain_hash, segment_root
from app.wire.introduction import key_mark
from app.wire.messages import WHOLE, Receipt
from app.wire.signing import RECEIPT_LABEL, public_key_of, sign
from tests.evidence.test_export import exported, lines_of, put_lines, verify
from tests.support.port_centre import KEY, STATION
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SetClock, station_at

__all__ = ["exported"]
Exported = tuple[Path, Path, str, SessionId]


@pytest.fixture
def folder(exported: Exported, tmp_path: Path) -> Path:
    """A copy of an honest export, to do to it what one likes."""
    made = tmp_path / "export"
    shutil.copytree(exported[0], made)
    return made


def receipts_of(folder: Path) -> dict[str, Any]:
    """The receipts of an export."""
    found: dict[str, Any] = json.loads((folder / "receipts.json").read_text(encoding="utf-8"))
    return found


def put_receipts(folder: Path, receipts: dict[str, Any]) -> None:
    """Write them back."""
    (folder / "receipts.json").write_text(json.dumps(receipts), encoding="utf-8")


def facts_of_session(folder: Path) -> list[dict[str, Any]]:
    """The facts of the segment that has the closed session."""
    closing_fact = next(one for one in lines_of(folder) if '"k":"session.closed"' in one["bytes"])
    return [one for one in lines_of(folder) if one["segment"] == closing_fact["segment"]]


def test_facts_that_are_missing_are_found_even_when_a_gap_is_named_beside_the_record(
    folder: Path,
) -> None:
    facts = facts_of_session(folder)
    gone = facts[3:6]
    places = {(one["segment"], one["n"]) for one in gone}
    put_lines(folder, [one for one in lines_of(folder) if (one["segment"], one["n"]) not in places])
    receipts = receipts_of(folder)
    receipts["gaps"].append(
        {"segment": gone[0]["segment"], "after_n": gone[0]["n"] - 1, "before_n": gone[-1]["n"] + 1}
    )
    for one in receipts["segments"]:
        if one["segment"] == gone[0]["segment"]:
            one["facts"] -= len(gone)
    put_receipts(folder, receipts)
    status, told = verify(folder)
    assert status == 1
    assert "facts are missing before" in told


def test_a_confirmed_end_that_was_cut_off_is_found(folder: Path) -> None:
    receipts = receipts_of(folder)
    confirmed = next(one for one in receipts["segments"] if one["receipt"])
    upto = json.loads(confirmed["receipt"])["upto_n"]
    kept = [
        one for one in lines_of(folder) if one["segment"] != confirmed["segment"] or one["n"] < upto
    ]
    put_lines(folder, kept)
    confirmed["facts"] = sum(one["segment"] == confirmed["segment"] for one in kept)
    put_receipts(folder, receipts)
    status, told = verify(folder)
    assert status == 1
    assert "receipt confirms a fact that is not here" in told


def test_an_export_of_nothing_proves_nothing(folder: Path) -> None:
    put_lines(folder, [])
    put_receipts(folder, {"segments": [], "whole": None, "gaps": []})
    (folder / "codes.json").write_text("[]", encoding="utf-8")
    status, told = verify(folder)
    assert status == 1
    assert "there are no facts" in told


def test_a_copy_that_broke_off_is_found(folder: Path) -> None:
    whole = (folder / "facts.jsonl").read_bytes()
    (folder / "facts.jsonl").write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    status, told = verify(folder)
    assert status == 1
    assert "segment has another number of facts" in told


def test_a_fact_that_was_added_in_between_is_found(folder: Path) -> None:
    lines = lines_of(folder)
    place = lines.index(facts_of_session(folder)[4])
    extra = dict(lines[place])
    body = extra["bytes"].encode()
    extra |= {"n": extra["n"] + 1, "previous": extra["hash"]}
    extra["hash"] = chain_hash(bytes.fromhex(lines[place]["hash"]), body).hex()
    put_lines(folder, [*lines[: place + 1], extra, *lines[place + 1 :]])
    status, told = verify(folder)
    assert status == 1
    assert "two facts at one place" in told


def test_a_segment_that_was_left_out_is_missed_by_the_one_that_goes_on_from_it(
    tmp_path: Path,
) -> None:
    for _ in range(3):
        with station_at(tmp_path / "home") as opened:
            running = opened.station.sessions.running()
            session = running.session.id if running else begin(opened)
            sign_in(opened, session, 0)
            opened.station.attendance.undo(session)
            opened.station.export_record(tmp_path / "out")
    lines = lines_of(tmp_path / "out")
    segments = list(dict.fromkeys(one["segment"] for one in lines))
    assert len(segments) == 3
    assert verify(tmp_path / "out")[0] == 0
    put_lines(tmp_path / "out", [one for one in lines if one["segment"] != segments[1]])
    receipts = receipts_of(tmp_path / "out")
    receipts["segments"] = [one for one in receipts["segments"] if one["segment"] != segments[1]]
    put_receipts(tmp_path / "out", receipts)
    status, told = verify(tmp_path / "out")
    assert status == 1
    assert "segment goes on from a fact that is not here" in told


def signed_anew(folder: Path, key: bytes) -> None:
    """Write the whole record anew with one person changed, and every receipt with another key."""
    ends: dict[str, bytes] = {}
    lines = lines_of(folder)
    for line in lines:
        line["bytes"] = line["bytes"].replace('"person":"p1"', '"person":"p20"')
        before = ends.get(line["segment"], segment_root(line["segment"]))
        line["previous"] = before.hex()
        line["hash"] = chain_hash(before, line["bytes"].encode()).hex()
        ends[line["segment"]] = bytes.fromhex(line["hash"])
    put_lines(folder, lines)
    at = {(one["segment"], one["n"]): one["hash"] for one in lines}
    receipts = receipts_of(folder)
    for one in receipts["segments"]:
        if not one["receipt"]:
            continue
        said = json.loads(one["receipt"])
        named = bytes.fromhex(at[one["segment"], said["upto_n"]])
        said["upto_hash"] = base64.b64encode(named).decode()
        one["receipt"] = json.dumps(said, separators=(",", ":"))
        one["signature"] = sign(key, RECEIPT_LABEL, one["receipt"].encode()).hex()
    put_receipts(folder, receipts | {"whole": None})
    keys = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    keys |= {"centre_key": public_key_of(key).hex(), "credential": ""}
    (folder / "keys.json").write_text(json.dumps(keys), encoding="utf-8")
    (folder / "codes.json").write_text("[]", encoding="utf-8")


def test_a_record_signed_anew_with_a_key_of_ones_own_is_found_by_the_centres_mark_or_a_code(
    folder: Path, exported: Exported
) -> None:
    mark = key_mark(public_key_of(KEY))
    assert verify(folder, "--centre", mark)[0] == 0
    other = bytes(range(1, 33))
    signed_anew(folder, other)
    status, told = verify(folder)
    assert status == 0, "the files alone are in order"
    assert key_mark(public_key_of(other)) in told, "but they say whose key it is"
    status, told = verify(folder, "--centre", mark)
    assert status == 1
    assert "key is not the centre's" in told
    status, told = verify(folder, "--code", exported[2])
    assert status == 1
    assert "code from paper is not in this record" in told


def agreed(folder: Path, count: int, total: int) -> None:
    """Let the centre have agreed to so many facts of such a sum."""
    said = Receipt(STATION, WHOLE, count, total.to_bytes(16, "big"), count, 1, "g1", "agreed")
    data = write_receipt(said)
    whole = {"receipt": data.decode(), "signature": sign(KEY, RECEIPT_LABEL, data).hex()}
    put_receipts(folder, receipts_of(folder) | {"whole": whole})


def test_the_receipt_of_the_whole_finds_what_was_left_out_or_exchanged(folder: Path) -> None:
    hashes = [one["hash"] for one in lines_of(folder)]
    total = sum(int(one[:32], 16) for one in hashes) % (1 << 128)
    agreed(folder, len(hashes), total)
    status, told = verify(folder)
    assert status == 0, told
    assert "1  the centre holds exactly this record" in told
    agreed(folder, len(hashes) - 1, 5)
    assert verify(folder)[0] == 0, "facts made since then are no fault"
    agreed(folder, len(hashes), total ^ 1)
    assert "the centre agreed to another set of facts" in verify(folder)[1]
    agreed(folder, len(hashes) + 1, total)
    status, told = verify(folder)
    assert status == 1
    assert "the centre holds more facts than are here" in told


def test_receipts_do_not_count_without_a_key_to_hold_them_against(folder: Path) -> None:
    (folder / "keys.json").write_text("{}", encoding="utf-8")
    status, told = verify(folder)
    assert status == 1
    assert "receipts without the key of a centre" in told


def test_a_code_in_the_list_that_is_not_the_facts_is_found(folder: Path) -> None:
    codes = json.loads((folder / "codes.json").read_text(encoding="utf-8"))
    codes[0]["code"] = "7777-7777"
    (folder / "codes.json").write_text(json.dumps(codes), encoding="utf-8")
    assert "code does not fit the record" in verify(folder)[1]
    codes[0]["session"] = "s-another"
    (folder / "codes.json").write_text(json.dumps(codes), encoding="utf-8")
    assert "code of a session that no fact closed" in verify(folder)[1]


@pytest.mark.logs_warnings
def test_facts_lost_on_a_damaged_disk_are_no_tampering_because_the_record_names_them(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with station_at(home) as opened:
        sign_in(opened, begin(opened), *range(9))
    for path in (home / "journal").glob("*"):
        path.unlink()
    with closing(SQLITE.connect(home / "station.db")) as connection:
        connection.execute("DELETE FROM facts WHERE n IN (5, 6)")
        connection.commit()
    opened = open_station(home, clock=SetClock())
    try:
        opened.station.export_record(tmp_path / "out")
    finally:
        opened.close()
    status, printed = verify(tmp_path / "out")
    assert status == 0, printed
    assert "2  facts lost on a damaged disk, as the record says" in printed
    assert sum("journal.gap" in one["bytes"] for one in lines_of(tmp_path / "out")) == 1
