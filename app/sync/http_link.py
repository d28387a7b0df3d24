"""The HTTP way to the centre: signed requests, verified answers, sizes capped.

Only an answer whose signature fits the centre's key from the enrolment counts; a login
page of some network that says 200 is nonsense and marks nothing as delivered.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping

from app.domain.errors import BadInput, LinkTrouble
from app.ports.machine import Entropy
from app.sync.connection import CentreConnection, Reply, parsed
from app.sync.introducing import ask_identity, enrol
from app.sync.refusing import file_refusal, refusal, refused_as_stranger
from app.wire.codec import pack, unpack
from app.wire.messages import (
    MAX_UNPACKED_BYTES,
    EnrolAnswer,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
    SignedCredential,
)
from app.wire.signing import (
    ANSWER_LABEL,
    CREDENTIAL_HEADER,
    NONCE_HEADER,
    REQUEST_LABEL,
    SIGNATURE_HEADER,
    STATION_HEADER,
    credential_header,
    from_header,
    request_parts,
    sign,
    to_header,
    verifies,
)

_log = logging.getLogger("sync")

_NONCE_BYTES = 9
"""A multiple of three, so that no sign of its base64 is wasted."""


class HttpLink:
    """Implements ``app.ports.link.Link`` over one kept connection; net lane only.

    ``certificate`` is the pinned one (PEM). When the centre shows another, it is asked who it
    is: only if the enrolled centre's own key vouches for the new one is that pinned instead,
    and told to ``keep_certificate``. So a centre may renew or lose its certificate.
    """

    def __init__(  # noqa: PLR0913 - what a station is known by
        self,
        address: str,
        *,
        station: str,
        private_key: bytes,
        centre_key: bytes,
        entropy: Entropy,
        certificate: str = "",
        keep_certificate: Callable[[str], None] | None = None,
        credential: SignedCredential | None = None,
    ) -> None:
        self._station = station
        self._private_key = private_key
        self._centre_key = centre_key
        self._entropy = entropy
        self._address = address
        self._certificate = certificate
        self._keep_certificate = keep_certificate
        self._credential = credential
        self._opened: CentreConnection | None = None

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer:
        """One exchange; LinkTrouble unless a verified answer came back."""
        body = pack(request)
        target = "/v1/exchange"
        reply = self._posted(target, body)
        if self._credential is not None and refused_as_stranger(reply.status, reply.body):
            # A centre that was put back to before this PC was let in knows it again by that.
            shown = {CREDENTIAL_HEADER: credential_header(self._credential)}
            reply = self._posted(target, body, shown)
        if reply.status != 200:
            raise refusal(reply.status, reply.body)
        signature = from_header(reply.headers.get(SIGNATURE_HEADER, ""))
        if not verifies(self._centre_key, signature, ANSWER_LABEL, request.nonce, reply.body):
            raise LinkTrouble("link.nonsense")
        try:
            return unpack(reply.body, ExchangeAnswer)
        except BadInput as strange:
            raise LinkTrouble("link.nonsense") from strange

    def _posted(self, target: str, body: bytes, more: Mapping[str, str] | None = None) -> Reply:
        headers = self._headers("POST", target, body) | dict(more or {})
        return self._line().ask("POST", target, headers, body, at_most=MAX_UNPACKED_BYTES)

    def fetch(self, sha256: str, start: int, end: int | None = None) -> Iterator[memoryview]:
        """See the port; the receiver checks every piece's hash."""
        target = f"/v1/media/{sha256}"
        headers = self._headers("GET", target, b"")
        if start or end is not None:
            headers["range"] = f"bytes={start}-" + ("" if end is None else str(end - 1))
        line = self._line()
        status, chunks = line.stream("GET", target, headers)
        if status != 206 and (start or status != 200):
            refused = b"" if status < 400 else _first(chunks)
            line.close()
            raise file_refusal(status, refused)
        yield from chunks

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Introduce this station again; see ``introducing.enrol``."""
        return enrol(self._line(), request)

    def close(self) -> None:
        """Let the connection go."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _line(self) -> CentreConnection:
        """Made at the first use: a wrong address must not keep the station from opening."""
        if self._opened is None:
            if not self._certificate and parsed(self._address).scheme == "https":
                self._pin_anew()
            self._opened = CentreConnection(self._address, self._certificate)
        try:
            self._opened.connect()
        except LinkTrouble as other:
            if other.key != "link.nonsense":
                raise
            self._pin_anew()
            self._opened = CentreConnection(self._address, self._certificate)
        return self._opened

    def _pin_anew(self) -> None:
        """Pin what the enrolled centre itself says is its certificate now.

        Raises:
            LinkTrouble: whoever answers can't prove to be that centre.
        """
        introduced = ask_identity(self._address, self._entropy)
        if introduced.identity.centre_key != self._centre_key or not introduced.certificate:
            raise LinkTrouble("link.nonsense")
        _log.info("the centre has a new certificate, in its own word")
        self._certificate = introduced.certificate
        if self._keep_certificate is not None:
            self._keep_certificate(self._certificate)

    def _headers(self, method: str, target: str, body: bytes) -> dict[str, str]:
        nonce = to_header(self._entropy.draw(_NONCE_BYTES))
        signature = sign(
            self._private_key, REQUEST_LABEL, *request_parts(method, target, nonce, body)
        )
        return {
            STATION_HEADER: self._station,
            NONCE_HEADER: nonce,
            SIGNATURE_HEADER: to_header(signature),
        }


def _first(chunks: Iterator[memoryview]) -> bytes:
    """A refusal is small and comes in one piece."""
    return bytes(next(chunks, b""))
