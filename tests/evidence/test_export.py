"""An export is checked by a program that shares nothing with ours; every tampering is found."""

from __future__ import annotations

import ast
import hashlib
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.domain.ids import SessionId
from app.usecases.exchange import Enrolment
from app.usecases.sync_once import SyncOnce
from app.wire.fact_bytes import chain_hash, segment_root
from app.wire.messages import FeedPage, FeedRow
from app.wire.signing import new_private_key, public_key_of
from tests.support.port_centre import KEY, STATION, PortCentre
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SCOPE, station_at

VERIFIER = Path(__file__).parents[2] / "docs" / "verifier" / "verify_export.py"


def verify(folder: Path, *more: str) -> tuple[int, str]:
    """Run the verifier as an auditor does: another process, isolated from our packages."""
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(folder), *more],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str, SessionId]:
    """Folders of an export with and one without personal payloads, the session's code and id."""
    folder = tmp_path_factory.mktemp("evidence")
    enrolment = Enrolment(
        STATION, public_key_of(KEY), ("site:songling",), new_private_key(bytes(range(32)))
    )
    with station_at(folder / "home") as opened:
        session = begin(opened)
        sign_in(opened, session, *range(6))
        opened.station.attendance.undo(session)
        opened.station.attendance.admit_visitor(session, "赵来客")
        code = opened.station.sessions.close(session).code
        tools = opened.station.tools
        once = SyncOnce(tools, PortCentre(), enrolment)
        once.run(store_lane=lambda job: job(), cancelled=lambda: False, courses=False)
        later = begin(opened, "第二场")
        sign_in(opened, later, 7)
        from app.usecases.evidence import export

        export(tools, enrolment, folder / "whole", with_personal=True)
        export(tools, enrolment, folder / "plain")
    return folder / "whole", folder / "plain", code, session


def test_an_honest_export_holds_with_and_without_what_is_personal(
    exported: tuple[Path, Path, str, SessionId],
) -> None:
    whole, plain, code, _ = exported
    for folder in (whole, plain):
        status, told = verify(folder, "--code", code)
        assert status == 0, told
        assert "THE RECORD HOLDS" in told
        assert "facts witnessed by the centre" in told
    assert "赵来客" in (whole / "facts.jsonl").read_text(encoding="utf-8")
    assert "赵来客" not in (plain / "facts.jsonl").read_text(encoding="utf-8")


def test_a_code_from_paper_that_is_of_another_record_is_found(
    exported: tuple[Path, Path, str, SessionId],
) -> None:
    status, told = verify(exported[1], "--code", "0000-0000")
    assert status == 1
    assert "code from paper is not in this record" in told


def lines_of(folder: Path) -> list[dict[str, Any]]:
    """The facts of an export."""
    return [json.loads(line) for line in (folder / "facts.jsonl").read_bytes().splitlines()]


def put_lines(folder: Path, lines: list[dict[str, Any]]) -> None:
    """Write them back."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "facts.jsonl").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("seed", range(30))
def test_every_tampering_with_single_facts_is_found(
    seed: int, exported: tuple[Path, Path, str, SessionId], tmp_path: Path
) -> None:
    folder = tmp_path / "tampered"
    shutil.copytree(exported[0], folder)
    chance = random.Random(seed)
    lines = lines_of(folder)
    place = chance.randrange(1, len(lines) - 1)
    match seed % 5:
        case 0:
            lines[place]["bytes"] = lines[place]["bytes"].replace('"w":1', '"w":2', 1)
        case 1:
            del lines[place]
        case 2:
            lines[place]["bytes"], lines[place + 1]["bytes"] = (
                lines[place + 1]["bytes"],
                lines[place]["bytes"],
            )
        case 3:
            lines.insert(place, dict(lines[place]))
        case 4:
            lines[place]["hash"] = hashlib.sha256(b"x").hexdigest()
    put_lines(folder, lines)
    status, told = verify(folder)
    assert status == 1, told
    assert "WRONG" in told


def rechained(lines: list[dict[str, Any]], change: tuple[str, str]) -> list[dict[str, Any]]:
    """A record written anew as a whole with one thing changed."""
    ends: dict[str, bytes] = {}
    for line in lines:
        line["bytes"] = line["bytes"].replace(*change)
        before = ends.get(line["segment"], segment_root(line["segment"]))
        line["previous"] = before.hex()
        line["hash"] = chain_hash(before, line["bytes"].encode()).hex()
        ends[line["segment"]] = bytes.fromhex(line["hash"])
    return lines


def test_a_record_written_anew_is_found_by_the_receipts(
    exported: tuple[Path, Path, str, SessionId], tmp_path: Path
) -> None:
    folder = tmp_path / "anew"
    shutil.copytree(exported[0], folder)
    put_lines(folder, rechained(lines_of(folder), ('"person":"p1"', '"person":"p20"')))
    status, told = verify(folder)
    assert status == 1
    assert "receipt confirms a fact that is not here" in told


def test_before_any_receipt_only_the_code_on_paper_finds_a_record_written_anew(
    exported: tuple[Path, Path, str, SessionId], tmp_path: Path
) -> None:
    folder = tmp_path / "anew"
    shutil.copytree(exported[0], folder)
    lines = rechained(lines_of(folder), ('"person":"p1"', '"person":"p20"'))
    put_lines(folder, lines)
    receipts = json.loads((folder / "receipts.json").read_text(encoding="utf-8"))
    receipts = {"segments": [], "whole": None, "gaps": receipts["gaps"]}
    (folder / "receipts.json").write_text(json.dumps(receipts), encoding="utf-8")
    closing = next(one for one in lines if '"k":"session.closed"' in one["bytes"])
    codes = json.loads((folder / "codes.json").read_text(encoding="utf-8"))
    from app.areas.sessions.code import session_code

    codes[0] |= {"closed_by": closing["hash"], "code": session_code(closing["hash"])}
    (folder / "codes.json").write_text(json.dumps(codes), encoding="utf-8")
    status, told = verify(folder)
    assert status == 0, "this is the honest limit: nobody outside saw it"
    assert "facts witnessed" in told
    status, told = verify(folder, "--code", exported[2])
    assert status == 1, "the projector saw it"


def test_a_forged_receipt_or_a_wrong_payload_is_found(
    exported: tuple[Path, Path, str, SessionId], tmp_path: Path
) -> None:
    folder = tmp_path / "forged"
    shutil.copytree(exported[0], folder)
    receipts = json.loads((folder / "receipts.json").read_text(encoding="utf-8"))
    first = next(one for one in receipts["segments"] if one["receipt"])
    first["receipt"] = first["receipt"].replace('"count":', '"count": ')
    (folder / "receipts.json").write_text(json.dumps(receipts), encoding="utf-8")
    assert "receipt is not the centre's" in verify(folder)[1]
    shutil.rmtree(folder)
    shutil.copytree(exported[0], folder)
    lines = lines_of(folder)
    guest = next(line for line in lines if "personal" in line)
    guest["personal"] = guest["personal"].replace("赵来客", "钱来客")
    put_lines(folder, lines)
    assert "personal payload is another one" in verify(folder)[1]


def test_an_export_after_somebody_was_erased_still_holds(tmp_path: Path) -> None:
    with station_at(tmp_path / "home") as opened:
        session = begin(opened)
        guest = opened.station.attendance.admit_visitor(session, "赵来客").card.id
        opened.station.sessions.close(session)
        erasure = FeedRow("erasure", guest, 500, b"{}")
        opened.station.tools.store.apply_page(FeedPage(SCOPE, 500, (erasure,)))
        opened.station.export_record(tmp_path / "out", with_personal=True)
    status, told = verify(tmp_path / "out")
    assert status == 0, told
    assert "赵来客" not in (tmp_path / "out" / "facts.jsonl").read_text(encoding="utf-8")


def test_what_is_no_export_is_said_and_no_traceback(tmp_path: Path) -> None:
    assert verify(tmp_path)[0] == 2
    for name in ("receipts.json", "keys.json", "codes.json", "facts.jsonl"):
        (tmp_path / name).write_text("[1]", encoding="utf-8")
    assert verify(tmp_path)[0] == 2


def test_the_verifier_is_short_and_uses_nothing_of_ours() -> None:
    text = VERIFIER.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name) or ""
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    roots = {name.split(".")[0] for name in imported}
    assert roots - set(sys.stdlib_module_names) == {"cryptography"}
