"""The HTTP way to the centre: signed requests, verified answers, sizes capped.

Only an answer whose signature fits the centre's key from the enrolment counts; a login
page of some network that says 200 is nonsense and marks nothing as delivered.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import httpx2

from app.domain.errors import BadInput, LinkTrouble
from app.ports.machine import Entropy
from app.wire.codec import CONTENT_TYPE, pack, unpack
from app.wire.errors import word_key
from app.wire.messages import (
    MAX_UNPACKED_BYTES,
    EnrolAnswer,
    EnrolRequest,
    ErrorAnswer,
    ExchangeAnswer,
    ExchangeRequest,
)
from app.wire.signing import (
    ANSWER_LABEL,
    NONCE_HEADER,
    REQUEST_LABEL,
    SIGNATURE_HEADER,
    STATION_HEADER,
    from_header,
    request_parts,
    sign,
    to_header,
    verifies,
)

_log = logging.getLogger("sync")

_CHUNK_BYTES = 256 * 1024
_TIMEOUT = httpx2.Timeout(20.0, connect=5.0)


class HttpLink:
    """Implements ``app.ports.link.Link`` over one kept connection; net lane only."""

    def __init__(
        self,
        address: str,
        *,
        station: str,
        private_key: bytes,
        centre_key: bytes,
        entropy: Entropy,
    ) -> None:
        self._station = station
        self._private_key = private_key
        self._centre_key = centre_key
        self._entropy = entropy
        self._address = address
        self._opened: httpx2.Client | None = None

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer:
        """One exchange; LinkTrouble unless a verified answer came back."""
        body = pack(request)
        try:
            with self._client().stream(
                "POST",
                "/v1/exchange",
                content=body,
                headers=self._headers("POST", "/v1/exchange", body),
            ) as response:
                data = _capped(response)
        except httpx2.HTTPError as silent:
            raise LinkTrouble("link.offline", why=type(silent).__name__) from silent
        if response.status_code != httpx2.codes.OK:
            raise _refusal(response.status_code, data)
        signature = from_header(response.headers.get(SIGNATURE_HEADER, ""))
        if not verifies(self._centre_key, signature, ANSWER_LABEL, request.nonce, data):
            raise LinkTrouble("link.nonsense")
        try:
            return unpack(data, ExchangeAnswer)
        except BadInput as strange:
            raise LinkTrouble("link.nonsense") from strange

    def fetch(self, sha256: str, start: int) -> Iterator[bytes]:
        """Bytes of a file from ``start`` on; the receiver checks every piece's hash."""
        target = f"/v1/media/{sha256}"
        headers = self._headers("GET", target, b"")
        if start:
            headers["range"] = f"bytes={start}-"
        try:
            with self._client().stream("GET", target, headers=headers) as response:
                if response.status_code not in (200, 206) or (
                    start and response.status_code != httpx2.codes.PARTIAL_CONTENT
                ):
                    raise _refusal(response.status_code, b"")
                yield from response.iter_bytes(_CHUNK_BYTES)
        except httpx2.HTTPError as silent:
            raise LinkTrouble("link.offline", why=type(silent).__name__) from silent

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Introduce this station; see ``enrol``."""
        return enrol(self._client(), request)

    def close(self) -> None:
        """Let the connection go."""
        if self._opened is not None:
            self._opened.close()

    def _client(self) -> httpx2.Client:
        """Made at the first use: a wrong address must not keep the station from opening."""
        if self._opened is None:
            self._opened = client_for(self._address)
        return self._opened

    def _headers(self, method: str, target: str, body: bytes) -> dict[str, str]:
        nonce = self._entropy.draw(16).hex()
        signature = sign(
            self._private_key,
            REQUEST_LABEL,
            *request_parts(method, target, nonce, body),
        )
        return {
            "content-type": CONTENT_TYPE,
            STATION_HEADER: self._station,
            NONCE_HEADER: nonce,
            SIGNATURE_HEADER: to_header(signature),
        }


def enrol_at(address: str, request: EnrolRequest) -> EnrolAnswer:
    """Introduce a station at an address with a one-time code.

    Raises:
        LinkTrouble: nobody there, or the code was refused (``refusal.bad_enrol_code``).
    """
    with client_for(address) as client:
        return enrol(client, request)


def enrol(client: httpx2.Client, request: EnrolRequest) -> EnrolAnswer:
    """The enrolment over a given connection."""
    try:
        with client.stream(
            "POST", "/v1/enrol", content=pack(request), headers={"content-type": CONTENT_TYPE}
        ) as response:
            data = _capped(response)
    except httpx2.HTTPError as silent:
        raise LinkTrouble("link.offline", why=type(silent).__name__) from silent
    if response.status_code in (400, 401, 403, 404, 429):
        raise LinkTrouble("refusal.bad_enrol_code")
    if response.status_code not in (200, 201):
        raise _refusal(response.status_code, data)
    try:
        return unpack(data, EnrolAnswer)
    except BadInput as strange:
        raise LinkTrouble("link.nonsense") from strange


def client_for(address: str) -> httpx2.Client:
    """A client for a centre's address; LinkTrouble when that is no address."""
    try:
        url = httpx2.URL(address)
    except httpx2.InvalidURL as wrong:
        raise LinkTrouble("link.bad_address") from wrong
    if url.scheme not in ("http", "https") or not url.host:
        raise LinkTrouble("link.bad_address")
    return httpx2.Client(base_url=url, timeout=_TIMEOUT, follow_redirects=False, trust_env=False)


def _capped(response: httpx2.Response) -> bytes:
    """The body, read no further than an answer of the centre can be long."""
    data = bytearray()
    for chunk in response.iter_bytes(_CHUNK_BYTES):
        data += chunk
        if len(data) > MAX_UNPACKED_BYTES:
            raise LinkTrouble("link.nonsense")
    return bytes(data)


def _refusal(status: int, data: bytes) -> LinkTrouble:
    try:
        error = unpack(data, ErrorAnswer)
    except BadInput:
        return LinkTrouble("link.silent" if status >= 500 else "link.nonsense", status=status)
    _log.info("the centre refused: %s %s", error.number, error.detail)
    return LinkTrouble(
        word_key(error.number), number=error.number, retry_after_s=error.retry_after_s
    )
