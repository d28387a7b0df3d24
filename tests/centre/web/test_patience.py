"""Who is sent away before they wait in vain, who hung up, and how seldom a session is read."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from app.wire.codec import unpack
from app.wire.messages import ErrorAnswer
from centre.refusals import NotServed
from centre.web.admission import WorkQueue
from tests.centre.benches import Bench
from tests.centre.web.test_serving import Gate, until


def test_who_would_wait_longer_than_a_station_waits_is_sent_away_at_once() -> None:
    async def scene() -> None:
        seconds = iter(range(0, 100_000, 4))
        lane, gate = WorkQueue(1, 200, now_s=lambda: float(next(seconds))), Gate()
        for _ in range(40):  # by this clock each takes four seconds
            assert await lane.run(lambda: "slow") == "slow"
        inside = [asyncio.create_task(lane.run(gate)) for _ in range(2)]
        await until(lambda: gate.begun.acquire(blocking=False))
        with pytest.raises(NotServed):
            await lane.run(lambda: "third")
        gate.go.set()
        assert await asyncio.gather(*inside) == ["done"] * 2
        lane.close()

    asyncio.run(scene())


def _scope(path: str = "/v1/health") -> dict[str, Any]:
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }


async def _nothing_more() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


@pytest.mark.parametrize("trouble", [RuntimeError("<TCPTransport closed=True>"), OSError(32)])
def test_an_answer_for_who_has_hung_up_is_nobodys_trouble(bench: Bench, trouble: Exception) -> None:
    async def gone(_message: object) -> None:
        raise trouble

    asyncio.run(bench.client.app(_scope(), _nothing_more, gone))


@pytest.mark.logs_warnings
def test_requests_at_work_when_the_service_ends_are_told_to_come_back(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    sent: list[Any] = []

    async def take(message: Any) -> None:
        sent.append(message)

    async def never() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def scene() -> None:
        asked = {**_scope("/v1/exchange"), "method": "POST"}
        tasks = [asyncio.create_task(bench.client.app(asked, never, take)) for _ in range(3)]
        await asyncio.sleep(0)
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks)

    caplog.set_level(logging.WARNING, logger="centre")
    asyncio.run(scene())
    begun = [one for one in sent if one["type"] == "http.response.start"]
    assert [one["status"] for one in begun] == [503] * 3
    assert unpack(sent[-1]["body"], ErrorAnswer).retry_after_s > 0
    assert len(caplog.records) == 1
