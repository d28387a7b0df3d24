"""The help file: what helps is in it, what says who somebody is or opens something is not."""

from __future__ import annotations

import base64
import json
import logging
import os
import random
import re
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.areas.attendance.marks import Lane
from app.bootstrap import look_at_health, write_help
from app.cli.main import main
from app.domain.errors import StationTrouble
from app.machine import diagnostics
from app.machine.diagnostics import MOST_BYTES, HelpFileContent, write_help_file
from app.machine.redaction import Redactor
from app.words import speak
from tests.support.stations import NAMES, station_at

HOME = Path("/srv/somewhere/home")


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _urlsafe(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


digits = st.text("0123456789", min_size=8, max_size=8)
phones = st.builds(lambda head, tail: "13" + head + tail, st.sampled_from("03589"), digits)
ids = st.builds(lambda day, end: f"5223{day}{end[:5]}X", digits, digits)
han_names = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4
)
raw_keys = st.integers(0, 1 << 30).map(lambda seed: random.Random(seed).randbytes(32))
keys = st.builds(
    lambda raw, spell: spell(raw),
    raw_keys,
    st.sampled_from([bytes.hex, _base64, _urlsafe]),
)
pins = st.text("0123456789", min_size=4, max_size=8)
around = st.sampled_from(
    ["{}", "row ({}, 'x')", "name={} at", '"{}"', "tel:{}", "got {} twice: {}", "\uff1a{}\uff0c"]
)


@given(phone=phones, place=around)
def test_no_telephone_number_gets_through(phone: str, place: str) -> None:
    shown = Redactor((), HOME).line(place.format(phone, phone))
    assert phone not in shown
    assert f"{phone[:3]}****{phone[7:]}" in shown


@given(phone=phones)
def test_nor_one_with_spaces_a_country_or_wide_digits(phone: str) -> None:
    redactor = Redactor((), HOME)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in phone)
    for written in (
        f"{phone[:3]} {phone[3:7]} {phone[7:]}", f"{phone[:3]}-{phone[3:7]}-{phone[7:]}",
        f"+86{phone}", f"86 {phone}", wide,
    ):  # fmt: skip
        shown = redactor.line(f"called {written} now")
        assert phone not in re.sub(r"\D", "", shown), shown


@given(number=ids, place=around)
def test_no_id_number_gets_through_nor_its_birthday(number: str, place: str) -> None:
    shown = Redactor((), HOME).line(place.format(number, number))
    assert number not in shown
    assert number[6:14] not in shown
    assert number[-4:] not in shown


@given(name=han_names, place=around)
def test_no_name_in_han_gets_through_known_or_not(name: str, place: str) -> None:
    for known in ((), (name,)):
        shown = Redactor(known, HOME).line(place.format(name, name))
        assert not re.search("[\u4e00-\u9fff]", shown)


@given(key=keys, place=around)
@example(key="inhWqqGG8PinFSn4JWSFrVJDCpoSokAb3rz3osSjBZc=", place="{}")
def test_no_key_gets_through_nor_a_long_piece_of_it(key: str, place: str) -> None:
    shown = Redactor((), HOME).line(place.format(key, key))
    assert not any(key[at : at + 12] in shown for at in range(len(key) - 12))


@given(pin=pins)
def test_no_pin_gets_through_wherever_it_is_named_one(pin: str) -> None:
    for line in (f"pin={pin}", f"PIN: {pin}", f'"operator_pin": "{pin}"', f"PIN {pin}",
                 f"pin is {pin}", f"\u5bc6\u7801\uff1a{pin}", f"\u5bc6\u7801 {pin}"):  # fmt: skip
        assert pin not in Redactor((), HOME).line(line), line


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("get https://me:pw77@centre.example/v1/x?token=abc&k=1 now", ("me:pw77", "abc", "k=1")),
        ("Authorization: Bearer abc.def", ("abc.def",)),
        ("enrol code ABCD-EF12-9XYZ refused", ("ABCD", "9XYZ")),
        ("card YJ1-00007-3 unknown", ("YJ1-00007",)),
        ("mail wang.fang@example.org", ("wang.fang",)),
        ("secret=s3cr3t;", ("s3cr3t",)),
        ("AGE-SECRET-KEY-1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", ("QQPZRY9X8",)),
        (r"C:\Users\wangfang\AppData\x.db", ("wangfang",)),
        ("/home/wangfang/x.db", ("wangfang",)),
        ("landline 2234567 and born 19560312", ("2234567", "19560312")),
        ("Wang Fang came", ("Wang Fang",)),
        ("\u7ad9\u957f\u4e70\u4e70\u63d0\u00b7\u5410\u5c14\u900a", ("\u5410",)),
    ],
)  # fmt: skip
def test_whatever_opens_or_names_is_taken_out(line: str, gone: tuple[str, ...]) -> None:
    shown = Redactor(("Wang Fang",), HOME).line(line)
    assert not any(one in shown for one in gone), shown


def test_a_key_block_is_left_out_whole() -> None:
    lines = [
        "before\n",
        "-----BEGIN PRIVATE KEY-----\n",
        "MC4CAQ\n",
        "-----END PRIVATE KEY-----\n",
        "x",
    ]
    assert list(Redactor((), HOME).lines(lines)) == ["before\n", "[left out]\n", "x"]


def test_what_helps_is_still_readable() -> None:
    redactor = Redactor(("\u9648\u5e73",), HOME)
    kept = "2026-11-23 14:02:11,512 INFO sync round ended: K-502 link.silent"
    assert redactor.line(kept) == kept
    frame = '  File "/opt/x/site-packages/sqlalchemy/engine/base.py", line 12, in _execute'
    assert redactor.line(frame).strip() == (
        'File "site-packages/sqlalchemy/engine/base.py", line 12, in _execute'
    )
    ours = r'  File "C:\Users\wf\station\app\store\engine.py", line 9, in read'
    assert r'"app\store\engine.py", line 9' in redactor.line(ours)
    same = {redactor.line(f"person \u9648\u5e73 {at}").split()[1] for at in range(3)}
    assert same == {"person-1"}  # the same one every time
    assert redactor.line("at 1763907193000 ms") == "at 1763907193000 ms"
    assert redactor.line("see https://centre.example:8443/v1/exchange") == (
        "see https://centre.example:8443/…"
    )


@given(st.dictionaries(st.sampled_from(["volume", "operator_pin", "api_key", "note", "token"]),
                       st.one_of(phones, ids, pins)))  # fmt: skip
def test_settings_go_without_secrets(kept: dict[str, str]) -> None:
    shown = Redactor((), HOME).value({"inner": [kept]})
    assert isinstance(shown, dict)
    for name, value in kept.items():
        if len(value) > 8 or name in ("operator_pin", "api_key", "token"):
            assert value not in shown["inner"][0][name]


# --- the file itself -----------------------------------------------------------------


def planted_home(home: Path) -> None:
    """Logs, crash traces and settings with everything in them that must not go out."""
    logs = home / "logs"
    logs.mkdir(parents=True)
    (logs / "station.log").write_text(
        "2026-11-23 10:00:00,000 ERROR store unit of work failed: ('陈桂英', '13812346217')\n"
        "2026-11-23 10:00:01,000 INFO sync round ended: K-502 link.silent\n"
        "2026-11-23 10:00:02,000 INFO 522321195603121234 pin=482913 key=" + "ab" * 32 + "\n",
        encoding="utf-8",
    )
    (logs / "station.log.1").write_text("older 赵文华 came\n", encoding="utf-8")
    (logs / "crash.log").write_text(
        f'Fatal Python error\n  File "{home}/app/x.py", line 3 in f\n', encoding="utf-8"
    )
    (home / "choices.json").write_text(
        json.dumps({"language": "zh", "volume": 80, "operator_pin": "482913", "note": "陈桂英"}),
        encoding="utf-8",
    )


def everything(path: Path) -> str:
    with zipfile.ZipFile(path) as zipped:
        assert zipped.testzip() is None
        return "\n".join(zipped.read(name).decode("utf-8") for name in zipped.namelist())


FORBIDDEN = (
    "13812346217",
    "522321195603121234",
    "19560312",
    "482913",
    "ab" * 8,
    "陈桂英",
    "赵文华",
)


def test_the_file_of_a_working_station_has_its_health_and_nobody(tmp_path: Path) -> None:
    home, stick = tmp_path / "home", tmp_path / "stick"
    stick.mkdir()
    speak("zh")
    with station_at(home) as opened:
        view = opened.station.sessions.prepare_extra("x", ())
        view = opened.station.sessions.open_sign_in(view.session.id)
        person = view.cards[0].id
        opened.station.attendance.sign_in(view.session.id, person, Lane.ROLL_CALL, "operator")
        planted_home(home)
        health = look_at_health(opened)
        done = write_help(home, stick, health, screens=({"name": "EPSON", "width": 1024},))
    text = everything(done.path)
    assert not [word for word in (*FORBIDDEN, *NAMES) if word in text]
    with zipfile.ZipFile(done.path) as zipped:
        names = set(zipped.namelist())
        summary = json.loads(zipped.read("summary.json"))
    assert names == {
        "summary.json", "settings.json", "logs/station.log", "logs/station.log.1", "logs/crash.log",
    }  # fmt: skip
    assert summary["number"] == done.code
    assert summary["record"]["facts"] == summary["record"]["unsent"] > 0
    assert summary["record"]["chain"].startswith("not walked")  # nobody waits for it in a session
    assert summary["screens"][0]["width"] == 1024
    assert summary["machine"]["python"] == sys.version.split()[0]
    assert summary["libvlc"].startswith("3.")
    assert "K-502 link.silent" in text
    assert done.code in done.path.name
    assert health.day in done.path.name
    assert [one.name for one in stick.iterdir()] == [done.path.name]


def test_its_name_says_station_date_and_number_and_suits_every_system(tmp_path: Path) -> None:
    told = HelpFileContent({}, (), 'help-松岭: "a/b"?-2026-11-23-{code}')
    done = write_help_file(tmp_path / "home", tmp_path, told)
    assert re.fullmatch(r"help-松岭ab-2026-11-23-\d{6}\.zip", done.path.name)


def test_the_chain_is_walked_when_no_session_is_on(tmp_path: Path) -> None:
    with station_at(tmp_path / "home") as opened:
        assert look_at_health(opened).chain.startswith("sound up to")


def test_however_much_was_logged_it_fits_a_mail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert diagnostics._BUDGET < MOST_BYTES  # of unpacked text: even what does not shrink fits
    budget, one_log = 1_300_000, 100_000
    monkeypatch.setattr(diagnostics, "_BUDGET", budget)
    monkeypatch.setattr(diagnostics, "_OF_ONE_LOG", one_log)
    logs = tmp_path / "home" / "logs"
    logs.mkdir(parents=True)
    for at in range(6):
        (logs / f"station.log.{at}").write_text(f"line {at} of words\n" * 8_000, encoding="utf-8")
        os.utime(logs / f"station.log.{at}", (1_000 - at, 1_000 - at))
    done = write_help_file(tmp_path / "home", tmp_path / "x.zip", HelpFileContent({}, (), "x"))
    assert done.size == done.path.stat().st_size <= budget
    with zipfile.ZipFile(done.path) as zipped:
        kept = {one.filename: one.file_size for one in zipped.infolist()}
    assert sum(kept.values()) <= budget
    assert {f"logs/station.log.{at}" for at in range(3)} <= set(kept)  # the newest
    assert "logs/station.log.4" not in kept
    assert kept["logs/station.log.0"] <= one_log


def test_a_line_without_end_takes_no_time_without_end() -> None:
    before = time.process_time()
    Redactor((), HOME).line("pin." * 500_000)
    Redactor((), HOME).line("a-" * 500_000 + "@")
    assert time.process_time() - before < 1.0


def test_a_place_that_can_not_be_written_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StationTrouble, match="file_not_written"):
        write_help_file(tmp_path, tmp_path / "gone" / "x.zip", HelpFileContent({}, (), "x"))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StationTrouble):
        write_help_file(tmp_path, tmp_path / "x.zip", HelpFileContent({}, (), "x"))
    assert list(tmp_path.glob("*x.zip*")) == []


def test_the_command_writes_one_even_when_the_record_can_not_be_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    with station_at(home):  # somebody else has it open
        before = logging.root.manager.disable
        try:
            assert main(["--home", str(home), "diagnose", str(tmp_path / "a.zip"), "--json"]) == 0
        finally:
            logging.disable(before)
    said = json.loads(capsys.readouterr().out)
    assert said["trouble"] == "K-104 trouble.store_locked"
    assert "K-104" in everything(tmp_path / "a.zip")
    assert not any(name.endswith(".db") for name in zipfile.ZipFile(tmp_path / "a.zip").namelist())
