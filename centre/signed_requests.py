"""A request as its signature covers it, taken from what arrived."""

from __future__ import annotations

from typing import Any

from litestar import Request

from centre.stations.credentials import SignedRequest


def signed_request(request: Request[Any, Any, Any], body: bytes) -> SignedRequest:
    """What the station signed: the path with its query exactly as it was sent."""
    raw_path: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query: bytes = request.scope.get("query_string", b"")
    target = raw_path.split(b"?", 1)[0] + (b"?" + query if query else b"")
    headers = {name.lower(): value for name, value in request.headers.items()}
    return SignedRequest(request.method, target.decode("latin-1"), headers, body)
