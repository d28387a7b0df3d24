"""The service under load: who waits, who is told to come back, and who is not waited for."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2
import pytest
from sqlalchemy.exc import IntegrityError

from app.wire.codec import pack, unpack
from app.wire.errors import ErrorNumber
from app.wire.messages import ErrorAnswer
from centre.refusals import NotServed
from centre.web import connection_limits as connections
from centre.web import fast_path as front
from centre.web.admission import Lanes, WorkQueue
from centre.web.application import refusal_for
from centre.web.connection_limits import MOST_HEAD_BYTES
from tests.support.centre_process import running_centre
from tests.support.talking_station import Chain, TalkingStation, opened_segment, refusal_of


@pytest.mark.logs_warnings
def test_a_log_tells_what_failed_and_keeps_no_names(caplog: pytest.LogCaptureFixture) -> None:
    for trouble in (
        IntegrityError("INSERT …", {"name": "张三"}, ValueError("Key (name)=(张三) exists")),
        KeyError("张三"),
    ):
        assert refusal_for(trouble).status == 503
    assert "张三" not in caplog.text
    assert "IntegrityError" in caplog.text
    assert "KeyError" in caplog.text


class Gate:
    """Work that stays at work until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go = threading.Event()

    def __call__(self) -> str:
        self.begun.release()
        assert self.go.wait(30)
        return "done"


async def until(true: Callable[[], bool]) -> None:
    """Let others run until it is so."""
    while not true():
        await asyncio.sleep(0)


def test_a_station_has_one_exchange_at_work_and_another_station_is_not_held_up() -> None:
    async def scene() -> None:
        lanes, gate = Lanes(600), Gate()
        first = asyncio.create_task(lanes.exchange("st-1 a", gate))
        await until(lambda: gate.begun.acquire(blocking=False))
        with pytest.raises(NotServed) as told:
            await lanes.exchange("st-1 a", lambda: "second")
        assert (told.value.number, told.value.status) == (ErrorNumber.BUSY, 503)
        assert told.value.retry_after_s >= 1
        assert await lanes.exchange("st-2 a", lambda: "other") == "other"
        gate.go.set()
        assert await first == "done"
        assert await lanes.exchange("st-1 a", lambda: "again") == "again"
        lanes.close()

    asyncio.run(scene())


def test_a_queue_is_bounded_and_the_wait_told_grows_with_who_was_sent_away() -> None:
    async def scene() -> None:
        lane, gate = WorkQueue(2, 3, now_s=lambda: 1_000.0), Gate()
        inside = [asyncio.create_task(lane.run(gate)) for _ in range(5)]
        await until(lambda: gate.begun.acquire(blocking=False))
        waits = []
        for _ in range(4_000):
            with pytest.raises(NotServed) as told:
                await lane.run(lambda: "too many")
            waits.append(told.value.retry_after_s)
        assert 1 <= min(waits[:20]) <= max(waits[:20]) <= 3
        assert min(waits[-20:]) > 50
        assert max(waits) <= 451
        assert len(set(waits[-20:])) > 5, "no jitter"
        gate.go.set()
        assert await asyncio.gather(*inside) == ["done"] * 5
        assert await lane.run(lambda: "room") == "room"
        lane.close()

    asyncio.run(scene())


def test_course_files_never_take_the_place_of_records() -> None:
    async def scene() -> None:
        lanes, gate = Lanes(600), Gate()
        courses = [asyncio.create_task(lanes.course(gate)) for _ in range(40)]
        await until(lambda: gate.begun.acquire(blocking=False))
        for number in range(20):
            assert await lanes.exchange(f"st-{number} a", lambda: "kept") == "kept"
        gate.go.set()
        await asyncio.gather(*courses)
        lanes.close()

    asyncio.run(scene())


def has_room(lanes: Lanes) -> bool:
    """Whether one more file may begin; a refusal says when to come back."""
    try:
        lanes.room_for_course()
    except NotServed as full:
        return full.retry_after_s < 1
    return True


def test_a_file_on_its_way_goes_on_when_no_other_may_begin() -> None:
    async def scene() -> None:
        lanes, begun = Lanes(600), 0
        with ExitStack() as ways:
            while begun < 1_000 and has_room(lanes):
                ways.enter_context(lanes.course_on_its_way())
                begun += 1
            assert 10 <= begun < 1_000
            assert await lanes.piece_of_course(lambda: b"piece") == b"piece"
        assert has_room(lanes)
        lanes.close()

    asyncio.run(scene())


def test_one_station_from_many_connections_is_served_one_at_a_time(tmp_path: Path) -> None:
    with running_centre(tmp_path / "centre") as centre:
        code = centre.enrol_code("石门村")
        with httpx2.Client(base_url=centre.address) as client:
            station = TalkingStation(client).enrol(code)

            def push(_number: int) -> set[int]:
                with httpx2.Client(base_url=centre.address) as own:
                    same = TalkingStation(own, station.key)
                    same.enrolled = station.enrolled
                    statuses, chain = set(), opened_segment()
                    while 200 not in statuses:
                        body = pack(same.request(tips=[chain.tip()], runs=[chain.run()]))
                        answer = same.send(body)
                        statuses.add(answer.status_code)
                        if answer.status_code != 200:
                            assert int(answer.headers["retry-after"]) >= 1
                            assert refusal_of(answer).retry_after_s >= 1
                    return statuses

            with ThreadPoolExecutor(12) as threads:
                seen = set().union(*threads.map(push, range(24)))
            assert seen == {200, 503}, "one station at once never met itself"
            assert client.get("/v1/health").text == "ok"


@contextmanager
def raw(address: str) -> Iterator[socket.socket]:
    """A plain connection to the centre."""
    host, port = address.rsplit("/", 1)[1].split(":")
    with socket.create_connection((host, int(port)), timeout=30) as opened:
        yield opened


def everything(sock: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    got = b""
    try:
        while piece := sock.recv(65536):
            got += piece
    except ConnectionError:
        pass
    return got


@pytest.fixture
def short_of_patience(tmp_path: Path) -> Iterator[str]:
    """The address of a centre that waits a second where others wait long."""
    hurry = (
        "import centre.web.fast_path as f, centre.web.connection_limits as c, runpy, sys\n"
        "f._BODY_S, f._SILENCE_S, f._STUCK_S, c._HEAD_S = 2.0, 1.0, 1.0, 1.0\n"
        "from centre.commands.main import main\n"
        f"sys.exit(main(['--home', {str(tmp_path / 'hurry')!r}, 'serve', '--port', '0']))\n"
    )
    assert {"_BODY_S", "_SILENCE_S", "_STUCK_S"} <= vars(front).keys()
    assert "_HEAD_S" in vars(connections)
    import subprocess

    from tests.support.centre_process import ROOT

    process = subprocess.Popen(
        [sys.executable, "-c", hurry], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield str(json.loads(process.stdout.readline())["address"])
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def test_who_sends_a_body_slowly_holds_no_lane_and_is_not_waited_for(
    short_of_patience: str,
) -> None:
    head = b"POST /v1/exchange HTTP/1.1\r\nhost: x\r\nx-yj-station: st-1\r\ncontent-length: 900\r\n\r\n"
    opened = [socket.create_connection(where(short_of_patience), timeout=30) for _ in range(60)]
    try:
        for one in opened:
            one.sendall(head + b"x")
        with httpx2.Client(base_url=short_of_patience) as client:
            garbage = client.post("/v1/exchange", content=b"x")
            assert garbage.status_code == 401, "the lanes are held by who says nothing"
        for one in opened[:5]:
            answer = everything(one)
            assert answer.startswith(b"HTTP/1.1 408 ")
            body = answer.partition(b"\r\n\r\n")[2]
            assert unpack(body, ErrorAnswer).number == ErrorNumber.BUSY
    finally:
        for one in opened:
            one.close()


def where(address: str) -> tuple[str, int]:
    """Host and port of an address."""
    host, port = address.rsplit("/", 1)[1].split(":")
    return host, int(port)


@pytest.mark.parametrize(
    "said", [b"", b"POST /v1/exch", b"GET /v1/health HTTP/1.1\r\nhost: x\r\nx-a: b"]
)
def test_who_never_ends_the_head_of_a_request_is_not_waited_for(
    short_of_patience: str, said: bytes
) -> None:
    with raw(short_of_patience) as sock:
        sock.sendall(said)
        assert everything(sock) == b""


def test_a_body_that_drips_is_ended_though_something_always_comes(short_of_patience: str) -> None:
    with raw(short_of_patience) as sock:
        sock.sendall(b"POST /v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-length: 90000\r\n\r\n")
        sock.settimeout(0.3)
        got, drops = b"", 0
        while not got and drops < 100:
            sock.sendall(b"x")
            drops += 1
            try:
                got = sock.recv(65536)
            except TimeoutError:
                continue
        assert got.startswith(b"HTTP/1.1 408 ")
        assert drops < 30


@pytest.mark.parametrize("kind", ["line", "header", "headers"])
def test_the_head_of_a_request_has_a_size(short_of_patience: str, kind: str) -> None:
    much = b"a" * (4 * MOST_HEAD_BYTES)
    said = {
        "line": b"GET /" + much,
        "header": b"GET /v1/health HTTP/1.1\r\nhost: x\r\nx-a: " + much,
        "headers": b"GET /v1/health HTTP/1.1\r\nhost: x\r\n" + b"x-a: b\r\n" * len(much),
    }[kind]
    with raw(short_of_patience) as sock:
        try:
            for start in range(0, len(said), 4096):
                sock.sendall(said[start : start + 4096])
        except ConnectionError:
            return
        assert b" 200 " not in everything(sock)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are counted by signals")
def test_a_process_that_is_killed_is_started_anew_and_nobody_notices_but_once(
    tmp_path: Path, new_postgres: Callable[[], str]
) -> None:
    database = new_postgres()
    home = tmp_path / "centre"
    with running_centre(home, database=database, options=("--processes", "2")) as centre:
        with httpx2.Client(base_url=centre.address) as client:
            station = TalkingStation(client).enrol(centre.enrol_code("石门村"))
        first = workers_of(centre.process.pid)
        assert len(first) == 2
        chains: list[Chain] = []
        for killed in (*first, None):
            chains.append(opened_segment())
            retry(lambda: delivered(centre.address, station, chains))
            if killed is not None:
                os.kill(killed, signal.SIGKILL)
        retry(lambda: len(workers_of(centre.process.pid) & first) == 0)
        retry(lambda: len(workers_of(centre.process.pid)) == 2)
        assert retry(lambda: delivered(centre.address, station, chains))
        left = workers_of(centre.process.pid)
        centre.process.terminate()
        assert centre.process.stdout is not None
        assert centre.process.stdout.read() == "", "it said ready more than once"
        centre.process.wait(30)
        assert all(not alive(one) for one in left)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGHUP")
def test_a_hangup_has_every_process_replaced_while_stations_are_served(
    tmp_path: Path, new_postgres: Callable[[], str]
) -> None:
    home, options = tmp_path / "centre", ("--processes", "2")
    with running_centre(home, database=new_postgres(), options=options) as centre:
        with httpx2.Client(base_url=centre.address) as client:
            station = TalkingStation(client).enrol(centre.enrol_code("石门村"))
        first, chains = workers_of(centre.process.pid), [opened_segment()]
        assert delivered(centre.address, station, chains)
        os.kill(centre.process.pid, signal.SIGHUP)
        retry(
            lambda: (
                delivered(centre.address, station, chains)
                and not workers_of(centre.process.pid) & first
            )
        )
        assert len(workers_of(centre.process.pid)) == 2
        chains.append(opened_segment())
        assert delivered(centre.address, station, chains)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are counted by signals")
def test_when_the_first_process_is_killed_the_others_end(
    tmp_path: Path, new_postgres: Callable[[], str]
) -> None:
    home, options = tmp_path / "centre", ("--processes", "2")
    with running_centre(home, database=new_postgres(), options=options) as centre:
        left = workers_of(centre.process.pid)
        centre.kill()
        retry(lambda: not any(alive(one) for one in left))


def delivered(address: str, station: TalkingStation, chains: Sequence[Chain]) -> bool:
    """Whether the centre took all of these just now."""
    with httpx2.Client(base_url=address, timeout=30) as client:
        station.client = client
        request = station.request(
            tips=[one.tip() for one in chains], runs=[one.run() for one in chains]
        )
        try:
            if station.send(pack(request), request.nonce).status_code != 200:
                return False
            told = station.exchange(station.request(tips=[one.tip() for one in chains]))
        except httpx2.HTTPError:
            return False
        return all(told.receipts[one.name].upto_n == 1 for one in chains)


def retry(true: Callable[[], bool], times: int = 60) -> bool:
    """Ask until it is so."""
    tick = threading.Event()
    for _ in range(times):
        if true():
            return True
        tick.wait(0.5)
    raise AssertionError("it never became so")


def workers_of(parent: int) -> set[int]:
    """The processes that serve (not the one that tracks resources)."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                said = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if int(fields[1]) == parent and fields[0] != "Z" and b"spawn_main" in said:
                found.add(int(entry.name))
    return found


def alive(number: int) -> bool:
    """Whether a process still runs."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
