"""Whatever its own description allows, and much that it does not: no request brings a 5xx or hangs.

Each operation is asked with made-up requests, with and without a station's true signature
over them, so that the tests come past the door.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema

from app.wire.codec import CONTENT_TYPE
from app.wire.signing import SIGNATURE_HEADER
from tests.support.centre_process import running_centre
from tests.support.talking_station import TalkingStation

_ANSWERS_WITHIN_S = 15
_EXAMPLES = 60
OPERATIONS = [
    ("/v1/health", "GET"),
    ("/v1/identity", "GET"),
    ("/v1/enrol", "POST"),
    ("/v1/exchange", "POST"),
    ("/v1/media/{sha256}", "GET"),
]
BEHIND_THE_DOOR = {
    "/v1/health": 200,
    "/v1/identity": 200,
    "/v1/enrol": 400,
    "/v1/exchange": 400,
    "/v1/media/{sha256}": 404,
}
Case = schemathesis.Case[Any]

schemathesis.serializer.alias(CONTENT_TYPE, "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Described:
    """A running centre, its description, and a station it knows."""

    address: str
    schema: BaseSchema
    station: TalkingStation


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Described]:
    """One centre for all that is asked."""
    home: Path = tmp_path_factory.mktemp("described")
    with (
        running_centre(home) as centre,
        httpx2.Client(base_url=centre.address) as client,
    ):
        station = TalkingStation(client).enrol(centre.enrol_code("石门村"))
        schema = schemathesis.openapi.from_url(f"{centre.address}/schema/openapi.json")
        yield Described(centre.address, schema, station)
        assert client.get("/v1/health").text == "ok"


def test_every_operation_of_the_description_is_asked(described: Described) -> None:
    found = [one.ok() for one in described.schema.get_all_operations() if isinstance(one, Ok)]
    assert {(one.path, one.method.upper()) for one in found} == set(OPERATIONS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_no_request_brings_a_five_hundred(
    described: Described, path: str, method: str, mode: GenerationMode
) -> None:
    operation = described.schema[path][method]
    if mode is GenerationMode.NEGATIVE and not (operation.query or operation.headers):
        pytest.skip("nothing of it can be wrong")
    session = requests.Session()
    seen: set[int] = set()

    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), signed=st.booleans())
    def ask(case: Case, signed: bool) -> None:
        said = case.as_transport_kwargs(base_url=described.address)
        request = requests.Request(
            **{name: said.get(name) for name in ("method", "url", "headers", "params", "data")}
        )
        try:
            ready = session.prepare_request(request)
        except (requests.exceptions.RequestException, ValueError):
            return  # the client itself would not send it
        if signed:
            sign(described.station, ready)
        answer = session.send(ready, timeout=_ANSWERS_WITHIN_S, allow_redirects=False)
        assert answer.status_code < 500, (ready.url, ready.headers, ready.body, answer.content)
        assert "Traceback" not in answer.text
        seen.add(answer.status_code)

    ask()
    session.close()
    if mode is GenerationMode.POSITIVE:
        assert BEHIND_THE_DOOR[path] in seen, "nothing came past the door"


def sign(station: TalkingStation, ready: requests.PreparedRequest) -> None:
    """Sign a request as it stands."""
    parts = urlsplit(ready.url or "")
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    body = ready.body or b""
    if isinstance(body, str):
        body = body.encode()
    assert isinstance(body, bytes)
    ready.headers.update(station.headers(ready.method or "", target, "nonce", body))
    assert ready.headers[SIGNATURE_HEADER]
