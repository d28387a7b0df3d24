"""A request as its signature covers it, taken from what arrived."""

from __future__ import annotations

from litestar.types import HTTPScope

from app.wire.signing import STATION_HEADER
from centre.stations.signed import SignedRequest


def signed_request(scope: HTTPScope, body: bytes) -> SignedRequest:
    """What the station signed: the path with its query exactly as it was sent."""
    raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope.get("query_string", b"")
    target = raw_path.split(b"?", 1)[0] + (b"?" + query if query else b"")
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
    }
    return SignedRequest(scope["method"], target.decode("latin-1"), headers, body)


def caller(scope: HTTPScope, request: SignedRequest) -> str:
    """The station it says it is, from the address it comes from; neither is proven yet."""
    client = scope.get("client")
    return f"{request.headers.get(STATION_HEADER, '')} {client[0] if client else ''}"
