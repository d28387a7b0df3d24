"""Records what one released version writes and says, as fixtures of ``tests/compat/released``.

    python -m tests.compat.record_release CHECKOUT tests/compat/released/VERSION

CHECKOUT is a folder with the released commit. Its centre and its station run as processes and do
the main job over plain HTTP on this machine, through a recorder between them. What is left behind:

``centre-enrolled.tar.xz``  the centre's home after the station was enrolled and got its roster
``station.tar.xz``          the station's home after three sessions, before it reported them
``centre.tar.xz``           the centre's home after it took them in
``exchanges.json.xz``       every request and answer in their order, bytes as base64
``expected.json``           what both said of the sessions then

Films are left out of the homes; keys are in them, made for nothing else.
"""

from __future__ import annotations

import base64
import http.client
import json
import lzma
import os
import re
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import xlsxwriter

CLIP = Path(__file__).resolve().parents[1] / "player" / "clips" / "short.mp4"
SITE = "松岭村学习点"
HEADINGS = ("姓名", "性别", "出生年月", "手机", "支部", "小组", "类别", "状态", "会员号")
PEOPLE = (
    ("王建国", "男", "1961-03", "19900000021", "松岭村党支部", "上坪组", "党员", "正常", "1001"),
    ("李秀兰", "女", "1958-07", "19900000022", "松岭村党支部", "上坪组", "党员", "正常", "1002"),
    ("陈平", "男", "1970-01", "19900000023", "松岭村党支部", "岭脚组", "党员", "正常", "1003"),
    ("陈平", "女", "1972-11", "19900000024", "松岭村党支部", "岭脚组", "预备党员", "正常", "1004"),
    ("欧阳春梅", "女", "1980-05", "", "松岭村党支部", "松林组", "党员", "正常", "1005"),
    ("区伟明", "男", "1949-09", "19900000026", "柳溪村党支部", "溪口组", "党员", "正常", "1006"),
)
_CARRIED = ("content-type", "range")


@dataclass(slots=True)
class Recorder:
    """Sits between station and centre and keeps what passes, in order."""

    centre_port: int = 0
    kept: list[dict[str, Any]] = field(default_factory=list)

    def pass_on(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Any:
        """Ask the centre; what is not a film is kept."""
        line = http.client.HTTPConnection("127.0.0.1", self.centre_port, timeout=60)
        line.request(method, target, body, headers)
        reply = line.getresponse()
        answer = reply.read()
        back = {name.lower(): value for name, value in reply.getheaders()}
        line.close()
        if "/media/" not in target:
            self.kept.append(
                {
                    "method": method,
                    "target": target,
                    "headers": {n: v for n, v in headers.items() if _told(n)},
                    "body": base64.b64encode(body).decode(),
                    "status": reply.status,
                    "answer_headers": {n: v for n, v in back.items() if _told(n)},
                    "answer": base64.b64encode(answer).decode(),
                }
            )
        return reply.status, back, answer


def _told(name: str) -> bool:
    return name.startswith("x-yj-") or name in _CARRIED


@contextmanager
def recording(recorder: Recorder) -> Iterator[int]:
    """The port on which the recorder listens."""

    class Between(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            headers = {n.lower(): v for n, v in self.headers.items() if _told(n.lower())}
            status, back, answer = recorder.pass_on(self.command, self.path, headers, body)
            self.send_response(status)
            for name, value in back.items():
                if _told(name) or name in ("content-range", "etag"):
                    self.send_header(name, value)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = answer  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Between)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True, slots=True)
class Release:
    """The two programs of a checkout, each with its home below ``folder``."""

    checkout: Path
    folder: Path

    def run(self, program: str, *words: str) -> str:
        """What a command printed; it must succeed."""
        done = subprocess.run(
            self.words(program, *words),
            cwd=self.checkout,
            env=_around(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise SystemExit(f"{program} {words}: {done.stderr or done.stdout}")
        return done.stdout

    def ask(self, program: str, *words: str) -> Any:
        """What a command says with ``--json``."""
        return json.loads(self.run(program, *words, "--json"))

    def words(self, program: str, *words: str) -> list[str]:
        """The command as a process is given it."""
        module = {"station": "app", "centre": "centre"}[program]
        home = self.folder / program
        return [sys.executable, "-m", module, "--home", str(home), *words]

    @contextmanager
    def serving(self) -> Iterator[int]:
        """The port of the centre while it serves."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = self.words("centre", "serve", "--host", "127.0.0.1", "--port", str(port))
        with subprocess.Popen(
            words, cwd=self.checkout, env=_around(), stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                assert process.stdout is not None
                process.stdout.readline()
                yield port
            finally:
                process.terminate()
                process.wait(timeout=30)

    def pack(self, home: str, target: Path) -> None:
        """The home as a small archive, without films, logs and backups."""
        target.unlink(missing_ok=True)
        with tarfile.open(target, "w:xz", preset=9) as archive:
            for path in sorted((self.folder / home).rglob("*")):
                inside = path.relative_to(self.folder / home)
                if path.is_file() and not {"media", "logs", "backups"} & set(inside.parts):
                    member = archive.gettarinfo(path, str(inside))
                    member.mtime, member.uid, member.gid = 0, 0, 0
                    member.uname = member.gname = ""
                    with path.open("rb") as content:
                        archive.addfile(member, content)


def _around() -> dict[str, str]:
    return {**os.environ, "YJ_LANGUAGE": "zh", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}


def write_roster(path: Path) -> None:
    """A sheet as every released version reads it."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate((HEADINGS, *PEOPLE)):
            for column, value in enumerate(line):
                sheet.write_string(row, column, value)


def set_up(release: Release, recorder: Recorder, port: int, day: str) -> None:
    """A centre with people, a course and two plans; a station that is enrolled and has them."""
    sheet = release.folder / "roster.xlsx"
    write_roster(sheet)
    release.run("centre", "init")
    code = re.search(
        r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){2,5}\b",
        release.run("centre", "enrol-code", "--site", SITE, "--create"),
    )
    assert code is not None
    release.run("centre", "import-roster", str(sheet), "--site", SITE, "--apply")
    release.run("centre", "publish-course", str(CLIP), "--title", "果树修剪", "--id", "fruit-1")
    for start, title in (("09:00", "三月集中学习"), ("14:00", "防火知识")):
        more = ("--course", "fruit-1") if start == "09:00" else ()
        release.run(
            "centre",
            "plan",
            "--site",
            SITE,
            "--date",
            day,
            "--start",
            start,
            "--title",
            title,
            *more,
        )
    with release.serving() as recorder.centre_port:
        release.run("station", "enrol", f"http://127.0.0.1:{port}", code.group())
        release.run("station", "sync", "--once")
        release.run("station", "sync", "--once")


def hold_sessions(release: Release) -> None:
    """One planned session with everything in it, one not held, one nobody planned."""
    plans = [one["id"] for one in release.ask("station", "status")["plans"]]
    opened = release.ask("station", "session", "open", "--plan", plans[0])
    first = opened["session"]["id"]
    people = sorted(one["id"] for one in opened["cards"])
    mark = ("session", "mark", "--session", first)
    release.run("station", *mark, "--id", people[0], "--lane", "phone_tail")
    release.run("station", *mark, "--id", people[1], "--lane", "roll_call")
    release.run("station", *mark, "--id", people[2], "--lane", "name_wall")
    release.run("station", "session", "undo", "--session", first)
    release.run("station", *mark, "--id", people[3], "--status", "on_leave", "--leave", "sick")
    release.run("station", *mark, "--visitor", "丁来宾", "--tail", "8801", "--home-place", "外村")
    release.run("station", "session", "move", "play", "--session", first)
    release.run("station", "play", "fruit-1", "--headless", "--rate", "2")
    release.run("station", "session", "move", "discuss", "--session", first)
    release.run("station", "session", "close", "--session", first)
    late = ("--status", "late_entry", "--reason", "手机没电")
    release.run("station", *mark, "--id", people[4], *late)
    not_held = ("--reason", "power_cut", "--note", "全村停电")
    release.run("station", "session", "not-held", "--plan", plans[1], *not_held)
    extra = release.ask("station", "session", "open", "--title", "临时学习")["session"]["id"]
    release.run("station", "session", "mark", "--session", extra, "--id", people[0])


def said_by(release: Release) -> dict[str, Any]:
    """What the station says of its sessions, and the centre of them."""
    sessions = [one["session"]["id"] for one in release.ask("station", "session", "list")]
    return {
        "sessions": {one: release.ask("station", "session", "show", one) for one in sessions},
        "report": release.ask("centre", "report"),
    }


def main(checkout: Path, target: Path) -> None:
    """Record one release."""
    target.mkdir(parents=True, exist_ok=True)
    recorder = Recorder()
    with tempfile.TemporaryDirectory(prefix="release-") as folder, recording(recorder) as port:
        release = Release(checkout.resolve(), Path(folder))
        set_up(release, recorder, port, release.ask("station", "status")["day"])
        release.pack("centre", target / "centre-enrolled.tar.xz")
        hold_sessions(release)
        release.pack("station", target / "station.tar.xz")
        with release.serving() as recorder.centre_port:
            release.run("station", "sync", "--once")
            release.run("station", "sync", "--once")
        release.pack("centre", target / "centre.tar.xz")
        (target / "expected.json").write_text(
            json.dumps(said_by(release), ensure_ascii=False, indent=1), encoding="utf-8"
        )
    kept = json.dumps(recorder.kept).encode()
    (target / "exchanges.json.xz").write_bytes(lzma.compress(kept, preset=9))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
