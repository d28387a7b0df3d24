"""One kept connection to a centre: plain on this machine only, else TLS with one pinned certificate.

The pin is compared right after the handshake, which proved that the other side holds the
certificate's key, and before one byte of a request is sent. Time, name and issuer are not
looked at: a wrong clock must never stop sync, and none of them proves more than the pin.

The standard library's client is enough here and costs half a millisecond less a request
than a general one.
"""

from __future__ import annotations

import hmac
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from app.domain.errors import LinkTrouble

_CONNECT_S = 5.0
_SILENCE_S = 20.0
_CHUNK_BYTES = 256 * 1024


class Reply(Struct, frozen=True):
    """An answer that was read to its end; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _WholeRequests(http.client.HTTPConnection):
    """Sends head and body as one piece: one packet less, one wake-up less at the centre."""

    _piece = b""

    def send(self, data: object) -> None:
        """Keep it for ``post``."""
        if not isinstance(data, bytes):
            raise TypeError("only bytes are sent")
        self._piece += data

    def post(self) -> None:
        """Send what was kept."""
        piece, self._piece = self._piece, b""
        super().send(piece)


class CentreConnection:
    """Requests to one address, one at a time; every failure is a LinkTrouble.

    ``certificate`` is the only one that is spoken with (PEM); None speaks with anybody and
    is for asking who is there. Over plain loopback it is not looked at.
    """

    def __init__(self, address: str, certificate: str | None) -> None:
        self._parts = parsed(address)
        self._pin = None if certificate is None else _der(certificate)
        self._context = _context() if self._parts.scheme == "https" else None
        self._open: _WholeRequests | None = None

    def ask(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes = b"",
        *,
        at_most: int,
    ) -> Reply:
        """One request and its whole answer.

        Raises:
            LinkTrouble: nobody there, not the pinned one, or an answer of over ``at_most`` bytes.
        """
        answer = self._begin(method, target, headers, body)
        got = bytearray()
        for chunk in self._chunks(answer):
            got += chunk
            if len(got) > at_most:
                self.close()
                raise LinkTrouble("link.nonsense")
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, named, bytes(got))

    def stream(
        self, method: str, target: str, headers: Mapping[str, str]
    ) -> tuple[int, Iterator[memoryview]]:
        """The status of the answer, and its body as it comes; read it to the end or ``close``.

        A chunk is overwritten once the next is asked for.
        """
        answer = self._begin(method, target, headers, b"")
        return answer.status, self._chunks(answer)

    def connect(self) -> None:
        """Have a connection to the pinned one; a kept one is good enough.

        Raises:
            LinkTrouble: nobody there, or somebody else (``link.nonsense``).
        """
        if not self._is_kept():
            try:
                self._connect()
            except (OSError, ValueError) as silent:
                self.close()
                raise trouble_of(silent) from silent

    def shown_certificate(self) -> bytes:
        """The certificate (DER) the other side of the open connection showed; empty without."""
        sock = None if self._open is None else self._open.sock
        return (sock.getpeercert(True) or b"") if isinstance(sock, ssl.SSLSocket) else b""

    def close(self) -> None:
        """Let the connection go; the next request makes a new one."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _begin(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> http.client.HTTPResponse:
        try:
            if self._is_kept():
                try:
                    return self._send(method, target, headers, body)
                except ConnectionError:  # it ended just now; all that is asked may be asked twice
                    self.close()
            self._connect()
            return self._send(method, target, headers, body)
        except (OSError, http.client.HTTPException, ValueError) as silent:
            self.close()
            raise trouble_of(silent) from silent

    def _send(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> http.client.HTTPResponse:
        line = self._open
        if line is None:
            raise ConnectionError
        line.putrequest(method, self._parts.path.rstrip("/") + target, skip_accept_encoding=True)
        for name, value in headers.items():
            line.putheader(name, value)
        if body:
            line.putheader("content-length", str(len(body)))
        line.endheaders(body)
        line.post()
        return line.getresponse()

    def _connect(self) -> None:
        self.close()
        host, port = self._parts.hostname or "", self._parts.port
        secure = self._context is not None
        line = _WholeRequests(host, port or (443 if secure else 80), timeout=_CONNECT_S)
        line.connect()
        self._open = line
        if self._context is not None:
            line.sock = self._context.wrap_socket(line.sock, server_hostname=host)
            self._compare()
        line.sock.settimeout(_SILENCE_S)

    def _compare(self) -> None:
        if self._pin is not None and not hmac.compare_digest(self._pin, self.shown_certificate()):
            self.close()
            raise LinkTrouble("link.nonsense")

    def _is_kept(self) -> bool:
        """Whether the connection can be used again: nothing may have come that was not asked for."""
        sock = None if self._open is None else self._open.sock
        if sock is None:
            return False
        try:
            sock.settimeout(0)
            socket.socket.recv(sock, 1, socket.MSG_PEEK)
        except BlockingIOError:
            sock.settimeout(_SILENCE_S)
            return True
        except OSError:
            return False
        return False

    def _chunks(self, answer: http.client.HTTPResponse) -> Iterator[memoryview]:
        whole = False
        try:
            yield from _body(answer)
            whole = not answer.length
            answer.close()
        except (OSError, http.client.HTTPException, ValueError) as silent:
            raise trouble_of(silent) from silent
        finally:
            if not whole or answer.will_close:
                self.close()
        if not whole:
            raise LinkTrouble("link.offline", why="cut off")


def _body(answer: http.client.HTTPResponse) -> Iterator[memoryview]:
    """All that comes of a body, each time what is there, always in the same few pages of memory.

    Where its length is known it is read without the copy that ``read1`` makes; what came before a
    line is cut is then handed on too.
    """
    if answer.length is None or answer.chunked:
        while chunk := answer.read1(_CHUNK_BYTES):
            yield memoryview(chunk)
        return
    place = memoryview(bytearray(min(_CHUNK_BYTES, max(answer.length, 1))))
    while answer.length:
        count = answer.fp.readinto1(place[: min(len(place), answer.length)])
        if not count:
            return
        answer.length -= count
        yield place[:count]


def parsed(address: str) -> SplitResult:
    """The address of a centre.

    Raises:
        LinkTrouble: it is none (``link.bad_address``), or it is plain HTTP to another machine
            (``link.insecure``).
    """
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
        _port_is_one = parts.port
    except ValueError as wrong:
        raise LinkTrouble("link.bad_address") from wrong
    if parts.scheme not in ("http", "https") or not host:
        raise LinkTrouble("link.bad_address")
    if parts.scheme == "http" and not is_loopback(host):
        raise LinkTrouble("link.insecure")
    return parts


def is_loopback(host: str) -> bool:
    """Whether nothing that is sent to ``host`` leaves this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def trouble_of(silent: Exception) -> LinkTrouble:
    """What a failed request says: somebody else answered, or nobody did."""
    cut = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ConnectionError, http.client.IncompleteRead)
    ended = isinstance(silent, cut)
    odd = isinstance(silent, (ssl.SSLError, http.client.HTTPException, ValueError))
    if odd and not ended:
        return LinkTrouble("link.nonsense")
    return LinkTrouble("link.offline", why=type(silent).__name__)


def _der(certificate: str) -> bytes:
    """The certificate's bytes; what can't be read fits nobody."""
    try:
        return ssl.PEM_cert_to_DER_cert(certificate.strip())
    except ValueError:
        return b""


def _context() -> ssl.SSLContext:
    """Nothing of the certificate is checked in the handshake: the pin is, right after it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
